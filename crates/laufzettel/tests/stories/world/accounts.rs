//! Mailboxes with an account on an IMAP server, and what is to be copied there.

use db::{Operation, Tx, from_row, params, sql};
use laufzettel::feature::sent_folder;
use laufzettel::service::live;
use testkit::wait;
use tokio::task::JoinHandle;

use super::World;

/// The worker that looks after Sent folders.
pub struct SentFolders(JoinHandle<()>);

impl Drop for SentFolders {
    fn drop(&mut self) {
        self.0.abort();
    }
}

struct SetAccount<'a> {
    name: &'a str,
    port: u16,
    sent_folder: Option<&'a str>,
}

impl Operation for SetAccount<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let source = format!(
            "{{\"kind\":\"imap\",\"host\":\"127.0.0.1\",\"port\":{},\"tls\":\"none\",\
              \"user\":\"hilfe\",\"folder\":\"INBOX\"}}",
            self.port
        );
        tx.execute(
            sql!(
                "update mailbox set source = $1, sent_folder = $2, version = version + 1
                 where name = $3"
            ),
            params![source, self.sent_folder, self.name],
        )
        .await?;
        live::announce::<()>(tx, live::LISTS, values::Id::from_number(0));
        Ok(())
    }
}

from_row! {
    struct CopyRow {
        state: String,
        attempts: i64,
        words: Option<String>,
    }
}

impl World {
    /// A mailbox has an account on a server of the test, and sent mails are copied into a folder
    /// there, or not.
    pub async fn has_account(&self, name: &str, port: u16, sent_folder: Option<&str>) {
        self.app.db.write(&SetAccount { name, port, sent_folder }).await.unwrap();
        self.app.forget_lists();
    }

    /// Somebody looks after the Sent folders.
    pub fn sent_folders(&self) -> SentFolders {
        SentFolders(tokio::spawn(sent_folder::supervise(self.app.clone())))
    }

    /// State, failed tries and the server's words of all copies, in the order of their mails.
    pub async fn copies(&self) -> Vec<String> {
        let rows: Vec<CopyRow> = self
            .app
            .db
            .all(sql!("select state, attempts, words from sent_copy order by mail limit 1000"), [])
            .await
            .unwrap();
        let line = |row: CopyRow| {
            let words = row.words.unwrap_or_default();
            format!("{} {} {words}", row.state, row.attempts).trim_end().to_owned()
        };
        rows.into_iter().map(line).collect()
    }

    /// Waits until the copies stand so.
    pub async fn copies_when(&self, expected: &[&str]) {
        for _ in 0..1000 {
            if self.copies().await == expected {
                return;
            }
            tokio::task::yield_now().await;
            wait::pass(std::time::Duration::from_millis(10));
        }
        panic!("never {expected:?}: {:?}", self.copies().await)
    }
}

struct ForgetCopies;

impl Operation for ForgetCopies {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(sql!("delete from sent_copy"), []).await.map(drop)
    }
}

struct SendAsDefault<'a>(&'a str);

impl Operation for SendAsDefault<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!(
                "update mailbox set version = version + 1,
                     sender = (select id from sender where is_default = 1)
                 where name = $1"
            ),
            params![self.0],
        )
        .await
        .map(drop)
    }
}

impl World {
    /// All copies are done with, so that a story can begin anew.
    pub async fn forget_copies(&self) {
        self.app.db.write(&ForgetCopies).await.unwrap();
    }

    /// A mailbox answers as the default sender.
    pub async fn send_as_default(&self, name: &str) {
        self.app.db.write(&SendAsDefault(name)).await.unwrap();
        self.app.forget_lists();
    }
}

struct Interrupt;

impl Operation for Interrupt {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!(
                "update outbound_attempt set outcome = 'interrupted', words = ''
                 where outcome = 'unknown'"
            ),
            [],
        )
        .await
        .map(drop)
    }
}

impl World {
    /// What is in the dark is so because a process ended.
    pub async fn as_after_a_crash(&self) {
        self.app.db.write(&Interrupt).await.unwrap();
    }
}
