//! Entries of the journal as the page shows them.

use rules::right::Right;
use values::{Language, Timestamp};
use web::{Times, bytes_size};

use super::asked::Asked;
use super::decided::{Decided, decided};
use super::page::{
    Day, Discard, Empty, Entry, MailList, Outcome, PlaceForm, Reason, Remark, Retry, Row, Select,
};
use super::read::{Kind, Mails, may};
use super::steps::steps;
use super::store::{ListedMail, StoredMail};
use super::web::goes_on;
use super::words::{Beside, words};
use crate::app::day_of;
use crate::feature::intake::by_hand::can_be_placed;
use crate::feature::intake::glance::Glance;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::frame::{self, Current, Evidence, Moment};
use crate::record::message::{File, Recipients};
use crate::record::{MailId, MailboxId, show, ticket};
use crate::texts;

/// What stands for a sender that is not known yet.
const NOBODY: &str = "…";

/// The list by days.
pub fn list(screen: &Screen, asked: &Asked, mails: &Mails, open: Option<MailId>) -> MailList {
    let times = screen.times();
    let day = |at: Timestamp| day_of(at, &times.zone);
    let begun = asked.before().map(|id| day(id.made_at()));
    // Rows that are appended stand below the name of their day already.
    let mut before = begun.filter(|_| goes_on(screen));
    let mut days: Vec<Day> = Vec::new();
    for mail in &mails.rows {
        let row = row(screen, asked, mail, open);
        let is_same = before == Some(day(mail.arrived_at));
        before = Some(day(mail.arrived_at));
        match days.last_mut() {
            Some(day) if is_same => day.rows.push(row),
            _ => {
                let name = (!is_same).then(|| day_name(&times, mail.arrived_at));
                days.push(Day { name, total: String::new(), rows: vec![row] });
            }
        }
    }
    // The first day may have begun on the page before, the last one may go on with the next page.
    let first = mails.rows.first().map(|mail| day(mail.arrived_at));
    let partly = usize::from(first.is_some() && first == begun);
    let whole = days.len().saturating_sub(usize::from(mails.next.is_some()));
    for day in days.iter_mut().take(whole).skip(partly) {
        day.total = day.rows.len().to_string();
    }
    let more = mails.next.map(|next| asked.after(next).href());
    let find = (!asked.text().trim().is_empty())
        .then(|| format!("/mails/find?q={}", encode(asked.text())));
    MailList { here: asked.href(), days, empty: empty(asked), find, more }
}

/// What an empty list says: that there is nothing of this kind, or that nothing fits what is asked for.
fn empty(asked: &Asked) -> Empty {
    match asked.kind() {
        _ if asked.is_narrowed() => Empty::NotFound,
        Kind::All => Empty::NoMails,
        Kind::Undecided => Empty::NothingToDecide,
        Kind::WithoutTicket => Empty::AllInTickets,
        Kind::Quarantined => Empty::NoQuarantine,
        Kind::Waiting => Empty::NotFound,
    }
}

/// `Heute`, `Gestern`, `Do 19.11.`, with the year if it is another one.
pub fn day_name(times: &Times, at: Timestamp) -> String {
    let texts = texts::journal(times.language);
    let today = day_of(times.now, &times.zone);
    let day = day_of(at, &times.zone);
    match day {
        day if day == today => texts.today().to_owned(),
        day if Some(day) == today.yesterday().ok() => texts.yesterday().to_owned(),
        day => {
            let (weekday, date) = (weekday_short(day, times.language), times.day(at));
            // Days of the last week have it already.
            if date.starts_with(weekday) { date } else { format!("{weekday} {date}") }
        }
    }
}

/// `Do` or `Thu`.
fn weekday_short(day: jiff::civil::Date, language: Language) -> &'static str {
    let name = web::weekday_name(day.weekday(), language);
    let letters = match language {
        Language::German => 2,
        Language::English => 3,
    };
    name.get(..letters).unwrap_or(name)
}

/// A moment of a day that the list names above it.
pub fn clock_of_day(times: &Times, at: Timestamp) -> Moment {
    Moment { short: times.clock(at), ..show::moment(times, at) }
}

/// Mails that a search in both directions found.
pub fn hits(screen: &Screen, text: &str, mails: &Mails) -> Vec<Row> {
    let asked = Asked::searching(text);
    let found = mails.rows.iter().map(|mail| Row {
        time: show::moment(&screen.times(), mail.arrived_at),
        ..row(screen, &asked, mail, None)
    });
    found.collect()
}

fn row(screen: &Screen, asked: &Asked, mail: &ListedMail, open: Option<MailId>) -> Row {
    let decided = decided(
        &mail.state,
        mail.outcome.as_deref(),
        mail.number.as_deref().or(mail.first_number.as_deref()),
        mail.evidence.as_deref(),
        mail.attempts,
    );
    let decided = match (mail.regrouped, &mail.number) {
        // The list says where it lies, and no rule put it there.
        (Some(_), Some(number)) => {
            let outcome = Outcome::Joined(number.clone());
            Decided { outcome, reason: Reason::Moved, ..decided }
        }
        _ => decided,
    };
    let from = [&mail.from_name, &mail.from_address, &mail.envelope_from];
    let from = from.into_iter().flatten().find(|text| !text.trim().is_empty());
    Row {
        id: mail.id.to_string(),
        href: asked.entry_href(mail.id),
        state: if open == Some(mail.id) { Current::Yes } else { Current::No },
        remark: remark(screen, mail, &decided),
        outcome: decided.outcome,
        reason: decided.reason,
        select: select(screen, asked, mail),
        time: clock_of_day(&screen.times(), mail.arrived_at),
        from: from.map_or(NOBODY, String::as_str).to_owned(),
        subject: mail.subject.clone().unwrap_or_default(),
    }
}

/// Only the lists of mails that lie in no ticket have boxes to choose them by.
fn select(screen: &Screen, asked: &Asked, mail: &ListedMail) -> Select {
    let may_handle = may(&screen.actor, &screen.directory, Right::HandleMails, mail.mailbox);
    match has_boxes(asked) && can_be_placed(&mail.state, &mail.source) && may_handle {
        true => Select::Offered,
        false => Select::Withheld,
    }
}

fn has_boxes(asked: &Asked) -> bool {
    matches!(asked.kind(), Kind::Undecided | Kind::WithoutTicket)
}

/// The form above the list, for whoever may place a mail of some mailbox.
pub fn place_above(screen: &Screen, asked: &Asked) -> Option<PlaceForm> {
    let mut mailboxes = screen.directory.mailboxes.iter();
    let may_handle =
        mailboxes.any(|one| may(&screen.actor, &screen.directory, Right::HandleMails, one.id));
    let discard = match asked.kind() {
        Kind::Undecided => Discard::Offered,
        _ => Discard::Withheld,
    };
    (has_boxes(asked) && may_handle).then(|| form(asked, String::new(), discard))
}

fn form(asked: &Asked, number: String, discard: Discard) -> PlaceForm {
    let back = asked.query().trim_start_matches('?').to_owned();
    PlaceForm { number, back, discard, ..PlaceForm::default() }
}

/// The form of an entry that lies in no ticket, with the number of the ticket that its mail names.
fn place(
    screen: &Screen,
    asked: &Asked,
    mail: &StoredMail,
    decided: &Decided,
) -> Option<PlaceForm> {
    let may_handle = may(&screen.actor, &screen.directory, Right::HandleMails, mail.mailbox);
    if !can_be_placed(&mail.state, &mail.source) || !may_handle {
        return None;
    }
    let discard = match decided.outcome {
        Outcome::Undecided => Discard::Offered,
        _ => Discard::Withheld,
    };
    let claims = decided.notices.iter().find(|one| one.clue == "claims_ticket");
    Some(form(asked, claims.map(|one| one.detail.clone()).unwrap_or_default(), discard))
}

/// The entry of which a mail is a duplicate, for who may read it.
fn first(screen: &Screen, asked: &Asked, mail: &StoredMail) -> Option<String> {
    let (first, mailbox) = (mail.duplicate_of?, mail.first_mailbox?);
    let may_read = may(&screen.actor, &screen.directory, Right::ReadMails, mailbox);
    may_read.then(|| asked.entry_href(first))
}

/// The page that brings the message of a mail to another ticket, for who may work on its ticket.
fn elsewhere(screen: &Screen, mail: &StoredMail) -> Option<String> {
    let (number, area, message) = (mail.number.as_deref()?, mail.area?, mail.message?);
    let may_move = ticket::may(&screen.actor, Right::WorkOnTicket, area, false);
    may_move.then(|| format!("/tickets/{}/move?message={message}", encode(number)))
}

fn remark(screen: &Screen, mail: &ListedMail, decided: &Decided) -> Remark {
    let oddities = oddities(mail.oddities.as_deref()).len();
    let is_stranger = || decided.evidence.iter().any(|one| one.clue == "stranger");
    match &decided.outcome {
        Outcome::Quarantined => Remark::Quarantined,
        Outcome::Bounced(_) => Remark::Bounce,
        Outcome::Linked { .. } | Outcome::Undecided if is_stranger() => Remark::Stranger,
        _ if oddities > 0 => Remark::Oddities(oddities as u64),
        _ => match attachments(mail.attachments.as_deref()) {
            0 => Remark::Mailbox(mailbox(screen, mail.mailbox)),
            count => Remark::Attachments(count),
        },
    }
}

/// The mailbox's name on the screen.
pub fn mailbox(screen: &Screen, id: MailboxId) -> String {
    screen.directory.mailbox_by_id(id).map_or(String::new(), |mailbox| mailbox.label.clone())
}

/// How many files of this list are not pictures inside the text.
pub fn attachments(json: Option<&str>) -> u64 {
    let files: Vec<File> = parsed(json);
    files.iter().filter(|file| !file.inline).count() as u64
}

fn oddities(json: Option<&str>) -> Vec<String> {
    parsed(json)
}

/// Reads stored JSON; what cannot be read counts as nothing.
pub fn parsed<T: serde::de::DeserializeOwned + Default>(json: Option<&str>) -> T {
    json.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// The open entry.
pub fn entry(screen: &Screen, asked: &Asked, mail: &StoredMail, beside: &Beside) -> Entry {
    // What was decided is told by the ticket of then.
    let origin = beside.origin.as_ref().map(|origin| origin.number.as_str());
    let decided_for = origin.or(mail.number.as_deref());
    let decided = decided(
        &mail.state,
        mail.outcome.as_deref(),
        decided_for.or(mail.first_number.as_deref()),
        mail.evidence.as_deref(),
        mail.attempts,
    );
    let glance = beside.glance.as_ref();
    let attachments =
        glance.map_or_else(|| attachments(mail.attachments.as_deref()), Glance::files);
    let size = u64::try_from(mail.size_bytes).unwrap_or_default();
    Entry {
        id: mail.id.to_string(),
        subject: mail.subject.clone().unwrap_or_default(),
        from: from(mail),
        to: to(mail, glance),
        mailbox: mailbox(screen, mail.mailbox),
        size: bytes_size(size, screen.language),
        attachments,
        retry: retry(screen, mail),
        place: place(screen, asked, mail, &decided),
        lies_in: mail.number.clone().or_else(|| mail.first_number.clone()),
        is_moved: beside.origin.is_some(),
        first: first(screen, asked, mail),
        elsewhere: elsewhere(screen, mail),
        words: glance.map(words),
        steps: steps(screen, mail, &decided.outcome, beside),
        oddities: oddity_sentences(screen, mail, &decided.notices),
        reason: decided.reason,
        // What was found before another try counts no more.
        evidence: match decided.outcome {
            Outcome::Waiting => Vec::new(),
            _ => decided.evidence,
        },
        outcome: decided.outcome,
    }
}

fn from(mail: &StoredMail) -> String {
    let known: Vec<&str> =
        [&mail.from_name, &mail.from_address].into_iter().flatten().map(String::as_str).collect();
    match (known.as_slice(), &mail.envelope_from) {
        ([], Some(envelope)) if !envelope.is_empty() => envelope.clone(),
        ([], _) => NOBODY.to_owned(),
        (known, _) => known.join(", "),
    }
}

fn to(mail: &StoredMail, glance: Option<&Glance>) -> String {
    let recipients: Recipients = match glance {
        Some(glance) => glance.recipients.clone(),
        None => parsed(mail.recipients.as_deref()),
    };
    let named = recipients.to.iter().chain(&recipients.cc).map(|to| to.email.as_str());
    let named: Vec<&str> = named.collect();
    match (named.as_slice(), mail.envelope_to.as_deref().map(str::trim)) {
        ([], Some(envelope)) if !envelope.is_empty() => envelope.replace(' ', ", "),
        ([], _) => NOBODY.to_owned(),
        (named, _) => named.join(", "),
    }
}

fn retry(screen: &Screen, mail: &StoredMail) -> Retry {
    let is_aside = matches!(mail.state.as_str(), "quarantined" | "filtered");
    let may_retry = may(&screen.actor, &screen.directory, Right::HandleMails, mail.mailbox);
    match is_aside && may_retry && mail.raw_hash.is_some() {
        true => Retry::Offered,
        false => Retry::Withheld,
    }
}

fn oddity_sentences(screen: &Screen, mail: &StoredMail, notices: &[Evidence]) -> Vec<String> {
    let language = screen.language;
    let notices = notices.iter().map(|one| frame::notice(language, &one.clue, &one.detail));
    let oddities = oddities(mail.oddities.as_deref());
    let oddities = oddities.iter().map(|odd| {
        let (code, detail) = odd.split_once(": ").unwrap_or((odd, ""));
        frame::oddity(language, code, detail)
    });
    notices.chain(oddities).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment given as Berlin's clock shows it.
    fn berlin(text: &str) -> Timestamp {
        let local: jiff::civil::DateTime = text.parse().unwrap();
        let zoned = local.in_tz("Europe/Berlin").unwrap();
        Timestamp::from_millis(zoned.timestamp().as_millisecond())
    }

    /// It is Tuesday, 24 November 2026, 10:42 in Berlin.
    fn times(language: Language) -> Times {
        let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
        Times { language, zone, now: berlin("2026-11-24T10:42:00") }
    }

    #[test]
    fn a_day_has_a_name_and_its_rows_the_time_of_day() {
        let (german, english) = (times(Language::German), times(Language::English));
        for (moment, de, en) in [
            ("2026-11-24T09:12:00", "Heute", "Today"),
            ("2026-11-23T18:20:00", "Gestern", "Yesterday"),
            ("2026-11-19T18:20:00", "Do 19.11.", "Thu 19 Nov"),
            ("2026-11-12T18:20:00", "Do 12.11.", "Thu 12 Nov"),
            ("2025-09-12T18:20:00", "Fr 12.09.2025", "Fri 12 Sep 2025"),
        ] {
            let at = berlin(moment);
            assert_eq!((day_name(&german, at), day_name(&english, at)), (de.into(), en.into()));
            assert_eq!(clock_of_day(&german, at).short, moment[11..16]);
        }
        let yesterday = clock_of_day(&german, berlin("2026-11-23T18:20:00"));
        assert_eq!(yesterday.full, "Montag, 23. November 2026, 18:20");
    }
}
