//! Handlers of the set-up.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use values::{EmailAddress, Language};
use web::{Form, Query, see_other};

use super::autoconfig;
use super::begin::{self, Begin};
use super::first;
use super::form::{Account, Odd, Typed};
use super::link::{Key, ReadKey};
use super::page::{self, Around, CompanyStep};
use super::probe::{Probed, probe};
use super::show;
use super::take::{NotTaken, take};
use crate::App;
use crate::feature::oauth::sign_in_page;
use crate::feature::signin::{self, password};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::{Screen, language_of};
use crate::record::actor::Denied;
use crate::record::oauth::Provider as OAuth;
use crate::texts;

/// What the address of the page says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    key: Option<String>,
    language: Option<String>,
}

/// The page at the step that is next.
pub async fn page(
    screen: Option<Screen>,
    State(app): State<App>,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Answer {
    if let Some(screen) = screen {
        return show_next(&screen).await;
    }
    let language = asked.language.as_deref().and_then(Language::from_code);
    let language = language.unwrap_or_else(|| language_of(&app, &headers));
    let key = asked.key.unwrap_or_default();
    match app.db.read(&ReadKey { key: &key, now: app.now() }).await? {
        Key::Opens(ends_at) => {
            let around = Around::by_link(language, &key, (ends_at, app.now()));
            Ok(page::company(&around, &CompanyStep::new(key)).into_response())
        }
        closed => Ok(refused(language, closed)),
    }
}

fn refused(language: Language, key: Key) -> Response {
    (StatusCode::FORBIDDEN, page::closed(language, key)).into_response()
}

/// The first step: administrator and company.
pub async fn begin(State(app): State<App>, headers: HeaderMap, form: Form) -> Answer {
    let language = Language::from_code(form.text("language"));
    let language = language.unwrap_or_else(|| language_of(&app, &headers));
    let step = CompanyStep::read(&form);
    let now = app.now();
    let ends_at = match app.db.read(&ReadKey { key: &step.key, now }).await? {
        Key::Opens(ends_at) => ends_at,
        closed => return Ok(refused(language, closed)),
    };
    let odd = begin::check(&step.typed);
    if let ([], Ok(email)) = (odd.as_slice(), EmailAddress::parse(&step.typed.email)) {
        return add(&app, &headers, language, &step, &email).await;
    }
    let problems = begin::problems(&odd, |odd| page::sentence(language, odd));
    let around = Around::by_link(language, &step.key, (ends_at, now));
    let page = page::company(&around, &CompanyStep { problems, ..step });
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn add(
    app: &App,
    headers: &HeaderMap,
    language: Language,
    step: &CompanyStep,
    email: &EmailAddress,
) -> Answer {
    let password_hash = password::hash(&step.typed.password).await?;
    let begin = Begin {
        key: &step.key,
        name: &step.typed.name,
        email,
        password_hash: &password_hash,
        company: &step.typed.company,
        language,
        ids: &app.ids,
        now: app.now(),
    };
    match app.db.write(&begin).await? {
        Ok(agent) => signin::begin(app, agent, headers, false, "/setup").await,
        Err(closed) => Ok(refused(language, closed)),
    }
}

/// The second step: the mailbox is tried, and taken if that is wanted.
pub async fn mailbox(screen: Screen, form: Form) -> Answer {
    only_administrators(&screen)?;
    let (typed, password) = Typed::read(&form);
    let password = password.or_else(|| show::open_kept(&screen, &typed.kept));
    let typed = Typed { kept: show::keep(&screen, password.as_deref()), ..typed };
    let sign_in = typed.sign_in().filter(|_| password.is_none());
    if let Some(page) = missing_sign_in(&screen, &typed, sign_in.as_ref()) {
        return Ok(see_other(&page));
    }
    let oauth = sign_in.map(|(provider, _)| provider);
    let typed = autoconfig::complete(&screen.app, typed).await;
    let account = match typed.account(&screen.app, password, oauth) {
        Ok(account) => account,
        Err(odd) => return refuse(&screen, typed, &odd, None).await,
    };
    let probed = probe(&screen.app, &account).await;
    let is_wanted = match form.text("do") {
        "take" => probed.is_fine(),
        "receive" => probed.receive.is_ok(),
        _ => return show::mailbox(&screen, typed, Vec::new(), Some(&probed)).await.map(fine),
    };
    match is_wanted {
        true => take_over(&screen, typed, &account, &probed).await,
        false => refuse(&screen, typed, &[], Some(&probed)).await,
    }
}

/// Takes a mailbox that was tried, and goes on to the first mail.
async fn take_over(screen: &Screen, typed: Typed, account: &Account, probed: &Probed) -> Answer {
    let folder = texts::setup(screen.language).folder();
    let place = (typed.after_import.as_str(), folder);
    match take(&screen.app, account, probed, place, screen.by()).await? {
        Ok(()) => send_first(screen).await,
        Err(NotTaken::Odd(odd)) => refuse(screen, typed, &[odd], Some(probed)).await,
        Err(NotTaken::Refused(words)) => {
            let refusal = show::refusal(words);
            let page = show::mailbox(screen, typed, vec![refusal], Some(probed)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

fn fine(page: maud::Markup) -> Response {
    page.into_response()
}

async fn refuse(screen: &Screen, typed: Typed, odd: &[Odd], probed: Option<&Probed>) -> Answer {
    let problems = show::problems(screen.language, odd);
    let page = show::mailbox(screen, typed, problems, probed).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The page where somebody signs in first, if that is wanted and has not happened.
fn missing_sign_in(
    screen: &Screen,
    typed: &Typed,
    sign_in: Option<&(OAuth, EmailAddress)>,
) -> Option<String> {
    let (provider, user) = sign_in?;
    if show::is_signed_in(screen, *provider, user) {
        return None;
    }
    let back = format!("/setup/mailbox?{}", typed.query());
    Some(sign_in_page(provider.code(), user.as_str(), &back))
}

/// The second step for a further mailbox, or as it was left to sign in at a provider.
pub async fn another(screen: Screen, asked: Form) -> Answer {
    only_administrators(&screen)?;
    let typed = match asked.has("address") {
        true => Typed::read(&asked).0,
        false => Typed::new(screen.app.today()),
    };
    show::mailbox(&screen, typed, Vec::new(), None).await.map(fine)
}

/// The third step: a mail to the own mailbox, once more if it got lost.
pub async fn test(screen: Screen) -> Answer {
    only_administrators(&screen)?;
    send_first(&screen).await
}

async fn send_first(screen: &Screen) -> Answer {
    if let Some(mailbox) = first::mailbox(&screen.app).await? {
        first::send(&screen.app, &screen.actor, screen.language, &mailbox).await?;
    }
    Ok(see_other("/setup"))
}

async fn show_next(screen: &Screen) -> Answer {
    only_administrators(screen)?;
    match first::mailbox(&screen.app).await? {
        Some(mailbox) => show::first_mail(screen, &mailbox).await,
        None => {
            let typed = Typed::new(screen.app.today());
            show::mailbox(screen, typed, Vec::new(), None).await.map(fine)
        }
    }
}

fn only_administrators(screen: &Screen) -> Result<(), HttpError> {
    match screen.actor.is_administrator() {
        true => Ok(()),
        false => Err(Denied::NotAllowed.into()),
    }
}
