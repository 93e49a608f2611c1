//! The line in a conversation that says what came from elsewhere or went there, with its way back.

use maud::{Markup, html};
use values::Language;

use crate::http::encode;
use crate::record::frame::{Moment, icon, icon_small, moment};
use crate::texts;

/// Messages that came or went.
#[derive(Clone, Debug)]
pub struct Joined {
    /// What happened.
    pub what: What,
    /// Who did it.
    pub who: String,
    /// The number of the other ticket.
    pub number: String,
    /// What that is about.
    pub subject: String,
    /// How many messages.
    pub messages: u64,
    /// How many files they have.
    pub files: u64,
    /// When.
    pub time: Moment,
    /// What leads back, for who may take it back.
    pub regrouping: Option<String>,
    /// The number of this ticket, to which the way back returns.
    pub here: String,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The other ticket was merged into this one.
    Merged,
    /// Messages of the other one came here.
    Came,
    /// Messages went to the other one.
    Moved,
    /// They have a ticket of their own.
    SplitOff,
}

/// The line.
pub fn joined(language: Language, joined: &Joined) -> Markup {
    let texts = texts::regroup(language);
    let other = other(joined);
    let sentence = match joined.what {
        What::Merged => texts.joined_merged_html(other),
        What::Came => texts.joined_came_html(other),
        What::Moved => texts.joined_moved_html(other),
        What::SplitOff => texts.joined_split_html(other),
    };
    let is_here = matches!(joined.what, What::Merged | What::Came);
    html! {
        div class="joined" {
            (icon(if joined.what == What::SplitOff { "split" } else { "merge" }))
            span class="grow" {
                (sentence) " " (texts.joined_messages(joined.messages))
                @if joined.files > 0 { " " (texts.joined_files(joined.files)) }
                " "
                @if joined.what == What::Merged { (texts.joined_answers(&joined.number)) }
                @else if !is_here { (texts.joined_answers_there()) }
            }
            small class="muted nowrap" { (joined.who) }
            (moment(&joined.time))
            @if let Some(regrouping) = &joined.regrouping { (way_back(language, joined, regrouping)) }
        }
    }
}

fn other(joined: &Joined) -> Markup {
    let name =
        html! { (joined.number) @if !joined.subject.is_empty() { " „" (joined.subject) "“" } };
    match joined.what {
        What::Merged => html! { (name) },
        _ => html! { a class="linked" href={ "/tickets/" (encode(&joined.number)) } { (name) } },
    }
}

fn way_back(language: Language, joined: &Joined, regrouping: &str) -> Markup {
    let texts = texts::regroup(language);
    let label = match joined.what {
        What::Merged => texts.separate(),
        What::Came => texts.put_back(),
        What::Moved | What::SplitOff => texts.fetch_back(),
    };
    html! {
        form method="post" action={ "/regroupings/" (regrouping) "/undo" } {
            input type="hidden" name="here" value=(joined.here);
            button class="btn btn-quiet btn-sm" { (icon_small("split")) (label) }
        }
    }
}

/// The line on the page of a ticket that was merged while somebody had it open.
pub fn moved_on(language: Language, number: &str) -> Markup {
    let texts = texts::regroup(language);
    html! {
        div class="joined" role="status" {
            (icon("merge"))
            span class="grow" { (texts.moved_on_html(number)) }
            a class="btn btn-sm" href={ "/tickets/" (encode(number)) } { (texts.open_ticket(number)) }
        }
    }
}

/// The pill of a message that came from another ticket.
pub fn origin(language: Language, number: &str) -> Markup {
    html! { span class="pill" { (icon("merge")) (texts::regroup(language).from_ticket(number)) } }
}
