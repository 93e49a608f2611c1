//! Tokens: secrets by which programs act as an agent, with scopes (F-NEW-15).

pub mod api;
pub mod store;

use std::time::Duration;

use db::{Operation, Result, Tx};
use values::{EmailAddress, Id, Timestamp};

use crate::App;
use crate::record::AgentId;
use crate::record::actor::Scope;
use crate::service::blobs::Hash;
use crate::service::keys::sha256;
use crate::service::live;

/// A token.
pub enum Token {}

/// Days after which a token may end.
pub const DAYS_MAX: u32 = 3_650;
/// What every token of ours begins with, so that scanners for leaked secrets know it.
const PREFIX: &str = "lz_";

/// A token with its secret, which exists only until it was shown once.
pub struct NewToken {
    id: Id<Token>,
    name: String,
    scopes: String,
    secret: String,
    expires_at: Option<Timestamp>,
    now: Timestamp,
}

/// How making a token ended.
pub enum Created {
    /// It was made.
    Done(Id<Token>),
    /// There is no active agent with this address.
    NoAgent,
}

impl NewToken {
    /// Makes the secret: 32 random bytes.
    pub fn make(app: &App, name: &str, scopes: &[Scope], expires_days: Option<u32>) -> Self {
        let random: [u8; 32] = rand::random();
        let now = app.now();
        let days = |days: u32| now.plus(Duration::from_secs(u64::from(days) * 24 * 3600));
        Self {
            id: app.ids.next(now),
            name: name.to_owned(),
            scopes: scopes.iter().map(|scope| scope.code()).collect::<Vec<_>>().join(" "),
            secret: format!("{PREFIX}{}", data_encoding::BASE64URL_NOPAD.encode(&random)),
            expires_at: expires_days.map(days),
            now,
        }
    }

    /// The token.
    pub fn id(&self) -> Id<Token> {
        self.id
    }

    /// When it ends.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// The secret, to be shown once.
    pub fn secret(&self) -> &str {
        &self.secret
    }

    /// Stores it for the agent with this address.
    pub async fn create_for(&self, app: &App, email: &EmailAddress) -> Result<Created> {
        match store::agent(&app.db, email).await? {
            Some(agent) => {
                app.db.write(&CreateToken { token: self, agent }).await?;
                Ok(Created::Done(self.id))
            }
            None => Ok(Created::NoAgent),
        }
    }
}

/// Stores a token.
pub struct CreateToken<'a> {
    /// The token.
    pub token: &'a NewToken,
    /// As whom it acts.
    pub agent: AgentId,
}

impl Operation for CreateToken<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let token_hash: Hash = sha256(self.token.secret.as_bytes());
        store::insert(tx, self.agent, self.token, &token_hash).await
    }
}

/// Revokes a token. The outcome says whether there was one to revoke.
pub struct RevokeToken {
    /// The token.
    pub token: Id<Token>,
    /// Whose token it must be; `None` for an administrator.
    pub agent: Option<AgentId>,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for RevokeToken {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let revoked = store::revoke(tx, self).await?;
        live::announce(tx, live::SESSION, self.token);
        Ok(revoked)
    }
}
