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
        Change::Status(id) => {
            let name = by_id(&directory.statuses, *id).map(|status| status.name(times.language));
            words.status_set(name.unwrap_or_default())
        }
        Change::Assignee(Some(id)) => {
            let agent = directory.agent(crate::record::AgentId::from_number(*id));
            words.assignee_set(agent.map_or("", |agent| agent.name.as_str()))
        }
        Change::Assignee(None) => words.assignee_cleared().to_owned(),
        Change::Area(id) => {
            let name = by_id(&directory.areas, *id).map(|area| area.name(times.language));
            words.area_set(name.unwrap_or_default())
        }
        Change::Tags(_) => words.tags_changed().to_owned(),
        Change::Due(Some(at)) => words.due_set(&times.date_and_clock(Timestamp::from_millis(*at))),
        Change::Due(None) => words.due_cleared().to_owned(),
        Change::Unseen(true) => words.marked_unread().to_owned(),
        Change::Unseen(false) => words.marked_read().to_owned(),
        Change::Trash => words.trashed().to_owned(),
        Change::Spam => words.spammed().to_owned(),
        Change::Restore => words.restored().to_owned(),
        _ => words.changed().to_owned(),
    }
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
