//! What the outbox says of its mails, and the hands of time.

use db::{Operation, Tx, from_row, params, sql};
use testkit::wait;

use super::{House, PATIENCE};

from_row! {
    struct MailRow {
        id: i64,
        ticket: Option<String>,
        message_id: String,
        state: String,
        attempts: i64,
        perhaps_twice: bool,
        next_at: Option<i64>,
    }
}

from_row! {
    struct RecipientRow {
        mail: i64,
        address: String,
        state: String,
        words: Option<String>,
    }
}

from_row! {
    struct AttemptRow {
        mail: i64,
        outcome: String,
        phase: String,
        words: String,
    }
}

/// A try to hand a mail over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    pub outcome: String,
    pub phase: String,
    pub words: String,
}

/// What became of a mail.
#[derive(Clone, Debug)]
pub struct Fate {
    pub id: i64,
    pub ticket: String,
    pub message_id: String,
    pub state: String,
    pub attempts: i64,
    pub perhaps_twice: bool,
    /// When something is done with it, in milliseconds.
    pub next_at: Option<i64>,
    /// Address, state, the server's words.
    pub recipients: Vec<(String, String, String)>,
    pub tries: Vec<Attempt>,
}

struct MakeDue {
    mail: i64,
    now: i64,
}

impl Operation for MakeDue {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!("update outbound_mail set next_at = $1 where id = $2 and next_at is not null"),
            params![self.now, self.mail],
        )
        .await
        .map(drop)
    }
}

struct EndLeases;

impl Operation for EndLeases {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(sql!("update lease set until_at = 0"), []).await.map(drop)
    }
}

from_row! {
    struct Pause {
        problem: String,
        words: String,
    }
}

from_row! {
    struct Lease {
        fence: i64,
    }
}

impl House {
    /// All mails, oldest first.
    pub async fn fates(&self) -> Vec<Fate> {
        let db = &self.app.db;
        let mails: Vec<MailRow> = db
            .all(
                sql!(
                    "select m.id, t.number as ticket, m.message_id, m.state, m.attempts,
                            m.perhaps_twice, m.next_at
                     from outbound_mail m left join ticket t on t.id = m.ticket
                     order by m.id limit 1000"
                ),
                [],
            )
            .await
            .unwrap();
        let recipients: Vec<RecipientRow> = db
            .all(
                sql!(
                    "select mail, address, state, words from outbound_recipient
                     order by mail, position limit 10000"
                ),
                [],
            )
            .await
            .unwrap();
        let tries: Vec<AttemptRow> = db
            .all(
                sql!(
                    "select mail, outcome, phase, words from outbound_attempt
                     order by mail, number limit 10000"
                ),
                [],
            )
            .await
            .unwrap();
        mails.into_iter().map(|mail| fate(mail, &recipients, &tries)).collect()
    }

    /// The newest mail.
    pub async fn newest(&self) -> Fate {
        self.fates().await.pop().expect("no mail in the outbox")
    }

    /// Waits until the newest mail is in a state.
    pub async fn wait_for(&self, state: &str) -> Fate {
        let newest = self.newest().await.id;
        self.wait_until(newest, state, |fate| fate.state == state).await
    }

    /// Waits until something is true of a mail.
    pub async fn wait_until(&self, mail: i64, what: &str, is_so: impl Fn(&Fate) -> bool) -> Fate {
        let begun = tokio::time::Instant::now();
        loop {
            let fates = self.fates().await;
            let fate = fates.into_iter().find(|fate| fate.id == mail).unwrap();
            if is_so(&fate) {
                return fate;
            }
            assert!(begun.elapsed() < PATIENCE, "not {what}: {fate:#?}\n{}", self.log());
            wait::pass(std::time::Duration::from_millis(20));
        }
    }

    /// So much time passes that the mail is due.
    pub async fn make_due(&self, mail: i64) {
        let now = self.app.now().millis();
        self.app.db.write(&MakeDue { mail, now }).await.unwrap();
    }

    /// So much time passes that whoever gave no sign of life has lost what it held.
    pub async fn leases_end(&self) {
        self.app.db.write(&EndLeases).await.unwrap();
    }

    /// Waits until some process may send.
    pub async fn wait_for_sender(&self) -> i64 {
        let begun = tokio::time::Instant::now();
        loop {
            if let Some(fence) = self.sender_fence().await {
                return fence;
            }
            assert!(begun.elapsed() < PATIENCE, "nobody sends\n{}", self.log());
            wait::pass(std::time::Duration::from_millis(20));
        }
    }

    /// Waits until no mail leaves by the account any more, and tells why.
    pub async fn wait_for_pause(&self) -> (String, String) {
        let begun = tokio::time::Instant::now();
        loop {
            let pauses: Vec<Pause> = self
                .app
                .db
                .all(sql!("select problem, words from relay where paused_until is not null"), [])
                .await
                .unwrap();
            if let Some(pause) = pauses.into_iter().next() {
                return (pause.problem, pause.words);
            }
            assert!(begun.elapsed() < PATIENCE, "no pause\n{}", self.log());
            wait::pass(std::time::Duration::from_millis(20));
        }
    }

    /// The number of the one who holds the lease to send, if it is held.
    pub async fn sender_fence(&self) -> Option<i64> {
        let held: Vec<Lease> = self
            .app
            .db
            .all(
                sql!("select fence from lease where name = 'smtp/0' and until_at > $1"),
                params![self.app.now()],
            )
            .await
            .unwrap();
        held.first().map(|lease| lease.fence)
    }
}

fn fate(mail: MailRow, recipients: &[RecipientRow], tries: &[AttemptRow]) -> Fate {
    let own = recipients.iter().filter(|row| row.mail == mail.id);
    let own_tries = tries.iter().filter(|row| row.mail == mail.id);
    Fate {
        id: mail.id,
        ticket: mail.ticket.unwrap_or_default(),
        message_id: mail.message_id,
        state: mail.state,
        attempts: mail.attempts,
        perhaps_twice: mail.perhaps_twice,
        next_at: mail.next_at,
        recipients: own
            .map(|row| {
                (row.address.clone(), row.state.clone(), row.words.clone().unwrap_or_default())
            })
            .collect(),
        tries: own_tries
            .map(|row| Attempt {
                outcome: row.outcome.clone(),
                phase: row.phase.clone(),
                words: row.words.clone(),
            })
            .collect(),
    }
}
