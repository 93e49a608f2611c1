//! Where the mail of a message stands (F-OUT-17).

use maud::{Markup, html};
use values::Language;

use crate::record::frame::icon;
use crate::texts;

/// Where the mail of a message stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    /// What became of it so far.
    pub state: DeliveryState,
    /// What the server said, or what went wrong.
    pub words: String,
    /// The addresses that it did not reach.
    pub missed: String,
    /// The mail in the outbox.
    pub mail: String,
    /// Whether it may have arrived twice.
    pub perhaps_twice: bool,
    /// The address that recalls it, while it can be recalled.
    pub recall: Option<String>,
}

/// What became of a mail so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryState {
    /// It leaves in a moment.
    Waiting,
    /// It is being handed over.
    Sending,
    /// It could not be handed over yet and is tried again.
    Deferred,
    /// The server took it.
    Sent,
    /// It did not arrive.
    Failed,
    /// Nobody knows whether the server took it.
    Uncertain,
    /// Somebody kept it from leaving.
    Stopped,
}

impl DeliveryState {
    fn tone(self) -> &'static str {
        match self {
            Self::Waiting | Self::Sending => "blue",
            Self::Sent => "accent",
            Self::Deferred | Self::Uncertain => "amber",
            Self::Failed | Self::Stopped => "red",
        }
    }

    fn symbol(self) -> &'static str {
        match self {
            Self::Waiting => "clock",
            Self::Sending => "send",
            Self::Sent => "check-check",
            Self::Deferred | Self::Uncertain => "triangle-alert",
            Self::Failed => "circle-alert",
            Self::Stopped => "circle-x",
        }
    }

    fn word(self, language: Language) -> &'static str {
        let texts = texts::ticket(language);
        match self {
            Self::Waiting => texts.delivery_waiting(),
            Self::Sending => texts.delivery_sending(),
            Self::Sent => texts.delivery_sent(),
            Self::Deferred => texts.delivery_deferred(),
            Self::Uncertain => texts.delivery_uncertain(),
            Self::Failed => texts.delivery_failed(),
            Self::Stopped => texts.delivery_stopped(),
        }
    }
}

/// The pill in the head of a message; it leads to the mail in the outbox.
pub fn pill(language: Language, delivery: &Delivery) -> Markup {
    html! {
        a class="pill" data-tone=(delivery.state.tone()) href={ "/mails/out/" (delivery.mail) }
            title=[(!delivery.words.is_empty()).then_some(&delivery.words)] {
            (icon(delivery.state.symbol())) (delivery.state.word(language))
        }
        @if let Some(action) = &delivery.recall {
            form method="post" action=(action) hx-post=(action) hx-swap="none" {
                input type="hidden" name="mail" value=(delivery.mail);
                button class="btn btn-sm" { (icon("rotate-ccw")) (texts::ticket(language).recall()) }
            }
        }
    }
}

/// What somebody has to know about it: why it did not arrive, or that it may be there twice.
pub fn notes(language: Language, delivery: &Delivery) -> Markup {
    let texts = texts::ticket(language);
    let has_trouble = matches!(delivery.state, DeliveryState::Failed | DeliveryState::Deferred);
    html! {
        @if !delivery.missed.is_empty() {
            p class="note-line" data-tone="red" {
                (icon("circle-alert")) span { (texts.not_reached(&delivery.missed)) }
            }
        }
        @if has_trouble && !delivery.words.is_empty() {
            p class="note-line" data-tone=(delivery.state.tone()) {
                (icon(delivery.state.symbol()))
                span { (texts.server_said()) " " q { (delivery.words) } }
            }
        }
        @if delivery.state == DeliveryState::Uncertain {
            p class="note-line" data-tone="amber" { (icon("triangle-alert")) span { (texts.uncertain_text()) } }
        }
        @if delivery.perhaps_twice {
            p class="note-line" data-tone="amber" { (icon("triangle-alert")) span { (texts.perhaps_twice()) } }
        }
    }
}
