//! What an agent sets of himself.

use db::{Operation, Result, Tx};

use super::{facts, store};
use crate::record::AgentId;
use crate::record::administration::{By, Kind};
use crate::service::live;

/// Stores what an agent chose for his own screen, and what he says about himself.
pub struct SetProfile<'a> {
    /// The agent.
    pub agent: AgentId,
    /// `de` or `en`; `None` leaves it.
    pub language: Option<&'a str>,
    /// `system`, `light` or `dark`; `None` leaves it.
    pub theme: Option<&'a str>,
    /// `compact` or `comfortable`; `None` leaves it.
    pub density: Option<&'a str>,
    /// Whether single keys work; `None` leaves it.
    pub keys: Option<bool>,
    /// What stands on the agent's own page; `None` leaves all of it.
    pub own: Option<&'a OwnAccount>,
    /// Who does it, for the history; nobody while an agent is being added.
    pub by: Option<By<'a>>,
}

/// What an agent sets on his own page.
#[derive(Clone, Debug)]
pub struct OwnAccount {
    /// The name.
    pub name: String,
    /// The telephone number.
    pub phone: Option<String>,
    /// What stands below his answers, as clean HTML.
    pub signature: Option<String>,
    /// How long a mail can be called back, 0 to 30.
    pub undo_seconds: i64,
    /// Which mails he wants, as codes separated by blanks; `None` for all.
    pub notices: Option<String>,
}

impl SetProfile<'_> {
    /// Leaves everything of the agent as it is.
    pub fn of(agent: AgentId) -> Self {
        Self { agent, language: None, theme: None, density: None, keys: None, own: None, by: None }
    }
}

impl Operation for SetProfile<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let Some(before) = store::hold(tx, self.agent).await? else { return Ok(()) };
        store::set_profile(tx, self).await?;
        if let Some(own) = self.own {
            store::set_own_account(tx, self.agent, own).await?;
            live::announce(tx, live::LISTS, self.agent);
        }
        live::announce(tx, live::SESSION, self.agent);
        let Some(by) = &self.by else { return Ok(()) };
        let Some(after) = store::hold(tx, self.agent).await? else { return Ok(()) };
        facts::record(tx, by, Kind::Changed, &after, facts::of(Some(&before), &after)).await
    }
}
