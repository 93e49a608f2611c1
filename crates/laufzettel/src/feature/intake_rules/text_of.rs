//! What rules ask for beside the facts of a mail: its text, its words and its header, read again as far as they
//! are needed.

use std::panic::catch_unwind;

use db::Result;
use mail::read::{HeaderField, headers, read};
use mail::segments::segments;
use rules::filter::{Header, MailToMatch};
use rules::text::{Tokens, analyse, guess_language};
use tokio::task::block_in_place;

use crate::App;
use crate::feature::intake::kept::Kept;
use crate::record::message::Segment;

/// What was read of a mail. What is `None` was not.
#[derive(Clone, Debug, Default)]
pub struct TextOf {
    /// Its text.
    text: Option<String>,
    /// Its words, with its subject, its author and the names of its files.
    words: Option<Tokens>,
    /// Its header.
    headers: Option<Vec<Header>>,
}

impl TextOf {
    /// The text that is stored of its message, as JSON.
    pub fn stored(segments: &str) -> Self {
        let segments: Vec<Segment> = serde_json::from_str(segments).unwrap_or_default();
        let text: Vec<&str> = segments.iter().map(|segment| segment.text.as_str()).collect();
        Self { text: Some(text.join("\n")), ..Self::default() }
    }

    /// With its words, as the index has them.
    pub fn with_words(mut self, facts: &Kept) -> Self {
        let said = facts.said(self.text());
        self.words = Some(analyse(&said, guess_language(&said)));
        self
    }

    /// With its header, which is read of its bytes.
    pub async fn with_headers(mut self, app: &App, raw_hash: Option<&[u8]>) -> Result<Self> {
        self.headers = match raw_hash {
            Some(hash) => Some(of(&headers(&app.blobs.read(&app.db, hash).await?))),
            None => Some(Vec::new()),
        };
        Ok(self)
    }

    /// The text, as far as it was read.
    pub fn text(&self) -> &str {
        self.text.as_deref().unwrap_or_default()
    }

    /// The mail as rules see it.
    pub fn view<'a>(&'a self, facts: &'a Kept, mailbox: i64) -> MailToMatch<'a> {
        MailToMatch {
            text: self.text.as_deref(),
            words: self.words.as_ref(),
            headers: self.headers.as_deref(),
            ..facts.view(mailbox)
        }
    }
}

/// Everything, from the bytes of a mail; empty if they are gone.
pub async fn text_of(app: &App, raw_hash: Option<&[u8]>, facts: &Kept) -> Result<TextOf> {
    let read = match raw_hash {
        Some(hash) => {
            let bytes = app.blobs.read(&app.db, hash).await?;
            block_in_place(|| catch_unwind(|| whole(&bytes)).unwrap_or_default())
        }
        None => TextOf::default(),
    };
    let (text, headers) = (read.text.unwrap_or_default(), read.headers.unwrap_or_default());
    let read = TextOf { text: Some(text), headers: Some(headers), words: None };
    Ok(block_in_place(|| read.with_words(facts)))
}

/// Text and header as rules see them when the mail comes.
fn whole(bytes: &[u8]) -> TextOf {
    let mail = read(bytes);
    let parts = segments(&mail);
    let text: Vec<&str> = parts.list.iter().map(|part| part.text.as_str()).collect();
    TextOf { text: Some(text.join("\n")), words: None, headers: Some(of(&mail.headers)) }
}

fn of(fields: &[HeaderField]) -> Vec<Header> {
    let header = |one: &HeaderField| Header { name: one.name.clone(), value: one.value.clone() };
    fields.iter().map(header).collect()
}
