//! The way back: messages return to the ticket that they left, and a merged ticket is one again.

use db::{Failure, Operation, Result, Tx};
use rules::right::Right;
use serde_json::json;

use super::store::{self, Stored};
use super::way_back::WayBack;
use crate::feature::change::stage_of;
use crate::feature::change::store::{hold, index_ticket};
use crate::record::actor::{Acting, Actor, Denied};
use crate::record::directory::Directory;
use crate::record::ticket::{self, StoredStage, Ticket};
use crate::record::{MessageId, RegroupingId};
use crate::service::{live, search};

/// Takes a regrouping back.
pub struct Separate<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The lists.
    pub directory: &'a Directory,
    /// What is taken back.
    pub regrouping: RegroupingId,
    /// How much of the step in which it was done.
    pub reach: Reach,
}

/// How much of a step is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// One regrouping alone.
    One,
    /// All tickets that were merged in the same step return, or none.
    Step,
}

/// How taking it back ended.
#[derive(Debug)]
pub enum Separated {
    /// It is done: the ticket to which the messages returned, and the one they left.
    Done(Box<(Ticket, Ticket)>),
    /// No right on one of the tickets, or there was no such thing.
    Denied(Denied),
    /// It was taken back before; the ticket that is left, as far as it is one.
    Before(Box<Ticket>),
    /// None of the messages is where they went, or that ticket was merged itself: it has to be
    /// separated first.
    Elsewhere(Box<Ticket>),
}

impl Operation for Separate<'_> {
    type Outcome = Separated;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Separated> {
        let found = self.meant(tx).await?;
        let numbers = found.iter().flat_map(|one| [&one.source_number, &one.target_number]);
        let mut numbers: Vec<&String> = numbers.collect();
        numbers.sort_unstable();
        numbers.dedup();
        for number in numbers {
            hold(tx, number).await?;
        }
        // Somebody else may have done it while this one waited.
        let found = self.meant(tx).await?;
        let mut before = None;
        let mut left = Vec::new();
        for one in &found {
            match look(tx, self.acting.actor, one).await? {
                Ok(_) => left.push(one),
                Err(Separated::Before(ticket)) => before = Some(ticket),
                Err(ended) => return Ok(ended),
            }
        }
        let mut ended = match before {
            Some(ticket) => Separated::Before(ticket),
            None => Separated::Denied(Denied::NotFound),
        };
        for one in left {
            // What the one before has changed is looked at again. That it hinders this one cannot be:
            // then nothing of it stays.
            match look(tx, self.acting.actor, one).await? {
                Ok((tickets, messages)) => {
                    ended = self.take_back(tx, one, tickets, messages).await?;
                }
                Err(_) => return Err(Failure::other("a step was taken back only in part")),
            }
        }
        Ok(ended)
    }
}

/// The ticket that the messages left, that in which they are, and the messages that can return.
type Brought = ((Ticket, Ticket), Vec<store::Carried>);

/// Looks whether a regrouping can be taken back.
async fn look(
    tx: &mut Tx<'_>,
    actor: &Actor,
    found: &Stored,
) -> Result<std::result::Result<Brought, Separated>> {
    let source = ticket::merged(tx, actor, Right::WorkOnTicket, found.source).await?;
    let target = ticket::merged(tx, actor, Right::WorkOnTicket, found.target).await?;
    let (source, target) = match (source, target) {
        (Ok(source), Ok(target)) => (source, target),
        (Err(denied), _) | (_, Err(denied)) => return Ok(Err(Separated::Denied(denied))),
    };
    if found.undone_at.is_some() {
        return Ok(Err(Separated::Before(Box::new(target))));
    }
    let messages = store::brought(tx, found.target, found.id).await?;
    let is_whole =
        found.is_merge() && store::is_merged_into(tx, found.source, found.target).await?;
    if target.stage.0 == rules::status::Stage::Merged || (messages.is_empty() && !is_whole) {
        return Ok(Err(Separated::Elsewhere(Box::new(target))));
    }
    Ok(Ok(((source, target), messages)))
}

impl Separate<'_> {
    /// What is taken back, the newest first.
    async fn meant(&self, tx: &mut Tx<'_>) -> Result<Vec<Stored>> {
        let one = store::find(tx, &[self.regrouping]).await?;
        let step = one.first().map(|one| one.way_back().step).unwrap_or_default();
        if self.reach == Reach::One || step.is_empty() {
            return Ok(one);
        }
        let ids: Vec<RegroupingId> = step.into_iter().map(RegroupingId::from_number).collect();
        store::find(tx, &ids).await
    }

    async fn take_back(
        &self,
        tx: &mut Tx<'_>,
        found: &Stored,
        (source, target): (Ticket, Ticket),
        messages: Vec<store::Carried>,
    ) -> Result<Separated> {
        let back: WayBack = found.way_back();
        let ids: Vec<MessageId> = messages.iter().map(|message| message.id).collect();
        store::give_back(tx, source.id, &ids, &back.before).await?;
        store::take_mails(tx, source.id, &messages).await?;
        if source.area != target.area {
            store::index_messages(tx, &ids, source.area).await?;
        }
        store::remove_participants(tx, target.id, &back).await?;
        if found.is_merge() {
            self.part(tx, &back, &source, &target).await?;
        }
        store::undone(tx, found.id, self.acting.now).await?;
        for (ticket, kept) in [(&target, &back.target), (&source, &back.source)] {
            let figures = kept.restored(store::counted(tx, ticket.id).await?);
            store::set_figures(tx, ticket.id, &figures, false, self.acting.now).await?;
        }
        // A ticket that was split off and has nothing of its own is none any more.
        if found.is_split() && store::count(tx, target.id).await? == 0 {
            store::close(tx, target.id, source.id, self.acting.now).await?;
            search::remove(tx, target.id.number()).await?;
            index_ticket(tx, &source).await?;
        }
        self.record(tx, found, &source, &target).await?;
        let actor = self.acting.actor;
        let source = ticket::merged(tx, actor, Right::ReadTicket, source.id).await?;
        let target = ticket::merged(tx, actor, Right::ReadTicket, target.id).await?;
        match (source, target) {
            (Ok(source), Ok(target)) => Ok(Separated::Done(Box::new((source, target)))),
            (Err(denied), _) | (_, Err(denied)) => Ok(Separated::Denied(denied)),
        }
    }

    /// What a ticket brought besides its messages.
    async fn part(
        &self,
        tx: &mut Tx<'_>,
        back: &WayBack,
        source: &Ticket,
        target: &Ticket,
    ) -> Result<()> {
        store::remove_tags(tx, &self.acting, target, &back.tags).await?;
        store::set_marks(tx, target.id, back.marks).await?;
        store::remove_links(tx, target.id, &back.links).await?;
        store::give_back_lone_mails(tx, source.id, target.id, &back.mails).await?;
        store::lead_back(tx, source.id, target.id, &back.followers).await?;
        store::remove_drafts(tx, target.id, &back.drafts, self.acting.now).await?;
        let stage =
            stage_of(self.directory, source.status).map_or(0, |stage| StoredStage(stage).number());
        store::open_again(tx, source.id, stage, self.acting.now).await?;
        index_ticket(tx, source).await?;
        index_ticket(tx, target).await
    }

    async fn record(
        &self,
        tx: &mut Tx<'_>,
        found: &Stored,
        source: &Ticket,
        target: &Ticket,
    ) -> Result<()> {
        for (ticket, other) in [(source, target), (target, source)] {
            let detail = json!({
                "regrouping": found.id.to_string(),
                "kind": found.kind,
                "to": other.number,
            });
            self.acting.record(tx, ticket.id, "separated", detail).await?;
            live::announce(tx, live::TICKET, ticket.id);
        }
        Ok(())
    }
}
