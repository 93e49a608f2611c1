//! The bar of a ticket: where it stands in its list, what it is about, what can be done with it.

use maud::{Markup, html};
use values::Language;

use super::pager::unplaced;
use super::sheet::Access;
use crate::feature::presence;
use crate::record::frame::{icon, icon_large};
use crate::texts;

/// The bar of a ticket.
#[derive(Clone, Debug)]
pub struct Bar {
    /// The ticket's number.
    pub number: String,
    /// The ticket's id in live messages.
    pub live_id: String,
    /// Its subject.
    pub subject: String,
    /// The list it was opened from.
    pub back: String,
    /// Whether it is closed.
    pub closed: Closed,
    /// How the signed-in person stands to it.
    pub mine: Mine,
    /// Whether the signed-in person may make an intake rule of it (F-MAIL-44).
    pub may_write_rules: bool,
    /// An address that fell silent over this ticket: it gets no automatic answers (mail.md 1.8).
    pub muted: Option<String>,
    /// Whether it has attachments that can be downloaded together.
    pub archive: Option<String>,
}

/// Whether a ticket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// It can be solved.
    No,
    /// It can be opened again.
    Yes,
    /// It is in the trash.
    Trash,
}

/// How the signed-in person stands to a ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mine {
    /// It is theirs and can be given back.
    Yes,
    /// It is nobody's and can be claimed.
    Nobodys,
    /// It is somebody else's and can be taken over; the person's id.
    Others(String),
}

pub(super) fn bar(language: Language, bar: &Bar, access: Access) -> Markup {
    let texts = texts::ticket(language);
    html! {
        div class="bar" {
            a class="btn btn-quiet only-narrow" href=(bar.back) aria-label=(texts.back()) { (icon_large("arrow-left")) }
            (unplaced(language, &bar.number, &bar.back))
            h1 class="trunc" { span class="muted num only-wide" { (bar.number) } " " (bar.subject) }
            @if let Some(address) = &bar.muted { (muted(language, address)) }
            (presence::place(language, &bar.number, &bar.live_id, &[]))
            (actions(language, bar, access, Swap::InPlace))
        }
    }
}

/// The mark of a ticket whose sender answers by machine.
fn muted(language: Language, address: &str) -> Markup {
    let texts = texts::ticket(language);
    let about = texts.muted_about(address);
    html! { span class="pill" data-tone="amber" title=(about) { (texts.muted()) span class="vh" { ": " (about) } } }
}

/// Whether a fragment stands where it belongs or is swapped into its place from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swap {
    /// It stands there.
    InPlace,
    /// It comes beside another fragment.
    OutOfBand,
}

impl Swap {
    /// The value of `hx-swap-oob`.
    pub fn out_of_band(self) -> Option<&'static str> {
        (self == Self::OutOfBand).then_some("true")
    }
}

/// What can be done with the ticket: a fragment that changes with its status.
pub fn actions(language: Language, bar: &Bar, access: Access, swap: Swap) -> Markup {
    let texts = texts::ticket(language);
    let change = access == Access::Change;
    html! {
        // A form in here is gone from the page before its own answer is swapped in; it still has to
        // find the extension that swaps it.
        div class="row end" id="ticket-actions" hx-ext="morph"
            hx-swap-oob=[swap.out_of_band()] {
            @if change && bar.closed == Closed::No {
                button class="btn only-wide" form="act-solve" data-key="e" {
                    (icon("circle-check")) (texts.solve()) " " kbd { "E" }
                }
            }
            @if change && bar.closed == Closed::Yes {
                button class="btn only-wide" form="act-reopen" { (icon("rotate-ccw")) (texts.reopen()) }
            }
            button class="btn btn-quiet narrow-aside" type="button" popovertarget="properties"
                aria-label=(texts.properties_and_customer()) { (icon("panel-right")) }
            button class="btn btn-quiet" type="button" popovertarget="more" aria-label=(texts.more_actions())
                title=(texts.more_actions()) { (icon("ellipsis")) }
            (menu(language, bar, access))
            @if change { (forms(bar)) }
        }
    }
}

fn menu(language: Language, bar: &Bar, access: Access) -> Markup {
    let texts = texts::ticket(language);
    let common = texts::common(language);
    let change = access == Access::Change;
    html! {
        div class="pop pop-end" id="more" popover {
            @if change {
                @match &bar.mine {
                    Mine::Yes => { (entry("act-mine", "user", texts.unclaim(), None)) }
                    Mine::Nobodys => { (entry("act-mine", "user-plus", texts.claim(), Some("I"))) }
                    Mine::Others(_) => { (entry("act-mine", "user-plus", common.keys_assign_me(), Some("I"))) }
                }
                @match bar.closed {
                    Closed::No => {
                        (entry("act-solve", "circle-check", texts.solve(), Some("E")))
                        (entry("act-abandon", "circle-x", texts.abandon(), None))
                    }
                    Closed::Yes => { (entry("act-reopen", "rotate-ccw", texts.reopen(), None)) }
                    Closed::Trash => {}
                }
            }
            @if change {
                (entry("act-unseen", "mail", texts.mark_unread(), None))
                hr;
                @let (words, path) = (texts::regroup(language), format!("/tickets/{}", bar.number));
                a class="menu-item" href={ (path) "/merge" } { (icon("merge")) (words.merge()) " " kbd { "M" } }
                a class="menu-item" href={ (path) "/move" } { (icon("folder-input")) (words.move_title()) }
                hr;
            }
            a class="menu-item" href={ "/tickets/" (bar.number) "/print" } { (icon("printer")) (texts.print()) }
            @if let Some(href) = &bar.archive {
                a class="menu-item" href=(href) { (icon("download")) (texts.download_attachments()) }
            }
            @if bar.may_write_rules {
                a class="menu-item" href={ "/settings/rules/new?ticket=" (bar.number) } {
                    (icon("list-checks")) (texts::intake_rules(language).rule_from_ticket())
                }
            }
            @if change {
                hr;
                (entry("act-spam", "flag", common.keys_spam(), Some("!")))
                (entry("act-trash", "trash", common.keys_trash(), Some("#")))
            }
        }
    }
}

fn entry(form: &str, symbol: &str, label: &str, key: Option<&str>) -> Markup {
    html! {
        button class="menu-item" form=(form) { (icon(symbol)) (label) @if let Some(key) = key { " " kbd { (key) } } }
    }
}

/// The forms behind the menu. They are no part of the picture, but carry the keys, which a closed menu cannot.
fn forms(bar: &Bar) -> Markup {
    html! {
        div class="vh" aria-hidden="true" {
            @match &bar.mine {
                Mine::Yes => { (form(bar, "act-mine", "unclaim", None, None)) }
                Mine::Nobodys => { (form(bar, "act-mine", "claim", None, Some("i"))) }
                Mine::Others(id) => { (form(bar, "act-mine", "assignee", Some(id), Some("i"))) }
            }
            @match bar.closed {
                Closed::No => {
                    (form(bar, "act-solve", "solve", None, None))
                    (form(bar, "act-abandon", "abandon", None, None))
                }
                Closed::Yes => { (form(bar, "act-reopen", "reopen", None, None)) }
                Closed::Trash => {}
            }
            (form(bar, "act-unseen", "unseen", None, None))
            (form(bar, "act-spam", "spam", None, Some("!")))
            (form(bar, "act-trash", "trash", None, Some("#")))
            a href={ "/tickets/" (bar.number) "/merge" } tabindex="-1" data-key="m" {}
        }
    }
}

fn form(bar: &Bar, id: &str, address: &str, value: Option<&str>, key: Option<&str>) -> Markup {
    let action = format!("/tickets/{}/{address}", bar.number);
    html! {
        form id=(id) method="post" action=(action) hx-post=(action) hx-target="#sheet" hx-swap="morph:outerHTML" {
            input type="hidden" name="back" value=(bar.back);
            @if let Some(value) = value { input type="hidden" name="value" value=(value); }
            @if let Some(key) = key { button tabindex="-1" data-key=(key) {} }
        }
    }
}
