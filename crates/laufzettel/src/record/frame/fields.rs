//! Fields of forms with their labels, hints and what is wrong with them.

use maud::{Markup, PreEscaped, html};
use web::Form;

use super::icon_small;

/// A field: its name in the form, its label, and what it is for.
#[derive(Clone, Copy, Debug)]
pub struct Labelled<'a> {
    /// The name in the form, and the id of the element.
    pub name: &'a str,
    /// What stands above it.
    pub label: &'a str,
    /// What it is for, in a sentence.
    pub hint: Option<&'a str>,
}

impl<'a> Labelled<'a> {
    /// A field without a hint.
    pub fn new(name: &'a str, label: &'a str) -> Self {
        Self { name, label, hint: None }
    }

    /// The same field with a hint.
    #[must_use]
    pub fn with(self, hint: &'a str) -> Self {
        Self { hint: Some(hint), ..self }
    }

    fn described_by(&self, form: &Form) -> Option<String> {
        let error = form.problem(self.name).map(|_| format!("{}-error", self.name));
        let hint = self.hint.map(|_| format!("{}-hint", self.name));
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn around(&self, form: &Form, input: &Markup) -> Markup {
        html! {
            div class="field" {
                label for=(self.name) { (self.label) }
                (input)
                (self.below(form))
            }
        }
    }

    /// What stands below the field.
    fn below(&self, form: &Form) -> Markup {
        html! {
            @if let Some(hint) = self.hint { span class="hint" id={ (self.name) "-hint" } { (hint) } }
            @if let Some(sentence) = form.problem(self.name) {
                span class="error" id={ (self.name) "-error" } role="alert" { (icon_small("circle-alert")) (sentence) }
            }
        }
    }
}

/// How a text on one line is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typed {
    /// The type of the element: `text`, `email`, `tel`, `password`, `number`.
    pub kind: &'static str,
    /// Whether it may be left empty.
    pub required: bool,
    /// What a browser fills in by itself.
    pub autocomplete: &'static str,
}

impl Typed {
    /// A text that must be there.
    pub const NEEDED: Self = Self { kind: "text", required: true, autocomplete: "off" };
    /// A text that may be left empty.
    pub const OPTIONAL: Self = Self { kind: "text", required: false, autocomplete: "off" };
}

/// A text on one line. The length is checked when it is sent, so that nothing typed is cut in silence.
pub fn line(form: &Form, field: &Labelled<'_>, typed: Typed) -> Markup {
    // A password is never sent back.
    let value = if typed.kind == "password" { "" } else { form.raw(field.name) };
    let wrong = form.problem(field.name).map(|_| "true");
    let input = html! {
        input class="input" id=(field.name) name=(field.name) type=(typed.kind) value=(value)
            required[typed.required] autocomplete=(typed.autocomplete) aria-invalid=[wrong]
            aria-describedby=[field.described_by(form)];
    };
    field.around(form, &input)
}

/// A text of several lines.
pub fn lines(form: &Form, field: &Labelled<'_>, rows: u8) -> Markup {
    let wrong = form.problem(field.name).map(|_| "true");
    let input = html! {
        textarea class="textarea input" id=(field.name) name=(field.name) rows=(rows) aria-invalid=[wrong]
            aria-describedby=[field.described_by(form)] { (PreEscaped("\n")) (form.raw(field.name)) }
    };
    field.around(form, &input)
}

/// A text with marks, written as plain text. Its HTML is sent beside it, in the field of the same name
/// with `_html` behind it, and stays as it is while the words do.
pub fn rich(form: &Form, field: &Labelled<'_>) -> Markup {
    let wrong = form.problem(field.name).map(|_| "true");
    let html_name = format!("{}_html", field.name);
    let input = html! {
        textarea class="textarea input" id=(field.name) name=(field.name) rows="5" aria-invalid=[wrong]
            aria-describedby=[field.described_by(form)] { (PreEscaped("\n")) (form.raw(field.name)) }
        input type="hidden" name=(html_name) value=(form.raw(&html_name));
    };
    html! {
        div class="field rich" {
            label for=(field.name) { (field.label) }
            (input)
            (field.below(form))
        }
    }
}

/// A choice of a list: the words that the form sends, and what stands for them.
pub fn select(form: &Form, field: &Labelled<'_>, choices: &[(String, String)]) -> Markup {
    let wrong = form.problem(field.name).map(|_| "true");
    let chosen = form.raw(field.name);
    let input = html! {
        select class="select" id=(field.name) name=(field.name) aria-invalid=[wrong]
            aria-describedby=[field.described_by(form)] {
            @for (value, words) in choices { option value=(value) selected[value == chosen] { (words) } }
        }
    };
    field.around(form, &input)
}

/// A yes or no.
pub fn check(form: &Form, field: &Labelled<'_>) -> Markup {
    html! {
        div class="field" {
            label class="check" {
                input type="checkbox" id=(field.name) name=(field.name) value="on" checked[form.has(field.name)]
                    aria-describedby=[field.described_by(form)];
                " " (field.label)
            }
            (field.below(form))
        }
    }
}

/// One of several values of a field that may have many.
pub fn check_one(form: &Form, name: &str, value: &str, label: &str) -> Markup {
    html! {
        label class="check" {
            input type="checkbox" name=(name) value=(value) checked[form.all(name).any(|sent| sent == value)];
            " " (label)
        }
    }
}

/// What is wrong with the form as a whole.
pub fn trouble(form: &Form, name: &str) -> Markup {
    html! {
        @if let Some(sentence) = form.problem(name) {
            div class="banner" data-tone="red" role="alert" { (super::icon("circle-alert")) span class="grow" { (sentence) } }
        }
    }
}
