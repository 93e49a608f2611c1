//! What it is about, and the properties of the ticket.

use maud::{Markup, PreEscaped, html};
use values::Language;

use super::super::form::Kind;
use super::{Choice, NewTicketPage, field, wrong};
use crate::feature::uploads::page as uploads;
use crate::texts;

/// What it is about.
pub fn subject(language: Language, page: &NewTicketPage) -> Markup {
    let texts = texts::new_ticket(language);
    let (invalid, described) = wrong(page, "subject");
    let input = html! {
        input class="input big" id="subject" name="subject" value=(page.typed.subject) required maxlength="200"
            autocomplete="off" autofocus[page.typed.kind == Kind::Internal] aria-invalid=[invalid] aria-describedby=[described]
            hx-post="/tickets/new/beside" hx-trigger="change, input changed delay:600ms" hx-target="#beside"
            hx-swap="outerHTML" hx-include="closest form";
    };
    field(page, "subject", texts.subject(), &input)
}

/// The note, or the text of the mail.
pub fn text(language: Language, page: &NewTicketPage) -> Markup {
    let texts = texts::new_ticket(language);
    let label = match page.typed.kind {
        Kind::Phone => texts.note(),
        Kind::Mail => texts.text(),
        Kind::Internal => texts.task(),
    };
    let (invalid, described) = wrong(page, "text");
    let input = html! {
        textarea class="textarea" id="text" name="text" rows="7" required aria-invalid=[invalid]
            aria-describedby=[described] { (PreEscaped("\n")) (page.typed.text) }
    };
    field(page, "text", label, &input)
}

/// The files. Without a script they are sent with the form.
pub fn files(language: Language, page: &NewTicketPage) -> Markup {
    let (texts, problem) = (texts::uploads(language), page.problem("files"));
    let described = problem.map(|_| "files-error");
    html! {
        div class="field" role="group" aria-label=(texts.choose()) aria-describedby=[described] {
            span class="flabel" aria-hidden="true" { (texts.choose()) }
            (uploads::files(language, "/tickets/new/files", &page.files, &html! {}))
            (uploads::choose_in_words(language))
            noscript { input type="file" name="file" multiple aria-label=(texts.choose()) aria-describedby=[described]; }
            @if let Some(sentence) = problem { span class="error" id="files-error" role="alert" { (sentence) } }
        }
    }
}

/// The area, as choices; none where there is only one.
pub fn area(language: Language, page: &NewTicketPage) -> Markup {
    let areas = &page.choices.areas;
    let typed = &page.typed.area;
    html! {
        @if let [only] = areas.as_slice() {
            input type="hidden" name="area" value=(only.number);
            @if let Some(sentence) = page.problem("area") { p class="error" role="alert" { (sentence) } }
        } @else {
            fieldset class="field" {
                legend class="flabel" { (texts::new_ticket(language).area()) }
                div class="choices" {
                    @for one in areas {
                        label class="choice" {
                            input type="radio" name="area" value=(one.number) checked[one.number == *typed] required
                                hx-post="/tickets/new/assignees" hx-trigger="change" hx-target="#assignee"
                                hx-swap="innerHTML" hx-include="closest form";
                            " " (one.name)
                        }
                    }
                }
                @if let Some(sentence) = page.problem("area") { span class="error" role="alert" { (sentence) } }
            }
        }
    }
}

/// Category, priority, who is responsible, until when; and what a company uses besides.
pub fn lists(language: Language, page: &NewTicketPage) -> Markup {
    let texts = texts::new_ticket(language);
    let (typed, choices) = (&page.typed, &page.choices);
    html! {
        div class="fields" {
            (list(page, "category", texts.category(), &typed.category, &choices.categories, Some(texts.none())))
            (list(page, "priority", texts.priority(), &typed.priority, &choices.priorities, None))
            (list(page, "assignee", texts.assignee(), &typed.assignee, &choices.agents, Some(texts.nobody())))
            (due(language, page))
        }
        div class="fields" {
            (list(page, "request_type", texts.request_type(), &typed.request_type, &choices.request_types, Some(texts.choose())))
            (list(page, "queue", texts.queue(), &typed.queue, &choices.queues, Some(texts.none())))
            (tags(language, page))
        }
    }
}

/// A list with more than one choice.
fn list(
    page: &NewTicketPage,
    name: &str,
    label: &str,
    typed: &str,
    choices: &[Choice],
    none: Option<&str>,
) -> Markup {
    let is_required = page.choices.required.contains(&name);
    if choices.is_empty() || (choices.len() == 1 && none.is_none()) {
        return html! {};
    }
    let (invalid, described) = wrong(page, name);
    let input = html! {
        select class="select" id=(name) name=(name) required[is_required] aria-invalid=[invalid] aria-describedby=[described] {
            (options(none, typed, choices))
        }
    };
    field(page, name, label, &input)
}

fn options(none: Option<&str>, typed: &str, choices: &[Choice]) -> Markup {
    html! {
        @if let Some(none) = none { option value="" { (none) } }
        @for one in choices { option value=(one.number) selected[one.number == typed] { (one.name) } }
    }
}

/// Who can be responsible in another area than the page was printed for.
pub fn assignees(language: Language, typed: &str, choices: &[Choice]) -> Markup {
    options(Some(texts::new_ticket(language).nobody()), typed, choices)
}

fn due(language: Language, page: &NewTicketPage) -> Markup {
    let texts = texts::new_ticket(language);
    let label = if page.typed.kind == Kind::Phone { texts.call_back_until() } else { texts.due() };
    let (invalid, described) = wrong(page, "due");
    let input = html! {
        input class="input num" id="due" name="due" type="datetime-local" value=(page.typed.due) aria-invalid=[invalid]
            aria-describedby=[described];
    };
    field(page, "due", label, &input)
}

fn tags(language: Language, page: &NewTicketPage) -> Markup {
    let (invalid, described) = wrong(page, "tags");
    let input = html! {
        input class="input" id="tags" name="tags" value=(page.typed.tags) autocomplete="off" maxlength="200"
            required[page.choices.required.contains(&"tags")] aria-invalid=[invalid] aria-describedby=[described];
    };
    field(page, "tags", texts::new_ticket(language).tags(), &input)
}

/// Whether the requester is told.
pub fn notify(language: Language, page: &NewTicketPage) -> Markup {
    let problem = page.problem("notify");
    html! {
        div class="field" {
            label class="check" {
                input type="checkbox" name="notify" value="yes" checked[page.typed.notify]
                    aria-describedby=[problem.map(|_| "notify-error")];
                " " span { (texts::new_ticket(language).notify()) }
            }
            @if let Some(sentence) = problem { span class="error" id="notify-error" role="alert" { (sentence) } }
        }
    }
}
