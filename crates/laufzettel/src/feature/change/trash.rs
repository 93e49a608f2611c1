//! Into the trash, as advertising or not, and out of it again. Pure.

use rules::status::{Stage, StatusKind};
use serde_json::json;

use super::plan::{Facts, Planned, Step, refused, set_status};
use super::{Change, Reason, stage_of};
use crate::record::actor::Acting;
use crate::record::directory::Directory;
use crate::record::tags::Tag;
use crate::record::ticket::{StoredStage, Ticket};

/// The tag of advertising.
const SPAM_TAG: &str = "Spam";

/// Into the trash; advertising gets its tag.
pub(super) fn trash(
    ticket: &mut Ticket,
    change: &Change,
    directory: &Directory,
    acting: &Acting<'_>,
) -> Planned {
    let Some(status) = directory.status_of_kind(StatusKind::Trash) else {
        return refused("status", Reason::Unknown);
    };
    if ticket.stage.0 == Stage::Trash {
        return Ok(None);
    }
    let status = status.id;
    let Some(step) = set_status(ticket, status, directory, acting)? else { return Ok(None) };
    let tags = match change {
        Change::Spam => with_spam_tag(ticket),
        _ => None,
    };
    let kind = if tags.is_some() { "marked_as_spam" } else { "trashed" };
    Ok(Some(Step { kind, detail: step.detail, undo: Change::Restore, tags }))
}

fn with_spam_tag(ticket: &Ticket) -> Option<Vec<Tag>> {
    let mut tags: Vec<Tag> =
        ticket.tag_names().iter().filter_map(|name| Tag::parse(name)).collect();
    let spam = Tag::parse(SPAM_TAG)?;
    if !tags.iter().any(|tag| tag.key() == spam.key()) {
        tags.push(spam);
    }
    Some(tags)
}

/// Out of the trash; the spam tag goes with it.
pub(super) fn restore(
    ticket: &mut Ticket,
    facts: &Facts,
    directory: &Directory,
    acting: &Acting<'_>,
) -> Planned {
    if ticket.stage.0 != Stage::Trash {
        return Ok(None);
    }
    let fallback = directory.status_of_kind(StatusKind::Unread).map(|status| status.id);
    let before = facts
        .status_before_trash
        .filter(|status| stage_of(directory, *status).is_some_and(|stage| stage != Stage::Trash));
    let Some(status) = before.or(fallback) else { return refused("status", Reason::Unknown) };
    let tags = ticket.tag_names();
    let spam = Tag::parse(SPAM_TAG);
    let is_spam = |tag: &Tag| spam.as_ref().is_some_and(|spam| spam.key() == tag.key());
    let parsed: Vec<Tag> = tags.iter().filter_map(|name| Tag::parse(name)).collect();
    let (marked, others): (Vec<_>, Vec<_>) = parsed.into_iter().partition(is_spam);
    ticket.status = status;
    if let Some(stage) = stage_of(directory, status) {
        ticket.stage = StoredStage(stage);
        ticket.closed_at = (stage == Stage::Closed).then_some(acting.now);
    }
    let (undo, tags) = match marked.is_empty() {
        true => (Change::Trash, None),
        false => (Change::Spam, Some(others)),
    };
    Ok(Some(Step { kind: "restored", detail: json!({ "to": status.to_string() }), undo, tags }))
}
