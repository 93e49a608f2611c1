//! The messages of a ticket, and adding one.

use axum::extract::Path;
use db::{Reading, Result, View};
use rules::right::Right;
use serde::Deserialize;
use utoipa::IntoParams;
use web::{Paged, Problem, Query, decode_cursor, encode_cursor, limit};

use super::find::FindTicket;
use super::new_message::{Body, NewMessage, wanted};
use super::sending;
use super::shown_message::ShownMessage;
use super::store::{self, Picture, SegmentHtml};
use crate::api::{
    Call, Caller, Page, Post, Problems, TicketsRead, TicketsWrite, created, location, once,
    refused, shown, unknown,
};
use crate::feature::note::{AddNote, Added};
use crate::http::error::{Answer, HttpError};
use crate::record::MessageId;
use crate::record::actor::Denied;
use crate::record::message::Message;
use crate::service::idempotency::Reply;

/// Rows of a page without a wish.
const USUAL_ROWS: u32 = 50;

/// Which messages are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Rows of a page, 1 to 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// Lists the messages of a ticket
///
/// By the moment at which they were written, internal notes among them.
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}/messages",
    params(("number" = String, Path, description = "Number or public id"), Asked),
    responses((status = 200, description = "A page", body = Page<ShownMessage>), Problems),
    security(("token" = ["tickets:read"]))
)]
pub async fn list(
    caller: Caller<TicketsRead>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let rows = limit(asked.limit, USUAL_ROWS)?;
    let list = format!("messages {number}");
    let after = match asked.cursor.as_deref() {
        Some(cursor) => decode_cursor(&list, cursor).map_err(Problem::from)?,
        None => Vec::new(),
    };
    let after = match after.as_slice() {
        [at, id] => (*at, *id),
        _ => (i64::MIN, 0),
    };
    let read = ReadMessages { call: &caller, name: &number, after, limit: rows };
    let found = caller.app.db.read_long(&read).await??;
    let page = Paged::from_rows(found.messages, rows);
    let next =
        page.next(|message| encode_cursor(&list, &[message.at.millis(), message.id.number()]));
    let show = |message: &Message| ShownMessage::of(message, &found.html, &found.pictures);
    Ok(shown(&Page { items: page.rows.iter().map(show).collect(), next }))
}

/// Adds a message
///
/// An internal note, or an external message: it leaves as a mail at once, or with `"send": false` was
/// given elsewhere.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/messages",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = Body,
    responses((status = 201, description = "The message", body = ShownMessage), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn add(
    caller: Caller<TicketsWrite>,
    Path(number): Path<String>,
    post: Post<Body>,
) -> Answer {
    let new = wanted(&caller, &post.body)?;
    let find = FindTicket { actor: &caller.actor, name: &number, right: Right::ReadTicket };
    let ticket = caller.app.db.read(&find).await??;
    let new = match new {
        NewMessage::Sent(wanted) => {
            return sending::send(&caller, &post.repeat, &ticket, &wanted).await;
        }
        NewMessage::Kept(new) => new,
    };
    let add = AddNote {
        acting: caller.acting(),
        directory: &caller.directory,
        number: &ticket.number,
        id: caller.app.ids.next_by_date(new.at),
        new: &new,
    };
    let html = html_of(&new.body.html, add.id, new.body.cleaner());
    let answer = |added| answered(&ticket.number, &html, added);
    once(&caller, &post.repeat, &add, answer).await
}

/// The HTML that the new message will have.
fn html_of(html: &Option<String>, message: MessageId, cleaner: i64) -> Vec<SegmentHtml> {
    let part =
        |html: &String| SegmentHtml { message, segment: 0, html: html.clone().into(), cleaner };
    html.iter().map(part).collect()
}

fn answered(
    number: &str,
    html: &[SegmentHtml],
    added: Added,
) -> std::result::Result<Reply, HttpError> {
    match added {
        Added::Done(message) => {
            let at = format!("{}/messages", location("tickets", number));
            Ok(created(&at, None, &ShownMessage::of(&message, html, &[])))
        }
        Added::Denied(denied) => Err(denied.into()),
        Added::Refused(why) => Err(refused(why).into()),
        Added::UnknownUpload(place) => Err(unknown(&format!("attachments[{place}]")).into()),
    }
}

struct ReadMessages<'a> {
    call: &'a Call,
    name: &'a str,
    after: (i64, i64),
    limit: u32,
}

struct Found {
    messages: Vec<Message>,
    html: Vec<SegmentHtml>,
    pictures: Vec<Picture>,
}

impl Reading for ReadMessages<'_> {
    type Outcome = std::result::Result<Found, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let actor = &self.call.actor;
        let find = FindTicket { actor, name: self.name, right: Right::ReadTicket };
        let ticket = match find.run(view).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let messages = store::messages(view, ticket.id, self.after, self.limit).await?;
        let with_html = messages.iter().filter(|message| has_html(message));
        let ids: Vec<MessageId> = with_html.map(|message| message.id).collect();
        if ids.is_empty() {
            return Ok(Ok(Found { messages, html: Vec::new(), pictures: Vec::new() }));
        }
        let html = store::html(view, &ids).await?;
        let pictures = store::pictures(view, &ids).await?;
        Ok(Ok(Found { messages, html, pictures }))
    }
}

fn has_html(message: &Message) -> bool {
    message.segments().iter().any(|segment| segment.html)
}
