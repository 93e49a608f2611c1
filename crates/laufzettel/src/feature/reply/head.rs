//! The head of a form of the composer: to whom it goes, as whom, what it is about.

use maud::{Markup, html};
use values::Language;

use super::page::{Composer, DraftForm, is_wrong};
use crate::texts;

/// The head of a mail.
pub fn addresses(language: Language, composer: &Composer, form: &DraftForm) -> Markup {
    let texts = texts::reply(language);
    let proposals = format!("/recipients?ticket={}", composer.number);
    let field =
        |name: &str, label: &str, value: &str| address_field(form, &proposals, name, label, value);
    let draft = &form.draft;
    html! {
        div class="addr" {
            span { (texts.to()) }
            (field("to", texts.to(), &draft.to))
            span class="reveal script-only" {
                (reveal("cc", texts.cc(), &draft.cc))
                (reveal("bcc", texts.bcc(), &draft.bcc))
                (reveal("subject", texts.subject(), &draft.subject))
            }
            (sender(language, form))
            (row("cc", texts.cc(), &draft.cc, field("cc", texts.cc(), &draft.cc)))
            (row("bcc", texts.bcc(), &draft.bcc, field("bcc", texts.bcc(), &draft.bcc)))
            (row("subject", texts.subject(), &draft.subject, subject(texts.subject(), &draft.subject)))
        }
    }
}

/// The head of a note: who gets it as a mail, if anybody does, and what it is about.
pub fn of_note(language: Language, composer: &Composer, form: &DraftForm) -> Markup {
    let texts = texts::reply(language);
    let proposals = format!("/recipients?team=1&ticket={}", composer.number);
    let draft = &form.draft;
    // Its writer alone is nothing that somebody said.
    let own = composer.team.first().map(|(id, _)| id);
    let said = draft.concerns.iter().find(|id| draft.concerns.len() > 1 || Some(*id) != own);
    let concerned = said.map(String::as_str).unwrap_or_default();
    html! {
        div class="addr" {
            span { (texts.mail_note()) }
            span class="line" {
                input name="to" value=(draft.to) data-addresses=(proposals) autocomplete="off" aria-label=(texts.mail_note())
                    placeholder=(texts.nobody_gets_it()) aria-invalid=[is_wrong(form, "to").then_some("true")];
            }
            span class="reveal script-only" {
                (reveal("subject", texts.short(), &draft.subject))
                (reveal("concerns", texts.concerns(), concerned))
                (reveal("at", texts.written_at(), &draft.at))
            }
            (row("subject", texts.short(), &draft.subject, subject(texts.short(), &draft.subject)))
            (row("concerns", texts.concerns(), concerned, concerns(language, composer, form)))
            (row("at", texts.written_at(), &draft.at, html! {
                span class="line" {
                    input type="datetime-local" name="at" value=(draft.at) aria-label=(texts.written_at())
                        aria-invalid=[is_wrong(form, "at").then_some("true")];
                }
            }))
        }
    }
}

/// Whom it concerns: its writer, unless others are chosen.
fn concerns(language: Language, composer: &Composer, form: &DraftForm) -> Markup {
    let chosen = &form.draft.concerns;
    html! {
        span class="line" {
            @for (place, (id, name)) in composer.team.iter().enumerate() {
                label class="check" {
                    input type="checkbox" name="concerns" value=(id)
                        checked[chosen.contains(id) || (chosen.is_empty() && place == 0)];
                    " " (name)
                }
            }
            @if is_wrong(form, "concerns") { span class="error" { (texts::reply(language).refused_concerned()) } }
        }
    }
}

fn address_field(
    form: &DraftForm,
    proposals: &str,
    name: &str,
    label: &str,
    value: &str,
) -> Markup {
    let wrong = name == "to" && is_wrong(form, "to");
    html! {
        span class="line" {
            input name=(name) value=(value) data-addresses=(proposals) autocomplete="off" aria-label=(label)
                aria-invalid=[wrong.then_some("true")];
        }
    }
}

fn subject(label: &str, value: &str) -> Markup {
    html! {
        span class="line" { input name="subject" value=(value) maxlength="500" aria-label=(label); }
    }
}

/// A line that stands there once something is in it, or once its button was pressed.
fn row(name: &str, label: &str, value: &str, input: Markup) -> Markup {
    html! { div class="more" data-row=(name) hidden[value.is_empty()] { span { (label) } (input) } }
}

fn reveal(name: &str, label: &str, value: &str) -> Markup {
    html! {
        @if value.is_empty() { button type="button" class="linkbtn" data-show=(name) { (label) } }
    }
}

/// Nothing with one choice is shown to people who work.
fn sender(language: Language, form: &DraftForm) -> Markup {
    let texts = texts::reply(language);
    html! {
        @if form.senders.len() > 1 {
            span class="from" {
                span { (texts.from()) }
                select name="sender" aria-label=(texts.sender()) aria-invalid=[is_wrong(form, "sender").then_some("true")] {
                    @for sender in &form.senders {
                        option value=(sender.address) selected[sender.is_chosen] { (sender.label) }
                    }
                }
            }
        }
    }
}
