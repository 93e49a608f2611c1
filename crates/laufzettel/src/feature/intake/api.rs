//! Bringing a mail by the API.

use std::time::Duration;

use axum::body::{Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, Path, Request};
use axum::http::{HeaderMap, StatusCode, header};
use db::Failure;
use rules::right::{Place, Right, allows};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{Problem, Query};

use super::line::thread_of;
use super::{Arrival, Outcome, StoreMail, Stored, StoredMail, Way, decide_within};
use crate::App;
use crate::api::{
    Call, Caller, MailsWrite, Problems, Repeat, conflict, created, location, send, settle,
    too_large,
};
use crate::http::error::{Answer, HttpError};
use crate::record::MailId;
use crate::record::actor::Denied;
use crate::record::mailbox::Mailbox;
use crate::service::idempotency::{KeepFuller, Reply};

/// The largest mail that is taken.
const MAIL_BYTES_MAX: usize = 64 * 1024 * 1024;
/// How long the decision is waited for.
const DECISION_WAIT: Duration = Duration::from_secs(10);

/// The routes of bringing mails.
pub fn routes() -> OpenApiRouter<App> {
    // The limit of a mail is its own.
    OpenApiRouter::default().routes(routes!(deliver)).layer(DefaultBodyLimit::disable())
}

/// The envelope of a mail (RFC 5321), where it has one.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Envelope {
    /// The sender in the envelope.
    from: Option<String>,
    /// The recipients in the envelope, separated by commas.
    to: Option<String>,
}

/// What became of a mail.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = IntakeOutcome)]
pub struct ShownOutcome {
    /// The entry of the journal.
    mail: String,
    /// `new_ticket`, `follow_up`, `event`, `duplicate`, `bounce`, `filtered`, `quarantined`, `unassigned`, or
    /// `accepted`: it is durable, and its decision follows.
    outcome: String,
    /// The number of the ticket.
    ticket: Option<String>,
    /// The message.
    message: Option<String>,
    /// Why: clue, detail and weight of each piece of evidence.
    #[schema(value_type = Vec<serde_json::Value>)]
    evidence: Value,
    /// What is odd about the mail.
    #[schema(value_type = Vec<String>)]
    oddities: Value,
}

impl ShownOutcome {
    /// Shows what became of a mail.
    pub fn of(outcome: Outcome) -> Self {
        Self {
            mail: outcome.mail.to_string(),
            outcome: outcome.outcome,
            ticket: outcome.ticket,
            message: outcome.message.map(|message| message.to_string()),
            evidence: outcome.evidence,
            oddities: outcome.oddities,
        }
    }
}

/// Brings a mail
///
/// The bytes of the mail are the body; at most 64 MB. The answer comes when it is durable and decided;
/// where the decision takes longer than 10 seconds, its outcome is `accepted`.
#[utoipa::path(
    post,
    path = "/api/v1/mailboxes/{name}/mails",
    params(("name" = String, Path, description = "The mailbox"), Envelope),
    request_body(content_type = "message/rfc822", description = "The mail"),
    responses((status = 201, description = "The outcome", body = ShownOutcome), Problems),
    security(("token" = ["mails:write"]))
)]
async fn deliver(
    mut caller: Caller<MailsWrite>,
    Path(name): Path<String>,
    Query(envelope): Query<Envelope>,
    request: Request,
) -> Answer {
    if caller.directory.mailbox(&name).is_none() {
        caller.directory = caller.app.directory_anew().await?;
    }
    let mailbox = mailbox(&caller, &name)?;
    let (headers, uri) = (request.headers().clone(), request.uri().clone());
    let bytes = mail_in(&headers, request).await?;
    let arrival = arrival(mailbox, &envelope);
    let blobs = caller.app.blobs.clone();
    let message_id = thread_of(&bytes).message_id;
    let raw = tokio::task::spawn_blocking(move || blobs.prepare(&bytes)).await;
    let raw = raw.map_err(Failure::other)??;
    let repeat = Repeat::of(&headers, &uri, &[&raw.hash])?;
    let (id, now): (MailId, _) = (caller.app.ids.next(caller.now), caller.now);
    let message_id = message_id.as_deref();
    let store = StoreMail { id, arrival: &arrival, message_id, raw: &raw, now };
    let accepted = |_: Stored| Ok::<_, HttpError>(answered(Outcome::accepted(id)));
    let stored = settle(&caller, &repeat, &store, accepted).await??;
    if stored.location != answered(Outcome::accepted(id)).location {
        return Ok(send(stored));
    }
    Ok(send(decided(&caller, &repeat, id).await?))
}

/// Waits for the decision about a mail that is durable.
async fn decided(call: &Call, repeat: &Repeat, mail: MailId) -> Result<Reply, HttpError> {
    call.app.stored.notify_one();
    let stored = StoredMail::of(Stored::New(mail));
    let outcome = match decide_within(&call.app, stored, DECISION_WAIT).await {
        Ok(outcome) => outcome,
        Err(failure) => {
            // The mail is durable all the same, and whoever decides comes back to it.
            tracing::error!(%failure, mail = %mail, "cannot decide about a mail");
            Outcome::accepted(mail)
        }
    };
    let reply = answered(outcome);
    if let Some(claim) = repeat.claim(call.actor.agent, call.now) {
        call.app.db.write(&KeepFuller { claim: &claim, reply: &reply }).await?;
    }
    Ok(reply)
}

fn answered(outcome: Outcome) -> Reply {
    let at = location("mails", &outcome.mail.to_string());
    created(&at, None, &ShownOutcome::of(outcome))
}

/// The mailbox with this name, if the actor may bring mails to it.
fn mailbox<'a>(call: &'a Call, name: &str) -> Result<&'a Mailbox, HttpError> {
    let found = call.directory.mailbox(name).ok_or(Denied::NotFound)?;
    let has = |right| allows(&call.actor.rights, right, Place::Area(found.area.number()));
    match (has(Right::ReadMails), has(Right::HandleMails)) {
        (false, _) => Err(Denied::NotFound.into()),
        (true, false) => Err(Denied::NotAllowed.into()),
        (true, true) if !call.directory.mail_rules.processing => {
            Err(conflict("processing_off", "the settings say that no mails are processed").into())
        }
        (true, true) if !found.enabled => {
            Err(conflict("mailbox_off", "the mailbox takes no mails").into())
        }
        (true, true) => Ok(found),
    }
}

async fn mail_in(headers: &HeaderMap, request: Request) -> Result<Bytes, HttpError> {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = sent.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("message/rfc822") {
        return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "not_a_mail").into());
    }
    to_bytes(request.into_body(), MAIL_BYTES_MAX).await.map_err(|_| too_large(MAIL_BYTES_MAX))
}

fn arrival(mailbox: &Mailbox, envelope: &Envelope) -> Arrival {
    let to = envelope.to.as_deref().unwrap_or_default().split(',').map(str::trim);
    Arrival {
        mailbox: mailbox.id,
        way: Way::Api,
        envelope_from: envelope.from.clone(),
        envelope_to: to.filter(|to| !to.is_empty()).map(str::to_owned).collect(),
        internal_date: None,
        is_archive: false,
    }
}
