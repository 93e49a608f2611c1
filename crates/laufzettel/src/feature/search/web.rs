//! Handlers of the search.

use axum::response::IntoResponse;
use serde::Deserialize;
use web::{Query, decode_cursor, encode_cursor};

use super::find::{Kind, Search};
use super::{page, show};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::frame::Place;

/// The name of the search in its cursors.
const CURSOR: &str = "search";

/// What the address of the search says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Asked {
    q: Option<String>,
    tab: Option<String>,
    after: Option<String>,
}

impl Asked {
    /// What was typed.
    pub fn text(&self) -> &str {
        self.q.as_deref().unwrap_or_default().trim()
    }

    /// Which hits.
    pub fn kind(&self) -> Kind {
        self.tab.as_deref().and_then(Kind::from_code).unwrap_or_default()
    }

    /// The document before which the page begins.
    pub fn before(&self) -> Option<i64> {
        decode_cursor(CURSOR, self.after.as_deref()?).ok()?.first().copied()
    }

    /// The page that begins after a document.
    pub fn after(&self, document: i64) -> Self {
        Self { after: Some(encode_cursor(CURSOR, &[document])), ..self.clone() }
    }

    /// The first page of these hits.
    pub fn with_kind(&self, kind: Kind) -> Self {
        let tab = (kind != Kind::All).then(|| kind.code().to_owned());
        Self { tab, after: None, ..self.clone() }
    }

    /// The first page of another search for the same kind of hits.
    pub fn with_text(&self, text: String) -> Self {
        Self { q: Some(text), after: None, ..self.clone() }
    }

    /// The address of the page.
    pub fn href(&self) -> String {
        let mut href = format!("/search?q={}", encode(self.text()));
        for (name, value) in [("tab", &self.tab), ("after", &self.after)] {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                href.push_str(&format!("&{name}={}", encode(value)));
            }
        }
        href
    }
}

/// The search, or its next hits as a fragment.
pub async fn search(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    let frame = screen.frame(Place::Search);
    if asked.text().is_empty() {
        return Ok(page::page(&frame.await?, &show::empty()).into_response());
    }
    if asked.after.is_some() && asked.before().is_none() {
        return Err(HttpError::Unreadable);
    }
    // PostgreSQL stores no NUL, so nothing that has one can be found.
    let text = asked.text().replace('\0', " ");
    let search = Search {
        actor: &screen.actor,
        directory: &screen.directory,
        text: &text,
        kind: asked.kind(),
        before: asked.before(),
        now: screen.now,
        zone: &screen.app.config.time_zone,
    };
    let results = screen.app.db.read_long(&search).await?;
    if screen.htmx.fragment && asked.after.is_some() {
        let hits = show::hits(&screen, &asked, &results);
        return Ok(page::hits(screen.language, &hits).into_response());
    }
    let shown = show::page(&screen, &asked, &results);
    Ok(page::page(&frame.await?, &shown).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_words_and_kind_while_it_goes_on() {
        let asked = Asked { q: Some(" a b ".to_owned()), ..Asked::default() };
        let asked = asked.with_kind(Kind::Messages);
        assert_eq!(asked.href(), "/search?q=a%20b&tab=messages");
        let next = asked.after(9);
        assert_eq!((next.before(), next.kind()), (Some(9), Kind::Messages));
        assert_eq!(next.with_kind(Kind::All).href(), "/search?q=a%20b");
        assert_eq!(next.with_text("c".to_owned()).href(), "/search?q=c&tab=messages");
    }
}
