//! Handlers of the journal.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use values::{Language, Timestamp};
use web::{Query, see_other};

use super::asked::Asked;
use super::chips;
use super::page::{self, Entry, JournalPage, PlaceForm, Tab, TabKind};
use super::place;
use super::read::{CountMails, Kind, MailCounts, Mails, ROWS, ReadMail, ReadMails};
use super::retry::Retried;
use super::show;
use super::sought::moment;
use super::store::StoredMail;
use super::words::beside;
use crate::app::day_of;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::MailId;
use crate::record::actor::Denied;
use crate::record::counters;
use crate::record::frame::{Current, Place};

/// The id of the link that loads older mails: only its request wants rows alone.
const MORE: &str = "more-mails";

/// The journal, its list alone, or its next rows.
pub async fn list(screen: Screen, Query(asked): Query<Asked>, headers: HeaderMap) -> Answer {
    let mails = read(&screen, &asked).await?;
    let (_, open) = Asked::of_page(&headers);
    let list = show::list(&screen, &asked, &mails, open.filter(|_| screen.htmx.fragment));
    let language = screen.language;
    match screen.htmx.fragment {
        true if goes_on(&screen) => Ok(page::more_rows(language, &list).into_response()),
        true => Ok(page::list(language, &list).into_response()),
        false => whole(&screen, &asked, &mails, None, None).await,
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
    whole(&screen, &asked, &mails, Some(&mail), None).await
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
    let entry = opened(&screen, &asked, &read_entry(&screen, &id).await?).await?;
    Ok(page::entry(screen.language, &entry, &asked.href()).into_response())
}

/// An entry with what people did with it, and with what its mail says.
async fn opened(screen: &Screen, asked: &Asked, mail: &StoredMail) -> Result<Entry, HttpError> {
    let beside = beside(&screen.app, mail).await?;
    Ok(show::entry(screen, asked, mail, &beside))
}

/// The page as it was, with a form that was not taken.
pub(super) async fn again(
    screen: &Screen,
    asked: &Asked,
    entry: &str,
    place: PlaceForm,
) -> Result<Response, HttpError> {
    let mails = read(screen, asked).await?;
    let open = match entry {
        "" => None,
        id => Some(read_entry(screen, id).await?),
    };
    whole(screen, asked, &mails, open.as_ref(), Some(place)).await
}

async fn read(screen: &Screen, asked: &Asked) -> Result<Mails, HttpError> {
    if asked.has_broken_cursor() {
        return Err(HttpError::Unreadable);
    }
    let read = ReadMails {
        actor: &screen.actor,
        directory: &screen.directory,
        text: asked.text(),
        between: moment(asked.text(), screen.now, &screen.app.config.time_zone),
        kind: asked.kind(),
        narrow: asked.narrow(),
        period: asked.period().map(|period| {
            let zone = &screen.app.config.time_zone;
            period.bounds(day_of(screen.now, zone), zone)
        }),
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

async fn whole(
    screen: &Screen,
    asked: &Asked,
    mails: &Mails,
    open: Option<&StoredMail>,
    refused: Option<PlaceForm>,
) -> Answer {
    let counts = counts(screen, asked).await?;
    let entry = match open {
        Some(mail) => Some(opened(screen, asked, mail).await?),
        None => None,
    };
    let mut page = JournalPage {
        query: asked.text().to_owned(),
        chips: chips::chips(screen, asked),
        offers: chips::offers(screen, asked),
        tabs: tabs(asked, &counts, screen.language),
        list: show::list(screen, asked, mails, open.map(|mail| mail.id)),
        entry,
        place: show::place_above(screen, asked),
        since_yesterday: u64::try_from(counts.since_yesterday).unwrap_or_default(),
    };
    if let Some(refused) = refused {
        page.refuse(refused);
    }
    let frame = screen.frame_with(Place::Mails, place::toasts(screen, asked)).await?;
    Ok(page::page(&frame, &page).into_response())
}

/// How many mails each tab has.
async fn counts(screen: &Screen, asked: &Asked) -> Result<MailCounts, HttpError> {
    let count = CountMails {
        actor: &screen.actor,
        directory: &screen.directory,
        mailbox: asked.mailbox(screen),
        yesterday: yesterday(screen),
    };
    Ok(screen.app.db.read(&count).await?)
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
            Kind::Undecided | Kind::Waiting => (TabKind::Undecided, counts.undecided),
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
            href: Asked { tab: code, outcome: None, ..asked.begun() }.href(),
            state: match asked.kind() == kind && asked.outcome.is_none() {
                true => Current::Yes,
                false => Current::No,
            },
        }
    };
    Kind::TABS.into_iter().map(tab).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_without_mails_has_no_figure() {
        let counts = MailCounts { without_ticket: 6, since_yesterday: 9, ..MailCounts::default() };
        let tabs = tabs(&Asked::default(), &counts, Language::German);
        let figures: Vec<&str> = tabs.iter().map(|tab| tab.count.as_str()).collect();
        assert_eq!(figures, ["", "", "6", ""]);
    }
}
