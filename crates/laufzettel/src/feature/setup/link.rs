//! The one-time link to the set-up. It is printed where Laufzettel starts, so only whoever runs the
//! machine can become the first administrator.

use std::time::Duration;

use db::{Operation, Reading, Result, Tx, View};
use values::{Timestamp, hex};
use web::SessionToken;

use super::store;
use crate::App;
use crate::service::keys::sha256;
use crate::service::setting;

/// The setting that holds hash and end of the link.
const SETTING: &str = "setup_link";
/// How long a link can be used.
const LASTS: Duration = Duration::from_secs(60 * 60);

/// Makes the link if nobody can sign in yet; an earlier one is of no use any more.
pub async fn make(app: &App) -> Result<Option<String>> {
    let key = SessionToken::from_random(rand::random());
    let make = MakeLink { key: key.as_str(), ends_at: app.now().plus(LASTS) };
    let is_made = app.db.write(&make).await?;
    let base = app.config.base_url.as_str().trim_end_matches('/');
    Ok(is_made.then(|| format!("{base}/setup?key={}", key.as_str())))
}

/// Whether nobody can sign in yet.
pub async fn is_needed(app: &App) -> Result<bool> {
    Ok(app.db.read(&ReadKey { key: "", now: app.now() }).await? != Key::SetUp)
}

struct MakeLink<'a> {
    key: &'a str,
    ends_at: Timestamp,
}

impl Operation for MakeLink<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if store::is_anybody_there(tx).await? {
            return Ok(false);
        }
        let value = format!("{} {}", hex(&sha256(self.key.as_bytes())), self.ends_at.millis());
        setting::set(tx, SETTING, &value).await?;
        Ok(true)
    }
}

/// What a key is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key {
    /// It opens the set-up, until this moment.
    Opens(Timestamp),
    /// It was good once.
    Expired,
    /// It is not the one that was printed last.
    Unknown,
    /// Somebody can sign in already.
    SetUp,
}

/// What a key is good for now.
pub async fn judge(view: &mut View<'_>, key: &str, now: Timestamp) -> Result<Key> {
    if store::is_anybody_there(view).await? {
        return Ok(Key::SetUp);
    }
    let stored = setting::get(view, SETTING).await?.unwrap_or_default();
    let Some((hash, ends_at)) = stored.split_once(' ') else { return Ok(Key::Unknown) };
    if hash != hex(&sha256(key.as_bytes())) {
        return Ok(Key::Unknown);
    }
    let ends_at = Timestamp::from_millis(ends_at.parse().unwrap_or_default());
    Ok(if now < ends_at { Key::Opens(ends_at) } else { Key::Expired })
}

/// The link is used. Of two who click at once one uses it.
pub async fn use_up(tx: &mut Tx<'_>) -> Result<bool> {
    setting::remove(tx, SETTING).await
}

/// Reads what a key is good for.
pub struct ReadKey<'a> {
    /// The key of the link.
    pub key: &'a str,
    /// The present moment.
    pub now: Timestamp,
}

impl Reading for ReadKey<'_> {
    type Outcome = Key;

    async fn run(&self, view: &mut View<'_>) -> Result<Key> {
        judge(view, self.key, self.now).await
    }
}
