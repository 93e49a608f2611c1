//! Messages that leave as mails, by programs: answers, and mails that are handed on.
//!
//! The mail is built before the operation and built again as often as the ticket changed under it
//! (decision 22).

use axum::extract::Path;
use db::{Failure, Operation, Reading, Result, Tx, View};
use rules::right::Right;
use serde::Deserialize;
use utoipa::ToSchema;

use super::addresses::{NewAddress, recipients};
use super::find::FindTicket;
use super::shown_message::ShownMessage;
use super::store::{self, Picture, SegmentHtml};
use crate::api::{
    Call, Caller, Findings, Post, Problems, Repeat, TicketsWrite, body_of, conflict, created,
    invalid, location, refused, send as send_reply, settle, unknown, uploads,
};
use crate::feature::reply::prepare::{Prepared, prepare};
use crate::feature::reply::{Refusal, SendReply, Sent, Then, Wanted};
use crate::http::error::{Answer, HttpError};
use crate::record::body::Body as Text;
use crate::record::draft::Kind;
use crate::record::message::{self, Message};
use crate::record::ticket::Ticket;
use crate::record::{AttachmentId, MessageId, TicketId};
use crate::service::idempotency::Reply;
use crate::service::outbox::{Field, Recipient};

/// A mail is built again if the ticket changed meanwhile, so often.
const TRIES: usize = 5;

/// A mail that hands the last external message on.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewForward)]
pub struct Forward {
    /// To whom it goes.
    to: Vec<NewAddress>,
    /// To whom copies go.
    #[serde(default)]
    cc: Vec<NewAddress>,
    /// To whom copies go that the others do not see.
    #[serde(default)]
    bcc: Vec<NewAddress>,
    /// Words above it as text; this, `body_html`, or none.
    body_text: Option<String>,
    /// Words above it as HTML, which is cleaned like that of a mail.
    body_html: Option<String>,
    /// Ids of uploads.
    #[serde(default)]
    attachments: Vec<String>,
    /// Whether the signature of the token's agent, or else that of the mailbox, stands below the words, as
    /// it does without a word.
    signature: Option<bool>,
    /// Attachments of the ticket that go with it; without a word, all of the last external message.
    keep: Option<Vec<String>>,
}

/// Forwards a ticket's last message
///
/// The last external message is handed on whole, with its head, in a mail of its own thread. The
/// status stays. 201 with the message that it became in the ticket.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/forward",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = Forward,
    responses((status = 201, description = "The message", body = ShownMessage), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn forward(
    caller: Caller<TicketsWrite>,
    Path(number): Path<String>,
    post: Post<Forward>,
) -> Answer {
    let mut wanted = wanted(&post.body)?;
    let find = FindTicket { actor: &caller.actor, name: &number, right: Right::ReadTicket };
    let ticket = caller.app.db.read(&find).await??;
    if post.body.keep.is_none() {
        wanted.kept = caller.app.db.read(&FilesOfLast { ticket: ticket.id }).await?;
    }
    send(&caller, &post.repeat, &ticket, &wanted).await
}

fn wanted(body: &Forward) -> std::result::Result<Wanted, HttpError> {
    let mut findings = Findings::default();
    let fields = [(Field::To, &body.to), (Field::Cc, &body.cc), (Field::Bcc, &body.bcc)];
    let named: Vec<Vec<Recipient>> = (fields.into_iter())
        .filter_map(|(field, list)| findings.keep(recipients(field, list)))
        .collect();
    let text = match (body.body_text.as_deref(), body.body_html.as_deref()) {
        (None | Some(""), None) => Some(Text::from_text("")),
        (text, html) => findings.keep(body_of(text, html)),
    };
    let new = findings.keep(uploads(&body.attachments));
    let kept = kept(body.keep.as_deref().unwrap_or_default(), &mut findings);
    findings.check()?;
    let (Some(text), Some(new)) = (text, new) else { return Err(HttpError::Unreadable) };
    Ok(Wanted {
        kind: Kind::Forward,
        channel: "mail",
        body: text,
        pictures: Vec::new(),
        sender: String::new(),
        recipients: named.concat(),
        subject: String::new(),
        uploads: new,
        kept,
        is_signed: body.signature != Some(false),
        then: Then::AsAreaSays,
        seen: None,
        knows_strangers: true,
        draft: None,
        undo_seconds: 0,
        at: None,
        concerns: None,
    })
}

fn kept(texts: &[String], findings: &mut Findings) -> Vec<AttachmentId> {
    let read = texts.iter().enumerate().filter_map(|(place, text)| {
        let id = AttachmentId::parse(text).ok_or_else(|| unknown(&format!("keep[{place}]")));
        findings.keep(id)
    });
    read.collect()
}

struct FilesOfLast {
    ticket: TicketId,
}

impl Reading for FilesOfLast {
    type Outcome = Vec<AttachmentId>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<AttachmentId>> {
        store::files_of_last(view, self.ticket).await
    }
}

/// Sends a message once, however often its request comes.
pub async fn send(call: &Call, repeat: &Repeat, ticket: &Ticket, wanted: &Wanted) -> Answer {
    let (actor, number) = (&call.actor, ticket.number.as_str());
    for _ in 0..TRIES {
        let built = prepare(&call.app, actor, &call.directory, number, wanted, call.now).await?;
        let prepared = built.map_err(problem)?;
        check_kept(wanted, &prepared)?;
        let (acting, directory) = (call.acting(), &*call.directory);
        let send = SendReply { acting, number, directory, wanted, prepared: &prepared };
        let send = SendAndRead { send, ticket: prepared.ticket };
        match settle(call, repeat, &send, |left| answered(number, left)).await? {
            Ok(reply) => return Ok(send_reply(reply)),
            Err(Some(refused)) => return Err(refused),
            Err(None) => {}
        }
    }
    Err(conflict("changed", "others write in the ticket right now; send it again").into())
}

/// A file that is not one of the ticket's would be missing without a word.
fn check_kept(wanted: &Wanted, prepared: &Prepared) -> std::result::Result<(), HttpError> {
    let is_there = |id: &AttachmentId| prepared.kept.iter().any(|(row, _)| row.id == *id);
    match wanted.kept.iter().position(|id| !is_there(id)) {
        Some(missing) => Err(unknown(&format!("keep[{missing}]")).into()),
        None => Ok(()),
    }
}

/// Sends a message and reads it as it is now.
struct SendAndRead<'a> {
    send: SendReply<'a>,
    ticket: TicketId,
}

/// How it ended.
enum Left {
    Sent(Box<Message>, Vec<SegmentHtml>, Vec<Picture>),
    Stale,
    Refused(Refusal),
}

impl Operation for SendAndRead<'_> {
    type Outcome = Left;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Left> {
        let message = match self.send.run(tx).await? {
            Sent::Done { message, .. } => message,
            Sent::Stale => return Ok(Left::Stale),
            Sent::Refused(refusal) => return Ok(Left::Refused(refusal)),
        };
        let after = MessageId::from_number(message.number() + 1);
        let mut found = message::of_ticket(tx, self.ticket, Some(after), 1).await?;
        let read = found.pop().ok_or_else(|| Failure::other("a new message is missing"))?;
        let html = store::html(tx, &[message]).await?;
        let pictures = store::pictures(tx, &[message]).await?;
        Ok(Left::Sent(Box::new(read), html, pictures))
    }
}

/// The answer to an outcome, or why there is none: a refusal, or nothing if the mail has to be built
/// again.
fn answered(number: &str, left: Left) -> std::result::Result<Reply, Option<HttpError>> {
    match left {
        Left::Sent(message, html, pictures) => {
            let at = format!("{}/messages", location("tickets", number));
            Ok(created(&at, None, &ShownMessage::of(&message, &html, &pictures)))
        }
        Left::Stale => Err(None),
        Left::Refused(refusal) => Err(Some(problem(refusal))),
    }
}

/// Why a mail was not sent, for programs.
fn problem(refusal: Refusal) -> HttpError {
    let field = |field: &str, code: &str, message: &str| invalid(field, code, message).into();
    match refusal {
        Refusal::Denied(denied) => denied.into(),
        Refusal::Status(why) => refused(why).into(),
        Refusal::News => conflict("changed", "others wrote since; read what is new").into(),
        Refusal::Merged(number) => conflict("merged_before", &format!("it is {number} now")).into(),
        Refusal::Elsewhere => conflict("changed", "what was said last was moved").into(),
        Refusal::Trashed => conflict("in_trash", "the ticket is in the trash").into(),
        Refusal::OwnNews => conflict("changed", "you answered since; read what you sent").into(),
        Refusal::SentAlready => conflict("sent_already", "these very words were sent").into(),
        Refusal::UnknownUpload(place) => unknown(&format!("attachments[{place}]")).into(),
        Refusal::Empty => field("body_text", "empty", "a text is needed"),
        Refusal::NoRecipient => field("to", "no_recipient", "nobody would get it"),
        Refusal::NoAddress(text) => field("to", "invalid_email", &text),
        Refusal::OwnMailbox(address) => field("to", "own_mailbox", &address),
        Refusal::TooManyRecipients => field("to", "too_many", "at most 200 recipients"),
        Refusal::MailsOff => {
            conflict("mails_off", "mails of tickets are switched off in the settings").into()
        }
        Refusal::NoSender => field("sender", "no_sender", "no address of ours to send from"),
        Refusal::Strangers(list) => field("to", "strangers", &list.join(", ")),
        Refusal::Outside(list) => field("to", "external", &list.join(", ")),
        Refusal::MayNotSee(list) => field("to", "may_not_see", &list.join(", ")),
        Refusal::At(sentence) => field("at", "out_of_range", &sentence),
        Refusal::NotConcerned => field("concerns", "unknown", "somebody does not work here"),
        Refusal::TooLarge => field("attachments", "too_large", "at most 25 MB together"),
    }
}
