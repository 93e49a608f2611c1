//! Taking in the bytes of an upload, piece by piece, so that memory stays flat.

use std::fs::File;
use std::io::Write;
use std::time::Duration;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, StatusCode, header};
use bytes::Bytes;
use db::{Failure, FailureKind};
use futures_util::StreamExt;
use web::Problem;

use super::FILE_BYTES_MAX;
use crate::App;
use crate::api::{line, too_large};
use crate::http::error::HttpError;

/// How long an upload may take.
const TIME_MAX: Duration = Duration::from_secs(600);
/// The name of a file that was not named.
const NO_NAME: &str = "file";

/// A file that came in.
pub struct Received {
    /// The name.
    pub name: String,
    /// The media type, as it was declared.
    pub media_type: String,
    /// The bytes, in a file that nobody else sees.
    pub file: File,
}

/// Takes in a file from a body, or from the form in it.
pub async fn receive(
    app: &App,
    name: Option<String>,
    request: Request,
) -> Result<Received, HttpError> {
    let announced = header(request.headers(), header::CONTENT_LENGTH).parse::<usize>();
    // A form is some hundred bytes larger than its file; those are counted out while it comes in.
    if announced.is_ok_and(|bytes| bytes > FILE_BYTES_MAX + 64 * 1024) {
        return Err(too_large(FILE_BYTES_MAX));
    }
    let folder = app.config.data_dir.clone();
    let file = tempfile::tempfile_in(folder).map_err(storing)?;
    let mut sink = Sink { file, left: FILE_BYTES_MAX };
    let media_type = header(request.headers(), header::CONTENT_TYPE).to_owned();
    let is_form = media_type.starts_with("multipart/form-data");
    let taking = async {
        match is_form {
            true => take_form(&mut sink, request).await,
            false => take_body(&mut sink, request).await.map(|()| (None, media_type)),
        }
    };
    let late = || Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow");
    let (form_name, media_type) =
        tokio::time::timeout(TIME_MAX, taking).await.map_err(|_| late())??;
    let name = name.or(form_name).as_deref().and_then(line);
    let media_type = line(&media_type).unwrap_or_else(|| "application/octet-stream".to_owned());
    Ok(Received { name: name.unwrap_or_else(|| NO_NAME.to_owned()), media_type, file: sink.file })
}

/// Where the bytes go.
struct Sink {
    file: File,
    left: usize,
}

impl Sink {
    fn take(&mut self, piece: &Bytes) -> Result<(), HttpError> {
        self.left = self.left.checked_sub(piece.len()).ok_or_else(|| too_large(FILE_BYTES_MAX))?;
        self.file.write_all(piece).map_err(storing)
    }
}

async fn take_body(sink: &mut Sink, request: Request) -> Result<(), HttpError> {
    let mut pieces = request.into_body().into_data_stream();
    while let Some(piece) = pieces.next().await {
        sink.take(&piece.map_err(|_| HttpError::Unreadable)?)?;
    }
    Ok(())
}

/// The first file of a form, with its name and its type.
async fn take_form(
    sink: &mut Sink,
    request: Request,
) -> Result<(Option<String>, String), HttpError> {
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|_| HttpError::Unreadable)?;
    while let Some(mut field) = form.next_field().await.map_err(|_| HttpError::Unreadable)? {
        let Some(name) = field.file_name().map(str::to_owned) else { continue };
        let media_type = field.content_type().unwrap_or_default().to_owned();
        while let Some(piece) = field.chunk().await.map_err(|_| HttpError::Unreadable)? {
            sink.take(&piece)?;
        }
        return Ok((Some(name), media_type));
    }
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no_file").into())
}

fn header(headers: &HeaderMap, name: header::HeaderName) -> &str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

fn storing(error: std::io::Error) -> HttpError {
    let failure = match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Failure::of_kind(FailureKind::StorageFull, error)
        }
        _ => Failure::other(error),
    };
    failure.into()
}
