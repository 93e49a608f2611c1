//! What the address of the journal says: what is looked for, which entries, where the list begins.

use axum::http::HeaderMap;
use serde::Deserialize;
use web::{Form, decode_cursor, encode_cursor};

use super::narrow::{Narrow, Period};
use super::read::Kind;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::{MailId, MailboxId};

/// The name of the journal in its cursors.
const CURSOR: &str = "mails";

/// What the address of the journal says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Asked {
    pub(super) q: Option<String>,
    pub(super) tab: Option<String>,
    pub(super) mailbox: Option<String>,
    pub(super) outcome: Option<String>,
    pub(super) class: Option<String>,
    pub(super) period: Option<String>,
    pub(super) after: Option<String>,
    /// What was just done; it is said once and belongs to no further address.
    pub(super) told: Option<String>,
    /// How many mails it was done with.
    pub(super) count: Option<u64>,
    /// The ticket in which they lie now.
    pub(super) ticket: Option<String>,
    /// The mails for which it can be taken back.
    pub(super) mails: Option<String>,
}

impl Asked {
    /// What a query in an address says.
    pub(super) fn of_query(query: &str) -> Self {
        let form = Form::parse(query.as_bytes());
        let value = |field: &str| form.has(field).then(|| form.text(field).to_owned());
        Self {
            q: value("q"),
            tab: value("tab"),
            mailbox: value("mailbox"),
            outcome: value("outcome"),
            class: value("class"),
            period: value("period"),
            after: value("after"),
            ..Self::default()
        }
    }

    /// What the address of the page says that is open in the browser.
    pub(super) fn of_page(headers: &HeaderMap) -> (Self, Option<MailId>) {
        let page = headers.get("hx-current-url").and_then(|value| value.to_str().ok());
        let page = page.and_then(|page| page.split('#').next()).unwrap_or_default();
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let open = path.rsplit_once("/mails/").and_then(|(_, id)| MailId::parse(id));
        (Self::of_query(query), open)
    }

    /// A search in the whole journal.
    pub(super) fn searching(text: &str) -> Self {
        Self { q: Some(text.to_owned()), ..Self::default() }
    }

    pub(super) fn text(&self) -> &str {
        self.q.as_deref().unwrap_or_default()
    }

    pub(super) fn kind(&self) -> Kind {
        self.tab.as_deref().and_then(Kind::from_code).unwrap_or_default()
    }

    pub(super) fn narrow(&self) -> Narrow {
        Narrow::read(self.outcome.as_deref(), self.class.as_deref())
    }

    /// Whether it looks for something beyond all mails of its tab.
    pub(super) fn is_narrowed(&self) -> bool {
        let limits =
            [&self.q, &self.mailbox, &self.outcome, &self.class, &self.period, &self.after];
        limits.into_iter().flatten().any(|limit| !limit.trim().is_empty())
    }

    pub(super) fn period(&self) -> Option<Period> {
        self.period.as_deref().and_then(Period::from_code)
    }

    pub(super) fn mailbox(&self, screen: &Screen) -> Option<MailboxId> {
        let name = self.mailbox.as_deref().filter(|name| !name.is_empty())?;
        let found = screen.directory.mailbox(name).map(|mailbox| mailbox.id);
        // An unknown name finds nothing rather than everything.
        Some(found.unwrap_or(MailboxId::from_number(0)))
    }

    /// The entry before which the list begins.
    pub(super) fn before(&self) -> Option<MailId> {
        let keys = decode_cursor(CURSOR, self.after.as_deref()?).ok()?;
        keys.first().map(|number| MailId::from_number(*number))
    }

    /// Whether it names an entry to begin before that cannot be one.
    pub(super) fn has_broken_cursor(&self) -> bool {
        self.after.is_some() && self.before().is_none()
    }

    /// The list that begins after an entry.
    pub(super) fn after(&self, mail: MailId) -> Self {
        Self { after: Some(encode_cursor(CURSOR, &[mail.number()])), ..self.clone() }
    }

    /// The list from its beginning.
    pub(super) fn begun(&self) -> Self {
        Self { after: None, ..self.clone() }
    }

    /// The address of the list.
    pub(super) fn href(&self) -> String {
        format!("/mails{}", self.query())
    }

    /// The address of an entry beside the list.
    pub(super) fn entry_href(&self, mail: MailId) -> String {
        format!("/mails/{mail}{}#entry", self.query())
    }

    /// The query of its address with the question mark, empty if it says nothing.
    pub(super) fn query(&self) -> String {
        let fields = [
            ("q", &self.q),
            ("tab", &self.tab),
            ("mailbox", &self.mailbox),
            ("outcome", &self.outcome),
            ("class", &self.class),
            ("period", &self.period),
            ("after", &self.after),
        ];
        let set = fields.into_iter().filter_map(|(name, value)| {
            let value = value.as_deref().filter(|value| !value.is_empty())?;
            Some(format!("{name}={}", encode(value)))
        });
        let set: Vec<String> = set.collect();
        if set.is_empty() { String::new() } else { format!("?{}", set.join("&")) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_page(url: &'static str) -> (Asked, Option<MailId>) {
        let value = axum::http::HeaderValue::from_static(url);
        Asked::of_page(&HeaderMap::from_iter([("hx-current-url".parse().unwrap(), value)]))
    }

    #[test]
    fn the_open_page_tells_its_list_and_its_entry() {
        let (asked, open) = of_page("http://127.0.0.1:8080/mails/75?q=a%20b&tab=waiting#entry");
        assert_eq!(asked.href(), "/mails?q=a%20b&tab=waiting");
        assert_eq!(asked.entry_href(MailId::from_number(7)), "/mails/7?q=a%20b&tab=waiting#entry");
        assert_eq!(open, Some(MailId::from_number(75)));
        assert_eq!(of_page("http://127.0.0.1:8080/mails"), (Asked::default(), None));
        assert_eq!(of_page(""), (Asked::default(), None));
    }

    #[test]
    fn a_list_goes_on_after_its_last_entry() {
        let next = Asked::default().after(MailId::from_number(9));
        assert_eq!(next.before(), Some(MailId::from_number(9)));
        assert_eq!(Asked { after: Some("x".to_owned()), ..Asked::default() }.before(), None);
    }
}
