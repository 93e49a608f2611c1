//! Handlers of the inbox.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use web::{Query, decode_cursor, see_other};

use super::asked::Asked;
use super::filter_bar::{filter_bar, href, offers};
use super::neighbours::{FindNeighbours, Neighbours};
use super::page::{
    self, Bulk, BulkChoices, Choice, Counted, InboxPage, List, ListLinks, News, Section,
};
use super::read::{Page, ROWS, ReadList, Selection};
use super::show::{CURSOR, place_in, section, show_row, total};
use crate::App;
use crate::feature::resubmit;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::AgentId;
use crate::record::counters::{self, Counts};
use crate::record::directory::Listed as Entry;
use crate::record::frame::{Place, Toast, Undo};
use crate::record::show;
use crate::record::ticket_list::{Direction, Listed, Order};
use crate::texts;
use rules::status::Stage;

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
    let read = read(&screen, &asked).await?;
    let counts = screen.app.counters(&screen.actor).await?;
    let section = section(&screen, list, &text, &read, &counts, asked.after.is_some());
    if screen.htmx.fragment && asked.after.is_some() {
        return Ok(page::more_rows(screen.language, &section).into_response());
    }
    let place = place_in(&screen, list, &text);
    let inbox = inbox_page(&screen, list, &text, &read, &counts, section);
    let frame = screen.frame_with(place, made(&screen, &asked)).await?;
    Ok(page::page(&frame, &inbox).into_response())
}

/// What is said to whoever has just made a ticket, or has thrown a begun one away.
fn made(screen: &Screen, asked: &Asked) -> Vec<Toast> {
    let texts = texts::new_ticket(screen.language);
    let short = |text: &Option<String>| text.clone().filter(|text| text.chars().count() <= 60);
    let made = short(&asked.made);
    let made = made.map(|number| Toast { text: texts.made(&number), undo: None });
    let discarded = short(&asked.discarded).map(|mark| Toast {
        text: texts.discarded().to_owned(),
        undo: Some(Undo {
            action: "/tickets/new/restore".to_owned(),
            fields: vec![("mark".to_owned(), mark)],
        }),
    });
    made.into_iter().chain(discarded).collect()
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
        counted: match read.order {
            Order::Due => Counted::Open,
            _ => Counted::Found,
        },
        fetched: counts.last_fetched().map(|at| show::clock(&screen.times(), at)),
    }
}

/// The entry of the navigation that the list at an address belongs to.
pub fn place_at(screen: &Screen, here: &str) -> Place {
    let asked = Asked::at(here);
    match here.starts_with("/search") {
        true => Place::Search,
        false => place_in(screen, asked.list(), &asked.text(screen.language)),
    }
}

async fn read(screen: &Screen, asked: &Asked) -> Result<Page, HttpError> {
    let text = asked.text(screen.language);
    let after = asked.after.as_deref().map(|cursor| decode_cursor(CURSOR, cursor)).transpose();
    let read = ReadList {
        app: &screen.app,
        actor: &screen.actor,
        directory: &screen.directory,
        text: &text,
        besides: asked.besides(screen.actor.agent),
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
    let asked = Asked::at(here);
    let (list, text) = (asked.list(), asked.text(screen.language));
    let read = read(screen, &asked).await?;
    let counts = screen.app.counters(&screen.actor).await?;
    let section = section(screen, list, &text, &read, &counts, false);
    Ok(page::list_section(screen.language, &section))
}

/// Where a ticket stands in the list at an address.
pub async fn neighbours_at(
    screen: &Screen,
    here: &str,
    number: &str,
) -> Result<Neighbours, HttpError> {
    let asked = Asked::at(here);
    let text = asked.text(screen.language);
    let find = FindNeighbours {
        app: &screen.app,
        actor: &screen.actor,
        directory: &screen.directory,
        text: &text,
        besides: asked.besides(screen.actor.agent),
        number,
        now: screen.now,
    };
    Ok(screen.app.db.read(&find).await?)
}

/// What the menu of filters offers.
pub async fn filters(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    let text = asked.text(screen.language);
    let selection = Selection {
        app: &screen.app,
        actor: &screen.actor,
        directory: &screen.directory,
        text: &text,
        besides: None,
        now: screen.now,
    };
    let understood = screen.app.db.read(&selection).await?;
    let counts = screen.app.counters(&screen.actor).await?;
    let offers = offers(&screen, asked.list(), &understood, &counts);
    Ok(page::offers(&offers).into_response())
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
    // Which tickets are chosen is not known here: whoever could get none of the reader's is left out.
    let can_get = |agent: AgentId| {
        let mut areas = directory.areas.iter().filter(|area| area.active);
        areas.any(|area| {
            screen.actor.level_in(area.id).is_some() && directory.can_get(agent, area.id)
        })
    };
    let active_agents = directory.agents.iter().filter(|agent| agent.active && can_get(agent.id));
    BulkChoices {
        statuses: directory
            .statuses
            .iter()
            .filter(|status| {
                let is_seen = |area| screen.actor.level_in(area).is_some();
                let is_of_mine = status.area.is_none_or(is_seen);
                status.active && is_of_mine && status.kind.0.stage() != Stage::Trash
            })
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
        queues: named(&directory.queues, language),
        categories: named(&directory.categories, language),
        resubmissions: resubmit::choices(screen, Some(screen.now))
            .into_iter()
            .map(|(value, shown)| Choice { value, shown })
            .collect(),
        tags: Vec::new(),
        may_write_rules: rules::right::allows(
            &screen.actor.rights,
            rules::right::Right::ManageRules,
            rules::right::Place::House,
        ),
    }
}

/// The entries that can be chosen.
fn named<T: Entry>(list: &[T], language: values::Language) -> Vec<Choice<String>> {
    let active = list.iter().filter(|entry| entry.is_active());
    active
        .map(|entry| Choice {
            value: entry.key().to_owned(),
            shown: entry.name(language).to_owned(),
        })
        .collect()
}

/// What is new since a list was printed, and rows that look different now.
pub async fn news(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    let (list, text) = (asked.list(), asked.text(screen.language));
    let since = asked.since.unwrap_or_else(|| screen.now.millis());
    let read = read(&screen, &asked.at_the_top()).await?;
    let is_new = |row: &&Listed| row.created_at.millis() > since;
    let is_changed =
        |row: &&Listed| row.created_at.millis() <= since && row.updated_at.millis() > since;
    let (here, times) = (href(list, &text), screen.times());
    let changed = read.rows.iter().filter(is_changed);
    let news = News {
        again: format!("/inbox/news?since={since}&{}", here.trim_start_matches("/inbox?")),
        count: read.rows.iter().filter(is_new).count() as u64,
        changed: changed.map(|row| show_row(&screen, &times, row)).collect(),
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
