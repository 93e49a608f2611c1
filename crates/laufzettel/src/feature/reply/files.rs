//! Files for the composer: they are stored at once and wait for their message (F-OUT-19, F-ACT-16).

use axum::extract::{Path, Request};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use db::Failure;
use rules::right::Right;
use serde::Deserialize;
use web::{Query, bytes_size};

use super::page::{self, ShownFile};
use crate::feature::ticket::read::FindTicket;
use crate::feature::uploads::{Received, StoreUpload, receive};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::AttachmentId;
use crate::texts;

/// What is said of a file besides its bytes.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Said of a picture inside the text.
    inline: Option<String>,
}

/// Takes a file in and answers with its chip.
pub async fn upload(
    screen: Screen,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Answer {
    let find = FindTicket { actor: &screen.actor, number: &number, right: Right::WorkOnTicket };
    screen.app.db.read(&find).await??;
    let Received { name, media_type, mut file } = match receive(&screen.app, None, request).await {
        Ok(received) => received,
        Err(HttpError::Problem(problem)) => return Ok(refused(&screen, problem.status)),
        Err(error) => return Err(error),
    };
    let blobs = screen.app.blobs.clone();
    let prepared = tokio::task::spawn_blocking(move || blobs.prepare_file(&mut file)).await;
    let blob = prepared.map_err(Failure::other)??;
    if blob.size_bytes == 0 {
        return Ok(refused(&screen, StatusCode::UNPROCESSABLE_ENTITY));
    }
    let (agent, now) = (screen.actor.agent, screen.now);
    let id: AttachmentId = screen.app.ids.next(now);
    let store = StoreUpload {
        id,
        agent,
        name: &name,
        media_type: &media_type,
        blob: &blob,
        is_inline: asked.inline.is_some(),
        now,
    };
    screen.app.db.write(&store).await?;
    let shown = ShownFile {
        id: id.to_string(),
        size: bytes_size(blob.size_bytes, screen.language),
        size_bytes: blob.size_bytes,
        is_picture: media_type.starts_with("image/"),
        name,
    };
    Ok(page::file(screen.language, &shown).into_response())
}

/// A sentence that the script shows at the file.
fn refused(screen: &Screen, status: StatusCode) -> Response {
    let texts = texts::reply(screen.language);
    let sentence = match status {
        StatusCode::PAYLOAD_TOO_LARGE => texts.refused_too_large(),
        _ => texts.upload_failed(),
    };
    (status, sentence).into_response()
}
