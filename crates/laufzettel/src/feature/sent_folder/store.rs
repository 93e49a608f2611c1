//! SQL of copies and of mails in the dark.

use db::{Result, Tx, View, from_row, params, sql};
use rules::sending::{MailState, RecipientState, Sighting};
use values::Timestamp;

use crate::record::{MailboxId, OutboundId, TicketId};

from_row! {
    struct Waiting {
        mailbox: MailboxId,
    }
}

/// The mailboxes with copies that are due.
pub async fn with_due(view: &mut View<'_>, now: Timestamp) -> Result<Vec<MailboxId>> {
    let rows: Vec<Waiting> = view
        .all(
            sql!(
                "select b.id as mailbox from mailbox b
                 where exists (select 1 from sent_copy c where c.mailbox = b.id and c.next_at <= $1)
                 order by b.id limit 1000"
            ),
            params![now],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.mailbox).collect())
}

from_row! {
    /// A copy that is due.
    #[derive(Clone, Debug)]
    pub struct Copy {
        /// The mail.
        pub mail: OutboundId,
        /// Its Message-ID.
        pub message_id: String,
        /// Its bytes.
        pub raw_hash: Vec<u8>,
        /// When it was written, which is its date.
        pub written_at: Timestamp,
        /// When it was taken, and the copy asked for.
        pub created_at: Timestamp,
        /// Tries that failed.
        pub attempts: i64,
    }
}

/// The copies of a mailbox that are due, first come first served.
pub async fn due(
    view: &mut View<'_>,
    mailbox: MailboxId,
    now: Timestamp,
    limit: i64,
) -> Result<Vec<Copy>> {
    view.all(
        sql!(
            "select c.mail, m.message_id, m.raw_hash, m.created_at as written_at, c.created_at,
                    c.attempts
             from sent_copy c join outbound_mail m on m.id = c.mail
             where c.mailbox = $1 and c.next_at <= $2
             order by c.next_at, c.mail
             limit $3"
        ),
        params![mailbox, now, limit],
    )
    .await
}

from_row! {
    /// A mail of which nobody knows whether its server took it.
    #[derive(Clone, Debug)]
    pub struct Dark {
        /// The mail.
        pub id: OutboundId,
        /// Its ticket.
        pub ticket: Option<TicketId>,
        /// Whether it is a message of the conversation.
        pub is_message: bool,
        /// What it is.
        pub kind: String,
        /// As whom it left, if it did.
        pub from_address: String,
        /// Its Message-ID.
        pub message_id: String,
        /// The mailbox of its ticket.
        pub of_ticket: Option<MailboxId>,
        /// The number of its last try.
        pub last_try: i64,
        /// When that ended.
        pub ended_at: Timestamp,
        /// Whether the answers of that try are lost.
        pub answers_are_lost: bool,
        /// Whether what is found may be older than that try.
        pub may_be_older: bool,
        /// Recipients who have to get it.
        pub open: i64,
    }
}

impl Dark {
    /// What finding it would mean.
    pub fn sighting(&self) -> Sighting {
        Sighting {
            may_be_older: self.may_be_older,
            answers_are_lost: self.answers_are_lost,
            open: usize::try_from(self.open).unwrap_or_default(),
        }
    }
}

/// The mails for which evidence is waited for, oldest first.
pub async fn dark(view: &mut View<'_>, now: Timestamp, limit: i64) -> Result<Vec<Dark>> {
    view.all(
        sql!(
            "select m.id, m.ticket, (case when m.message is null then 0 else 1 end) as is_message,
                    m.kind, m.from_address, m.message_id,
                    (select j.mailbox from message x join inbound_mail j on j.id = x.mail
                     where x.ticket = m.ticket order by x.id desc limit 1) as of_ticket,
                    a.number as last_try, a.ended_at,
                    (case when a.outcome = 'unknown' then 0 else 1 end) as answers_are_lost,
                    (case when m.perhaps_twice = 1
                         or exists (select 1 from sent_copy c where c.mail = m.id)
                         or exists (select 1 from outbound_recipient r where r.mail = m.id
                             and r.state in ('accepted', 'bounced', 'delayed', 'unconfirmed'))
                         or exists (select 1 from outbound_attempt e where e.mail = m.id
                             and e.number < a.number and e.phase = 'dot'
                             and (e.outcome <> 'answered' or e.words like '2%'))
                     then 1 else 0 end) as may_be_older,
                    (select count(*) from outbound_recipient r
                     where r.mail = m.id and r.state in ('waiting', 'deferred')) as open
             from outbound_mail m join outbound_attempt a on a.mail = m.id
             where m.state = 'uncertain' and m.next_at > $1
               and a.number = (select max(l.number) from outbound_attempt l where l.mail = m.id)
             order by m.id
             limit $2"
        ),
        params![now, limit],
    )
    .await
}

/// Whether a copy still waits.
pub async fn still_waits(tx: &mut Tx<'_>, mail: OutboundId) -> Result<bool> {
    let waiting: Option<Waiting> = tx
        .optional(
            sql!("select mailbox from sent_copy where mail = $1 and next_at is not null"),
            params![mail],
        )
        .await?;
    Ok(waiting.is_some())
}

/// What a try came to.
pub struct Tried<'a> {
    /// The mail.
    pub mail: OutboundId,
    /// `waiting`, `copied`, `found` or `given_up`.
    pub state: &'a str,
    /// When it is tried again.
    pub next_at: Option<Timestamp>,
    /// Whether it failed.
    pub failed: bool,
    /// The folder.
    pub folder: Option<&'a str>,
    /// The server's words.
    pub words: Option<&'a str>,
}

/// Writes down what a try came to.
pub async fn write_tried(tx: &mut Tx<'_>, tried: &Tried<'_>, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "update sent_copy
             set state = $1, next_at = $2, attempts = attempts + $3, folder = $4, words = $5,
                 changed_at = $6
             where mail = $7 and next_at is not null"
        ),
        params![
            tried.state,
            tried.next_at,
            i64::from(tried.failed),
            tried.folder,
            tried.words,
            now,
            tried.mail,
        ],
    )
    .await
    .map(drop)
}

/// What was put off is due now: the settings of the mailbox are new.
pub async fn try_now(tx: &mut Tx<'_>, mailbox: MailboxId, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "update sent_copy set next_at = $1
             where mailbox = $2 and next_at > $1 and attempts > 0"
        ),
        params![now, mailbox],
    )
    .await
    .map(drop)
}

/// Takes a mail out of the dark. `false` if it moved on meanwhile.
pub async fn claim(tx: &mut Tx<'_>, dark: &Dark) -> Result<bool> {
    let claimed = tx
        .execute(
            sql!(
                "update outbound_mail set state = 'sent'
                 where id = $1 and state = 'uncertain' and perhaps_twice = 0
                   and (select max(number) from outbound_attempt where mail = $1) = $2"
            ),
            params![dark.id, dark.last_try],
        )
        .await?;
    Ok(claimed == 1)
}

from_row! {
    struct StateRow {
        state: String,
    }
}

/// Those to whom the last try had said yes have the mail; gives what all recipients are now. Who was
/// put off in that try was so at its end.
pub async fn accept(tx: &mut Tx<'_>, dark: &Dark, now: Timestamp) -> Result<Vec<RecipientState>> {
    tx.execute(
        sql!(
            "update outbound_recipient set state = 'accepted', words = null, changed_at = $1
             where mail = $2
               and (state = 'waiting' or (state = 'deferred' and changed_at < $3))"
        ),
        params![now, dark.id, dark.ended_at],
    )
    .await?;
    let rows: Vec<StateRow> = tx
        .all(
            sql!(
                "select state from outbound_recipient where mail = $1 order by position limit 50000"
            ),
            params![dark.id],
        )
        .await?;
    let known = rows.iter().filter_map(|row| RecipientState::from_code(&row.state));
    Ok(known.collect())
}

/// Writes down where the mail stands, and how that is known.
pub async fn write_found(
    tx: &mut Tx<'_>,
    dark: &Dark,
    state: MailState,
    folder: &str,
    now: Timestamp,
) -> Result<()> {
    let is_sent = state == MailState::Sent;
    let next_at = (state == MailState::Deferred).then_some(now);
    tx.execute(
        sql!(
            "update outbound_mail set state = $1, next_at = $2, words = null,
                 sent_at = (case when $3 = 1 then $4 else sent_at end)
             where id = $5"
        ),
        params![state.code(), next_at, is_sent, now, dark.id],
    )
    .await?;
    tx.execute(
        sql!(
            "insert into outbound_attempt (mail, number, at, ended_at, outcome, phase, words)
             values ($1, $2, $3, $3, 'found', 'dot', $4)"
        ),
        params![dark.id, dark.last_try + 1, now, folder],
    )
    .await
    .map(drop)
}
