//! Links by which people set their password: invitations of new colleagues, and new passwords for
//! those who forgot theirs. A link works once and for a while; only its hash is stored.

mod letter;
mod own;
mod page;
mod store;
mod web;

use std::time::Duration;

use ::values::Timestamp;
use axum::Router;
use axum::routing::get;
use data_encoding::BASE64URL_NOPAD;
use db::{Operation, Reading, Result, Tx, View};

pub use letter::{Letter, LetterOf, letter};
pub use own::{ChangePassword, check};

use crate::App;
use crate::feature::agents;
use crate::record::administration::By;
use crate::record::{AgentId, session};
use crate::service::blobs::Hash;
use crate::service::keys::sha256;

/// The addresses of links and of those who forgot.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/password/{token}", get(web::form).post(web::set))
        .route("/signin/forgotten", get(web::forgotten).post(web::send))
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The first password of a colleague who was invited.
    Invitation,
    /// A new password.
    Reset,
}

impl Purpose {
    /// The word in the database.
    fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    /// How long a link works.
    fn duration(self) -> Duration {
        match self {
            Self::Invitation => Duration::from_secs(7 * 24 * 3600),
            Self::Reset => Duration::from_secs(24 * 3600),
        }
    }
}

/// A link with its secret, which exists only until the mail is written.
#[derive(Clone, Debug)]
pub struct Link {
    /// What it is for.
    pub purpose: Purpose,
    /// When it was made.
    pub now: Timestamp,
    secret: String,
}

impl Link {
    /// A link of 32 random bytes.
    pub fn make(purpose: Purpose, now: Timestamp) -> Self {
        let random: [u8; 32] = rand::random();
        Self { purpose, now, secret: BASE64URL_NOPAD.encode(&random) }
    }

    /// Until when it works.
    pub fn expires_at(&self) -> Timestamp {
        self.now.plus(self.purpose.duration())
    }

    /// Its path.
    pub fn path(&self) -> String {
        format!("/password/{}", self.secret)
    }

    fn hash(&self) -> Hash {
        sha256(self.secret.as_bytes())
    }
}

/// Stores a link in place of all earlier ones and puts its mail into the outbox.
pub async fn issue(tx: &mut Tx<'_>, agent: AgentId, link: &Link, letter: &Letter) -> Result<()> {
    store::forget_unused(tx, agent).await?;
    store::insert(tx, agent, link).await?;
    letter.put(tx, link.now).await
}

/// Sends a link to an agent. Without one nothing happens, in the same time.
pub struct SendLink<'a> {
    /// The agent.
    pub agent: Option<AgentId>,
    /// The link.
    pub link: &'a Link,
    /// Its mail.
    pub letter: &'a Letter,
}

impl Operation for SendLink<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        match self.agent {
            Some(agent) => issue(tx, agent, self.link, self.letter).await,
            None => Ok(()),
        }
    }
}

/// How a link stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// It works, for this agent.
    Open(store::Found),
    /// There is none.
    Unknown,
    /// It was used.
    Used,
    /// Its time is over.
    Expired,
}

/// Reads how a link stands.
pub struct ReadLink {
    /// SHA-256 of its secret.
    pub hash: Hash,
    /// The present moment.
    pub now: Timestamp,
}

impl Reading for ReadLink {
    type Outcome = State;

    async fn run(&self, view: &mut View<'_>) -> Result<State> {
        state(view, &self.hash, self.now).await
    }
}

async fn state(view: &mut View<'_>, hash: &Hash, now: Timestamp) -> Result<State> {
    Ok(match store::find(view, hash).await? {
        None => State::Unknown,
        Some(found) if found.used_at.is_some() => State::Used,
        Some(found) if found.expires_at < now => State::Expired,
        Some(found) => State::Open(found),
    })
}

/// Uses a link up and sets the password; all sessions of the agent end.
pub struct UseLink<'a> {
    /// SHA-256 of its secret.
    pub hash: Hash,
    /// The hash of the new password.
    pub password_hash: &'a str,
    /// Makes the id of the event.
    pub ids: &'a ::values::IdMaker,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for UseLink<'_> {
    type Outcome = State;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<State> {
        let state = state(tx, &self.hash, self.now).await?;
        let State::Open(found) = &state else { return Ok(state) };
        // Of two who use it at the same moment one is first.
        if !store::mark_used(tx, &self.hash, self.now).await? {
            return Ok(State::Used);
        }
        let by = By { agent: Some(found.agent), caller: None, ids: self.ids, now: self.now };
        agents::set_password_of(tx, found.agent, self.password_hash, &by).await?;
        session::end_all(tx, found.agent).await?;
        Ok(state)
    }
}
