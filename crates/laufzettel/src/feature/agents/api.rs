//! Agents in the API.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::http::HeaderMap;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{IfMatch, Json, Query};

use super::save::{Fields, SaveAgent, Saved};
use super::store::{Detailed, ReadAgents};
use crate::App;
use crate::api::{
    Call, Caller, ListsRead, Page, Post, Problems, Settings, Time, conflict, created, done,
    invalid, location, once, present, shown, stale, taken, versioned,
};
use crate::feature::lists::api::AskedPage;
use crate::http::error::{Answer, HttpError};
use crate::record::AgentId;
use crate::record::actor::Denied;
use crate::record::directory::by_id;
use crate::service::idempotency::Reply;

mod wanted;

/// The routes of agents.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list, create)).routes(routes!(read, change, delete))
}

/// An agent. Who does not set up the house sees no rights.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Agent)]
pub struct ShownPerson {
    /// The agent.
    id: String,
    /// The name.
    name: String,
    /// The address to sign in with.
    email: String,
    /// Whether the agent may sign in.
    active: bool,
    /// The telephone number, for signatures.
    phone: Option<String>,
    /// What stands below the agent's answers, as HTML.
    signature: Option<String>,
    /// How long a mail of the agent can be called back, 0 to 30.
    undo_seconds: i64,
    /// The mails that the agent wants: `assigned`, `answered`, `failed`; `null` for all.
    notices: Option<Vec<String>>,
    /// What the agent may do; `null` for callers who do not set up the house.
    rights: Option<Rights>,
    /// Grows with each change.
    version: i64,
}

/// What an agent may do: the defaults of a role, changed by what is set beside it.
#[derive(Debug, Serialize, ToSchema)]
struct Rights {
    /// `administrator`, `agent` or `read_only`.
    role: String,
    /// `own`, `read`, `work`, `manage` or `none` in areas that are not named; `null` for that of the
    /// role.
    level_elsewhere: Option<String>,
    /// Levels in single areas, by their keys.
    areas: BTreeMap<String, String>,
    /// `create`, `delete`, `export`, `settings`, `person_figures`, `rules`; `null` for those of the role.
    flags: Option<Vec<String>>,
    /// The language of the screens: `de` or `en`.
    language: Option<String>,
    /// When the agent was added.
    created_at: Time,
}

/// An agent, added or changed. A field that is missing stays, one that is `null` is cleared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AgentChange)]
pub struct Body {
    /// The name.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    name: Option<String>,
    /// The address to sign in with.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    email: Option<String>,
    /// `administrator`, `agent` or `read_only`; of a new agent `agent` without a word.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    role: Option<String>,
    /// Whether the agent may sign in.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    active: Option<bool>,
    /// `de` or `en`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    language: Option<Option<String>>,
    /// A new password; it is never given out, and ends all sessions of the agent.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    password: Option<String>,
    /// The level in areas that are not named: `own`, `read`, `work`, `manage` or `none`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    level_elsewhere: Option<Option<String>>,
    /// Levels in single areas, by their keys or names, all of them.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    areas: Option<BTreeMap<String, String>>,
    /// `create`, `delete`, `export`, `settings`, `person_figures`, `rules`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Vec<String>>)]
    flags: Option<Option<Vec<String>>>,
    /// The telephone number, for signatures.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    /// What stands below the agent's answers, as HTML.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    signature: Option<Option<String>>,
    /// How long a mail of the agent can be called back, 0 to 30.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    undo_seconds: Option<i64>,
    /// The mails that the agent wants: `assigned`, `answered`, `failed`; `null` for all.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Vec<String>>)]
    notices: Option<Option<Vec<String>>>,
}

impl ShownPerson {
    fn of(call: &Call, agent: &Detailed) -> Self {
        Self {
            id: agent.id.to_string(),
            name: agent.name.clone(),
            email: agent.email.clone(),
            active: agent.active,
            phone: agent.phone.clone(),
            signature: agent.signature.clone(),
            undo_seconds: agent.undo_seconds,
            notices: agent.notices.as_deref().map(codes),
            rights: call.may_manage_house().then(|| rights(call, agent)),
            version: agent.version,
        }
    }
}

fn codes(text: &str) -> Vec<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn rights(call: &Call, agent: &Detailed) -> Rights {
    let areas = agent.areas.iter().filter_map(|(area, level)| {
        let area = by_id(&call.directory.areas, area.number())?;
        Some((area.key.clone(), level.clone()))
    });
    Rights {
        role: agent.role.clone(),
        level_elsewhere: agent.level_elsewhere.clone(),
        areas: areas.collect(),
        flags: agent.flags.as_deref().map(codes),
        language: agent.language.clone(),
        created_at: Time(agent.created_at),
    }
}

/// Lists all agents
///
/// By name, those who are switched off among them.
#[utoipa::path(
    get,
    path = "/api/v1/agents",
    params(AskedPage),
    responses((status = 200, description = "A page", body = Page<ShownPerson>), Problems),
    security(
        ("token" = ["tickets:read"]),
        ("token" = ["tickets:write"]),
        ("token" = ["settings"])
    )
)]
async fn list(caller: Caller<ListsRead>, Query(asked): Query<AskedPage>) -> Answer {
    let agents = caller.app.db.read(&ReadAgents { agent: None }).await?;
    let page = asked.cut("agents", &agents, |agent| vec![agent.id.number()])?;
    let items = page.rows.iter().map(|agent| ShownPerson::of(&caller, agent)).collect();
    Ok(shown(&Page { items, next: page.next }))
}

/// Adds an agent
///
/// Only administrators: whoever gives rights could give himself more.
#[utoipa::path(
    post,
    path = "/api/v1/agents",
    request_body = Body,
    responses((status = 201, description = "The agent", body = ShownPerson), Problems),
    security(("token" = ["settings"]))
)]
async fn create(caller: Caller<Settings>, post: Post<Body>) -> Answer {
    caller.administrate()?;
    let fields = wanted::new(&caller, &post.body).await?;
    let save = save(&caller, None, None, &fields);
    let answer = once(&caller, &post.repeat, &save, |saved| {
        let agent = saved_agent(saved)?;
        let at = location("agents", &agent.id.to_string());
        let shown = ShownPerson::of(&caller, &agent);
        Ok::<Reply, HttpError>(created(&at, Some(agent.version), &shown))
    })
    .await;
    caller.forget_lists();
    answer
}

/// Reads an agent
#[utoipa::path(
    get,
    path = "/api/v1/agents/{id}",
    params(("id" = String, Path, description = "The agent")),
    responses((status = 200, description = "The agent", body = ShownPerson), Problems),
    security(
        ("token" = ["tickets:read"]),
        ("token" = ["tickets:write"]),
        ("token" = ["settings"])
    )
)]
async fn read(caller: Caller<ListsRead>, Path(id): Path<String>) -> Answer {
    let agent = find(&caller, &id).await?;
    Ok(versioned(&ShownPerson::of(&caller, &agent), agent.version))
}

/// Changes an agent
///
/// Only administrators. Another role, another password and switching off end all sessions. Nothing
/// limits an administrator: levels and flags are cleared with that role.
#[utoipa::path(
    patch,
    path = "/api/v1/agents/{id}",
    params(("id" = String, Path, description = "The agent")),
    request_body = Body,
    responses((status = 200, description = "The agent", body = ShownPerson), Problems),
    security(("token" = ["settings"]))
)]
async fn change(
    caller: Caller<Settings>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Answer {
    caller.administrate()?;
    let agent = find(&caller, &id).await?;
    let if_match = IfMatch::read(&headers);
    if_match.allow(agent.version)?;
    let fields = wanted::fields(&caller, &body, &agent.role).await?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(agent.version);
    let save = save(&caller, Some(agent.id), version, &fields);
    let agent = saved_agent(caller.app.db.write(&save).await?)?;
    caller.forget_lists();
    Ok(versioned(&ShownPerson::of(&caller, &agent), agent.version))
}

/// Switches an agent off
///
/// Only administrators. Agents stay on record, because tickets and messages name them.
#[utoipa::path(
    delete,
    path = "/api/v1/agents/{id}",
    params(("id" = String, Path, description = "The agent")),
    responses((status = 204, description = "The agent is switched off"), Problems),
    security(("token" = ["settings"]))
)]
async fn delete(caller: Caller<Settings>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    caller.administrate()?;
    let agent = find(&caller, &id).await?;
    let if_match = IfMatch::read(&headers);
    if_match.require(agent.version)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(agent.version);
    let fields = Fields { active: Some(false), ..Fields::default() };
    let save = save(&caller, Some(agent.id), version, &fields);
    saved_agent(caller.app.db.write(&save).await?)?;
    caller.forget_lists();
    Ok(done())
}

async fn find(call: &Call, id: &str) -> Result<Detailed, HttpError> {
    let agent = AgentId::parse(id).ok_or(Denied::NotFound)?;
    let found = call.app.db.read(&ReadAgents { agent: Some(agent) }).await?;
    found.into_iter().next().ok_or_else(|| Denied::NotFound.into())
}

fn save<'a>(
    call: &'a Call,
    agent: Option<AgentId>,
    version: Option<i64>,
    fields: &'a Fields,
) -> SaveAgent<'a> {
    SaveAgent { agent, version, fields, by: call.by() }
}

fn saved_agent(saved: Saved) -> Result<Box<Detailed>, HttpError> {
    match saved {
        Saved::Done(agent) => Ok(agent),
        Saved::NotFound => Err(Denied::NotFound.into()),
        Saved::Stale => Err(stale().into()),
        Saved::EmailTaken => Err(taken("email").into()),
        Saved::EmailOurs => {
            let message =
                "this is the address of a mailbox or a sender; a person needs another one";
            Err(invalid("email", "our_address", message).into())
        }
        Saved::LastAdministrator => {
            Err(conflict("last_administrator", "somebody must be able to administrate").into())
        }
    }
}
