//! SQL of signing in.

use db::{Db, Result, from_row, params, sql};

use crate::record::AgentId;

from_row! {
    /// Who wants to sign in.
    #[derive(Clone, Debug)]
    pub struct Candidate {
        /// The agent.
        pub id: AgentId,
        /// Whether the agent may sign in.
        pub active: bool,
        /// The hash of the password.
        pub password_hash: Option<String>,
    }
}

/// The agent with this address.
pub async fn candidate(db: &Db, email: &str) -> Result<Option<Candidate>> {
    db.optional(
        sql!("select id, active, password_hash from agent where email = $1"),
        params![email],
    )
    .await
}
