//! Who acts: an agent behind a session or a token, with his rights.

use db::{Query, Result, Sql, Tx, View, from_row, sql};
use rules::right::{Actor as Rights, Flag, Level, Place, Right, Role, allows};
use values::{Language, Timestamp};

use super::area::NO_ACCESS;
use super::{AgentId, AreaId, TicketId};
use crate::service::history::{self, Event};

/// No right, or no such thing. What is not visible does not exist, so most are [`Self::NotFound`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denied {
    /// There is nothing by this name that the actor may see.
    NotFound,
    /// The actor sees it, but may not do this with it.
    NotAllowed,
}

/// What a token may be used for. A session may do everything its agent may.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Reading tickets and messages.
    TicketsRead,
    /// Writing tickets and messages.
    TicketsWrite,
    /// Reading the mail journal.
    MailsRead,
    /// Delivering mails and trying them again.
    MailsWrite,
    /// Reading contacts and companies.
    ContactsRead,
    /// Writing contacts and companies.
    ContactsWrite,
    /// Lists, mailboxes, agents, tokens.
    Settings,
}

impl Scope {
    /// All scopes.
    pub const ALL: [Self; 7] = [
        Self::TicketsRead,
        Self::TicketsWrite,
        Self::MailsRead,
        Self::MailsWrite,
        Self::ContactsRead,
        Self::ContactsWrite,
        Self::Settings,
    ];

    /// The word for it on the command line and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::TicketsRead => "tickets:read",
            Self::TicketsWrite => "tickets:write",
            Self::MailsRead => "mails:read",
            Self::MailsWrite => "mails:write",
            Self::ContactsRead => "contacts:read",
            Self::ContactsWrite => "contacts:write",
            Self::Settings => "settings",
        }
    }

    /// The scope with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// An agent who acts, as loaded with his session or token.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The agent.
    pub agent: AgentId,
    /// His name.
    pub name: String,
    /// His address.
    pub email: String,
    /// His role.
    pub role: Role,
    /// His language, if he chose one.
    pub language: Option<Language>,
    /// `light` or `dark`, if he chose one.
    pub theme: Option<String>,
    /// `compact` or `comfortable`, if he chose one.
    pub density: Option<String>,
    /// Whether single keys work.
    pub keys: bool,
    /// How long a mail of his can be called back, 0 to 30.
    pub undo_seconds: i64,
    /// His telephone number.
    pub phone: Option<String>,
    /// What stands below his answers, as HTML.
    pub signature: Option<String>,
    /// What he may do.
    pub rights: Rights,
    /// How far he may go in each area that he may enter.
    pub levels: Vec<(AreaId, Level)>,
    /// What the token allows; `None` for a session.
    pub scopes: Option<Vec<Scope>>,
    /// The program behind the token, as the token or the program itself names it (F-NEW-15).
    pub caller: Option<String>,
}

from_row! {
    struct StoredAgent {
        id: AgentId,
        name: String,
        email: String,
        role: String,
        level_elsewhere: Option<String>,
        flags: Option<String>,
        language: Option<String>,
        theme: Option<String>,
        density: Option<String>,
        keys: bool,
        undo_seconds: i64,
        phone: Option<String>,
        signature: Option<String>,
        area: Option<AreaId>,
        area_level: Option<String>,
    }
}

/// The areas in which an actor may do something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Areas {
    /// Everywhere.
    All,
    /// In these.
    Some(Vec<AreaId>),
}

impl Actor {
    /// How far the actor may go in an area.
    pub fn level_in(&self, area: AreaId) -> Option<Level> {
        self.rights.level(area.number())
    }

    /// The areas in which the actor may go at least so far.
    pub fn areas_with(&self, level: Level) -> Areas {
        if self.role == Role::Administrator || self.rights.has_everywhere(level) {
            return Areas::All;
        }
        let enough = self.levels.iter().filter(|(_, own)| *own >= level);
        Areas::Some(enough.map(|(area, _)| *area).collect())
    }

    /// Whether the actor may change settings of the whole installation.
    pub fn is_administrator(&self) -> bool {
        self.role == Role::Administrator
    }

    /// Whether the actor may change the settings of the house (F-PERM-04).
    pub fn may_manage_house(&self) -> bool {
        allows(&self.rights, Right::ManageHouse, Place::House)
    }

    /// Whether the token, if there is one, is made for this.
    pub fn has_scope(&self, scope: Scope) -> bool {
        self.scopes.as_ref().is_none_or(|scopes| scopes.contains(&scope))
    }

    /// Adds `and (…)` that keeps the tickets this actor may see. The ticket is named `t`. One that
    /// was merged into another is none any more.
    pub fn push_visible(&self, query: &mut Query) {
        query.push("and t.stage <> 4");
        self.push_entered(query);
    }

    /// As [`Self::push_visible`], also for tickets that were merged into others.
    pub fn push_entered(&self, query: &mut Query) {
        let Areas::Some(read) = self.areas_with(Level::Read) else { return };
        query.push("and (");
        query.push_in_ids("t.area", ids_json(&read));
        match self.areas_with(Level::Own) {
            Areas::All => {
                query.push("or");
                self.push_own(query);
            }
            Areas::Some(own) if own.len() > read.len() => {
                query.push("or (");
                query.push_in_ids("t.area", ids_json(&own)).push("and");
                self.push_own(query);
                query.push(")");
            }
            Areas::Some(_) => {}
        }
        query.push(")");
    }

    /// Adds `(…)` that keeps the tickets that are the actor's own (decision 12).
    fn push_own(&self, query: &mut Query) {
        query.push("(t.assignee =").bind(self.agent);
        query.push("or t.creator =").bind(self.agent);
        query.push("or t.requester_email =").bind(self.email.as_str()).push(")");
    }
}

/// Ids as a JSON list, for one parameter.
pub fn ids_json<T>(ids: &[values::Id<T>]) -> String {
    let numbers: Vec<String> = ids.iter().map(ToString::to_string).collect();
    format!("[{}]", numbers.join(","))
}

/// The actor behind an active agent.
pub async fn load(view: &mut View<'_>, agent: AgentId) -> Result<Option<Actor>> {
    let mut is_meant = Query::new("a.id =");
    is_meant.bind(agent);
    find(view, &is_meant).await
}

/// The actor behind the one active agent that is meant. The agent is named `a`.
pub async fn find(view: &mut View<'_>, is_meant: &Query) -> Result<Option<Actor>> {
    let mut query = Query::new(
        "select a.id, a.name, a.email, a.role, a.level_elsewhere, a.flags, a.language, a.theme,
                a.density, a.keys, a.undo_seconds, a.phone, a.signature, e.id as area, r.level as area_level
         from agent a
         left join area e on 1 = 1
         left join area_right r on r.area = e.id and r.agent = a.id
         where a.active = 1 and",
    );
    query.group(is_meant).push("order by e.id limit 1000");
    let in_areas: Vec<StoredAgent> = view.list(&query).await?;
    Ok(actor(&in_areas))
}

/// The actors behind those of these agents who are active. What they may do is known for one area
/// only.
pub async fn load_in(view: &mut View<'_>, agents: &[AgentId], area: AreaId) -> Result<Vec<Actor>> {
    let mut query = Query::new(
        "select a.id, a.name, a.email, a.role, a.level_elsewhere, a.flags, a.language, a.theme,
                a.density, a.keys, a.undo_seconds, a.phone, a.signature, e.id as area, r.level as area_level
         from agent a
         left join area e on e.id =",
    );
    query.bind(area);
    query.push("left join area_right r on r.area = e.id and r.agent = a.id");
    query.push("where a.active = 1 and").push_in_ids("a.id", ids_json(agents));
    query.push("order by a.name, a.id limit 1000");
    let found: Vec<StoredAgent> = view.list(&query).await?;
    Ok(found.chunks(1).filter_map(actor).collect())
}

/// The actor in these rows, one for each area.
fn actor(in_areas: &[StoredAgent]) -> Option<Actor> {
    let stored = in_areas.first()?;
    let rights = rights(stored, in_areas);
    let level = |area: AreaId| rights.level(area.number()).map(|level| (area, level));
    Some(Actor {
        agent: stored.id,
        role: role(stored),
        language: stored.language.as_deref().and_then(Language::from_code),
        levels: in_areas.iter().filter_map(|row| level(row.area?)).collect(),
        rights,
        name: stored.name.clone(),
        email: stored.email.clone(),
        theme: stored.theme.clone(),
        density: stored.density.clone(),
        keys: stored.keys,
        undo_seconds: stored.undo_seconds,
        phone: stored.phone.clone(),
        signature: stored.signature.clone(),
        scopes: None,
        caller: None,
    })
}

fn role(stored: &StoredAgent) -> Role {
    role_of(&stored.role)
}

fn role_of(code: &str) -> Role {
    Role::from_code(code).unwrap_or(Role::ReadOnly)
}

from_row! {
    struct StoredRights {
        id: AgentId,
        role: String,
        level_elsewhere: Option<String>,
        flags: Option<String>,
        area: Option<AreaId>,
        area_level: Option<String>,
    }
}

const RIGHTS_OF_ALL: Sql = sql!(
    "select a.id, a.role, a.level_elsewhere, a.flags, r.area, r.level as area_level
     from agent a left join area_right r on r.agent = a.id
     where a.active = 1 order by a.id, r.area"
);

/// What each active agent may do.
pub async fn rights_of_all(view: &mut View<'_>) -> Result<Vec<(AgentId, Rights)>> {
    let rows: Vec<StoredRights> = view.all(RIGHTS_OF_ALL, []).await?;
    let of_one = |rows: &[StoredRights]| {
        let first = rows.first()?;
        let own = (first.level_elsewhere.as_deref(), first.flags.as_deref());
        let areas = rows.iter().filter_map(|row| Some((row.area?, row.area_level.as_deref()?)));
        Some((first.id, rights_by(role_of(&first.role), own, areas)))
    };
    Ok(rows.chunk_by(|one, other| one.id == other.id).filter_map(of_one).collect())
}

/// The defaults of the role, changed by what is stored for the agent. Nothing limits an
/// administrator.
fn rights(stored: &StoredAgent, in_areas: &[StoredAgent]) -> Rights {
    let own = (stored.level_elsewhere.as_deref(), stored.flags.as_deref());
    let areas = in_areas.iter().filter_map(|row| Some((row.area?, row.area_level.as_deref()?)));
    rights_by(role(stored), own, areas)
}

fn rights_by<'a>(
    role: Role,
    (elsewhere, flags): (Option<&str>, Option<&str>),
    areas: impl Iterator<Item = (AreaId, &'a str)>,
) -> Rights {
    let mut rights = Rights::of_role(role);
    if role == Role::Administrator {
        return rights;
    }
    if let Some(level) = elsewhere {
        rights = match level {
            NO_ACCESS => rights.everywhere(None),
            code => rights.everywhere(Level::from_code(code)),
        };
    }
    for (area, level) in areas {
        rights = rights.in_area(area.number(), Level::from_code(level));
    }
    if let Some(flags) = flags {
        let is_set = |flag: Flag| flags.split(' ').any(|code| code == flag.code());
        for flag in Flag::ALL {
            rights = if is_set(flag) { rights.with(flag) } else { rights.without(flag) };
        }
    }
    rights
}

/// The agent who acts in an operation, when he does it.
#[derive(Clone, Copy)]
pub struct Acting<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// When.
    pub now: Timestamp,
    /// Makes ids.
    pub ids: &'a values::IdMaker,
}

impl Acting<'_> {
    /// Writes down in the history of a ticket what the actor did, and through which program.
    pub async fn record(
        &self,
        tx: &mut Tx<'_>,
        ticket: TicketId,
        kind: &'static str,
        mut detail: serde_json::Value,
    ) -> Result<()> {
        if let (Some(caller), Some(detail)) = (&self.actor.caller, detail.as_object_mut()) {
            detail.insert("caller".to_owned(), caller.as_str().into());
        }
        let agent = Some(self.actor.agent);
        let event = Event { ticket, kind, agent, at: self.now, detail, ids: self.ids };
        history::record(tx, event).await
    }
}
