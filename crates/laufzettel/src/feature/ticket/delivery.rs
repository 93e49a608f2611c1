//! Where the mails of messages stand, as the page shows it.

use rules::sending::MailState;

use super::page::{Delivery, DeliveryState};
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::message::Message;

/// Where the mail of a message stands.
pub fn delivery(screen: &Screen, number: &str, message: &Message) -> Option<Delivery> {
    let (state, mail) = (message.mail_state()?, message.outbound?);
    let is_own = message.agent == Some(screen.actor.agent);
    let can_recall = is_own && state == MailState::Queued;
    let state = match state {
        MailState::Queued => DeliveryState::Waiting,
        MailState::Sending | MailState::Dot => DeliveryState::Sending,
        MailState::Deferred => DeliveryState::Deferred,
        MailState::Sent => DeliveryState::Sent,
        MailState::Uncertain | MailState::Unconfirmed => DeliveryState::Uncertain,
        MailState::Failed | MailState::Bounced => DeliveryState::Failed,
        MailState::Cancelled => DeliveryState::Stopped,
    };
    let is_over = matches!(state, DeliveryState::Sent | DeliveryState::Stopped);
    let words = message.delivery_words.clone().filter(|_| !is_over);
    Some(Delivery {
        state,
        words: words.unwrap_or_default(),
        missed: message.missed.clone().unwrap_or_default(),
        mail: mail.to_string(),
        perhaps_twice: message.perhaps_twice.unwrap_or_default(),
        recall: can_recall.then(|| format!("/tickets/{}/recall", encode(number))),
    })
}
