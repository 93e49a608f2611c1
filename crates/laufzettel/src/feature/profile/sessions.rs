//! The sessions of an agent: where he is signed in, and ending them from elsewhere.

use ::values::{Timestamp, hex};
use db::{Operation, Reading, Result, Tx, View};

use crate::record::AgentId;
use crate::record::administration::{By, Change, Fact, Kind, Subject};
use crate::record::session::{self, OpenSession};
use crate::service::blobs::Hash;

/// Bytes of the hash of a secret that tell one session of an agent from another one on his page.
const MARK_BYTES: usize = 8;

/// What tells a session from the others of its agent. The secret cannot be had from it.
pub fn mark(token_hash: &[u8]) -> String {
    hex(token_hash.get(..MARK_BYTES).unwrap_or(token_hash))
}

/// Reads the sessions of an agent that have not ended, the one used last first.
pub struct ReadSessions {
    /// The agent.
    pub agent: AgentId,
    /// The present moment.
    pub now: Timestamp,
}

impl Reading for ReadSessions {
    type Outcome = Vec<OpenSession>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<OpenSession>> {
        session::open(view, self.agent, self.now).await
    }
}

/// Which sessions end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Which {
    /// All but the one whose secret has this hash.
    Others(Hash),
    /// The one with this mark.
    One(String),
}

/// Ends sessions of one's own. The outcome says whether there was one.
pub struct EndSessions<'a> {
    /// The agent.
    pub agent: AgentId,
    /// The name, for the history.
    pub name: &'a str,
    /// Which of them.
    pub which: Which,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for EndSessions<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let ended = match &self.which {
            Which::Others(kept) => session::end_others(tx, self.agent, kept).await?,
            Which::One(wanted) => {
                let open = session::open(tx, self.agent, self.by.now).await?;
                match open.iter().find(|one| mark(&one.token_hash) == *wanted) {
                    Some(one) => session::end_one(tx, self.agent, &one.token_hash).await?,
                    None => false,
                }
            }
        };
        if ended {
            let facts = vec![Fact::new("sessions", None, None)];
            let (subject, id) = (Subject::Agent, self.agent.number());
            let event = Change { subject, id, name: self.name, kind: Kind::Changed, facts };
            self.by.record(tx, &event).await?;
        }
        Ok(ended)
    }
}
