//! Handlers that change a mailbox.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use web::{Form, see_other};

use super::page::{EditPage, edit};
use super::{MailboxForm, Saved, Which, save};
use crate::config::Secret;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::directory::Listed;
use crate::record::frame::Place;
use crate::record::mailbox::{Mailbox, Source};
use crate::texts;

/// The form.
pub async fn form(screen: Screen, Path(name): Path<String>) -> Answer {
    let mailbox = mailbox(&screen, &name)?;
    let present = MailboxForm::of(mailbox, &screen.directory);
    let version = mailbox.version.to_string();
    let values =
        [("label", present.label.as_str()), ("area", &present.area), ("version", &version)];
    let enabled = mailbox.enabled.then_some(("enabled", "yes"));
    show(&screen, mailbox, Form::with_values(values.into_iter().chain(enabled))).await
}

/// Only administrators change mailboxes.
fn mailbox<'a>(screen: &'a Screen, name: &str) -> Result<&'a Mailbox, HttpError> {
    match screen.directory.mailbox(name) {
        Some(_) if !screen.actor.is_administrator() => Err(Denied::NotAllowed.into()),
        Some(mailbox) => Ok(mailbox),
        None => Err(Denied::NotFound.into()),
    }
}

async fn show(screen: &Screen, mailbox: &Mailbox, form: Form) -> Answer {
    let areas = screen.directory.areas.iter().filter(|area| area.active || area.id == mailbox.area);
    let page = EditPage {
        name: mailbox.name.clone(),
        address: mailbox.addresses().first().map(ToString::to_string).unwrap_or_default(),
        has_account: matches!(mailbox.source(), Source::Imap { .. }),
        areas: areas
            .map(|area| (area.key.clone(), area.name(screen.language).to_owned()))
            .collect(),
        form,
    };
    Ok(edit(&screen.frame(Place::Mailboxes).await?, &page).into_response())
}

/// Saves what was typed.
pub async fn change(screen: Screen, Path(name): Path<String>, mut form: Form) -> Answer {
    let mailbox = mailbox(&screen, &name)?;
    let password = form.raw("password");
    let wanted = MailboxForm {
        label: form.text("label").to_owned(),
        area: form.text("area").to_owned(),
        enabled: form.has("enabled"),
        password: (!password.is_empty()).then(|| Secret(password.to_owned())),
        ..MailboxForm::of(mailbox, &screen.directory)
    };
    let version = form.text("version").parse().ok();
    let texts = texts::mailboxes(screen.language);
    match save(&screen.app, &wanted, Which::Existing(version), screen.by()).await? {
        Saved::Done(..) => return Ok(see_other(&format!("/mailboxes#box-{name}"))),
        Saved::Stale(version) => {
            form = form.with("version", &version.to_string());
            form.refuse("label", texts.stale());
        }
        Saved::NotFound | Saved::NameTaken => return Err(Denied::NotFound.into()),
        Saved::Refused(problems) => {
            for problem in problems {
                match problem.field.as_str() {
                    "label" => form.refuse("label", texts.no_label()),
                    "area" => form.refuse("area", texts.no_area()),
                    _ => form.refuse("label", &problem.message),
                }
            }
        }
    }
    let page = show(&screen, mailbox, form).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}
