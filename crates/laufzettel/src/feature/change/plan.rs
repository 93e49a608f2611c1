//! What one change does to a ticket in memory: checks, the event, and the way back. Pure.

use rules::intake::rule::Mark;
use rules::right::{Level, Right};
use rules::status::{Stage, StatusKind};
use serde_json::{Value, json};
use values::Timestamp;

use super::{Change, Reason, Refused, area_id, customer, stored_due, trash};
use crate::record::actor::Acting;
use crate::record::contact::Contact;
use crate::record::directory::{Directory, Listed, by_id};
use crate::record::tags::Tag;
use crate::record::ticket::{StoredStage, Ticket, may};
use crate::record::{AgentId, CompanyId, EntryId};

/// Letters of a subject.
const SUBJECT_LETTERS_MAX: usize = 500;
/// Tags of a ticket.
const TAGS_MAX: usize = 50;

/// What a change needs to know beyond the ticket.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The contact that is set.
    pub contact: Option<Contact>,
    /// The company that is set: its name.
    pub company: Option<(CompanyId, String)>,
    /// The status before the trash.
    pub status_before_trash: Option<EntryId>,
}

/// What a change does.
#[derive(Debug)]
pub struct Step {
    /// The kind of its event.
    pub kind: &'static str,
    /// The details of its event.
    pub detail: Value,
    /// The change that leads back.
    pub undo: Change,
    /// Tags to write, if they change.
    pub tags: Option<Vec<Tag>>,
}

pub(super) type Planned = Result<Option<Step>, Refused>;

/// Changes the ticket in memory. `None` if it is like that already.
pub fn step(
    ticket: &mut Ticket,
    change: &Change,
    facts: &Facts,
    directory: &Directory,
    acting: &Acting<'_>,
) -> Planned {
    match change {
        Change::Subject(subject) => set_subject(ticket, subject),
        Change::Status(status) => {
            set_status(ticket, EntryId::from_number(*status), directory, acting)
        }
        Change::Assignee(agent) => set_assignee(ticket, *agent, directory),
        Change::Area(area) => set_area(ticket, *area, directory, acting),
        Change::Queue(queue) => {
            let names = names(&directory.queues, ticket.queue, *queue, "queue")?;
            let undo = Change::Queue(ticket.queue.map(EntryId::number));
            Ok(set_entry(&mut ticket.queue, *queue, "queue_changed", names, undo))
        }
        Change::Category(category) => {
            let names = names(&directory.categories, ticket.category, *category, "category")?;
            let undo = Change::Category(ticket.category.map(EntryId::number));
            Ok(set_entry(&mut ticket.category, *category, "category_changed", names, undo))
        }
        Change::RequestType(entry) => {
            let names =
                names(&directory.request_types, ticket.request_type, *entry, "request_type")?;
            let undo = Change::RequestType(ticket.request_type.map(EntryId::number));
            Ok(set_entry(&mut ticket.request_type, *entry, "request_type_changed", names, undo))
        }
        Change::Priority(priority) => set_priority(ticket, *priority, directory),
        Change::Tags(tags) => set_tags(ticket, tags),
        Change::Contact(contact) => customer::set_contact(ticket, *contact, facts),
        Change::Requester(before) => customer::restore_requester(ticket, before, facts),
        Change::Company(company) => customer::set_company(ticket, *company, facts),
        Change::Due(millis) => Ok(set_due(ticket, *millis)),
        Change::Resubmit(millis) => Ok(set_resubmission(ticket, *millis)),
        Change::Unseen(unseen) => Ok(set_unseen(ticket, *unseen, acting)),
        Change::Notify(notify) => Ok(set_notify(ticket, *notify)),
        Change::Marks(marks) => set_marks(ticket, marks),
        Change::Trash | Change::Spam => trash::trash(ticket, change, directory, acting),
        Change::Restore => trash::restore(ticket, facts, directory, acting),
    }
}

/// Whether the ticket's own search document changes.
pub fn is_found_differently(before: &Ticket, after: &Ticket) -> bool {
    before.subject != after.subject
        || before.tags != after.tags
        || before.area != after.area
        || before.contact != after.contact
        || before.requester_email != after.requester_email
        || before.company != after.company
}

pub(super) fn refused<T>(field: &'static str, reason: Reason) -> Result<T, Refused> {
    Err(Refused { field, reason })
}

fn set_subject(ticket: &mut Ticket, subject: &str) -> Planned {
    let subject = subject.split_whitespace().collect::<Vec<_>>().join(" ");
    if subject.is_empty() {
        return refused("subject", Reason::Empty);
    }
    if subject.chars().count() > SUBJECT_LETTERS_MAX {
        return refused("subject", Reason::TooLong);
    }
    if subject == ticket.subject {
        return Ok(None);
    }
    let before = std::mem::replace(&mut ticket.subject, subject);
    Ok(Some(Step {
        kind: "subject_changed",
        detail: json!({ "from": before, "to": ticket.subject }),
        undo: Change::Subject(before),
        tags: None,
    }))
}

pub(super) fn set_status(
    ticket: &mut Ticket,
    status: EntryId,
    directory: &Directory,
    acting: &Acting<'_>,
) -> Planned {
    let Some(entry) = by_id(&directory.statuses, status.number()) else {
        return refused("status", Reason::Unknown);
    };
    let is_elsewhere = entry.area.is_some_and(|area| area != ticket.area);
    if (!entry.active || is_elsewhere) && ticket.status != status {
        return refused("status", Reason::Unknown);
    }
    if ticket.status == status {
        return Ok(None);
    }
    let before = std::mem::replace(&mut ticket.status, status);
    let stage = entry.kind.0.stage();
    ticket.stage = StoredStage(stage);
    match (stage, ticket.closed_at) {
        (Stage::Closed, None) => ticket.closed_at = Some(acting.now),
        (Stage::Open | Stage::Waiting, _) => ticket.closed_at = None,
        _ => {}
    }
    if stage != Stage::Open || entry.kind.0 != StatusKind::Unread {
        ticket.unseen = false;
    }
    Ok(Some(Step {
        kind: "status_changed",
        detail: json!({ "from": before.to_string(), "to": status.to_string() }),
        undo: Change::Status(before.number()),
        tags: None,
    }))
}

fn set_assignee(ticket: &mut Ticket, agent: Option<i64>, directory: &Directory) -> Planned {
    let agent = agent.map(AgentId::from_number);
    if agent.is_some_and(|agent| directory.agent(agent).is_none_or(|agent| !agent.active)) {
        return refused("assignee", Reason::Unknown);
    }
    if ticket.assignee == agent {
        return Ok(None);
    }
    let before = std::mem::replace(&mut ticket.assignee, agent);
    let id = |agent: Option<AgentId>| agent.map(|agent| agent.to_string());
    Ok(Some(Step {
        kind: "assignee_changed",
        detail: json!({ "from": id(before), "to": id(agent) }),
        undo: Change::Assignee(before.map(AgentId::number)),
        tags: None,
    }))
}

fn set_area(ticket: &mut Ticket, area: i64, directory: &Directory, acting: &Acting<'_>) -> Planned {
    let Some(entry) = by_id(&directory.areas, area).filter(|entry| entry.active) else {
        return refused("area", Reason::Unknown);
    };
    if ticket.area == entry.id {
        return Ok(None);
    }
    // An area that the actor does not know is not told from one that there is not.
    if acting.actor.level_in(entry.id).is_none() {
        return refused("area", Reason::Unknown);
    }
    let can_work = acting.actor.level_in(entry.id).is_some_and(|level| level >= Level::Work);
    if !can_work || !may(acting.actor, Right::WorkOnTicket, entry.id, false) {
        return refused("area", Reason::NoRight);
    }
    let before = std::mem::replace(&mut ticket.area, area_id(area));
    Ok(Some(Step {
        kind: "area_changed",
        detail: json!({ "from": before.to_string(), "to": area.to_string() }),
        undo: Change::Area(before.number()),
        tags: None,
    }))
}

/// The ids before and after, for the event, if the new one can be chosen.
fn names<T: Listed>(
    list: &[T],
    before: Option<EntryId>,
    after: Option<i64>,
    field: &'static str,
) -> Result<Value, Refused> {
    let is_same = before.map(EntryId::number) == after;
    let can_choose = |id: i64| by_id(list, id).is_some_and(|entry| entry.is_active());
    if after.is_some_and(|id| !is_same && !can_choose(id)) {
        return refused(field, Reason::Unknown);
    }
    let id = |entry: Option<i64>| entry.map(|entry| entry.to_string());
    Ok(json!({ "from": id(before.map(EntryId::number)), "to": id(after) }))
}

fn set_entry(
    field: &mut Option<EntryId>,
    to: Option<i64>,
    kind: &'static str,
    detail: Value,
    undo: Change,
) -> Option<Step> {
    let to = to.map(EntryId::from_number);
    if *field == to {
        return None;
    }
    *field = to;
    Some(Step { kind, detail, undo, tags: None })
}

fn set_priority(ticket: &mut Ticket, priority: i64, directory: &Directory) -> Planned {
    let detail = names(&directory.priorities, Some(ticket.priority), Some(priority), "priority")?;
    let to = EntryId::from_number(priority);
    if ticket.priority == to {
        return Ok(None);
    }
    let before = std::mem::replace(&mut ticket.priority, to);
    let undo = Change::Priority(before.number());
    Ok(Some(Step { kind: "priority_changed", detail, undo, tags: None }))
}

fn set_tags(ticket: &mut Ticket, tags: &[String]) -> Planned {
    let mut wanted: Vec<Tag> = Vec::new();
    for text in tags {
        let Some(tag) = Tag::parse(text) else { return refused("tags", Reason::TooLong) };
        if !wanted.iter().any(|known| known.key() == tag.key()) {
            wanted.push(tag);
        }
    }
    if wanted.len() > TAGS_MAX {
        return refused("tags", Reason::TooLong);
    }
    let before = ticket.tag_names();
    let keys: Vec<_> = before.iter().filter_map(|name| Tag::parse(name)).collect();
    let is_same = keys.len() == wanted.len()
        && keys.iter().zip(&wanted).all(|(one, other)| one.key() == other.key());
    if is_same {
        return Ok(None);
    }
    let names: Vec<_> = wanted.iter().map(Tag::name).collect();
    Ok(Some(Step {
        kind: "tags_changed",
        detail: json!({ "from": before, "to": names }),
        undo: Change::Tags(before),
        tags: Some(wanted),
    }))
}

fn set_due(ticket: &mut Ticket, millis: Option<i64>) -> Option<Step> {
    let to = stored_due(millis);
    if ticket.due_at == to {
        return None;
    }
    let before = std::mem::replace(&mut ticket.due_at, to);
    let from = before.0.map(Timestamp::millis);
    Some(Step {
        kind: "due_changed",
        detail: json!({ "from": from, "to": millis }),
        undo: Change::Due(from),
        tags: None,
    })
}

fn set_resubmission(ticket: &mut Ticket, millis: Option<i64>) -> Option<Step> {
    let to = millis.map(Timestamp::from_millis);
    if ticket.resubmit_at == to {
        return None;
    }
    let from = std::mem::replace(&mut ticket.resubmit_at, to).map(Timestamp::millis);
    Some(Step {
        kind: "resubmission_changed",
        detail: json!({ "from": from, "to": millis }),
        undo: Change::Resubmit(from),
        tags: None,
    })
}

fn set_unseen(ticket: &mut Ticket, unseen: bool, acting: &Acting<'_>) -> Option<Step> {
    if ticket.unseen == unseen && ticket.first_read_at.is_some() {
        return None;
    }
    ticket.unseen = unseen;
    ticket.first_read_at.get_or_insert(acting.now);
    Some(Step {
        kind: if unseen { "marked_unread" } else { "read" },
        detail: json!({}),
        undo: Change::Unseen(!unseen),
        tags: None,
    })
}

fn set_marks(ticket: &mut Ticket, codes: &[String]) -> Planned {
    let before = ticket.marks();
    let known = |code: &String| Mark::from_code(code);
    let Some(marks) = codes.iter().map(known).collect::<Option<Vec<Mark>>>() else {
        return refused("marks", Reason::Unknown);
    };
    for mark in Mark::ALL {
        ticket.set_mark(mark, marks.contains(&mark));
    }
    let codes = |marks: &[Mark]| -> Vec<String> {
        marks.iter().map(|mark| mark.code().to_owned()).collect()
    };
    let (before, after) = (codes(&before), codes(&ticket.marks()));
    Ok((before != after).then(|| Step {
        kind: "marks_changed",
        detail: json!({ "from": before, "to": after }),
        undo: Change::Marks(before),
        tags: None,
    }))
}

fn set_notify(ticket: &mut Ticket, notify: bool) -> Option<Step> {
    if ticket.notify == notify {
        return None;
    }
    ticket.notify = notify;
    Some(Step {
        kind: "notify_changed",
        detail: json!({ "from": !notify, "to": notify }),
        undo: Change::Notify(!notify),
        tags: None,
    })
}
