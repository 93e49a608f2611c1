//! Tokens: secrets by which programs act as an agent, with scopes (F-NEW-15).

pub mod api;
mod page;
pub mod store;
mod web;

use std::time::Duration;

use axum::Router;
use axum::routing::{get, post};
use db::{Operation, Result, Tx};
use values::{EmailAddress, Id, Timestamp};

use crate::App;
use crate::record::AgentId;
use crate::record::actor::Scope;
use crate::record::administration::{By, Change, Fact, Kind, Subject};
use crate::service::blobs::Hash;
use crate::service::keys::sha256;
use crate::service::live;

/// The addresses of tokens.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings/tokens", get(web::page).post(web::create))
        .route("/settings/tokens/{id}/revoke", post(web::revoke))
}

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
                let by = By::command(&app.ids, self.now);
                app.db.write(&CreateToken { token: self, agent, by }).await?;
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
    /// Who makes it.
    pub by: By<'a>,
}

impl Operation for CreateToken<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let token_hash: Hash = sha256(self.token.secret.as_bytes());
        store::insert(tx, self.agent, self.token, &token_hash).await?;
        let token = self.token;
        let facts = vec![
            Fact::new("agent", None, Some(self.agent.to_string())),
            Fact::new("scopes", None, Some(token.scopes.clone())),
            Fact::new("expires_at", None, token.expires_at.map(|at| at.millis().to_string())),
        ];
        record(tx, &self.by, Kind::Added, (token.id, &token.name), facts).await
    }
}

/// Revokes a token. The outcome says whether there was one to revoke.
pub struct RevokeToken<'a> {
    /// The token.
    pub token: Id<Token>,
    /// Whose token it must be; `None` for an administrator.
    pub agent: Option<AgentId>,
    /// Who does it, and when.
    pub by: By<'a>,
}

impl Operation for RevokeToken<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let Some(name) = store::revoke(tx, self).await? else { return Ok(false) };
        record(tx, &self.by, Kind::Removed, (self.token, &name), Vec::new()).await?;
        live::announce(tx, live::SESSION, self.token);
        Ok(true)
    }
}

async fn record(
    tx: &mut Tx<'_>,
    by: &By<'_>,
    kind: Kind,
    (token, name): (Id<Token>, &str),
    facts: Vec<Fact>,
) -> Result<()> {
    let change = Change { subject: Subject::Token, id: token.number(), name, kind, facts };
    by.record(tx, &change).await
}
