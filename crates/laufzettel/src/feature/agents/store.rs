//! SQL of agents.

mod own;

use db::{Db, Query, Reading, Result, Tx, View, from_row, params, sql};
use rules::right::Level;
use values::{EmailAddress, Timestamp};

use super::{AddAgent, SetRights};
use crate::record::area::NO_ACCESS;
use crate::record::{AgentId, AreaId};

pub use own::{has_password, set_own_account, set_password_of, set_profile};

from_row! {
    /// An agent in a list.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// The agent.
        pub id: AgentId,
        /// The name.
        pub name: String,
        /// The address.
        pub email: String,
        /// `administrator`, `agent` or `read_only`.
        pub role: String,
        /// Whether the agent may sign in.
        pub active: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

/// All agents by name.
pub async fn list(db: &Db) -> Result<Vec<Listed>> {
    db.all(
        sql!(
            "select id, name, email, role, active, version from agent order by name, id limit 1000"
        ),
        [],
    )
    .await
}

/// Makes the row, or says `false` if the address is taken.
pub async fn insert(tx: &mut Tx<'_>, id: AgentId, add: &AddAgent<'_>) -> Result<bool> {
    let added = tx
        .execute(
            sql!(
                "insert into agent (id, email, name, role, active, language, theme, keys,
                     password_hash, created_at, version)
                 values ($1, $2, $3, $4, 1, null, null, 1, $5, $6, 1)
                 on conflict (email) do nothing"
            ),
            params![id, add.email, add.name, add.role.code(), add.password_hash, add.now],
        )
        .await?;
    Ok(added == 1)
}

/// Sets the level in all other areas and the flags, and clears what single areas had.
pub async fn set_rights(tx: &mut Tx<'_>, rights: &SetRights<'_>) -> Result<()> {
    let elsewhere = rights.elsewhere.map(|level| level.map_or(NO_ACCESS, Level::code));
    let flags = rights
        .flags
        .map(|flags| flags.iter().map(|flag| flag.code()).collect::<Vec<_>>().join(" "));
    tx.execute(
        sql!(
            "update agent set level_elsewhere = $1, flags = $2, version = version + 1
             where id = $3"
        ),
        params![elsewhere, flags, rights.agent],
    )
    .await?;
    tx.execute(sql!("delete from area_right where agent = $1"), params![rights.agent])
        .await
        .map(drop)
}

from_row! {
    struct AgentRow {
        id: AgentId,
    }
}

/// Sets the password of the agent with this address.
pub async fn set_password(
    tx: &mut Tx<'_>,
    email: &EmailAddress,
    password_hash: &str,
) -> Result<Option<AgentId>> {
    let row: Option<AgentRow> = tx
        .optional(
            sql!(
                "update agent set password_hash = $1, version = version + 1
                 where email = $2 returning id"
            ),
            params![password_hash, email],
        )
        .await?;
    Ok(row.map(|row| row.id))
}

from_row! {
    /// An open ticket that is handed over.
    #[derive(Clone, Debug)]
    pub struct OpenTicket {
        /// Its number.
        pub number: String,
        /// Its area.
        pub area: AreaId,
    }
}

/// The open tickets that are assigned to an agent.
pub async fn open_tickets(view: &mut View<'_>, agent: AgentId) -> Result<Vec<OpenTicket>> {
    view.all(
        sql!(
            "select number, area from ticket where assignee = $1 and stage < 2
             order by stage, id limit 10000"
        ),
        params![agent],
    )
    .await
}

from_row! {
    struct Invited {
        id: AgentId,
    }
}

/// The agents who were invited and never chose a password.
pub async fn invited(view: &mut View<'_>) -> Result<Vec<AgentId>> {
    let rows: Vec<Invited> = view
        .all(
            sql!(
                "select a.id from agent a
                 where a.password_hash is null
                   and exists (select 1 from password_link l
                               where l.agent = a.id and l.purpose = 'invitation')
                 order by a.id limit 2000"
            ),
            [],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

from_row! {
    struct DetailedRow {
        id: AgentId,
        name: String,
        email: String,
        role: String,
        active: bool,
        language: Option<String>,
        level_elsewhere: Option<String>,
        flags: Option<String>,
        phone: Option<String>,
        signature: Option<String>,
        undo_seconds: i64,
        notices: Option<String>,
        created_at: Timestamp,
        version: i64,
    }
}

from_row! {
    struct RightRow {
        agent: AgentId,
        area: AreaId,
        level: String,
    }
}

/// An agent with everything that an administrator sets.
#[derive(Clone, Debug)]
pub struct Detailed {
    /// The agent.
    pub id: AgentId,
    /// The name.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// The code of the role.
    pub role: String,
    /// Whether the agent may sign in.
    pub active: bool,
    /// The language of the screens, if one was chosen.
    pub language: Option<String>,
    /// The level in areas that are not named, `none` for no access; without one that of the role.
    pub level_elsewhere: Option<String>,
    /// The flags, separated by blanks; without any those of the role.
    pub flags: Option<String>,
    /// The telephone number.
    pub phone: Option<String>,
    /// What stands below the agent's answers, as HTML.
    pub signature: Option<String>,
    /// How long a mail can be called back, 0 to 30.
    pub undo_seconds: i64,
    /// Which mails the agent wants, as codes separated by blanks; without a word all.
    pub notices: Option<String>,
    /// When it was made.
    pub created_at: Timestamp,
    /// Grows with each change.
    pub version: i64,
    /// Levels in single areas, `none` for no access.
    pub areas: Vec<(AreaId, String)>,
}

/// Reads agents with their rights, by name.
pub struct ReadAgents {
    /// Only this one.
    pub agent: Option<AgentId>,
}

impl Reading for ReadAgents {
    type Outcome = Vec<Detailed>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Detailed>> {
        let mut query = Query::new(
            "select id, name, email, role, active, language, level_elsewhere, flags, phone,
                    signature, undo_seconds, notices, created_at, version
             from agent",
        );
        if let Some(agent) = self.agent {
            query.push("where id =").bind(agent);
        }
        query.push("order by name, id limit 2000");
        let rows: Vec<DetailedRow> = view.list(&query).await?;
        let rights: Vec<RightRow> = view
            .all(
                sql!("select agent, area, level from area_right order by agent, area limit 100000"),
                [],
            )
            .await?;
        let areas = |agent: AgentId| {
            let own = rights.iter().filter(move |right| right.agent == agent);
            own.map(|right| (right.area, right.level.clone())).collect()
        };
        Ok(rows
            .into_iter()
            .map(|row| Detailed {
                areas: areas(row.id),
                id: row.id,
                name: row.name,
                email: row.email,
                role: row.role,
                active: row.active,
                language: row.language,
                level_elsewhere: row.level_elsewhere,
                flags: row.flags,
                phone: row.phone,
                signature: row.signature,
                undo_seconds: row.undo_seconds,
                notices: row.notices,
                created_at: row.created_at,
                version: row.version,
            })
            .collect())
    }
}

/// The agent, held against other changes until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, agent: AgentId) -> Result<Option<Detailed>> {
    let held: Option<AgentRow> = tx
        .optional(
            sql!(
                sqlite: "select id from agent where id = $1",
                postgres: "select id from agent where id = $1 for update"
            ),
            params![agent],
        )
        .await?;
    if held.is_none() {
        return Ok(None);
    }
    Ok(ReadAgents { agent: Some(agent) }.run(tx).await?.into_iter().next())
}

/// Whether another agent has this address.
pub async fn is_taken(view: &mut View<'_>, agent: AgentId, email: &str) -> Result<bool> {
    let other: Option<AgentRow> = view
        .optional(sql!("select id from agent where email = $1 and id <> $2"), params![email, agent])
        .await?;
    Ok(other.is_some())
}

/// Whether there is an agent at all.
pub async fn has_any(tx: &mut Tx<'_>) -> Result<bool> {
    let any: Option<AgentRow> = tx.optional(sql!("select id from agent limit 1"), []).await?;
    Ok(any.is_some())
}

/// Whether there is another active administrator.
pub async fn has_other_administrator(tx: &mut Tx<'_>, agent: AgentId) -> Result<bool> {
    let other: Option<AgentRow> = tx
        .optional(
            sql!(
                sqlite: "select id from agent
                         where role = 'administrator' and active = 1 and id <> $1 limit 1",
                postgres: "select id from agent
                           where role = 'administrator' and active = 1 and id <> $1
                           order by id limit 1 for update"
            ),
            params![agent],
        )
        .await?;
    Ok(other.is_some())
}

/// Writes what an administrator sets; a missing hash leaves the password as it is.
pub async fn update(tx: &mut Tx<'_>, agent: &Detailed, password_hash: Option<&str>) -> Result<()> {
    tx.execute(
        sql!(
            "update agent
             set name = $1, email = $2, role = $3, active = $4, language = $5,
                 level_elsewhere = $6, flags = $7, version = $8,
                 password_hash = coalesce($9, password_hash), phone = $11, signature = $12,
                 undo_seconds = $13, notices = $14
             where id = $10"
        ),
        params![
            agent.name.as_str(),
            agent.email.as_str(),
            agent.role.as_str(),
            agent.active,
            agent.language.as_deref(),
            agent.level_elsewhere.as_deref(),
            agent.flags.as_deref(),
            agent.version,
            password_hash,
            agent.id,
            agent.phone.as_deref(),
            agent.signature.as_deref(),
            agent.undo_seconds,
            agent.notices.as_deref(),
        ],
    )
    .await?;
    tx.execute(sql!("delete from area_right where agent = $1"), params![agent.id]).await?;
    for (area, level) in &agent.areas {
        tx.execute(
            sql!("insert into area_right (agent, area, level) values ($1, $2, $3)"),
            params![agent.id, *area, level.as_str()],
        )
        .await?;
    }
    Ok(())
}
