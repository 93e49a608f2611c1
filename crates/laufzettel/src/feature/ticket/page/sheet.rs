//! The properties of a ticket as a form sheet: each cell is saved by itself when it changes.

use maud::{Markup, html};
use rules::intake::rule::Mark;
use values::Language;

use crate::record::frame::{
    self, Current, Deadline, Moment, Person, Priority, Status, Tinted, icon_small,
};
use crate::texts;

/// The properties of a ticket.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The ticket's number.
    pub number: String,
    /// The ticket's id in live messages.
    pub live_id: String,
    /// Whether the person may change them.
    pub access: Access,
    /// The present status.
    pub status: Status,
    /// The statuses it can have.
    pub statuses: Field,
    /// The present priority.
    pub priority: Priority,
    /// The priorities it can have.
    pub priorities: Field,
    /// Who is responsible.
    pub assignee: Option<Person>,
    /// Who can be.
    pub assignees: Field,
    /// Areas.
    pub areas: Field,
    /// Queues of the area.
    pub queues: Field,
    /// Categories.
    pub categories: Field,
    /// Request types.
    pub request_types: Field,
    /// The deadline as `2026-11-25T12:00` in the screen's zone, empty without one.
    pub due: String,
    /// The deadline as the ring shows it.
    pub deadline: Deadline,
    /// When it comes back, as `2026-11-25T08:00` in the screen's zone; empty if it does not.
    pub resubmit: String,
    /// When it comes back, as the list shows it.
    pub resubmission: Option<Moment>,
    /// Proposals for it: what the form sends and what the screen shows.
    pub resubmit_choices: Vec<(String, String)>,
    /// The address of who asks.
    pub contact: String,
    /// Its tags.
    pub tags: Vec<Tinted>,
    /// Its marks (F-FLD-24).
    pub marks: Vec<Mark>,
    /// Tags to propose.
    pub known_tags: Vec<String>,
    /// What was wrong with the last change.
    pub problem: Option<FieldProblem>,
}

/// A value that could not be taken. It stays in its field, with the sentence below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldProblem {
    /// The property, as the last part of the address that saves it.
    pub property: String,
    /// The value as it was sent.
    pub value: String,
    /// What is wrong and what to do.
    pub sentence: String,
}

/// Whether the person may change a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Only read it.
    Read,
    /// Change it.
    Change,
}

/// The values a property can have.
#[derive(Clone, Debug, Default)]
pub struct Field {
    /// In their order.
    pub choices: Vec<Choice>,
}

/// One value of a property.
#[derive(Clone, Debug)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the screen shows.
    pub label: String,
    /// Whether it is the present one.
    pub state: Current,
}

/// The sheet: a fragment that refreshes itself when its ticket changes, and the answer to each change.
pub fn sheet(language: Language, sheet: &Sheet) -> Markup {
    let form = Form { language, sheet };
    html! {
        div class="sheet" id="sheet" data-live-id=(sheet.live_id) hx-get={ "/tickets/" (sheet.number) "/sheet" }
            hx-trigger="live:ticket from:body, live:refresh from:body" hx-swap="morph:outerHTML" {
            @for cell in cells(language, sheet).iter().filter(|cell| cell.has_choice()) {
                (form.select(cell))
            }
            (form.due())
            (form.resubmit())
            (form.contact())
            (form.tags())
            @if !sheet.marks.is_empty() { (form.marks()) }
            @if sheet.access == Access::Change { (form.new_tag()) (form.resubmit_menu()) }
        }
    }
}

/// A property that is chosen from a list.
struct Cell<'a> {
    class: &'static str,
    /// The last part of the address that saves it.
    name: &'static str,
    label: &'static str,
    key: Option<&'static str>,
    glyph: Markup,
    field: &'a Field,
    /// What stands for no value, if it may have none.
    nothing: Option<&'static str>,
}

impl Cell<'_> {
    /// A small company sees no selectors in which there is nothing to select.
    fn has_choice(&self) -> bool {
        let values = self.field.choices.len() + usize::from(self.nothing.is_some());
        values > 1
    }
}

fn cells(language: Language, sheet: &Sheet) -> Vec<Cell<'_>> {
    let texts = texts::common(language);
    let cell = |name, label, field| Cell {
        class: "cell",
        name,
        label,
        key: None,
        glyph: Markup::default(),
        field,
        nothing: Some("–"),
    };
    let status = frame::status(language, &sheet.status);
    let priority = frame::priority(language, &sheet.priority);
    let assignee = frame::assignee(language, sheet.assignee.as_ref());
    let whole = cell("assignee", texts.assignee(), &sheet.assignees);
    vec![
        Cell {
            key: Some("s"),
            glyph: status,
            nothing: None,
            ..cell("status", texts.status(), &sheet.statuses)
        },
        Cell {
            key: Some("p"),
            glyph: priority,
            nothing: None,
            ..cell("priority", texts.priority(), &sheet.priorities)
        },
        Cell {
            class: "cell wide",
            key: Some("a"),
            glyph: assignee,
            nothing: Some(texts.not_assigned()),
            ..whole
        },
        Cell { key: Some("b"), nothing: None, ..cell("area", texts.area(), &sheet.areas) },
        cell("queue", texts.queue(), &sheet.queues),
        cell("category", texts.category(), &sheet.categories),
        cell("request_type", texts.request_type(), &sheet.request_types),
    ]
}

/// Prints the cells; each is a form of its own.
struct Form<'a> {
    language: Language,
    sheet: &'a Sheet,
}

impl Form<'_> {
    fn select(&self, cell: &Cell<'_>) -> Markup {
        let control = html! {
            (cell.glyph)
            select id={ "p-" (cell.name) } name="value" data-key=[cell.key]
                disabled[self.sheet.access == Access::Read] {
                @if let Some(nothing) = cell.nothing { option value="" { (nothing) } }
                @for choice in &cell.field.choices {
                    option value=(choice.value) selected[choice.state == Current::Yes] { (choice.label) }
                }
            }
        };
        self.cell(cell.class, cell.name, cell.label, "change, submit", &control)
    }

    /// A cell with its label and, without a script, a button to save it. The server says what is
    /// wrong with a value, in the reader's language.
    fn cell(&self, class: &str, name: &str, label: &str, saved: &str, control: &Markup) -> Markup {
        let action = format!("/tickets/{}/{name}", self.sheet.number);
        html! {
            form class=(class) method="post" action=(action) hx-post=(action) hx-trigger=(saved)
                hx-target="#sheet" hx-swap="morph:outerHTML" novalidate[name == "contact"] {
                label class="k" for={ "p-" (name) } { (label) }
                span class="v" {
                    (control)
                    @if self.sheet.access == Access::Change {
                        button class="btn btn-sm no-script" { (texts::common(self.language).apply()) }
                    }
                }
                (self.error(name))
            }
        }
    }

    fn problem(&self, name: &str) -> Option<&FieldProblem> {
        self.sheet.problem.as_ref().filter(|problem| problem.property == name)
    }

    fn error(&self, name: &str) -> Markup {
        html! {
            @if let Some(problem) = self.problem(name) {
                span class="error" id={ "e-" (name) } role="alert" {
                    (icon_small("circle-alert")) (problem.sentence)
                }
            }
        }
    }

    fn due(&self) -> Markup {
        let problem = self.problem("due");
        let control = html! {
            input id="p-due" type="datetime-local" name="value" value=(self.sheet.due)
                min="2000-01-01T00:00" max="2999-12-31T23:59"
                aria-invalid=[problem.map(|_| "true")] aria-describedby=[problem.map(|_| "e-due")]
                disabled[self.sheet.access == Access::Read];
            (frame::deadline(&self.sheet.deadline))
        };
        // Each digit that is typed is a change of its own: only a pause or leaving saves.
        let saved = "submit, change delay:900ms, blur from:find input changed";
        self.cell("cell wide", "due", texts::common(self.language).due(), saved, &control)
    }

    fn resubmit(&self) -> Markup {
        let texts = texts::ticket(self.language);
        let problem = self.problem("resubmit");
        let control = html! {
            input id="p-resubmit" type="datetime-local" name="value" value=(self.sheet.resubmit)
                min="2000-01-01T00:00" max="2999-12-31T23:59"
                aria-invalid=[problem.map(|_| "true")] aria-describedby=[problem.map(|_| "e-resubmit")]
                disabled[self.sheet.access == Access::Read];
            @if let Some(moment) = &self.sheet.resubmission { (frame::resubmission(self.language, moment)) }
            @if self.sheet.access == Access::Change {
                button class="btn btn-quiet btn-sm" type="button" popovertarget="resubmit-menu" data-key="h"
                    aria-label=(texts.resubmit_choose()) title=(texts.resubmit_choose()) {
                    (icon_small("wiedervorlage"))
                }
            }
        };
        let saved = "submit, change delay:900ms, blur from:find input changed";
        self.cell("cell wide", "resubmit", texts.resubmit(), saved, &control)
    }

    fn resubmit_menu(&self) -> Markup {
        let action = format!("/tickets/{}/resubmit", self.sheet.number);
        html! {
            form class="pop pop-end" id="resubmit-menu" popover method="post" action=(action) hx-post=(action)
                hx-target="#sheet" hx-swap="morph:outerHTML" {
                @for (value, label) in &self.sheet.resubmit_choices {
                    button class="menu-item" type="submit" name="value" value=(value) {
                        (frame::icon("wiedervorlage")) (label)
                    }
                }
            }
        }
    }

    fn contact(&self) -> Markup {
        let problem = self.problem("contact");
        let value = problem.map_or(&self.sheet.contact, |problem| &problem.value);
        let control = html! {
            input id="p-contact" type="email" name="value" value=(value) list="p-contacts"
                aria-invalid=[problem.map(|_| "true")] aria-describedby=[problem.map(|_| "e-contact")]
                autocomplete="off" disabled[self.sheet.access == Access::Read];
            datalist id="p-contacts" hx-get="/contacts/choices" hx-include="#p-contact" hx-target="this"
                hx-trigger="input changed delay:120ms from:#p-contact" hx-swap="innerHTML" {}
        };
        let label = texts::common(self.language).contact();
        self.cell("cell wide", "contact", label, "change, submit", &control)
    }

    fn tags(&self) -> Markup {
        let texts = texts::ticket(self.language);
        let action = self.tags_address();
        let change = self.sheet.access == Access::Change;
        html! {
            form class="cell wide" id="p-tags" method="post" action=(action) hx-post=(action) hx-target="#sheet"
                hx-swap="morph:outerHTML" {
                span class="k" { (texts::common(self.language).tags()) }
                span class="v" {
                    @for tag in &self.sheet.tags {
                        span class="tag" data-hue=(tag.hue) {
                            (tag.name)
                            @if change {
                                button name="remove" value=(tag.name) aria-label=(texts.remove_tag(&tag.name)) {
                                    (icon_small("x"))
                                }
                            }
                        }
                    }
                    @if change {
                        button class="btn btn-quiet btn-sm" type="button" popovertarget="new-tag" data-key="t"
                            aria-label=(texts.add_tag()) title=(texts.add_tag()) { (icon_small("plus")) }
                    }
                }
                (self.error("tags"))
            }
        }
    }

    fn marks(&self) -> Markup {
        let texts = texts::ticket(self.language);
        let action = format!("/tickets/{}/marks", self.sheet.number);
        html! {
            form class="cell" id="p-marks" method="post" action=(action) hx-post=(action) hx-target="#sheet"
                hx-swap="morph:outerHTML" {
                span class="k" { (texts.marks()) }
                span class="v" {
                    @for mark in &self.sheet.marks {
                        @let name = mark_name(self.language, *mark);
                        span class="tag" {
                            (name)
                            @if self.sheet.access == Access::Change {
                                button name="remove" value=(mark.code()) aria-label=(texts.remove_mark(name)) {
                                    (icon_small("x"))
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Buttons that set the marks that the ticket has not.
    fn new_marks(&self) -> Markup {
        let texts = texts::ticket(self.language);
        let action = format!("/tickets/{}/marks", self.sheet.number);
        let missing = Mark::ALL.into_iter().filter(|mark| !self.sheet.marks.contains(mark));
        html! {
            form method="post" action=(action) hx-post=(action) hx-target="#sheet" hx-swap="morph:outerHTML" {
                @for mark in missing {
                    button class="menu-item" name="add" value=(mark.code()) {
                        (frame::icon("flag")) (texts.set_mark(mark_name(self.language, mark)))
                    }
                }
            }
        }
    }

    fn new_tag(&self) -> Markup {
        let texts = texts::ticket(self.language);
        let action = self.tags_address();
        html! {
            div class="pop pop-end" id="new-tag" popover {
                form method="post" action=(action) hx-post=(action) hx-target="#sheet" hx-swap="morph:outerHTML" {
                label class="vh" for="new-tag-name" { (texts.new_tag()) }
                input class="input" id="new-tag-name" name="add" list="known-tags" autocomplete="off" autofocus
                    placeholder=(texts.new_tag());
                datalist id="known-tags" { @for tag in &self.sheet.known_tags { option value=(tag) {} } }
                button class="menu-item" { (frame::icon("plus")) (texts.add_tag()) }
                }
                hr;
                (self.new_marks())
            }
        }
    }

    fn tags_address(&self) -> String {
        format!("/tickets/{}/tags", self.sheet.number)
    }
}

/// How a mark is called.
pub fn mark_name(language: Language, mark: Mark) -> &'static str {
    let texts = texts::ticket(language);
    match mark {
        Mark::Private => texts.mark_private(),
        Mark::Personal => texts.mark_personal(),
        Mark::Gdpr => texts.mark_gdpr(),
    }
}
