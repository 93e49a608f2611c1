//! The page that lists the operations of the API. The descriptions are those of the document.

use maud::{DOCTYPE, Markup, html};
use values::Language;

use crate::record::frame::head_of_print;
use crate::texts;

/// What the document says.
#[derive(Clone, Debug)]
pub struct Described {
    /// The version of Laufzettel.
    pub version: String,
    /// What holds for all operations.
    pub description: String,
    /// The operations.
    pub groups: Vec<Group>,
}

/// Operations on one kind of thing.
#[derive(Clone, Debug)]
pub struct Group {
    /// The first part of their addresses.
    pub name: String,
    /// The operations.
    pub operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The method.
    pub method: String,
    /// The address.
    pub path: String,
    /// What it does, in a few words.
    pub summary: String,
    /// What else is to be known.
    pub description: String,
    /// Scopes of which one is needed.
    pub scopes: Vec<String>,
    /// What stands in the address and in headers.
    pub parameters: Vec<Field>,
    /// What stands in the body.
    pub fields: Vec<Field>,
    /// Statuses and what they mean.
    pub responses: Vec<(String, String)>,
}

/// A parameter or a field.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Where a parameter stands, or of which type a field is.
    pub place: String,
    /// Whether it must be there.
    pub is_required: bool,
    /// What it means.
    pub description: String,
}

/// The page. It needs no script.
pub fn page(language: Language, described: &Described) -> Markup {
    let texts = texts::api_docs(language);
    html! {
        (DOCTYPE)
        html lang=(language.code()) {
            (head_of_print(texts.title()))
            body { (content(language, described)) }
        }
    }
}

fn content(language: Language, described: &Described) -> Markup {
    let texts = texts::api_docs(language);
    let address = html! { a class="linked" href="/api/openapi.json" { "/api/openapi.json" } };
    html! {
        main class="formpage" {
            h1 { (texts.title()) " " small class="muted" { (described.version) } }
            p { (texts.intro_html(address)) }
            p class="muted" lang="en" { (described.description) }
            nav aria-label=(texts.contents()) {
                @for (place, group) in described.groups.iter().enumerate() {
                    @if place > 0 { " · " }
                    a class="linked" href={ "#" (group.name) } { (group.name) }
                }
            }
            @for group in &described.groups { (group_of(language, group)) }
        }
    }
}

fn group_of(language: Language, group: &Group) -> Markup {
    html! {
        section aria-labelledby=(group.name) {
            h2 id=(group.name) { (group.name) }
            @for operation in &group.operations {
                details {
                    summary {
                        b { (operation.method) } " " code { (operation.path) } " "
                        span class="muted" lang="en" { (operation.summary) }
                    }
                    (details_of(language, operation))
                }
            }
        }
    }
}

fn details_of(language: Language, operation: &Operation) -> Markup {
    let texts = texts::api_docs(language);
    html! {
        @if !operation.description.is_empty() {
            p lang="en" { (operation.description) }
        }
        p { (texts.scopes()) " "
            @if operation.scopes.is_empty() { (texts.any_token()) }
            @for (place, scope) in operation.scopes.iter().enumerate() {
                @if place > 0 { " " (texts.or()) " " }
                code { (scope) }
            }
        }
        (fields(language, texts.parameters(), &operation.parameters))
        (fields(language, texts.body(), &operation.fields))
        h3 { (texts.responses()) }
        ul lang="en" {
            @for (status, text) in &operation.responses { li { code { (status) } " " (text) } }
        }
    }
}

fn fields(language: Language, title: &str, fields: &[Field]) -> Markup {
    let texts = texts::api_docs(language);
    html! {
        @if !fields.is_empty() {
            h3 { (title) }
            ul {
                @for field in fields {
                    li {
                        code { (field.name) } " "
                        small class="muted" {
                            (field.place)
                            @if field.is_required { ", " (texts.required()) }
                        }
                        " " span lang="en" { (field.description) }
                    }
                }
            }
        }
    }
}
