//! SQL of signing in: registrations, who was sent to a provider, and tokens.

use std::time::Duration;

use db::{Db, Result, Tx, from_row, params, sql};
use values::{Id, Timestamp};

use super::exchange::Granted;
use crate::record::AgentId;
use crate::record::oauth::{OAuthClient, Registration};
use crate::service::blobs::Hash;
use crate::service::keys::Keys;

from_row! {
    /// The tokens of an account, sealed.
    #[derive(Default)]
    pub struct StoredTokens {
        /// Brings further access tokens.
        pub refresh_token: Option<Vec<u8>>,
        /// Opens the account.
        pub access_token: Option<Vec<u8>>,
        /// Until when.
        pub access_ends_at: Option<Timestamp>,
        /// Why somebody has to sign in again.
        pub problem: Option<String>,
        /// What the server said then.
        pub words: Option<String>,
    }
}

/// The tokens of an account.
pub async fn tokens(db: &Db, client: &str, account: &str) -> Result<Option<StoredTokens>> {
    db.optional(
        sql!(
            "select refresh_token, access_token, access_ends_at, problem, words
             from oauth_login where client = $1 and account = $2"
        ),
        params![client, account],
    )
    .await
}

/// Tokens as they are stored: sealed, with the moments when they end.
pub struct Sealed {
    access: Vec<u8>,
    access_ends_at: Timestamp,
    refresh: Option<Vec<u8>>,
    ends_at: Option<Timestamp>,
}

impl Sealed {
    /// Seals what came. `None` without a key.
    pub fn of(granted: &Granted, keys: &Keys, now: Timestamp) -> Option<Self> {
        let after = |seconds: u64| now.plus(Duration::from_secs(seconds));
        Some(Self {
            access: keys.seal(&granted.access, rand::random())?,
            access_ends_at: after(granted.access_seconds),
            refresh: match &granted.refresh {
                Some(token) => Some(keys.seal(token, rand::random())?),
                None => None,
            },
            ends_at: granted.refresh_seconds.map(after),
        })
    }
}

/// Keeps the tokens of an account somebody has just signed in to.
pub async fn sign_in(
    tx: &mut Tx<'_>,
    (client, account): (&str, &str),
    tokens: &Sealed,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into oauth_login (client, account, refresh_token, access_token, access_ends_at,
                 ends_at, signed_in_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (client, account) do update
             set refresh_token = excluded.refresh_token, access_token = excluded.access_token,
                 access_ends_at = excluded.access_ends_at, ends_at = excluded.ends_at,
                 signed_in_at = excluded.signed_in_at, problem = null, words = null"
        ),
        params![
            client,
            account,
            tokens.refresh.as_deref(),
            tokens.access.as_slice(),
            tokens.access_ends_at,
            tokens.ends_at,
            now,
        ],
    )
    .await
    .map(drop)
}

/// Keeps renewed tokens, if the refresh token that brought them is still the stored one. One that did
/// not come anew stays.
pub async fn renew(
    tx: &mut Tx<'_>,
    (client, account): (&str, &str),
    used: &[u8],
    tokens: &Sealed,
) -> Result<bool> {
    let renewed = tx.execute(
        sql!(
            "update oauth_login
             set access_token = $3, access_ends_at = $4,
                 refresh_token = coalesce($5, refresh_token),
                 ends_at = coalesce(cast($6 as bigint), ends_at)
             where client = $1 and account = $2 and refresh_token = $7 and problem is null"
        ),
        params![
            client,
            account,
            tokens.access.as_slice(),
            tokens.access_ends_at,
            tokens.refresh.as_deref(),
            tokens.ends_at,
            used,
        ],
    );
    Ok(renewed.await? > 0)
}

/// Writes down that somebody has to sign in again, if the refresh token that was refused is still the
/// stored one.
pub async fn spoil(
    tx: &mut Tx<'_>,
    (client, account): (&str, &str),
    used: &[u8],
    (problem, words): (&str, &str),
) -> Result<bool> {
    let spoilt = tx.execute(
        sql!(
            "update oauth_login
             set problem = $3, words = $4, access_token = null, access_ends_at = null
             where client = $1 and account = $2 and refresh_token = $5"
        ),
        params![client, account, problem, words, used],
    );
    Ok(spoilt.await? > 0)
}

from_row! {
    struct OwnToken {
        access_token: Option<Vec<u8>>,
        access_ends_at: Option<Timestamp>,
    }
}

/// The token of the application itself, or `None` without a registration.
pub async fn application_token(db: &Db, client: &str) -> Result<Option<StoredTokens>> {
    let own: Option<OwnToken> = db
        .optional(
            sql!("select access_token, access_ends_at from oauth_client where name = $1"),
            params![client],
        )
        .await?;
    Ok(own.map(|own| StoredTokens {
        access_token: own.access_token,
        access_ends_at: own.access_ends_at,
        ..StoredTokens::default()
    }))
}

/// Keeps the token of the application itself, unless the registration that brought it was changed meanwhile.
pub async fn keep_application_token(
    tx: &mut Tx<'_>,
    (client, version): (&str, i64),
    tokens: &Sealed,
) -> Result<()> {
    tx.execute(
        sql!(
            "update oauth_client set access_token = $3, access_ends_at = $4
             where name = $1 and version = $2"
        ),
        params![client, version, tokens.access.as_slice(), tokens.access_ends_at],
    )
    .await
    .map(drop)
}

/// Makes or changes a registration. Without a new secret the stored one stays. A token of the application was for
/// the registration as it was.
pub async fn save_client(tx: &mut Tx<'_>, client: &OAuthClient) -> Result<()> {
    tx.execute(
        sql!(
            "insert into oauth_client (id, name, client_id, client_secret, secret_ends_at, tenant,
                 authorize_url, token_url, version, sign_in)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             on conflict (name) do update
             set client_id = excluded.client_id,
                 client_secret = coalesce(excluded.client_secret, oauth_client.client_secret),
                 secret_ends_at = excluded.secret_ends_at, tenant = excluded.tenant,
                 authorize_url = excluded.authorize_url, token_url = excluded.token_url,
                 version = excluded.version, sign_in = excluded.sign_in, access_token = null,
                 access_ends_at = null"
        ),
        params![
            client.id,
            client.name.as_str(),
            client.client_id.as_str(),
            client.client_secret.as_deref(),
            client.secret_ends_at,
            client.tenant.as_deref(),
            client.authorize_url.as_deref(),
            client.token_url.as_deref(),
            client.version,
            client.sign_in.as_str(),
        ],
    )
    .await
    .map(drop)
}

from_row! {
    struct ClientRow {
        id: Id<Registration>,
        version: i64,
    }
}

/// The registration with a provider and its version, as they are now.
pub async fn client_version(
    tx: &mut Tx<'_>,
    name: &str,
) -> Result<Option<(Id<Registration>, i64)>> {
    let row: Option<ClientRow> = tx
        .optional(sql!("select id, version from oauth_client where name = $1"), params![name])
        .await?;
    Ok(row.map(|row| (row.id, row.version)))
}

from_row! {
    /// Somebody who was sent to a provider.
    pub struct Sent {
        /// The word for the provider.
        pub client: String,
        /// The account he is to sign in to.
        pub account: String,
        /// What proves that the code is ours, sealed.
        pub verifier: Vec<u8>,
        /// Where he goes afterwards.
        pub back: String,
        /// When it is too late.
        pub expires_at: Timestamp,
    }
}

/// Writes down that somebody is sent to a provider, and forgets those who never came back.
pub async fn send(
    tx: &mut Tx<'_>,
    state_hash: &Hash,
    agent: AgentId,
    sent: &Sent,
    now: Timestamp,
) -> Result<()> {
    tx.execute(sql!("delete from oauth_attempt where expires_at < $1"), params![now]).await?;
    tx.execute(
        sql!(
            "insert into oauth_attempt (state_hash, agent, client, account, verifier, back,
                 expires_at)
             values ($1, $2, $3, $4, $5, $6, $7)"
        ),
        params![
            state_hash.as_slice(),
            agent,
            sent.client.as_str(),
            sent.account.as_str(),
            sent.verifier.as_slice(),
            sent.back.as_str(),
            sent.expires_at,
        ],
    )
    .await
    .map(drop)
}

/// Takes what was written down about a state, once, for the one who was sent.
pub async fn come_back(
    tx: &mut Tx<'_>,
    state_hash: &Hash,
    agent: AgentId,
    client: &str,
) -> Result<Option<Sent>> {
    tx.optional(
        sql!(
            "delete from oauth_attempt where state_hash = $1 and agent = $2 and client = $3
             returning client, account, verifier, back, expires_at"
        ),
        params![state_hash.as_slice(), agent, client],
    )
    .await
}
