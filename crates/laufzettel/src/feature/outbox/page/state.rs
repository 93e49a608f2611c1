//! How the states of mails look: their glyph, their tone, their words.

use rules::sending::{MailState, RecipientState};
use values::Language;

use crate::texts;

/// The tone of a mail in this state.
pub fn tone(state: MailState) -> Option<&'static str> {
    match state {
        MailState::Queued | MailState::Sending | MailState::Dot => Some("blue"),
        MailState::Deferred | MailState::Uncertain | MailState::Unconfirmed => Some("amber"),
        MailState::Failed | MailState::Bounced => Some("red"),
        MailState::Sent | MailState::Cancelled => None,
    }
}

/// The glyph of a mail in this state.
pub fn symbol(state: MailState) -> &'static str {
    match state {
        MailState::Queued => "clock",
        MailState::Sending | MailState::Dot => "send",
        MailState::Deferred => "timer",
        MailState::Uncertain | MailState::Unconfirmed => "triangle-alert",
        MailState::Failed => "circle-alert",
        MailState::Bounced => "rotate-ccw",
        MailState::Sent => "check-check",
        MailState::Cancelled => "circle-x",
    }
}

/// The state in a word or two.
pub fn short(state: MailState, language: Language) -> &'static str {
    let texts = texts::outbox(language);
    match state {
        MailState::Queued => texts.is_queued(),
        MailState::Sending | MailState::Dot => texts.is_sending(),
        MailState::Deferred => texts.is_deferred(),
        MailState::Uncertain | MailState::Unconfirmed => texts.is_uncertain(),
        MailState::Failed => texts.is_failed(),
        MailState::Bounced => texts.is_bounced(),
        MailState::Sent => texts.is_sent(),
        MailState::Cancelled => texts.is_cancelled(),
    }
}

/// The state as a sentence.
pub fn sentence(state: MailState, language: Language) -> &'static str {
    let texts = texts::outbox(language);
    match state {
        MailState::Queued => texts.sentence_queued(),
        MailState::Sending | MailState::Dot => texts.sentence_sending(),
        MailState::Deferred => texts.sentence_deferred(),
        MailState::Uncertain | MailState::Unconfirmed => texts.sentence_uncertain(),
        MailState::Failed => texts.sentence_failed(),
        MailState::Bounced => texts.sentence_bounced(),
        MailState::Sent => texts.sentence_sent(),
        MailState::Cancelled => texts.sentence_cancelled(),
    }
}

/// The state for one recipient in a word or two.
pub fn of_recipient(state: RecipientState, language: Language) -> &'static str {
    let texts = texts::outbox(language);
    match state {
        RecipientState::Waiting => texts.is_queued(),
        RecipientState::Accepted => texts.is_sent(),
        RecipientState::Deferred => texts.is_deferred(),
        RecipientState::Failed => texts.is_failed(),
        RecipientState::Bounced => texts.is_bounced(),
        RecipientState::Delayed => texts.is_delayed(),
        RecipientState::Unconfirmed => texts.is_uncertain(),
        RecipientState::Cancelled => texts.is_cancelled(),
    }
}
