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
pub const NO_NAME: &str = "file";

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
    let mut sink = Sink::new(app, FILE_BYTES_MAX)?;
    let media_type = header(request.headers(), header::CONTENT_TYPE).to_owned();
    let is_form = media_type.starts_with("multipart/form-data");
    let taking = async {
        match is_form {
            true => take_form(&mut sink, request).await,
            false => take_body(&mut sink, request).await.map(|()| (None, media_type)),
        }
    };
    let (form_name, media_type) = in_time(taking).await?;
    let name = name.or(form_name).as_deref().and_then(line);
    let media_type = line(&media_type).unwrap_or_else(|| "application/octet-stream".to_owned());
    Ok(Received { name: name.unwrap_or_else(|| NO_NAME.to_owned()), media_type, file: sink.file })
}

/// What comes in has to come in time.
pub async fn in_time<T>(
    taking: impl Future<Output = Result<T, HttpError>>,
) -> Result<T, HttpError> {
    let late = || Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow");
    tokio::time::timeout(TIME_MAX, taking).await.map_err(|_| late())?
}

/// Where the bytes go.
pub struct Sink {
    file: File,
    left: usize,
}

impl Sink {
    /// A file that nobody else sees and that takes this many bytes.
    pub fn new(app: &App, left: usize) -> Result<Self, HttpError> {
        let file = tempfile::tempfile_in(&app.config.data_dir).map_err(storing)?;
        Ok(Self { file, left })
    }

    /// Takes bytes, if they are not too many.
    pub fn takes(&mut self, piece: &Bytes) -> Result<bool, HttpError> {
        let Some(left) = self.left.checked_sub(piece.len()) else { return Ok(false) };
        self.left = left;
        self.file.write_all(piece).map_err(storing)?;
        Ok(true)
    }

    /// How many bytes it would still take.
    pub fn left(&self) -> usize {
        self.left
    }

    /// What it took.
    pub fn into_file(self) -> File {
        self.file
    }

    fn take(&mut self, piece: &Bytes) -> Result<(), HttpError> {
        self.takes(piece)?.then_some(()).ok_or_else(|| too_large(FILE_BYTES_MAX))
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

/// A header as text; empty without one.
pub fn header(headers: &HeaderMap, name: header::HeaderName) -> &str {
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
