//! Inviting a colleague: the agent, the link and its mail, all of them or none.

use db::{Operation, Result, Tx};

use super::save::{SaveAgent, Saved};
use crate::feature::passwords::{Letter, Link, issue};

/// Adds an agent and sends the link by which the password is chosen.
pub struct Invite<'a> {
    /// The agent.
    pub save: SaveAgent<'a>,
    /// The link.
    pub link: &'a Link,
    /// Its mail.
    pub letter: &'a Letter,
}

impl Operation for Invite<'_> {
    type Outcome = Saved;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let saved = self.save.run(tx).await?;
        if let Saved::Done(agent) = &saved {
            issue(tx, agent.id, self.link, self.letter).await?;
        }
        Ok(saved)
    }
}
