//! Handlers of tokens.

use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use values::Id;
use web::{Form, Paged, decode_cursor, encode_cursor, see_other};

use super::page::{DAYS, State, TokenRow, TokensPage, page as print};
use super::store::{self, Listed};
use super::{CreateToken, NewToken, RevokeToken, Token};
use crate::api::line;
use crate::feature::agents::words;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::AgentId;
use crate::record::actor::{Denied, Scope};
use crate::record::frame::{Place, Toast};
use crate::texts;

/// Tokens of a page.
const ROWS: u32 = 50;
/// Letters of a name.
const NAME_LETTERS_MAX: usize = 200;
/// The name of the list in its cursors.
const CURSOR: &str = "tokens page";

/// The tokens.
pub async fn page(screen: Screen, asked: Form) -> Answer {
    let form = Form::with_values([("expires", "90")]);
    let shown = shown(&screen, asked.text("after"), form, None).await?;
    let text = texts::tokens(screen.language).revoked_toast(asked.text("revoked"));
    let toasts = asked.has("revoked").then_some(Toast { text, undo: None }).into_iter().collect();
    Ok(print(&screen.frame_with(Place::Settings, toasts).await?, &shown).into_response())
}

/// Makes a token and shows its secret, once.
pub async fn create(screen: Screen, mut typed: Form) -> Answer {
    let wanted = read(&screen, &mut typed);
    let Some(wanted) = wanted.filter(|_| typed.is_fine()) else {
        let shown = shown(&screen, "", typed, None).await?;
        let page = print(&screen.frame(Place::Settings).await?, &shown);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let token = NewToken::make(&screen.app, &wanted.name, &wanted.scopes, wanted.days);
    let create = CreateToken { token: &token, agent: wanted.agent, by: screen.by() };
    screen.app.db.write(&create).await?;
    let form = Form::with_values([("expires", "90")]);
    let shown = shown(&screen, "", form, Some(token.secret().to_owned())).await?;
    let page = print(&screen.frame(Place::Settings).await?, &shown);
    let no_store = [(header::CACHE_CONTROL, HeaderValue::from_static("no-store"))];
    Ok((no_store, page).into_response())
}

/// Revokes a token.
pub async fn revoke(screen: Screen, Path(id): Path<String>) -> Answer {
    let id: Id<Token> = Id::parse(&id).ok_or(Denied::NotFound)?;
    let is_visible =
        |one: &Listed| one.agent == screen.actor.agent || screen.actor.is_administrator();
    let token = store::one(&screen.app.db, id).await?.filter(is_visible).ok_or(Denied::NotFound)?;
    let revoke = RevokeToken { token: id, agent: Some(token.agent), by: screen.by() };
    screen.app.db.write(&revoke).await?;
    screen.app.sessions.drop_actors();
    Ok(see_other(&format!("/settings/tokens?revoked={}", crate::http::encode(&token.name))))
}

/// A token as it is wanted.
struct Wanted {
    name: String,
    scopes: Vec<Scope>,
    days: Option<u32>,
    agent: AgentId,
}

/// What was typed; what is wrong stands in the form afterwards.
fn read(screen: &Screen, typed: &mut Form) -> Option<Wanted> {
    let texts = texts::tokens(screen.language);
    let name = line(typed.text("name"));
    if typed.text("name").chars().count() > NAME_LETTERS_MAX {
        typed.refuse("name", texts.name_long());
    } else if name.is_none() {
        typed.refuse("name", texts.name_missing());
    }
    let scopes: Vec<Scope> = typed.all("scopes").filter_map(Scope::from_code).collect();
    if scopes.is_empty() {
        typed.refuse("scopes", texts.scopes_missing());
    }
    if !DAYS.contains(&typed.text("expires")) {
        typed.refuse("expires", texts.unknown_choice());
    }
    let agent = agent(screen, typed.text("agent"));
    if agent.is_none() {
        typed.refuse("agent", texts.unknown_choice());
    }
    let days = typed.text("expires").parse().ok();
    Some(Wanted { name: name?, scopes, days, agent: agent? })
}

/// As whom the token acts: oneself, for administrators anybody who works here.
fn agent(screen: &Screen, text: &str) -> Option<AgentId> {
    if text.is_empty() {
        return Some(screen.actor.agent);
    }
    let agent = AgentId::parse(text).and_then(|id| screen.directory.agent(id))?;
    let may = screen.actor.is_administrator() || agent.id == screen.actor.agent;
    (may && agent.active).then_some(agent.id)
}

async fn shown(
    screen: &Screen,
    after: &str,
    form: Form,
    secret: Option<String>,
) -> Result<TokensPage, HttpError> {
    let before = decode_cursor(CURSOR, after).unwrap_or_default().first().copied();
    let before = before.unwrap_or(i64::MAX);
    let (db, limit) = (&screen.app.db, i64::from(ROWS) + 1);
    let found = match screen.actor.is_administrator() {
        true => store::all(db, before, limit).await?,
        false => store::list(db, screen.actor.agent, before, limit).await?,
    };
    let page = Paged::from_rows(found, ROWS);
    let older = page.next(|token| encode_cursor(CURSOR, &[token.id.number()]));
    Ok(TokensPage {
        form,
        people: people(screen),
        secret,
        tokens: page.rows.iter().map(|token| row(screen, token)).collect(),
        older: older.map(|after| format!("/settings/tokens?after={after}")),
        has_settings: screen.actor.may_manage_house(),
    })
}

/// For whom the reader can make tokens, himself first.
fn people(screen: &Screen) -> Vec<(String, String)> {
    let own = (screen.actor.agent.to_string(), screen.actor.name.clone());
    let others = screen.directory.agents.iter().filter(|agent| {
        screen.actor.is_administrator() && agent.active && agent.id != screen.actor.agent
    });
    let other = others.map(|agent| (agent.id.to_string(), agent.name.clone()));
    std::iter::once(own).chain(other).collect()
}

fn row(screen: &Screen, token: &Listed) -> TokenRow {
    let times = screen.times();
    let scopes = token.scopes.split_whitespace().filter_map(Scope::from_code);
    let scopes: Vec<&str> = scopes.map(|scope| words::scope(screen.language, scope)).collect();
    let state = match (token.revoked_at, token.expires_at) {
        (Some(_), _) => State::Revoked,
        (None, Some(at)) if at <= screen.now => State::Expired,
        (None, _) => State::Valid,
    };
    let person = screen.directory.agent(token.agent);
    TokenRow {
        id: token.id.to_string(),
        name: token.name.clone(),
        person: person.map(|person| person.name.clone()).unwrap_or_default(),
        scopes: scopes.join(", "),
        made: times.date(token.created_at),
        until: token.expires_at.map(|at| times.date(at)),
        state,
    }
}
