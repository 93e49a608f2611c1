//! The way of a mail out of the house: who wrote it, each attempt with the server's words, what
//! became of it for each recipient.

use rules::sending::{MailState, RecipientState};
use values::Timestamp;

use super::page::{Step, StepResult, of_recipient};
use super::read::Out;
use super::show::{named, state};
use super::store::{Attempted, Recipient};
use crate::feature::journal::to_the_second;
use crate::http::screen::Screen;
use crate::record::sent_copy::SentCopy;
use crate::record::show;
use crate::texts;

/// The steps, first one first.
pub fn steps(screen: &Screen, out: &Out) -> Vec<Step> {
    let mail = &out.mail;
    let texts = texts::outbox(screen.language);
    let mut steps = vec![put(screen, out)];
    steps.extend(out.attempts.iter().map(|one| attempt(screen, one, mail.created_at)));
    steps.extend(out.copy.iter().map(|copy| copied(screen, copy, mail.created_at)));
    for report in &out.reports {
        let href = Some(format!("/mails/{}#entry", report.id));
        let detail = report.subject.clone();
        let name = texts.step_back().to_owned();
        let time = time(screen, report.arrived_at, mail.created_at);
        steps.push(Step { result: StepResult::Failed, name, detail, words: None, href, time });
    }
    match (state(&mail.state), mail.next_at) {
        (MailState::Queued | MailState::Deferred | MailState::Uncertain, Some(at)) => {
            steps.push(Step {
                result: StepResult::Later,
                name: texts.step_next().to_owned(),
                detail: None,
                words: None,
                href: None,
                time: time(screen, at, mail.created_at),
            });
        }
        (MailState::Cancelled, _) => {
            let at = out.recipients.iter().map(|one| one.changed_at).max();
            steps.push(Step {
                result: StepResult::Failed,
                name: texts.step_stopped().to_owned(),
                detail: None,
                words: None,
                href: None,
                time: time(screen, at.unwrap_or(mail.created_at), mail.created_at),
            });
        }
        _ => {}
    }
    steps
}

fn time(screen: &Screen, at: Timestamp, same_day: Timestamp) -> crate::record::frame::Moment {
    to_the_second(&screen.times(), at, same_day)
}

/// Who wrote it, and how long it could be recalled.
fn put(screen: &Screen, out: &Out) -> Step {
    let mail = &out.mail;
    let texts = texts::outbox(screen.language);
    let agent = mail.agent.and_then(|agent| screen.directory.agent(agent));
    let seconds = u64::try_from(mail.not_before.millis_since(mail.created_at) / 1000).unwrap_or(0);
    // A mail that is sent again leaves later, but was not to be recalled for so long.
    let is_undo = (1..=30).contains(&seconds);
    let detail = match agent {
        Some(agent) if is_undo => texts.step_put_undo(seconds, &agent.name),
        Some(agent) => texts.step_put_by(&agent.name),
        None => texts.step_put_alone().to_owned(),
    };
    Step {
        result: StepResult::Done,
        name: texts.step_put().to_owned(),
        detail: Some(detail),
        words: None,
        href: None,
        time: time(screen, mail.created_at, screen.now),
    }
}

fn attempt(screen: &Screen, one: &Attempted, same_day: Timestamp) -> Step {
    let texts = texts::outbox(screen.language);
    let number = u64::try_from(one.number).unwrap_or_default();
    // The first digit of a reply says what it means (RFC 5321 section 4.2.1).
    let (result, name) = match (one.outcome.as_str(), one.words.chars().next()) {
        ("answered", Some('2')) => (StepResult::Done, texts.try_accepted(number)),
        ("answered", Some('4')) => (StepResult::Later, texts.try_later(number)),
        ("answered", Some('5')) => (StepResult::Failed, texts.try_refused(number)),
        ("answered", _) => (StepResult::Done, texts.try_answered(number)),
        ("not_reached", _) => (StepResult::Later, texts.try_not_reached(number)),
        ("account_refused", _) => (StepResult::Failed, texts.try_account_refused(number)),
        ("interrupted", _) => (StepResult::Later, texts.try_interrupted(number)),
        ("found", _) => (StepResult::Done, texts.try_found().to_owned()),
        _ => (StepResult::Later, texts.try_unknown(number)),
    };
    let is_done = result == StepResult::Done;
    Step {
        result,
        name,
        detail: phase(screen, &one.phase).filter(|_| !is_done).map(str::to_owned),
        words: Some(one.words.clone()).filter(|words| !words.is_empty()),
        href: None,
        time: time(screen, one.at, same_day),
    }
}

/// The copy in the Sent folder.
fn copied(screen: &Screen, copy: &SentCopy, same_day: Timestamp) -> Step {
    let texts = texts::outbox(screen.language);
    let (result, name) = match copy.state.as_str() {
        "copied" => (StepResult::Done, texts.copy_made()),
        "found" => (StepResult::Done, texts.copy_found()),
        "given_up" => (StepResult::Failed, texts.copy_given_up()),
        _ if copy.attempts > 0 => (StepResult::Later, texts.copy_later()),
        _ => (StepResult::Later, texts.copy_waiting()),
    };
    Step {
        result,
        name: name.to_owned(),
        detail: copy.folder.clone(),
        words: copy.words.clone().filter(|words| !words.is_empty()),
        href: None,
        time: time(screen, copy.next_at.unwrap_or(copy.changed_at), same_day),
    }
}

/// How far an attempt came.
fn phase(screen: &Screen, code: &str) -> Option<&'static str> {
    let texts = texts::outbox(screen.language);
    Some(match code {
        "connect" => texts.phase_connect(),
        "greeting" | "hello" => texts.phase_greeting(),
        "starttls" | "tls" => texts.phase_tls(),
        "auth" => texts.phase_auth(),
        "mail" => texts.phase_mail(),
        "recipients" => texts.phase_recipients(),
        "data" | "body" => texts.phase_body(),
        "dot" => texts.phase_dot(),
        _ => return None,
    })
}

/// What became of it for each recipient.
pub fn recipients(screen: &Screen, out: &Out) -> Vec<Step> {
    out.recipients.iter().map(|one| recipient(screen, one)).collect()
}

fn recipient(screen: &Screen, one: &Recipient) -> Step {
    let state = one.state();
    let result = match state {
        RecipientState::Accepted => StepResult::Done,
        RecipientState::Failed | RecipientState::Bounced | RecipientState::Cancelled => {
            StepResult::Failed
        }
        _ => StepResult::Later,
    };
    Step {
        result,
        name: named(one),
        detail: Some(of_recipient(state, screen.language).to_owned()),
        words: one.words.clone(),
        href: None,
        time: show::exact_moment(&screen.times(), one.changed_at),
    }
}
