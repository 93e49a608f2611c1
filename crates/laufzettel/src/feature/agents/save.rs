//! Everything that an administrator sets of an agent, in one operation.

use db::{Operation, Reading, Result, Tx, View};
use rules::right::{Flag, Level, Role};
use values::EmailAddress;

use super::store::{self, Detailed};
use super::{AddAgent, facts};
use crate::record::administration::{By, Fact, Kind};
use crate::record::area::NO_ACCESS;
use crate::record::{Agent, AgentId, AreaId, our_address, session};
use crate::service::live;

/// What is set of an agent. `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The name.
    pub name: Option<String>,
    /// The address to sign in with.
    pub email: Option<EmailAddress>,
    /// The role.
    pub role: Option<Role>,
    /// Whether the agent may sign in.
    pub active: Option<bool>,
    /// The language of the screens.
    pub language: Option<Option<&'static str>>,
    /// The telephone number.
    pub phone: Option<Option<String>>,
    /// What stands below the agent's answers, as clean HTML.
    pub signature: Option<Option<String>>,
    /// How long a mail can be called back, 0 to 30.
    pub undo_seconds: Option<i64>,
    /// Which mails the agent wants, as codes separated by blanks; `None` inside for all.
    pub notices: Option<Option<String>>,
    /// The hash of a new password.
    pub password_hash: Option<String>,
    /// The level in areas that are not named; `None` inside for that of the role.
    pub elsewhere: Option<Option<Option<Level>>>,
    /// Levels in single areas, all of them; `None` closes an area.
    pub areas: Option<Vec<(AreaId, Option<Level>)>>,
    /// The flags; `None` inside for those of the role.
    pub flags: Option<Option<Vec<Flag>>>,
}

/// Adds an agent, or changes one.
pub struct SaveAgent<'a> {
    /// The agent to change; `None` adds one.
    pub agent: Option<AgentId>,
    /// The version that the actor saw; `None` lets the named fields win.
    pub version: Option<i64>,
    /// The fields. A new agent needs name and address.
    pub fields: &'a Fields,
    /// Who does it.
    pub by: By<'a>,
}

/// How saving ended.
#[derive(Debug)]
pub enum Saved {
    /// The agent as he is now.
    Done(Box<Detailed>),
    /// There is no such agent.
    NotFound,
    /// Somebody else changed it.
    Stale,
    /// Another agent has this address.
    EmailTaken,
    /// It is the address of a mailbox or a sender: links to set a password would be read by all.
    EmailOurs,
    /// Somebody must be able to administrate.
    LastAdministrator,
}

impl Operation for SaveAgent<'_> {
    type Outcome = Saved;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        if self.has_our_address(tx).await? {
            return Ok(Saved::EmailOurs);
        }
        let id = match self.agent {
            Some(id) => id,
            None => match self.add(tx).await? {
                Some(id) => id,
                None => return Ok(Saved::EmailTaken),
            },
        };
        let Some(before) = store::hold(tx, id).await? else { return Ok(Saved::NotFound) };
        if self.version.is_some_and(|version| version != before.version) {
            return Ok(Saved::Stale);
        }
        let mut agent = before.clone();
        self.fields.set(&mut agent);
        if store::is_taken(tx, id, &agent.email).await? {
            return Ok(Saved::EmailTaken);
        }
        let administrates =
            |agent: &Detailed| agent.active && agent.role == Role::Administrator.code();
        let steps_down = administrates(&before) && !administrates(&agent);
        if steps_down && !store::has_other_administrator(tx, id).await? {
            return Ok(Saved::LastAdministrator);
        }
        if self.agent.is_some() {
            agent.version += 1;
        }
        store::update(tx, &agent, self.fields.password_hash.as_deref()).await?;
        // Whoever was signed in signs in again with what holds now.
        let is_changed = before.role != agent.role || before.active != agent.active;
        if self.agent.is_some() && (is_changed || self.fields.password_hash.is_some()) {
            session::end_all(tx, id).await?;
        }
        self.record(tx, &before, &agent).await?;
        live::announce(tx, live::LISTS, id);
        live::announce(tx, live::SESSION, id);
        Ok(Saved::Done(Box::new(agent)))
    }
}

/// Reads whether another agent has an address.
pub struct IsTaken<'a> {
    /// Whose address it may be.
    pub agent: Option<AgentId>,
    /// The address.
    pub email: &'a EmailAddress,
}

impl Reading for IsTaken<'_> {
    type Outcome = bool;

    async fn run(&self, view: &mut View<'_>) -> Result<bool> {
        let agent = self.agent.unwrap_or(AgentId::from_number(0));
        store::is_taken(view, agent, self.email.as_str()).await
    }
}

impl SaveAgent<'_> {
    /// Whether the agent would get an address of ours. One that he has stays.
    async fn has_our_address(&self, tx: &mut Tx<'_>) -> Result<bool> {
        let Some(email) = &self.fields.email else { return Ok(false) };
        let before = match self.agent {
            Some(id) => store::hold(tx, id).await?,
            None => None,
        };
        let is_kept = before.is_some_and(|before| before.email == email.as_str());
        Ok(!is_kept && our_address::is_ours(tx, email).await?)
    }

    async fn add(&self, tx: &mut Tx<'_>) -> Result<Option<AgentId>> {
        let Some(email) = &self.fields.email else { return Ok(None) };
        let add = AddAgent {
            name: self.fields.name.as_deref().unwrap_or_default(),
            email,
            role: self.fields.role.unwrap_or(Role::Agent),
            password_hash: None,
            ids: self.by.ids,
            now: self.by.now,
        };
        let agent: AgentId = self.by.ids.next::<Agent>(self.by.now);
        Ok(store::insert(tx, agent, &add).await?.then_some(agent))
    }

    async fn record(&self, tx: &mut Tx<'_>, before: &Detailed, after: &Detailed) -> Result<()> {
        let kind = if self.agent.is_some() { Kind::Changed } else { Kind::Added };
        let before = (kind == Kind::Changed).then_some(before);
        let mut facts = facts::of(before, after);
        if self.fields.password_hash.is_some() {
            facts.push(Fact::new("password", None, None));
        }
        facts::record(tx, &self.by, kind, after, facts).await
    }
}

impl Fields {
    fn set(&self, agent: &mut Detailed) {
        if let Some(name) = &self.name {
            agent.name.clone_from(name);
        }
        if let Some(email) = &self.email {
            agent.email = email.to_string();
        }
        if let Some(role) = self.role {
            role.code().clone_into(&mut agent.role);
        }
        agent.active = self.active.unwrap_or(agent.active);
        if let Some(language) = self.language {
            agent.language = language.map(str::to_owned);
        }
        if let Some(phone) = &self.phone {
            agent.phone.clone_from(phone);
        }
        if let Some(signature) = &self.signature {
            agent.signature.clone_from(signature);
        }
        agent.undo_seconds = self.undo_seconds.unwrap_or(agent.undo_seconds);
        if let Some(notices) = &self.notices {
            agent.notices.clone_from(notices);
        }
        if let Some(elsewhere) = self.elsewhere {
            agent.level_elsewhere = elsewhere.map(code).map(str::to_owned);
        }
        if let Some(areas) = &self.areas {
            let level = |(area, level): &(AreaId, Option<Level>)| (*area, code(*level).to_owned());
            agent.areas = areas.iter().map(level).collect();
        }
        if let Some(flags) = &self.flags {
            let codes = |flags: &Vec<Flag>| {
                flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" ")
            };
            agent.flags = flags.as_ref().map(codes);
        }
        if agent.role == Role::Administrator.code() {
            // Nothing limits an administrator, and what had no effect must not come to life later.
            (agent.level_elsewhere, agent.flags) = (None, None);
            agent.areas.clear();
        }
    }
}

fn code(level: Option<Level>) -> &'static str {
    level.map_or(NO_ACCESS, Level::code)
}
