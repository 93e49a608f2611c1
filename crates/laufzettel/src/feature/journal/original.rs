//! The original of a mail: shown as text, and given out byte for byte.

use axum::extract::Path;
use axum::response::IntoResponse;
use db::{Failure, Reading, Result, View};
use serde::Deserialize;
use web::{Query, attachment_headers, bytes_size};

use super::page::{RawPage, raw_page};
use super::read::ReadMail;
use super::store::{self, StoredMail};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::MailId;
use crate::record::actor::Denied;
use crate::record::frame::Place;
use crate::service::blobs::Blobs;

/// So much of an original is shown; all of it can be downloaded.
pub const SHOWN_BYTES: usize = 256 * 1024;

/// What the address of an original says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    download: Option<String>,
}

/// Reads the bytes of a mail. Whoever asks has checked the right on the mail.
pub struct ReadOriginal<'a> {
    /// The large blobs.
    pub blobs: &'a Blobs,
    /// The entry.
    pub mail: MailId,
}

impl Reading for ReadOriginal<'_> {
    type Outcome = std::result::Result<Vec<u8>, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let hash = store::one(view, self.mail).await?.and_then(|mail| mail.raw_hash);
        let Some(hash) = hash else { return Ok(Err(Denied::NotFound)) };
        let hash = hash.as_slice().try_into().map_err(Failure::other)?;
        self.blobs.read(view, &hash).await.map(Ok)
    }
}

async fn read(screen: &Screen, mail: MailId) -> std::result::Result<Vec<u8>, HttpError> {
    let read = ReadOriginal { blobs: &screen.app.blobs, mail };
    Ok(screen.app.db.read_long(&read).await??)
}

/// The mail of a message as a file. The caller has read the message with the reader's right: who
/// may see a ticket may see its mails.
pub async fn raw_of(screen: &Screen, mail: MailId) -> Answer {
    let bytes = read(screen, mail).await?;
    let name = format!("{mail}.eml");
    let headers = attachment_headers(&name, "message/rfc822", bytes.len() as u64);
    Ok((headers, bytes).into_response())
}

/// The original of an entry as a page, or as a file.
pub async fn raw(screen: Screen, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let mail = MailId::parse(&id).ok_or(Denied::NotFound)?;
    let entry = ReadMail { actor: &screen.actor, directory: &screen.directory, mail };
    let entry = screen.app.db.read(&entry).await??;
    if asked.download.is_some() {
        return raw_of(&screen, mail).await;
    }
    let bytes = read(&screen, mail).await?;
    let page = page(&screen, &entry, &bytes);
    Ok(raw_page(&screen.frame(Place::Mails).await?, &page).into_response())
}

fn page(screen: &Screen, entry: &StoredMail, bytes: &[u8]) -> RawPage {
    let shown = bytes.get(..SHOWN_BYTES).unwrap_or(bytes);
    let size = |bytes: &[u8]| bytes_size(bytes.len() as u64, screen.language);
    RawPage {
        subject: entry.subject.clone().unwrap_or_default(),
        back: format!("/mails/{}#entry", entry.id),
        download: format!("/mails/{}/raw?download=1", entry.id),
        source: visible(&String::from_utf8_lossy(shown)),
        cut: (shown.len() < bytes.len()).then(|| (size(shown), size(bytes))),
    }
}

/// The text with signs in place of what a browser would obey instead of showing: control
/// characters, and marks that turn the direction of writing.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\n' | '\t' => shown.push(letter),
            '\r' => {}
            '\u{7f}' => shown.push('\u{2421}'),
            '\0'..'\u{20}' => {
                shown.extend(char::from_u32(0x2400 + u32::from(letter)));
            }
            '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                shown.push_str(&format!("<U+{:04X}>", u32::from(letter)));
            }
            letter => shown.push(letter),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_that_a_browser_obeys_are_shown() {
        assert_eq!(visible("a\r\n\tb\0\u{1b}\u{7f}ä"), "a\n\tb\u{2400}\u{241b}\u{2421}ä");
        assert_eq!(visible("exe.\u{202e}gpj"), "exe.<U+202E>gpj");
    }
}
