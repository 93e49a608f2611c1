//! SQL of agents.

use db::{Db, Result, Tx, from_row, params, sql};
use rules::right::Level;
use values::EmailAddress;

use super::{AddAgent, SetProfile, SetRights};
use crate::record::AgentId;
use crate::record::area::NO_ACCESS;

from_row! {
    /// An agent in a list.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// The agent.
        pub id: AgentId,
        /// The name.
        pub name: String,
        /// The address.
        pub email: String,
        /// `administrator`, `agent` or `read_only`.
        pub role: String,
        /// Whether the agent may sign in.
        pub active: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

/// All agents by name.
pub async fn list(db: &Db) -> Result<Vec<Listed>> {
    db.all(
        sql!(
            "select id, name, email, role, active, version from agent order by name, id limit 1000"
        ),
        [],
    )
    .await
}

/// Makes the row, or says `false` if the address is taken.
pub async fn insert(tx: &mut Tx<'_>, id: AgentId, add: &AddAgent<'_>) -> Result<bool> {
    let added = tx
        .execute(
            sql!(
                "insert into agent (id, email, name, role, active, language, theme, keys,
                     password_hash, created_at, version)
                 values ($1, $2, $3, $4, 1, null, null, 1, $5, $6, 1)
                 on conflict (email) do nothing"
            ),
            params![id, add.email, add.name, add.role.code(), add.password_hash, add.now],
        )
        .await?;
    Ok(added == 1)
}

/// Sets the level in all other areas and the flags, and clears what single areas had.
pub async fn set_rights(tx: &mut Tx<'_>, rights: &SetRights<'_>) -> Result<()> {
    let elsewhere = rights.elsewhere.map(|level| level.map_or(NO_ACCESS, Level::code));
    let flags = rights
        .flags
        .map(|flags| flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" "));
    tx.execute(
        sql!(
            "update agent set level_elsewhere = $1, flags = $2, version = version + 1
             where id = $3"
        ),
        params![elsewhere, flags, rights.agent],
    )
    .await?;
    tx.execute(sql!("delete from area_right where agent = $1"), params![rights.agent])
        .await
        .map(drop)
}

from_row! {
    struct AgentRow {
        id: AgentId,
    }
}

/// Sets the password of the agent with this address.
pub async fn set_password(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    password_hash: &str,
) -> Result<Option<AgentId>> {
    let row: Option<AgentRow> = tx
        .optional(
            sql!(
                "update agent set password_hash = $1, version = version + 1
                 where email = $2 returning id"
            ),
            params![password_hash, email],
        )
        .await?;
    Ok(row.map(|row| row.id))
}

/// Stores the chosen parts of a profile.
pub async fn set_profile(tx: &mut Tx<'_>, profile: &SetProfile<'_>) -> Result<()> {
    tx.execute(
        sql!(
            "update agent
             set language = coalesce($1, language), theme = coalesce($2, theme),
                 keys = coalesce($3, keys), version = version + 1
             where id = $4"
        ),
        params![profile.language, profile.theme, profile.keys, profile.agent],
    )
    .await
    .map(drop)
}
