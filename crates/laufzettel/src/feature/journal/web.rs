//! Handlers of the journal.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use jiff::ToSpan;
use serde::Deserialize;
use values::{Language, Timestamp};
use web::{Form, Query, decode_cursor, encode_cursor, see_other};

use super::page::{self, JournalPage, Tab, TabKind};
use super::read::{CountMails, Kind, MailCounts, Mails, ROWS, ReadMail, ReadMails};
use super::retry::Retried;
use super::show;
use super::sought::moment;
use super::store::StoredMail;
use crate::app::day_of;
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::counters;
use crate::record::frame::{Current, Place};
use crate::record::{MailId, MailboxId};

/// The name of the journal in its cursors.
const CURSOR: &str = "mails";
/// The id of the link that loads older mails: only its request wants rows alone.
const MORE: &str = "more-mails";

/// What the address of the journal says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Asked {
    q: Option<String>,
    tab: Option<String>,
    mailbox: Option<String>,
    after: Option<String>,
}

impl Asked {
    /// What the address of the page says that is open in the browser.
    fn of_page(headers: &HeaderMap) -> (Self, Option<MailId>) {
        let page = headers.get("hx-current-url").and_then(|value| value.to_str().ok());
        let page = page.and_then(|page| page.split('#').next()).unwrap_or_default();
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let form = Form::parse(query.as_bytes());
        let value = |field: &str| form.has(field).then(|| form.text(field).to_owned());
        let asked = Self {
            q: value("q"),
            tab: value("tab"),
            mailbox: value("mailbox"),
            after: value("after"),
        };
        let open = path.rsplit_once("/mails/").and_then(|(_, id)| MailId::parse(id));
        (asked, open)
    }

    /// A search in the whole journal.
    pub(super) fn searching(text: &str) -> Self {
        Self { q: Some(text.to_owned()), ..Self::default() }
    }

    fn text(&self) -> &str {
        self.q.as_deref().unwrap_or_default()
    }

    fn kind(&self) -> Kind {
        self.tab.as_deref().and_then(Kind::from_code).unwrap_or_default()
    }

    fn mailbox(&self, screen: &Screen) -> Option<MailboxId> {
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

    /// The list that begins after an entry.
    pub(super) fn after(&self, mail: MailId) -> Self {
        Self { after: Some(encode_cursor(CURSOR, &[mail.number()])), ..self.clone() }
    }

    /// The address of the list.
    pub(super) fn href(&self) -> String {
        format!("/mails{}", self.query())
    }

    /// The address of an entry beside the list.
    pub(super) fn entry_href(&self, mail: MailId) -> String {
        format!("/mails/{mail}{}#entry", self.query())
    }

    fn query(&self) -> String {
        let fields = [
            ("q", &self.q),
            ("tab", &self.tab),
            ("mailbox", &self.mailbox),
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

/// The journal, its list alone, or its next rows.
pub async fn list(screen: Screen, Query(asked): Query<Asked>, headers: HeaderMap) -> Answer {
    let mails = read(&screen, &asked).await?;
    let (_, open) = Asked::of_page(&headers);
    let list = show::list(&screen, &asked, &mails, open.filter(|_| screen.htmx.fragment));
    let language = screen.language;
    match screen.htmx.fragment {
        true if goes_on(&screen) => Ok(page::more_rows(language, &list).into_response()),
        true => Ok(page::list(language, &list).into_response()),
        false => whole(&screen, &asked, &mails, None).await,
    }
}

/// Whether the rows are to be appended to those that are shown.
pub(super) fn goes_on(screen: &Screen) -> bool {
    screen.htmx.fragment && screen.htmx.target.as_deref() == Some(MORE)
}

/// An entry beside the list.
pub async fn entry(screen: Screen, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let mail = read_entry(&screen, &id).await?;
    let mails = read(&screen, &asked).await?;
    whole(&screen, &asked, &mails, Some(&mail)).await
}

/// Puts a mail back in line for its decision.
pub async fn retry(screen: Screen, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let mail = MailId::parse(&id).ok_or(Denied::NotFound)?;
    match super::retry(&screen.app, &screen.actor, mail).await? {
        Retried::Denied(denied) => return Err(denied.into()),
        // Whoever pressed twice sees what became of it.
        Retried::Waiting | Retried::NothingToTry => {}
    }
    let (asked, _) = Asked::of_page(&headers);
    if !screen.htmx.fragment {
        return Ok(see_other(&asked.entry_href(mail)));
    }
    let entry = show::entry(&screen, &read_entry(&screen, &id).await?);
    Ok(page::entry(screen.language, &entry, &asked.href()).into_response())
}

async fn read(screen: &Screen, asked: &Asked) -> Result<Mails, HttpError> {
    if asked.after.is_some() && asked.before().is_none() {
        return Err(HttpError::Unreadable);
    }
    let read = ReadMails {
        actor: &screen.actor,
        directory: &screen.directory,
        text: asked.text(),
        between: moment(asked.text(), screen.now, &screen.app.config.time_zone),
        kind: asked.kind(),
        mailbox: asked.mailbox(screen),
        before: asked.before(),
        limit: ROWS,
    };
    match asked.text().is_empty() {
        true => Ok(screen.app.db.read(&read).await?),
        false => Ok(screen.app.db.read_long(&read).await?),
    }
}

async fn read_entry(screen: &Screen, id: &str) -> Result<StoredMail, HttpError> {
    let mail = MailId::parse(id).ok_or(Denied::NotFound)?;
    let read = ReadMail { actor: &screen.actor, directory: &screen.directory, mail };
    Ok(screen.app.db.read(&read).await??)
}

async fn whole(screen: &Screen, asked: &Asked, mails: &Mails, open: Option<&StoredMail>) -> Answer {
    let count = CountMails {
        actor: &screen.actor,
        directory: &screen.directory,
        mailbox: asked.mailbox(screen),
        yesterday: yesterday(screen),
    };
    let counts = screen.app.db.read(&count).await?;
    let page = JournalPage {
        query: asked.text().to_owned(),
        unknown: Vec::new(),
        tabs: tabs(asked, &counts, screen.language),
        list: show::list(screen, asked, mails, open.map(|mail| mail.id)),
        entry: open.map(|mail| show::entry(screen, mail)),
        since_yesterday: u64::try_from(counts.since_yesterday).unwrap_or_default(),
    };
    Ok(page::page(&screen.frame(Place::Mails).await?, &page).into_response())
}

/// The beginning of yesterday in the configured zone.
fn yesterday(screen: &Screen) -> Timestamp {
    let zone = &screen.app.config.time_zone;
    let today = day_of(screen.now, zone);
    let begin = today.saturating_sub(1.day()).to_zoned(zone.clone());
    begin.map_or(screen.now, |at| Timestamp::from_millis(at.timestamp().as_millisecond()))
}

fn tabs(asked: &Asked, counts: &MailCounts, language: Language) -> Vec<Tab> {
    let tab = |kind: Kind| {
        let (shown, count) = match kind {
            Kind::All => (TabKind::All, 0),
            Kind::Waiting => (TabKind::Waiting, counts.waiting),
            Kind::WithoutTicket => (TabKind::WithoutTicket, counts.without_ticket),
            Kind::Quarantined => (TabKind::Quarantined, counts.quarantined),
        };
        let code = (kind != Kind::All).then(|| kind.code().to_owned());
        Tab {
            kind: shown,
            count: match count {
                0 => String::new(),
                count => counters::shown(count, language),
            },
            href: Asked { tab: code, after: None, ..asked.clone() }.href(),
            state: if asked.kind() == kind { Current::Yes } else { Current::No },
        }
    };
    Kind::ALL.into_iter().map(tab).collect()
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
    fn a_kind_without_mails_has_no_figure() {
        let counts = MailCounts { without_ticket: 6, since_yesterday: 9, ..MailCounts::default() };
        let tabs = tabs(&Asked::default(), &counts, Language::German);
        let figures: Vec<&str> = tabs.iter().map(|tab| tab.count.as_str()).collect();
        assert_eq!(figures, ["", "", "6", ""]);
    }

    #[test]
    fn a_list_goes_on_after_its_last_entry() {
        let next = Asked::default().after(MailId::from_number(9));
        assert_eq!(next.before(), Some(MailId::from_number(9)));
        assert_eq!(Asked { after: Some("x".to_owned()), ..Asked::default() }.before(), None);
    }
}
