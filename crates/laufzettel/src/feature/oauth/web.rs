//! Handlers of signing in at a provider. Only administrators do it.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use values::EmailAddress;
use web::{Form, safe_return_path, see_other};

use super::finish::NotSignedIn;
use super::page::{self, CallbackPage, Failed};
use super::register::{self, SaveClient};
use super::users::Users;
use super::{attempt, finish as finishing, show, tokens};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::{Place, Toast};
use crate::record::oauth::Provider;
use crate::texts;

fn open(screen: &Screen, provider: &str) -> Result<Provider, HttpError> {
    screen.administrate()?;
    Provider::from_code(provider).ok_or_else(|| Denied::NotFound.into())
}

/// The registration with a provider, and signing in to an account.
pub async fn page(screen: Screen, Path(provider): Path<String>, asked: Form) -> Answer {
    let provider = open(&screen, &provider)?;
    let present = screen.directory.oauth_client(provider.code());
    let form = register::form(&screen.app, present);
    let around = (asked.text("account"), asked.text("back"));
    let shown = show::registration(&screen, provider, around, form);
    let texts = texts::oauth(screen.language);
    let text = match asked.text("saved") {
        "works" => Some(texts.saved_and_works(provider.name())),
        "" => None,
        _ => Some(texts.saved().to_owned()),
    };
    let toasts = text.map(|text| Toast { text, undo: None }).into_iter().collect();
    let frame = screen.frame_with(Place::Settings, toasts).await?;
    Ok(page::registration(&frame, &shown).into_response())
}

/// Saves the registration and goes on to the provider, as far as that is wanted.
pub async fn begin(screen: Screen, Path(provider): Path<String>, mut typed: Form) -> Answer {
    let provider = open(&screen, &provider)?;
    let account = typed.text("account");
    if !account.is_empty() && EmailAddress::parse(account).is_err() {
        typed.refuse("client_id", texts::oauth(screen.language).not_an_address());
    }
    let is_fine = typed.is_fine();
    if !is_fine || typed.text("do") != "sign_in" && !save(&screen, provider, &mut typed).await? {
        let around = (typed.text("account").to_owned(), typed.text("back").to_owned());
        let shown = show::registration(&screen, provider, (&around.0, &around.1), typed);
        let page = page::registration(&screen.frame(Place::Settings).await?, &shown);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let account = typed.text("account");
    let back = safe_return_path(typed.text("back")).unwrap_or("/settings");
    if screen.app.directory().await?.is_application(provider.code()) {
        return try_own(&screen, provider, (account, back)).await;
    }
    if account.is_empty() {
        return Ok(see_other(&format!("/settings/oauth/{}?saved=yes", provider.code())));
    }
    go(&screen, provider, account, back).await
}

async fn save(screen: &Screen, provider: Provider, typed: &mut Form) -> Result<bool, HttpError> {
    let Some(client) = register::read(screen, provider, typed) else { return Ok(false) };
    let before = screen.directory.oauth_client(provider.code());
    let users = Users::of(&screen.directory, provider, None);
    let save = SaveClient { client: &client, before, users, by: screen.by() };
    let is_saved = screen.app.db.write(&save).await?;
    screen.app.forget_lists();
    if !is_saved {
        typed.refuse("client_id", texts::oauth(screen.language).stale());
        let directory = screen.app.directory().await?;
        let version = directory.oauth_client(provider.code()).map_or(0, |client| client.version);
        *typed = typed.with("version", &version.to_string());
    }
    Ok(is_saved)
}

/// Asks for a token at once, because nobody else would notice that the registration does not work.
async fn try_own(screen: &Screen, provider: Provider, (account, back): (&str, &str)) -> Answer {
    let page = format!("/settings/oauth/{}", provider.code());
    match tokens::try_application(&screen.app, provider.code()).await {
        Ok(()) if account.is_empty() => Ok(see_other(&format!("{page}?saved=works"))),
        Ok(()) => Ok(see_other(back)),
        Err(problem) => {
            let again = match account {
                "" => page,
                account => super::sign_in_page(provider.code(), account, back),
            };
            let reason = NotSignedIn::NoToken(problem, again);
            let frame = screen.frame(Place::Settings).await?;
            let page = page::failed(&frame, &show::failed(screen, provider, reason));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Sends somebody to the provider.
async fn go(screen: &Screen, provider: Provider, account: &str, back: &str) -> Answer {
    let directory = screen.app.directory().await?;
    let client = directory.oauth_client(provider.code()).ok_or(Denied::NotFound)?;
    let account = EmailAddress::parse(account).map_err(|_| HttpError::Unreadable)?;
    let agent = screen.actor.agent;
    let begun =
        attempt::begin(&screen.app, (provider, client), agent, account.as_str(), back).await?;
    let frame = screen.frame(Place::Settings).await?;
    match begun {
        Ok(address) => Ok(page::go(&frame, provider, (account.as_str(), &address)).into_response()),
        Err(problem) => {
            let again = super::sign_in_page(provider.code(), account.as_str(), back);
            let reason = NotSignedIn::NoToken(problem, again);
            let page = page::failed(&frame, &show::failed(screen, provider, reason));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// Somebody came back. Nothing is changed yet: this is a GET that anybody may have made.
pub async fn callback(screen: Screen, Path(provider): Path<String>, asked: Form) -> Answer {
    let provider = open(&screen, &provider)?;
    let frame = screen.frame(Place::Settings).await?;
    let (state, code) = (asked.raw("state").to_owned(), asked.raw("code").to_owned());
    if !asked.has("error") && !state.is_empty() && !code.is_empty() {
        let page = CallbackPage { provider, state, code };
        return Ok(page::callback(&frame, &page).into_response());
    }
    let texts = texts::oauth(screen.language);
    let sentence = match asked.text("error") {
        "access_denied" => texts.denied(provider.name()),
        _ => texts.odd_answer(provider.name()),
    };
    let words = format!("{} {}", asked.text("error"), asked.text("error_description"));
    let words = words.trim().chars().take(500).collect();
    let again = format!("/settings/oauth/{}", provider.code());
    let page = page::failed(&frame, &Failed { sentence, words, again });
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Takes what came back.
pub async fn finish(screen: Screen, Path(provider): Path<String>, typed: Form) -> Answer {
    let provider = open(&screen, &provider)?;
    let came = (typed.raw("state"), typed.raw("code"));
    match finishing::finish(&screen.app, provider, screen.actor.agent, came).await? {
        Ok(back) => Ok(see_other(&back)),
        Err(reason) => {
            let frame = screen.frame(Place::Settings).await?;
            let page = page::failed(&frame, &show::failed(&screen, provider, reason));
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}
