//! Agents: adding them, their passwords, their rights in areas.

pub mod api;
mod facts;
mod form;
mod hand_over;
mod invite;
mod own;
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

pub use form::{name_of, phone_of, signature_of};
pub use own::{OwnAccount, SetProfile};
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

/// Sets another password for one that is known by its hash. Without that one nothing happens.
pub async fn replace_password(
    tx: &mut Tx<'_>,
    agent: AgentId,
    (before, after): (&str, &str),
    by: &By<'_>,
) -> Result<bool> {
    if !store::has_password(tx, agent, before).await? {
        return Ok(false);
    }
    set_password_of(tx, agent, after, by).await?;
    Ok(true)
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

/// All agents by name.
pub async fn list(db: &Db) -> Result<Vec<Listed>> {
    store::list(db).await
}
