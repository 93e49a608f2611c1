//! The chips above a list: what it is limited to, and what else it could be limited to.

use maud::{Markup, html};
use values::Language;

use super::{Current, List, icon, icon_small};
use crate::record::frame::Link;
use crate::texts;

/// What a list is limited to.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The whole filter as text, in the reader's language.
    pub query: String,
    /// One chip per term.
    pub chips: Vec<Chip>,
    /// Where the menu gets what it offers to add.
    pub offers: String,
    /// Names in the text that no field and no value has.
    pub unknown: Vec<String>,
}

/// One term of the filter.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The field's name as the reader's language writes it, or nothing for a word.
    pub field: Option<String>,
    /// How field and value compare.
    pub comparison: Comparison,
    /// The value.
    pub value: String,
    /// Other values, each with the address of the list that has it instead.
    pub choices: Vec<Link>,
    /// The list without this term.
    pub remove: String,
}

/// How a term compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The field has the value, or one of them.
    Is,
    /// The field has another value.
    IsNot,
    /// The field lies below or before the value.
    Below,
    /// The field lies above or after the value.
    Above,
    /// The text has the word.
    Contains,
}

/// A field with values that can be added.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The field's name.
    pub field: String,
    /// Its values, each with the address of the list that has it too.
    pub values: Vec<Link>,
}

pub(super) fn bar(language: Language, list: List, filter: &Filter) -> Markup {
    let texts = texts::list(language);
    html! {
        div class="bar bar-sub only-wide" role="group" aria-label=(texts::common(language).filter()) {
            @for (position, one) in filter.chips.iter().enumerate() { (chip(language, position, one)) }
            button class="chip chip-add" type="button" popovertarget="filter" data-key="f" {
                (icon_small("plus")) (texts::common(language).filter()) " " kbd { "F" }
            }
            @for name in &filter.unknown {
                span class="pill" data-tone="amber" { (icon("circle-help")) (texts.unknown_name(name)) }
            }
            (search(language, list, filter))
        }
        @for (position, one) in filter.chips.iter().enumerate() { (choices(language, position, one)) }
        (menu(language, &filter.offers))
    }
}

/// The filter as text, for those who would rather type.
fn search(language: Language, list: List, filter: &Filter) -> Markup {
    let texts = texts::list(language);
    html! {
        form class="end listsearch" method="get" action="/inbox" role="search" {
            @if let Some(code) = code(list) { input type="hidden" name="list" value=(code); }
            label class="vh" for="list-query" { (texts.search_list()) }
            span class="inputwrap" {
                (icon("search"))
                input class="input" id="list-query" type="search" name="q" value=(filter.query)
                    placeholder=(texts.search_list()) data-key="/ q";
                kbd { "/" }
            }
        }
    }
}

fn code(list: List) -> Option<&'static str> {
    match list {
        List::All => None,
        List::Mine => Some("mine"),
        List::Unassigned => Some("unassigned"),
        List::Resubmissions => Some("resubmissions"),
    }
}

fn chip(language: Language, position: usize, chip: &Chip) -> Markup {
    let texts = texts::list(language);
    let name = label(language, chip);
    html! {
        span class="chip" {
            span class="k" { (name) }
            @if chip.choices.is_empty() { span class="v" { (chip.value) } } @else {
                button class="v" type="button" popovertarget={ "chip-" (position) }
                    aria-label=(texts.change_filter(&name, &chip.value)) { (chip.value) }
            }
            a class="x" href=(chip.remove) aria-label=(texts.remove_filter(&name, &chip.value)) { (icon_small("x")) }
        }
    }
}

/// `Status ist`, `Frist vor`, `enthält`.
fn label(language: Language, chip: &Chip) -> String {
    let texts = texts::list(language);
    let field = chip.field.as_deref().unwrap_or_default();
    match chip.comparison {
        Comparison::Is => texts.field_is(field),
        Comparison::IsNot => texts.field_is_not(field),
        Comparison::Below => texts.field_below(field),
        Comparison::Above => texts.field_above(field),
        Comparison::Contains => texts.contains().to_owned(),
    }
}

fn choices(language: Language, position: usize, chip: &Chip) -> Markup {
    html! {
        @if !chip.choices.is_empty() {
            div class="pop" id={ "chip-" (position) } popover {
                nav aria-label=(label(language, chip)) { @for link in &chip.choices { (entry(link)) } }
            }
        }
    }
}

/// The menu of filters. What it offers is fetched when it is opened: it would be a good part of
/// each page.
fn menu(language: Language, offers: &str) -> Markup {
    let texts = texts::list(language);
    html! {
        div class="pop" id="filter" popover {
            div class="inputwrap script-only" {
                (icon("search"))
                input class="input" type="search" data-filter aria-label=(texts.find_filter())
                    placeholder=(texts.find_filter());
            }
            nav aria-label=(texts.add_filter()) hx-get=(offers) hx-trigger="toggle once from:closest .pop"
                hx-target="this" hx-swap="innerHTML" {}
        }
    }
}

/// What the menu offers: a fragment.
pub fn offers(offers: &[Offer]) -> Markup {
    html! {
        @for offer in offers {
            @for link in &offer.values {
                a class="menu-item" href=(link.href) aria-current=[link.state.mark()] {
                    span class="muted" { (offer.field) } (link.label)
                }
            }
        }
    }
}

fn entry(link: &Link) -> Markup {
    html! {
        a class="menu-item" href=(link.href) aria-current=[link.state.mark()] {
            (link.label) @if link.state == Current::Yes { (icon_small("check")) }
        }
    }
}
