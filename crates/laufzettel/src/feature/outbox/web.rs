//! Handlers of the outbox.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use serde::Deserialize;
use values::Language;
use web::{Form, Query, attachment_headers, bytes_size, decode_cursor, encode_cursor, see_other};

use super::page::{self, FindPage, OutboxPage, Tab};
use super::read::{CountOutbox, Kind, Out, Outbox, ROWS, ReadOut, ReadOutbox};
use super::show;
use super::sought::Sought;
use super::{ActOnMail, Acted, Action};
use crate::feature::journal::narrow::Narrow;
use crate::feature::journal::page::{RawPage, raw_page};
use crate::feature::journal::read::{Kind as Received, ReadMails};
use crate::feature::journal::{self, SHOWN_BYTES, visible};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::OutboundId;
use crate::record::actor::Denied;
use crate::record::counters;
use crate::record::frame::{Current, Place};
use crate::texts;

/// The name of the outbox in its cursors.
const CURSOR: &str = "outbox";
/// The id of the link that loads older mails: only its request wants rows alone.
const MORE: &str = "more-mails";
/// Hits of each direction that a search in both shows.
const HITS: i64 = 20;

/// What the address of the outbox says.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Asked {
    q: Option<String>,
    tab: Option<String>,
    after: Option<String>,
}

impl Asked {
    /// What the address of the page says that is open in the browser.
    fn of_page(headers: &HeaderMap) -> (Self, Option<OutboundId>) {
        let page = headers.get("hx-current-url").and_then(|value| value.to_str().ok());
        let page = page.and_then(|page| page.split('#').next()).unwrap_or_default();
        let (path, query) = page.split_once('?').unwrap_or((page, ""));
        let form = Form::parse(query.as_bytes());
        let value = |field: &str| form.has(field).then(|| form.text(field).to_owned());
        let asked = Self { q: value("q"), tab: value("tab"), after: value("after") };
        let open = path.rsplit_once("/mails/out/").and_then(|(_, id)| OutboundId::parse(id));
        (asked, open)
    }

    /// A search in the whole outbox.
    pub(super) fn searching(text: &str) -> Self {
        Self { q: Some(text.to_owned()), ..Self::default() }
    }

    fn text(&self) -> &str {
        self.q.as_deref().unwrap_or_default()
    }

    fn kind(&self) -> Kind {
        self.tab.as_deref().and_then(Kind::from_code).unwrap_or_default()
    }

    /// Whether nothing was asked for but all mails.
    pub(super) fn is_whole(&self) -> bool {
        self.text().is_empty() && self.kind() == Kind::All && self.after.is_none()
    }

    /// The mail before which the list begins.
    pub(super) fn before(&self) -> Option<OutboundId> {
        let keys = decode_cursor(CURSOR, self.after.as_deref()?).ok()?;
        keys.first().map(|number| OutboundId::from_number(*number))
    }

    /// The list that begins after a mail.
    pub(super) fn after(&self, mail: OutboundId) -> Self {
        Self { after: Some(encode_cursor(CURSOR, &[mail.number()])), ..self.clone() }
    }

    /// The address of the list.
    pub(super) fn href(&self) -> String {
        format!("/mails/out{}", self.query())
    }

    /// The address of a mail beside the list.
    pub(super) fn entry_href(&self, mail: OutboundId) -> String {
        format!("/mails/out/{mail}{}#entry", self.query())
    }

    fn query(&self) -> String {
        let fields = [("q", &self.q), ("tab", &self.tab), ("after", &self.after)];
        let set = fields.into_iter().filter_map(|(name, value)| {
            let value = value.as_deref().filter(|value| !value.is_empty())?;
            Some(format!("{name}={}", encode(value)))
        });
        let set: Vec<String> = set.collect();
        if set.is_empty() { String::new() } else { format!("?{}", set.join("&")) }
    }
}

/// The outbox, its list alone, or its next rows.
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

/// A mail beside the list.
pub async fn entry(screen: Screen, Path(id): Path<String>, Query(asked): Query<Asked>) -> Answer {
    let out = read_out(&screen, &id).await?;
    let mails = read(&screen, &asked).await?;
    whole(&screen, &asked, &mails, Some(&out)).await
}

/// Sends a mail again.
pub async fn retry(screen: Screen, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    act(&screen, &id, &headers, Action::SendAgain).await
}

/// Keeps a mail from leaving.
pub async fn cancel(screen: Screen, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    act(&screen, &id, &headers, Action::Stop).await
}

async fn act(screen: &Screen, id: &str, headers: &HeaderMap, action: Action) -> Answer {
    let mail = OutboundId::parse(id).ok_or(Denied::NotFound)?;
    let acting = screen.acting();
    let texts = texts::outbox(screen.language);
    let remark = match screen.app.db.write(&ActOnMail { acting, mail, action }).await? {
        Acted::Denied(denied) => return Err(denied.into()),
        Acted::Done(_) if action == Action::SendAgain => texts.resent(),
        Acted::Done(_) => texts.stopped(),
        Acted::Lost(_) => texts.other_state(),
    };
    let (asked, _) = Asked::of_page(headers);
    if !screen.htmx.fragment {
        return Ok(see_other(&asked.entry_href(mail)));
    }
    let out = read_out(screen, id).await?;
    let entry = show::entry(screen, &out, Some(remark));
    Ok(page::entry(screen.language, &entry, &asked.href()).into_response())
}

/// What the address of an original says.
#[derive(Debug, Default, Deserialize)]
pub struct Original {
    download: Option<String>,
}

/// A mail as it is handed over, as a page or as a file.
pub async fn raw(screen: Screen, Path(id): Path<String>, Query(asked): Query<Original>) -> Answer {
    let mail = read_out(&screen, &id).await?.mail;
    let bytes = screen.app.blobs.read(&screen.app.db, &mail.raw_hash).await?;
    if asked.download.is_some() {
        let name = format!("{}.eml", mail.id);
        let headers = attachment_headers(&name, "message/rfc822", bytes.len() as u64);
        return Ok((headers, bytes).into_response());
    }
    let shown = bytes.get(..SHOWN_BYTES).unwrap_or(&bytes);
    let size = |bytes: &[u8]| bytes_size(bytes.len() as u64, screen.language);
    let page = RawPage {
        subject: mail.subject,
        back: format!("/mails/out/{}#entry", mail.id),
        download: format!("/mails/out/{}/raw?download=1", mail.id),
        source: visible(&String::from_utf8_lossy(shown)),
        cut: (shown.len() < bytes.len()).then(|| (size(shown), size(&bytes))),
    };
    Ok(raw_page(&screen.frame(Place::Mails).await?, &page).into_response())
}

/// What the search in both directions looks for.
#[derive(Debug, Default, Deserialize)]
pub struct Find {
    q: Option<String>,
}

/// "Where is the mail?": what came in and what left.
pub async fn find(screen: Screen, Query(find): Query<Find>) -> Answer {
    let text = find.q.unwrap_or_default().trim().to_owned();
    let zone = &screen.app.config.time_zone;
    let received = ReadMails {
        actor: &screen.actor,
        directory: &screen.directory,
        text: &text,
        between: journal::sought::moment(&text, screen.now, zone),
        kind: Received::All,
        narrow: Narrow::default(),
        period: None,
        mailbox: None,
        before: None,
        limit: if text.is_empty() { 0 } else { HITS },
    };
    let sought = Sought::read(&text, screen.now, zone);
    let sent = outbox(&screen, &sought, received.limit);
    let received = screen.app.db.read_long(&received).await?;
    let sent = screen.app.db.read_long(&sent).await?;
    let query = encode(&text);
    let page = FindPage {
        received: journal::hits(&screen, &text, &received),
        sent: show::hits(&screen, &text, &sent),
        all_received: received.next.map(|_| format!("/mails?q={query}")),
        all_sent: sent.next.map(|_| format!("/mails/out?q={query}")),
        query: text,
    };
    Ok(page::find_page(&screen.frame(Place::Mails).await?, &page).into_response())
}

fn outbox<'a>(screen: &'a Screen, sought: &'a Sought, limit: i64) -> ReadOutbox<'a> {
    ReadOutbox {
        actor: &screen.actor,
        directory: &screen.directory,
        sought,
        kind: Kind::All,
        before: None,
        limit,
    }
}

async fn read(screen: &Screen, asked: &Asked) -> Result<Outbox, HttpError> {
    if asked.after.is_some() && asked.before().is_none() {
        return Err(HttpError::Unreadable);
    }
    let sought = Sought::read(asked.text(), screen.now, &screen.app.config.time_zone);
    let read =
        ReadOutbox { kind: asked.kind(), before: asked.before(), ..outbox(screen, &sought, ROWS) };
    match asked.text().is_empty() {
        true => Ok(screen.app.db.read(&read).await?),
        false => Ok(screen.app.db.read_long(&read).await?),
    }
}

async fn read_out(screen: &Screen, id: &str) -> Result<Out, HttpError> {
    let mail = OutboundId::parse(id).ok_or(Denied::NotFound)?;
    Ok(screen.app.db.read(&ReadOut { actor: &screen.actor, mail }).await??)
}

async fn whole(screen: &Screen, asked: &Asked, mails: &Outbox, open: Option<&Out>) -> Answer {
    let count = CountOutbox { actor: &screen.actor, directory: &screen.directory };
    let counts = screen.app.db.read(&count).await?;
    let page = OutboxPage {
        query: asked.text().to_owned(),
        tabs: tabs(asked, counts, screen.language),
        list: show::list(screen, asked, mails, open.map(|out| out.mail.id)),
        entry: open.map(|out| show::entry(screen, out, None)),
    };
    Ok(page::page(&screen.frame(Place::Mails).await?, &page).into_response())
}

fn tabs(asked: &Asked, (waiting, lost): (i64, i64), language: Language) -> Vec<Tab> {
    let texts = texts::outbox(language);
    let tab = |kind: Kind| {
        let (name, count) = match kind {
            Kind::All => (texts.all(), 0),
            Kind::Waiting => (texts.waiting(), waiting),
            Kind::Lost => (texts.lost(), lost),
        };
        let code = (kind != Kind::All).then(|| kind.code().to_owned());
        Tab {
            name,
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
