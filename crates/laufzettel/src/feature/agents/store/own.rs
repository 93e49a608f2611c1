//! SQL of what agents set of themselves.

use db::{Result, Tx, from_row, params, sql};

use crate::feature::agents::{OwnAccount, SetProfile};
use crate::record::AgentId;

from_row! {
    struct Held {
        id: AgentId,
    }
}

/// Sets the password of an agent.
pub async fn set_password_of(tx: &mut Tx<'_>, agent: AgentId, password_hash: &str) -> Result<()> {
    tx.execute(
        sql!("update agent set password_hash = $1, version = version + 1 where id = $2"),
        params![password_hash, agent],
    )
    .await
    .map(drop)
}

/// Whether an agent has the password with this hash. The agent is held against other changes.
pub async fn has_password(tx: &mut Tx<'_>, agent: AgentId, password_hash: &str) -> Result<bool> {
    let found: Option<Held> = tx
        .optional(
            sql!(
                sqlite: "select id from agent where id = $1 and password_hash = $2",
                postgres: "select id from agent where id = $1 and password_hash = $2 for update"
            ),
            params![agent, password_hash],
        )
        .await?;
    Ok(found.is_some())
}

/// Stores the chosen parts of a profile.
pub async fn set_profile(tx: &mut Tx<'_>, profile: &SetProfile<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "update agent
             set language = coalesce($1, language), theme = coalesce($2, theme),
                 keys = coalesce($3, keys), density = coalesce($5, density),
                 version = version + 1
             where id = $4"
        ),
        params![profile.language, profile.theme, profile.keys, profile.agent, profile.density],
    )
    .await
    .map(drop)
}

/// Stores what an agent sets on his own page.
pub async fn set_own_account(tx: &mut Tx<'_>, agent: AgentId, own: &OwnAccount) -> Result<()> {
    tx.execute(
        sql!(
            "update agent
             set phone = $1, signature = $2, undo_seconds = $3, notices = $4, name = $6
             where id = $5"
        ),
        params![
            own.phone.as_deref(),
            own.signature.as_deref(),
            own.undo_seconds,
            own.notices.as_deref(),
            agent,
            own.name.as_str(),
        ],
    )
    .await
    .map(drop)
}
