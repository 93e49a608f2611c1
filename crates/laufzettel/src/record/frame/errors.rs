//! Pages that say why something cannot be shown, and what to do.

use maud::{Markup, html};
use values::Language;

use super::{Bare, Frame, Layout, bare_page, icon, navigation_button, page};
use crate::texts;

/// Why a page cannot be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such thing, or the person may not see it.
    NotFound,
    /// The person lacks a right.
    Forbidden {
        /// Who can grant it, by name.
        grants: Vec<String>,
    },
    /// It was deleted or merged.
    Gone {
        /// What took its place: label and address.
        instead: Option<(String, String)>,
    },
    /// The request cannot be understood.
    Unreadable,
    /// What was sent is too large.
    TooLarge {
        /// The limit, ready to print.
        limit: String,
    },
    /// Nothing can be written at the moment, for example because the disk is full.
    Unavailable,
    /// Something broke; the operator finds the cause under this number.
    Failed {
        /// The incident number.
        incident: String,
    },
}

/// Around which page a refusal stands.
#[derive(Clone, Copy, Debug)]
pub enum Around<'a> {
    /// The person is signed in.
    Frame(&'a Frame),
    /// Nobody is signed in.
    Bare(&'a Bare),
}

/// The page that says why.
pub fn refusal_page(around: Around<'_>, refusal: &Refusal) -> Markup {
    match around {
        Around::Frame(frame) => {
            let (title, text) = words(frame.language, refusal);
            let main = html! {
                header { div class="bar" { (navigation_button(frame.language)) h1 { (title) } } (super::banners(frame)) }
                div class="page" { (body(frame.language, &html! { h2 { (title) } }, &text, refusal, "/inbox")) }
            };
            page(frame, Layout::Overview, title, &main)
        }
        Around::Bare(bare) => {
            let (title, text) = words(bare.language, refusal);
            let content = body(bare.language, &html! { h1 { (title) } }, &text, refusal, "/signin");
            bare_page(bare, title, &content, &Markup::default())
        }
    }
}

fn words(language: Language, refusal: &Refusal) -> (&'static str, String) {
    let texts = texts::common(language);
    match refusal {
        Refusal::NotFound => (texts.not_found(), texts.not_found_text().to_owned()),
        Refusal::Forbidden { grants } if grants.is_empty() => {
            (texts.forbidden(), texts.forbidden_text().to_owned())
        }
        Refusal::Forbidden { grants } => {
            (texts.forbidden(), texts.forbidden_ask(&grants.join(", ")))
        }
        Refusal::Gone { .. } => (texts.gone(), texts.gone_text().to_owned()),
        Refusal::Unreadable => (texts.unreadable(), texts.unreadable_text().to_owned()),
        Refusal::TooLarge { limit } => (texts.too_large(), texts.too_large_text(limit)),
        Refusal::Unavailable => (texts.unavailable(), texts.unavailable_text().to_owned()),
        Refusal::Failed { incident } => (texts.failed(), texts.failed_text(incident)),
    }
}

fn body(language: Language, heading: &Markup, text: &str, refusal: &Refusal, home: &str) -> Markup {
    let texts = texts::common(language);
    let label = if home == "/signin" { texts.to_sign_in() } else { texts.to_inbox() };
    html! {
        div class="empty" {
            (icon(symbol(refusal)))
            (heading)
            p { (text) }
            span class="row" {
                @if let Refusal::Gone { instead: Some((name, href)) } = refusal {
                    a class="btn btn-primary" href=(href) { (name) }
                }
                a class="btn" href=(home) { (label) }
            }
        }
    }
}

fn symbol(refusal: &Refusal) -> &'static str {
    match refusal {
        Refusal::NotFound => "circle-help",
        Refusal::Forbidden { .. } => "lock",
        Refusal::Gone { .. } => "merge",
        Refusal::Unreadable | Refusal::TooLarge { .. } => "circle-alert",
        Refusal::Unavailable | Refusal::Failed { .. } => "triangle-alert",
    }
}
