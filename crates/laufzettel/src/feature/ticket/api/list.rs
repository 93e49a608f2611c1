//! Listing tickets by the filter language.

use db::{Reading, Result, View};
use rules::filter::Mark;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use web::{Problem, Query, decode_cursor, encode_cursor, limit};

use super::shown::ShownTicket;
use crate::api::{Call, Caller, Problems, TicketsRead, invalid, shown};
use crate::feature::list::read::ReadList;
use crate::http::error::Answer;
use crate::record::TicketId;
use crate::record::ticket::{self, Ticket};
use crate::record::ticket_list::{Direction, Order};

/// Rows of a page without a wish.
const USUAL_ROWS: u32 = 50;

/// What is listed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// A filter in the language of the search box; without one, all tickets that the agent may see.
    query: Option<String>,
    /// `due` (most urgent first), `time` (last changed first), `created` or `number` (newest first);
    /// `-` in front turns it round. Without one `created`, because that order does not change while
    /// a list is read page by page.
    sort: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A page of tickets.
#[derive(Debug, Serialize, ToSchema)]
pub struct TicketPage {
    /// The tickets.
    items: Vec<ShownTicket>,
    /// Where the next page begins; `null` on the last page.
    next: Option<String>,
    /// Places of the filter that were not understood and are looked for as words.
    marks: Vec<ShownMark>,
    /// Whether the words of the filter were looked for in all documents, not only the newest.
    complete: bool,
}

/// A place of a filter that was not understood.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mark)]
pub struct ShownMark {
    /// The first byte of the place.
    from: usize,
    /// The byte behind it.
    to: usize,
    /// What is wrong there.
    code: &'static str,
}

/// Lists tickets
///
/// There is no filter by default: closed tickets and the trash are listed, too. `query=ist:offen` or
/// `query=is:open` gives what the inbox shows.
#[utoipa::path(
    get,
    path = "/api/v1/tickets",
    params(Asked),
    responses((status = 200, description = "A page", body = TicketPage), Problems),
    security(("token" = ["tickets:read"]))
)]
pub async fn list(caller: Caller<TicketsRead>, Query(asked): Query<Asked>) -> Answer {
    let text = asked.query.as_deref().unwrap_or_default();
    let (order, direction) = sort(asked.sort.as_deref().unwrap_or("created"))?;
    let rows = limit(asked.limit, USUAL_ROWS)?;
    let cursor = format!("tickets {order:?} {direction:?} {text}");
    let after = asked.cursor.as_deref().map(|after| decode_cursor(&cursor, after)).transpose();
    let read = ReadPage {
        call: &caller,
        cursor: &cursor,
        list: ReadList {
            app: &caller.app,
            actor: &caller.actor,
            directory: &caller.directory,
            text,
            besides: None,
            order: Some(order),
            direction,
            after: after.map_err(Problem::from)?,
            limit: i64::from(rows),
            now: caller.now,
        },
    };
    Ok(shown(&caller.app.db.read_long(&read).await?))
}

/// The order with this name.
fn sort(text: &str) -> std::result::Result<(Order, Direction), Problem> {
    let (name, direction) = match text.strip_prefix('-') {
        Some(name) => (name, Direction::Backward),
        None => (text, Direction::Forward),
    };
    let order = match name {
        "due" => Order::Due,
        "time" => Order::Time,
        // Numbers are drawn in the order in which tickets are made.
        "created" | "number" => Order::Created,
        _ => return Err(invalid("sort", "unknown", "due, time, created, number, or - and one")),
    };
    Ok((order, direction))
}

struct ReadPage<'a> {
    call: &'a Call,
    cursor: &'a str,
    list: ReadList<'a>,
}

impl Reading for ReadPage<'_> {
    type Outcome = TicketPage;

    async fn run(&self, view: &mut View<'_>) -> Result<TicketPage> {
        let page = self.list.run(view).await?;
        let ids: Vec<TicketId> = page.rows.iter().map(|row| row.id).collect();
        let mut tickets = ticket::visible(view, &self.call.actor, &ids).await?;
        tickets.sort_by_key(|ticket| ids.iter().position(|id| *id == ticket.id));
        let show = |ticket: &Ticket| ShownTicket::of(ticket, &self.call.directory);
        Ok(TicketPage {
            items: tickets.iter().map(show).collect(),
            next: page.next.map(|keys| encode_cursor(self.cursor, &keys)),
            marks: page.understood.marks.iter().map(mark).collect(),
            complete: !page.is_cut,
        })
    }
}

fn mark(mark: &Mark) -> ShownMark {
    ShownMark { from: mark.at.start, to: mark.at.end, code: mark.reason.code() }
}
