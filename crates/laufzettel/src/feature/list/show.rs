//! A list as its page shows it: groups, rows, counts.

use web::{Times, encode_cursor};

use super::asked::usual_filter;
use super::filter_bar::href;
use super::page::{self, Empty, Group, GroupKind, List, Section};
use super::read::Page;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::counters::{self, Counts};
use crate::record::frame::Place;
use crate::record::show;
use crate::record::ticket_list::{Listed, Order};

/// More letters of the last message than these hardly fit beside the subject.
const SNIPPET_LETTERS: usize = 72;

/// The name of the inbox in its cursors.
pub const CURSOR: &str = "inbox";

/// The rows of a list in their groups, and where it goes on.
pub fn section(
    screen: &Screen,
    list: List,
    text: &str,
    read: &Page,
    counts: &Counts,
    is_further: bool,
) -> Section {
    let here = href(list, text);
    let since = screen.now.millis();
    Section {
        news: format!("/inbox/news?since={since}&{}", here.trim_start_matches("/inbox?")),
        groups: groups(screen, list, text, read, counts, is_further),
        more: read
            .next
            .as_ref()
            .map(|keys| format!("{here}&after={}", encode(&encode_cursor(CURSOR, keys)))),
        empty: match text == usual_filter(screen.language) {
            true if screen.directory.mailboxes.is_empty() => {
                Empty::NoMailbox(screen.actor.is_administrator())
            }
            true => Empty::Done,
            false => Empty::Filtered { reset: href(list, usual_filter(screen.language)) },
        },
        has_areas: has_areas(screen),
        here,
    }
}

/// Whether the reader sees more than one area; one alone need not be named.
fn has_areas(screen: &Screen) -> bool {
    let mut seen = screen
        .directory
        .areas
        .iter()
        .filter(|area| area.active && screen.actor.level_in(area.id).is_some());
    seen.nth(1).is_some()
}

/// How many tickets the list has, as far as the counts tell; else how many are shown.
pub fn total(screen: &Screen, list: List, text: &str, read: &Page, counts: &Counts) -> String {
    match counted(screen, list, text, counts) {
        Some(count) => counters::shown(count, screen.language),
        None if read.next.is_some() => format!("{}+", read.rows.len()),
        None => read.rows.len().to_string(),
    }
}

fn counted(screen: &Screen, list: List, text: &str, counts: &Counts) -> Option<i64> {
    bucket_count(screen, list, text, counts, None)
}

/// The open tickets of a plain list, or of one group of it.
fn bucket_count(
    screen: &Screen,
    list: List,
    text: &str,
    counts: &Counts,
    bucket: Option<i64>,
) -> Option<i64> {
    // Which tickets come back is in no bundle.
    if list == List::Resubmissions {
        return None;
    }
    let area = match place_of(screen, text) {
        Place::Area(key) => Some(screen.directory.areas.iter().find(|area| area.key == key)?.id),
        _ if text == usual_filter(screen.language) => None,
        _ => return None,
    };
    Some(counts.sum(|bundle| {
        bucket.is_none_or(|bucket| bundle.bucket == bucket)
            && area.is_none_or(|area| bundle.area == area)
            && match list {
                List::All => true,
                List::Mine => counts.is_mine(bundle),
                List::Unassigned => bundle.assignee.is_none(),
                List::Resubmissions => false,
            }
    }))
}

fn groups(
    screen: &Screen,
    list: List,
    text: &str,
    read: &Page,
    counts: &Counts,
    is_further: bool,
) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let times = screen.times();
    for row in &read.rows {
        let (kind, bucket) = group_of(screen, row, read.order);
        let shown = show_row(screen, &times, row);
        match groups.last_mut() {
            Some(group) if group.kind == kind => group.rows.push(shown),
            last => {
                let goes_on = is_further && last.is_none();
                let total = bucket_count(screen, list, text, counts, Some(bucket));
                let total = total.map_or(String::new(), |n| counters::shown(n, screen.language));
                groups.push(Group { kind, total: (!goes_on).then_some(total), rows: vec![shown] });
            }
        }
    }
    if !is_further {
        count_whole_groups(screen, read, &mut groups);
    }
    groups
}

/// A group that ends on the page has as many tickets as stand there, whatever the filter.
fn count_whole_groups(screen: &Screen, read: &Page, groups: &mut [Group]) {
    let whole = groups.len() - usize::from(read.next.is_some() && !groups.is_empty());
    for group in groups.iter_mut().take(whole) {
        let count = i64::try_from(group.rows.len()).unwrap_or(i64::MAX);
        if let Some(total) = group.total.as_mut().filter(|total| total.is_empty()) {
            *total = counters::shown(count, screen.language);
        }
    }
}

/// The group of a row and its bucket in the counts. Lists by last change have one group.
fn group_of(screen: &Screen, row: &Listed, order: Order) -> (GroupKind, i64) {
    if order != Order::Due {
        return (GroupKind::Recent, 3);
    }
    let zone = &screen.app.config.time_zone;
    match rules::inbox::group(row.stage.0, row.due_at.0, screen.now, zone) {
        rules::inbox::Group::Overdue => (GroupKind::Overdue, 0),
        rules::inbox::Group::Today => (GroupKind::Today, 1),
        rules::inbox::Group::Later => (GroupKind::Later, 2),
        rules::inbox::Group::Waiting => (GroupKind::Waiting, 4),
        _ => (GroupKind::NoDeadline, 3),
    }
}

/// A ticket as a row shows it.
pub fn show_row(screen: &Screen, times: &Times, row: &Listed) -> page::Row {
    let (directory, language) = (&*screen.directory, screen.language);
    let (customer, contact) = match &row.company_name {
        Some(company) => (company.clone(), Some(short_name(&row.requester_name))),
        None => (row.requester_name.clone(), None),
    };
    page::Row {
        number: row.number.clone(),
        reading: match (row.stage.0.is_open(), row.unseen) {
            (false, _) => page::Reading::Done,
            (true, true) => page::Reading::Unseen,
            (true, false) => page::Reading::Seen,
        },
        status: show::status(directory, row.status, language),
        priority: show::priority(directory, row.priority, language),
        customer,
        contact,
        subject: row.subject.clone(),
        snippet: beginning(&row.preview),
        messages: u64::try_from(row.message_count).unwrap_or_default(),
        tags: row.tag_names().iter().map(|name| show::tag(name)).collect(),
        area: has_areas(screen).then(|| show::area(directory, row.area, language)),
        deadline: show::deadline(times, row.due_at, row.stage.0),
        resubmission: row.resubmit_at.map(|at| show::resubmission(times, at)),
        assignee: show::agent(directory, row.assignee),
        time: show::short_moment(times, row.last_customer_at.unwrap_or(row.created_at)),
    }
}

/// As much of a text as a row may show.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(SNIPPET_LETTERS) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default().trim_end()),
        None => text.to_owned(),
    }
}

/// `Katrin Brandt` as `K. Brandt`; what does not look like a person's name stays.
fn short_name(name: &str) -> String {
    let is_letter = |letter: char| letter.is_alphabetic() || "-'’. ".contains(letter);
    match name.split_once(' ').filter(|_| name.chars().all(is_letter)) {
        Some((first, last)) => {
            first.chars().next().map_or(String::new(), |letter| format!("{letter}. {last}"))
        }
        None => name.to_owned(),
    }
}

/// The entry of the navigation that a list belongs to.
pub fn place_in(screen: &Screen, list: List, text: &str) -> Place {
    match list {
        List::All => place_of(screen, text),
        List::Mine => Place::Mine,
        List::Unassigned => Place::Unassigned,
        List::Resubmissions => Place::Resubmissions,
    }
}

fn place_of(screen: &Screen, text: &str) -> Place {
    let area = screen
        .directory
        .areas
        .iter()
        .find(|area| counters::area_filter(&area.key, screen.language) == text);
    area.map_or(Place::Inbox, |area| Place::Area(area.key.clone()))
}
