//! Holds the database, so that a process comes to a commit and not over it.

use std::sync::Arc;

use db::{Operation, Tx, from_row, sql};
use laufzettel::App;
use tokio::sync::Notify;
use tokio::task::JoinHandle;

/// While it is held, nobody can change a mail in the outbox: on SQLite nobody can change anything.
pub struct Hold {
    release: Arc<Notify>,
    task: JoinHandle<()>,
}

struct HoldMails {
    held: Arc<Notify>,
    release: Arc<Notify>,
}

from_row! {
    struct Held {
        id: i64,
    }
}

impl Operation for HoldMails {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        let held: Vec<Held> = tx
            .all(
                sql!(
                    sqlite: "select id from outbound_mail limit 1000",
                    postgres: "select id from outbound_mail limit 1000 for update"
                ),
                [],
            )
            .await?;
        assert!(held.iter().all(|mail| mail.id > 0));
        self.held.notify_one();
        self.release.notified().await;
        Ok(())
    }
}

impl Hold {
    pub async fn begin(app: &App) -> Self {
        let (held, release) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let hold = HoldMails { held: Arc::clone(&held), release: Arc::clone(&release) };
        let app = app.clone();
        let task = tokio::spawn(async move { app.db.write(&hold).await.unwrap() });
        held.notified().await;
        Self { release, task }
    }

    pub async fn end(self) {
        self.release.notify_one();
        self.task.await.unwrap();
    }
}
