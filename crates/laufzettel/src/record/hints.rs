//! What the navigation points out by itself (F-CTRL-11, F-CTRL-12).

use db::{Result, Tx, View};
use serde::{Deserialize, Serialize};

use crate::service::setting;

/// The setting that holds them.
const SETTING: &str = "hints";

/// What is pointed out where there is some of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Hints {
    /// Mails that somebody has to place (F-MAIL-32).
    pub unplaced_mails: bool,
    /// New tickets without a category (F-MAIL-30).
    pub without_category: bool,
}

impl Default for Hints {
    fn default() -> Self {
        Self { unplaced_mails: true, without_category: true }
    }
}

/// What is pointed out; all of it where nobody said otherwise.
pub async fn read(view: &mut View<'_>) -> Result<Hints> {
    let stored = setting::get(view, SETTING).await?;
    Ok(stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Sets what is pointed out.
pub async fn write(tx: &mut Tx<'_>, hints: Hints) -> Result<()> {
    setting::set(tx, SETTING, &serde_json::json!(hints).to_string()).await
}
