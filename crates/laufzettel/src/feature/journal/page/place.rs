//! The form that says where mails belong that lie in no ticket: above the list for those that are
//! chosen there, in an entry for this one. It works without a script.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::icon;
use crate::texts;

/// Where mails are to go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlaceForm {
    /// The number of a ticket as typed, or the one that the mail names.
    pub number: String,
    /// What is wrong with it, or with the choice.
    pub problem: Option<String>,
    /// Whether the mails can be discarded, too.
    pub discard: Discard,
    /// The query of the list that it leads back to.
    pub back: String,
    /// The mails that are chosen.
    pub chosen: Vec<String>,
}

/// Whether mails can be discarded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Discard {
    /// They are put aside already.
    #[default]
    Withheld,
    /// The button is there.
    Offered,
}

/// Whether the key for the number leads to this form: there may be two on a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// It does.
    Here,
    /// It leads to the other one.
    Elsewhere,
}

/// The form above the list, which takes the mails that are chosen in it.
pub(super) fn above(language: Language, form: &PlaceForm, key: Key) -> Markup {
    let texts = texts::journal(language);
    html! {
        form class="bar bar-sub placing" id="place" method="post" action="/mails/place" aria-label=(texts.place_chosen()) {
            span class="soft only-wide" { (texts.place_chosen()) }
            (fields(language, "place", form, key))
        }
    }
}

/// The form of one entry.
pub(super) fn of_entry(language: Language, mail: &str, form: &PlaceForm) -> Markup {
    let texts = texts::journal(language);
    html! {
        form class="placing" id="place-entry" method="post" action="/mails/place" aria-label=(texts.place_entry()) {
            input type="hidden" name="mail" value=(mail);
            input type="hidden" name="entry" value=(mail);
            (fields(language, "place-entry", form, Key::Here))
        }
    }
}

fn fields(language: Language, id: &str, form: &PlaceForm, key: Key) -> Markup {
    let texts = texts::journal(language);
    let (input, said) = (format!("{id}-number"), format!("{id}-said"));
    html! {
        input type="hidden" name="back" value=(form.back);
        label for=(input) { (texts.place_ticket()) @if key == Key::Here { " " kbd class="only-wide" { "T" } } }
        input class="input num" id=(input) name="number" value=(form.number) autocomplete="off" size="12"
            data-key=[(key == Key::Here).then_some("t")]
            maxlength="40" placeholder=(texts.place_number()) aria-describedby=(said)
            aria-invalid=[form.problem.as_ref().map(|_| "true")] hx-get="/mails/ticket"
            hx-trigger="input changed delay:200ms, focus once" hx-target={ "#" (said) } hx-sync="this:replace";
        button class="btn" name="do" value="assign" { (icon("folder-input")) (texts.place_assign()) }
        button class="btn" name="do" value="make" { (icon("plus")) (texts.place_make()) }
        @if form.discard == Discard::Offered {
            button class="btn btn-quiet" name="do" value="discard" { (icon("trash")) (texts.place_discard()) }
        }
        output class="placed fine" id=(said) for=(input) {
            @if let Some(problem) = &form.problem { (wrong(problem)) }
        }
    }
}

/// What is wrong.
pub fn wrong(problem: &str) -> Markup {
    html! { span class="error" { (icon("circle-alert")) " " (problem) } }
}

/// The ticket that was found: a fragment below the number.
pub fn found(number: &str, subject: &str, requester: &str) -> Markup {
    html! {
        span class="soft" { (icon("circle-check")) " " b class="num" { (number) } " " (subject) }
        " " span class="muted" { (requester) }
    }
}
