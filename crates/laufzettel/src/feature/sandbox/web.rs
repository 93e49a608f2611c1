//! Handlers of the sandbox.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, PreEscaped, html};
use serde::Deserialize;
use values::{Id, Language};
use web::{Query, Times, accepted_language, attachment_headers, shown, view_headers};

use super::page::{self, CaughtPage, SandboxPage};
use super::read;
use super::store::{self, Caught, CaughtMail};
use crate::App;
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;

/// What an address says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    answered: Option<String>,
}

/// The list.
pub async fn list(State(app): State<App>, headers: HeaderMap) -> Answer {
    shown_page(&app, language(&app, &headers), None, false).await
}

/// The list with one mail open.
pub async fn one(
    State(app): State<App>,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let language = language(&app, &headers);
    let opened = read::opened(&times(&app, language), &caught(&app, &id).await?);
    shown_page(&app, language, Some(opened), asked.answered.is_some()).await
}

/// The page with a mail open as it is given.
pub async fn shown_page(
    app: &App,
    language: Language,
    open: Option<CaughtPage>,
    answered: bool,
) -> Answer {
    let all = store::caught(app, None).await?;
    let times = times(app, language);
    let is_open = |id: String| open.as_ref().is_some_and(|open| open.id == id);
    let rows = all.iter().map(|one| read::row(&times, one, is_open(one.id.to_string()))).collect();
    Ok(page::page(&SandboxPage { language, rows, open, answered }).into_response())
}

/// The HTML of a mail in its frame.
pub async fn body(State(app): State<App>, Path(id): Path<String>) -> Answer {
    let html = read::html(&caught(&app, &id).await?);
    let page =
        html! { (DOCTYPE) html { head { meta charset="utf-8"; } body { (PreEscaped(html)) } } };
    let policy = HeaderValue::from_static(web::MAIL_POLICY);
    Ok(([(header::CONTENT_SECURITY_POLICY, policy)], page).into_response())
}

/// A file of a mail.
pub async fn file(State(app): State<App>, Path((id, place)): Path<(String, usize)>) -> Answer {
    let caught = caught(&app, &id).await?;
    let (name, media_type, bytes) = read::file(&caught, place).ok_or(Denied::NotFound)?;
    let size = bytes.len() as u64;
    let headers = match shown(&bytes) {
        Some(kind) => view_headers(&name, kind, size),
        None => attachment_headers(&name, &media_type, size),
    };
    Ok((headers, bytes).into_response())
}

/// A mail of the sandbox.
pub async fn caught(app: &App, id: &str) -> Result<Caught, HttpError> {
    let only = Some(Id::<CaughtMail>::parse(id).ok_or(Denied::NotFound)?);
    let found = store::caught(app, only).await?;
    Ok(found.into_iter().next().ok_or(Denied::NotFound)?)
}

/// The language that the browser asks for.
pub fn language(app: &App, headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    accepted.and_then(accepted_language).unwrap_or(app.config.language)
}

/// How moments are shown.
pub fn times(app: &App, language: Language) -> Times {
    Times { language, zone: app.config.time_zone.clone(), now: app.now() }
}

/// Back to a mail after it was answered.
pub fn back(caught: &Caught) -> Response {
    web::see_other(&format!("/sandbox/{}?answered=1", caught.id))
}
