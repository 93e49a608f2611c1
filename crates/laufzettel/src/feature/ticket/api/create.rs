//! Making a ticket.

use serde::Deserialize;
use utoipa::ToSchema;

use super::shown::ShownTicket;
use super::wanted::wanted;
use crate::api::{
    Call, Caller, Post, Problems, TicketsWrite, created, invalid, location, send, settle, unknown,
};
use crate::feature::create::{
    CreateTicket, Created, NewTicket, Opening, OpeningOf, Told, opening as opening_of,
};
use crate::http::error::{Answer, HttpError};
use crate::record::number;
use crate::service::idempotency::Reply;
use crate::service::mail_ids;

/// Draws of a number, if others have the one that was drawn.
const DRAWS_MAX: u32 = 5;

/// A new ticket. Lists take keys or names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTicket)]
pub struct Body {
    /// The subject.
    pub(super) subject: String,
    /// The first message as text; either this or `body_html`.
    pub(super) body_text: Option<String>,
    /// The first message as HTML, which is cleaned like that of a mail.
    pub(super) body_html: Option<String>,
    /// The area; without one the first in which the agent may make tickets.
    pub(super) area: Option<String>,
    /// The request type; without one the default.
    pub(super) request_type: Option<String>,
    /// The category.
    pub(super) category: Option<String>,
    /// The priority; without one the default.
    pub(super) priority: Option<String>,
    /// The queue.
    pub(super) queue: Option<String>,
    /// The agent responsible, by address, id or name.
    pub(super) assignee: Option<String>,
    /// Who asks; without anybody it is the agent of the token.
    pub(super) contact: Option<Contact>,
    /// The company, by id or name; without one that of the contact.
    pub(super) company: Option<String>,
    /// The tags.
    #[serde(default)]
    pub(super) tags: Vec<String>,
    /// Whether the requester is told of the opening, by a mail at once, and of what is done; without
    /// a word, as the area says.
    pub(super) notify: Option<bool>,
    /// How it came; without one `api`.
    pub(super) channel: Option<Channel>,
    /// Ids of uploads.
    #[serde(default)]
    pub(super) attachments: Vec<String>,
}

/// Who asks: found by the address or made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRequester)]
pub(super) struct Contact {
    /// The address; without one only the ticket keeps the name.
    pub(super) email: Option<String>,
    /// The name; needed without an address.
    pub(super) name: Option<String>,
    /// The telephone number.
    pub(super) phone: Option<String>,
}

/// How a ticket came.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Channel {
    /// Somebody called.
    Phone,
    /// By a form.
    Web,
    /// By another program.
    Api,
}

impl Channel {
    /// The stored word.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Web => "web",
            Self::Api => "api",
        }
    }
}

/// Makes a ticket
///
/// The contact is found by its address or made. The requester gets a mail if `notify` says so.
#[utoipa::path(
    post,
    path = "/api/v1/tickets",
    request_body = Body,
    responses((status = 201, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn create(caller: Caller<TicketsWrite>, post: Post<Body>) -> Answer {
    let new = wanted(&caller, &post.body).await?;
    for _ in 0..DRAWS_MAX {
        let scheme = number::scheme(&caller.directory, new.area)?;
        let app = &caller.app;
        let number = number::draw(&app.draws, &app.db, &scheme, app.today()).await?;
        let public_id = mail_ids::public_id(rand::random());
        let told = told(&caller, &post.body, &new, (number.as_str(), public_id.as_str())).await?;
        let create = CreateTicket {
            acting: caller.acting(),
            directory: &caller.directory,
            id: caller.app.ids.next(caller.now),
            message: caller.app.ids.next(caller.now),
            number: &number,
            public_id: &public_id,
            new: &new,
            opening: told.as_deref(),
        };
        let answer = |outcome| answered(&caller, outcome);
        match settle(&caller, &post.repeat, &create, answer).await? {
            Ok(reply) => return Ok(send(reply)),
            Err(Some(refused)) => return Err(refused),
            Err(None) => {}
        }
    }
    Err(db::Failure::other("no free ticket number was found; check the mask").into())
}

/// The mail to the requester. Whoever asks for it learns that it cannot be sent; where only the area
/// says so, the ticket goes before.
async fn told(
    call: &Call,
    body: &Body,
    new: &NewTicket,
    (number, public_id): (&str, &str),
) -> Result<Option<Box<Opening>>, HttpError> {
    let (app, directory, now) = (&call.app, &*call.directory, call.now);
    let of = OpeningOf { app, directory, actor: &call.actor, number, public_id, new, now };
    match opening_of(&of).await? {
        Told::By(opening) => Ok(Some(opening)),
        Told::NoSender if body.notify == Some(true) => {
            Err(invalid("notify", "no_sender", "no address of ours to send from").into())
        }
        Told::NoSender | Told::Nobody => Ok(None),
    }
}

/// The answer to an outcome, or why there is none: a refusal, or nothing if another number will do.
fn answered(call: &Call, outcome: Created) -> Result<Reply, Option<HttpError>> {
    match outcome {
        Created::Done(ticket) => {
            let shown = ShownTicket::of(&ticket, &call.directory);
            let location = location("tickets", &ticket.number);
            Ok(created(&location, Some(ticket.version), &shown))
        }
        Created::NumberTaken => Err(None),
        Created::Denied(denied) => Err(Some(denied.into())),
        Created::AssigneeMayNot => {
            Err(Some(invalid("assignee", "no_right", "an agent who may work in the area").into()))
        }
        Created::UnknownCompany => Err(Some(unknown("company").into())),
        Created::UnknownContact => Err(Some(unknown("contact").into())),
        Created::UnknownUpload(place) => {
            Err(Some(unknown(&format!("attachments[{place}]")).into()))
        }
    }
}
