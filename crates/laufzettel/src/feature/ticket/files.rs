//! Files of messages: read out of the raw mail when they are asked for (decision 6).

use std::io::{Seek, SeekFrom, Write};

use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::IntoResponse;
use db::Failure;
use web::{attachment_headers, content_disposition, shown, view_headers};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::read::{ReadMessage, ReadTicket};
use super::store::Belonging;
use crate::feature::uploads::{self, Loaded};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::message::{File, Message};
use crate::record::{AttachmentId, MessageId};

/// The pieces in which a file leaves the house.
const PIECE_BYTES: usize = 64 * 1024;

/// A file of a ticket that the reader may see, or one that he uploaded for an answer (F-PERM-11).
async fn load(screen: &Screen, id: &str) -> std::result::Result<Loaded, HttpError> {
    let attachment = AttachmentId::parse(id).ok_or(Denied::NotFound)?;
    Ok(uploads::load(&screen.app, &screen.actor, attachment).await??)
}

/// A file as a download.
pub async fn download(screen: Screen, Path(id): Path<String>) -> Answer {
    let file = load(&screen, &id).await?;
    let size = file.bytes.len() as u64;
    let headers = attachment_headers(&file.name, &file.media_type, size);
    Ok((headers, file.bytes).into_response())
}

/// A picture or a PDF in the browser; everything else is a download.
pub async fn view(screen: Screen, Path(id): Path<String>) -> Answer {
    let file = load(&screen, &id).await?;
    let size = file.bytes.len() as u64;
    let headers = match shown(&file.bytes) {
        Some(kind) => view_headers(&file.name, kind, size),
        None => attachment_headers(&file.name, &file.media_type, size),
    };
    Ok((headers, file.bytes).into_response())
}

/// The mail as it came, byte for byte.
pub async fn original(screen: Screen, Path(id): Path<String>) -> Answer {
    let (_, message) = message(&screen, &id).await?;
    let mail = message.mail.ok_or(Denied::NotFound)?;
    crate::feature::journal::raw_of(&screen, mail).await
}

async fn message(
    screen: &Screen,
    id: &str,
) -> std::result::Result<(Belonging, Message), HttpError> {
    let message = MessageId::parse(id).ok_or(Denied::NotFound)?;
    Ok(screen.app.db.read(&ReadMessage { actor: &screen.actor, message }).await??)
}

/// All files of a message in one.
pub async fn message_archive(screen: Screen, Path(id): Path<String>) -> Answer {
    let (belonging, message) = message(&screen, &id).await?;
    archive(&screen, &format!("{}.zip", belonging.number), message.files()).await
}

/// All files of a ticket in one.
pub async fn ticket_archive(screen: Screen, Path(number): Path<String>) -> Answer {
    let read = ReadTicket { actor: &screen.actor, number: &number, before: None };
    let view = screen.app.db.read(&read).await??;
    let files = view.messages.iter().flat_map(Message::files).collect();
    archive(&screen, &format!("{}.zip", view.ticket.number), files).await
}

/// Written to disk first, one file after the other, so that memory holds only one of them.
async fn archive(screen: &Screen, name: &str, files: Vec<File>) -> Answer {
    let temporary = tempfile::tempfile().map_err(Failure::other)?;
    let mut writer = ZipWriter::new(temporary);
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut names: Vec<String> = Vec::new();
    for file in files.iter().filter(|file| !file.inline) {
        let loaded = load(screen, &file.id.to_string()).await?;
        let name = unique(&loaded.name, &names);
        writer.start_file(name.as_str(), options).map_err(Failure::other)?;
        writer.write_all(&loaded.bytes).map_err(Failure::other)?;
        names.push(name);
    }
    if names.is_empty() {
        return Err(Denied::NotFound.into());
    }
    let mut file = writer.finish().map_err(Failure::other)?;
    let size = file.stream_position().map_err(Failure::other)?;
    file.seek(SeekFrom::Start(0)).map_err(Failure::other)?;
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/zip"));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(size));
    headers.insert(header::CONTENT_DISPOSITION, content_disposition("attachment", name));
    Ok((headers, streamed(tokio::fs::File::from_std(file))).into_response())
}

fn streamed(file: tokio::fs::File) -> Body {
    let pieces = tokio_util::io::ReaderStream::with_capacity(file, PIECE_BYTES);
    Body::from_stream(pieces)
}

/// Equal names get a counter before their extension.
fn unique(name: &str, taken: &[String]) -> String {
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (name, String::new()),
    };
    let mut candidate = name.to_owned();
    let mut counter = 2;
    while taken.contains(&candidate) {
        candidate = format!("{stem} ({counter}){extension}");
        counter += 1;
    }
    candidate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_names_get_a_counter() {
        let taken = ["a.pdf".to_owned(), "a (2).pdf".to_owned(), "b".to_owned()];
        assert_eq!(unique("a.pdf", &taken), "a (3).pdf");
        assert_eq!(unique("b", &taken), "b (2)");
        assert_eq!(unique("c.txt", &taken), "c.txt");
    }
}
