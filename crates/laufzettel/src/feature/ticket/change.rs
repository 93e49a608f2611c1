//! Handlers that change a ticket from its page, its preview or a list.

use std::ops::RangeInclusive;

use axum::extract::Path;
use axum::response::IntoResponse;
use db::Operation;
use jiff::civil::DateTime;
use maud::html;
use values::{EmailAddress, Timestamp};
use web::{Form, see_other};

use super::answer::{Said, answer, back, done, read, refused};
use super::read::NoteReading;
use crate::feature::act::{closing, inform};
use crate::feature::change::{Change, ChangeTicket, Changed, say, undo as way_back};
use crate::feature::notify::tell::{ChangeAndTell, Tell};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::contact;
use crate::record::directory::{Listed, by_name};
use crate::record::ticket::Ticket;
use crate::texts;

/// Years in which a deadline can lie: whoever types one has typed only its first digits before.
const DUE_YEARS: RangeInclusive<i16> = 2000..=2999;

/// What was wrong with a form, as the sentence to show.
type Wanted<T> = Result<T, String>;

/// Changes one property.
pub async fn property(
    screen: Screen,
    Path((number, property)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let change = match change(&screen, &number, &property, &form).await? {
        Some(Ok(change)) => change,
        Some(Err(sentence)) => {
            return answer(&screen, &number, &form, Err(refused(&property, &form, sentence))).await;
        }
        None => return Err(Denied::NotFound.into()),
    };
    apply(&screen, &number, &property, &form, vec![change]).await
}

/// Takes a change back, or brings a ticket back from the trash.
pub async fn undo(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let sealed = form.raw("way");
    if sealed.is_empty() {
        return apply(&screen, &number, "", &form, vec![Change::Restore]).await;
    }
    let keys = &screen.app.keys;
    let back = way_back::open(keys, screen.actor.agent, sealed, screen.now).unwrap_or_default();
    match back.into_iter().find(|(ticket, _)| *ticket == number) {
        Some((_, changes)) => apply(&screen, &number, "", &form, changes).await,
        None => {
            let sentence = texts::change(screen.language).undo_too_late().to_owned();
            answer(&screen, &number, &form, Err(refused("", &form, sentence))).await
        }
    }
}

/// Marks a ticket as read, because its page was shown.
pub async fn seen(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let changes = [Change::Unseen(false)];
    run(&screen, &number, &changes, Tell::Nobody).await?;
    let view = read(&screen, &number).await?;
    if let Some(last) = view.messages.last() {
        let note =
            NoteReading { agent: screen.actor.agent, ticket: view.ticket.id, message: last.id };
        screen.app.db.write(&note).await?;
    }
    match screen.htmx.fragment {
        true => Ok(html! {}.into_response()),
        false => Ok(see_other(&back(&number, &form))),
    }
}

async fn run(
    screen: &Screen,
    number: &str,
    changes: &[Change],
    tell: Tell<'_>,
) -> Result<Changed, HttpError> {
    let change = ChangeTicket {
        acting: screen.acting(),
        number,
        directory: &screen.directory,
        version: None,
        changes,
    };
    Ok(screen.app.db.write(&ChangeAndTell { change, tell }).await?)
}

async fn apply(
    screen: &Screen,
    number: &str,
    property: &str,
    form: &Form,
    changes: Vec<Change>,
) -> Answer {
    let language = screen.language;
    // What is taken back tells nobody.
    let tell = if property.is_empty() { Tell::Nobody } else { Tell::ByArea };
    match run(screen, number, &changes, tell).await? {
        Changed::Done { ticket, undo } => {
            let question = match property {
                "assignee" => inform::question(screen, &ticket, &undo),
                "status" => closing::question(screen, &ticket, &undo).await?,
                _ => None,
            };
            let toast = done(screen, number, &changes, undo);
            answer(screen, number, form, Ok(Said { toast, question })).await
        }
        Changed::Denied(denied) => Err(denied.into()),
        Changed::Stale(_) => {
            let sentence = texts::change(language).stale().to_owned();
            answer(screen, number, form, Err(refused(property, form, sentence))).await
        }
        Changed::Refused(reason) => {
            let sentence = say::refused(reason.reason, language).to_owned();
            answer(screen, number, form, Err(refused(property, form, sentence))).await
        }
    }
}

/// The change that a form means; `None` if there is no such property.
async fn change(
    screen: &Screen,
    number: &str,
    property: &str,
    form: &Form,
) -> Result<Option<Wanted<Change>>, HttpError> {
    let (directory, value) = (&screen.directory, form.text("value"));
    let said = match property {
        "status" => entry(screen, &directory.statuses, value).map(Change::Status),
        "priority" => entry(screen, &directory.priorities, value).map(Change::Priority),
        "area" => entry(screen, &directory.areas, value).map(Change::Area),
        "queue" => optional(screen, &directory.queues, value).map(Change::Queue),
        "category" => optional(screen, &directory.categories, value).map(Change::Category),
        "request_type" => {
            optional(screen, &directory.request_types, value).map(Change::RequestType)
        }
        "assignee" => Ok(Change::Assignee(value.parse().ok())),
        "subject" => Ok(Change::Subject(value.to_owned())),
        "due" => moment(screen, value).map(|at| Change::Due(at.map(Timestamp::millis))),
        "resubmit" => moment(screen, value).map(|at| Change::Resubmit(at.map(Timestamp::millis))),
        "tags" => {
            let view = read(screen, number).await?;
            Ok(Change::Tags(tags(&view.ticket, form)))
        }
        "marks" => {
            let view = read(screen, number).await?;
            Ok(Change::Marks(marks(&view.ticket, form)))
        }
        "contact" => return contact(screen, value).await.map(Some),
        "unseen" => Ok(Change::Unseen(true)),
        "spam" => Ok(Change::Spam),
        "trash" => Ok(Change::Trash),
        _ => return Ok(None),
    };
    Ok(Some(said))
}

fn entry<T: Listed>(screen: &Screen, list: &[T], value: &str) -> Wanted<i64> {
    let unknown = || texts::change(screen.language).unknown_value().to_owned();
    by_name(list, value).map(Listed::number).ok_or_else(unknown)
}

fn optional<T: Listed>(screen: &Screen, list: &[T], value: &str) -> Wanted<Option<i64>> {
    match value {
        "" => Ok(None),
        value => entry(screen, list, value).map(Some),
    }
}

/// A moment as `2026-11-25T12:00` in the configured zone.
pub fn moment(screen: &Screen, value: &str) -> Wanted<Option<Timestamp>> {
    if value.is_empty() {
        return Ok(None);
    }
    let zone = screen.app.config.time_zone.clone();
    let at = value.parse::<DateTime>().ok().filter(|at| DUE_YEARS.contains(&at.year()));
    match at.and_then(|at| at.to_zoned(zone).ok()) {
        Some(at) => Ok(Some(Timestamp::from_millis(at.timestamp().as_millisecond()))),
        None => Err(texts::change(screen.language).not_a_time().to_owned()),
    }
}

fn marks(ticket: &Ticket, form: &Form) -> Vec<String> {
    let remove = form.text("remove");
    let kept = ticket.marks().into_iter().map(|mark| mark.code().to_owned());
    kept.filter(|code| code != remove).chain(form.all("add").map(str::to_owned)).collect()
}

fn tags(ticket: &Ticket, form: &Form) -> Vec<String> {
    let remove = form.text("remove");
    let mut tags: Vec<String> =
        ticket.tag_names().into_iter().filter(|tag| tag != remove).collect();
    tags.extend(form.all("add").filter(|tag| !tag.trim().is_empty()).map(str::to_owned));
    tags
}

struct FindOrMakeContact<'a> {
    address: &'a EmailAddress,
    screen: &'a Screen,
}

impl Operation for FindOrMakeContact<'_> {
    type Outcome = i64;

    async fn run(&self, tx: &mut db::Tx<'_>) -> db::Result<i64> {
        if let Some(contact) = contact::by_address(tx, self.address).await? {
            return Ok(contact.id.number());
        }
        let (ids, now) = (&self.screen.app.ids, self.screen.now);
        Ok(contact::make(tx, "", self.address, ids, now).await?.id.number())
    }
}

/// The person with an address; somebody new is put on record.
async fn contact(screen: &Screen, value: &str) -> Result<Wanted<Change>, HttpError> {
    if value.is_empty() {
        return Ok(Ok(Change::Contact(None)));
    }
    let Ok(address) = EmailAddress::parse(value) else {
        return Ok(Err(texts::change(screen.language).not_an_address(value)));
    };
    let contact = screen.app.db.write(&FindOrMakeContact { address: &address, screen }).await?;
    Ok(Ok(Change::Contact(Some(contact))))
}
