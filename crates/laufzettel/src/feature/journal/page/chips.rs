//! The chips above the journal as they are printed, in the manner of those above the tickets.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{Current, Link, icon_small};
use crate::texts;

/// What the journal can be limited by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// When the mails came.
    Period,
    /// Into which mailbox.
    Mailbox,
    /// What became of them.
    Outcome,
    /// What sort of automatic mail they are.
    Class,
}

impl Field {
    /// All of them, in the order of the chips.
    pub const ALL: [Self; 4] = [Self::Period, Self::Mailbox, Self::Outcome, Self::Class];

    fn name(self, language: Language) -> &'static str {
        let texts = texts::journal(language);
        match self {
            Self::Period => texts.period(),
            Self::Mailbox => texts.mailbox(),
            Self::Outcome => texts.outcome(),
            Self::Class => texts.class(),
        }
    }

    /// A value in words.
    pub fn value(self, language: Language, code: &str) -> String {
        let texts = texts::journal(language);
        let word = match code {
            "today" => texts.today(),
            "yesterday" => texts.yesterday(),
            "7d" => texts.last_week(),
            "30d" => texts.last_month(),
            "90d" => texts.last_quarter(),
            "new_ticket" => texts.became_new(),
            "follow_up" => texts.became_joined(),
            "event" => texts.became_noted(),
            "unassigned" => texts.is_undecided(),
            "bounce" => texts.bounce(),
            "duplicate" => texts.is_duplicate(),
            "filtered" => texts.is_filtered(),
            "quarantined" => texts.is_quarantined(),
            "waiting" => texts.is_waiting(),
            "gone" => texts.is_gone(),
            other => other,
        };
        word.to_owned()
    }
}

/// One limit.
#[derive(Clone, Debug)]
pub struct Chip {
    /// By what.
    pub field: Field,
    /// Its present value.
    pub value: String,
    /// All values, each with the list that has it.
    pub choices: Vec<Link>,
    /// The list without it.
    pub remove: String,
}

/// A field that limits nothing yet.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Which one.
    pub field: Field,
    /// Its values, each with the list that has it.
    pub values: Vec<Link>,
}

/// The chips, and the button that adds one.
pub(super) fn bar(language: Language, chips: &[Chip], offers: &[Offer]) -> Markup {
    html! {
        @for one in chips { (chip(language, one)) }
        @if !offers.is_empty() {
            button class="chip chip-add" type="button" popovertarget="filter" data-key="f" {
                (icon_small("plus")) (texts::common(language).filter()) " " kbd class="only-wide" { "F" }
            }
        }
    }
}

fn chip(language: Language, chip: &Chip) -> Markup {
    let list = texts::list(language);
    let name = chip.field.name(language);
    html! {
        span class="chip" {
            span class="k" { (name) }
            button class="v" type="button" popovertarget={ "chip-" (id(chip.field)) }
                aria-label=(list.change_filter(name, &chip.value)) { (chip.value) }
            a class="x" href=(chip.remove) aria-label=(list.remove_filter(name, &chip.value)) { (icon_small("x")) }
        }
    }
}

fn id(field: Field) -> &'static str {
    match field {
        Field::Period => "period",
        Field::Mailbox => "mailbox",
        Field::Outcome => "outcome",
        Field::Class => "class",
    }
}

/// The menus behind the chips.
pub(super) fn menus(language: Language, chips: &[Chip], offers: &[Offer]) -> Markup {
    html! {
        @for one in chips {
            div class="pop" id={ "chip-" (id(one.field)) } popover {
                nav aria-label=(one.field.name(language)) { @for link in &one.choices { (entry("", link)) } }
            }
        }
        div class="pop" id="filter" popover {
            nav aria-label=(texts::list(language).add_filter()) {
                @for offer in offers {
                    @for link in &offer.values { (entry(offer.field.name(language), link)) }
                }
            }
        }
    }
}

fn entry(field: &str, link: &Link) -> Markup {
    html! {
        a class="menu-item" href=(link.href) aria-current=[link.state.mark()] {
            @if !field.is_empty() { span class="muted" { (field) } " " }
            (link.label) @if link.state == Current::Yes { (icon_small("check")) }
        }
    }
}
