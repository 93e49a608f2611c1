//! The text and the header of a mail that rules ask for, read again from its bytes.

use std::panic::catch_unwind;

use db::Result;
use mail::read::read;
use mail::segments::segments;
use rules::filter::Header;
use rules::text::{Tokens, analyse, guess_language};
use tokio::task::block_in_place;

use crate::App;

/// What a mail says.
#[derive(Clone, Debug, Default)]
pub struct TextOf {
    /// Its text.
    pub text: String,
    /// The words of subject and text.
    pub words: Tokens,
    /// Its header.
    pub headers: Vec<Header>,
}

/// The text of a mail; empty if its bytes are gone.
pub async fn text_of(app: &App, raw_hash: Option<&[u8]>) -> Result<TextOf> {
    let Some(hash) = raw_hash else { return Ok(TextOf::default()) };
    let bytes = app.blobs.read(&app.db, hash).await?;
    Ok(block_in_place(|| catch_unwind(|| of(&bytes)).unwrap_or_default()))
}

/// The text of a mail as rules see it when it comes.
fn of(bytes: &[u8]) -> TextOf {
    let mail = read(bytes);
    let parts = segments(&mail);
    let text: Vec<&str> = parts.list.iter().map(|part| part.text.as_str()).collect();
    let text = text.join("\n");
    let said = format!("{}\n{text}", mail.subject);
    let headers = mail.headers.iter();
    let headers =
        headers.map(|one| Header { name: one.name.clone(), value: one.value.clone() }).collect();
    TextOf { words: analyse(&said, guess_language(&said)), text, headers }
}
