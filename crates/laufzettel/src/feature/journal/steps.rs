//! The way of a mail through the house, as far as the journal knows it.

use values::{Language, Timestamp};
use web::Times;

use super::page::{Deed, Outcome, Step, StepKind, StepResult};
use super::show::{attachments, day_name, mailbox, parsed};
use super::store::StoredMail;
use super::words::Beside;
use crate::feature::intake::glance::Glance;
use crate::feature::intake::store::by_hand::Done;
use crate::feature::intake::{ENDED, FAILED, TOO_LONG};
use crate::http::screen::Screen;
use crate::record::frame::Moment;
use crate::record::message::Segment;
use crate::record::show as looks;
use crate::texts;

/// The steps, first one first.
pub fn steps(screen: &Screen, mail: &StoredMail, outcome: &Outcome, beside: &Beside) -> Vec<Step> {
    let deeds = &beside.deeds;
    let times = screen.times();
    let step = |kind: StepKind, result: StepResult, at: Timestamp| Step {
        kind,
        result,
        words: None,
        time: to_the_second(&times, at, mail.arrived_at),
    };
    let decided_at = mail.decided_at.unwrap_or(mail.arrived_at);
    let mut arrived = step(arrival(screen, mail), StepResult::Done, mail.arrived_at);
    arrived.time = to_the_second(&times, mail.arrived_at, screen.now);
    let mut steps = vec![arrived];
    if mail.raw_hash.is_some() {
        steps.push(step(StepKind::Stored, StepResult::Done, mail.arrived_at));
    }
    if let Some(attempt) = attempt(mail) {
        let mut attempt = step(attempt, StepResult::Later, decided_at);
        attempt.words = mail.problem.as_deref().map(|words| problem(screen.language, words));
        steps.push(attempt);
    }
    if let Some(read) = reading(mail, beside.glance.as_ref()) {
        steps.push(step(read, StepResult::Done, decided_at));
    }
    let done = deeds.iter().filter_map(|done| Some((deed(screen, done)?, done.at)));
    let mut done: Vec<Step> = done.map(|(kind, at)| step(kind, StepResult::Done, at)).collect();
    // After another try the decision is the last word.
    let is_tried_again = deeds.last().is_some_and(|last| last.kind == "retried");
    if is_tried_again {
        steps.append(&mut done);
    }
    // A person's word is a step of its own.
    if let Some((kind, result)) = decision(outcome).filter(|_| done.is_empty()) {
        steps.push(step(kind, result, decided_at));
    }
    steps.append(&mut done);
    steps.extend(brought(screen, mail, beside).map(|(kind, at)| step(kind, StepResult::Done, at)));
    if let Some((kind, result)) = server_step(screen, mail) {
        let mut server = step(kind, result, decided_at);
        server.words.clone_from(&mail.server_words);
        steps.push(server);
    }
    steps
}

/// What was decided; nothing as long as it waits.
fn decision(outcome: &Outcome) -> Option<(StepKind, StepResult)> {
    Some(match (outcome, outcome.ticket()) {
        (Outcome::Waiting, _) => return None,
        (Outcome::Gone, _) => (StepKind::Gone, StepResult::Failed),
        (Outcome::Quarantined, _) => (StepKind::Quarantined, StepResult::Failed),
        (Outcome::Undecided, _) => (StepKind::Undecided, StepResult::Later),
        (Outcome::Duplicate(ticket), _) => {
            (StepKind::SameAgain { ticket: ticket.clone() }, StepResult::Done)
        }
        (_, Some(ticket)) => (StepKind::Applied { ticket: ticket.to_owned() }, StepResult::Done),
        (_, None) => (StepKind::Decided, StepResult::Done),
    })
}

/// A moment as `09:12:07`, with its day in front unless it is the same as that of another one.
pub fn to_the_second(times: &Times, at: Timestamp, same_day: Timestamp) -> Moment {
    let clock = seconds(times, at);
    let short = match times.date(at) == times.date(same_day) {
        true => clock,
        false => format!("{} {clock}", day_name(times, at)),
    };
    Moment { short, ..looks::moment(times, at) }
}

fn seconds(times: &Times, at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default();
    times.zone.to_datetime(at).strftime("%H:%M:%S").to_string()
}

fn arrival(screen: &Screen, mail: &StoredMail) -> StepKind {
    let mailbox = mailbox(screen, mail.mailbox);
    let way = match (mail.source.as_str(), &mail.folder, mail.uid) {
        ("imap" | "sent", Some(folder), Some(uid)) => {
            return StepKind::Seen { mailbox, folder: folder.clone(), uid: uid.to_string() };
        }
        ("pop3", ..) => "POP3",
        ("lmtp", ..) => "LMTP",
        ("deliver", ..) => "laufzettel deliver",
        ("import", ..) => "laufzettel import",
        ("api", ..) => "API",
        (other, ..) => other,
    };
    StepKind::Arrived { mailbox, way: way.to_owned() }
}

/// Who brought its message from another ticket to the one in which it lies.
fn brought(screen: &Screen, mail: &StoredMail, beside: &Beside) -> Option<(StepKind, Timestamp)> {
    let (origin, number) = (beside.origin.as_ref()?, mail.number.clone()?);
    let who = origin.agent.and_then(|agent| screen.directory.agent(agent));
    let who = who.map(|agent| agent.name.clone()).unwrap_or_default();
    Some((StepKind::ByHand { who, deed: Deed::Moved(number) }, origin.at))
}

/// What a person did. A word of another version is left out.
fn deed(screen: &Screen, done: &Done) -> Option<StepKind> {
    let agent = done.agent.and_then(|agent| screen.directory.agent(agent));
    let who = agent.map(|agent| agent.name.clone()).unwrap_or_default();
    let deed = match done.kind.as_str() {
        "assigned" => Deed::Assigned(done.detail.clone()),
        "made" => Deed::Made(done.detail.clone()),
        "discarded" => Deed::Discarded,
        "restored" => Deed::Restored,
        "retried" => Deed::Retried,
        _ => return None,
    };
    Some(StepKind::ByHand { who, deed })
}

/// Why reading was given up, as people say it. Words of another version are shown as they are.
fn problem(language: Language, words: &str) -> String {
    let texts = texts::journal(language);
    match words {
        ENDED => texts.problem_ended().to_owned(),
        FAILED => texts.problem_failed().to_owned(),
        TOO_LONG => texts.problem_too_long().to_owned(),
        words => words.to_owned(),
    }
}

/// The last try that was given up. The first one of a mail is not counted before it is over.
fn attempt(mail: &StoredMail) -> Option<StepKind> {
    let is_given_up = matches!(mail.state.as_str(), "stored" | "quarantined");
    let number = u64::try_from(mail.attempts).ok().filter(|number| *number > 0 && is_given_up)?;
    Some(StepKind::Attempt { number })
}

fn reading(mail: &StoredMail, glance: Option<&Glance>) -> Option<StepKind> {
    if let Some(glance) = glance {
        return Some(StepKind::Read {
            attachments: glance.files(),
            quoted: quoted(&glance.segments),
        });
    }
    mail.segments.as_ref()?;
    let segments: Vec<Segment> = parsed(mail.segments.as_deref());
    let attachments = attachments(mail.attachments.as_deref());
    Some(StepKind::Read { attachments, quoted: quoted(&segments) })
}

/// How many lines of quotes there are.
fn quoted(segments: &[Segment]) -> u64 {
    let quotes = segments.iter().filter(|segment| segment.kind == "quote");
    quotes.map(|segment| segment.text.trim().lines().count() as u64).sum()
}

/// What became, or is to become, of the mail on the server. What was done is told by the present
/// setting of the mailbox.
fn server_step(screen: &Screen, mail: &StoredMail) -> Option<(StepKind, StepResult)> {
    let is_decided = !matches!(mail.state.as_str(), "seen" | "stored" | "gone");
    let mailbox = screen.directory.mailbox_by_id(mail.mailbox)?;
    let step = match (mailbox.after_import.as_str(), &mailbox.move_to) {
        ("mark_read", _) => StepKind::Marked,
        ("move", Some(folder)) => StepKind::Moved { folder: folder.clone() },
        ("delete", _) => StepKind::Deleted,
        _ => StepKind::Kept,
    };
    match mail.server.as_str() {
        "pending" if is_decided => Some((step, StepResult::Later)),
        "done" => Some((step, StepResult::Done)),
        "failed" => Some((step, StepResult::Failed)),
        "gone" => Some((StepKind::Gone, StepResult::Done)),
        _ => None,
    }
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

    #[test]
    fn a_step_is_timed_to_the_second_and_names_another_day() {
        let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
        let now = berlin("2026-11-24T10:42:00");
        let times = Times { language: Language::German, zone, now };
        let said = |at, same_day| to_the_second(&times, berlin(at), berlin(same_day)).short;
        assert_eq!(said("2026-11-24T09:12:07", "2026-11-24T10:42:00"), "09:12:07");
        assert_eq!(said("2026-11-23T18:20:05", "2026-11-24T10:42:00"), "Gestern 18:20:05");
        assert_eq!(said("2026-11-19T18:20:05", "2026-11-24T10:42:00"), "Do 19.11. 18:20:05");
        assert_eq!(said("2026-11-24T09:12:07", "2026-11-23T18:20:05"), "Heute 09:12:07");
        let full = to_the_second(&times, now, now).full;
        assert_eq!(full, "Dienstag, 24. November 2026, 10:42");
    }
}
