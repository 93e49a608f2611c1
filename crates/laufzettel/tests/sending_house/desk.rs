//! What an installation needs before somebody can answer: an agent, a mailbox, a sender, tickets.

use db::{Operation, Tx, params, sql};
use laufzettel::feature::agents::{AddAgent, Added};
use laufzettel::feature::intake::{self, Arrival, Way};
use laufzettel::record::session::BeginSession;
use laufzettel::record::{MailboxId, SenderId};
use laufzettel::service::keys::sha256;
use rules::right::Role;
use values::EmailAddress;

use super::{House, Visitor};

struct AddMailbox<'a> {
    id: MailboxId,
    address: &'a str,
    /// How it is fetched, as JSON, and the sealed password.
    source: &'a str,
    password: Option<&'a [u8]>,
}

impl Operation for AddMailbox<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!(
                "insert into mailbox (id, name, label, enabled, area, source, password,
                     after_import, unknown_sender, stranger_with_number, join_open_ticket,
                     similarity_percent, domains, created_at, version)
                 values ($1, 'hilfe', 'hilfe', 1, (select min(id) from area), $2, $3, 'mark_read',
                     'ticket', 'linked_ticket', 0, 80, '', 0, 1)"
            ),
            params![self.id, self.source, self.password],
        )
        .await?;
        tx.execute(
            sql!("insert into mailbox_address (address, mailbox, position) values ($1, $2, 1)"),
            params![self.address, self.id],
        )
        .await
        .map(drop)
    }
}

struct AddSender<'a> {
    id: SenderId,
    address: &'a str,
}

impl Operation for AddSender<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!(
                "insert into sender (id, address, name, active, is_default, version)
                 values ($1, $2, 'Firma Hilfe', 1, 1, 1)"
            ),
            params![self.id, self.address],
        )
        .await
        .map(drop)
    }
}

struct SetUndo(i64);

impl Operation for SetUndo {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(sql!("update agent set undo_seconds = $1"), params![self.0]).await.map(drop)
    }
}

impl House {
    /// A mailbox whose mails are brought, or fetched from a server with this password.
    pub async fn add_mailbox(&self, address: &str, source: &str, password: Option<&str>) {
        let app = &self.app;
        let password = password.map(|text| app.keys.seal(text, rand::random()).unwrap());
        let id = app.ids.next(app.now());
        let add = AddMailbox { id, address, source, password: password.as_deref() };
        app.db.write(&add).await.unwrap();
        app.forget_lists();
    }

    /// As whom mails leave, by the mail server of the configuration.
    pub async fn add_sender(&self, address: &str) {
        let id = self.app.ids.next(self.app.now());
        self.app.db.write(&AddSender { id, address }).await.unwrap();
        self.app.forget_lists();
    }

    /// An agent who is signed in and whose answers leave at once.
    pub async fn add_agent(&self, name: &str) -> Visitor {
        let (app, now) = (&self.app, self.app.now());
        let email = EmailAddress::parse(&format!("{}@team.test", name.to_lowercase())).unwrap();
        let add = AddAgent {
            name,
            email: &email,
            role: Role::Agent,
            password_hash: None,
            ids: &app.ids,
            now,
        };
        let Added::Done(agent) = app.db.write(&add).await.unwrap() else {
            panic!("{name} is there")
        };
        self.set_undo(0).await;
        let token = web::SessionToken::from_random(rand::random());
        let token_hash = sha256(token.as_str().as_bytes());
        let session = BeginSession { agent, token_hash, user_agent: "test", now };
        app.db.write(&session).await.unwrap();
        Visitor { cookie: token.as_str().to_owned() }
    }

    /// How long answers can be recalled. A running process may take a second to know.
    pub async fn set_undo(&self, seconds: i64) {
        self.app.db.write(&SetUndo(seconds)).await.unwrap();
    }

    /// A ticket that a customer opened by mail: its number.
    pub async fn add_ticket(&self, customer: &str, subject: &str) -> String {
        let directory = self.app.directory().await.unwrap();
        let arrival = Arrival {
            mailbox: directory.mailbox("hilfe").unwrap().id,
            way: Way::Api,
            envelope_from: None,
            envelope_to: Vec::new(),
            internal_date: None,
            is_archive: false,
        };
        let mail = format!(
            "From: {customer}\r\nTo: hilfe@firma.test\r\nSubject: {subject}\r\n\
             Message-ID: <{}@kunde.test>\r\n\r\n{subject}.\r\n",
            self.app.ids.next::<u8>(self.app.now())
        );
        let stored = intake::store(&self.app, &arrival, mail.as_bytes()).await.unwrap();
        intake::decide(&self.app, stored).await.unwrap().ticket.unwrap()
    }
}
