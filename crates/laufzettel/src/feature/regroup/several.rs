//! Merging several tickets at once: all of them, or none.

use db::{Operation, Reading, Result, Tx, View};
use rules::regroup::{Hindrance, several};
use rules::right::Right;
use rules::status::Stage;

use super::MESSAGES_MAX;
use super::carry::{Carry, Kind};
use super::merge::fresh;
use super::store::{self, Carried};
use crate::feature::change::store::hold;
use crate::record::RegroupingId;
use crate::record::actor::{Acting, Actor};
use crate::record::ticket::{self, Ticket, is_numbered, is_own, may};

/// Merges several tickets into one. Whoever names a ticket by a number of before a merging is told so:
/// he has chosen a ticket, not all that it belongs to since.
pub struct MergeSeveral<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The numbers of the tickets that go, each once.
    pub sources: &'a [String],
    /// The number of the ticket that stays.
    pub target: &'a str,
}

/// How merging them ended.
#[derive(Debug)]
pub enum Merged {
    /// They are one: what leads back, and the ticket that stays.
    Done(RegroupingId, Box<Ticket>),
    /// Not all of them can be merged: how each one stands, that which stays first.
    InTheWay(Vec<(String, Standing)>),
    /// They cannot be merged in one step.
    Hindered(Hindrance),
}

/// How a ticket stands that is to be merged.
#[derive(Debug)]
pub enum Standing {
    /// It can be merged.
    Ready(Box<Ticket>),
    /// There is none by this number, or the actor may not see it.
    Unknown,
    /// The actor may not work in it.
    NotAllowed(Box<Ticket>),
    /// The number leads to this ticket since a merging.
    MergedBefore(Box<Ticket>),
    /// It lies in the trash.
    InTrash(Box<Ticket>),
}

impl Standing {
    fn of(actor: &Actor, number: &str, ticket: Ticket) -> Self {
        let ticket = Box::new(ticket);
        let is_allowed = may(actor, Right::WorkOnTicket, ticket.area, is_own(actor, &ticket));
        match () {
            () if !is_numbered(&ticket, number) => Self::MergedBefore(ticket),
            () if !is_allowed => Self::NotAllowed(ticket),
            () if ticket.stage.0 == Stage::Trash => Self::InTrash(ticket),
            () => Self::Ready(ticket),
        }
    }

    /// The ticket, if it can be merged.
    pub fn ready(&self) -> Option<&Ticket> {
        match self {
            Self::Ready(ticket) => Some(ticket),
            _ => None,
        }
    }
}

impl Operation for MergeSeveral<'_> {
    type Outcome = Merged;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Merged> {
        let mut numbers = vec![self.target.to_owned()];
        numbers.extend_from_slice(self.sources);
        if let Err(hindrance) = several(numbers.len()) {
            return Ok(Merged::Hindered(hindrance));
        }
        // In one order, so that two who merge the same ones wait for each other.
        let mut in_order: Vec<&String> = numbers.iter().collect();
        in_order.sort_unstable();
        for number in in_order {
            hold(tx, number).await?;
        }
        let standings = standings(tx, self.acting.actor, &numbers).await?;
        let ready = standings.iter().filter_map(|(_, standing)| standing.ready().cloned());
        let mut ready: Vec<Ticket> = ready.collect();
        if ready.len() < numbers.len() {
            return Ok(Merged::InTheWay(standings));
        }
        let target = ready.remove(0);
        ready.sort_by_key(|ticket| (ticket.created_at, ticket.id));
        ready.dedup_by_key(|ticket| ticket.id);
        let is_twice = ready.len() < self.sources.len();
        if is_twice || ready.iter().any(|source| source.id == target.id) {
            return Ok(Merged::Hindered(Hindrance::SameTicket));
        }
        self.merge(tx, ready, target).await
    }
}

impl MergeSeveral<'_> {
    /// Carries the messages of one after the other, the oldest ticket first.
    async fn merge(&self, tx: &mut Tx<'_>, sources: Vec<Ticket>, target: Ticket) -> Result<Merged> {
        let mut all: Vec<(Ticket, Vec<Carried>)> = Vec::new();
        let mut left = MESSAGES_MAX;
        for source in sources {
            let messages = store::of_ticket(tx, source.id, left + 1).await?;
            match left.checked_sub(messages.len()) {
                Some(fewer) => left = fewer,
                None => return Ok(Merged::Hindered(Hindrance::TooMany)),
            }
            all.push((source, messages));
        }
        let acting = self.acting;
        let ids = all.iter().map(|_| acting.ids.next(acting.now));
        let ids: Vec<RegroupingId> = ids.collect();
        let step: &[RegroupingId] = if ids.len() > 1 { &ids } else { &[] };
        let (mut target, mut last) = (target, None);
        for ((source, messages), regrouping) in all.into_iter().zip(ids.iter().copied()) {
            let kind = Kind::Merge;
            let carry = Carry { acting, kind, regrouping, step, source, target, messages };
            let done = carry.run(tx).await?;
            // The next one has to see the tags and the times that this one brought.
            target = fresh(tx, acting.actor, &done.target).await?;
            last = Some(done.regrouping);
        }
        match last {
            Some(regrouping) => Ok(Merged::Done(regrouping, Box::new(target))),
            None => Ok(Merged::Hindered(Hindrance::OneTicket)),
        }
    }
}

/// Looks how tickets stand that are to be merged.
pub struct ReadSeveral<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// Their numbers.
    pub numbers: &'a [String],
}

impl Reading for ReadSeveral<'_> {
    type Outcome = Vec<(String, Standing)>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        standings(view, self.actor, self.numbers).await
    }
}

/// How each of these tickets stands, in their order.
async fn standings(
    view: &mut View<'_>,
    actor: &Actor,
    numbers: &[String],
) -> Result<Vec<(String, Standing)>> {
    let found = ticket::numbered(view, actor, numbers).await?;
    let mut standings = Vec::new();
    for number in numbers {
        let own = found.iter().find(|ticket| is_numbered(ticket, number));
        let ticket = match own {
            Some(ticket) => Some(ticket.clone()),
            // Only a number that no visible ticket bears is asked where it leads.
            None => ticket::open(view, actor, Right::ReadTicket, number).await?.ok(),
        };
        let standing = ticket.map(|ticket| Standing::of(actor, number, ticket));
        standings.push((number.clone(), standing.unwrap_or(Standing::Unknown)));
    }
    Ok(standings)
}
