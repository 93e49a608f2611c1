//! The forms of a contact and of a company. They keep what was typed, and say at each field what is
//! wrong.

use maud::{Markup, PreEscaped, html};
use values::Language;
use web::Form;

use super::parts::wrong;
use crate::feature::companies::{NUMBER_LETTERS_MAX, POSTAL_LETTERS_MAX};
use crate::feature::contacts::{LINE_LETTERS_MAX, NOTES_LETTERS_MAX, PHONE_LETTERS_MAX};
use crate::record::frame::{self, Frame, Layout, icon_large, icon_small};
use crate::texts;

/// A form of a customer.
#[derive(Clone, Debug)]
pub struct FormPage {
    /// Which sort.
    pub sort: FormSort,
    /// Whose it is; nothing for a new one.
    pub existing: Option<Existing>,
    /// What is typed, and what is wrong with it.
    pub form: Form,
    /// Where leaving the form leads to.
    pub back: String,
    /// Others that have what only one can have.
    pub others: Vec<Other>,
}

/// Another customer that has the same in a field.
#[derive(Clone, Debug)]
pub struct Other {
    /// The field.
    pub field: &'static str,
    /// The name of the other one.
    pub name: String,
    /// The address of its page.
    pub href: String,
}

/// Of which sort a form is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormSort {
    /// A contact's.
    Contact,
    /// A company's.
    Company,
}

/// A customer that is there.
#[derive(Clone, Debug)]
pub struct Existing {
    /// The address of its page.
    pub here: String,
    /// Its name.
    pub name: String,
    /// Whether something refers to it.
    pub is_used: bool,
}

/// Prints the whole page.
pub fn page(frame: &Frame, page: &FormPage) -> Markup {
    let language = frame.language;
    let texts = texts::customers(language);
    let title = match (&page.existing, page.sort) {
        (Some(existing), _) => existing.name.clone(),
        (None, FormSort::Contact) => texts.new_contact().to_owned(),
        (None, FormSort::Company) => texts.new_company().to_owned(),
    };
    let action = match (&page.existing, page.sort) {
        (Some(existing), _) => format!("{}/edit", existing.here),
        (None, FormSort::Contact) => "/customers/contacts/new".to_owned(),
        (None, FormSort::Company) => "/customers/companies/new".to_owned(),
    };
    let main = html! {
        header {
            div class="bar" {
                a class="btn btn-quiet" href=(page.back) aria-label=(texts.leave()) { (icon_large("arrow-left")) }
                h1 class="trunc" { (title) }
            }
            (frame::banners(frame))
        }
        div class="page" tabindex="0" role="region" aria-label=(title) {
            div class="setpage custform" {
                form class="stack" id="customer-form" method="post" action=(action) {
                    // The first button answers the Enter key.
                    button class="vh" tabindex="-1" aria-hidden="true" { (texts.save()) }
                    input type="hidden" name="version" value=(page.form.raw("version"));
                    @if let Some(sentence) = page.form.problem("version") {
                        p class="banner" data-tone="amber" role="alert" { (sentence) }
                    }
                    @match page.sort {
                        FormSort::Contact => { (contact(language, &page.form)) },
                        FormSort::Company => { (company(language, page)) },
                    }
                    div class="row" {
                        button class="btn btn-primary" { (texts.save()) }
                        a class="btn btn-quiet" href=(page.back) { (texts.cancel()) }
                    }
                }
                @if let Some(existing) = &page.existing { (delete(language, page, existing)) }
            }
        }
    };
    frame::page(frame, Layout::Detail, &title, &main)
}

fn contact(language: Language, form: &Form) -> Markup {
    let texts = texts::customers(language);
    html! {
        (line(form, "name", texts.name(), "text", LINE_LETTERS_MAX, None))
        (line(form, "job", texts.job(), "text", LINE_LETTERS_MAX, None))
        (several(language, form, "address", texts.addresses(), "email", 254))
        (several(language, form, "phone", texts.phones(), "tel", PHONE_LETTERS_MAX))
        (company_of(language, form))
        div class="field" {
            label for="language" { (texts.language()) }
            select class="select" id="language" name="language" {
                option value="" { (texts.any_language()) }
                option value="de" selected[form.text("language") == "de"] { (texts.german()) }
                option value="en" selected[form.text("language") == "en"] { (texts.english()) }
            }
            (wrong(form, "language"))
        }
        (lines(form, "notes", texts.notes(), 5, NOTES_LETTERS_MAX, Some(texts.notes_hint())))
    }
}

fn company(language: Language, page: &FormPage) -> Markup {
    let (texts, form) = (texts::customers(language), &page.form);
    html! {
        (line(form, "name", texts.name(), "text", LINE_LETTERS_MAX, None))
        (other(language, page, "name"))
        @if page.others.iter().any(|other| other.field == "name") || form.has("same_name") {
            label class="check" {
                input type="checkbox" name="same_name" value="yes" checked[form.has("same_name")];
                " " (texts.same_name())
            }
        }
        (line(form, "customer_number", texts.customer_number(), "text", NUMBER_LETTERS_MAX, None))
        (other(language, page, "customer_number"))
        (line(form, "domain", texts.domain(), "text", 253, Some(texts.domain_hint())))
        (other(language, page, "domain"))
        (line(form, "phone", texts.phone(), "tel", PHONE_LETTERS_MAX, None))
        (lines(form, "postal_address", texts.postal_address(), 3, POSTAL_LETTERS_MAX, None))
        (lines(form, "notes", texts.notes(), 5, NOTES_LETTERS_MAX, Some(texts.notes_hint())))
    }
}

/// The way to the other one, beside the form, so that nothing typed is lost.
fn other(language: Language, page: &FormPage, field: &str) -> Markup {
    html! {
        @for other in page.others.iter().filter(|other| other.field == field) {
            p { a class="linked" href=(other.href) target="_blank" rel="noopener" { (texts::customers(language).look_at(&other.name)) } }
        }
    }
}

fn described(form: &Form, field: &str, hint: Option<&str>) -> Option<String> {
    let error = form.problem(field).map(|_| format!("{field}-error"));
    let hint = hint.map(|_| format!("{field}-hint"));
    let both: Vec<String> = hint.into_iter().chain(error).collect();
    (!both.is_empty()).then(|| both.join(" "))
}

fn line(
    form: &Form,
    field: &str,
    label: &str,
    kind: &str,
    letters_max: usize,
    hint: Option<&str>,
) -> Markup {
    html! {
        div class="field" {
            label for=(field) { (label) }
            input class="input" id=(field) name=(field) type=(kind) maxlength=(letters_max) autocomplete="off"
                dir="auto" value=(form.raw(field)) aria-invalid=[form.problem(field).map(|_| "true")]
                aria-describedby=[described(form, field, hint)];
            @if let Some(hint) = hint { span class="hint" id={ (field) "-hint" } { (hint) } }
            (wrong(form, field))
        }
    }
}

fn lines(
    form: &Form,
    field: &str,
    label: &str,
    rows: u32,
    letters_max: usize,
    hint: Option<&str>,
) -> Markup {
    html! {
        div class="field" {
            label for=(field) { (label) }
            textarea class="input" id=(field) name=(field) rows=(rows) maxlength=(letters_max) dir="auto"
                aria-invalid=[form.problem(field).map(|_| "true")] aria-describedby=[described(form, field, hint)] {
                (PreEscaped("\n")) (form.raw(field))
            }
            @if let Some(hint) = hint { span class="hint" id={ (field) "-hint" } { (hint) } }
            (wrong(form, field))
        }
    }
}

/// One line for each, and one more for the next.
fn several(
    language: Language,
    form: &Form,
    field: &str,
    legend: &str,
    kind: &str,
    letters_max: usize,
) -> Markup {
    let texts = texts::customers(language);
    let typed: Vec<&str> = form.all(field).collect();
    let empty = usize::from(typed.last().is_none_or(|last| !last.trim().is_empty()));
    let shown = typed.into_iter().chain(std::iter::repeat_n("", empty));
    html! {
        fieldset class="field several" {
            legend class="flabel" { (legend) }
            @for (place, text) in shown.enumerate() {
                @let id = format!("{field}-{place}");
                @let label = if place == 0 { texts.main_of(legend) } else { texts.other_of(legend, &(place + 1).to_string()) };
                input class="input" id=(id) name=(field) type="text" inputmode=(kind) maxlength=(letters_max) autocomplete="off"
                    aria-label=(label) value=(text) aria-invalid=[form.problem(&id).map(|_| "true")]
                    aria-describedby=[form.problem(&id).map(|_| format!("{id}-error"))];
                (wrong(form, &id))
            }
            button class="btn btn-sm btn-quiet" name="more" value=(field) formnovalidate { (icon_small("plus")) (texts.one_more()) }
        }
    }
}

fn company_of(language: Language, form: &Form) -> Markup {
    let texts = texts::customers(language);
    let problem = form.problem("company");
    html! {
        div class="field" {
            label for="company" { (texts.company()) }
            input class="input" id="company" name="company" type="text" maxlength=(LINE_LETTERS_MAX) autocomplete="off"
                dir="auto" list="company-choices" value=(form.raw("company")) hx-get="/customers/company-choices"
                hx-trigger="input changed delay:150ms, focus once" hx-target="#company-choices" hx-include="this, [name=address]"
                hx-sync="this:replace" aria-invalid=[problem.map(|_| "true")]
                aria-describedby=[described(form, "company", Some(""))];
            datalist id="company-choices" {}
            span class="hint" id="company-hint" { (texts.company_hint()) }
            (wrong(form, "company"))
            @if form.problem("company").is_some() || form.has("new_company") {
                label class="check" {
                    input type="checkbox" name="new_company" value="yes" checked[form.has("new_company")];
                    " " (texts.make_company())
                }
            }
        }
    }
}

fn delete(language: Language, page: &FormPage, existing: &Existing) -> Markup {
    let texts = texts::customers(language);
    let (used, ask) = match page.sort {
        FormSort::Contact => (texts.contact_in_use(), texts.delete_contact_text()),
        FormSort::Company => (texts.company_in_use(), texts.delete_company_text()),
    };
    html! {
        details class="custdelete" open[page.form.problem("delete").is_some()] {
            summary { (texts.delete_it(&existing.name)) }
            @if let Some(sentence) = page.form.problem("delete") { p class="error" role="alert" { (sentence) } }
            @if existing.is_used { p class="soft" { (used) } } @else {
                form method="post" action={ (existing.here) "/delete" } {
                    p class="soft" { (ask) }
                    input type="hidden" name="version" value=(page.form.raw("version"));
                    button class="btn btn-danger" { (icon_small("trash")) (texts.delete()) }
                }
            }
        }
    }
}

/// Choices for the field of the company.
pub fn company_choices(found: &[(String, String)]) -> Markup {
    html! { @for (value, label) in found { option value=(value) { (label) } } }
}
