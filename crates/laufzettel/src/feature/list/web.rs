//! Handlers of the inbox.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use rules::filter::Condition;
use serde::Deserialize;
use values::Language;
use web::{Form, Query, decode_cursor, encode_cursor, see_other};

use super::filter_bar::{filter_bar, href};
use super::page::{
    self, Bulk, BulkChoices, Choice, Empty, Group, GroupKind, InboxPage, List, ListLinks, News,
    Section,
};
use super::read::{Page, ROWS, ReadList};
use crate::App;
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::counters::{self, Counts};
use crate::record::directory::Listed as _;
use crate::record::frame::Place;
use crate::record::show;
use crate::record::ticket_list::{Direction, Listed, Order};
use rules::status::Stage;

/// What the address of the inbox says.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    list: Option<String>,
    q: Option<String>,
    after: Option<String>,
    since: Option<i64>,
    place: Option<String>,
}

impl Asked {
    fn list(&self) -> List {
        match self.list.as_deref() {
            Some("mine") => List::Mine,
            Some("unassigned") => List::Unassigned,
            _ => List::All,
        }
    }

    fn text(&self, language: Language) -> String {
        self.q.clone().unwrap_or_else(|| usual_filter(language).to_owned())
    }
}

/// Lists begin with the open tickets (F-LIST-01).
pub fn usual_filter(language: Language) -> &'static str {
    match language {
        Language::German => "ist:offen",
        Language::English => "is:open",
    }
}

/// Leads to the inbox; in the demo, to the start page until somebody is signed in.
pub async fn home(State(app): State<App>, screen: Option<Screen>) -> Response {
    match screen {
        None if app.config.is_demo => see_other("/demo"),
        _ => see_other("/inbox"),
    }
}

/// The inbox, or its next rows as a fragment.
pub async fn inbox(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    let (list, text) = (asked.list(), asked.text(screen.language));
    let read = read(&screen, list, &text, asked.after.as_deref()).await?;
    let counts = screen.app.counters(&screen.actor).await?;
    let section = section(&screen, list, &text, &read, &counts, asked.after.is_some());
    if screen.htmx.fragment && asked.after.is_some() {
        return Ok(page::more_rows(screen.language, &section).into_response());
    }
    let place = match list {
        List::All => place_of(&screen, &text),
        List::Mine => Place::Mine,
        List::Unassigned => Place::Unassigned,
    };
    let inbox = inbox_page(&screen, list, &text, &read, &counts, section);
    Ok(page::page(&screen.frame(place).await?, &inbox).into_response())
}

fn inbox_page(
    screen: &Screen,
    list: List,
    text: &str,
    read: &Page,
    counts: &Counts,
    section: Section,
) -> InboxPage {
    let unassigned = counts.sum(|bundle| bundle.assignee.is_none());
    InboxPage {
        list,
        total: total(screen, list, text, read, counts),
        unassigned: counters::shown(unassigned, screen.language),
        links: ListLinks {
            all: href(List::All, text),
            mine: href(List::Mine, text),
            unassigned: href(List::Unassigned, text),
        },
        filter: filter_bar(screen, list, text, &read.understood, counts),
        section,
        bulk: if can_change(screen) { Bulk::Offered } else { Bulk::Withheld },
        fetched: None,
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

async fn read(
    screen: &Screen,
    list: List,
    text: &str,
    after: Option<&str>,
) -> Result<Page, HttpError> {
    let me = Some(screen.actor.agent.number());
    let besides = match list {
        List::All => None,
        List::Mine => Some(Condition::Assignee(vec![me])),
        List::Unassigned => Some(Condition::Assignee(vec![None])),
    };
    let after = after.map(|cursor| decode_cursor(CURSOR, cursor)).transpose();
    let read = ReadList {
        app: &screen.app,
        actor: &screen.actor,
        directory: &screen.directory,
        text,
        besides,
        order: None,
        direction: Direction::Forward,
        after: after.map_err(|_| HttpError::Unreadable)?,
        limit: ROWS,
        now: screen.now,
    };
    Ok(screen.app.db.read(&read).await?)
}

/// The section of the list at an address, after something in it was changed.
pub async fn section_at(screen: &Screen, here: &str) -> Result<maud::Markup, HttpError> {
    let query = here.split_once('?').map_or("", |(_, query)| query);
    let form = Form::parse(query.as_bytes());
    let value = |field: &str| form.has(field).then(|| form.text(field).to_owned());
    let asked = Asked { list: value("list"), q: value("q"), ..Asked::default() };
    let (list, text) = (asked.list(), asked.text(screen.language));
    let read = read(screen, list, &text, None).await?;
    let counts = screen.app.counters(&screen.actor).await?;
    let section = section(screen, list, &text, &read, &counts, false);
    Ok(page::list_section(screen.language, &section))
}

/// The name of the inbox in its cursors.
const CURSOR: &str = "inbox";

fn section(
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
            true => Empty::Done,
            false => Empty::Filtered { reset: href(list, usual_filter(screen.language)) },
        },
        here,
    }
}

/// How many tickets the list has, as far as the counts tell; else how many are shown.
fn total(screen: &Screen, list: List, text: &str, read: &Page, counts: &Counts) -> String {
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
    for row in &read.rows {
        let (kind, bucket) = group_of(screen, row, read.order);
        let shown = show_row(screen, row);
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
    groups
}

/// The group of a row and its bucket in the counts. Lists by last change have one group.
fn group_of(screen: &Screen, row: &Listed, order: Order) -> (GroupKind, i64) {
    if order != Order::Due {
        return (GroupKind::NoDeadline, 3);
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
pub fn show_row(screen: &Screen, row: &Listed) -> page::Row {
    let (directory, language) = (&*screen.directory, screen.language);
    let times = screen.times();
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
        snippet: row.preview.clone(),
        tags: row.tag_names().iter().map(|name| show::tag(name)).collect(),
        area: show::area(directory, row.area, language),
        deadline: show::deadline(&times, row.due_at, row.stage.0),
        assignee: show::agent(directory, row.assignee),
        time: show::moment(&times, row.last_customer_at.unwrap_or(row.created_at)),
    }
}

/// `Katrin Brandt` as `K. Brandt`.
fn short_name(name: &str) -> String {
    match name.split_once(' ') {
        Some((first, last)) => {
            first.chars().next().map_or(String::new(), |letter| format!("{letter}. {last}"))
        }
        None => name.to_owned(),
    }
}

fn can_change(screen: &Screen) -> bool {
    let areas = &screen.directory.areas;
    areas.iter().any(|area| {
        crate::record::ticket::may(&screen.actor, rules::right::Right::WorkOnTicket, area.id, false)
    })
}

/// The menus of the bar for a selection.
pub async fn choices(screen: Screen) -> Answer {
    Ok(page::choices(screen.language, &bulk_choices(&screen)).into_response())
}

fn bulk_choices(screen: &Screen) -> BulkChoices {
    let (directory, language) = (&screen.directory, screen.language);
    let active_agents = directory.agents.iter().filter(|agent| agent.active);
    BulkChoices {
        statuses: directory
            .statuses
            .iter()
            .filter(|status| status.active && status.kind.0.stage() != Stage::Trash)
            .map(|status| Choice {
                value: status.key.clone(),
                shown: show::status(directory, status.id, language),
            })
            .collect(),
        assignees: active_agents
            .map(|agent| Choice { value: agent.id.to_string(), shown: show::person(&agent.name) })
            .collect(),
        areas: directory
            .areas
            .iter()
            .filter(|area| area.active && screen.actor.level_in(area.id).is_some())
            .map(|area| Choice {
                value: area.key().to_owned(),
                shown: show::area(directory, area.id, language),
            })
            .collect(),
        priorities: directory
            .priorities
            .iter()
            .filter(|priority| priority.active)
            .map(|priority| Choice {
                value: priority.key.clone(),
                shown: show::priority(directory, priority.id, language),
            })
            .collect(),
        tags: Vec::new(),
    }
}

/// What is new since a list was printed, and rows that look different now.
pub async fn news(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    let (list, text) = (asked.list(), asked.text(screen.language));
    let since = asked.since.unwrap_or_else(|| screen.now.millis());
    let read = read(&screen, list, &text, None).await?;
    let is_new = |row: &&Listed| row.created_at.millis() > since;
    let is_changed =
        |row: &&Listed| row.created_at.millis() <= since && row.updated_at.millis() > since;
    let here = href(list, &text);
    let news = News {
        again: format!("/inbox/news?since={since}&{}", here.trim_start_matches("/inbox?")),
        count: read.rows.iter().filter(is_new).count() as u64,
        changed: read.rows.iter().filter(is_changed).map(|row| show_row(&screen, row)).collect(),
        href: here,
    };
    Ok(page::news(screen.language, &news).into_response())
}

/// The figures of the navigation.
pub async fn counters(
    State(app): State<App>,
    screen: Screen,
    Query(asked): Query<Asked>,
) -> Answer {
    let counts = app.counters(&screen.actor).await?;
    let place = Place::from_code(asked.place.as_deref().unwrap_or_default());
    let counters = counters::show(&counts, &screen.directory, screen.language, place);
    Ok(crate::record::frame::counters(screen.language, &counters).into_response())
}
