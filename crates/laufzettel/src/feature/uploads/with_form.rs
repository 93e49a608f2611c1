//! A form that a browser sends with the files in it, as it does without a script.

use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Multipart, Request};
use axum::http::header;
use web::Form;

use super::receive::{NO_NAME, Received, Sink, header as header_of, in_time};
use super::{FILE_BYTES_MAX, FORM_BYTES_MAX};
use crate::App;
use crate::api::line;
use crate::http::error::HttpError;

/// Letters of all fields together.
const FIELDS_BYTES_MAX: usize = 2 * 1024 * 1024;
/// Files of one form.
const FILES_MAX: usize = 100;

/// What came in.
pub struct FormWithFiles {
    /// The fields.
    pub form: Form,
    /// The files.
    pub files: Vec<Received>,
    /// Whether there were more or larger files than are taken: those are not among them.
    pub is_too_large: bool,
}

/// Takes in a form, with files or without. Files beyond the limit are read to their end and left
/// out, so that whoever sent them gets back what he typed.
pub async fn receive_form(app: &App, request: Request) -> Result<FormWithFiles, HttpError> {
    let media_type = header_of(request.headers(), header::CONTENT_TYPE);
    if !media_type.starts_with("multipart/form-data") {
        let form = Form::from_request(request, &()).await?;
        return Ok(FormWithFiles { form, files: Vec::new(), is_too_large: false });
    }
    in_time(take(app, request)).await
}

async fn take(app: &App, request: Request) -> Result<FormWithFiles, HttpError> {
    let mut parts = Multipart::from_request(request, &()).await.map_err(unreadable)?;
    let (mut fields, mut fields_left) = (Vec::new(), FIELDS_BYTES_MAX);
    let (mut files, mut files_left, mut is_too_large) = (Vec::new(), FORM_BYTES_MAX, false);
    while let Some(mut part) = parts.next_field().await.map_err(unreadable)? {
        let Some(name) = part.file_name().map(str::to_owned) else {
            fields.push(text(&mut part, &mut fields_left).await?);
            continue;
        };
        // A browser sends a nameless empty file where none was chosen.
        let is_taken = !name.is_empty() && files.len() < FILES_MAX && !is_too_large;
        let received = file(app, &mut part, &name, files_left, is_taken).await?;
        match received {
            Some((file, size)) => {
                files_left -= size;
                files.push(file);
            }
            None => is_too_large |= !name.is_empty(),
        }
    }
    let pairs = fields.iter().map(|(name, text)| (name.as_str(), text.as_str()));
    Ok(FormWithFiles { form: Form::with_values(pairs), files, is_too_large })
}

async fn text(part: &mut Field<'_>, left: &mut usize) -> Result<(String, String), HttpError> {
    let name = part.name().unwrap_or_default().to_owned();
    let mut bytes = Vec::new();
    while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
        *left =
            left.checked_sub(chunk.len()).ok_or_else(|| crate::api::too_large(FIELDS_BYTES_MAX))?;
        bytes.extend_from_slice(&chunk);
    }
    Ok((name, String::from_utf8_lossy(&bytes).into_owned()))
}

/// The file of a part with its size, or nothing if it is larger than what is left.
async fn file(
    app: &App,
    part: &mut Field<'_>,
    name: &str,
    left: usize,
    is_taken: bool,
) -> Result<Option<(Received, usize)>, HttpError> {
    let most = left.min(FILE_BYTES_MAX);
    let media_type = part.content_type().and_then(line);
    let mut sink = Some(Sink::new(app, most)?).filter(|_| is_taken);
    while let Some(chunk) = part.chunk().await.map_err(unreadable)? {
        if let Some(open) = &mut sink
            && !open.takes(&chunk)?
        {
            sink = None;
        }
    }
    let Some(sink) = sink else { return Ok(None) };
    let size = most - sink.left();
    let name = line(name).unwrap_or_else(|| NO_NAME.to_owned());
    let media_type = media_type.unwrap_or_else(|| "application/octet-stream".to_owned());
    Ok(Some((Received { name, media_type, file: sink.into_file() }, size)))
}

fn unreadable<E>(_: E) -> HttpError {
    HttpError::Unreadable
}
