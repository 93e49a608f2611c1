//! What a screen says after a change.

use values::Timestamp;
use web::Times;

use super::{Change, Reason};
use crate::record::directory::{Directory, Listed, by_id};
use crate::texts;

/// The sentence that confirms a change.
pub fn done(change: &Change, directory: &Directory, times: &Times) -> String {
    let words = texts::change(times.language);
    match change {
        Change::Status(id) => words.status_set(&named(&directory.statuses, *id, times)),
        Change::Assignee(Some(id)) => {
            let agent = directory.agent(crate::record::AgentId::from_number(*id));
            words.assignee_set(agent.map_or("", |agent| agent.name.as_str()))
        }
        Change::Assignee(None) => words.assignee_cleared().to_owned(),
        Change::Area(id) => words.area_set(&named(&directory.areas, *id, times)),
        Change::Priority(id) => words.priority_set(&named(&directory.priorities, *id, times)),
        Change::Queue(Some(id)) => words.queue_set(&named(&directory.queues, *id, times)),
        Change::Queue(None) => words.queue_cleared().to_owned(),
        Change::Category(Some(id)) => words.category_set(&named(&directory.categories, *id, times)),
        Change::Category(None) => words.category_cleared().to_owned(),
        Change::RequestType(Some(id)) => {
            words.request_type_set(&named(&directory.request_types, *id, times))
        }
        Change::RequestType(None) => words.request_type_cleared().to_owned(),
        Change::Contact(Some(_)) => words.contact_changed().to_owned(),
        Change::Contact(None) => words.contact_cleared().to_owned(),
        Change::Tags(_) => words.tags_changed().to_owned(),
        Change::Marks(_) => words.marks_changed().to_owned(),
        Change::Due(Some(at)) => words.due_set(&times.date_and_clock(Timestamp::from_millis(*at))),
        Change::Due(None) => words.due_cleared().to_owned(),
        Change::Resubmit(Some(at)) => {
            words.resubmission_set(&times.date_and_clock(Timestamp::from_millis(*at)))
        }
        Change::Resubmit(None) => words.resubmission_cleared().to_owned(),
        Change::Unseen(true) => words.marked_unread().to_owned(),
        Change::Unseen(false) => words.marked_read().to_owned(),
        Change::Trash => words.trashed().to_owned(),
        Change::Spam => words.spammed().to_owned(),
        Change::Restore => words.restored().to_owned(),
        _ => words.changed().to_owned(),
    }
}

fn named<T: Listed>(list: &[T], id: i64, times: &Times) -> String {
    by_id(list, id).map(|entry| entry.name(times.language).to_owned()).unwrap_or_default()
}

/// The sentence that says why a value was not taken.
pub fn refused(reason: Reason, language: values::Language) -> &'static str {
    let words = texts::change(language);
    match reason {
        Reason::Unknown => words.unknown_value(),
        Reason::Empty => words.empty_value(),
        Reason::TooLong => words.too_long(),
        Reason::NoRight => words.no_right_there(),
    }
}
