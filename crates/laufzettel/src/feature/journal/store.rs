//! SQL of the journal: what is looked for, one entry, the words of those outside tickets.

mod list;

use db::{Query, Result, View, from_row, json_list, params, sql};
use values::{EmailAddress, IdMaker, Timestamp};

use crate::record::packed::Packed;
use crate::record::{AreaId, MailId, MailboxId, MessageId, RegroupingId, TicketId};

pub use list::{Counted, List, ListedMail, Within, counts, list};

/// Entries outside tickets whose subjects are compared.
const NEWEST_MAX: i64 = 1_000;

/// The smallest id that a mail of this moment can have.
pub fn first_id(at: Timestamp) -> MailId {
    IdMaker::new(0, Timestamp::from_millis(0)).next(at)
}

/// The mailboxes whose entries are wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mailboxes {
    /// All.
    All,
    /// These.
    Some(Vec<MailboxId>),
}

/// Entries that are looked for by something exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// The sender.
    From(EmailAddress),
    /// The Message-ID.
    MessageId(String),
    /// The ticket.
    Ticket(TicketId),
    /// The entries themselves.
    Ids(Vec<i64>),
}

from_row! {
    struct TicketRow {
        id: TicketId,
    }
}

/// The ticket with this number.
pub async fn ticket(view: &mut View<'_>, number: &str) -> Result<Option<TicketId>> {
    let row: Option<TicketRow> = view
        .optional(
            sql!("select coalesce(merged_into, id) as id from ticket where number_key = $1"),
            params![rules::number::fold_number(number)],
        )
        .await?;
    Ok(row.map(|row| row.id))
}

from_row! {
    struct MailRow {
        mail: i64,
    }
}

/// The entries of messages.
pub async fn of_messages(view: &mut View<'_>, messages: &[i64]) -> Result<Vec<i64>> {
    let mut query = Query::new("select mail from message where mail is not null and");
    query.push_in_ids("id", json_list(messages.iter().copied()));
    let rows: Vec<MailRow> = view.list(&query).await?;
    Ok(rows.into_iter().map(|row| row.mail).collect())
}

from_row! {
    /// What is known of an entry that is in no ticket.
    #[derive(Clone, Debug)]
    pub struct Outside {
        /// The entry.
        pub id: i64,
        /// The sender's name.
        pub from_name: Option<String>,
        /// The sender's address.
        pub from_address: Option<String>,
        /// The subject.
        pub subject: Option<String>,
    }
}

/// The entries without a message of a ticket, among the newest ones: no search document holds their
/// words.
pub async fn newest_outside_tickets(view: &mut View<'_>) -> Result<Vec<Outside>> {
    view.all(
        sql!(
            "select m.id, m.from_name, m.from_address, m.subject
             from (select id, message, from_name, from_address, subject
                   from inbound_mail where id > 0 order by id desc limit $1) m
             where m.message is null"
        ),
        params![NEWEST_MAX],
    )
    .await
}

from_row! {
    /// An entry with everything that is known of it.
    #[derive(Clone, Debug)]
    pub struct StoredMail {
        /// The entry.
        pub id: MailId,
        /// The mailbox.
        pub mailbox: MailboxId,
        /// How it came: `imap`, `lmtp`, `deliver`, `import`, `api`.
        pub source: String,
        /// The sender in the envelope.
        pub envelope_from: Option<String>,
        /// The recipients in the envelope, separated by blanks.
        pub envelope_to: Option<String>,
        /// The folder on the server.
        pub folder: Option<String>,
        /// The UID in the folder.
        pub uid: Option<i64>,
        /// The size in bytes.
        pub size_bytes: i64,
        /// When it was noted.
        pub arrived_at: Timestamp,
        /// SHA-256 of the original.
        pub raw_hash: Option<Vec<u8>>,
        /// The state, see the migration.
        pub state: String,
        /// What is still to be done on the server.
        pub server: String,
        /// What the server said.
        pub server_words: Option<String>,
        /// How often it was tried.
        pub attempts: i64,
        /// Why it was filtered or put into quarantine.
        pub problem: Option<String>,
        /// The Message-ID.
        pub message_id: Option<String>,
        /// The sender's address.
        pub from_address: Option<String>,
        /// The sender's name.
        pub from_name: Option<String>,
        /// The subject.
        pub subject: Option<String>,
        /// The outcome of interface.md.
        pub outcome: Option<String>,
        /// The number of the ticket.
        pub number: Option<String>,
        /// The area of the ticket.
        pub area: Option<AreaId>,
        /// The message.
        pub message: Option<MessageId>,
        /// The entry of which it is a duplicate.
        pub duplicate_of: Option<MailId>,
        /// The mailbox by which that one came.
        pub first_mailbox: Option<MailboxId>,
        /// The number of the ticket in which that one lies.
        pub first_number: Option<String>,
        /// Evidence and notices as JSON.
        pub evidence: Option<String>,
        /// What is odd about it, as JSON.
        pub oddities: Option<String>,
        /// When it was decided.
        pub decided_at: Option<Timestamp>,
        /// The parts of its message, as JSON.
        pub segments: Option<Packed>,
        /// The files of its message, as JSON.
        pub attachments: Option<String>,
        /// To whom it went, as JSON.
        pub recipients: Option<String>,
        /// What brought its message from another ticket to this one.
        pub regrouped: Option<RegroupingId>,
    }
}

/// An entry. Whoever asks checks the right on its mailbox.
pub async fn one(view: &mut View<'_>, mail: MailId) -> Result<Option<StoredMail>> {
    view.optional(
        sql!(
            "select m.id, m.mailbox, m.source, m.envelope_from, m.envelope_to, m.folder, m.uid,
                    m.size_bytes, m.arrived_at, m.raw_hash, m.state, m.server, m.server_words,
                    m.attempts + m.deaths as attempts, m.problem, m.message_id, m.from_address,
                    m.from_name, m.subject,
                    m.outcome, t.number, t.area, m.message, m.duplicate_of,
                    f.mailbox as first_mailbox, ft.number as first_number,
                    m.evidence, m.oddities, m.decided_at,
                    g.segments, g.attachments, g.recipients, g.regrouped
             from inbound_mail m
             left join ticket t on t.id = m.ticket
             left join message g on g.id = m.message
             left join inbound_mail f on f.id = m.duplicate_of
             left join ticket ft on ft.id = f.ticket
             where m.id = $1"
        ),
        params![mail],
    )
    .await
}

from_row! {
    struct HashRow {
        raw_hash: Vec<u8>,
    }
}

/// The hashes of some originals from this entry on, for a sample.
pub async fn hashes_from(view: &mut View<'_>, from: MailId, limit: i64) -> Result<Vec<Vec<u8>>> {
    let rows: Vec<HashRow> = view
        .all(
            sql!(
                "select raw_hash from inbound_mail
                 where id >= $1 and raw_hash is not null
                 order by id
                 limit $2"
            ),
            params![from, limit],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.raw_hash).collect())
}
