//! Handlers of signing in and out.

use std::time::Duration;

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use values::{EmailAddress, Language};
use web::{Form, Query, SessionCookie, SessionToken, safe_return_path, see_other};

use super::page::{Refusal, SignInPage, page};
use super::{password, store};
use crate::App;
use crate::feature::setup;
use crate::http::encode;
use crate::http::error::Answer;
use crate::http::screen::{bare, language_of};
use crate::record::company_name::ReadCompanyName;
use crate::record::session::{BeginSession, EndSession};
use crate::service::keys::sha256;

/// How long the browser keeps the cookie of somebody who wants to stay.
const STAY: Duration = Duration::from_secs(30 * 24 * 3600);

/// What the address of the form says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    back: Option<String>,
    language: Option<String>,
}

/// The form.
pub async fn form(
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Answer {
    let language = asked.language.as_deref().and_then(Language::from_code);
    let language = language.unwrap_or_else(|| language_of(&app, &headers));
    if setup::is_needed(&app).await? {
        // Nobody can sign in yet; that page says where the link is.
        return Ok(see_other(&format!("/setup?language={}", language.code())));
    }
    let back = asked.back.as_deref().and_then(safe_return_path);
    let company = app.db.read(&ReadCompanyName).await?;
    Ok(show(company, language, back, "", None).into_response())
}

fn show(
    company: String,
    language: Language,
    back: Option<&str>,
    address: &str,
    refusal: Option<Refusal>,
) -> maud::Markup {
    let here = match back {
        Some(back) => format!("/signin?back={}", encode(back)),
        None => "/signin".to_owned(),
    };
    page(&SignInPage {
        bare: bare(language, &here),
        company,
        address: address.to_owned(),
        refusal,
        back: back.map(str::to_owned),
    })
}

/// Checks address and password. Known and unknown addresses get the same answer in the same time.
pub async fn sign_in(State(app): State<App>, headers: HeaderMap, form: Form) -> Answer {
    let address = form.text("address").to_lowercase();
    let back = safe_return_path(form.raw("back"));
    let language = language_of(&app, &headers);
    let company = app.db.read(&ReadCompanyName).await?;
    let refuse = |status: StatusCode, refusal: Refusal| {
        Ok((status, show(company.clone(), language, back, &address, Some(refusal))).into_response())
    };
    if let Err(wait) = app.sign_ins.take(&address, app.now()) {
        let minutes = wait.as_secs().div_ceil(60);
        return refuse(StatusCode::TOO_MANY_REQUESTS, Refusal::TooOften { minutes });
    }
    let address_key = EmailAddress::parse(&address).map_or(address.clone(), |key| key.to_string());
    let candidate = store::candidate(&app.db, &address_key).await?;
    let hash = candidate.as_ref().and_then(|candidate| candidate.password_hash.clone());
    let fits = password::fits(form.raw("password"), hash).await?;
    match candidate {
        Some(candidate) if fits && candidate.active => {
            app.sign_ins.forget(&address);
            begin(&app, candidate.id, &headers, form.has("stay"), back.unwrap_or("/")).await
        }
        Some(_) if fits => refuse(StatusCode::FORBIDDEN, Refusal::SwitchedOff),
        _ => refuse(StatusCode::UNPROCESSABLE_ENTITY, Refusal::Wrong),
    }
}

/// Begins a session and leads to a page.
pub async fn begin(
    app: &App,
    agent: crate::record::AgentId,
    headers: &HeaderMap,
    stays: bool,
    back: &str,
) -> Answer {
    let token = SessionToken::from_random(rand::random());
    let user_agent = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let session = BeginSession {
        agent,
        token_hash: sha256(token.as_str().as_bytes()),
        user_agent: user_agent.unwrap_or_default(),
        now: app.now(),
    };
    app.db.write(&session).await?;
    let cookie = SessionCookie::new(&app.base_url).set(&token, stays.then_some(STAY));
    Ok(with_cookie(see_other(back), cookie))
}

/// Ends the session of this browser.
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Answer {
    let cookie = SessionCookie::new(&app.base_url);
    if let Some(token) = cookie.read(&headers) {
        let end = EndSession { token_hash: sha256(token.as_str().as_bytes()) };
        app.db.write(&end).await?;
        app.sessions.drop_actors();
    }
    Ok(with_cookie(see_other("/signin"), cookie.clear()))
}

fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().insert(header::SET_COOKIE, cookie);
    response
}
