//! What left the house: the mails in the outbox.

use db::{Reading, View, from_row, params, sql};
use laufzettel::feature::notify;
use laufzettel::service::blobs;
use laufzettel::service::lease::TakeLease;

use super::World;

from_row! {
    struct Row {
        id: i64,
        kind: String,
        subject: String,
        envelope_from: String,
        message: Option<i64>,
        raw_hash: Vec<u8>,
    }
}

from_row! {
    struct To {
        address: String,
    }
}

/// A mail in the outbox.
#[derive(Debug)]
pub struct Sent {
    pub kind: String,
    pub to: Vec<String>,
    pub subject: String,
    pub envelope_from: String,
    pub message: Option<i64>,
    pub text: String,
    pub raw: Vec<u8>,
}

struct ReadSent<'a>(&'a World);

impl Reading for ReadSent<'_> {
    type Outcome = Vec<Sent>;

    async fn run(&self, view: &mut View<'_>) -> db::Result<Vec<Sent>> {
        let rows: Vec<Row> = view
            .all(
                sql!(
                    "select id, kind, subject, envelope_from, message, raw_hash
                     from outbound_mail order by id limit 1000"
                ),
                [],
            )
            .await?;
        let mut sent = Vec::new();
        for row in rows {
            let to: Vec<To> = view
                .all(
                    sql!("select address from outbound_recipient where mail = $1 order by position limit 100"),
                    params![row.id],
                )
                .await?;
            let raw = self.0.app.blobs.load(blobs::find(view, &row.raw_hash).await?).await?;
            let mail = mail::read::read(&raw);
            sent.push(Sent {
                kind: row.kind,
                to: to.into_iter().map(|to| to.address).collect(),
                subject: row.subject,
                envelope_from: row.envelope_from,
                message: row.message,
                text: mail.text.unwrap_or_default().replace("\r\n", "\n"),
                raw,
            });
        }
        Ok(sent)
    }
}

impl World {
    /// Does what waits to be done, and gives all mails in the outbox, oldest first.
    pub async fn sent(&self) -> Vec<Sent> {
        let take = TakeLease { name: "jobs", holder: 1, now: self.app.now() };
        let fence = self.app.db.write(&take).await.unwrap().unwrap();
        notify::due(&self.app, &fence).await.unwrap();
        self.app.db.read(&ReadSent(self)).await.unwrap()
    }
}
