//! Tickets that may be about the same, as hints above the conversation: at most three cells, each
//! with one action and a way to say no.

use maud::{Markup, html};
use values::Language;

use crate::http::encode;
use crate::record::frame::icon;
use crate::texts;

/// Cells that are shown; more of them become one.
const CELLS_MAX: usize = 3;

/// A ticket that may be about the same.
#[derive(Clone, Debug)]
pub struct Alike {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// Whether the same person asks; else it is the same company.
    pub is_of_person: bool,
}

/// The hints; nothing if there are none.
pub fn hints(language: Language, number: &str, alike: &[Alike]) -> Markup {
    let shown = if alike.len() > CELLS_MAX { CELLS_MAX - 1 } else { alike.len() };
    let (cells, rest) = alike.split_at(shown);
    html! {
        @if !alike.is_empty() {
            div class="hints" {
                @for one in cells { (cell(language, number, one)) }
                @if !rest.is_empty() {
                    div class="hintcell" {
                        (icon("merge"))
                        span { b { (texts::regroup(language).more_alike(as_number(rest.len()))) } }
                        a class="btn btn-sm" href={ "/tickets/" (encode(number)) "/merge" } {
                            (texts::regroup(language).alike())
                        }
                    }
                }
            }
        }
    }
}

fn as_number(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

fn cell(language: Language, number: &str, one: &Alike) -> Markup {
    let texts = texts::regroup(language);
    let because = match one.is_of_person {
        true => texts.same_person(&one.subject),
        false => texts.same_company(&one.subject),
    };
    let path = format!("/tickets/{}", encode(number));
    html! {
        div class="hintcell" {
            (icon("merge"))
            span {
                b { a class="linked" href={ "/tickets/" (encode(&one.number)) } { (texts.may_belong(&one.number)) } }
                small { (because) }
            }
            span class="row row-tight" {
                form method="post" action={ (path) "/merge" } {
                    input type="hidden" name="with" value=(one.number);
                    button class="btn btn-sm" { (texts.merge()) }
                }
                form method="post" action={ (path) "/distinct" } {
                    input type="hidden" name="other" value=(one.number);
                    button class="btn btn-quiet btn-sm" { (texts.no_other()) }
                }
            }
        }
    }
}
