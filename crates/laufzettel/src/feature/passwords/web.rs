//! Handlers of links and of those who forgot their password.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use values::EmailAddress;
use web::Form;

use super::store::Found;
use super::{
    LetterOf, Link, Purpose, ReadLink, SendLink, State as LinkState, UseLink, check, letter, page,
};
use crate::App;
use crate::feature::signin::password;
use crate::feature::signin::store::candidate;
use crate::http::error::Answer;
use crate::http::screen::{bare, language_of};

use crate::record::frame::Bare;
use crate::service::keys::sha256;
use crate::texts;

/// The form behind a link.
pub async fn form(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    asked: Form,
) -> Answer {
    let around = around(&app, &headers, &asked, &format!("/password/{token}"));
    let read = ReadLink { hash: sha256(token.as_bytes()), now: app.now() };
    Ok(match app.db.read(&read).await? {
        LinkState::Open(found) => choose(&around, &Form::default(), &token, &found),
        state => refused(&around, &state),
    })
}

/// Sets the password.
pub async fn set(
    State(app): State<App>,
    Path(token): Path<String>,
    headers: HeaderMap,
    mut typed: Form,
) -> Answer {
    let around = around(&app, &headers, &typed, &format!("/password/{token}"));
    let (hash, now) = (sha256(token.as_bytes()), app.now());
    let found = match app.db.read(&ReadLink { hash, now }).await? {
        LinkState::Open(found) => found,
        state => return Ok(refused(&around, &state)),
    };
    check(around.language, &mut typed);
    if !typed.is_fine() {
        let page = choose(&around, &typed, &token, &found);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let password_hash = password::hash(typed.raw("password")).await?;
    let using = UseLink { hash, password_hash: &password_hash, ids: &app.ids, now };
    let state = app.db.write(&using).await?;
    app.forget_lists();
    match state {
        LinkState::Open(_) => Ok(page::is_set(&around).into_response()),
        state => Ok(refused(&around, &state)),
    }
}

/// The form of those who forgot their password.
pub async fn forgotten(State(app): State<App>, headers: HeaderMap, asked: Form) -> Response {
    let around = around(&app, &headers, &asked, "/signin/forgotten");
    page::forgotten(&around, &Form::default()).into_response()
}

/// Sends a link. Known and unknown addresses get the same answer after the same work.
pub async fn send(State(app): State<App>, headers: HeaderMap, mut typed: Form) -> Answer {
    let around = around(&app, &headers, &typed, "/signin/forgotten");
    let texts = texts::passwords(around.language);
    let address = typed.text("address").to_lowercase();
    let Ok(address) = EmailAddress::parse(&address) else {
        typed.refuse("address", texts.address_wrong());
        let page = page::forgotten(&around, &typed);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    if let Err(wait) = app.sign_ins.take(&format!("forgotten {address}"), app.now()) {
        typed.refuse("address", texts.too_often(wait.as_secs().div_ceil(60)));
        let page = page::forgotten(&around, &typed);
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    send_link(&app, &around, &address).await?;
    Ok(page::sent(&around).into_response())
}

/// Sends a link to whoever has this address.
async fn send_link(app: &App, around: &Bare, address: &EmailAddress) -> db::Result<()> {
    let found = candidate(&app.db, address.as_str()).await?.filter(|one| one.active);
    let agent = found.map(|one| one.id);
    let directory = app.directory().await?;
    let name = agent.and_then(|id| directory.agent(id)).map_or("", |one| one.name.as_str());
    let link = Link::make(Purpose::Reset, app.now());
    let of = LetterOf {
        app,
        directory: &directory,
        name,
        address,
        language: Some(around.language),
        by: "",
        link: &link,
    };
    if let Some(letter) = letter(&of)? {
        app.db.write(&SendLink { agent, link: &link, letter: &letter }).await?;
    }
    Ok(())
}

fn around(app: &App, headers: &HeaderMap, form: &Form, path: &str) -> Bare {
    let language = page::asked_language(form).unwrap_or_else(|| language_of(app, headers));
    bare(language, path)
}

fn choose(around: &Bare, form: &Form, token: &str, found: &Found) -> Response {
    let action = format!("/password/{token}");
    page::choose(around, form, &action, (&found.name, &found.email)).into_response()
}

/// Why a link does not work.
fn refused(around: &Bare, state: &LinkState) -> Response {
    let texts = texts::passwords(around.language);
    let (status, sentence) = match state {
        LinkState::Used => (StatusCode::GONE, texts.used()),
        LinkState::Expired => (StatusCode::GONE, texts.expired()),
        LinkState::Unknown | LinkState::Open(_) => (StatusCode::NOT_FOUND, texts.unknown()),
    };
    (status, page::refused(around, sentence)).into_response()
}
