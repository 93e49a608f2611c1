//! What the outbox of a story says of its mails, and mails that nobody wrote by hand.

use db::{Operation, Tx, from_row, params, sql};
use laufzettel::record::sender::CONFIGURED;
use laufzettel::record::{OutboundId, SenderId};
use laufzettel::service::blobs::Prepared;
use laufzettel::service::live;
use laufzettel::service::outbox::{self, Field, Kind, NewMail, Recipient};
use testkit::wait;
use values::{EmailAddress, Timestamp};

use super::World;
use super::sending::Relay;

from_row! {
    struct FateRow {
        id: i64,
        state: String,
        attempts: i64,
        perhaps_twice: bool,
        next_at: Option<i64>,
        words: Option<String>,
    }
}

from_row! {
    struct Line {
        mail: i64,
        line: String,
    }
}

from_row! {
    struct RelayRow {
        state: String,
        words: Option<String>,
    }
}

/// What became of a mail.
#[derive(Clone, Debug)]
pub struct Fate {
    pub state: String,
    pub attempts: i64,
    pub perhaps_twice: bool,
    /// The seconds until something is done with it.
    pub seconds: Option<i64>,
    pub words: String,
    /// `ann@kunde.example accepted`, in their order; with the server's words if it said no.
    pub recipients: Vec<String>,
    /// `answered dot 250 2.0.0 kept`, in their order.
    pub tries: Vec<String>,
}

impl World {
    /// All mails, oldest first, once none of them is on its way to the server.
    pub async fn fates(&self) -> Vec<Fate> {
        for _ in 0..1000 {
            let fates = self.read_fates().await;
            let is_moving = |fate: &Fate| {
                let is_due = fate.state == "queued" && fate.seconds.is_some_and(|left| left <= 0);
                is_due || matches!(fate.state.as_str(), "sending" | "dot")
            };
            if !fates.iter().any(is_moving) {
                return fates;
            }
            tokio::task::yield_now().await;
            wait::pass(std::time::Duration::from_millis(10));
        }
        panic!("a mail is handed over for ever: {:#?}", self.read_fates().await)
    }

    /// The newest mail.
    pub async fn newest_fate(&self) -> Fate {
        self.fates().await.pop().expect("no mail in the outbox")
    }

    /// Waits until the newest mail is in a state.
    pub async fn fate_when(&self, state: &str) -> Fate {
        for _ in 0..1000 {
            let fate = self.read_fates().await.pop().expect("no mail in the outbox");
            if fate.state == state {
                return fate;
            }
            tokio::task::yield_now().await;
            wait::pass(std::time::Duration::from_millis(10));
        }
        panic!("never {state}: {:#?}", self.read_fates().await)
    }

    pub async fn read_fates(&self) -> Vec<Fate> {
        let db = &self.app.db;
        let mails: Vec<FateRow> = db
            .all(
                sql!(
                    "select id, state, attempts, perhaps_twice, next_at, words
                     from outbound_mail order by id limit 1000"
                ),
                [],
            )
            .await
            .unwrap();
        let recipients: Vec<Line> = db
            .all(
                sql!(
                    "select mail, address || ' ' || state || ' ' || coalesce(words, '') as line
                     from outbound_recipient order by mail, position limit 10000"
                ),
                [],
            )
            .await
            .unwrap();
        let tries: Vec<Line> = db
            .all(
                sql!(
                    "select mail, outcome || ' ' || phase || ' ' || words as line
                     from outbound_attempt order by mail, number limit 10000"
                ),
                [],
            )
            .await
            .unwrap();
        let now = self.app.now().millis();
        let of = |lines: &[Line], id: i64| -> Vec<String> {
            let own = lines.iter().filter(|line| line.mail == id);
            own.map(|line| line.line.trim_end().to_owned()).collect()
        };
        let fate = |row: FateRow| Fate {
            recipients: of(&recipients, row.id),
            tries: of(&tries, row.id),
            state: row.state,
            attempts: row.attempts,
            perhaps_twice: row.perhaps_twice,
            seconds: row.next_at.map(|next_at| (next_at - now) / 1000),
            words: row.words.unwrap_or_default(),
        };
        mails.into_iter().map(fate).collect()
    }

    /// The Message-IDs of all mails, oldest first.
    pub async fn message_ids(&self) -> Vec<String> {
        let ids: Vec<Line> = self
            .app
            .db
            .all(
                sql!("select id as mail, message_id as line from outbound_mail order by id limit 1000"),
                [],
            )
            .await
            .unwrap();
        ids.into_iter().map(|row| row.line).collect()
    }

    /// Waits until the account pauses and nothing is on its way.
    pub async fn paused(&self) {
        for _ in 0..1000 {
            let is_moving = |fate: &Fate| matches!(fate.state.as_str(), "sending" | "dot");
            let moves = self.read_fates().await.iter().any(is_moving);
            if self.relay_state().await.0 == "paused" && !moves {
                return;
            }
            tokio::task::yield_now().await;
            wait::pass(std::time::Duration::from_millis(10));
        }
        panic!("the account does not pause: {:#?}", self.read_fates().await)
    }

    /// How the newest account by which mails leave fares, with the server's words.
    pub async fn relay_state(&self) -> (String, String) {
        let rows: Vec<RelayRow> = self
            .app
            .db
            .all(sql!("select state, words from relay order by account desc limit 1"), [])
            .await
            .unwrap();
        let row = rows.into_iter().next();
        row.map(|row| (row.state, row.words.unwrap_or_default())).unwrap_or_default()
    }

    /// Answers of this agent leave at once.
    pub async fn at_once(&self) {
        self.app.db.write(&NoUndo).await.unwrap();
        self.app.sessions.drop_actors();
    }

    /// What is wrong with the account is mended: its settings are new, and the server is asked at
    /// once.
    pub async fn mend_account(&self) {
        self.app.db.write(&NewVersion).await.unwrap();
    }

    /// Mails leave by another account on the same server from now on.
    pub async fn next_account(&self, relay: &Relay) {
        let id: SenderId = self.app.ids.next(self.app.now());
        let next = NextSender { id, port: relay.sink.port() };
        self.app.db.write(&next).await.unwrap();
        self.app.forget_lists();
    }

    /// A mail that nobody wrote by hand.
    pub async fn automatic(&self, to: &str) {
        let (app, now) = (&self.app, self.app.now());
        let id: OutboundId = app.ids.next(now);
        let message_id = format!("{id}@firma.example");
        let raw = format!("Message-ID: <{message_id}>\r\nSubject: von selbst\r\n\r\nx\r\n");
        let raw = app.blobs.prepare(raw.as_bytes()).unwrap();
        let address = EmailAddress::parse(to).unwrap();
        let account = match app.directory().await.unwrap().senders.first() {
            Some(sender) => sender.account(),
            None => CONFIGURED,
        };
        let put = Put { id, account, message_id, raw, address, now };
        app.db.write(&put).await.unwrap();
    }
}

struct NoUndo;

impl Operation for NoUndo {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(sql!("update agent set undo_seconds = 0"), []).await.map(drop)
    }
}

struct NewVersion;

impl Operation for NewVersion {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(sql!("update sender set version = version + 1"), []).await?;
        live::announce::<()>(tx, live::LISTS, values::Id::from_number(0));
        Ok(())
    }
}

struct NextSender {
    id: SenderId,
    port: u16,
}

impl Operation for NextSender {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let smtp = format!("{{\"host\":\"127.0.0.1\",\"port\":{},\"tls\":\"none\"}}", self.port);
        tx.execute(sql!("update sender set is_default = 0"), []).await?;
        tx.execute(
            sql!(
                "insert into sender (id, address, name, smtp, active, is_default, version)
                 values ($1, $2, 'Firma', $3, 1, 1, 1)"
            ),
            params![self.id, format!("hilfe{}@firma.example", self.id), smtp],
        )
        .await?;
        live::announce(tx, live::LISTS, self.id);
        Ok(())
    }
}

struct Put {
    id: OutboundId,
    account: i64,
    message_id: String,
    raw: Prepared,
    address: EmailAddress,
    now: Timestamp,
}

impl Operation for Put {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let to = Recipient { field: Field::To, name: String::new(), address: self.address.clone() };
        let mail = NewMail {
            id: self.id,
            kind: Kind::Automatic,
            ticket: None,
            message: None,
            agent: None,
            account: self.account,
            from: ("Firma", "hilfe@firma.example"),
            envelope_from: "",
            subject: "von selbst",
            message_id: &self.message_id,
            raw: &self.raw,
            recipients: &[to],
            now: self.now,
            not_before: self.now,
        };
        outbox::put(tx, &mail).await
    }
}
