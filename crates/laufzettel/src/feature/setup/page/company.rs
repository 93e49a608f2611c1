//! The first step: who administrates, and for which company.

use maud::{Markup, html};
use values::Language;
use web::{FieldProblem, Form};

use super::super::begin::{Odd, Typed};
use super::{Around, Field, Step, head, id, part, sheet};
use crate::record::frame::icon;
use crate::texts;

/// What stands in the form.
#[derive(Clone, Debug)]
pub struct CompanyStep {
    /// The key of the link.
    pub key: String,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong with it.
    pub problems: Vec<FieldProblem>,
}

impl CompanyStep {
    /// An empty form.
    pub fn new(key: String) -> Self {
        Self { key, typed: Typed::default(), problems: Vec::new() }
    }

    /// What was sent.
    pub fn read(form: &Form) -> Self {
        let field = |name: &str| form.text(name).to_owned();
        let typed = Typed {
            name: field("name"),
            email: field("email"),
            password: form.raw("password").to_owned(),
            company: field("company"),
        };
        Self { key: form.raw("key").to_owned(), typed, problems: Vec::new() }
    }
}

/// What is wrong with a field, in a sentence.
pub fn sentence(language: Language, odd: Odd) -> String {
    let texts = texts::setup(language);
    match odd {
        Odd::Missing => texts.missing(),
        Odd::NoLine => texts.too_long(),
        Odd::NoAddress => texts.no_address(),
        Odd::PasswordLength => texts.password_length(),
    }
    .to_owned()
}

/// Prints the page.
pub fn company(around: &Around, step: &CompanyStep) -> Markup {
    let texts = texts::setup(around.language);
    let open = html! {
        form class="step" method="post" action="/setup/company" aria-labelledby=(id(Step::Company)) {
            input type="hidden" name="key" value=(step.key);
            input type="hidden" name="language" value=(around.language.code());
            (head(around, Step::Company, texts.company_about()))
            (part(texts.you(), texts.you_about(), &you(around.language, step)))
            (part(texts.company(), texts.company_name_about(), &html! {
                (Field { autocomplete: "organization", ..Field::new("company", texts.company_name(), &step.typed.company) }
                    .print(&step.problems))
            }))
            footer {
                button class="btn btn-lg btn-primary" { (icon("check")) (texts.go_on()) }
                span class="muted" { (texts.go_on_about()) }
            }
        }
    };
    sheet(around, &open)
}

fn you(language: Language, step: &CompanyStep) -> Markup {
    let texts = texts::setup(language);
    let (typed, problems) = (&step.typed, &step.problems);
    let name = Field::new("name", texts.name(), &typed.name);
    let name = Field { autocomplete: "name", is_first: true, ..name };
    let email = Field::new("email", texts.email(), &typed.email);
    let email = Field { kind: "email", autocomplete: "username", ..email };
    let password = Field::new("password", texts.password(), "");
    let password = Field {
        kind: "password",
        autocomplete: "new-password",
        hint: Some(texts.password_hint()),
        ..password
    };
    html! {
        div class="fields" { (name.print(problems)) (email.print(problems)) }
        (password.print(problems))
    }
}
