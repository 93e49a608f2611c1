//! The name of the company that works with this installation.

use db::{Reading, Result, Tx, View};

use crate::service::setting;

const SETTING: &str = "company";

/// The name; empty until the set-up asked for it.
pub async fn get(view: &mut View<'_>) -> Result<String> {
    Ok(setting::get(view, SETTING).await?.unwrap_or_default())
}

/// Sets the name.
pub async fn set(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    setting::set(tx, SETTING, name).await
}

/// Reads the name.
pub struct ReadCompanyName;

impl Reading for ReadCompanyName {
    type Outcome = String;

    async fn run(&self, view: &mut View<'_>) -> Result<String> {
        get(view).await
    }
}
