//! Merging two tickets into one.

use db::{Operation, Result, Tx};
use rules::regroup::{Hindrance, Pair, between};
use rules::right::Right;

use super::carry::{Carry, Kind};
use super::store;
use super::{MESSAGES_MAX, Regrouped, Side};
use crate::feature::change::store::hold;
use crate::record::actor::{Acting, Actor, Denied};
use crate::record::ticket::{self, Ticket, is_numbered};

/// Merges a ticket into another one.
pub struct MergeTickets<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The number of the ticket that goes.
    pub source: &'a str,
    /// The number of the ticket that stays.
    pub target: &'a str,
}

impl Operation for MergeTickets<'_> {
    type Outcome = Regrouped;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Regrouped> {
        let pair = match both(tx, self.acting.actor, self.source, self.target).await? {
            Ok(pair) => pair,
            Err(ended) => return Ok(ended),
        };
        merge(tx, self.acting, pair).await
    }
}

/// Carries all messages of the first ticket.
pub(super) async fn merge(
    tx: &mut Tx<'_>,
    acting: Acting<'_>,
    (source, target): (Ticket, Ticket),
) -> Result<Regrouped> {
    let messages = store::of_ticket(tx, source.id, MESSAGES_MAX + 1).await?;
    if messages.len() > MESSAGES_MAX {
        return Ok(Regrouped::Hindered(Hindrance::TooMany, Box::new(source)));
    }
    let regrouping = acting.ids.next(acting.now);
    let carry =
        Carry { acting, kind: Kind::Merge, regrouping, step: &[], source, target, messages };
    let mut done = carry.run(tx).await?;
    done.target = fresh(tx, acting.actor, &done.target).await?;
    Ok(Regrouped::Done(Box::new(done)))
}

/// Both tickets, held, if messages may go from one to the other.
pub(super) async fn both(
    tx: &mut Tx<'_>,
    actor: &Actor,
    source: &str,
    target: &str,
) -> Result<std::result::Result<(Ticket, Ticket), Regrouped>> {
    // In one order, so that two who do the opposite wait for each other.
    for number in [source.min(target), source.max(target)] {
        hold(tx, number).await?;
    }
    let denied = |side, denied| Ok(Err(Regrouped::Denied(side, denied)));
    let leaving = match ticket::open(tx, actor, Right::WorkOnTicket, source).await? {
        Ok(ticket) => ticket,
        Err(why) => return denied(Side::Source, why),
    };
    let getting = match ticket::open(tx, actor, Right::WorkOnTicket, target).await? {
        Ok(ticket) => ticket,
        Err(why) => return denied(Side::Target, why),
    };
    let pair = Pair {
        is_one: leaving.id == getting.id,
        is_former_number: !is_numbered(&leaving, source) || !is_numbered(&getting, target),
        source: leaving.stage.0,
        target: getting.stage.0,
    };
    match between(pair) {
        Ok(()) => Ok(Ok((leaving, getting))),
        Err(hindrance) => Ok(Err(Regrouped::Hindered(hindrance, Box::new(leaving)))),
    }
}

/// The ticket as it is after the change.
pub(super) async fn fresh(tx: &mut Tx<'_>, actor: &Actor, ticket: &Ticket) -> Result<Ticket> {
    let found = ticket::open(tx, actor, Right::ReadTicket, &ticket.number).await?;
    Ok(found.unwrap_or_else(|_: Denied| ticket.clone()))
}
