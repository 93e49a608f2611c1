//! What an agent chooses for his own screen: language, theme, keys.

use axum::Router;
use axum::extract::Path;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use values::Language;
use web::{Form, safe_return_path, see_other};

use crate::App;
use crate::feature::agents::SetProfile;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::frame::Theme;

/// The addresses of the profile.
pub fn routes() -> Router<App> {
    Router::new().route("/profile/{setting}", post(set)).route("/keys", get(keys))
}

/// The overview of keys.
async fn keys(screen: Screen) -> Answer {
    Ok(crate::record::frame::key_list(screen.language).into_response())
}

async fn set(screen: Screen, Path(setting): Path<String>, form: Form) -> Answer {
    let value = form.text("value");
    let mut profile =
        SetProfile { agent: screen.actor.agent, language: None, theme: None, keys: None };
    match setting.as_str() {
        "language" => profile.language = Language::from_code(value).map(Language::code),
        "theme" => profile.theme = Theme::from_code(value).map(Theme::code),
        "keys" => profile.keys = Some(value == "on"),
        _ => return Err(HttpError::Denied(crate::record::actor::Denied::NotFound)),
    }
    screen.app.db.write(&profile).await?;
    screen.app.sessions.drop_actors();
    Ok(see_other(safe_return_path(form.raw("back")).unwrap_or("/")))
}
