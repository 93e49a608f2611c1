//! Handlers of the page of a mailbox, for administrators.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use values::EmailAddress;
use web::{Form, see_other};

use super::muted::{Lift, Lifted};
use super::page::{EditPage, edit};
use super::tab::Tab;
use super::{
    MailboxForm, Saved, Which, check, folders, form, machine, problems, save, sheet, tried,
};
use crate::feature::senders::try_account;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::{Place, Toast};
use crate::record::mailbox::Mailbox;
use crate::record::outgoing::{Origin, choose};
use crate::texts;

/// The first tab.
pub async fn first(screen: Screen, Path(name): Path<String>, asked: Form) -> Answer {
    open(&screen, &name, Tab::General, &asked).await
}

/// Another tab.
pub async fn tab(
    screen: Screen,
    Path((name, path)): Path<(String, String)>,
    asked: Form,
) -> Answer {
    open(&screen, &name, other_tab(&path)?, &asked).await
}

async fn open(screen: &Screen, name: &str, tab: Tab, asked: &Form) -> Answer {
    let mailbox = mailbox(screen, name)?;
    let page = sheet::page(screen, mailbox, tab, form::values(screen, mailbox)).await?;
    let texts = texts::mailboxes(screen.language);
    let text = match asked.text("told") {
        "saved" => Some(texts.saved()),
        "lifted" => Some(texts.muted_lifted()),
        "run" => Some(texts.run_asked()),
        _ => None,
    };
    let toasts = text.map(|text| Toast { text: text.to_owned(), undo: None });
    let frame = screen.frame_with(Place::Mailboxes, toasts.into_iter().collect()).await?;
    Ok(edit(&frame, &page).into_response())
}

fn other_tab(path: &str) -> Result<Tab, Denied> {
    Tab::from_path(path).filter(|tab| *tab != Tab::General).ok_or(Denied::NotFound)
}

/// The mailbox, which only administrators change.
fn mailbox<'a>(screen: &'a Screen, name: &str) -> Result<&'a Mailbox, HttpError> {
    match screen.directory.mailbox(name) {
        Some(_) if !screen.actor.is_administrator() => Err(Denied::NotAllowed.into()),
        Some(mailbox) => Ok(mailbox),
        None => Err(Denied::NotFound.into()),
    }
}

/// Saves the first tab.
pub async fn change_first(screen: Screen, Path(name): Path<String>, typed: Form) -> Answer {
    change(&screen, &name, Tab::General, typed).await
}

/// Saves another tab, tests it, or reads the folders that it offers.
pub async fn change_tab(
    screen: Screen,
    Path((name, path)): Path<(String, String)>,
    typed: Form,
) -> Answer {
    change(&screen, &name, other_tab(&path)?, typed).await
}

async fn change(screen: &Screen, name: &str, tab: Tab, mut typed: Form) -> Answer {
    let mailbox = mailbox(screen, name)?;
    let wanted = form::read(screen, mailbox, tab, &mut typed);
    if typed.text("do") == "folders" {
        return offer_folders(screen, mailbox, tab, (&wanted, typed)).await;
    }
    refuse(screen, tab, &wanted, &mut typed);
    if typed.text("do") == "refresh" {
        let page = sheet::page(screen, mailbox, tab, form::keep_password(screen, typed)).await?;
        return shown(screen, StatusCode::OK, &page).await;
    }
    if typed.is_fine() && typed.text("do") == "machine" {
        return machine::answer(screen, mailbox, tab, &wanted, &typed).await;
    }
    if typed.is_fine() {
        let version = typed.text("version").parse().ok();
        match save(&screen.app, &wanted, Which::Existing(version), screen.by()).await? {
            Saved::Done(..) if typed.text("do") == "test" => {
                return tested(screen, name, tab).await;
            }
            Saved::Done(..) => {
                return Ok(see_other(&format!("{}?told=saved", tab.href(name))));
            }
            Saved::Stale(version) => {
                typed = typed.with("version", &version.to_string());
                typed.refuse("form", texts::mailboxes(screen.language).stale());
            }
            Saved::NotFound | Saved::NameTaken => return Err(Denied::NotFound.into()),
            Saved::Refused(found) => add(screen, tab, &wanted, &found, &mut typed),
        }
    }
    let typed = form::keep_password(screen, typed);
    let page = sheet::page(screen, mailbox, tab, typed).await?;
    shown(screen, StatusCode::UNPROCESSABLE_ENTITY, &page).await
}

/// Says beside its field what is wrong, as far as it is known before saving.
fn refuse(screen: &Screen, tab: Tab, wanted: &MailboxForm, typed: &mut Form) {
    let allow_plain = screen.app.config.allow_plaintext_mail;
    add(screen, tab, wanted, &check(wanted, &screen.directory, allow_plain), typed);
}

fn add(
    screen: &Screen,
    tab: Tab,
    wanted: &MailboxForm,
    found: &[web::FieldProblem],
    typed: &mut Form,
) {
    let language = screen.language;
    for problem in found {
        let (field, sentence) = problems::problem(language, &screen.directory, wanted, problem);
        match tab.fields().contains(&field.as_str()) {
            true => typed.refuse(&field, sentence),
            false => typed.refuse("form", problems::elsewhere(language, &field, &sentence)),
        }
    }
}

/// Answers an address automatically again.
pub async fn lift(screen: Screen, Path(name): Path<String>, typed: Form) -> Answer {
    let mailbox = mailbox(&screen, &name)?;
    let address = EmailAddress::parse(typed.text("address")).map_err(|_| Denied::NotFound)?;
    let lift = Lift { mailbox, address: &address, by: screen.by() };
    match screen.app.db.write(&lift).await? {
        Lifted::Done => Ok(see_other(&format!("{}?told=lifted", Tab::Answer.href(&name)))),
        // Somebody was quicker: the page shows how it is.
        Lifted::NotMuted => Ok(see_other(&Tab::Answer.href(&name))),
    }
}

async fn shown(screen: &Screen, status: StatusCode, page: &EditPage) -> Answer {
    let frame = screen.frame(Place::Mailboxes).await?;
    Ok((status, edit(&frame, page)).into_response())
}

/// The tab with the folders on the server, or why they cannot be read. Nothing is saved.
async fn offer_folders(
    screen: &Screen,
    mailbox: &Mailbox,
    tab: Tab,
    (wanted, typed): (&MailboxForm, Form),
) -> Answer {
    let typed = form::keep_password(screen, typed);
    let listed = match typed.problem("password") {
        Some(_) => None,
        None => Some(folders::list(&screen.app, mailbox, wanted).await),
    };
    let mut page = sheet::page(screen, mailbox, tab, typed).await?;
    let status = match listed {
        Some(Ok(folders)) => {
            page.choices.folders = Some(folders);
            StatusCode::OK
        }
        Some(Err(refused)) => {
            page.trial = Some(tried::of_listing(screen.language, &refused));
            StatusCode::UNPROCESSABLE_ENTITY
        }
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    shown(screen, status, &page).await
}

/// Tests a mailbox as it is saved. Nothing is changed.
pub async fn test(screen: Screen, Path(name): Path<String>, asked: Form) -> Answer {
    mailbox(&screen, &name)?;
    let tab = if asked.text("tab") == Tab::Send.path() { Tab::Send } else { Tab::Receive };
    tested(&screen, &name, tab).await
}

async fn tested(screen: &Screen, name: &str, tab: Tab) -> Answer {
    let screen = &Screen { directory: screen.app.directory_anew().await?, ..screen.clone() };
    let mailbox = mailbox(screen, name)?;
    let trial = match tab {
        Tab::Send => {
            let origin = Origin { mailbox: Some(mailbox.id), received_by: None };
            let from = choose(&screen.directory, mailbox.area, &origin, None);
            let account = from.as_ref().map_or(0, |from| from.account);
            let result = try_account(&screen.app, account).await?;
            let address = from.as_ref().map(|from| from.address.as_str());
            tried::of_sending(screen.language, address, &result)
        }
        _ => {
            let result = super::test(&screen.app, mailbox).await;
            tried::of_fetching(screen.language, mailbox, &result)
        }
    };
    let mut page = sheet::page(screen, mailbox, tab, form::values(screen, mailbox)).await?;
    page.trial = Some(trial);
    shown(screen, StatusCode::OK, &page).await
}
