//! MAIL and RCPT and their answers, without I/O.

use std::collections::VecDeque;

use super::envelope::{Envelope, EnvelopeAnswer, Smtputf8};
use super::offer::Offered;
use super::reply::Reply;

/// Commands that go at once. More could fill the buffers of both sides while neither reads
/// (RFC 2920 section 3.1).
const PIPELINED_MAX: usize = 100;

/// Whom a command concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    Sender,
    Recipient(usize),
}

/// The envelope of one mail on its way.
#[derive(Debug)]
pub(super) struct Exchange {
    commands: VecDeque<(About, String)>,
    awaited: VecDeque<About>,
    refused_sender: Option<Reply>,
    answers: Vec<Option<Reply>>,
    at_once: usize,
    was_asked: bool,
}

impl Exchange {
    /// Begins with an envelope. What this server can only refuse is not asked.
    pub(super) fn new(envelope: &Envelope<'_>, offered: &Offered) -> Self {
        let mut commands = VecDeque::new();
        let refused_sender = envelope.hopeless(offered);
        let answers: Vec<Option<Reply>> = envelope
            .recipients
            .iter()
            .map(|address| envelope.hopeless_recipient(address, offered))
            .collect();
        let mut smtputf8 = match envelope.from.is_ascii() {
            true => Smtputf8::NotNeeded,
            false => Smtputf8::Needed,
        };
        for (index, address) in envelope.recipients.iter().enumerate() {
            if answers.get(index).is_some_and(Option::is_none) {
                let line = envelope.recipient_line(address, offered);
                commands.push_back((About::Recipient(index), line));
                if !address.is_ascii() {
                    smtputf8 = Smtputf8::Needed;
                }
            }
        }
        if refused_sender.is_some() {
            commands.clear();
        } else if !commands.is_empty() {
            commands.push_front((About::Sender, envelope.mail_line(smtputf8, offered)));
        }
        let at_once = if offered.pipelining { PIPELINED_MAX } else { 1 };
        let was_asked = !commands.is_empty();
        Self { commands, awaited: VecDeque::new(), refused_sender, answers, at_once, was_asked }
    }

    /// The octets to send next; none while answers are missing, or at the end.
    pub(super) fn next_octets(&mut self) -> Vec<u8> {
        let mut octets = Vec::new();
        if self.awaited.is_empty() {
            let count = self.at_once.min(self.commands.len());
            for (about, line) in self.commands.drain(..count) {
                octets.extend_from_slice(line.as_bytes());
                octets.extend_from_slice(b"\r\n");
                self.awaited.push_back(about);
            }
        }
        octets
    }

    /// Whom the next answer concerns.
    pub(super) fn awaited(&self) -> Option<About> {
        self.awaited.front().copied()
    }

    /// Takes the next answer.
    pub(super) fn take(&mut self, reply: Reply) {
        match self.awaited.pop_front() {
            Some(About::Sender) if !reply.is_positive() => {
                self.refused_sender = Some(reply);
                self.commands.clear();
            }
            Some(About::Recipient(index)) => {
                if let Some(answer) = self.answers.get_mut(index) {
                    *answer = Some(reply);
                }
            }
            Some(About::Sender) | None => {}
        }
    }

    /// Whether no answer is missing and nothing is left to say.
    pub(super) fn is_over(&self) -> bool {
        self.awaited.is_empty() && self.commands.is_empty()
    }

    /// Whether the server has heard anything of it.
    pub(super) fn was_asked(&self) -> bool {
        self.was_asked
    }

    /// What came of it.
    pub(super) fn into_answer(self) -> EnvelopeAnswer {
        match self.refused_sender {
            Some(reply) => EnvelopeAnswer::refused(reply),
            None => EnvelopeAnswer {
                refused_sender: None,
                recipients: self.answers.into_iter().flatten().collect(),
            },
        }
    }
}
