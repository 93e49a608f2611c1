//! Hands one mail to a server: envelope, everything but the last dot, the durable note that the
//! dot follows, the dot.

use db::{Doing, Result};
use mail::smtp::{Connection, Envelope, Phase, ProblemKind, Reply, SmtpProblem};
use rules::sending::{Attempt, Outcome};

use super::mark::NoteDot;
use super::settle::Ended;
use super::take::Taken;
use crate::App;
use crate::service::lease::Fence;

/// How handing over ended.
pub enum Handed {
    /// With an answer, or without one.
    Ended(Ended),
    /// Somebody else sends for this account now. Nothing may be written.
    LeaseLost,
}

impl Handed {
    /// Nothing could be handed over.
    pub fn not_reached(problem: &SmtpProblem) -> Self {
        Self::Ended(Ended::of_problem(problem))
    }

    /// Whether the connection was gone before the server took even the sender.
    pub fn is_lost_before_mail(&self) -> bool {
        matches!(
            self,
            Self::Ended(Ended { attempt: Attempt::NotReached(_), phase: Phase::Mail, .. })
        )
    }

    fn answered(phase: Phase, words: &str, outcomes: Vec<Outcome>) -> Self {
        let attempt = Attempt::Answered(outcomes);
        Self::Ended(Ended { attempt, phase, words: words.to_owned(), pauses: None })
    }
}

/// Hands a mail over.
pub async fn hand_over(
    app: &App,
    fence: &Fence,
    connection: &mut Connection,
    taken: &Taken,
) -> Result<Handed> {
    let bytes = app.blobs.read(&app.db, &taken.raw_hash).await;
    let bytes = bytes.doing("reading a mail that leaves")?;
    let tried: Vec<String> = taken.tried().map(|recipient| recipient.address.clone()).collect();
    let envelope = Envelope {
        from: &taken.envelope_from,
        recipients: &tried,
        size_bytes: bytes.len() as u64,
        envelope_id: Some(&taken.message_id),
        eight_bit: !bytes.is_ascii(),
    };
    let answer = match connection.envelope(&envelope).await {
        Ok(answer) => answer,
        Err(problem) => return Ok(Handed::not_reached(&problem)),
    };
    if let Some(reply) = answer.refused_sender {
        connection.reset().await.ok();
        return Ok(refused_sender(&reply, tried.len()));
    }
    if let Some(reply) = answer.recipients.iter().find(|reply| reply.wants_login()) {
        connection.reset().await.ok();
        return Ok(refused_sender(reply, tried.len()));
    }
    let outcomes: Vec<Outcome> = answer.recipients.iter().map(of_recipient).collect();
    if !outcomes.contains(&Outcome::Taken) {
        let words = answer.recipients.first().map(ToString::to_string).unwrap_or_default();
        connection.reset().await.ok();
        return Ok(Handed::answered(Phase::Recipients, &words, outcomes));
    }
    match connection.body(&bytes).await {
        Ok(Ok(())) => {}
        Ok(Err(reply)) => {
            connection.reset().await.ok();
            let outcomes = with_last_word(outcomes, &of_reply(&reply));
            return Ok(Handed::answered(Phase::Data, &reply.to_string(), outcomes));
        }
        Err(problem) => return Ok(broken(&problem, outcomes)),
    }
    // From here on a crash leaves it open whether the server has the mail. The note is durable
    // before the dot leaves.
    if !app.db.write(&NoteDot { fence, mail: taken.id }).await? {
        return Ok(Handed::LeaseLost);
    }
    Ok(finish(connection, outcomes).await)
}

async fn finish(connection: &mut Connection, outcomes: Vec<Outcome>) -> Handed {
    match connection.finish().await {
        Ok(reply) => {
            let outcomes = match reply.is_positive() {
                true => outcomes,
                false => with_last_word(outcomes, &of_reply(&reply)),
            };
            Handed::answered(Phase::Dot, &reply.to_string(), outcomes)
        }
        Err(problem) if problem.may_have_been_taken() => Handed::Ended(Ended {
            attempt: Attempt::Unknown(outcomes),
            phase: problem.phase,
            words: problem.to_string(),
            pauses: None,
        }),
        Err(problem) => broken(&problem, outcomes),
    }
}

/// The connection broke before the dot: nothing was handed over, but who was refused stays so.
fn broken(problem: &SmtpProblem, outcomes: Vec<Outcome>) -> Handed {
    let words = problem.to_string();
    let outcomes = with_last_word(outcomes, &Outcome::Later(words.clone()));
    Handed::answered(problem.phase, &words, outcomes)
}

/// For those whom the server would take, what it said at last counts.
fn with_last_word(outcomes: Vec<Outcome>, last: &Outcome) -> Vec<Outcome> {
    let outcomes = outcomes.into_iter();
    outcomes.map(|one| if one == Outcome::Taken { last.clone() } else { one }).collect()
}

/// Too many recipients or too much for one of them at present is no refusal (RFC 5321 section
/// 4.5.3.1.10).
fn of_recipient(reply: &Reply) -> Outcome {
    match reply.code {
        552 => Outcome::Later(reply.to_string()),
        _ => of_reply(reply),
    }
}

fn of_reply(reply: &Reply) -> Outcome {
    match () {
        () if reply.is_positive() => Outcome::Taken,
        () if reply.is_permanent() => Outcome::Refused(reply.to_string()),
        () => Outcome::Later(reply.to_string()),
    }
}

fn refused_sender(reply: &Reply, tried: usize) -> Handed {
    if reply.wants_login() {
        let kind = ProblemKind::LoginRefused { reply: reply.clone() };
        return Handed::not_reached(&SmtpProblem { phase: Phase::Mail, kind });
    }
    let outcome = match of_reply(reply) {
        Outcome::Taken => Outcome::Later(reply.to_string()),
        outcome => outcome,
    };
    Handed::answered(Phase::Mail, &reply.to_string(), vec![outcome; tried])
}
