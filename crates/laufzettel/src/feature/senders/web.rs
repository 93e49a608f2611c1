//! Handlers of the senders.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use web::{Form, see_other};

use super::form::{self, Wanted};
use super::page::{SenderPage, SendersPage, href, sender_page, senders_page};
use super::{DeleteSender, Ended, SaveSender, show, try_account};
use crate::feature::mailboxes::of_sending;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::SenderId;
use crate::record::actor::Denied;
use crate::record::frame::{Place, Toast};
use crate::record::sender::Sender;
use crate::texts;

/// The list.
pub async fn list(screen: Screen, asked: Form) -> Answer {
    screen.manage_house()?;
    let page = SendersPage { rows: show::rows(&screen) };
    let frame = screen.frame_with(Place::Settings, told(&screen, &asked, "")).await?;
    Ok(senders_page(&frame, &page).into_response())
}

/// The form for a new sender.
pub async fn new(screen: Screen) -> Answer {
    screen.manage_house()?;
    let page = show::page(&screen, None, form::of_new(&screen)).await?;
    shown(&screen, StatusCode::OK, &page).await
}

/// One sender.
pub async fn one(screen: Screen, Path(id): Path<String>, asked: Form) -> Answer {
    let sender = find(&screen, &id)?;
    let page = show::page(&screen, Some(sender), form::values(sender)).await?;
    let toasts = told(&screen, &asked, &sender.address);
    Ok(sender_page(&screen.frame_with(Place::Settings, toasts).await?, &page).into_response())
}

/// Makes a sender.
pub async fn add(screen: Screen, typed: Form) -> Answer {
    screen.manage_house()?;
    save(&screen, None, typed).await
}

/// Changes a sender.
pub async fn change(screen: Screen, Path(id): Path<String>, typed: Form) -> Answer {
    let sender = find(&screen, &id)?;
    save(&screen, Some(sender), typed).await
}

async fn save(screen: &Screen, sender: Option<&Sender>, mut typed: Form) -> Answer {
    let wanted = form::read(screen, &mut typed, sender);
    if typed.is_fine() {
        let ended = write(screen, sender, &wanted, typed.text("version").parse().ok()).await?;
        screen.app.forget_lists();
        let told = if sender.is_some() { "saved" } else { "added" };
        match ended {
            Ended::Done(id, _) if typed.text("do") == "test" => return tested(screen, id).await,
            Ended::Done(id, _) => {
                return Ok(see_other(&format!("{}?told={told}", href(id.number()))));
            }
            Ended::Stale => typed = typed.with("version", &newest_version(screen, sender).await?),
            _ => {}
        }
        if !form::refuse(screen, &mut typed, ended) {
            return Err(Denied::NotFound.into());
        }
    }
    let page = show::page(screen, sender, form::keep_password(screen, typed)).await?;
    shown(screen, StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

async fn write(
    screen: &Screen,
    sender: Option<&Sender>,
    wanted: &Wanted,
    version: Option<i64>,
) -> Result<Ended, HttpError> {
    let app = &screen.app;
    let password = wanted.password.as_ref();
    let sealed = password.and_then(|password| app.keys.seal(&password.0, rand::random()));
    let save = SaveSender {
        form: &wanted.form,
        sender: sender.map(|sender| sender.id),
        version: version.filter(|_| sender.is_some()),
        sealed: sealed.as_deref(),
        by: screen.by(),
    };
    Ok(app.db.write(&save).await?)
}

/// The version that is stored now, so that saving once more counts.
async fn newest_version(screen: &Screen, sender: Option<&Sender>) -> Result<String, HttpError> {
    let directory = screen.app.directory_anew().await?;
    let now = sender.and_then(|sender| directory.sender(sender.id));
    Ok(now.map(|sender| sender.version.to_string()).unwrap_or_default())
}

/// Tests the mail server of a sender. Nothing is sent.
pub async fn test(screen: Screen, Path(id): Path<String>) -> Answer {
    let sender = find(&screen, &id)?.id;
    tested(&screen, sender).await
}

async fn tested(screen: &Screen, id: SenderId) -> Answer {
    let screen = &Screen { directory: screen.app.directory_anew().await?, ..screen.clone() };
    let sender = screen.directory.sender(id).ok_or(Denied::NotFound)?;
    let tried = try_account(&screen.app, sender.account()).await?;
    let mut page = show::page(screen, Some(sender), form::values(sender)).await?;
    page.trial = Some(of_sending(screen.language, Some(&sender.address), &tried));
    shown(screen, StatusCode::OK, &page).await
}

/// Deletes a sender that nothing needs.
pub async fn delete(screen: Screen, Path(id): Path<String>, typed: Form) -> Answer {
    let sender = find(&screen, &id)?;
    let version = typed.text("version").parse().ok();
    let delete = DeleteSender { sender: sender.id, version, by: screen.by() };
    let ended = screen.app.db.write(&delete).await?;
    screen.app.forget_lists();
    if let Ended::Done(..) = ended {
        return Ok(see_other("/settings/senders?told=deleted"));
    }
    let mut page = show::page(&screen, Some(sender), form::values(sender)).await?;
    if !form::refuse(&screen, &mut page.form, ended) {
        return Err(Denied::NotFound.into());
    }
    shown(&screen, StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

fn find<'a>(screen: &'a Screen, id: &str) -> Result<&'a Sender, Denied> {
    screen.manage_house()?;
    let id = SenderId::parse(id).ok_or(Denied::NotFound)?;
    screen.directory.sender(id).ok_or(Denied::NotFound)
}

async fn shown(screen: &Screen, status: StatusCode, page: &SenderPage) -> Answer {
    let frame = screen.frame(Place::Settings).await?;
    Ok((status, sender_page(&frame, page)).into_response())
}

/// What was done before this page, as its address says.
fn told(screen: &Screen, asked: &Form, name: &str) -> Vec<Toast> {
    let texts = texts::senders(screen.language);
    let text = match asked.text("told") {
        "added" => texts.added(name),
        "saved" => texts.saved(name),
        "deleted" => texts.deleted().to_owned(),
        _ => return Vec::new(),
    };
    vec![Toast { text, undo: None }]
}
