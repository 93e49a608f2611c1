//! Mails and mailboxes of stories.

use db::{Operation, Tx, params, sql};
use laufzettel::App;
use laufzettel::record::{AgentId, AreaId, MailboxId};

/// Line ends as they travel.
pub fn crlf(text: &str) -> String {
    text.replace('\n', "\r\n")
}

pub enum Setting {
    StrangerWithNumber(&'static str),
    UnknownSender(&'static str),
    JoinOpenTicket(i64),
    FromDate(i64),
    Off,
}

struct AddMailbox<'a> {
    app: &'a App,
    name: &'a str,
    address: &'a str,
    area: &'a str,
}

impl Operation for AddMailbox<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let directory = self.app.directory().await?;
        let area = directory.areas.iter().find(|area| area.key == self.area).unwrap().id;
        let id: MailboxId = self.app.ids.next(self.app.now());
        tx.execute(
            sql!(
                "insert into mailbox (id, name, label, enabled, area, source, after_import,
                     unknown_sender, stranger_with_number, join_open_ticket, similarity_percent,
                     domains, created_at, version)
                 values ($1, $2, $2, 1, $3, '{\"kind\":\"push\"}', 'mark_read', 'ticket',
                     'linked_ticket', 0, 80, '', $4, 1)"
            ),
            params![id, self.name, area, self.app.now()],
        )
        .await?;
        tx.execute(
            sql!("insert into mailbox_address (address, mailbox, position) values ($1, $2, 1)"),
            params![self.address, id],
        )
        .await
        .map(drop)
    }
}

pub async fn add_mailbox(app: &App, name: &str, address: &str, area: &str) {
    app.db.write(&AddMailbox { app, name, address, area }).await.unwrap();
}

struct Set<'a>(&'a str, Setting);

impl Operation for Set<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let name = self.0;
        let (statement, value) = match &self.1 {
            Setting::StrangerWithNumber(value) => (
                sql!("update mailbox set stranger_with_number = $1 where name = $2"),
                params![*value, name],
            ),
            Setting::UnknownSender(value) => (
                sql!("update mailbox set unknown_sender = $1 where name = $2"),
                params![*value, name],
            ),
            Setting::JoinOpenTicket(percent) => (
                sql!(
                    "update mailbox set join_open_ticket = 1, similarity_percent = $1 where name = $2"
                ),
                params![*percent, name],
            ),
            Setting::FromDate(at) => {
                (sql!("update mailbox set from_date = $1 where name = $2"), params![*at, name])
            }
            Setting::Off => (
                sql!("update mailbox set enabled = 0 where $1 = $1 and name = $2"),
                params![0_i64, name],
            ),
        };
        tx.execute(statement, value).await.map(drop)
    }
}

pub async fn set(app: &App, name: &str, setting: Setting) {
    app.db.write(&Set(name, setting)).await.unwrap();
}

struct AddArea<'a>(&'a App, &'a str);

impl Operation for AddArea<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let id: AreaId = self.0.ids.next(self.0.now());
        tx.execute(
            sql!(
                "insert into area (id, key, name, position, active, hue, version)
                 values ($1, $2, $2, 9, 1, 2, 1)"
            ),
            params![id, self.1],
        )
        .await
        .map(drop)
    }
}

pub async fn add_area(app: &App, key: &str) {
    app.db.write(&AddArea(app, key)).await.unwrap();
}

struct SetArea<'a> {
    key: &'a str,
    setting: &'a str,
    value: &'a str,
}

impl Operation for SetArea<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let (key, value) = (self.key, self.value);
        let statement = match self.setting {
            "confirm_closing" => {
                sql!("update area set confirm_closing = cast($1 as bigint) where key = $2")
            }
            "closing_mail" => sql!("update area set closing_mail = $1 where key = $2"),
            "inform_assignee" => sql!("update area set inform_assignee = $1 where key = $2"),
            other => panic!("no setting {other}"),
        };
        tx.execute(statement, params![value, key]).await.map(drop)
    }
}

pub async fn set_area(app: &App, key: &str, setting: &str, value: &str) {
    app.db.write(&SetArea { key, setting, value }).await.unwrap();
}

struct SetAgent<'a> {
    name: &'a str,
    notices: Option<&'a str>,
    active: bool,
}

impl Operation for SetAgent<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!("update agent set notices = $1, active = $2 where name = $3"),
            params![self.notices, self.active, self.name],
        )
        .await
        .map(drop)
    }
}

pub async fn set_notices(app: &App, name: &str, notices: Option<&str>) {
    app.db.write(&SetAgent { name, notices, active: true }).await.unwrap();
}

pub async fn switch_off(app: &App, name: &str) {
    app.db.write(&SetAgent { name, notices: None, active: false }).await.unwrap();
}

struct Give<'a> {
    number: &'a str,
    agent: AgentId,
}

impl Operation for Give<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!("update ticket set assignee = $1 where number = $2"),
            params![self.agent, self.number],
        )
        .await
        .map(drop)
    }
}

pub async fn give(app: &App, number: &str, agent: AgentId) {
    app.db.write(&Give { number, agent }).await.unwrap();
}
