//! The third step: the test mail comes back as the first ticket.

use maud::{Markup, html};

use super::{Around, Step, head, id, sheet};
use crate::record::frame::icon;
use crate::texts;

/// The ticket that the test mail became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrived {
    /// Its number.
    pub number: String,
    /// Its subject.
    pub subject: String,
    /// Who wrote it.
    pub from: String,
    /// After how many seconds it was there.
    pub seconds: u64,
}

/// Where the test mail is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FirstStep {
    /// None was sent yet.
    NotSent,
    /// None can be sent: no server takes mails of this sender.
    NoSending {
        /// The sender's id.
        sender: String,
    },
    /// It is on its way to this address.
    OnItsWay {
        /// The address.
        address: String,
        /// What is known of it, if it takes its time.
        trouble: Option<String>,
        /// What a mail server said.
        words: Option<String>,
    },
    /// It is there.
    Arrived(Arrived),
}

/// Prints the page.
pub fn first(around: &Around, step: &FirstStep) -> Markup {
    let texts = texts::setup(around.language);
    let about = match step {
        FirstStep::NotSent => texts.first_later().to_owned(),
        FirstStep::NoSending { .. } => texts.no_sending().to_owned(),
        FirstStep::OnItsWay { address, .. } => texts.on_its_way(address),
        FirstStep::Arrived(arrived) => texts.arrived(arrived.seconds),
    };
    let is_waiting = matches!(step, FirstStep::OnItsWay { .. });
    let open = html! {
        section class="step" id="first" aria-labelledby=(id(Step::First)) role="status"
            hx-get=[is_waiting.then_some("/setup")] hx-trigger=[is_waiting.then_some("every 2s")]
            hx-select=[is_waiting.then_some("#content")] hx-target=[is_waiting.then_some("#content")]
            hx-swap=[is_waiting.then_some("outerHTML")] {
            (head(around, Step::First, &about))
            (inside(around, step))
        }
    };
    sheet(around, &open)
}

fn inside(around: &Around, step: &FirstStep) -> Markup {
    let texts = texts::setup(around.language);
    match step {
        FirstStep::NotSent => html! {
            footer { (send_again(texts.send_test(), true)) (to_inbox(around, false)) }
        },
        FirstStep::NoSending { sender } => html! {
            footer {
                a class="btn btn-lg btn-primary" href={ "/settings/senders/" (sender) } { (texts.to_sending()) }
                (to_inbox(around, false))
            }
        },
        FirstStep::OnItsWay { trouble, words, .. } => html! {
            @if let Some(trouble) = trouble {
                div class="part" {
                    div class="probe" data-tone="amber" {
                        (icon("circle-alert"))
                        div {
                            b { (trouble) }
                            @if let Some(words) = words { code class="words" { (words) } }
                        }
                    }
                }
            }
            footer {
                a class="btn btn-lg" href="/setup" { (icon("refresh-cw")) (texts.look_again()) }
                (send_again(texts.send_again(), false))
                (to_inbox(around, false))
            }
        },
        FirstStep::Arrived(arrived) => html! {
            p class="part first-ticket" {
                a class="linked" href={ "/tickets/" (crate::http::encode(&arrived.number)) } {
                    (arrived.number) " · " (arrived.from) " · " (arrived.subject)
                }
            }
            footer { (to_inbox(around, true)) span class="muted" { (texts.invite()) } }
        },
    }
}

fn send_again(label: &str, is_main: bool) -> Markup {
    let class = if is_main { "btn btn-lg btn-primary" } else { "btn btn-lg" };
    html! { form method="post" action="/setup/test" { button class=(class) { (icon("send")) (label) } } }
}

fn to_inbox(around: &Around, is_main: bool) -> Markup {
    let class = if is_main { "btn btn-lg btn-primary" } else { "btn btn-lg btn-quiet" };
    html! { a class=(class) href="/inbox" { (texts::setup(around.language).to_inbox()) } }
}
