//! The outbox in the API: every mail that leaves, with each attempt and the server's words.

mod shown_copy;

use axum::extract::Path;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use values::hex;
use web::{Problem, Query, attachment_headers, decode_cursor, encode_cursor, limit};

use self::shown_copy::ShownCopy;
use super::read::{Kind, Out, ReadOut, ReadOutbox};
use super::sought::Sought;
use super::store::{Attempted, ListedOut, Recipient};
use super::{ActOnMail, Acted, Action};
use crate::App;
use crate::api::{
    Call, Caller, MailsRead, MailsWrite, Nothing, Page, Post, Problems, ShownAgent, Time,
    agent_named, changed_unversioned, conflict, in_state, send, settle, shown,
};
use crate::http::error::{Answer, HttpError};
use crate::record::OutboundId;
use crate::record::actor::Denied;
use crate::service::idempotency::Reply;

/// Rows of a page without a wish.
const USUAL_ROWS: u32 = 50;

/// The routes of the outbox.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(raw))
        .routes(routes!(retry))
        .routes(routes!(cancel))
}

/// Which mails are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The beginning of a recipient's address, a Message-ID, the number of a ticket, `state:` and a
    /// state, a day with or without a time of day, or words.
    query: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A mail that leaves, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutboundMailSummary)]
struct ShownSummary {
    /// The mail.
    id: String,
    /// The number of the ticket.
    ticket: Option<String>,
    /// `reply`, `forward`, `note`, `closing`, `notice` or `automatic`.
    kind: String,
    /// `queued`, `sending`, `dot`, `uncertain`, `deferred`, `sent`, `failed`, `bounced`,
    /// `unconfirmed` or `cancelled`.
    state: String,
    /// As whom it leaves.
    from: Sender,
    /// Who gets it.
    recipients: Vec<ShownRecipient>,
    /// The subject.
    subject: String,
    /// The Message-ID without angle brackets.
    message_id: String,
    /// Who wrote or caused it.
    agent: Option<ShownAgent>,
    /// When it was written.
    created_at: Time,
    /// When the server took it.
    sent_at: Option<Time>,
    /// When something is done with it next.
    next_at: Option<Time>,
    /// What was said last.
    detail: Option<String>,
    /// Whether it may have arrived twice.
    perhaps_twice: bool,
}

/// As whom a mail leaves.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutboundSender)]
struct Sender {
    /// The name.
    name: String,
    /// The address.
    email: String,
}

/// A recipient of a mail that leaves.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutboundRecipient)]
struct ShownRecipient {
    /// The name, or an empty text.
    name: String,
    /// The address.
    email: String,
    /// `to`, `cc` or `bcc`.
    field: String,
    /// `waiting`, `accepted`, `deferred`, `failed`, `bounced`, `delayed`, `unconfirmed` or
    /// `cancelled`.
    state: String,
    /// What was said last about it.
    detail: Option<String>,
    /// When that was.
    changed_at: Time,
}

/// A mail that leaves, with everything that is known of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutboundMail)]
struct ShownMail {
    /// What lists show.
    #[serde(flatten)]
    summary: ShownSummary,
    /// The message of the conversation that it is.
    message: Option<String>,
    /// The return path; empty for automatic mails.
    envelope_from: String,
    /// The size in bytes.
    size_bytes: i64,
    /// SHA-256 of its bytes in hexadecimal digits.
    sha256: String,
    /// It does not leave before.
    not_before: Time,
    /// Each try to hand it over, first one first.
    attempts: Vec<ShownAttempt>,
    /// The entries of the journal that report that it came back.
    bounces: Vec<String>,
    /// Its copy in the folder for sent mails, if its mailbox asks for one.
    sent_copy: Option<ShownCopy>,
}

/// A try to hand a mail over.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutboundAttempt)]
struct ShownAttempt {
    /// Its number, from 1.
    number: i64,
    /// When it began.
    at: Time,
    /// When it ended.
    ended_at: Time,
    /// `answered`, `not_reached`, `account_refused`, `unknown`, `interrupted`, or `found`: the mail lay
    /// in the folder for sent mails.
    outcome: String,
    /// How far it came.
    phase: String,
    /// The server's words, or ours; the folder for `found`.
    words: String,
}

/// Where a mail stands after it was acted on.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutboundState)]
struct Now {
    /// The mail.
    id: String,
    /// Its state.
    state: &'static str,
}

/// Lists mails that leave
///
/// Newest first, of the tickets in areas that the agent may read; those without a ticket only for
/// administrators.
#[utoipa::path(
    get,
    path = "/api/v1/outbox",
    params(Asked),
    responses((status = 200, description = "A page", body = Page<ShownSummary>), Problems),
    security(("token" = ["mails:read"]))
)]
async fn list(caller: Caller<MailsRead>, Query(asked): Query<Asked>) -> Answer {
    let rows = limit(asked.limit, USUAL_ROWS)?;
    let text = asked.query.as_deref().unwrap_or_default();
    let list = format!("outbox {text}");
    let before = asked.cursor.as_deref().map(|cursor| decode_cursor(&list, cursor));
    let before = before.transpose().map_err(Problem::from)?.unwrap_or_default();
    let read = ReadOutbox {
        actor: &caller.actor,
        directory: &caller.directory,
        sought: &Sought::read(text, caller.now, &caller.app.config.time_zone),
        kind: Kind::All,
        before: before.first().map(|number| OutboundId::from_number(*number)),
        limit: i64::from(rows),
    };
    let page = caller.app.db.read_long(&read).await?;
    let items = page.rows.iter().map(|(mail, to)| ShownSummary::of(&caller, mail, to)).collect();
    let next = page.next.map(|mail| encode_cursor(&list, &[mail.number()]));
    Ok(shown(&Page { items, next }))
}

/// Reads a mail that leaves
#[utoipa::path(
    get,
    path = "/api/v1/outbox/{id}",
    params(("id" = String, Path, description = "The mail in the outbox")),
    responses((status = 200, description = "The mail", body = ShownMail), Problems),
    security(("token" = ["mails:read"]))
)]
async fn read(caller: Caller<MailsRead>, Path(id): Path<String>) -> Answer {
    let out = find(&caller, &id).await?;
    Ok(shown(&ShownMail::of(&caller, out)))
}

/// Downloads a mail that leaves
///
/// Byte for byte as it is handed over.
#[utoipa::path(
    get,
    path = "/api/v1/outbox/{id}/raw",
    params(("id" = String, Path, description = "The mail in the outbox")),
    responses(
        (status = 200, description = "The mail", content_type = "message/rfc822"),
        Problems
    ),
    security(("token" = ["mails:read"]))
)]
async fn raw(caller: Caller<MailsRead>, Path(id): Path<String>) -> Answer {
    let mail = find(&caller, &id).await?.mail;
    let bytes = caller.app.blobs.read(&caller.app.db, &mail.raw_hash).await?;
    let name = format!("{}.eml", mail.id);
    let headers = attachment_headers(&name, "message/rfc822", bytes.len() as u64);
    Ok((headers, bytes).into_response())
}

/// Sends a mail again
///
/// To those who did not get it, under the same Message-ID; one that waits for its next try is tried
/// now. 409 with its state for any other.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/{id}/retry",
    params(("id" = String, Path, description = "The mail in the outbox")),
    request_body = Nothing,
    responses((status = 200, description = "It leaves", body = Now), Problems),
    security(("token" = ["mails:write"]))
)]
async fn retry(caller: Caller<MailsWrite>, Path(id): Path<String>, post: Post<Nothing>) -> Answer {
    act(&caller, &id, &post, Action::SendAgain).await
}

/// Keeps a mail from leaving
///
/// As long as no server has taken it for anybody; 409 with its state otherwise.
#[utoipa::path(
    post,
    path = "/api/v1/outbox/{id}/cancel",
    params(("id" = String, Path, description = "The mail in the outbox")),
    request_body = Nothing,
    responses((status = 200, description = "It does not leave", body = Now), Problems),
    security(("token" = ["mails:write"]))
)]
async fn cancel(caller: Caller<MailsWrite>, Path(id): Path<String>, post: Post<Nothing>) -> Answer {
    act(&caller, &id, &post, Action::Stop).await
}

enum Lost {
    As(String),
    Refused(HttpError),
}

async fn act(call: &Call, id: &str, post: &Post<Nothing>, action: Action) -> Answer {
    let mail = OutboundId::parse(id).ok_or(Denied::NotFound)?;
    let act = ActOnMail { acting: call.acting(), mail, action };
    let answer = |acted: Acted| -> Result<Reply, Lost> {
        match acted {
            Acted::Done(state) => {
                Ok(changed_unversioned(&Now { id: mail.to_string(), state: state.code() }))
            }
            Acted::Lost(state) => Err(Lost::As(state)),
            Acted::Denied(denied) => Err(Lost::Refused(denied.into())),
        }
    };
    match settle(call, &post.repeat, &act, answer).await? {
        Ok(reply) => Ok(send(reply)),
        Err(Lost::Refused(error)) => Err(error),
        Err(Lost::As(state)) => {
            let problem = match action {
                Action::SendAgain => conflict("nothing_to_try", "the mail left, or is leaving"),
                Action::Stop => conflict("too_late", "the mail left, or does not leave anyway"),
            };
            Ok(in_state(problem, &state))
        }
    }
}

async fn find(call: &Call, id: &str) -> Result<Out, HttpError> {
    let mail = OutboundId::parse(id).ok_or(Denied::NotFound)?;
    Ok(call.app.db.read(&ReadOut { actor: &call.actor, mail }).await??)
}

impl ShownSummary {
    fn of(call: &Call, mail: &ListedOut, recipients: &[Recipient]) -> Self {
        Self {
            id: mail.id.to_string(),
            ticket: mail.number.clone(),
            kind: mail.kind.clone(),
            state: mail.state.clone(),
            from: Sender { name: mail.from_name.clone(), email: mail.from_address.clone() },
            recipients: recipients.iter().map(recipient).collect(),
            subject: mail.subject.clone(),
            message_id: mail.message_id.clone(),
            agent: agent_named(&call.directory, mail.agent),
            created_at: Time(mail.created_at),
            sent_at: mail.sent_at.map(Time),
            next_at: mail.next_at.map(Time),
            detail: mail.words.clone().filter(|words| !words.is_empty()),
            perhaps_twice: mail.perhaps_twice,
        }
    }
}

fn recipient(one: &Recipient) -> ShownRecipient {
    ShownRecipient {
        name: one.name.clone(),
        email: one.address.clone(),
        field: one.field.clone(),
        state: one.state.clone(),
        detail: one.words.clone(),
        changed_at: Time(one.changed_at),
    }
}

fn attempt(one: Attempted) -> ShownAttempt {
    ShownAttempt {
        number: one.number,
        at: Time(one.at),
        ended_at: Time(one.ended_at),
        outcome: one.outcome,
        phase: one.phase,
        words: one.words,
    }
}

impl ShownMail {
    fn of(call: &Call, out: Out) -> Self {
        let mail = out.mail;
        Self {
            summary: ShownSummary {
                id: mail.id.to_string(),
                ticket: mail.number,
                kind: mail.kind,
                state: mail.state,
                from: Sender { name: mail.from_name, email: mail.from_address },
                recipients: out.recipients.iter().map(recipient).collect(),
                subject: mail.subject,
                message_id: mail.message_id,
                agent: agent_named(&call.directory, mail.agent),
                created_at: Time(mail.created_at),
                sent_at: mail.sent_at.map(Time),
                next_at: mail.next_at.map(Time),
                detail: mail.words.filter(|words| !words.is_empty()),
                perhaps_twice: mail.perhaps_twice,
            },
            message: mail.message.map(|message| message.to_string()),
            envelope_from: mail.envelope_from,
            size_bytes: mail.size_bytes,
            sha256: hex(&mail.raw_hash),
            not_before: Time(mail.not_before),
            attempts: out.attempts.into_iter().map(attempt).collect(),
            sent_copy: out.copy.map(ShownCopy::from),
            bounces: out.reports.iter().map(|report| report.id.to_string()).collect(),
        }
    }
}
