//! Addresses that get no automatic answers because something answers them, with a button to lift it.

use maud::{Markup, html};
use values::Language;

use crate::record::frame::{Moment, icon, moment};
use crate::texts;

/// Such an address.
#[derive(Clone, Debug)]
pub struct Muted {
    /// The address.
    pub address: String,
    /// Whether tokens of ours came back from it; else it wrote too often.
    pub is_echo: bool,
    /// The ticket at which it happened, by number.
    pub number: Option<String>,
    /// Since when.
    pub since: Moment,
}

/// The list.
pub fn list(language: Language, mailbox: &str, muted: &[Muted]) -> Markup {
    let texts = texts::mailboxes(language);
    html! {
        section class="setpage flow" aria-labelledby="muted" {
            h2 id="muted" { (texts.muted()) }
            p class="soft" { (texts.muted_hint()) }
            @if muted.is_empty() { p { (texts.muted_nobody()) } }
            @for one in muted { (row(language, mailbox, one)) }
        }
    }
}

fn row(language: Language, mailbox: &str, one: &Muted) -> Markup {
    let texts = texts::mailboxes(language);
    let why = if one.is_echo { texts.muted_echo() } else { texts.muted_rate() };
    html! {
        form class="row wrap" method="post" action={ "/mailboxes/" (mailbox) "/lift" } {
            (icon("pause"))
            span class="grow" {
                b { (one.address) } " " span class="soft" { (why) " " (moment(&one.since)) }
                @if let Some(number) = &one.number { " " a href={ "/tickets/" (number) } { (number) } }
            }
            input type="hidden" name="address" value=(one.address);
            button class="btn" aria-label=(texts.muted_lift_address(&one.address)) { (texts.muted_lift()) }
        }
    }
}

/// Two addresses for the tests of the page.
#[cfg(test)]
pub fn samples(are_there: bool) -> Vec<Muted> {
    let since = || Moment {
        short: "10:42".to_owned(),
        full: "23.11.2026 10:42".to_owned(),
        machine: "2026-11-23T10:42:00+01:00".to_owned(),
    };
    let one = |is_echo: bool| Muted {
        address: "bot@kunde.example".to_owned(),
        is_echo,
        number: Some("48213".to_owned()),
        since: since(),
    };
    if are_there { vec![one(true), one(false)] } else { Vec::new() }
}
