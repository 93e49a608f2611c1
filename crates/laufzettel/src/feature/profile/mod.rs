//! What an agent chooses for himself: language, theme and keys in the menu; telephone, signature,
//! time to call a mail back and mails about tickets on a page of its own.

mod page;

use axum::Router;
use axum::extract::Path;
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use http::header::CACHE_CONTROL;
use values::Language;
use web::{Form, safe_return_path, see_other};

use crate::App;
use crate::feature::agents::{NOTICES, PHONE_LETTERS_MAX, SetProfile, UNDO_SECONDS};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::{Actor, Denied};
use crate::record::body::edited_piece;
use crate::record::frame::{self, Place, Theme, Toast};

use page::ProfilePage;

/// Bytes of a signature.
const SIGNATURE_BYTES_MAX: usize = 64 * 1024;

/// The addresses of the profile.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/profile", get(show).post(save))
        .route("/profile/{setting}", post(set))
        .route("/dialogs/{name}", get(dialogs))
}

/// The dialogs of every page; the name changes with their content.
async fn dialogs(Path(name): Path<String>) -> Answer {
    let html = frame::dialogs(&name).ok_or(Denied::NotFound)?;
    Ok(([(CACHE_CONTROL, assets::CACHE_CONTROL)], Html(html)).into_response())
}

async fn set(screen: Screen, Path(setting): Path<String>, form: Form) -> Answer {
    let value = form.text("value");
    let mut profile = SetProfile::of(screen.actor.agent);
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

/// The page about oneself. `saved` in the address says that something was stored just now.
async fn show(screen: Screen, form: Form) -> Answer {
    let toasts = match form.has("saved") {
        true => {
            let text = crate::texts::profile(screen.language).saved().to_owned();
            vec![Toast { text, undo: None }]
        }
        false => Vec::new(),
    };
    let frame = screen.frame_with(Place::Elsewhere, toasts).await?;
    Ok(page::page(&frame, &stored(&screen)).into_response())
}

async fn save(screen: Screen, mut form: Form) -> Answer {
    let texts = crate::texts::profile(screen.language);
    let seconds = form.text("undo_seconds").parse().ok();
    let seconds: Option<i64> = seconds.filter(|seconds| UNDO_SECONDS.contains(seconds));
    if seconds.is_none() {
        form.refuse("undo_seconds", texts.undo_range());
    }
    let phone = crate::api::line(form.text("phone"));
    if phone.as_ref().is_some_and(|phone| phone.chars().count() > PHONE_LETTERS_MAX) {
        form.refuse("phone", texts.phone_long());
    }
    let stored_signature = screen.actor.signature.as_deref();
    let signature = edited_piece(form.raw("text"), form.raw("html"), stored_signature);
    if signature.as_ref().is_some_and(|html| html.len() > SIGNATURE_BYTES_MAX) {
        form.refuse("text", texts.signature_long());
    }
    let Some(undo_seconds) = seconds.filter(|_| form.is_fine()) else {
        let page = ProfilePage { form, ..stored(&screen) };
        let frame = screen.frame(Place::Elsewhere).await?;
        return Ok(
            (http::StatusCode::UNPROCESSABLE_ENTITY, page::page(&frame, &page)).into_response()
        );
    };
    let wanted = NOTICES.into_iter().filter(|code| form.all("notices").any(|sent| sent == *code));
    let wanted: Vec<&str> = wanted.collect();
    // Whoever wants all of them wants those that come later, too.
    let notices = (wanted.len() < NOTICES.len()).then(|| wanted.join(" "));
    let own = crate::feature::agents::OwnAccount { phone, signature, undo_seconds, notices };
    let profile = SetProfile { own: Some(&own), ..SetProfile::of(screen.actor.agent) };
    screen.app.db.write(&profile).await?;
    screen.app.sessions.drop_actors();
    screen.app.forget_lists();
    Ok(see_other("/profile?saved=yes"))
}

/// The page with what is stored.
fn stored(screen: &Screen) -> ProfilePage {
    let actor: &Actor = &screen.actor;
    let person = screen.directory.agent(actor.agent);
    let seconds = actor.undo_seconds.to_string();
    let notices = NOTICES.into_iter().filter(|code| person.is_none_or(|one| one.wants(code)));
    let signature = actor.signature.clone().unwrap_or_default();
    let text = mail::text::text_from_html(&signature);
    let mut values = vec![
        ("phone", actor.phone.as_deref().unwrap_or_default()),
        ("undo_seconds", seconds.as_str()),
        ("text", text.trim()),
        ("html", signature.as_str()),
    ];
    values.extend(notices.map(|code| ("notices", code)));
    let form = Form::with_values(values);
    ProfilePage { name: actor.name.clone(), email: actor.email.clone(), form }
}
