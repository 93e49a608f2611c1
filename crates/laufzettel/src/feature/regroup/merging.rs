//! Handlers of merging, and of saying that two tickets are not about the same.

use axum::extract::Path;
use axum::response::IntoResponse;
use db::{Operation, Tx};
use rules::right::Right;
use serde::Deserialize;
use web::{Form, Query};

use super::page::{self, Choice, MergePage, Preview};
use super::show::alike;
use super::web::{Problem, ended, find, lead, open, working};
use super::{MergeTickets, store};
use crate::feature::ticket::read::TicketView;
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::EntryId;
use crate::record::actor::{Acting, Denied};
use crate::record::frame::Place;
use crate::record::show;
use crate::record::ticket::{self, Ticket};
use crate::texts;

/// What the address says.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    /// The other ticket.
    with: Option<String>,
    /// What is looked for.
    q: Option<String>,
}

/// The page that merges a ticket.
pub async fn merging(
    screen: Screen,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = working(&screen, &number).await?;
    let query = asked.q.unwrap_or_default();
    let shown = match asked.with.as_deref().filter(|with| !with.is_empty()) {
        Some(with) => chosen(&screen, &view, with, &query).await?,
        None => offered(&screen, &view, &query).await?,
    };
    Ok(page::merge_page(&screen.frame(Place::Elsewhere).await?, &shown).into_response())
}

/// Merges it.
pub async fn merge(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let with = form.text("with");
    let (source, target) = match form.text("stays") {
        "here" => (with, number.as_str()),
        _ => (number.as_str(), with),
    };
    if with.is_empty() || with.contains('\0') {
        let problem = Problem::at("target", texts::regroup(screen.language).no_target());
        return refused(&screen, &number, problem).await;
    }
    let merge = MergeTickets { acting: screen.acting(), source, target };
    match ended(&screen, screen.app.db.write(&merge).await?)? {
        Ok(path) => Ok(lead(&screen, &path)),
        Err(problem) => refused(&screen, &number, problem).await,
    }
}

async fn refused(screen: &Screen, number: &str, problem: Problem) -> Answer {
    let view = working(screen, number).await?;
    let shown = offered(screen, &view, "").await?;
    let shown = MergePage { problem: Some(problem.sentence), ..shown };
    let page = page::merge_page(&screen.frame(Place::Elsewhere).await?, &shown);
    Ok((problem.status, page).into_response())
}

/// Tickets that can be chosen: those that were looked for, else those that may be about the same and
/// others of the same customer.
async fn offered(screen: &Screen, view: &TicketView, query: &str) -> Result<MergePage, HttpError> {
    let found: Vec<(String, String, EntryId)> = match query.trim() {
        "" => {
            let alike = alike(screen, view);
            let is_alike = |number: &String| alike.iter().any(|one| one.number == *number);
            let others = view.others.iter();
            let open = others.filter(|other| other.stage.0.is_open() || is_alike(&other.number));
            open.map(|one| (one.number.clone(), one.subject.clone(), one.status)).collect()
        }
        query => {
            let found = find(screen, query).await?.into_iter();
            found.map(|one| (one.number, one.subject, one.status)).collect()
        }
    };
    let found = found.into_iter().filter(|(number, ..)| *number != view.ticket.number);
    Ok(MergePage {
        number: view.ticket.number.clone(),
        query: query.to_owned(),
        choices: found
            .map(|(number, subject, status)| choice(screen, number, subject, status))
            .collect(),
        preview: None,
        problem: None,
    })
}

fn choice(screen: &Screen, number: String, subject: String, status: EntryId) -> Choice {
    Choice { number, subject, status: show::status(&screen.directory, status, screen.language) }
}

async fn chosen(
    screen: &Screen,
    view: &TicketView,
    with: &str,
    query: &str,
) -> Result<MergePage, HttpError> {
    let texts = texts::regroup(screen.language);
    let page = offered(screen, view, query).await?;
    let Some(other) = open(screen, with).await? else {
        return Ok(MergePage { problem: Some(texts.no_ticket().to_owned()), ..page });
    };
    if other.id == view.ticket.id {
        return Ok(MergePage { problem: Some(texts.same_ticket().to_owned()), ..page });
    }
    let of = |one: &Ticket| choice(screen, one.number.clone(), one.subject.clone(), one.status);
    let messages = view.ticket.message_count + other.message_count;
    let preview = Preview {
        here: of(&view.ticket),
        with: of(&other),
        messages: u64::try_from(messages).unwrap_or_default(),
        // The older number is the one that customers know.
        stays_here: view.ticket.created_at < other.created_at,
    };
    Ok(MergePage { preview: Some(preview), ..page })
}

/// Says that two tickets are not about the same.
pub async fn distinct(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let acting = screen.acting();
    let distinct = Distinct { acting, number: &number, other: form.text("other") };
    screen.app.db.write(&distinct).await??;
    let path = format!("/tickets/{}?done=distinct", encode(&number));
    Ok(lead(&screen, &path))
}

struct Distinct<'a> {
    acting: Acting<'a>,
    number: &'a str,
    other: &'a str,
}

impl Operation for Distinct<'_> {
    type Outcome = Result<(), Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<Self::Outcome> {
        let actor = self.acting.actor;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        if self.other.contains('\0') {
            return Ok(Err(Denied::NotFound));
        }
        let other = match ticket::open(tx, actor, Right::ReadTicket, self.other).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        store::set_distinct(tx, &self.acting, ticket.id, other.id).await?;
        Ok(Ok(()))
    }
}
