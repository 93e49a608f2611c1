//! SQL of the journal: entries, their states, what is still to be done on a server.

use db::{Db, Failure, Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::uidl;
use crate::feature::intake::store_mail::{NoteSeen, StoreMail, Way};
use crate::record::{MailId, MailboxId, MessageId, TicketId};

from_row! {
    struct IdRow {
        id: MailId,
    }
}

pub(super) fn size(bytes: u64) -> Result<i64> {
    i64::try_from(bytes).map_err(Failure::other)
}

/// Makes the entry of a mail that was brought.
pub async fn insert_brought(tx: &mut Tx<'_>, mail: &StoreMail<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "insert into inbound_mail (id, mailbox, source, envelope_from, envelope_to, size_bytes,
                 internal_date, arrived_at, raw_hash, state, server, archive, attempts, message_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'stored', 'none', $10, 0, $11)"
        ),
        params![
            mail.id,
            mail.arrival.mailbox,
            mail.arrival.way.code(),
            mail.arrival.envelope_from.as_deref(),
            mail.arrival.envelope_to.join(" "),
            size(mail.raw.size_bytes)?,
            mail.arrival.internal_date,
            mail.now,
            mail.raw.hash.as_slice(),
            mail.arrival.is_archive,
            mail.message_id,
        ],
    )
    .await
    .map(drop)
}

/// Makes or fills the entry of a mail that was fetched, unless it was stored before.
pub async fn insert_fetched(tx: &mut Tx<'_>, mail: &StoreMail<'_>) -> Result<Option<MailId>> {
    let Way::Imap { folder, uidvalidity, uid, left_bytes, is_sent, flags, .. } = &mail.arrival.way
    else {
        return Ok(None);
    };
    let stored: Option<IdRow> = tx
        .optional(
            sql!(
                "insert into inbound_mail (id, mailbox, source, envelope_to, folder, uidvalidity,
                     uid, size_bytes, internal_date, arrived_at, raw_hash, message_id, state,
                     server, archive, attempts, left_bytes, was_seen, was_answered)
                 values ($1, $2, $12, '', $3, $4, $5, $6, $7, $8, $9, $10, 'stored', $13, 0, 0,
                     $11, $14, $15)
                 on conflict (mailbox, folder, uidvalidity, uid) do update
                 set size_bytes = excluded.size_bytes, internal_date = excluded.internal_date,
                     raw_hash = excluded.raw_hash, message_id = excluded.message_id,
                     state = 'stored', server = 'pending', problem = null,
                     left_bytes = excluded.left_bytes, was_seen = excluded.was_seen,
                     was_answered = excluded.was_answered
                 where inbound_mail.state in ('seen', 'gone')
                 returning id"
            ),
            params![
                mail.id,
                mail.arrival.mailbox,
                folder.as_str(),
                i64::from(*uidvalidity),
                i64::from(*uid),
                size(mail.raw.size_bytes)?,
                mail.arrival.internal_date,
                mail.now,
                mail.raw.hash.as_slice(),
                mail.message_id,
                left_bytes.map(i64::from),
                mail.arrival.way.code(),
                if *is_sent { "none" } else { "pending" },
                flags.seen,
                flags.answered,
            ],
        )
        .await?;
    Ok(stored.map(|row| row.id))
}

/// The entry of a delivery that was stored before.
pub async fn known_delivery(tx: &mut Tx<'_>, mail: &StoreMail<'_>) -> Result<Option<MailId>> {
    if let Way::Pop3 { uidl, .. } = &mail.arrival.way {
        return uidl::known_uidl(tx, mail.arrival.mailbox, uidl).await;
    }
    let Way::Imap { folder, uidvalidity, uid, .. } = &mail.arrival.way else { return Ok(None) };
    let row: Option<IdRow> = tx
        .optional(
            sql!(
                "select id from inbound_mail
                 where mailbox = $1 and folder = $2 and uidvalidity = $3 and uid = $4"
            ),
            params![
                mail.arrival.mailbox,
                folder.as_str(),
                i64::from(*uidvalidity),
                i64::from(*uid)
            ],
        )
        .await?;
    Ok(row.map(|row| row.id))
}

/// The entry of the same bytes that an earlier import stored in the same mailbox.
pub async fn same_import(tx: &mut Tx<'_>, mail: &StoreMail<'_>) -> Result<Option<MailId>> {
    let row: Option<IdRow> = tx
        .optional(
            sql!(
                "select id from inbound_mail
                 where raw_hash = $1 and mailbox = $2 and source = 'import'
                 order by id limit 1"
            ),
            params![mail.raw.hash.as_slice(), mail.arrival.mailbox],
        )
        .await?;
    Ok(row.map(|row| row.id))
}

/// Makes the entry of a mail that lies on the server.
pub async fn note_seen(
    tx: &mut Tx<'_>,
    seen: &NoteSeen<'_>,
    id: MailId,
    uid: u32,
    size_bytes: u64,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into inbound_mail (id, mailbox, source, envelope_to, folder, uidvalidity, uid,
                 size_bytes, arrived_at, state, server, archive, attempts)
             values ($1, $2, 'imap', '', $3, $4, $5, $6, $7, 'seen', 'none', 0, 0)
             on conflict (mailbox, folder, uidvalidity, uid) do nothing"
        ),
        params![
            id,
            seen.mailbox,
            seen.folder,
            i64::from(seen.uidvalidity),
            i64::from(uid),
            size(size_bytes)?,
            seen.now,
        ],
    )
    .await
    .map(drop)
}

from_row! {
    /// An entry that waits for its decision.
    #[derive(Clone, Debug)]
    pub struct Waiting {
        /// The entry.
        pub id: MailId,
        /// The mailbox.
        pub mailbox: MailboxId,
        /// The sender in the envelope.
        pub envelope_from: Option<String>,
        /// The recipients in the envelope, separated by blanks.
        pub envelope_to: Option<String>,
        /// When the server got it.
        pub internal_date: Option<Timestamp>,
        /// When it was stored.
        pub arrived_at: Timestamp,
        /// The bytes.
        pub raw_hash: Vec<u8>,
        /// How many there are.
        pub size_bytes: i64,
        /// Whether it is history.
        pub archive: bool,
        /// How often reading it failed.
        pub attempts: i64,
        /// How often a process ended while it read this mail alone.
        pub deaths: i64,
        /// Its size, if only its head was taken because it is too large.
        pub left_bytes: Option<i64>,
        /// Whether it lay in a Sent folder: somebody of the team wrote it.
        pub is_sent: bool,
        /// Whether somebody had read it on its server before it was fetched.
        pub was_seen: bool,
        /// Whether somebody had answered it there.
        pub was_answered: bool,
    }
}

/// The oldest entries that wait for their decision, after the given one.
pub async fn waiting(view: &mut View<'_>, after: MailId, limit: i64) -> Result<Vec<Waiting>> {
    view.all(
        sql!(
            "select id, mailbox, envelope_from, envelope_to, internal_date, arrived_at, raw_hash,
                    size_bytes, archive, attempts, deaths, left_bytes, was_seen, was_answered,
                    (case when source = 'sent' then 1 else 0 end) as is_sent
             from inbound_mail
             where state = 'stored' and id > $1
             order by id
             limit $2"
        ),
        params![after, limit],
    )
    .await
}

/// An entry that waits for its decision, held against other processes until the end of the
/// transaction.
pub async fn hold(tx: &mut Tx<'_>, mail: MailId) -> Result<Option<Waiting>> {
    tx.optional(
        sql!(
            sqlite: "select id, mailbox, envelope_from, envelope_to, internal_date, arrived_at,
                            raw_hash, size_bytes, archive, attempts, deaths, left_bytes,
                            was_seen, was_answered,
                            (case when source = 'sent' then 1 else 0 end) as is_sent
                     from inbound_mail
                     where id = $1 and state = 'stored'",
            postgres: "select id, mailbox, envelope_from, envelope_to, internal_date, arrived_at,
                              raw_hash, size_bytes, archive, attempts, deaths, left_bytes,
                              was_seen, was_answered,
                              (case when source = 'sent' then 1 else 0 end) as is_sent
                       from inbound_mail
                       where id = $1 and state = 'stored'
                       for update"
        ),
        params![mail],
    )
    .await
}

/// Writes down how often reading a mail failed, and how often a process ended over it.
pub async fn count_tries(tx: &mut Tx<'_>, mail: MailId, failed: i64, died: i64) -> Result<()> {
    tx.execute(
        sql!(
            "update inbound_mail
             set attempts = $1, deaths = $2
             where id = $3 and state = 'stored'"
        ),
        params![failed, died, mail],
    )
    .await
    .map(drop)
}

/// What was decided about a mail.
pub struct Verdict<'a> {
    /// The new state: `applied`, `duplicate`, `filtered` or `quarantined`.
    pub state: &'a str,
    /// The outcome of interface.md.
    pub outcome: &'static str,
    /// The ticket.
    pub ticket: Option<TicketId>,
    /// The message.
    pub message: Option<MessageId>,
    /// The entry of which it is a duplicate.
    pub duplicate_of: Option<MailId>,
    /// The evidence as JSON.
    pub evidence: String,
    /// The oddities as JSON.
    pub oddities: String,
    /// Why it was filtered or put into quarantine.
    pub problem: Option<&'a str>,
    /// What sort of automatic mail it is; `None` for what a person wrote.
    pub class: Option<&'static str>,
    /// The Message-ID.
    pub message_id: Option<&'a str>,
    /// The sender's address.
    pub from_address: Option<&'a str>,
    /// The sender's name.
    pub from_name: Option<&'a str>,
    /// The subject.
    pub subject: Option<&'a str>,
}

/// Writes down what was decided.
pub async fn decide(
    tx: &mut Tx<'_>,
    mail: MailId,
    verdict: &Verdict<'_>,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "update inbound_mail
             set state = $1, outcome = $2, ticket = $3, message = $4, duplicate_of = $5,
                 evidence = $6, oddities = $7, problem = $8, message_id = $9,
                 from_address = $10, from_name = $11, subject = $12, decided_at = $13,
                 class = $14
             where id = $15"
        ),
        params![
            verdict.state,
            verdict.outcome,
            verdict.ticket,
            verdict.message,
            verdict.duplicate_of,
            verdict.evidence.as_str(),
            verdict.oddities.as_str(),
            verdict.problem,
            verdict.message_id,
            verdict.from_address,
            verdict.from_name,
            verdict.subject,
            now,
            verdict.class,
            mail,
        ],
    )
    .await
    .map(drop)
}

/// Puts an entry back in line for its decision, with all tries before it.
pub async fn wait_again(tx: &mut Tx<'_>, mail: MailId) -> Result<bool> {
    let changed = tx
        .execute(
            sql!(
                "update inbound_mail
                 set state = 'stored', attempts = 0, deaths = 0, problem = null
                 where id = $1 and raw_hash is not null
                   and state in ('quarantined', 'filtered')"
            ),
            params![mail],
        )
        .await?;
    Ok(changed == 1)
}

from_row! {
    /// What was decided about a mail.
    #[derive(Clone, Debug)]
    pub struct Decided {
        /// The state.
        pub state: String,
        /// The outcome.
        pub outcome: Option<String>,
        /// The number of the ticket.
        pub number: Option<String>,
        /// The message.
        pub message: Option<MessageId>,
        /// Why, as JSON.
        pub evidence: Option<String>,
        /// What is odd about it, as JSON.
        pub oddities: Option<String>,
    }
}

/// What was decided about a mail, as far as it is.
pub async fn decided(db: &Db, mail: MailId) -> Result<Decided> {
    db.one(
        sql!(
            "select m.state, m.outcome, t.number, m.message, m.evidence, m.oddities
             from inbound_mail m
             left join ticket t on t.id = m.ticket
             where m.id = $1"
        ),
        params![mail],
    )
    .await
}

/// Puts a mail aside; its bytes stay.
pub async fn quarantine(
    tx: &mut Tx<'_>,
    mail: MailId,
    problem: &str,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "update inbound_mail
             set state = 'quarantined', outcome = 'quarantined', problem = $1, decided_at = $2
             where id = $3 and state = 'stored'"
        ),
        params![problem, now, mail],
    )
    .await
    .map(drop)
}
