//! The original of a mail: shown as text, and given out byte for byte.

use axum::extract::Path;
use axum::response::IntoResponse;
use db::{Reading, Result, View};
use mail::anonymous::anonymous;
use serde::Deserialize;
use web::{Query, attachment_headers, bytes_size};

use super::page::{RawPage, raw_page};
use super::read::ReadMail;
use super::store::{self, StoredMail};
use crate::App;
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::MailId;
use crate::record::actor::Denied;
use crate::record::frame::Place;
use crate::service::blobs::{self, Blob};

/// So much of an original is shown; all of it can be downloaded.
pub const SHOWN_BYTES: usize = 256 * 1024;

/// What the address of an original says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    download: Option<String>,
    anonymous: Option<String>,
}

/// The bytes of a mail. Whoever asks has checked the right on the mail.
pub async fn original_of(app: &App, mail: MailId) -> Result<std::result::Result<Vec<u8>, Denied>> {
    Ok(match app.db.read(&FindOriginal { mail }).await? {
        Ok(blob) => Ok(app.blobs.load(blob).await?),
        Err(denied) => Err(denied),
    })
}

struct FindOriginal {
    mail: MailId,
}

impl Reading for FindOriginal {
    type Outcome = std::result::Result<Blob, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let hash = store::one(view, self.mail).await?.and_then(|mail| mail.raw_hash);
        let Some(hash) = hash else { return Ok(Err(Denied::NotFound)) };
        blobs::find(view, &hash).await.map(Ok)
    }
}

/// The mail of a message as a file. The caller has read the message with the reader's right: who
/// may see a ticket may see its mails.
pub async fn raw_of(screen: &Screen, mail: MailId) -> Answer {
    let bytes = original_of(&screen.app, mail).await??;
    let name = format!("{mail}.eml");
    let headers = attachment_headers(&name, "message/rfc822", bytes.len() as u64);
    Ok((headers, bytes).into_response())
}

/// The mail without what it says, as a file for those who mend the reader. What it becomes is
/// reckoned beside the others: a mail that broke the reader may take its time here, too.
async fn anonymous_of(mail: MailId, bytes: Vec<u8>) -> Answer {
    let key = rand::random();
    let hiding = tokio::task::spawn_blocking(move || anonymous(&bytes, key));
    let hidden = hiding.await.map_err(db::Failure::other)?;
    let name = format!("{mail}-anonymous.eml");
    let headers = attachment_headers(&name, "message/rfc822", hidden.len() as u64);
    Ok((headers, hidden).into_response())
}

/// The original of an entry as a page, or as a file.
pub async fn raw(screen: Screen, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let mail = MailId::parse(&id).ok_or(Denied::NotFound)?;
    let entry = ReadMail { actor: &screen.actor, directory: &screen.directory, mail };
    let entry = screen.app.db.read(&entry).await??;
    if asked.download.is_some() {
        return raw_of(&screen, mail).await;
    }
    let bytes = original_of(&screen.app, mail).await??;
    if asked.anonymous.is_some() {
        return anonymous_of(mail, bytes).await;
    }
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
