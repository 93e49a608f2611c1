//! Tokens in the API.

use axum::extract::Path;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use values::Id;
use web::{Paged, Problem, Query, decode_cursor, encode_cursor, limit};

use super::store::{self, Listed};
use super::{CreateToken, DAYS_MAX, NewToken, RevokeToken, Token};
use crate::App;
use crate::api::{
    Call, Caller, Findings, Page, Problems, Settings, ShownAgent, Time, agent, agent_named,
    created, done, location, name, send, settle, shown, unknown,
};
use crate::http::error::{Answer, HttpError};
use crate::record::AgentId;
use crate::record::actor::{Denied, Scope};

mod kept;

use kept::{PostSealed, opened, sealed};

/// Rows of a page without a wish.
const USUAL_ROWS: u32 = 50;

/// The routes of tokens.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(list, create)).routes(routes!(read, revoke))
}

/// Whose tokens are listed, and which page of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The agent, by address, id or name; without one the agent of the token. Others only for
    /// administrators.
    agent: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A token. Its secret is given out once, when it is made.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Token)]
pub struct ShownToken {
    /// The token.
    id: String,
    /// What it is for.
    name: String,
    /// As whom it acts.
    agent: Option<ShownAgent>,
    /// What it may be used for.
    scopes: Vec<String>,
    /// When it was made.
    created_at: Time,
    /// When it ends.
    expires_at: Option<Time>,
    /// When it was revoked.
    revoked_at: Option<Time>,
    /// The secret, in the answer to its making only.
    token: Option<String>,
}

/// A new token.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewToken)]
struct Body {
    /// What it is for; the name of the program in the history.
    name: String,
    /// The agent as whom it acts, by address, id or name; without one the agent of the token. Others
    /// only for administrators.
    agent: Option<String>,
    /// What it may be used for: only scopes that the calling token has.
    scopes: Vec<String>,
    /// Days after which it ends, 1 to 3650; without them it never does.
    expires_days: Option<u32>,
}

impl ShownToken {
    fn of(call: &Call, token: &Listed) -> Self {
        Self {
            id: token.id.to_string(),
            name: token.name.clone(),
            agent: agent_named(&call.directory, Some(token.agent)),
            scopes: token.scopes.split_whitespace().map(str::to_owned).collect(),
            created_at: Time(token.created_at),
            expires_at: token.expires_at.map(Time),
            revoked_at: token.revoked_at.map(Time),
            token: None,
        }
    }
}

/// Lists the tokens of an agent
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/api/v1/tokens",
    params(Asked),
    responses((status = 200, description = "A page", body = Page<ShownToken>), Problems),
    security(("token" = ["settings"]))
)]
async fn list(caller: Caller<Settings>, Query(asked): Query<Asked>) -> Answer {
    let agent = whose(&caller, asked.agent.as_deref())?;
    let rows = limit(asked.limit, USUAL_ROWS)?;
    let list = format!("tokens {agent}");
    let before = asked.cursor.as_deref().map(|cursor| decode_cursor(&list, cursor));
    let before = before.transpose().map_err(Problem::from)?.unwrap_or_default();
    let before = before.first().copied().unwrap_or(i64::MAX);
    let found = store::list(&caller.app.db, agent, before, i64::from(rows) + 1).await?;
    let page = Paged::from_rows(found, rows);
    let next = page.next(|token| encode_cursor(&list, &[token.id.number()]));
    let items = page.rows.iter().map(|token| ShownToken::of(&caller, token)).collect();
    Ok(shown(&Page { items, next }))
}

/// Makes a token
///
/// The secret stands in this answer only, also if the same request is sent again. Whoever lost it
/// revokes the token and makes another one.
#[utoipa::path(
    post,
    path = "/api/v1/tokens",
    request_body = Body,
    responses((status = 201, description = "The token", body = ShownToken), Problems),
    security(("token" = ["settings"]))
)]
async fn create(caller: Caller<Settings>, post: PostSealed<Body>) -> Answer {
    let agent = whose(&caller, post.body.agent.as_deref())?;
    let scopes = scopes(&caller, &post.body)?;
    let name = name("name", &post.body.name)?;
    let token = NewToken::make(&caller.app, &name, &scopes, post.body.expires_days);
    let made = ShownToken {
        id: token.id().to_string(),
        name,
        agent: agent_named(&caller.directory, Some(agent)),
        scopes: scopes.iter().map(|scope| scope.code().to_owned()).collect(),
        created_at: Time(caller.now),
        expires_at: token.expires_at().map(Time),
        revoked_at: None,
        token: sealed(&caller.app.keys, token.secret(), rand::random()),
    };
    let at = location("tokens", &token.id().to_string());
    let answer = |()| Ok::<_, HttpError>(created(&at, None, &made));
    let operation = CreateToken { token: &token, agent, by: caller.by() };
    let kept = settle(&caller, &post.repeat, &operation, answer).await??;
    Ok(send(opened(&caller.app.keys, kept)))
}

/// Reads a token
#[utoipa::path(
    get,
    path = "/api/v1/tokens/{id}",
    params(("id" = String, Path, description = "The token")),
    responses((status = 200, description = "The token", body = ShownToken), Problems),
    security(("token" = ["settings"]))
)]
async fn read(caller: Caller<Settings>, Path(id): Path<String>) -> Answer {
    let token = find(&caller, &id).await?;
    Ok(shown(&ShownToken::of(&caller, &token)))
}

/// Revokes a token
///
/// It ends at once, and cannot be brought back.
#[utoipa::path(
    delete,
    path = "/api/v1/tokens/{id}",
    params(("id" = String, Path, description = "The token")),
    responses((status = 204, description = "It is revoked"), Problems),
    security(("token" = ["settings"]))
)]
async fn revoke(caller: Caller<Settings>, Path(id): Path<String>) -> Answer {
    let token = find(&caller, &id).await?;
    let revoke = RevokeToken { token: token.id, agent: Some(token.agent), by: caller.by() };
    caller.app.db.write(&revoke).await?;
    caller.app.sessions.drop_actors();
    Ok(done())
}

/// A token of the agent who calls; of any agent for administrators.
async fn find(call: &Call, id: &str) -> Result<Listed, HttpError> {
    let id: Id<Token> = Id::parse(id).ok_or(Denied::NotFound)?;
    let token = store::one(&call.app.db, id).await?;
    let is_visible =
        |token: &Listed| token.agent == call.actor.agent || call.actor.is_administrator();
    token.filter(is_visible).ok_or_else(|| Denied::NotFound.into())
}

/// The agent who is named, else the one who calls. Only administrators name others.
fn whose(call: &Call, text: Option<&str>) -> Result<AgentId, HttpError> {
    let Some(text) = text else { return Ok(call.actor.agent) };
    let agent = agent(&call.directory, "agent", text)?;
    if agent != call.actor.agent {
        call.administrate()?;
    }
    match call.directory.agent(agent).is_some_and(|agent| agent.active) {
        true => Ok(agent),
        false => Err(unknown("agent").into()),
    }
}

/// The scopes of a new token. It must not be good for more than the token that makes it.
fn scopes(call: &Call, body: &Body) -> Result<Vec<Scope>, Problem> {
    let mut findings = Findings::default();
    let mut scopes = Vec::new();
    for (place, code) in body.scopes.iter().enumerate() {
        let field = format!("scopes[{place}]");
        let scope = Scope::from_code(code).ok_or_else(|| unknown(&field));
        scopes.extend(findings.keep(scope));
    }
    if body.scopes.is_empty() {
        findings.refuse("scopes", "empty", "a token needs a scope");
    }
    if body.expires_days.is_some_and(|days| !(1..=DAYS_MAX).contains(&days)) {
        findings.refuse("expires_days", "out_of_range", "1..=3650");
    }
    findings.check()?;
    match scopes.iter().find(|scope| !call.actor.has_scope(**scope)) {
        Some(scope) => Err(Problem::new(StatusCode::FORBIDDEN, "missing_scope")
            .with_detail(format!("the calling token does not have the scope {}", scope.code()))),
        None => Ok(scopes),
    }
}
