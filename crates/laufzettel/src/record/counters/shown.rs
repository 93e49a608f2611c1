//! The figures of the navigation as they are printed, and where each leads.

use rules::status::StatusKind;
use values::Language;

use super::Counts;
use crate::record::directory::{Directory, Listed, Queue};
use crate::record::frame::{AreaCount, Counters, NewTickets, Place};

/// Larger numbers are shown as "more than".
const SHOWN_MAX: i64 = 1_000;

/// A count as the screen shows it.
pub fn shown(count: i64, language: Language) -> String {
    match count {
        0..SHOWN_MAX => count.to_string(),
        _ => format!("{}+", web::number(SHOWN_MAX, language)),
    }
}

/// The figures of the navigation.
pub fn show(counts: &Counts, directory: &Directory, language: Language, place: Place) -> Counters {
    let entered = directory.areas.iter().filter(|area| area.active && counts.enters(area.id));
    let areas = entered.map(|area| {
        let open = counts.sum(|bundle| bundle.area == area.id);
        AreaCount {
            key: area.key.clone(),
            name: area.name(language).to_owned(),
            about: area.description.clone(),
            hue: u8::try_from(area.hue).unwrap_or(1),
            open: shown(open, language),
            href: format!("/inbox?q={}", crate::http::encode(&area_filter(&area.key, language))),
        }
    });
    let troubled = counts.fetching.iter().filter(|fetching| fetching.is_troubled());
    Counters {
        place,
        open: shown(counts.sum(|_| true), language),
        mine: shown(counts.sum(|bundle| counts.is_mine(bundle)), language),
        resubmissions: shown(counts.returning, language),
        unassigned: shown(counts.sum(|bundle| bundle.assignee.is_none()), language),
        in_my_queues: in_my_queues(counts, directory, language),
        in_no_queue: in_no_queue(counts, directory, language),
        without_category: without_category(counts, directory, language),
        unplaced_mails: unplaced_mails(counts, directory, language),
        unseen: u64::try_from(counts.sum(|bundle| bundle.unseen)).unwrap_or_default(),
        mailboxes_in_trouble: troubled.count() as u64,
        areas: areas.collect(),
        has_settings: counts.manages_house,
        is_doubtful: counts.is_doubtful,
    }
}

/// New tickets in the queues that the reader is responsible for; nothing for who has none.
fn in_my_queues(counts: &Counts, directory: &Directory, language: Language) -> Option<NewTickets> {
    let is_mine = |queue: &&Queue| queue.active && queue.responsible == counts.agent;
    let mine: Vec<&Queue> = directory.queues.iter().filter(is_mine).collect();
    counts.agent.filter(|_| !mine.is_empty())?;
    let keys: Vec<&str> = mine.iter().map(|queue| queue.key.as_str()).collect();
    let count = counts.new_in(|queue| mine.iter().any(|one| Some(one.id) == queue));
    Some(new_tickets(count, directory, language, &keys.join(",")))
}

/// New tickets without a queue; nothing where there are no queues.
fn in_no_queue(counts: &Counts, directory: &Directory, language: Language) -> Option<NewTickets> {
    directory.queues.iter().find(|queue| queue.active)?;
    let none = match language {
        Language::German => "leer",
        Language::English => "none",
    };
    Some(new_tickets(counts.new_in(|queue| queue.is_none()), directory, language, none))
}

/// New tickets without a category; nothing where there are none, or where they are not to be shown
/// (F-MAIL-30, F-CTRL-11).
fn without_category(
    counts: &Counts,
    directory: &Directory,
    language: Language,
) -> Option<NewTickets> {
    let count = counts.without_category();
    let is_shown = directory.hints.without_category && count > 0;
    directory.categories.iter().find(|category| category.active).filter(|_| is_shown)?;
    let none = match language {
        Language::German => "kategorie:leer",
        Language::English => "category:none",
    };
    let filter = format!("{} {none}", new_filter(directory, language));
    let href = format!("/inbox?q={}", crate::http::encode(&filter));
    Some(NewTickets { count: shown(count, language), href })
}

/// Mails that somebody has to place; nothing where there are none, or where they are not to be shown
/// (F-MAIL-32, F-CTRL-12).
fn unplaced_mails(
    counts: &Counts,
    directory: &Directory,
    language: Language,
) -> Option<NewTickets> {
    let is_shown = directory.hints.unplaced_mails && counts.unplaced > 0;
    is_shown.then(|| NewTickets {
        count: shown(counts.unplaced, language),
        href: "/mails?tab=undecided".to_owned(),
    })
}

/// The filter of new tickets that nobody has taken.
fn new_filter(directory: &Directory, language: Language) -> String {
    let statuses = directory.statuses.iter().filter(|status| status.kind.0 == StatusKind::Unread);
    let keys: Vec<&str> = statuses.map(|status| status.key.as_str()).collect();
    let statuses = keys.join(",");
    match language {
        Language::German => format!("status:{statuses} zuständig:leer"),
        Language::English => format!("status:{statuses} assignee:none"),
    }
}

/// A count with the list of what was counted.
fn new_tickets(count: i64, directory: &Directory, language: Language, queues: &str) -> NewTickets {
    let of_queue = match language {
        Language::German => format!("warteschlange:{queues}"),
        Language::English => format!("queue:{queues}"),
    };
    let filter = format!("{} {of_queue}", new_filter(directory, language));
    NewTickets {
        count: shown(count, language),
        href: format!("/inbox?q={}", crate::http::encode(&filter)),
    }
}

/// The filter that keeps the open tickets of an area.
pub fn area_filter(key: &str, language: Language) -> String {
    match language {
        Language::German => format!("ist:offen bereich:{key}"),
        Language::English => format!("is:open area:{key}"),
    }
}
