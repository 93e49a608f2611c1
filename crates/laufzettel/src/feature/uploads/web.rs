//! Files for a form: they are stored at once and wait for their message (F-OUT-19, F-ACT-16).

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use db::Failure;

use super::page::{self, ShownFile};
use super::{Received, StoreUpload, prepare, receive};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::AttachmentId;
use crate::record::draft::DraftFile;
use crate::texts;

/// Where a file is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Manner {
    /// Beside the text.
    Attached,
    /// In the text, as a picture.
    Inline,
}

/// Takes a file in and answers with its chip. Whoever asks has the right to write here.
pub async fn take(screen: &Screen, manner: Manner, request: Request) -> Answer {
    let received = match receive(&screen.app, None, request).await {
        Ok(received) => received,
        Err(HttpError::TooLarge(_)) => {
            return Ok(refused(screen, StatusCode::PAYLOAD_TOO_LARGE));
        }
        Err(HttpError::Problem(problem)) => return Ok(refused(screen, problem.status)),
        Err(error) => return Err(error),
    };
    let Some(file) = store(screen, manner, received).await? else {
        let sentence = texts::uploads(screen.language).empty();
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, sentence).into_response());
    };
    let is_in_text = manner == Manner::Inline;
    let shown = ShownFile { is_in_text, ..ShownFile::of(&file, screen.language) };
    Ok(page::file(screen.language, &shown).into_response())
}

/// Stores a file that came in; nothing if it is empty.
pub async fn store(
    screen: &Screen,
    manner: Manner,
    received: Received,
) -> Result<Option<DraftFile>, HttpError> {
    let Received { name, media_type, file } = received;
    let blob = prepare(&screen.app, file).await?;
    if blob.size_bytes == 0 {
        return Ok(None);
    }
    let (agent, now) = (screen.actor.agent, screen.now);
    let id: AttachmentId = screen.app.ids.next(now);
    let upload = StoreUpload {
        id,
        agent,
        name: &name,
        media_type: &media_type,
        blob: &blob,
        is_inline: manner == Manner::Inline,
        now,
    };
    screen.app.db.write(&upload).await?;
    let size_bytes = i64::try_from(blob.size_bytes).map_err(Failure::other)?;
    Ok(Some(DraftFile { id: id.to_string(), name, size_bytes, media_type }))
}

/// A sentence that the script shows at the file.
fn refused(screen: &Screen, status: StatusCode) -> Response {
    let texts = texts::uploads(screen.language);
    let sentence = match status {
        StatusCode::PAYLOAD_TOO_LARGE => texts.too_large(),
        _ => texts.upload_failed(),
    };
    (status, sentence).into_response()
}
