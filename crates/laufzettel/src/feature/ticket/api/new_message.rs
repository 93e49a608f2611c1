//! What a new message consists of, or everything that is wrong with it.

use serde::Deserialize;
use utoipa::ToSchema;
use values::{EmailAddress, Timestamp};
use web::Problem;

use crate::api::{Call, Findings, Time, body_of, choice, invalid, line, subject, uploads};
use crate::feature::note::NewNote;
use crate::http::error::HttpError;
use crate::record::message::{Mailbox, Recipients};
use crate::service::search::Visibility;

/// Recipients of a message.
const RECIPIENTS_MAX: usize = 200;
/// 1990-01-01: messages are not older.
const FIRST: Timestamp = Timestamp::from_millis(631_152_000_000);

/// A new message.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewMessage)]
pub struct Body {
    /// Who may see it.
    visibility: Shown,
    /// The body as text; either this or `body_html`.
    body_text: Option<String>,
    /// The body as HTML, which is cleaned like that of a mail.
    body_html: Option<String>,
    /// Whether it is sent. An external message needs `false`, because nothing is sent yet.
    send: Option<bool>,
    /// To whom an external message went; without anybody, to the requester.
    #[serde(default)]
    to: Vec<NewAddress>,
    /// To whom copies of an external message went.
    #[serde(default)]
    cc: Vec<NewAddress>,
    /// The subject of an external message; without one, that of the ticket.
    subject: Option<String>,
    /// Ids of uploads.
    #[serde(default)]
    attachments: Vec<String>,
    /// The status that the ticket gets with it.
    status: Option<String>,
    /// When it was written; without one, now.
    at: Option<Time>,
}

/// Who may see a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Visibility)]
enum Shown {
    /// The team.
    Internal,
    /// The customer, too.
    External,
}

/// A recipient: an address, or an address with a name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
enum NewAddress {
    /// Only the address.
    Plain(String),
    /// With a name.
    Named(NamedAddress),
}

/// An address with a name.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NamedAddress {
    /// The name.
    #[serde(default)]
    name: String,
    /// The address.
    email: String,
}

/// The message that a body asks for.
pub fn wanted(call: &Call, body: &Body) -> Result<NewNote, HttpError> {
    let mut findings = Findings::default();
    check_sending(body, &mut findings);
    let needed = (
        findings.keep(body_of(body.body_text.as_deref(), body.body_html.as_deref())),
        findings.keep(recipients("to", &body.to)),
        findings.keep(recipients("cc", &body.cc)),
        findings.keep(uploads(&body.attachments)),
        findings.keep(written_at(call, body.at)),
    );
    let subject = body.subject.as_deref().map(|text| subject("subject", text));
    let subject = findings.keep(subject.transpose()).flatten();
    let status = choice(&call.directory.statuses, "status", body.status.as_deref());
    let status = findings.keep(status).flatten();
    findings.check()?;
    let (Some(text), Some(to), Some(cc), Some(uploads), Some(at)) = needed else {
        return Err(HttpError::Unreadable);
    };
    Ok(NewNote {
        visibility: match body.visibility {
            Shown::Internal => Visibility::Internal,
            Shown::External => Visibility::External,
        },
        channel: "api",
        body: text,
        subject,
        recipients: Recipients { to, cc, ..Recipients::default() },
        uploads,
        at,
        status,
    })
}

/// Nothing is sent yet, and nobody shall believe that it was.
fn check_sending(body: &Body, findings: &mut Findings) {
    let wants_sending = match body.visibility {
        Shown::External => body.send != Some(false),
        Shown::Internal => body.send == Some(true),
    };
    if wants_sending {
        findings.refuse("send", "sending_not_available", "nothing is sent yet; say false");
    }
    if body.visibility == Shown::Internal && !(body.to.is_empty() && body.cc.is_empty()) {
        findings.refuse("to", "internal", "an internal note has no recipients");
    }
}

fn recipients(field: &str, list: &[NewAddress]) -> Result<Vec<Mailbox>, Problem> {
    if list.len() > RECIPIENTS_MAX {
        return Err(invalid(field, "too_long", "at most 200 recipients"));
    }
    let mut mailboxes = Vec::with_capacity(list.len());
    for (place, address) in list.iter().enumerate() {
        let (name, email) = match address {
            NewAddress::Plain(email) => ("", email),
            NewAddress::Named(named) => (named.name.as_str(), &named.email),
        };
        let email = EmailAddress::parse(email).map_err(|_| {
            let field = format!("{field}[{place}]");
            invalid(&field, "invalid_email", "an address like ann@example.de")
        })?;
        let name = line(name).unwrap_or_default();
        mailboxes.push(Mailbox { name, email: email.to_string() });
    }
    Ok(mailboxes)
}

fn written_at(call: &Call, at: Option<Time>) -> Result<Timestamp, Problem> {
    let Some(Time(at)) = at else { return Ok(call.now) };
    match (FIRST..=call.now).contains(&at) {
        true => Ok(at),
        false => Err(invalid("at", "out_of_range", "a moment since 1990 that is not to come")),
    }
}
