//! ApplyMail: the decision about a stored mail, and everything that follows from it, in one
//! transaction.

use db::{Failure, Operation, Result, Tx};
use rules::intake::{
    Decided, Decision, MailClass, NewTicket, Ruled, SeenEffect, SenderKind, StatusEffect,
};
use serde_json::json;
use values::{EmailAddress, IdMaker, Timestamp};

use super::answer::{self, Answer};
use super::bounce;
use super::facts::{Gathered, gather, keys_of};
use super::kept::Kept;
use super::read::ReadMail;
use super::ruled;
use super::silent;
use super::store::candidates::Candidate;
use super::store::journal::{self as store, Verdict, Waiting};
use super::store::{hits, keys, message as write, tickets};
use super::wanted;
use crate::feature::notify;
use crate::record::contact::{self, Contact};
use crate::record::directory::Directory;
use crate::record::mailbox::Mailbox;
use crate::record::message::json as to_json;
use crate::record::packed::pack;
use crate::record::{AreaId, MailId, TicketId, number};
use crate::service::history::{self, Event};
use crate::service::live;

/// Decides about a mail and applies the decision.
pub struct ApplyMail<'a> {
    /// The entry of the journal.
    pub waiting: &'a Waiting,
    /// The mailbox it came by.
    pub mailbox: &'a Mailbox,
    /// The lists.
    pub directory: &'a Directory,
    /// The mail.
    pub read: &'a ReadMail,
    /// A ticket number that was drawn for it, and the area it was drawn for.
    pub number: Option<(&'a str, AreaId)>,
    /// The public id of its ticket, if it gets one.
    pub public_id: &'a str,
    /// The automatic answer, if its mailbox gives one.
    pub answer: Option<&'a Answer>,
    /// Makes ids.
    pub ids: &'a IdMaker,
    /// Whether it may be put off until the mail is decided that it answers.
    pub may_wait: bool,
    /// The present moment.
    pub now: Timestamp,
}

/// How applying ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It is decided; the word of the decision.
    Done(&'static str),
    /// It was decided before.
    DecidedBefore,
    /// The mail it answers must be decided first. Nothing was kept.
    Early,
    /// It becomes a ticket of this area and needs a number. Nothing was kept.
    NumberNeeded(AreaId),
    /// Another ticket has this number. Nothing was kept.
    NumberTaken,
}

impl Operation for ApplyMail<'_> {
    type Outcome = Applied;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Applied> {
        if store::hold(tx, self.waiting.id).await?.is_none() {
            return Ok(Applied::DecidedBefore);
        }
        let gathered = gather(tx, self).await?;
        if gathered.is_early && self.may_wait {
            self.take_back(tx).await?;
            return Ok(Applied::Early);
        }
        if !self.waiting.archive {
            bounce::note(tx, self).await?;
        }
        if self.waiting.is_sent {
            return self.sent(tx, &gathered).await;
        }
        let ruled = ruled::decide(self, &gathered)?;
        let decided = &ruled.decided;
        match &decided.decision {
            Decision::NewTicket(new) => self.new_ticket(tx, &gathered, &ruled, new).await,
            Decision::FollowUp { ticket, status, seen, .. } => {
                let candidate = meant(&gathered, *ticket)?;
                // History changes nothing that somebody has to act on.
                let (status, seen) = match self.waiting.archive {
                    true => (StatusEffect::Keep, SeenEffect::Keep),
                    false => (*status, *seen),
                };
                self.follow_up(tx, &gathered, candidate, &ruled, status, seen).await
            }
            Decision::Bounce { ticket: Some(ticket), .. } => {
                let candidate = meant(&gathered, *ticket)?;
                self.follow_up(
                    tx,
                    &gathered,
                    candidate,
                    &ruled,
                    StatusEffect::Keep,
                    SeenEffect::Keep,
                )
                .await
            }
            Decision::Bounce { ticket: None, class } => {
                self.aside(tx, &gathered, &ruled, "filtered", Some(class.code()), None).await
            }
            Decision::Event { ticket, .. } => {
                self.event(tx, &gathered, meant(&gathered, *ticket)?, &ruled).await
            }
            Decision::Duplicate { of, .. } => {
                self.aside(tx, &gathered, &ruled, "duplicate", None, Some(MailId::from_number(*of)))
                    .await
            }
            Decision::Filtered(reason) => {
                self.aside(tx, &gathered, &ruled, "filtered", Some(reason.code()), None).await
            }
            Decision::Unassigned { reason, .. } => {
                self.aside(tx, &gathered, &ruled, "filtered", Some(reason.code()), None).await
            }
        }
    }
}

pub(super) fn meant(gathered: &Gathered, ticket: i64) -> Result<&Candidate> {
    let found = gathered.tickets.iter().find(|candidate| candidate.id.number() == ticket);
    found.ok_or_else(|| Failure::other("the intake rule chose a ticket that was not offered"))
}

impl ApplyMail<'_> {
    pub(super) async fn new_ticket(
        &self,
        tx: &mut Tx<'_>,
        gathered: &Gathered,
        ruled: &Ruled,
        new: &NewTicket,
    ) -> Result<Applied> {
        let area = wanted::area(self, &ruled.plan);
        let drawn = self.number.filter(|(_, of)| number::counts_alike(self.directory, *of, area));
        let Some((number, _)) = drawn else {
            self.take_back(tx).await?;
            return Ok(Applied::NumberNeeded(area));
        };
        let mut wanted = wanted::wanted(tx, self, gathered, &ruled.plan).await?;
        if wanted.requester.is_none() {
            wanted.requester = self.contact(tx, gathered.known.sender).await?;
        }
        // History keeps its times; a mail of today becomes a ticket of this moment.
        let created_at = if self.waiting.archive { self.read.at } else { self.now };
        let ticket: TicketId = self.ids.next_by_date(created_at);
        if !tickets::insert(tx, self, ticket, number, &wanted, created_at).await? {
            self.take_back(tx).await?;
            return Ok(Applied::NumberTaken);
        }
        let ruled = &Ruled {
            decided: answer::decide(tx, self, ticket, (new, &ruled.decided)).await?,
            ..ruled.clone()
        };
        write::message(tx, self, ticket, area, &ruled.decided).await?;
        if new.linked_to.is_none() {
            write::refer_to_unknown(tx, ticket, self).await?;
        }
        tickets::add_participants(tx, self, ticket, true).await?;
        tickets::index(tx, self, ticket, number, &wanted).await?;
        self.record(tx, ticket, "created", json!({ "by": "mail" })).await?;
        answer::put(tx, self, ticket, &ruled.decided).await?;
        if let Some(reference) = &self.read.reference {
            tickets::set_reference(tx, ticket, reference).await?;
        }
        self.add_wanted(tx, ticket, &wanted).await?;
        self.complete(tx, (ticket, area), &wanted).await?;
        if let Some(other) = new.linked_to {
            self.link(tx, ticket, number, TicketId::from_number(other), gathered).await?;
        }
        if let Some(other) = ruled.copy_to {
            self.copy(tx, gathered, ruled, other).await?;
        }
        live::announce(tx, live::TICKET, ticket);
        self.applied(tx, gathered, ruled, ticket).await
    }

    pub(super) async fn follow_up(
        &self,
        tx: &mut Tx<'_>,
        gathered: &Gathered,
        candidate: &Candidate,
        ruled: &Ruled,
        status: StatusEffect,
        seen: SeenEffect,
    ) -> Result<Applied> {
        let ticket = candidate.id;
        write::message(tx, self, ticket, candidate.area, &ruled.decided).await?;
        let becomes = match status {
            StatusEffect::Keep => None,
            StatusEffect::Become(kind) => self.directory.status_of_kind(kind),
        };
        tickets::touch(tx, self, ticket, becomes, seen == SeenEffect::MarkUnseen).await?;
        let is_requester =
            self.read.from().map(EmailAddress::as_str) == candidate.requester_email.as_deref();
        tickets::add_participants(tx, self, ticket, is_requester).await?;
        silent::resubmit(tx, self, ticket).await?;
        answer::prove(tx, self, &ruled.decided).await?;
        if let Some(status) = becomes.filter(|status| status.id != candidate.status) {
            let detail = json!({
                "from": candidate.status.to_string(), "to": status.id.to_string(), "by": "mail",
            });
            self.record(tx, ticket, "status_changed", detail).await?;
        }
        self.tell_assignee(tx, candidate).await?;
        self.tell_house(tx, ticket).await?;
        live::announce(tx, live::TICKET, ticket);
        self.applied(tx, gathered, ruled, ticket).await
    }

    /// A receipt or a complaint: a line in the ticket's history.
    async fn event(
        &self,
        tx: &mut Tx<'_>,
        gathered: &Gathered,
        candidate: &Candidate,
        ruled: &Ruled,
    ) -> Result<Applied> {
        let (kind, detail) = silent::event(self);
        self.record(tx, candidate.id, kind, detail).await?;
        live::announce(tx, live::TICKET, candidate.id);
        let verdict = Verdict { ticket: Some(candidate.id), ..self.verdict(&ruled.decided) };
        self.write_down(tx, gathered, ruled, &verdict).await
    }

    /// The assignee hears of what a person wrote, unless he wrote it himself.
    pub(super) async fn tell_assignee(&self, tx: &mut Tx<'_>, candidate: &Candidate) -> Result<()> {
        let is_person = matches!(self.read.class, MailClass::Personal | MailClass::List);
        let Some(agent) = candidate.assignee.filter(|_| is_person && !self.waiting.archive) else {
            return Ok(());
        };
        let from = self.read.from().map(EmailAddress::as_str);
        if self.directory.agent(agent).is_some_and(|agent| Some(agent.email.as_str()) == from) {
            return Ok(());
        }
        let (message, ids) = (self.read.message, self.ids);
        notify::answered(tx, candidate.id, agent, message, ids, self.now).await
    }

    /// Nothing becomes of the mail but its entry in the journal.
    pub(super) async fn aside(
        &self,
        tx: &mut Tx<'_>,
        gathered: &Gathered,
        ruled: &Ruled,
        state: &str,
        problem: Option<&str>,
        duplicate_of: Option<MailId>,
    ) -> Result<Applied> {
        let verdict = Verdict { state, problem, duplicate_of, ..self.verdict(&ruled.decided) };
        self.write_down(tx, gathered, ruled, &verdict).await
    }

    pub(super) async fn applied(
        &self,
        tx: &mut Tx<'_>,
        gathered: &Gathered,
        ruled: &Ruled,
        ticket: TicketId,
    ) -> Result<Applied> {
        self.tell_too_large(tx, ticket).await?;
        let verdict = Verdict {
            state: "applied",
            ticket: Some(ticket),
            message: Some(self.read.message),
            ..self.verdict(&ruled.decided)
        };
        self.write_down(tx, gathered, ruled, &verdict).await
    }

    async fn write_down(
        &self,
        tx: &mut Tx<'_>,
        gathered: &Gathered,
        ruled: &Ruled,
        verdict: &Verdict<'_>,
    ) -> Result<Applied> {
        let mail = self.waiting.id;
        store::decide(tx, mail, verdict, self.now).await?;
        hits::add(tx, mail, &ruled.fired).await?;
        if verdict.duplicate_of.is_none() && !self.waiting.archive {
            let empty = wanted::empty(self, gathered.contact.as_ref());
            let facts = Kept::of(self, gathered, &empty);
            hits::keep_facts(tx, mail, &pack(&to_json(&facts))).await?;
        }
        live::announce(tx, live::MAIL, mail);
        Ok(Applied::Done(verdict.outcome))
    }

    fn verdict(&self, decided: &Decided) -> Verdict<'_> {
        Verdict {
            state: "applied",
            outcome: decided.decision.outcome(),
            ticket: None,
            message: None,
            duplicate_of: None,
            evidence: write::evidence(decided),
            oddities: self.read.oddities.clone(),
            problem: None,
            class: (self.read.class != MailClass::Personal).then(|| self.read.class.code()),
            message_id: self.read.mail.message_id.as_deref(),
            from_address: self.read.from().map(EmailAddress::as_str),
            from_name: self.read.mail.from.as_ref().and_then(|from| from.name.as_deref()),
            subject: Some(&self.read.mail.subject),
        }
    }

    /// The sender on record, made if a person wrote who is not there yet.
    async fn contact(&self, tx: &mut Tx<'_>, sender: SenderKind) -> Result<Option<Contact>> {
        // Forms write as the mailbox itself: that is nobody's address.
        let is_person = matches!(self.read.class, MailClass::Personal | MailClass::List)
            && sender != SenderKind::OwnMailbox;
        match self.read.from().filter(|_| is_person) {
            Some(address) => {
                let name = self.read.author();
                contact::make(tx, &name, address, self.ids, self.now).await.map(Some)
            }
            None => Ok(None),
        }
    }

    async fn link(
        &self,
        tx: &mut Tx<'_>,
        ticket: TicketId,
        number: &str,
        other: TicketId,
        gathered: &Gathered,
    ) -> Result<()> {
        let Some(old) = gathered.tickets.iter().find(|candidate| candidate.id == other) else {
            return Ok(());
        };
        tickets::link(tx, ticket, other).await?;
        self.record(tx, ticket, "linked", json!({ "to": old.number })).await?;
        self.record(tx, other, "linked", json!({ "to": number })).await?;
        live::announce(tx, live::TICKET, other);
        Ok(())
    }

    pub(super) async fn record(
        &self,
        tx: &mut Tx<'_>,
        ticket: TicketId,
        kind: &'static str,
        detail: serde_json::Value,
    ) -> Result<()> {
        let event = Event { ticket, kind, agent: None, at: self.now, detail, ids: self.ids };
        history::record(tx, event).await
    }

    /// Gives back the keys that were claimed: the operation is run again.
    async fn take_back(&self, tx: &mut Tx<'_>) -> Result<()> {
        keys::unclaim(tx, &keys_of(self), self.waiting.id).await
    }
}
