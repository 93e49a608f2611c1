//! Recalling an answer that has not left yet: as if it had not been sent, but for its line in the
//! history. What was written is a draft again.

use db::{Operation, Result, Tx, View};
use rules::right::Right;
use serde_json::{Value, json};

use super::store::recall as store;
use crate::feature::change::store::hold;
use crate::feature::change::{Change, ChangeTicket};
use crate::record::actor::{Acting, Denied};
use crate::record::directory::Directory;
use crate::record::draft::{self, Kind};
use crate::record::{OutboundId, ticket};
use crate::service::live;
use crate::service::search;

/// Recalls an answer.
pub struct Recall<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
    /// The lists.
    pub directory: &'a Directory,
    /// The mail.
    pub mail: OutboundId,
    /// The changes that lead the ticket back.
    pub changes: &'a [Change],
}

/// How recalling ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Recalled {
    /// It did not leave; the draft of this kind has it.
    Done(Kind),
    /// It has left, or is leaving.
    TooLate,
    /// No right, no such ticket, or somebody else's mail.
    Denied(Denied),
}

impl Operation for Recall<'_> {
    type Outcome = Recalled;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Recalled> {
        hold(tx, self.number).await?;
        let actor = self.acting.actor;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Recalled::Denied(denied)),
        };
        let Some(mail) = store::own_mail(tx, self.mail, ticket.id, actor.agent).await? else {
            return Ok(Recalled::Denied(Denied::NotFound));
        };
        let Some(message) = mail.message else { return Ok(Recalled::TooLate) };
        if !store::cancel(tx, self.mail, self.acting.now).await? {
            return Ok(Recalled::TooLate);
        }
        let kind = Kind::from_code(&mail.kind).unwrap_or(Kind::Reply);
        let before = self.before(tx, ticket.id).await?;
        store::remove_message(tx, message, &mail.message_id, ticket.id).await?;
        search::remove(tx, message.number()).await?;
        store::set_back(tx, ticket.id, &before, self.acting.now).await?;
        draft::bring_back(tx, ticket.id, actor.agent, kind, self.acting.now).await?;
        self.change_back(tx).await?;
        let detail = json!({ "mail": self.mail.to_string() });
        self.acting.record(tx, ticket.id, "recalled", detail).await?;
        live::announce(tx, live::TICKET, ticket.id);
        Ok(Recalled::Done(kind))
    }
}

impl Recall<'_> {
    /// What the ticket was before the answer, as its event says.
    async fn before(&self, view: &mut View<'_>, ticket: crate::record::TicketId) -> Result<Value> {
        let events = crate::service::history::of_ticket(view, ticket, 50).await?;
        let mail = self.mail.to_string();
        let of_mail = events.iter().rev().find_map(|event| {
            let detail: Value = serde_json::from_str(&event.detail).ok()?;
            let is_meant = detail.get("mail").and_then(Value::as_str) == Some(mail.as_str());
            detail.get("before").filter(|_| is_meant).cloned()
        });
        Ok(of_mail.unwrap_or_default())
    }

    async fn change_back(&self, tx: &mut Tx<'_>) -> Result<()> {
        if self.changes.is_empty() {
            return Ok(());
        }
        let change = ChangeTicket {
            acting: self.acting,
            number: self.number,
            directory: self.directory,
            version: None,
            changes: self.changes,
        };
        // Somebody may have changed what would go back; then that stays.
        change.run(tx).await.map(drop)
    }
}
