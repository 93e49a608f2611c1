//! What a browser sends of the form: its fields and, without a script, the files in it.

use axum::extract::Request;
use db::Failure;
use web::Form;

use super::form::Typed;
use crate::feature::uploads::web::{Manner, store};
use crate::feature::uploads::{FORM_BYTES_MAX, FormWithFiles, ReadWaiting, receive_form};
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::AttachmentId;
use crate::record::draft::DraftFile;

/// What was sent.
pub struct Sent {
    /// The fields.
    pub form: Form,
    /// What was typed, with the files that came.
    pub typed: Typed,
    /// Whether there were more or larger files than are taken.
    pub has_too_much: bool,
}

/// Takes in what was sent; its files wait for the ticket from now on.
pub async fn take(screen: &Screen, request: Request) -> Result<Sent, HttpError> {
    super::web::may_create(screen)?;
    let FormWithFiles { form, files, is_too_large } = receive_form(&screen.app, request).await?;
    let mut typed = Typed::read(&form);
    for received in files {
        if let Some(file) = store(screen, Manner::Attached, received).await? {
            let id = AttachmentId::parse(&file.id);
            typed.uploads.push(id.ok_or_else(|| Failure::other("an upload has no id"))?);
        }
    }
    let bytes: i64 = files_of(screen, &typed).await?.iter().map(|file| file.size_bytes).sum();
    let is_much = usize::try_from(bytes).is_ok_and(|bytes| bytes > FORM_BYTES_MAX);
    Ok(Sent { form, typed, has_too_much: is_too_large || is_much })
}

/// The files that wait for the ticket.
pub async fn files_of(screen: &Screen, typed: &Typed) -> Result<Vec<DraftFile>, HttpError> {
    let read = ReadWaiting { agent: screen.actor.agent, ids: &typed.uploads };
    Ok(screen.app.db.read(&read).await?)
}
