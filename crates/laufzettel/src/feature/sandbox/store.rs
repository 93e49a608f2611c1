//! SQL of the sandbox.

use db::{Operation, Reading, Result, Tx, View, from_row, params, sql};
use mail::lmtp::Envelope;
use values::{Id, Timestamp};

use crate::App;
use crate::record::message::json;
use crate::service::blobs::{self, Blob, Prepared};

/// A mail in the sandbox.
pub enum CaughtMail {}

/// Mails that the page lists.
const LISTED: i64 = 100;

/// Keeps a mail.
pub struct Keep<'a> {
    /// The mail.
    pub id: Id<CaughtMail>,
    /// As it was handed over.
    pub mail: &'a Envelope,
    /// Its bytes.
    pub raw: &'a Prepared,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for Keep<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        blobs::insert(tx, self.raw).await?;
        let recipients: Vec<String> =
            self.mail.recipients.iter().map(ToString::to_string).collect();
        tx.execute(
            sql!(
                "insert into sandbox_mail (id, envelope_from, recipients, raw_hash, caught_at)
                 values ($1, $2, $3, $4, $5)"
            ),
            params![
                self.id,
                self.mail.from.as_str(),
                json(&recipients),
                self.raw.hash.as_slice(),
                self.now,
            ],
        )
        .await
        .map(drop)
    }
}

from_row! {
    struct Row {
        id: Id<CaughtMail>,
        recipients: String,
        raw_hash: Vec<u8>,
        caught_at: Timestamp,
    }
}

/// A mail of the sandbox with its bytes.
pub struct Caught {
    /// The mail.
    pub id: Id<CaughtMail>,
    /// To whom it was handed over.
    pub recipients: Vec<String>,
    /// When.
    pub at: Timestamp,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The newest mails, or one.
pub async fn caught(app: &App, only: Option<Id<CaughtMail>>) -> Result<Vec<Caught>> {
    let found = app.db.read_long(&FindCaught { only }).await?;
    let mut caught = Vec::with_capacity(found.len());
    for (row, blob) in found {
        caught.push(Caught {
            id: row.id,
            recipients: serde_json::from_str(&row.recipients).unwrap_or_default(),
            at: row.caught_at,
            bytes: app.blobs.load(blob).await?,
        });
    }
    Ok(caught)
}

struct FindCaught {
    only: Option<Id<CaughtMail>>,
}

impl Reading for FindCaught {
    type Outcome = Vec<(Row, Blob)>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let (from, to) = self.only.map_or((0, i64::MAX), |id| (id.number(), id.number()));
        let rows: Vec<Row> = view
            .all(
                sql!(
                    "select id, recipients, raw_hash, caught_at from sandbox_mail
                     where id >= $1 and id <= $2 order by id desc limit $3"
                ),
                params![from, to, LISTED],
            )
            .await?;
        let mut found = Vec::with_capacity(rows.len());
        for row in rows {
            let blob = blobs::find(view, &row.raw_hash).await?;
            found.push((row, blob));
        }
        Ok(found)
    }
}
