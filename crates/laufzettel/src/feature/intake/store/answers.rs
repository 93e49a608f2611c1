//! SQL of automatic answers and of pairs that fell silent.

use std::time::Duration;

use db::{Result, Tx, View, from_row, params, sql};
use rules::intake::PairFacts;
use values::{EmailAddress, Timestamp};

use crate::feature::intake::apply::ApplyMail;
use crate::feature::journal::store::first_id;
use crate::record::{OutboundId, TicketId};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

from_row! {
    struct Count {
        count: i64,
    }
}

/// Whether somebody at this address reads what we send.
pub async fn is_proved(view: &mut View<'_>, address: &EmailAddress) -> Result<bool> {
    let row: Count = view
        .one(
            sql!("select count(*) as count from proved_address where address = $1"),
            params![address],
        )
        .await?;
    Ok(row.count > 0)
}

/// Writes down that somebody at this address reads what we send.
pub async fn prove(tx: &mut Tx<'_>, address: &EmailAddress, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "insert into proved_address (address, proved_at) values ($1, $2)
             on conflict (address) do nothing"
        ),
        params![address, now],
    )
    .await
    .map(drop)
}

from_row! {
    /// What is known of an address and a mailbox.
    pub struct Pair {
        /// Whether it is silent.
        pub is_muted: bool,
        /// Automatic answers of all mailboxes in the last day.
        pub answers_of_day: i64,
        /// Automatic answers of this mailbox in the last hour.
        pub answers_of_hour: i64,
        /// Mails with a token of ours in the last day.
        pub echoes_of_day: i64,
        /// New tickets in the last hour.
        pub tickets_of_hour: i64,
    }
}

impl Pair {
    /// What decides whether it falls silent.
    pub fn facts(&self) -> PairFacts {
        PairFacts {
            tickets_of_hour: self.tickets_of_hour,
            answers_of_day: self.answers_of_day,
            echoes_of_day: self.echoes_of_day,
        }
    }
}

/// What is known of the sender of a mail and its mailbox.
pub async fn pair(tx: &mut Tx<'_>, apply: &ApplyMail<'_>, from: &EmailAddress) -> Result<Pair> {
    let (mailbox, now) = (apply.mailbox.id, apply.now);
    tx.one(
        sql!(
            "select (case when exists (select 1 from muted_pair
                                       where mailbox = $1 and address = $2) then 1 else 0 end) as is_muted,
                    (select count(*) from automatic_answer
                     where address = $2 and at > $3) as answers_of_day,
                    (select count(*) from automatic_answer
                     where address = $2 and at > $4 and mailbox = $1) as answers_of_hour,
                    (select count(*) from token_echo
                     where address = $2 and mailbox = $1 and at > $3) as echoes_of_day,
                    (select count(*) from (select id from inbound_mail
                     where from_address = $2 and id > $5 and mailbox = $1 and outcome = 'new_ticket'
                     limit 20) late) as tickets_of_hour"
        ),
        params![mailbox, from, now.minus(DAY), now.minus(HOUR), first_id(now.minus(HOUR))],
    )
    .await
}

/// Writes down that a third party sent us a token of ours.
pub async fn note_echo(tx: &mut Tx<'_>, apply: &ApplyMail<'_>, from: &EmailAddress) -> Result<()> {
    tx.execute(
        sql!(
            "insert into token_echo (mail, mailbox, address, at) values ($1, $2, $3, $4)
             on conflict (mail) do nothing"
        ),
        params![apply.waiting.id, apply.mailbox.id, from, apply.now],
    )
    .await
    .map(drop)
}

/// Lets a pair fall silent.
pub async fn mute(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    (from, ticket): (&EmailAddress, TicketId),
    why: &str,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into muted_pair (mailbox, address, why, ticket, since_at)
             values ($1, $2, $3, $4, $5)
             on conflict (mailbox, address) do nothing"
        ),
        params![apply.mailbox.id, from, why, ticket, apply.now],
    )
    .await
    .map(drop)
}

/// Writes down that the sender was answered, and makes the ticket findable by the answer's name.
pub async fn note_answer(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    mail: OutboundId,
    ticket: TicketId,
    message_id: &str,
) -> Result<()> {
    tx.execute(
        sql!("insert into automatic_answer (mail, mailbox, address, at) values ($1, $2, $3, $4)"),
        params![mail, apply.mailbox.id, apply.read.from(), apply.now],
    )
    .await?;
    tx.execute(
        sql!(
            "insert into message_reference (message_id, ticket, message) values ($1, $2, $3)
             on conflict (message_id, ticket) do nothing"
        ),
        params![message_id, ticket, apply.read.message],
    )
    .await
    .map(drop)
}
