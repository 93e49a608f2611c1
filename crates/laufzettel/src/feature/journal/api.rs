//! The journal of mails in the API.

use axum::extract::Path;
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use values::hex;
use web::{Problem, Query, attachment_headers, decode_cursor, encode_cursor, limit};

use super::narrow::Narrow;
use super::read::{Kind, ReadMail, ReadMails};
use super::sought::moment;
use super::store::{ListedMail, StoredMail};
use super::{Retried, RetryMail, original_of};
use crate::App;
use crate::api::{
    Call, Caller, MailsRead, MailsWrite, Nothing, Page, Post, Problems, Time, changed_unversioned,
    conflict, once, shown, unknown,
};
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::record::{MailId, MailboxId};
use crate::service::idempotency::Reply;

/// Rows of a page without a wish.
const USUAL_ROWS: u32 = 50;

/// The routes of the journal.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list))
        .routes(routes!(read))
        .routes(routes!(raw))
        .routes(routes!(retry))
        .merge(super::placing_api::routes())
}

/// Which mails are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// An address, a Message-ID, the number of a ticket, a day with or without a time of day, or
    /// words.
    query: Option<String>,
    /// `all`, `undecided`, `waiting`, `without_ticket` or `quarantined`.
    kind: Option<String>,
    /// What became of them: `new_ticket`, `follow_up`, `event`, `unassigned`, `bounce`, `duplicate`,
    /// `filtered`, `quarantined`, `waiting` or `gone`.
    outcome: Option<String>,
    /// The class of automatic mail: `bounce_hard`, `out_of_office`, `newsletter`, …
    class: Option<String>,
    /// Only this mailbox.
    mailbox: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A mail of the journal, as lists show it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailSummary)]
pub struct ShownSummary {
    /// The entry.
    id: String,
    /// The mailbox.
    mailbox: Option<String>,
    /// `seen`, `stored`, `applied`, `duplicate`, `filtered`, `quarantined` or `gone`.
    state: String,
    /// What became of it; `null` as long as it waits.
    outcome: Option<String>,
    /// The number of the ticket.
    ticket: Option<String>,
    /// The sender.
    from: Sender,
    /// The subject.
    subject: Option<String>,
    /// When it was noted.
    arrived_at: Time,
    /// How often it was tried.
    attempts: i64,
    /// Why: clue, detail and weight of each piece of evidence.
    #[schema(value_type = Vec<serde_json::Value>)]
    evidence: Value,
    /// What is odd about it.
    #[schema(value_type = Vec<String>)]
    oddities: Value,
}

/// The sender of a mail.
#[derive(Debug, Serialize, ToSchema)]
struct Sender {
    /// The name.
    name: Option<String>,
    /// The address.
    email: Option<String>,
}

/// A mail of the journal with everything that is known of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mail)]
pub struct ShownMail {
    /// What lists show.
    #[serde(flatten)]
    summary: ShownSummary,
    /// How it came: `imap`, `lmtp`, `deliver`, `import` or `api`.
    source: String,
    /// The sender in the envelope.
    envelope_from: Option<String>,
    /// The recipients in the envelope.
    envelope_to: Vec<String>,
    /// The folder on the server.
    folder: Option<String>,
    /// The UID in the folder.
    uid: Option<i64>,
    /// The size in bytes.
    size_bytes: i64,
    /// SHA-256 of the original in hexadecimal digits.
    sha256: Option<String>,
    /// What is still to be done on the server: `none`, `pending`, `done`, `gone` or `failed`.
    server: String,
    /// What the server said.
    server_words: Option<String>,
    /// Why it was filtered or put into quarantine.
    problem: Option<String>,
    /// The Message-ID.
    message_id: Option<String>,
    /// The entry of which it is a duplicate.
    duplicate_of: Option<String>,
    /// When it was decided.
    decided_at: Option<Time>,
}

/// Lists mails
///
/// Newest first, of the mailboxes whose areas the agent may read.
#[utoipa::path(
    get,
    path = "/api/v1/mails",
    params(Asked),
    responses((status = 200, description = "A page", body = Page<ShownSummary>), Problems),
    security(("token" = ["mails:read"]))
)]
async fn list(caller: Caller<MailsRead>, Query(asked): Query<Asked>) -> Answer {
    let rows = limit(asked.limit, USUAL_ROWS)?;
    let text = asked.query.as_deref().unwrap_or_default();
    let (kind, mailbox) = (kind(asked.kind.as_deref())?, mailbox(&caller, &asked)?);
    let narrow = narrow(&asked)?;
    let list = format!("mails {kind:?} {narrow:?} {mailbox:?} {text}");
    let before = asked.cursor.as_deref().map(|cursor| decode_cursor(&list, cursor));
    let before = before.transpose().map_err(Problem::from)?.unwrap_or_default();
    let read = ReadMails {
        actor: &caller.actor,
        directory: &caller.directory,
        text,
        between: moment(text, caller.now, &caller.app.config.time_zone),
        kind,
        narrow,
        period: None,
        mailbox,
        before: before.first().map(|number| MailId::from_number(*number)),
        limit: i64::from(rows),
    };
    let page = caller.app.db.read_long(&read).await?;
    let items = page.rows.iter().map(|mail| ShownSummary::of(&caller, mail)).collect();
    let next = page.next.map(|mail| encode_cursor(&list, &[mail.number()]));
    Ok(shown(&Page { items, next }))
}

/// Reads a mail
#[utoipa::path(
    get,
    path = "/api/v1/mails/{id}",
    params(("id" = String, Path, description = "The entry of the journal")),
    responses((status = 200, description = "The mail", body = ShownMail), Problems),
    security(("token" = ["mails:read"]))
)]
async fn read(caller: Caller<MailsRead>, Path(id): Path<String>) -> Answer {
    let mail = find(&caller, &id).await?;
    Ok(shown(&ShownMail::of(&caller, mail)))
}

/// Downloads the original of a mail
///
/// Byte for byte as it came.
#[utoipa::path(
    get,
    path = "/api/v1/mails/{id}/raw",
    params(("id" = String, Path, description = "The entry of the journal")),
    responses(
        (status = 200, description = "The mail", content_type = "message/rfc822"),
        Problems
    ),
    security(("token" = ["mails:read"]))
)]
async fn raw(caller: Caller<MailsRead>, Path(id): Path<String>) -> Answer {
    let mail = find(&caller, &id).await?.id;
    let bytes = original_of(&caller.app, mail).await??;
    let name = format!("{mail}.eml");
    let headers = attachment_headers(&name, "message/rfc822", bytes.len() as u64);
    Ok((headers, bytes).into_response())
}

/// Tries a mail again
///
/// One that was filtered or put into quarantine is decided again; 409 for any other.
#[utoipa::path(
    post,
    path = "/api/v1/mails/{id}/retry",
    params(("id" = String, Path, description = "The entry of the journal")),
    request_body = Nothing,
    responses((status = 200, description = "It waits for its decision", body = Retrying), Problems),
    security(("token" = ["mails:write"]))
)]
async fn retry(caller: Caller<MailsWrite>, Path(id): Path<String>, post: Post<Nothing>) -> Answer {
    let mail = MailId::parse(&id).ok_or(Denied::NotFound)?;
    let retry = RetryMail {
        actor: &caller.actor,
        directory: &caller.directory,
        mail,
        ids: &caller.app.ids,
        now: caller.now,
    };
    let answer = once(&caller, &post.repeat, &retry, |retried| match retried {
        Retried::Waiting => {
            let waiting = Retrying { mail: mail.to_string(), outcome: "accepted" };
            Ok::<Reply, HttpError>(changed_unversioned(&waiting))
        }
        Retried::NothingToTry => Err(conflict("nothing_to_try", "the mail is decided").into()),
        Retried::Denied(denied) => Err(denied.into()),
    })
    .await;
    caller.app.stored.notify_one();
    answer
}

/// A mail that waits for its decision.
#[derive(Debug, Serialize, ToSchema)]
struct Retrying {
    /// The entry of the journal.
    mail: String,
    /// `accepted`: its decision follows.
    outcome: &'static str,
}

async fn find(call: &Call, id: &str) -> Result<StoredMail, HttpError> {
    let mail = MailId::parse(id).ok_or(Denied::NotFound)?;
    let read = ReadMail { actor: &call.actor, directory: &call.directory, mail };
    Ok(call.app.db.read(&read).await??)
}

fn kind(code: Option<&str>) -> Result<Kind, Problem> {
    match code {
        Some(code) => Kind::from_code(code).ok_or_else(|| unknown("kind")),
        None => Ok(Kind::All),
    }
}

/// What the list is limited to. A word that nobody knows is said to be one.
fn narrow(asked: &Asked) -> Result<Narrow, Problem> {
    let narrow = Narrow::read(asked.outcome.as_deref(), asked.class.as_deref());
    match () {
        () if asked.outcome.is_some() && narrow.outcome.is_none() => Err(unknown("outcome")),
        () if asked.class.is_some() && narrow.class.is_none() => Err(unknown("class")),
        () => Ok(narrow),
    }
}

/// The mailbox that is named. An unknown one finds nothing, so that names cannot be tried.
fn mailbox(call: &Call, asked: &Asked) -> Result<Option<MailboxId>, Problem> {
    let Some(name) = asked.mailbox.as_deref() else { return Ok(None) };
    let found = call.directory.mailbox(name).map(|mailbox| mailbox.id);
    Ok(Some(found.unwrap_or(MailboxId::from_number(0))))
}

fn name_of(call: &Call, mailbox: MailboxId) -> Option<String> {
    call.directory.mailbox_by_id(mailbox).map(|mailbox| mailbox.name.clone())
}

fn parsed(json: Option<&str>) -> Value {
    let list = json.and_then(|json| serde_json::from_str(json).ok());
    list.unwrap_or_else(|| Value::Array(Vec::new()))
}

impl ShownSummary {
    fn of(call: &Call, mail: &ListedMail) -> Self {
        Self {
            id: mail.id.to_string(),
            mailbox: name_of(call, mail.mailbox),
            state: mail.state.clone(),
            outcome: mail.outcome.clone(),
            ticket: mail.number.clone(),
            from: Sender { name: mail.from_name.clone(), email: mail.from_address.clone() },
            subject: mail.subject.clone(),
            arrived_at: Time(mail.arrived_at),
            attempts: mail.attempts,
            evidence: parsed(mail.evidence.as_deref()),
            oddities: parsed(mail.oddities.as_deref()),
        }
    }
}

impl ShownMail {
    fn of(call: &Call, mail: StoredMail) -> Self {
        let envelope_to = mail.envelope_to.as_deref().unwrap_or_default();
        Self {
            summary: ShownSummary {
                id: mail.id.to_string(),
                mailbox: name_of(call, mail.mailbox),
                state: mail.state,
                outcome: mail.outcome,
                ticket: mail.number,
                from: Sender { name: mail.from_name, email: mail.from_address },
                subject: mail.subject,
                arrived_at: Time(mail.arrived_at),
                attempts: mail.attempts,
                evidence: parsed(mail.evidence.as_deref()),
                oddities: parsed(mail.oddities.as_deref()),
            },
            source: mail.source,
            envelope_from: mail.envelope_from,
            envelope_to: envelope_to.split_whitespace().map(str::to_owned).collect(),
            folder: mail.folder,
            uid: mail.uid,
            size_bytes: mail.size_bytes,
            sha256: mail.raw_hash.map(|hash| hex(&hash)),
            server: mail.server,
            server_words: mail.server_words,
            problem: mail.problem,
            message_id: mail.message_id,
            duplicate_of: mail.duplicate_of.map(|mail| mail.to_string()),
            decided_at: mail.decided_at.map(Time),
        }
    }
}
