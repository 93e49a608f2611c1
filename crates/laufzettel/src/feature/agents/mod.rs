//! Agents: adding them, their passwords, their rights in areas.

pub mod api;
mod facts;
mod form;
mod hand_over;
mod invite;
pub mod page;
pub mod save;
mod show;
pub mod store;
mod web;
pub mod words;

use axum::Router;
use axum::routing::{get, post};
use db::{Db, Operation, Result, Tx};
use rules::right::{Flag, Level, Role};
use values::{EmailAddress, IdMaker, Timestamp};

use crate::App;
use crate::record::administration::{By, Fact, Kind};
use crate::record::{Agent, AgentId, AreaId, area, our_address, session};
use crate::service::live;

pub use store::Listed;

/// The addresses of people and their rights.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings/people", get(web::people).post(web::invite))
        .route("/settings/people/new", get(web::new))
        .route("/settings/people/{id}", get(web::person).post(web::change))
        .route("/settings/people/{id}/link", post(web::send_link))
        .route("/settings/people/{id}/sign-out", post(web::sign_out))
        .route("/settings/people/{id}/access", post(web::access))
}

/// The mails that an agent may want: a ticket became his, somebody answered, one of his mails could
/// not be delivered.
pub const NOTICES: [&str; 3] = ["assigned", "answered", "failed"];
/// How long a mail can be called back.
pub const UNDO_SECONDS: std::ops::RangeInclusive<i64> = 0..=30;
/// Letters of a telephone number.
pub const PHONE_LETTERS_MAX: usize = 60;

/// Adds an agent.
pub struct AddAgent<'a> {
    /// The name.
    pub name: &'a str,
    /// The address to sign in with.
    pub email: &'a EmailAddress,
    /// The role.
    pub role: Role,
    /// The hash of the password; without one the agent cannot sign in yet.
    pub password_hash: Option<&'a str>,
    /// Makes the id.
    pub ids: &'a IdMaker,
    /// The present moment.
    pub now: Timestamp,
}

/// How adding an agent ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// The new agent.
    Done(AgentId),
    /// Another agent has this address.
    EmailTaken,
    /// It is the address of a mailbox or a sender.
    EmailOurs,
}

impl Operation for AddAgent<'_> {
    type Outcome = Added;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Added> {
        // A company of one has one address.
        if store::has_any(tx).await? && our_address::is_ours(tx, self.email).await? {
            return Ok(Added::EmailOurs);
        }
        let agent: AgentId = self.ids.next::<Agent>(self.now);
        if !store::insert(tx, agent, self).await? {
            return Ok(Added::EmailTaken);
        }
        if let Some(added) = store::hold(tx, agent).await? {
            let by = By::command(self.ids, self.now);
            facts::record(tx, &by, Kind::Added, &added, facts::of(None, &added)).await?;
        }
        live::announce(tx, live::LISTS, agent);
        Ok(Added::Done(agent))
    }
}

/// Sets a password and ends all sessions of the agent. The outcome says whether there is one.
pub struct SetPassword<'a> {
    /// The agent's address.
    pub email: &'a EmailAddress,
    /// The hash of the new password.
    pub password_hash: &'a str,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for SetPassword<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let Some(agent) = store::set_password(tx, self.email, self.password_hash).await? else {
            return Ok(false);
        };
        if let Some(changed) = store::hold(tx, agent).await? {
            let facts = vec![Fact::new("password", None, None)];
            facts::record(tx, &self.by, Kind::Changed, &changed, facts).await?;
        }
        session::end_all(tx, agent).await?;
        Ok(true)
    }
}

/// Sets the password of an agent who chose it himself.
pub async fn set_password_of(
    tx: &mut Tx<'_>,
    agent: AgentId,
    password_hash: &str,
    by: &By<'_>,
) -> Result<()> {
    store::set_password_of(tx, agent, password_hash).await?;
    if let Some(changed) = store::hold(tx, agent).await? {
        let facts = vec![Fact::new("password", None, None)];
        facts::record(tx, by, Kind::Changed, &changed, facts).await?;
    }
    Ok(())
}

/// Sets what an agent may do: the role's defaults, changed by what is named here.
pub struct SetRights<'a> {
    /// The agent.
    pub agent: AgentId,
    /// The level in all areas that are not named; `None` is what the role has.
    pub elsewhere: Option<Option<Level>>,
    /// Levels in single areas; `None` closes an area.
    pub areas: &'a [(AreaId, Option<Level>)],
    /// The flags; `None` is what the role has.
    pub flags: Option<&'a [Flag]>,
}

impl Operation for SetRights<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::set_rights(tx, self).await?;
        for (area, level) in self.areas {
            area::set_right(tx, self.agent, *area, *level).await?;
        }
        live::announce(tx, live::LISTS, self.agent);
        Ok(())
    }
}

/// Stores what an agent chose for his own screen.
pub struct SetProfile<'a> {
    /// The agent.
    pub agent: AgentId,
    /// `de` or `en`; `None` leaves it.
    pub language: Option<&'a str>,
    /// `system`, `light` or `dark`; `None` leaves it.
    pub theme: Option<&'a str>,
    /// Whether single keys work; `None` leaves it.
    pub keys: Option<bool>,
    /// What stands on the agent's own page; `None` leaves all of it.
    pub own: Option<&'a OwnAccount>,
}

/// What an agent sets on his own page.
#[derive(Clone, Debug)]
pub struct OwnAccount {
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
        Self { agent, language: None, theme: None, keys: None, own: None }
    }
}

impl Operation for SetProfile<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::set_profile(tx, self).await?;
        if let Some(own) = self.own {
            store::set_own_account(tx, self.agent, own).await?;
            live::announce(tx, live::LISTS, self.agent);
        }
        live::announce(tx, live::SESSION, self.agent);
        Ok(())
    }
}

/// All agents by name.
pub async fn list(db: &Db) -> Result<Vec<Listed>> {
    store::list(db).await
}
