//! The outbox: every mail that leaves is a row, written in the transaction of what causes it, with
//! its bytes, its Message-ID and its recipients fixed (mail.md 3.2). A worker sends it.

use db::{Result, Tx, params, sql};
use rules::sending::{MailState, RecipientState};
use rules::text::fold_text;
use values::{EmailAddress, Timestamp};

use super::blobs::{self, Prepared};
use super::ids::{AgentId, MessageId, OutboundId, TicketId};
use super::live;

/// What a mail is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An agent's answer.
    Reply,
    /// A mail of the ticket handed on by an agent.
    Forward,
    /// An internal note that an agent sends to chosen people.
    Note,
    /// The requester is told that the ticket is closed.
    Closing,
    /// A notice to an agent.
    Notice,
    /// Any other mail that nobody wrote by hand.
    Automatic,
}

impl Kind {
    /// The code in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Reply => "reply",
            Self::Forward => "forward",
            Self::Note => "note",
            Self::Closing => "closing",
            Self::Notice => "notice",
            Self::Automatic => "automatic",
        }
    }

    /// Whether nobody wrote it by hand: it obeys the limits of automatic mails, and rather gets
    /// lost than doubled.
    pub fn is_automatic(self) -> bool {
        matches!(self, Self::Closing | Self::Notice | Self::Automatic)
    }
}

/// Where a recipient stands in the mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A main recipient.
    To,
    /// A copy.
    Cc,
    /// A copy that the others do not see.
    Bcc,
}

impl Field {
    /// The code in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::To => "to",
            Self::Cc => "cc",
            Self::Bcc => "bcc",
        }
    }
}

/// A recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Where it stands.
    pub field: Field,
    /// The name, or nothing.
    pub name: String,
    /// The address.
    pub address: EmailAddress,
}

/// A mail that is to leave.
pub struct NewMail<'a> {
    /// The mail.
    pub id: OutboundId,
    /// What it is.
    pub kind: Kind,
    /// The ticket it is about.
    pub ticket: Option<TicketId>,
    /// The message of the conversation that it is.
    pub message: Option<MessageId>,
    /// The agent who wrote or caused it.
    pub agent: Option<AgentId>,
    /// Whose mail server takes it ([`crate::record::sender::Sender::account`]).
    pub account: i64,
    /// Name and address of the sender.
    pub from: (&'a str, &'a str),
    /// The return path; empty for none, as in automatic mails.
    pub envelope_from: &'a str,
    /// The subject.
    pub subject: &'a str,
    /// The Message-ID without angle brackets.
    pub message_id: &'a str,
    /// The bytes.
    pub raw: &'a Prepared,
    /// Who gets it; at least one.
    pub recipients: &'a [Recipient],
    /// The present moment.
    pub now: Timestamp,
    /// It does not leave before: until then it can be recalled.
    pub not_before: Timestamp,
}

/// Puts a mail into the outbox.
pub async fn put(tx: &mut Tx<'_>, mail: &NewMail<'_>) -> Result<()> {
    blobs::insert(tx, mail.raw).await?;
    let (from_name, from_address) = mail.from;
    tx.execute(
        sql!(
            "insert into outbound_mail (id, ticket, message, agent, kind, automatic, account,
                 from_name, from_address, envelope_from, subject, subject_key, message_id,
                 raw_hash, size_bytes, state, created_at, not_before, next_at, attempts, warned,
                 perhaps_twice)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
                 $18, $18, 0, 0, 0)"
        ),
        params![
            mail.id,
            mail.ticket,
            mail.message,
            mail.agent,
            mail.kind.code(),
            mail.kind.is_automatic(),
            mail.account,
            from_name,
            from_address,
            mail.envelope_from,
            mail.subject,
            fold_text(mail.subject),
            mail.message_id,
            mail.raw.hash.as_slice(),
            i64::try_from(mail.raw.size_bytes).unwrap_or(i64::MAX),
            MailState::Queued.code(),
            mail.now,
            mail.not_before,
        ],
    )
    .await?;
    for (position, recipient) in (0_i64..).zip(mail.recipients) {
        put_recipient(tx, mail, position, recipient).await?;
    }
    live::announce(tx, live::OUTBOX, mail.id);
    Ok(())
}

async fn put_recipient(
    tx: &mut Tx<'_>,
    mail: &NewMail<'_>,
    position: i64,
    recipient: &Recipient,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into outbound_recipient (mail, position, address, domain, name, field,
                 automatic, state, changed_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ),
        params![
            mail.id,
            position,
            &recipient.address,
            recipient.address.domain(),
            recipient.name.as_str(),
            recipient.field.code(),
            mail.kind.is_automatic(),
            RecipientState::Waiting.code(),
            mail.now,
        ],
    )
    .await
    .map(drop)
}
