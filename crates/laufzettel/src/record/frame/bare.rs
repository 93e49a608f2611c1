//! Pages outside of the application: signing in, the demo's start page, errors for those who are not signed in.

use maud::{DOCTYPE, Markup, html};
use values::Language;

use super::{brand, head};
use crate::texts;

/// What a page outside of the application shows around its own content.
#[derive(Clone, Debug)]
pub struct Bare {
    /// The language of the screen.
    pub language: Language,
    /// The page's address with the parameter `language` for each language, German first.
    pub languages: [String; 2],
}

/// The page with the form at the left and the large slip at the right.
pub fn bare_page(bare: &Bare, title: &str, content: &Markup, foot: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(bare.language.code()) {
            (head(&format!("{title} · Laufzettel"), None))
            body {
                main class="login" {
                    section class="login-form" {
                        div class="row spread" {
                            span class="brand" { (brand()) }
                            (languages(bare))
                        }
                        (content)
                        div class="muted fine" { (foot) }
                    }
                    (slip(bare.language))
                }
            }
        }
    }
}

fn languages(bare: &Bare) -> Markup {
    let [german, english] = &bare.languages;
    let link = |language: Language, name: &str, href: &str| {
        let current = (language == bare.language).then_some("true");
        html! { a href=(href) lang=(language.code()) aria-current=[current] { (name) } }
    };
    html! {
        nav class="seg" aria-label=(texts::common(bare.language).language()) {
            (link(Language::German, "Deutsch", german))
            (link(Language::English, "English", english))
        }
    }
}

/// The slip that explains the name: steps with stamps, two still open.
fn slip(language: Language) -> Markup {
    let texts = texts::common(language);
    let line =
        |label: &str, value: &str| html! { div class="line" { span { (label) } b { (value) } } };
    html! {
        div class="login-art" aria-hidden="true" {
            div class="lift" {
                div class="bigslip" {
                    div class="head" { b { "Laufzettel" } span class="num" { (texts.slip_number()) } }
                    (line(texts.slip_matter(), texts.slip_matter_sample()))
                    div class="two" {
                        (line(texts.slip_customer(), texts.slip_customer_sample()))
                        (line(texts.slip_received(), texts.slip_received_sample()))
                    }
                    ol {
                        (stamped(texts.slip_recorded(), "A. Demir", "-9", texts.slip_first_day(), "14:02"))
                        (stamped(texts.slip_checked(), "T. Krüger", "6", texts.slip_first_day(), "16:40"))
                        (stamped(texts.slip_approved(), "J. Petersen", "-4", texts.slip_second_day(), "10:51"))
                        li { span { (texts.slip_booked()) } i {} span class="box" {} }
                        li { span { (texts.slip_closed()) } i {} span class="box" {} }
                    }
                }
            }
        }
    }
}

fn stamped(step: &str, who: &str, tilt: &str, day: &str, time: &str) -> Markup {
    html! {
        li {
            span { (step) }
            i { (who) }
            span class="stamp big" style={ "--tilt:" (tilt) "deg" } { (day) br; (time) }
        }
    }
}
