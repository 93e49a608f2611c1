//! Sessions and tokens: from a secret in a request to the agent who acts.
//!
//! Only hashes are stored. An actor is kept in memory for a second, so that a page asks the
//! database nothing for it; a notice about an ended session or a changed right drops it at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use db::{Db, Operation, Query, Reading, Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::AgentId;
use super::actor::{self, Actor, Scope};
use crate::service::blobs::Hash;
use crate::service::keys::sha256;
use crate::service::live;

/// A session that nobody used for so long has ended.
const IDLE_MAX: Duration = Duration::from_secs(8 * 3600);
/// A session ends after this time in any case.
const AGE_MAX: Duration = Duration::from_secs(30 * 24 * 3600);
/// How long an actor is believed without looking again.
const CACHE_MILLIS: i64 = 1_000;
/// Actors kept in memory.
const CACHE_SIZE_MAX: usize = 4_096;

/// Begins a session.
pub struct BeginSession<'a> {
    /// The agent.
    pub agent: AgentId,
    /// SHA-256 of the secret in the cookie.
    pub token_hash: Hash,
    /// The browser, for the list of devices.
    pub user_agent: &'a str,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for BeginSession<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(
            sql!(
                "insert into session (token_hash, agent, created_at, seen_at, expires_at, user_agent)
                 values ($1, $2, $3, $3, $4, $5)"
            ),
            params![
                self.token_hash.as_slice(),
                self.agent,
                self.now,
                self.now.plus(AGE_MAX),
                self.user_agent.chars().filter(|c| *c != '\0').take(200).collect::<String>(),
            ],
        )
        .await
        .map(drop)
    }
}

/// Ends a session.
pub struct EndSession {
    /// SHA-256 of the secret in the cookie.
    pub token_hash: Hash,
}

impl Operation for EndSession {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        tx.execute(
            sql!("delete from session where token_hash = $1"),
            params![self.token_hash.as_slice()],
        )
        .await?;
        live::announce::<()>(tx, live::SESSION, values::Id::from_number(0));
        Ok(())
    }
}

/// Ends all sessions of an agent: the password or the rights changed.
pub async fn end_all(tx: &mut Tx<'_>, agent: AgentId) -> Result<()> {
    tx.execute(sql!("delete from session where agent = $1"), params![agent]).await?;
    live::announce(tx, live::SESSION, agent);
    Ok(())
}

/// Ends all sessions of an agent but one, and says whether there were any.
pub async fn end_others(tx: &mut Tx<'_>, agent: AgentId, kept: &Hash) -> Result<bool> {
    let ended = tx
        .execute(
            sql!("delete from session where agent = $1 and token_hash <> $2"),
            params![agent, kept.as_slice()],
        )
        .await?;
    live::announce(tx, live::SESSION, agent);
    Ok(ended > 0)
}

/// Ends one session of an agent, and says whether it was there.
pub async fn end_one(tx: &mut Tx<'_>, agent: AgentId, token_hash: &[u8]) -> Result<bool> {
    let ended = tx
        .execute(
            sql!("delete from session where agent = $1 and token_hash = $2"),
            params![agent, token_hash],
        )
        .await?;
    live::announce(tx, live::SESSION, agent);
    Ok(ended > 0)
}

from_row! {
    /// A session that has not ended.
    #[derive(Clone, Debug)]
    pub struct OpenSession {
        /// SHA-256 of the secret in the cookie.
        pub token_hash: Vec<u8>,
        /// When somebody signed in.
        pub created_at: Timestamp,
        /// When it was used last, to some seconds.
        pub seen_at: Timestamp,
        /// What the browser says of itself.
        pub user_agent: String,
    }
}

/// The sessions of an agent that have not ended, the one used last first; at most 100.
pub async fn open(view: &mut View<'_>, agent: AgentId, now: Timestamp) -> Result<Vec<OpenSession>> {
    view.all(
        sql!(
            "select token_hash, created_at, seen_at, user_agent from session
             where agent = $1 and expires_at > $2 and seen_at > $3
             order by seen_at desc, token_hash limit 100"
        ),
        params![agent, now, now.minus(IDLE_MAX)],
    )
    .await
}

/// Notes when sessions were last used, many in one go.
pub struct NoteSeen {
    /// The sessions and their last moments.
    pub seen: Vec<(Hash, Timestamp)>,
}

impl Operation for NoteSeen {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        for (token_hash, at) in &self.seen {
            tx.execute(
                sql!("update session set seen_at = $1 where token_hash = $2 and seen_at < $1"),
                params![*at, token_hash.as_slice()],
            )
            .await?;
        }
        Ok(())
    }
}

struct ReadSession {
    token_hash: Hash,
    now: Timestamp,
}

impl Reading for ReadSession {
    type Outcome = Option<Actor>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Actor>> {
        let mut is_meant = Query::new("a.id = (select agent from session where token_hash =");
        is_meant.bind(self.token_hash.as_slice()).push("and expires_at >").bind(self.now);
        is_meant.push("and seen_at >").bind(self.now.minus(IDLE_MAX)).push(")");
        actor::find(view, &is_meant).await
    }
}

struct ReadToken {
    token_hash: Hash,
    now: Timestamp,
}

from_row! {
    struct FoundToken {
        agent: AgentId,
        name: String,
        scopes: String,
    }
}

impl Reading for ReadToken {
    type Outcome = Option<Actor>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Actor>> {
        let found: Option<FoundToken> = view
            .optional(
                sql!(
                    "select agent, name, scopes from token
                     where token_hash = $1 and revoked_at is null
                       and (expires_at is null or expires_at > $2)"
                ),
                params![self.token_hash.as_slice(), self.now],
            )
            .await?;
        let Some(found) = found else { return Ok(None) };
        let scopes = found.scopes.split(' ').filter_map(Scope::from_code).collect();
        let actor = actor::load(view, found.agent).await?;
        let caller = Some(found.name);
        Ok(actor.map(|actor| Actor { scopes: Some(scopes), caller, ..actor }))
    }
}

/// Actors of the last second, and the sessions that were used since the last note.
#[derive(Default)]
pub struct SessionCache {
    actors: Mutex<HashMap<Hash, (Timestamp, Arc<Actor>)>>,
    seen: Mutex<HashMap<Hash, Timestamp>>,
}

impl SessionCache {
    /// The actor behind the secret of a cookie.
    pub async fn of_session(
        &self,
        db: &Db,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<Arc<Actor>>> {
        let token_hash = sha256(secret.as_bytes());
        let actor = match self.cached(&token_hash, now) {
            Some(actor) => Some(actor),
            None => {
                let actor = db.read(&ReadSession { token_hash, now }).await?;
                actor.map(|actor| self.keep(token_hash, actor, now))
            }
        };
        if actor.is_some() {
            self.seen.lock().unwrap_or_else(PoisonError::into_inner).insert(token_hash, now);
        }
        Ok(actor)
    }

    /// The actor behind a bearer token.
    pub async fn of_token(
        &self,
        db: &Db,
        secret: &str,
        now: Timestamp,
    ) -> Result<Option<Arc<Actor>>> {
        let token_hash = sha256(secret.as_bytes());
        if let Some(actor) = self.cached(&token_hash, now) {
            return Ok(actor.scopes.is_some().then_some(actor));
        }
        let actor = db.read(&ReadToken { token_hash, now }).await?;
        Ok(actor.map(|actor| self.keep(token_hash, actor, now)))
    }

    /// Forgets all actors: a session ended or a right changed.
    pub fn drop_actors(&self) {
        self.actors.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// The sessions used since the last call.
    pub fn take_seen(&self) -> Vec<(Hash, Timestamp)> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).drain().collect()
    }

    fn cached(&self, token_hash: &Hash, now: Timestamp) -> Option<Arc<Actor>> {
        let actors = self.actors.lock().unwrap_or_else(PoisonError::into_inner);
        let (read_at, actor) = actors.get(token_hash)?;
        (now.millis_since(*read_at).abs() < CACHE_MILLIS).then(|| Arc::clone(actor))
    }

    fn keep(&self, token_hash: Hash, actor: Actor, now: Timestamp) -> Arc<Actor> {
        let actor = Arc::new(actor);
        let mut actors = self.actors.lock().unwrap_or_else(PoisonError::into_inner);
        if actors.len() >= CACHE_SIZE_MAX {
            actors.clear();
        }
        actors.insert(token_hash, (now, Arc::clone(&actor)));
        actor
    }
}
