//! The page of one entry, and of a new one.

use maud::{Markup, html};
use values::Language;
use web::Form;

use super::{Sign, Tickets, bar, labelled, sign};
use crate::feature::lists::List;
use crate::feature::lists::words::{Choice, choice, choices};
use crate::record::frame::fields::{Labelled, Typed, check, line, lines, rich, select, trouble};
use crate::record::frame::{self, Frame, Layout, icon};
use crate::texts;

/// Variables that stand in what is put around mails.
const VARIABLES: &str =
    "{ticket:nummer}, {ticket:betreff}, {kontakt:name}, {kontakt:anrede}, {agent:name}, {bereich}";

/// An entry.
#[derive(Clone, Debug)]
pub struct EntryPage {
    /// Its list.
    pub list: List,
    /// How it stands; a new one has no state yet.
    pub state: Option<State>,
    /// What its fields say.
    pub form: Form,
    /// Persons who may be responsible.
    pub people: Vec<Choice>,
    /// Categories that it may stand below.
    pub parents: Vec<Choice>,
    /// The priorities.
    pub priorities: Vec<Choice>,
    /// The addresses that answers may leave from.
    pub senders: Vec<Choice>,
    /// All areas together, and each.
    pub areas: Vec<Choice>,
    /// Its last changes.
    pub changes: Markup,
}

/// How an entry stands.
#[derive(Clone, Debug)]
pub struct State {
    /// Its id.
    pub id: i64,
    /// Its version, as the form sends it back.
    pub version: i64,
    /// Its name.
    pub name: String,
    /// The drawing before its name.
    pub sign: Sign,
    /// How many tickets have it.
    pub tickets: Tickets,
    /// Whether it can be switched off.
    pub locked: bool,
    /// Whether it is the default of new tickets.
    pub is_default: bool,
    /// What the kind of a status is called.
    pub kind: Option<&'static str>,
}

/// Prints the page.
pub fn entry_page(frame: &Frame, page: &EntryPage) -> Markup {
    let language = frame.language;
    let texts = texts::lists(language);
    let title = page.state.as_ref().map_or(texts.new_entry(), |state| state.name.as_str());
    let action = match &page.state {
        Some(state) => format!("{}/{}", page.list.href(), state.id),
        None => page.list.href(),
    };
    let main = html! {
        header { (bar(language, title, None, page.list)) (frame::banners(frame)) }
        div class="split settings" {
            div class="pane" tabindex="0" role="region" aria-label=(title) {
                form class="setpage setform" method="post" action=(action) {
                    (trouble(&page.form, "form"))
                    @if let Some(state) = &page.state { input type="hidden" name="version" value=(state.version); }
                    (basics(language, page))
                    @if page.list == List::Areas { (area(language, page)) }
                    div class="row" {
                        button class="btn btn-primary" { @if page.state.is_some() { (texts.save()) } @else { (texts.create()) } }
                        a class="btn" href=(page.list.href()) { (texts.to_list()) }
                    }
                }
            }
            aside class="pane pane-aside flow" aria-label=(texts.changes()) { (aside(language, page, &action)) }
        }
    };
    frame::page(frame, Layout::Overview, title, &main)
}

fn basics(language: Language, page: &EntryPage) -> Markup {
    let (texts, form) = (texts::lists(language), &page.form);
    html! {
        div class="fields" {
            (line(form, &Labelled::new("name", texts.name()), Typed::NEEDED))
            (line(form, &labelled("name_en", texts.name_english(), texts.name_english_hint()), Typed::OPTIONAL))
        }
        @match page.list {
            List::Areas => {
                div class="fields" {
                    (line(form, &labelled("group_name", texts.group(), texts.group_hint()), Typed::OPTIONAL))
                    (hue(language, form, None))
                }
                (line(form, &labelled("description", texts.description(), texts.description_hint()), Typed::OPTIONAL))
            },
            List::Queues => {
                div class="fields" {
                    (line(form, &labelled("short_name", texts.short_name(), texts.short_name_hint()), Typed::OPTIONAL))
                    (select(form, &labelled("responsible", texts.responsible(), texts.responsible_hint()), &page.people))
                }
            },
            List::Statuses => (kind(language, page)),
            List::RequestTypes => (default(language, page)),
            List::Priorities => { (hue(language, form, Some(texts.hue_none()))) (default(language, page)) },
            List::Categories => {
                div class="fields" {
                    (select(form, &Labelled::new("parent", texts.parent()), &page.parents))
                    (select(form, &Labelled::new("priority", texts.gives_priority()), &page.priorities))
                }
                (check(form, &labelled("is_public", texts.public(), texts.public_hint())))
            },
        }
        @if page.state.as_ref().is_some_and(|state| state.locked) {
            input type="hidden" name="active" value="on";
        } @else { (check(form, &labelled("active", texts.active(), texts.active_hint()))) }
    }
}

fn kind(language: Language, page: &EntryPage) -> Markup {
    let texts = texts::lists(language);
    html! {
        @match page.state.as_ref().and_then(|state| state.kind) {
            Some(words) => p { span class="soft" { (texts.kind()) ": " } (words) },
            None => (select(&page.form, &labelled("kind", texts.kind(), texts.kind_hint()), &choices(language, "kind"))),
        }
        // All areas, and one: what has one choice is no choice.
        @if page.areas.len() > 2 {
            (select(&page.form, &labelled("area", texts.only_in(), texts.only_in_hint()), &page.areas))
        }
    }
}

fn default(language: Language, page: &EntryPage) -> Markup {
    let texts = texts::lists(language);
    html! {
        @if page.state.as_ref().is_some_and(|state| state.is_default) {
            input type="hidden" name="is_default" value="on";
            div class="note-line" { (icon("info")) span { b { (texts.default()) "." } " " (texts.default_hint()) } }
        } @else { (check(&page.form, &labelled("is_default", texts.default(), texts.default_hint()))) }
    }
}

/// The colours as dots that are chosen.
fn hue(language: Language, form: &Form, none: Option<&str>) -> Markup {
    let texts = texts::lists(language);
    let none = none.map(|words| choice("", words));
    html! {
        fieldset class="field hues" {
            legend class="label" { (texts.hue()) }
            div class="row wrap" {
                @for (value, words) in none.into_iter().chain(choices(language, "hue")) {
                    label class="choice" {
                        input type="radio" name="hue" value=(value) checked[form.raw("hue") == value];
                        @if !value.is_empty() { span class="dot" data-hue=(value) aria-hidden="true" {} }
                        (words)
                    }
                }
            }
        }
    }
}

fn area(language: Language, page: &EntryPage) -> Markup {
    let (texts, form) = (texts::lists(language), &page.form);
    let chosen = |name: &str, label: &str, hint: &str| {
        select(form, &labelled(name, label, hint), &choices(language, name))
    };
    html! {
        h2 { (texts.mails()) }
        div class="fields" {
            @if page.senders.len() > 1 {
                (select(form, &labelled("sender", texts.sender(), texts.sender_hint()), &page.senders))
            }
            (chosen("quote", texts.quote(), texts.quote_hint()))
        }
        (rich(form, &labelled("mail_header", texts.mail_header(), &texts.mail_header_hint(VARIABLES))))
        (rich(form, &labelled("mail_footer", texts.mail_footer(), texts.mail_footer_hint())))
        h2 { (texts.answers()) }
        div class="fields" {
            (chosen("on_answer", texts.on_answer(), texts.on_answer_hint()))
            (chosen("on_customer_answer", texts.on_customer_answer(), texts.on_customer_answer_hint()))
        }
        div class="fields" {
            (chosen("after_closing", texts.after_closing(), texts.after_closing_hint()))
            (line(form, &labelled("linked_after_days", texts.linked_after_days(), texts.linked_after_days_hint()),
                Typed { kind: "number", ..Typed::OPTIONAL }))
        }
        div class="fields" {
            (chosen("closing_mail", texts.closing_mail(), texts.closing_mail_hint()))
            (chosen("inform_assignee", texts.inform_assignee(), texts.inform_assignee_hint()))
        }
        (lines(form, &labelled("closing_text", texts.closing_text(), texts.closing_text_hint()), 4))
        (check(form, &labelled("confirm_closing", texts.confirm_closing(), texts.confirm_closing_hint())))
        (check(form, &labelled("notify_requester", texts.notify_requester(), texts.notify_requester_hint())))
        h2 { (texts.told()) }
        (lines(form, &labelled("told_new", texts.told_new(), texts.told_new_hint()), 3))
        (lines(form, &labelled("told_new_text", texts.told_new_text(), texts.told_new_text_hint()), 3))
        h2 { (texts.numbers()) }
        (line(form, &labelled("number_mask", texts.number_mask(), texts.number_mask_hint()), Typed::OPTIONAL))
    }
}

/// What stands beside the form: how the entry stands, how to delete it, what was changed.
fn aside(language: Language, page: &EntryPage, action: &str) -> Markup {
    let texts = texts::lists(language);
    html! {
        div class="testpanel" {
            @if let Some(state) = &page.state {
                header class="row" { (sign(&state.sign)) h2 { (state.name) } }
                div class="note-line" {
                    (icon("info"))
                    span {
                        b { (carried(language, state.tickets)) }
                        " " (texts.active_hint())
                    }
                }
                @if state.tickets == Tickets::NONE && !state.locked {
                    details class="delentry" {
                        summary class="btn" { (icon("trash")) (texts.delete()) }
                        form class="stack stack-tight" method="post" action={ (action) "/delete" } {
                            p { (texts.delete_question()) }
                            input type="hidden" name="version" value=(state.version);
                            button class="btn btn-danger" { (texts.delete_now()) }
                        }
                    }
                }
                (page.changes)
            } @else { p class="soft" { (page.list.about(language)) } }
        }
    }
}

/// How many tickets have the entry, in a sentence.
fn carried(language: Language, tickets: Tickets) -> String {
    let texts = texts::lists(language);
    match tickets {
        Tickets::NONE => texts.carried_none().to_owned(),
        Tickets::Exactly(tickets) => texts.carried(tickets),
        Tickets::MoreThan(tickets) => texts.carried_many(&texts::number(language, tickets)),
    }
}
