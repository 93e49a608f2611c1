//! Mails of the outbox as the page shows them.

use rules::right::Right;
use rules::sending::MailState;
use values::Timestamp;
use web::Times;

use super::page::{Day, Entry, Offer, OutList, Row};
use super::read::{Out, Outbox, may};
use super::steps::{recipients, steps};
use super::store::{ListedOut, Recipient};
use super::web::{Asked, goes_on};
use crate::app::day_of;
use crate::feature::journal::{clock_of_day, day_name};
use crate::http::screen::Screen;
use crate::record::frame::Current;
use crate::record::{OutboundId, show};
use crate::texts;

/// What stands for a recipient where there is none.
const NOBODY: &str = "…";

/// The list by days.
pub fn list(screen: &Screen, asked: &Asked, out: &Outbox, open: Option<OutboundId>) -> OutList {
    let times = screen.times();
    let day = |at: Timestamp| day_of(at, &times.zone);
    // Rows that are appended stand below the name of their day already.
    let begun = asked.before().map(|id| day(id.made_at()));
    let mut before = begun.filter(|_| goes_on(screen));
    let mut days: Vec<Day> = Vec::new();
    for (mail, to) in &out.rows {
        let shown = Row {
            time: clock_of_day(&times, mail.created_at),
            ..row(screen, asked, mail, to, open)
        };
        let is_same = before == Some(day(mail.created_at));
        before = Some(day(mail.created_at));
        match days.last_mut() {
            Some(day) if is_same => day.rows.push(shown),
            _ => {
                let name = (!is_same).then(|| day_name(&times, mail.created_at));
                days.push(Day { name, rows: vec![shown] });
            }
        }
    }
    OutList {
        here: asked.href(),
        is_whole: asked.is_whole(),
        days,
        more: out.next.map(|next| asked.after(next).href()),
    }
}

/// Mails that a search in both directions found.
pub fn hits(screen: &Screen, text: &str, out: &Outbox) -> Vec<Row> {
    let asked = Asked::searching(text);
    out.rows.iter().map(|(mail, to)| row(screen, &asked, mail, to, None)).collect()
}

fn row(
    screen: &Screen,
    asked: &Asked,
    mail: &ListedOut,
    to: &[Recipient],
    open: Option<OutboundId>,
) -> Row {
    let times = screen.times();
    Row {
        id: mail.id.to_string(),
        href: asked.entry_href(mail.id),
        current: if open == Some(mail.id) { Current::Yes } else { Current::No },
        state: state(&mail.state),
        time: show::moment(&times, mail.created_at),
        to: addressed(screen, to),
        subject: mail.subject.clone(),
        said: said(&times, mail),
        remark: match mail.kind.as_str() {
            "reply" => mail.number.clone().unwrap_or_default(),
            kind => kind_name(screen, kind).to_owned(),
        },
        perhaps_twice: mail.perhaps_twice,
    }
}

/// The state with this code; one that nobody knows counts as uncertain.
pub fn state(code: &str) -> MailState {
    MailState::from_code(code).unwrap_or(MailState::Uncertain)
}

fn addressed(screen: &Screen, to: &[Recipient]) -> String {
    let Some(first) = to.first() else { return NOBODY.to_owned() };
    let name = if first.name.trim().is_empty() { &first.address } else { &first.name };
    match to.len() as u64 - 1 {
        0 => name.clone(),
        more => texts::outbox(screen.language).to_and_more(more, name),
    }
}

/// What the server said; else when something happens.
fn said(times: &Times, mail: &ListedOut) -> String {
    let texts = texts::outbox(times.language);
    let words = mail.words.as_deref().unwrap_or_default();
    let at = mail.next_at.map(|at| times.short(at)).unwrap_or_default();
    match state(&mail.state) {
        MailState::Queued if mail.next_at.is_some() => texts.leaves_at(&at),
        MailState::Deferred if !at.is_empty() => format!("{} · {words}", texts.tried_at(&at)),
        _ => words.to_owned(),
    }
}

/// What a mail is.
pub fn kind_name(screen: &Screen, kind: &str) -> &'static str {
    let texts = texts::outbox(screen.language);
    match kind {
        "reply" => texts.kind_reply(),
        "forward" => texts.kind_forward(),
        "note" => texts.kind_note(),
        "closing" => texts.kind_closing(),
        "notice" => texts.kind_notice(),
        _ => texts.kind_automatic(),
    }
}

/// The open mail.
pub fn entry(screen: &Screen, out: &Out, remark: Option<&'static str>) -> Entry {
    let mail = &out.mail;
    let state = state(&mail.state);
    let may_act = may(&screen.actor, Right::HandleMails, mail);
    let offer = |is_possible: bool| match is_possible && may_act {
        true => Offer::Offered,
        false => Offer::Withheld,
    };
    let of_field = |field: &str| {
        let of_field = out.recipients.iter().filter(|one| one.field == field);
        of_field.map(named).collect::<Vec<_>>().join(", ")
    };
    let nobody_took =
        out.recipients.iter().all(|one| matches!(one.state.as_str(), "waiting" | "deferred"));
    Entry {
        id: mail.id.to_string(),
        subject: mail.subject.clone(),
        from: match mail.from_name.as_str() {
            "" => mail.from_address.clone(),
            name => format!("{name}, {}", mail.from_address),
        },
        to: ["to", "cc", "bcc"].map(of_field),
        kind: kind_name(screen, &mail.kind),
        message_id: mail.message_id.clone(),
        state,
        paused: mail.paused.clone().filter(|_| mail.next_at.is_some()),
        ticket: mail.number.clone(),
        again: offer(matches!(
            state,
            MailState::Failed | MailState::Bounced | MailState::Unconfirmed | MailState::Deferred
        )),
        stop: offer(nobody_took && matches!(state, MailState::Queued | MailState::Deferred)),
        steps: steps(screen, out),
        recipients: recipients(screen, out),
        remark,
    }
}

/// A recipient with address.
pub fn named(one: &Recipient) -> String {
    match one.name.trim() {
        "" => one.address.clone(),
        name => format!("{name}, {}", one.address),
    }
}
