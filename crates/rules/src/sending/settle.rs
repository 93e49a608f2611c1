//! What one attempt means for a mail and for each of its recipients.

use values::Timestamp;

use super::back_off::{WARN_AFTER, next_try};
use super::quiet::UNCERTAIN_FOR;
use super::state::{MailState, RecipientState, mail_state};

/// A recipient before the attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The state before.
    pub state: RecipientState,
    /// Whether this attempt was for this recipient.
    pub is_tried: bool,
}

/// What is known of the mail.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// All recipients in their order.
    pub recipients: &'a [Waiting],
    /// Tries before this one.
    pub attempts: u32,
    /// When the first try was due.
    pub first_at: Timestamp,
    /// Whether whoever wrote it was warned already.
    pub is_warned: bool,
    /// The present moment.
    pub now: Timestamp,
    /// Any number, to spread the next tries.
    pub chance: u32,
}

/// What a server said about one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It takes the mail.
    Taken,
    /// Not now.
    Later(String),
    /// Never.
    Refused(String),
}

/// How an attempt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Attempt {
    /// Nothing was handed over; the words say why. It counts as a try.
    NotReached(String),
    /// The server takes nothing from this account; the words say why. It counts as no try.
    AccountRefused(String),
    /// The server said something about each recipient that was tried, in their order.
    Answered(Vec<Outcome>),
    /// The last dot was sent and nothing came back. What was said before about each recipient that
    /// was tried.
    Unknown(Vec<Outcome>),
}

/// What is written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The mail.
    pub state: MailState,
    /// The recipients that were tried or whose time is over: place, state, the server's words.
    pub recipients: Vec<(usize, RecipientState, String)>,
    /// When something has to be done again; `None` for ever.
    pub next_at: Option<Timestamp>,
    /// Whether it counts as a try.
    pub is_counted: bool,
    /// Whether whoever wrote it is warned now that it has not left yet.
    pub warns: bool,
}

/// Decides what an attempt means.
pub fn settle(fact: &Fact<'_>, attempt: &Attempt) -> Settled {
    let outcomes: Vec<Outcome> = match attempt {
        Attempt::AccountRefused(_) => return untried(fact),
        Attempt::NotReached(words) => tried(fact).map(|_| Outcome::Later(words.clone())).collect(),
        Attempt::Answered(outcomes) | Attempt::Unknown(outcomes) => outcomes.clone(),
    };
    let is_unknown = matches!(attempt, Attempt::Unknown(_));
    let again = next_try(fact.attempts + 1, fact.first_at, fact.now, fact.chance);
    let recipients: Vec<_> = tried(fact)
        .zip(outcomes)
        .filter_map(|(place, outcome)| {
            let (state, words) = becomes(outcome, is_unknown, again.is_some())?;
            Some((place, state, words))
        })
        .collect();
    let states = after(fact, &recipients);
    let state = match is_unknown {
        true => MailState::Uncertain,
        false => mail_state(&states),
    };
    let next_at = match state {
        MailState::Uncertain => Some(fact.now.plus(UNCERTAIN_FOR)),
        MailState::Deferred => again,
        // Somebody was left for a mail of his own.
        MailState::Queued => Some(fact.now),
        _ => None,
    };
    let is_late = fact.now >= fact.first_at.plus(WARN_AFTER);
    let warns = state == MailState::Deferred && is_late && !fact.is_warned;
    Settled { state, recipients, next_at, is_counted: true, warns }
}

/// Nothing happened to the mail itself.
fn untried(fact: &Fact<'_>) -> Settled {
    let states: Vec<_> = fact.recipients.iter().map(|recipient| recipient.state).collect();
    Settled {
        state: mail_state(&states),
        recipients: Vec::new(),
        next_at: Some(fact.now),
        is_counted: false,
        warns: false,
    }
}

fn tried(fact: &Fact<'_>) -> impl Iterator<Item = usize> {
    let places = fact.recipients.iter().enumerate();
    places.filter(|(_, recipient)| recipient.is_tried).map(|(place, _)| place)
}

/// What a recipient becomes. Whoever the server would take is in the dark with the whole mail: the
/// state stays, so that the mail can be sent to him again.
fn becomes(
    outcome: Outcome,
    is_unknown: bool,
    is_tried_again: bool,
) -> Option<(RecipientState, String)> {
    match outcome {
        Outcome::Taken if is_unknown => None,
        Outcome::Taken => Some((RecipientState::Accepted, String::new())),
        Outcome::Later(words) if is_tried_again => Some((RecipientState::Deferred, words)),
        Outcome::Later(words) | Outcome::Refused(words) => Some((RecipientState::Failed, words)),
    }
}

fn after(fact: &Fact<'_>, changed: &[(usize, RecipientState, String)]) -> Vec<RecipientState> {
    let mut states: Vec<_> = fact.recipients.iter().map(|recipient| recipient.state).collect();
    for (place, state, _) in changed {
        if let Some(held) = states.get_mut(*place) {
            *held = *state;
        }
    }
    states
}
