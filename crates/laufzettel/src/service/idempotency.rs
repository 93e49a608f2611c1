//! Requests that a client may repeat without doing it twice: the answer to a POST is kept under the
//! client's own key, in the transaction of the change itself.
//!
//! Only answers to what was done are kept. A refusal changed nothing, so the client may mend its
//! request and send it again under the same key.

use std::time::Duration;

use db::{Operation, Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::blobs::Hash;
use super::ids::AgentId;

/// How long an answer is kept.
const KEPT: Duration = Duration::from_secs(7 * 24 * 3600);
/// Old answers that are deleted in one operation.
const DELETED_AT_ONCE: i64 = 1_000;

/// A request that may be repeated.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Who sent it; each agent has keys of his own.
    pub agent: AgentId,
    /// The client's key.
    pub key: String,
    /// What tells the request from others: method, address and body.
    pub request_hash: Hash,
    /// The present moment.
    pub now: Timestamp,
}

from_row! {
    /// The answer to a request, as far as it is given again.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Reply {
        /// The status.
        pub status: u16,
        /// The address of what was made.
        pub location: Option<String>,
        /// The version of what was made or changed, as an entity tag.
        pub etag: Option<String>,
        /// The body, as JSON.
        pub body: String,
    }
}

/// What is known of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// Nothing: it is new.
    Nothing,
    /// It was answered before.
    Answered(Reply),
    /// Another request had this key.
    OtherRequest,
}

/// How a request ended that may be repeated. `E` says why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Settled<E> {
    /// It was done, now or before.
    Answered(Reply),
    /// It was refused.
    Refused(E),
    /// Another request had this key.
    OtherRequest,
}

/// Runs an operation unless the same request was answered before, and keeps its answer.
///
/// Who comes second waits for the first one: on PostgreSQL at the row of the key, on SQLite for
/// the writer.
pub struct Once<'a, O, F> {
    /// The request; `None` runs the operation in any case.
    pub claim: Option<&'a Claim>,
    /// The operation.
    pub operation: &'a O,
    /// Makes the answer from its outcome, or says why it was refused.
    pub answer: F,
}

impl<O, F, E> Operation for Once<'_, O, F>
where
    O: Operation,
    F: Fn(O::Outcome) -> std::result::Result<Reply, E> + Sync,
    E: Send,
{
    type Outcome = Settled<E>;

    const TIME_LIMIT: Duration = O::TIME_LIMIT;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Settled<E>> {
        if let Some(claim) = self.claim {
            match take(tx, claim).await? {
                Known::Nothing => {}
                Known::Answered(reply) => return Ok(Settled::Answered(reply)),
                Known::OtherRequest => return Ok(Settled::OtherRequest),
            }
        }
        let answer = (self.answer)(self.operation.run(tx).await?);
        if let Some(claim) = self.claim {
            match &answer {
                Ok(reply) => keep(tx, claim, reply).await?,
                Err(_) => give_back(tx, claim).await?,
            }
        }
        Ok(answer.map_or_else(Settled::Refused, Settled::Answered))
    }
}

/// Takes a key for a request, or says what is known of it.
async fn take(tx: &mut Tx<'_>, claim: &Claim) -> Result<Known> {
    let taken = tx
        .execute(
            sql!(
                "insert into idempotency (agent, key, request_hash, status, location, etag, body,
                     created_at)
                 values ($1, $2, $3, 0, null, null, '', $4)
                 on conflict (agent, key) do update
                 set request_hash = excluded.request_hash, status = 0, location = null,
                     etag = null, body = '', created_at = excluded.created_at
                 where idempotency.created_at < $5"
            ),
            params![
                claim.agent,
                claim.key.as_str(),
                claim.request_hash.as_slice(),
                claim.now,
                claim.now.minus(KEPT),
            ],
        )
        .await?;
    if taken == 1 {
        return Ok(Known::Nothing);
    }
    find(tx, claim).await
}

from_row! {
    struct Stored {
        request_hash: Vec<u8>,
        status: u16,
        location: Option<String>,
        etag: Option<String>,
        body: String,
    }
}

/// What is known of a request, without taking its key.
pub async fn find(view: &mut View<'_>, claim: &Claim) -> Result<Known> {
    let stored: Option<Stored> = view
        .optional(
            sql!(
                "select request_hash, status, location, etag, body
                 from idempotency
                 where agent = $1 and key = $2 and created_at >= $3"
            ),
            params![claim.agent, claim.key.as_str(), claim.now.minus(KEPT)],
        )
        .await?;
    Ok(match stored {
        None => Known::Nothing,
        Some(stored) if stored.request_hash != claim.request_hash => Known::OtherRequest,
        Some(Stored { status, location, etag, body, .. }) => {
            Known::Answered(Reply { status, location, etag, body })
        }
    })
}

/// Keeps the answer to a request whose key was taken.
pub async fn keep(tx: &mut Tx<'_>, claim: &Claim, reply: &Reply) -> Result<()> {
    tx.execute(
        sql!(
            "update idempotency set status = $1, location = $2, etag = $3, body = $4
             where agent = $5 and key = $6"
        ),
        params![
            reply.status,
            reply.location.as_deref(),
            reply.etag.as_deref(),
            reply.body.as_str(),
            claim.agent,
            claim.key.as_str(),
        ],
    )
    .await
    .map(drop)
}

async fn give_back(tx: &mut Tx<'_>, claim: &Claim) -> Result<()> {
    tx.execute(
        sql!("delete from idempotency where agent = $1 and key = $2"),
        params![claim.agent, claim.key.as_str()],
    )
    .await
    .map(drop)
}

/// Keeps a fuller answer, once more is known than when the request was answered first.
pub struct KeepFuller<'a> {
    /// The request.
    pub claim: &'a Claim,
    /// The answer.
    pub reply: &'a Reply,
}

impl Operation for KeepFuller<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        keep(tx, self.claim, self.reply).await
    }
}

/// Deletes answers that are kept long enough. The outcome says whether more are left.
pub struct DeleteOld {
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for DeleteOld {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let deleted = tx
            .execute(
                sql!(
                    "delete from idempotency
                     where (agent, key) in (
                         select agent, key from idempotency
                         where created_at < $1
                         order by created_at
                         limit $2
                     )"
                ),
                params![self.now.minus(KEPT), DELETED_AT_ONCE],
            )
            .await?;
        Ok(i64::try_from(deleted).is_ok_and(|deleted| deleted == DELETED_AT_ONCE))
    }
}
