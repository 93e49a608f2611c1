//! SQL of links.

use db::{Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::Link;
use crate::record::AgentId;
use crate::service::blobs::Hash;

from_row! {
    /// A link with the agent whom it is for.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Found {
        /// The agent.
        pub agent: AgentId,
        /// The name.
        pub name: String,
        /// The address to sign in with.
        pub email: String,
        /// Until when it works.
        pub expires_at: Timestamp,
        /// When it was used.
        pub used_at: Option<Timestamp>,
    }
}

/// The link with this hash, of an agent who may sign in.
pub async fn find(view: &mut View<'_>, hash: &Hash) -> Result<Option<Found>> {
    view.optional(
        sql!(
            "select l.agent, a.name, a.email, l.expires_at, l.used_at
             from password_link l join agent a on a.id = l.agent
             where l.token_hash = $1 and a.active = 1"
        ),
        params![hash.as_slice()],
    )
    .await
}

/// Makes the row.
pub async fn insert(tx: &mut Tx<'_>, agent: AgentId, link: &Link) -> Result<()> {
    tx.execute(
        sql!(
            "insert into password_link (token_hash, agent, purpose, created_at, expires_at, used_at)
             values ($1, $2, $3, $4, $5, null)"
        ),
        params![link.hash().as_slice(), agent, link.purpose.code(), link.now, link.expires_at()],
    )
    .await
    .map(drop)
}

/// Deletes the links of an agent that nobody used.
pub async fn forget_unused(tx: &mut Tx<'_>, agent: AgentId) -> Result<()> {
    tx.execute(
        sql!("delete from password_link where agent = $1 and used_at is null"),
        params![agent],
    )
    .await
    .map(drop)
}

/// Marks a link as used; `false` if it was already.
pub async fn mark_used(tx: &mut Tx<'_>, hash: &Hash, now: Timestamp) -> Result<bool> {
    let marked = tx
        .execute(
            sql!("update password_link set used_at = $1 where token_hash = $2 and used_at is null"),
            params![now, hash.as_slice()],
        )
        .await?;
    Ok(marked == 1)
}
