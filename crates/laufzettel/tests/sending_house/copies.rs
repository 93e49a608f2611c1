//! The copies of sent mails.

use db::{Operation, Tx, from_row, params, sql};
use testkit::wait;

use super::{House, PATIENCE};

struct SetAccount<'a> {
    source: Option<&'a str>,
    folder: &'a str,
}

impl Operation for SetAccount<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!(
                "update mailbox set source = coalesce($1, source), sent_folder = $2,
                     version = version + 1"
            ),
            params![self.source, self.folder],
        )
        .await
        .map(drop)
    }
}

from_row! {
    struct CopyRow {
        state: String,
    }
}

impl House {
    /// What was sent is copied into this folder of the account, which is another one if there is a
    /// source.
    pub async fn copies_to(&self, folder: &str, source: Option<&str>) {
        self.app.db.write(&SetAccount { source, folder }).await.unwrap();
        self.app.forget_lists();
    }

    /// Waits until the copies stand so, in the order of their mails.
    pub async fn wait_for_copies(&self, expected: &[&str]) {
        let begun = tokio::time::Instant::now();
        loop {
            let rows: Vec<CopyRow> = self
                .app
                .db
                .all(sql!("select state from sent_copy order by mail limit 1000"), [])
                .await
                .unwrap();
            let states: Vec<&str> = rows.iter().map(|row| row.state.as_str()).collect();
            if states == expected {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "not {expected:?}: {states:?}\n{}", self.log());
            wait::pass(std::time::Duration::from_millis(50));
        }
    }
}
