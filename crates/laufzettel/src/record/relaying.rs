//! How the accounts fare by which mails leave, for the banner that administrators see on all pages.

use db::{Db, Result, from_row, params, sql};
use values::Timestamp;

use super::sender::CONFIGURED;

/// A server that cannot be reached is worth a banner after this time: many are away for minutes.
const TROUBLED_FOR_MILLIS: i64 = 15 * 60 * 1000;

from_row! {
    /// An account by which no mail leaves.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Relaying {
        /// Its number: that of its sender, or 0 for the configured one.
        pub account: i64,
        /// `paused`: its login is refused. `troubled`: it cannot be reached. `missing`: there is no
        /// configured account, and mails wait for it.
        pub state: String,
        /// What the server said, or what is wrong.
        pub words: String,
        /// Since when.
        pub since_at: Timestamp,
    }
}

impl Relaying {
    /// Whether somebody has to be told.
    pub fn is_told(&self, now: Timestamp) -> bool {
        self.state != "troubled" || now.millis_since(self.since_at) > TROUBLED_FOR_MILLIS
    }
}

/// The accounts by which no mail leaves. `has_configured` says whether the configuration names a
/// mail server.
pub async fn all(db: &Db, has_configured: bool) -> Result<Vec<Relaying>> {
    let mut troubled: Vec<Relaying> = db
        .all(
            sql!(
                "select account, state, coalesce(words, '') as words, since_at
                 from relay where state in ('paused', 'troubled')
                 order by account limit 100"
            ),
            [],
        )
        .await?;
    // What is wrong with an account that is not configured any more does not matter.
    troubled.retain(|one| has_configured || one.account != CONFIGURED);
    if !has_configured {
        troubled.extend(waiting(db).await?);
    }
    Ok(troubled)
}

/// A mail that waits for the configured account.
async fn waiting(db: &Db) -> Result<Option<Relaying>> {
    db.optional(
        sql!(
            "select account, 'missing' as state, '' as words, created_at as since_at
             from outbound_mail
             where account = $1 and next_at is not null
             order by next_at limit 1"
        ),
        params![CONFIGURED],
    )
    .await
}
