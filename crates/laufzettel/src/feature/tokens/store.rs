//! SQL of tokens.

use db::{Db, Result, Tx, from_row, params, sql};
use values::{EmailAddress, Id, Timestamp};

use super::{NewToken, RevokeToken, Token};
use crate::record::AgentId;
use crate::service::blobs::Hash;

from_row! {
    struct AgentRow {
        id: AgentId,
    }
}

from_row! {
    /// A token in a list; the secret is not known any more.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// The token.
        pub id: Id<Token>,
        /// The agent.
        pub agent: AgentId,
        /// What it is for.
        pub name: String,
        /// The scopes, separated by blanks.
        pub scopes: String,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it ends.
        pub expires_at: Option<Timestamp>,
        /// When it was revoked.
        pub revoked_at: Option<Timestamp>,
    }
}

/// The active agent with this address.
pub async fn agent(db: &Db, email: &EmailAddress) -> Result<Option<AgentId>> {
    let row: Option<AgentRow> = db
        .optional(sql!("select id from agent where email = $1 and active = 1"), params![email])
        .await?;
    Ok(row.map(|row| row.id))
}

/// The tokens of an agent before this one, newest first.
pub async fn list(db: &Db, agent: AgentId, before: i64, limit: i64) -> Result<Vec<Listed>> {
    db.all(
        sql!(
            "select id, agent, name, scopes, created_at, expires_at, revoked_at
             from token where agent = $1 and id < $2 order by id desc limit $3"
        ),
        params![agent, before, limit],
    )
    .await
}

/// The tokens of all agents before this one, newest first.
pub async fn all(db: &Db, before: i64, limit: i64) -> Result<Vec<Listed>> {
    db.all(
        sql!(
            "select id, agent, name, scopes, created_at, expires_at, revoked_at
             from token where id < $1 order by id desc limit $2"
        ),
        params![before, limit],
    )
    .await
}

/// One token.
pub async fn one(db: &Db, token: Id<Token>) -> Result<Option<Listed>> {
    db.optional(
        sql!(
            "select id, agent, name, scopes, created_at, expires_at, revoked_at
             from token where id = $1"
        ),
        params![token],
    )
    .await
}

/// Makes the row.
pub async fn insert(
    tx: &mut Tx<'_>,
    agent: AgentId,
    token: &NewToken,
    token_hash: &Hash,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into token (id, agent, name, token_hash, scopes, created_at, expires_at, revoked_at)
             values ($1, $2, $3, $4, $5, $6, $7, null)"
        ),
        params![
            token.id,
            agent,
            token.name.as_str(),
            token_hash.as_slice(),
            token.scopes.as_str(),
            token.now,
            token.expires_at,
        ],
    )
    .await
    .map(drop)
}

from_row! {
    struct NameRow {
        name: String,
    }
}

/// Revokes a token that is not revoked yet, and gives its name.
pub async fn revoke(tx: &mut Tx<'_>, revoke: &RevokeToken<'_>) -> Result<Option<String>> {
    let row: Option<NameRow> = tx
        .optional(
            sql!(
                "update token set revoked_at = $1
                 where id = $2 and revoked_at is null
                   and agent = coalesce(cast($3 as bigint), agent)
                 returning name"
            ),
            params![revoke.by.now, revoke.token, revoke.agent],
        )
        .await?;
    Ok(row.map(|row| row.name))
}
