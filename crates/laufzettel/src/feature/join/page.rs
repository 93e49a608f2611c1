//! Joining two customers: which other one, then what the one will be.

use maud::{Markup, html};
use values::Language;

use crate::feature::customers::parts;
use crate::record::frame::{self, Frame, Layout, Person, icon, icon_large};
use crate::texts;

/// The page that joins two customers.
#[derive(Clone, Debug)]
pub struct JoinPage {
    /// The address of the customer that stays.
    pub here: String,
    /// The customer that stays.
    pub kept: Person,
    /// Whether they are companies.
    pub is_company: bool,
    /// What was looked for.
    pub query: String,
    /// Who could be meant.
    pub candidates: Vec<Candidate>,
    /// What the one will be, once the other one is chosen.
    pub preview: Option<Preview>,
}

/// A customer that could be the same.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// The address of the preview.
    pub href: String,
    /// The disc; its name is the customer's.
    pub disc: Person,
    /// What tells it from others.
    pub about: String,
}

/// What the one will be.
#[derive(Clone, Debug)]
pub struct Preview {
    /// The id of the customer that goes.
    pub gone: String,
    /// The customer that goes.
    pub disc: Person,
    /// Where both have another value, one is chosen.
    pub rows: Vec<Row>,
    /// What comes together.
    pub both: Vec<(&'static str, String)>,
}

/// A field of both.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name in the form.
    pub field: &'static str,
    /// Its label.
    pub label: &'static str,
    /// The value of the one that stays.
    pub kept: Option<String>,
    /// The value of the one that goes.
    pub gone: Option<String>,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &JoinPage) -> Markup {
    let language = frame.language;
    let texts = texts::join(language);
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet" href=(page.here) aria-label=(texts.leave()) { (icon_large("arrow-left")) }
                h1 class="trunc" { (texts.title(&page.kept.name)) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(texts.title(&page.kept.name)) {
            div class="setpage custjoin" {
                @match &page.preview {
                    Some(preview) => { (self::preview(language, page, preview)) },
                    None => { (candidates(language, page)) },
                }
            }
        }
    };
    frame::page(frame, Layout::Detail, &texts.title(&page.kept.name), &main)
}

fn candidates(language: Language, page: &JoinPage) -> Markup {
    let texts = texts::join(language);
    html! {
        form class="finder" method="get" action={ (page.here) "/join" } role="search" {
            label for="other" { (texts.with_whom()) }
            div class="inputwrap" {
                (icon("search"))
                input class="input" id="other" type="search" name="q" value=(page.query) maxlength="200" data-key="/ q";
            }
            button class="btn" { (texts.find()) }
        }
        @if page.candidates.is_empty() { p class="soft" { (texts.nobody()) } }
        @if !page.candidates.is_empty() {
            ul class="card clipped" {
                @for one in &page.candidates {
                    li class="crow custpick" {
                        (parts::disc(&one.disc, page.is_company, ""))
                        span { a class="trunc" href=(one.href) { (one.disc.name) } small class="trunc" { (one.about) } }
                    }
                }
            }
        }
    }
}

fn preview(language: Language, page: &JoinPage, preview: &Preview) -> Markup {
    let texts = texts::join(language);
    html! {
        section class="card clipped" aria-labelledby="h-join" {
            header {
                (icon("merge"))
                h2 id="h-join" { (texts.becomes(&preview.disc.name, &page.kept.name)) }
            }
            form method="post" action={ (page.here) "/join" } {
                input type="hidden" name="with" value=(preview.gone);
                div class="joincols" {
                    @for row in &preview.rows { (self::row(language, row)) }
                    @for (label, text) in &preview.both {
                        span class="k" { (label) } span class="both" { (text) }
                    }
                }
                div class="goon" {
                    button class="btn btn-primary" { (icon("merge")) (texts.join()) }
                    a class="btn" href={ (page.here) "/join" } { (texts.somebody_else()) }
                    span class="muted" { (texts.can_be_undone()) }
                }
            }
        }
    }
}

fn row(language: Language, row: &Row) -> Markup {
    let texts = texts::join(language);
    let choice = |value: &str, text: &str, is_checked: bool| {
        html! {
            label {
                input type="radio" name=(row.field) value=(value) checked[is_checked];
                span { (text) span class="vh" { " " (texts.for_field(row.label)) } }
            }
        }
    };
    html! {
        span class="k" { (row.label) }
        @match (&row.kept, &row.gone) {
            (Some(kept), Some(gone)) if kept != gone => {
                (choice("kept", kept, true)) (choice("gone", gone, false))
            },
            (kept, gone) => { span class="both" { (kept.as_deref().or(gone.as_deref()).unwrap_or(texts.empty())) } },
        }
    }
}
