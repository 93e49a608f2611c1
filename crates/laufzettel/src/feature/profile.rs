//! What an agent chooses for his own screen: language, theme, keys.

use axum::Router;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use http::header::CACHE_CONTROL;
use values::Language;
use web::{Form, safe_return_path, see_other};

use crate::App;
use crate::feature::agents::SetProfile;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::{self, Theme};

/// The addresses of the profile.
pub fn routes() -> Router<App> {
    Router::new().route("/profile/{setting}", post(set)).route("/dialogs/{name}", get(dialogs))
}

/// The dialogs of every page; the name changes with their content.
async fn dialogs(Path(name): Path<String>) -> Answer {
    let html = frame::dialogs(&name).ok_or(Denied::NotFound)?;
    Ok(([(CACHE_CONTROL, assets::CACHE_CONTROL)], Html(html)).into_response())
}

async fn set(screen: Screen, Path(setting): Path<String>, form: Form) -> Answer {
    let value = form.text("value");
    let mut profile =
        SetProfile { agent: screen.actor.agent, language: None, theme: None, keys: None };
    match setting.as_str() {
        "language" => profile.language = Language::from_code(value).map(Language::code),
        "theme" => profile.theme = Theme::from_code(value).map(Theme::code),
        "keys" => profile.keys = Some(value == "on"),
        _ => return Err(HttpError::Denied(Denied::NotFound)),
    }
    screen.app.db.write(&profile).await?;
    screen.app.sessions.drop_actors();
    Ok(see_other(safe_return_path(form.raw("back")).unwrap_or("/")))
}
