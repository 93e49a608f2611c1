//! Handlers of what an agent sets of himself.

use axum::extract::Path;
use axum::http::header::CACHE_CONTROL;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse};
use values::Language;
use web::{Form, safe_return_path, see_other};

use super::access::own_session;
use super::browser;
use super::page::{ProfilePage, SessionRow, page as print};
use super::sessions::{ReadSessions, mark};
use crate::feature::agents::{
    NOTICES, OwnAccount, SetProfile, UNDO_SECONDS, name_of, phone_of, signature_of,
};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::{self, Density, Frame, Place, Theme, Toast};
use crate::record::session::OpenSession;
use crate::record::show;
use crate::service::blobs::Hash;
use crate::texts;

/// The dialogs of every page; the name changes with their content.
pub async fn dialogs(Path(name): Path<String>) -> Answer {
    let html = frame::dialogs(&name).ok_or(Denied::NotFound)?;
    Ok(([(CACHE_CONTROL, assets::CACHE_CONTROL)], Html(html)).into_response())
}

/// Sets one thing of one's own screen.
pub async fn set(screen: Screen, Path(setting): Path<String>, form: Form) -> Answer {
    let value = form.text("value");
    let mut profile = SetProfile { by: Some(screen.by()), ..SetProfile::of(screen.actor.agent) };
    match setting.as_str() {
        "language" => profile.language = Language::from_code(value).map(Language::code),
        "theme" => profile.theme = Theme::from_code(value).map(Theme::code),
        "density" => profile.density = Density::from_code(value).map(Density::code),
        "keys" => profile.keys = Some(value == "on"),
        _ => return Err(HttpError::Denied(Denied::NotFound)),
    }
    screen.app.db.write(&profile).await?;
    screen.app.sessions.drop_actors();
    Ok(see_other(safe_return_path(form.raw("back")).unwrap_or("/")))
}

/// The page about oneself. `told` in the address says what was done just now.
pub async fn show(screen: Screen, headers: HeaderMap, form: Form) -> Answer {
    let texts = texts::profile(screen.language);
    let text = match form.text("told") {
        "saved" => Some(texts.saved()),
        "password" => Some(texts.password_changed()),
        "elsewhere" => Some(texts.signed_out_elsewhere()),
        "ended" => Some(texts.session_ended()),
        _ => None,
    };
    let toasts = text.map(|text| Toast { text: text.to_owned(), undo: None }).into_iter().collect();
    let page = stored(&screen, own_session(&screen, &headers)?).await?;
    let frame = screen.frame_with(Place::Elsewhere, toasts).await?;
    Ok(print(&frame, &page).into_response())
}

/// Saves what stands in the first form of the page.
pub async fn save(screen: Screen, headers: HeaderMap, mut form: Form) -> Answer {
    let own = read(&screen, &mut form);
    if !form.is_fine() {
        let page = stored(&screen, own_session(&screen, &headers)?).await?;
        let page = ProfilePage { form, ..page };
        return refused(&screen, StatusCode::UNPROCESSABLE_ENTITY, &page).await;
    }
    let of = SetProfile::of(screen.actor.agent);
    screen.app.db.write(&SetProfile { own: Some(&own), by: Some(screen.by()), ..of }).await?;
    screen.app.forget_lists();
    Ok(see_other("/profile?told=saved"))
}

/// What was typed; what is wrong stands in the form afterwards.
fn read(screen: &Screen, form: &mut Form) -> OwnAccount {
    let language = screen.language;
    let seconds = form.text("undo_seconds").parse().ok();
    let seconds: Option<i64> = seconds.filter(|seconds| UNDO_SECONDS.contains(seconds));
    if seconds.is_none() {
        form.refuse("undo_seconds", texts::profile(language).undo_range());
    }
    let wanted = NOTICES.into_iter().filter(|code| form.all("notices").any(|sent| sent == *code));
    let wanted: Vec<&str> = wanted.collect();
    // Whoever wants all of them wants those that come later, too.
    let notices = (wanted.len() < NOTICES.len()).then(|| wanted.join(" "));
    let signature = screen.actor.signature.as_deref();
    OwnAccount {
        name: name_of(language, form),
        phone: phone_of(language, form),
        signature: signature_of(language, form, ("text", "html"), signature),
        undo_seconds: seconds.unwrap_or_default(),
        notices,
    }
}

/// The page with what is wrong beside its fields.
pub async fn refused(screen: &Screen, status: StatusCode, page: &ProfilePage) -> Answer {
    let frame = screen.frame(Place::Elsewhere).await?;
    // Forms of the menu lead back to a page that can be asked for.
    let frame = Frame { here: "/profile".to_owned(), ..frame };
    Ok((status, print(&frame, page)).into_response())
}

/// The page with what is stored.
pub async fn stored(screen: &Screen, here: Hash) -> Result<ProfilePage, HttpError> {
    let read = ReadSessions { agent: screen.actor.agent, now: screen.now };
    let sessions = screen.app.db.read(&read).await?;
    Ok(ProfilePage {
        email: screen.actor.email.clone(),
        form: values(screen),
        password: Form::default(),
        sessions: sessions.iter().map(|one| row(screen, one, here)).collect(),
    })
}

/// What stands in the first form.
fn values(screen: &Screen) -> Form {
    let actor = &screen.actor;
    let person = screen.directory.agent(actor.agent);
    let seconds = actor.undo_seconds.to_string();
    let notices = NOTICES.into_iter().filter(|code| person.is_none_or(|one| one.wants(code)));
    let signature = actor.signature.clone().unwrap_or_default();
    let text = mail::text::text_from_html(&signature);
    let mut values = vec![
        ("name", actor.name.as_str()),
        ("phone", actor.phone.as_deref().unwrap_or_default()),
        ("undo_seconds", seconds.as_str()),
        ("text", text.trim()),
        ("html", signature.as_str()),
    ];
    values.extend(notices.map(|code| ("notices", code)));
    Form::with_values(values)
}

fn row(screen: &Screen, session: &OpenSession, here: Hash) -> SessionRow {
    let texts = texts::profile(screen.language);
    let times = screen.times();
    let browser = match browser::named(&session.user_agent) {
        (Some(browser), Some(system)) => texts.browser_on(browser, system),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => texts.browser_unknown().to_owned(),
    };
    SessionRow {
        mark: mark(&session.token_hash),
        browser,
        is_here: session.token_hash == here,
        began: show::exact_moment(&times, session.created_at),
        seen: show::exact_moment(&times, session.seen_at),
    }
}
