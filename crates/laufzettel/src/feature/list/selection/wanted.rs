//! What the form of the bar asks for.

use rules::status::StatusKind;
use web::Form;

use crate::feature::change::Change;
use crate::feature::ticket::moment;
use crate::http::screen::Screen;
use crate::record::directory::{Listed, by_name};
use crate::record::tags::Tag;

/// What is to become of each ticket.
pub enum Wanted {
    /// A change that is the same for all.
    Change(Change),
    /// A further tag.
    AddTag(String),
    /// A tag less.
    RemoveTag(String),
    /// The actor takes those of nobody.
    Claim,
    /// The intake rules run again (F-MAIL-43).
    Rules,
    /// They become one, which is a page of its own.
    Merge,
    /// The senders are kept away for ever, which is asked first (F-MAIL-45).
    SpamRule,
}

impl Wanted {
    /// The tags of a ticket that has these.
    pub fn tags(&self, mut tags: Vec<String>) -> Vec<String> {
        match self {
            Self::AddTag(tag) => tags.push(tag.clone()),
            Self::RemoveTag(tag) => {
                let wanted = Tag::parse(tag);
                let is_wanted = |name: &String| {
                    let name = Tag::parse(name);
                    name.as_ref().map(Tag::key) == wanted.as_ref().map(Tag::key)
                };
                tags.retain(|name| !is_wanted(name));
            }
            Self::Change(_) | Self::Claim | Self::Merge | Self::Rules | Self::SpamRule => {}
        }
        tags
    }
}

/// What a form asks for; `None` if that is nothing that there is.
pub fn wanted(screen: &Screen, form: &Form) -> Option<Wanted> {
    let directory = &screen.directory;
    let value = |field: &str| form.has(field).then(|| form.text(field).to_owned());
    let change = if let Some(key) = value("status") {
        Change::Status(by_name(&directory.statuses, &key)?.number())
    } else if let Some(key) = value("priority") {
        Change::Priority(by_name(&directory.priorities, &key)?.number())
    } else if let Some(key) = value("area") {
        Change::Area(by_name(&directory.areas, &key)?.number())
    } else if let Some(key) = value("queue") {
        Change::Queue(optional(&directory.queues, &key)?)
    } else if let Some(key) = value("category") {
        Change::Category(optional(&directory.categories, &key)?)
    } else if let Some(agent) = value("assignee") {
        Change::Assignee(agent.parse().ok())
    } else if let Some(at) = value("resubmit") {
        Change::Resubmit(moment(screen, &at).ok()?.map(|at| at.millis()))
    } else if let Some(tag) = value("tag") {
        return Some(Wanted::AddTag(tag));
    } else if let Some(tag) = value("untag") {
        return Some(Wanted::RemoveTag(tag));
    } else {
        return verb(screen, form);
    };
    Some(Wanted::Change(change))
}

/// An entry of a list, or none for nothing.
fn optional<T: Listed>(list: &[T], key: &str) -> Option<Option<i64>> {
    match key {
        "" => Some(None),
        key => by_name(list, key).map(|entry| Some(entry.number())),
    }
}

fn verb(screen: &Screen, form: &Form) -> Option<Wanted> {
    let change = match form.text("do") {
        "solve" => Change::Status(screen.directory.status_of_kind(StatusKind::Done)?.id.number()),
        "mine" => Change::Assignee(Some(screen.actor.agent.number())),
        "claim" => return Some(Wanted::Claim),
        "merge" => return Some(Wanted::Merge),
        "rules" => return Some(Wanted::Rules),
        "spam_rule" => return Some(Wanted::SpamRule),
        "tag" => return Some(Wanted::AddTag(form.text("new_tag").to_owned())),
        "untag" => return Some(Wanted::RemoveTag(form.text("new_tag").to_owned())),
        "seen" => Change::Unseen(false),
        "unseen" => Change::Unseen(true),
        "spam" => Change::Spam,
        "trash" => Change::Trash,
        _ => return None,
    };
    Some(Wanted::Change(change))
}
