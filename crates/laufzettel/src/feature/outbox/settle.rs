//! Writes down what an attempt came to, with everything that follows from it: the account that
//! pauses, the ticket that needs somebody again, the notice to whoever wrote the mail.

use std::time::Duration;

use db::{Operation, Result, Tx};
use mail::smtp::{Phase, ProblemKind, SmtpProblem};
use rules::sending::{Attempt, Fact, MailState, RecipientState, Settled, Waiting};
use serde_json::json;
use values::{IdMaker, Timestamp};

use super::store;
use super::take::Taken;
use crate::App;
use crate::record::attention;
use crate::record::directory::Directory;
use crate::record::sent_copy::{self, Left};
use crate::service::history::{self, Event};
use crate::service::jobs::{self, NewJob};
use crate::service::lease::{self, Fence};
use crate::service::live;

/// A refused login is not tried again by itself before this time: it may lock the account.
const PERSON_NEEDED_WAIT: Duration = Duration::from_secs(30 * 60);

/// How an attempt ended, with what is kept of it.
#[derive(Clone, Debug)]
pub struct Ended {
    /// What it means.
    pub attempt: Attempt,
    /// How far it came.
    pub phase: Phase,
    /// The server's words, or ours.
    pub words: String,
    /// What is wrong with the account, if it pauses: the problem's code.
    pub pauses: Option<&'static str>,
}

impl Ended {
    /// Nothing was handed over.
    pub fn of_problem(problem: &SmtpProblem) -> Self {
        let words = problem.to_string();
        let is_account = match &problem.kind {
            ProblemKind::LoginRefused { .. } | ProblemKind::LoginUnsupported => true,
            ProblemKind::NoToken(problem) => problem.needs_a_person(),
            _ => false,
        };
        Self {
            attempt: match is_account {
                true => Attempt::AccountRefused(words.clone()),
                false => Attempt::NotReached(words.clone()),
            },
            phase: problem.phase,
            words,
            pauses: is_account.then(|| problem.code()),
        }
    }

    fn outcome(&self) -> &'static str {
        match &self.attempt {
            Attempt::NotReached(_) => "not_reached",
            Attempt::AccountRefused(_) => "account_refused",
            Attempt::Answered(_) => "answered",
            Attempt::Unknown(_) => "unknown",
        }
    }
}

/// Writes it down. `false` if the lease is lost.
pub async fn settle(
    app: &App,
    fence: &Fence,
    account: i64,
    taken: &Taken,
    ended: &Ended,
    started: Timestamp,
) -> Result<bool> {
    let directory = app.directory().await?;
    let settle = Settle {
        fence,
        account,
        taken,
        ended,
        started,
        directory: &directory,
        ids: &app.ids,
        now: app.now(),
        chance: rand::random(),
    };
    app.db.write(&settle).await
}

/// Writes down an attempt.
pub struct Settle<'a> {
    /// The lease of the account.
    pub fence: &'a Fence,
    /// The account.
    pub account: i64,
    /// The mail.
    pub taken: &'a Taken,
    /// How it ended.
    pub ended: &'a Ended,
    /// When it began.
    pub started: Timestamp,
    /// The lists.
    pub directory: &'a Directory,
    /// Makes ids.
    pub ids: &'a IdMaker,
    /// The present moment.
    pub now: Timestamp,
    /// Any number, to spread the next tries.
    pub chance: u32,
}

impl Operation for Settle<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        let settled = self.decide();
        if let Some(problem) = self.ended.pauses {
            let (until, words) = (self.now.plus(PERSON_NEEDED_WAIT), self.ended.words.as_str());
            store::pause(tx, self.account, problem, words, until, self.now).await?;
        }
        if settled.is_counted {
            store::insert_attempt(tx, self).await?;
        }
        self.note_health(tx).await?;
        if !matches!(self.ended.attempt, Attempt::Answered(_)) {
            live::announce(tx, live::MAILBOX, self.taken.id);
        }
        store::write_settled(tx, self, &settled).await?;
        self.copy(tx, &settled).await?;
        self.follow(tx, &settled).await?;
        live::announce(tx, live::OUTBOX, self.taken.id);
        if let (Some(ticket), Some(_)) = (self.taken.ticket, self.taken.message) {
            live::announce(tx, live::TICKET, ticket);
        }
        Ok(true)
    }
}

impl Settle<'_> {
    fn decide(&self) -> Settled {
        let recipients: Vec<Waiting> = self
            .taken
            .recipients
            .iter()
            .map(|recipient| {
                let state = recipient.state();
                Waiting { state, is_tried: state.is_open() }
            })
            .collect();
        let fact = Fact {
            recipients: &recipients,
            attempts: self.taken.attempts,
            first_at: self.taken.not_before,
            is_warned: self.taken.is_warned,
            now: self.now,
            chance: self.chance,
        };
        rules::sending::settle(&fact, &self.ended.attempt)
    }

    /// A server that answered is well; one that cannot be reached or secured is not.
    async fn note_health(&self, tx: &mut Tx<'_>) -> Result<()> {
        match (&self.ended.attempt, self.ended.pauses) {
            (Attempt::Answered(_), _) => store::note_well(tx, self.account, self.now).await,
            (Attempt::NotReached(words), None) => {
                store::note_trouble(tx, self.account, words, self.now).await
            }
            _ => Ok(()),
        }
    }

    /// What somebody got lies in the Sent folder, too, where that is wanted.
    async fn copy(&self, tx: &mut Tx<'_>, settled: &Settled) -> Result<()> {
        let is_taken = |one: &(usize, RecipientState, String)| one.1 == RecipientState::Accepted;
        if !settled.recipients.iter().any(is_taken) {
            return Ok(());
        }
        let left = Left {
            mail: self.taken.id,
            ticket: self.taken.ticket,
            kind: &self.taken.kind,
            from_address: &self.taken.from_address,
        };
        sent_copy::put(tx, self.directory, &left, self.now).await
    }

    /// Whoever wrote it learns that it did not arrive, and the ticket needs somebody again.
    async fn follow(&self, tx: &mut Tx<'_>, settled: &Settled) -> Result<()> {
        let is_lost =
            settled.recipients.iter().any(|(_, state, _)| *state == RecipientState::Failed);
        if !is_lost && !settled.warns {
            return Ok(());
        }
        let Some(ticket) = self.taken.ticket else { return Ok(()) };
        if is_lost && self.taken.message.is_some() {
            let words = self.words(settled);
            let detail = json!({ "mail": self.taken.id.to_string(), "words": words });
            let (at, ids) = (self.now, self.ids);
            let kind = "delivery_failed";
            history::record(tx, Event { ticket, kind, agent: None, at, detail, ids }).await?;
            attention::call(tx, ticket, self.directory, ids, self.now).await?;
        }
        if self.taken.message.is_some() {
            let what = if is_lost { "failed" } else { "late" };
            let detail = json!({
                "mail": self.taken.id.to_string(),
                "agent": self.taken.agent.map(|agent| agent.to_string()),
                "what": what,
                "words": self.words(settled),
            });
            let job = NewJob {
                kind: "failed",
                ticket: Some(ticket),
                detail,
                run_at: self.now,
                ids: self.ids,
            };
            jobs::put(tx, &job).await?;
        }
        Ok(())
    }

    /// What was said to those who need attention: the last word may be that the others have it.
    pub(super) fn words<'s>(&'s self, settled: &'s Settled) -> &'s str {
        let wanted = match settled.state {
            MailState::Failed => RecipientState::Failed,
            MailState::Deferred => RecipientState::Deferred,
            _ => return &self.ended.words,
        };
        let now = settled.recipients.iter().filter(|(_, state, _)| *state == wanted);
        let before = self.taken.recipients.iter().filter(|one| one.state() == wanted);
        let said = now.map(|(_, _, words)| words.as_str());
        let mut said = said.chain(before.filter_map(|one| one.words.as_deref()));
        said.find(|words| !words.is_empty()).unwrap_or(&self.ended.words)
    }

    /// The stored words of the outcome.
    pub(super) fn outcome(&self) -> &'static str {
        self.ended.outcome()
    }
}

/// Whether a state still moves by itself.
pub fn is_under_way(state: MailState) -> bool {
    matches!(
        state,
        MailState::Queued
            | MailState::Sending
            | MailState::Dot
            | MailState::Uncertain
            | MailState::Deferred
    )
}
