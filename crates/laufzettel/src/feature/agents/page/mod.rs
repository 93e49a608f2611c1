//! People and their rights: the list as a table of persons and areas, and a page for each person.

mod person;
#[cfg(test)]
mod tests;

use maud::{Markup, html};
use rules::right::Level;
use values::Language;

pub use person::{InvitePage, PersonPage, Standing, invite_page, person_page};

use super::words;
use crate::record::frame::{self, Frame, Layout, Link, Person, Tinted, avatar, icon};
use crate::texts;

/// The people.
#[derive(Clone, Debug)]
pub struct PeoplePage {
    /// Those who work here, or those who left.
    pub tabs: Vec<Link>,
    /// What was looked for.
    pub typed: String,
    /// Whether those who left are shown.
    pub left: bool,
    /// The areas.
    pub areas: Vec<Tinted>,
    /// The people by name.
    pub people: Vec<PersonRow>,
}

/// One person.
#[derive(Clone, Debug)]
pub struct PersonRow {
    /// The disc.
    pub person: Person,
    /// The page.
    pub href: String,
    /// The role in words.
    pub role: &'static str,
    /// Whether the person was invited and never chose a password.
    pub is_invited: bool,
    /// The level in each area.
    pub levels: Vec<Option<Level>>,
    /// The flags: name, and whether the person has it.
    pub flags: Vec<(&'static str, bool)>,
}

/// Prints the list.
pub fn people_page(frame: &Frame, page: &PeoplePage) -> Markup {
    let language = frame.language;
    let texts = texts::agents(language);
    let main = html! {
        header {
            (bar(language, texts.people(), Some(page.people.len()), true))
            div class="bar bar-sub" {
                nav class="tabs" aria-label=(texts.people()) {
                    @for tab in &page.tabs { a href=(tab.href) aria-current=[tab.state.mark().map(|_| "page")] { (tab.label) } }
                }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.people()) {
            div class="setpage team" {
                div class="row wrap" { (find(language, page)) (legend(language)) }
                @if page.people.is_empty() { p class="soft" { (texts.no_people()) } } @else { (matrix(language, page)) }
            }
        }
    };
    frame::page(frame, Layout::Overview, texts.people(), &main)
}

/// The bar with the way back; `is_list` says whether it is the list itself.
fn bar(language: Language, title: &str, count: Option<usize>, is_list: bool) -> Markup {
    let (texts, common) = (texts::agents(language), texts::common(language));
    html! {
        div class="bar" {
            (frame::navigation_button(language))
            nav class=(if is_list { "row row-tight trunc only-wide" } else { "row row-tight trunc" })
                aria-label=(common.settings()) {
                @if is_list { a class="soft" href="/settings" { (common.settings()) } }
                @else { a class="soft" href="/settings/people" { (texts.people()) } }
                span class="muted" aria-hidden="true" { "/" }
            }
            h1 { (title) @if let Some(count) = count { " " span class="muted num" { (count) } } }
            @if is_list {
                span class="end row" {
                    a class="btn btn-primary" href="/settings/people/new" { (icon("user-plus")) (texts.invite()) }
                }
            }
        }
    }
}

fn find(language: Language, page: &PeoplePage) -> Markup {
    let texts = texts::agents(language);
    html! {
        form role="search" method="get" action="/settings/people" {
            @if page.left { input type="hidden" name="left" value="yes"; }
            div class="inputwrap" {
                (icon("search"))
                input class="input" type="search" name="q" value=(page.typed) aria-label=(texts.find())
                    placeholder=(texts.find());
            }
        }
    }
}

/// What the levels mean.
fn legend(language: Language) -> Markup {
    let texts = texts::agents(language);
    let levels = [
        (Level::Own, texts.level_own_about()),
        (Level::Read, texts.level_read_about()),
        (Level::Work, texts.level_work_about()),
        (Level::Manage, texts.level_manage_about()),
    ];
    html! {
        ul class="legend levels" {
            @for (level, about) in levels {
                li { (weight(Some(level))) b { (words::level(language, Some(level))) } " " span class="muted" { (about) } }
            }
        }
    }
}

/// A level as one to four bars.
fn weight(level: Option<Level>) -> Markup {
    let bars = level.map_or(0, |level| level as usize + 1);
    html! { span class="weight" data-w=(bars) aria-hidden="true" { i {} i {} i {} i {} } }
}

fn matrix(language: Language, page: &PeoplePage) -> Markup {
    let texts = texts::agents(language);
    let flags = page.people.first().map(|one| one.flags.clone()).unwrap_or_default();
    html! {
        div class="card tablewrap" tabindex="0" role="region" aria-label=(texts.levels()) {
            table class="table matrix" {
                caption class="vh" { (texts.levels()) }
                thead {
                    tr {
                        th scope="col" class="who" { (texts.person()) }
                        @for area in &page.areas {
                            th scope="col" { span class="dot" data-hue=(area.hue) aria-hidden="true" {} (area.name) }
                        }
                        @for (place, (name, _)) in flags.iter().enumerate() {
                            th scope="col" class=(if place == 0 { "flag cut" } else { "flag" }) { (name) }
                        }
                    }
                }
                tbody { @for one in &page.people { (row(language, one)) } }
            }
        }
    }
}

fn row(language: Language, one: &PersonRow) -> Markup {
    let texts = texts::agents(language);
    html! {
        tr {
            th scope="row" class="who" {
                span class="row" {
                    (avatar(&one.person))
                    span {
                        a href=(one.href) { (one.person.name) }
                        small class="muted" {
                            (one.role) @if one.is_invited { ", " (texts.invited()) }
                        }
                    }
                }
            }
            @for level in &one.levels {
                td { span class="level" data-l=(level.map_or(0, |level| level as usize + 1)) {
                    (weight(*level)) (words::level(language, *level))
                } }
            }
            @for (place, (name, has)) in one.flags.iter().enumerate() {
                td class=(if place == 0 { "flag cut" } else { "flag" }) {
                    @if *has { span role="img" aria-label=(name) title=(name) { (icon("check")) } }
                }
            }
        }
    }
}
