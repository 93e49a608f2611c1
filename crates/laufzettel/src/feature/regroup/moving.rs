//! Moving messages to another ticket.

use db::{Operation, Result, Tx};
use rules::regroup::{Share, share};

use super::carry::{Carry, Kind};
use super::merge::{both, fresh, merge};
use super::store;
use super::{MESSAGES_MAX, Regrouped};
use crate::record::MessageId;
use crate::record::actor::Acting;

/// Moves messages of a ticket to another one. If none stays, the tickets are merged.
pub struct MoveMessages<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The number of the ticket that they leave.
    pub source: &'a str,
    /// The number of the ticket to which they go.
    pub target: &'a str,
    /// The messages.
    pub messages: &'a [MessageId],
}

impl Operation for MoveMessages<'_> {
    type Outcome = Regrouped;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Regrouped> {
        let actor = self.acting.actor;
        let (source, target) = match both(tx, actor, self.source, self.target).await? {
            Ok(pair) => pair,
            Err(ended) => return Ok(ended),
        };
        let messages = store::chosen(tx, source.id, self.messages).await?;
        let total = store::count(tx, source.id).await?;
        let kind = match share(self.messages.len(), messages.len(), total, MESSAGES_MAX) {
            Ok(Share::Some) => Kind::Move,
            Ok(Share::All) => return merge(tx, self.acting, (source, target)).await,
            Err(hindrance) => return Ok(Regrouped::Hindered(hindrance, Box::new(source))),
        };
        let acting = self.acting;
        let regrouping = acting.ids.next(acting.now);
        let carry = Carry { acting, kind, regrouping, step: &[], source, target, messages };
        let mut done = carry.run(tx).await?;
        done.target = fresh(tx, actor, &done.target).await?;
        done.source = fresh(tx, actor, &done.source).await?;
        Ok(Regrouped::Done(Box::new(done)))
    }
}
