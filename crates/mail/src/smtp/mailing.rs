//! The answers to one mail: envelope, DATA, final dot.

use super::exchange::About;
use super::problem::{Phase, SmtpProblem};
use super::reply::Reply;
use super::session::Session;
use super::step::{Outcome, State};
use super::stuffing::Stuffing;

impl Session {
    pub(super) fn take_envelope(&mut self, reply: Reply) -> Result<(), SmtpProblem> {
        if !reply.is_positive() && !reply.is_negative() {
            return Err(self.unexpected(&reply));
        }
        if let State::Envelope(exchange) = &mut self.state {
            exchange.take(reply);
        }
        self.go_on_with_envelope();
        Ok(())
    }

    pub(super) fn go_on_with_envelope(&mut self) {
        let State::Envelope(exchange) = &mut self.state else { return };
        self.output = exchange.next_octets();
        self.phase = match exchange.awaited() {
            Some(About::Recipient(_)) => Phase::Recipients,
            Some(About::Sender) | None => self.phase,
        };
        if !exchange.is_over() {
            return;
        }
        let State::Envelope(exchange) = std::mem::replace(&mut self.state, State::Ready) else {
            return;
        };
        let was_asked = exchange.was_asked();
        let answer = exchange.into_answer();
        if was_asked && answer.refused_sender.is_none() {
            self.state = State::Addressed(answer.accepted());
        }
        self.outcome = Some(Outcome::Envelope(answer));
    }

    pub(super) fn take_data(&mut self, reply: Reply) -> Result<(), SmtpProblem> {
        let outcome = match reply.code {
            354 => {
                self.phase = Phase::Body;
                self.state = State::Body(Stuffing::new());
                Ok(())
            }
            _ if reply.is_negative() => {
                self.state = State::Addressed(0);
                Err(reply)
            }
            _ => return Err(self.unexpected(&reply)),
        };
        self.outcome = Some(Outcome::Data(outcome));
        Ok(())
    }

    pub(super) fn take_verdict(&mut self, reply: Reply) -> Result<(), SmtpProblem> {
        if !reply.is_positive() && !reply.is_negative() {
            return Err(self.unexpected(&reply));
        }
        self.state = match reply.code == 421 || !self.is_writable {
            true => State::Closed,
            false => State::Ready,
        };
        self.outcome = Some(Outcome::Finished(reply));
        Ok(())
    }
}
