//! What happened to a ticket, as its page tells it.

use rules::intake::rule::Mark;
use serde_json::Value;
use values::{Language, Timestamp};

use super::page::{Event, Placed, What, mark_name};
use crate::http::screen::Screen;
use crate::record::EntryId;
use crate::record::directory::{Listed, by_id};
use crate::record::show;
use crate::service::history::Recorded;

/// The lines of one event.
pub fn events(screen: &Screen, event: &Recorded, from: Option<&str>) -> Vec<Event> {
    let who = match event.agent.and_then(|agent| screen.directory.agent(agent)) {
        Some(agent) => agent.name.clone(),
        None => "Laufzettel".to_owned(),
    };
    let time = show::exact_moment(&screen.times(), event.at);
    let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
    let what = happened(screen, &event.kind, &detail);
    let from = from.map(str::to_owned);
    let of = |what| Event { who: who.clone(), what, time: time.clone(), from: from.clone() };
    what.into_iter().map(of).collect()
}

/// The address that last fell silent over a ticket, unless somebody lifted that.
pub fn muted(events: &[Recorded]) -> Option<String> {
    let mut silent: Vec<String> = Vec::new();
    let turns =
        |event: &&Recorded| ["fell_silent", "silence_lifted"].contains(&event.kind.as_str());
    for event in events.iter().filter(turns) {
        let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
        let address = text(detail.get("to"));
        silent.retain(|one| *one != address);
        if event.kind == "fell_silent" {
            silent.push(address);
        }
    }
    silent.pop()
}

/// What an event says; nothing for events that only figures need.
fn happened(screen: &Screen, kind: &str, detail: &Value) -> Vec<What> {
    let directory = &screen.directory;
    let to = detail.get("to");
    let id = to.and_then(Value::as_str).and_then(|text| text.parse().ok());
    let named = |name: Option<String>| name.unwrap_or_default();
    let what = match kind {
        "created" => What::Created,
        "status_changed" => What::Status(show::status(
            directory,
            EntryId::from_number(id.unwrap_or_default()),
            screen.language,
        )),
        "assignee_changed" => {
            let agent = id.map(crate::record::AgentId::from_number);
            let agent = agent.and_then(|agent| directory.agent(agent));
            What::Assignee(agent.map(|agent| agent.name.clone()))
        }
        "area_changed" => What::Area(named(name(screen, &directory.areas, id))),
        "queue_changed" => What::Queue(name(screen, &directory.queues, id)),
        "category_changed" => What::Category(name(screen, &directory.categories, id)),
        "request_type_changed" => What::RequestType(name(screen, &directory.request_types, id)),
        "priority_changed" => What::Priority(named(name(screen, &directory.priorities, id))),
        "tags_changed" => return tag_changes(detail),
        "marks_changed" => return mark_changes(screen.language, detail),
        "contact_changed" => What::Contact(text(to)),
        "due_changed" => What::Due(
            to.and_then(Value::as_i64)
                .map(|millis| screen.times().date_and_clock(Timestamp::from_millis(millis))),
        ),
        "resubmission_changed" => What::Resubmission(
            to.and_then(Value::as_i64)
                .map(|millis| screen.times().date_and_clock(Timestamp::from_millis(millis))),
        ),
        "resubmitted" => What::Resubmitted,
        "subject_changed" => What::Subject(text(to)),
        "marked_as_spam" => What::Spam,
        "trashed" => What::Binned,
        "restored" => What::Restored,
        "linked" => What::Linked(text(to)),
        _ => return of_mails(kind, detail).into_iter().collect(),
    };
    vec![what]
}

/// What an event says about the ticket's mails and messages.
fn of_mails(kind: &str, detail: &Value) -> Option<What> {
    let to = detail.get("to");
    Some(match kind {
        "delivery_failed" => What::NotDelivered(text(detail.get("words"))),
        "read_by_recipient" => What::ReadBy(text(to)),
        "deleted_unread" => What::DeletedUnread(text(to)),
        "complained" => What::Complained(text(to)),
        "acknowledged" => What::Acknowledged(text(to)),
        "fell_silent" => What::FellSilent(text(to)),
        "silence_lifted" => What::SilenceLifted(text(to)),
        "recalled" => What::Recalled,
        "notify_changed" => What::Notify(to.and_then(Value::as_bool).unwrap_or_default()),
        "mail_sent_again" => What::SentAgain,
        "mail_stopped" => What::Stopped,
        "message_corrected" => What::Corrected,
        "merged" => What::Merged(text(detail.get("from"))),
        "messages_came" => What::Came(text(detail.get("from"))),
        "messages_moved" => What::Moved(text(to)),
        "messages_split" => What::SplitOff(text(to)),
        "separated" => What::Separated(text(to)),
        "mail_placed" => match detail.get("made").and_then(Value::as_bool) {
            Some(true) => What::Placed(Placed::AsTicket),
            _ => What::Placed(Placed::IntoTicket),
        },
        _ => return None,
    })
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn name<T: Listed>(screen: &Screen, list: &[T], id: Option<i64>) -> Option<String> {
    by_id(list, id?).map(|entry| entry.name(screen.language).to_owned())
}

fn mark_changes(language: Language, detail: &Value) -> Vec<What> {
    let changes = tag_changes(detail).into_iter();
    let name = |code: &str| Mark::from_code(code).map_or("", |mark| mark_name(language, mark));
    let named = changes.map(|what| match what {
        What::TagAdded(code) => What::MarkSet(name(&code).to_owned()),
        What::TagRemoved(code) => What::MarkTaken(name(&code).to_owned()),
        what => what,
    });
    named.collect()
}

fn tag_changes(detail: &Value) -> Vec<What> {
    let names = |key: &str| -> Vec<String> {
        let list = detail.get(key).and_then(Value::as_array).cloned().unwrap_or_default();
        list.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect()
    };
    let (from, to) = (names("from"), names("to"));
    let added = to.iter().filter(|name| !from.contains(name)).cloned().map(What::TagAdded);
    let removed = from.iter().filter(|name| !to.contains(name)).cloned().map(What::TagRemoved);
    added.chain(removed).collect()
}
