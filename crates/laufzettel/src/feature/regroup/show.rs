//! What the page of a ticket shows of moving and merging: lines, origins, hints, toasts.

use rules::regroup::{Neighbour, may_be_same};
use rules::right::Right;
use serde_json::Value;

use super::page::{Alike, Joined, What};
use crate::feature::ticket::read::TicketView;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::frame::{Toast, Undo};
use crate::record::message::Message;
use crate::record::show;
use crate::record::ticket::{Ticket, is_own, may};
use crate::service::history::Recorded;
use crate::texts;

/// For so long a page says what was done when it is opened.
const SAID_MILLIS: i64 = 60_000;

/// Whether the reader may move messages of a ticket.
pub fn may_regroup(screen: &Screen, ticket: &Ticket) -> bool {
    let actor = &screen.actor;
    may(actor, Right::WorkOnTicket, ticket.area, is_own(actor, ticket))
}

/// An event of moving or merging, as it was written.
struct Regrouped {
    what: What,
    regrouping: String,
    number: String,
    subject: String,
    messages: u64,
    files: u64,
    step: u64,
}

fn regrouped(event: &Recorded) -> Option<Regrouped> {
    let what = match event.kind.as_str() {
        "merged" => What::Merged,
        "messages_came" => What::Came,
        "messages_moved" => What::Moved,
        "messages_split" => What::SplitOff,
        _ => return None,
    };
    let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
    let text = |key: &str| detail.get(key).and_then(Value::as_str).map(str::to_owned);
    let count = |key: &str| detail.get(key).and_then(Value::as_u64).unwrap_or_default();
    Some(Regrouped {
        what,
        regrouping: text("regrouping")?,
        number: text("from").or_else(|| text("to"))?,
        subject: text("subject").unwrap_or_default(),
        messages: count("messages"),
        files: count("files"),
        step: count("step"),
    })
}

fn regrouping_of(event: &Recorded) -> Option<String> {
    let detail: Value = serde_json::from_str(&event.detail).ok()?;
    detail.get("regrouping").and_then(Value::as_str).map(str::to_owned)
}

/// The line that stands for an event, as long as it was not taken back.
pub fn line(screen: &Screen, view: &TicketView, event: &Recorded) -> Option<Joined> {
    let found = regrouped(event).filter(|_| event.ticket == view.ticket.id)?;
    let is_undone = |other: &Recorded| {
        other.kind == "separated" && regrouping_of(other).as_ref() == Some(&found.regrouping)
    };
    if view.events.iter().any(is_undone) {
        return None;
    }
    let who = event.agent.and_then(|agent| screen.directory.agent(agent));
    Some(Joined {
        what: found.what,
        who: who.map(|agent| agent.name.clone()).unwrap_or_default(),
        number: found.number,
        subject: found.subject,
        messages: found.messages,
        files: found.files,
        time: show::exact_moment(&screen.times(), event.at),
        regrouping: may_regroup(screen, &view.ticket).then_some(found.regrouping),
        here: view.ticket.number.clone(),
    })
}

/// The number of the ticket from which a message came.
pub fn origin(view: &TicketView, message: &Message) -> Option<String> {
    let regrouping = message.regrouped?.to_string();
    let came = view.events.iter().filter_map(regrouped);
    let mut came = came.filter(|one| matches!(one.what, What::Merged | What::Came));
    came.find(|one| one.regrouping == regrouping).map(|one| one.number)
}

/// The number of the merged ticket of whose history an event is; nothing for the ticket's own.
pub fn origin_of_event(view: &TicketView, event: &Recorded) -> Option<String> {
    if event.ticket == view.ticket.id {
        return None;
    }
    let is_end = |one: &&Recorded| one.ticket == event.ticket && one.kind == "merged_into";
    let end = view.events.iter().rev().find(is_end).and_then(regrouping_of)?;
    let merged = view.events.iter().filter_map(regrouped);
    let mut merged = merged.filter(|one| one.what == What::Merged);
    merged.find(|one| one.regrouping == end).map(|one| one.number)
}

/// Whether an event of a merged ticket says nothing that the ticket's own history does not.
pub fn is_said_elsewhere(view: &TicketView, event: &Recorded) -> bool {
    let says_so = regrouped(event).is_some()
        || matches!(event.kind.as_str(), "merged_into" | "separated" | "merged");
    event.ticket != view.ticket.id && says_so
}

/// Tickets that may be about the same, the likeliest first.
pub fn alike(screen: &Screen, view: &TicketView) -> Vec<Alike> {
    let ticket = &view.ticket;
    if !ticket.stage.0.is_open() || !may_regroup(screen, ticket) {
        return Vec::new();
    }
    let mut found: Vec<(u8, Alike)> = Vec::new();
    for other in &view.others {
        let neighbour = Neighbour {
            subject: &other.subject,
            stage: other.stage.0,
            is_of_person: other.is_of_person,
            changed_at: other.updated_at,
            is_distinct: other.is_distinct,
        };
        let likeness = may_be_same(&ticket.subject, ticket.updated_at, &neighbour);
        found.extend(likeness.map(|likeness| {
            let alike = Alike {
                number: other.number.clone(),
                subject: other.subject.clone(),
                is_of_person: other.is_of_person,
            };
            (likeness, alike)
        }));
    }
    found.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    found.into_iter().map(|(_, alike)| alike).collect()
}

/// What was done just now: the id of a regrouping, or a word.
pub fn toasts(screen: &Screen, view: &TicketView, done: Option<&str>) -> Vec<Toast> {
    let texts = texts::regroup(screen.language);
    let said = |text: &str| vec![Toast { text: text.to_owned(), undo: None }];
    let Some(done) = done else { return Vec::new() };
    match done {
        "separated" => return said(texts.done_separated()),
        "separated_before" => return said(texts.separated_before()),
        "separated_elsewhere" => return said(texts.separated_elsewhere()),
        "distinct" => return said(texts.done_distinct()),
        _ => {}
    }
    let is_meant = |event: &&Recorded| {
        event.ticket == view.ticket.id
            && event.agent == Some(screen.actor.agent)
            && screen.now.millis_since(event.at) < SAID_MILLIS
    };
    let events = view.events.iter().filter(is_meant);
    let Some(found) = events.filter_map(regrouped).find(|one| one.regrouping == done) else {
        return Vec::new();
    };
    let (here, count) = (&view.ticket.number, found.messages);
    let text = match found.what {
        What::Merged if found.step > 1 => texts.done_merged_several(found.step, here),
        What::Merged => texts.done_merged(&found.number, here),
        What::Moved => texts.done_moved(count, &found.number),
        What::SplitOff => texts.done_split(count, &found.number),
        What::Came => texts.done_split(count, here),
    };
    let action = format!("/regroupings/{}/undo", encode(&found.regrouping));
    let mut fields = vec![("here".to_owned(), here.clone())];
    if found.step > 1 {
        fields.push(("step".to_owned(), "whole".to_owned()));
    }
    let undo = Some(Undo { action, fields });
    vec![Toast { text, undo }]
}
