//! What rules add beside a new ticket: tags, marks, who is told that it is his, a second ticket.

use db::{Result, Tx};
use rules::intake::Ruled;
use serde_json::json;

use super::apply::{ApplyMail, meant};
use super::facts::Gathered;
use super::store::{message as write, tickets};
use super::wanted::Wanted;
use crate::feature::notify;
use crate::record::{TicketId, contact, tags};
use crate::service::live;

impl ApplyMail<'_> {
    /// What rules add beside the ticket: tags, and who is told that it is his.
    pub(super) async fn add_wanted(
        &self,
        tx: &mut Tx<'_>,
        ticket: TicketId,
        wanted: &Wanted<'_>,
    ) -> Result<()> {
        if !wanted.tags.is_empty() {
            let names = tags::set(tx, ticket, &wanted.tags, self.ids, self.now).await?;
            tickets::set_tags(tx, ticket, &names).await?;
        }
        if !wanted.marks.is_empty() {
            tickets::set_marks(tx, ticket, &wanted.marks).await?;
        }
        if let (Some(company), Some(contact)) = (wanted.employer, &wanted.requester) {
            contact::add_company(tx, contact, company).await?;
        }
        if let Some(agent) = wanted.assignee {
            let detail = json!({ "from": null, "to": agent.to_string(), "by": "rule" });
            self.record(tx, ticket, "assignee_changed", detail).await?;
            notify::assigned_by_rule(tx, ticket, agent, self.ids, self.now).await?;
        }
        Ok(())
    }

    /// The mail becomes a message of a second ticket as well (F-MAIL-31).
    pub(super) async fn copy(
        &self,
        tx: &mut Tx<'_>,
        gathered: &Gathered,
        ruled: &Ruled,
        ticket: i64,
    ) -> Result<()> {
        let candidate = meant(gathered, ticket)?;
        let read = self.read.copy(self.ids);
        let other = ApplyMail { read: &read, ..*self };
        write::message(tx, &other, candidate.id, candidate.area, &ruled.decided).await?;
        tickets::touch(tx, &other, candidate.id, None, true).await?;
        self.tell_assignee(tx, candidate).await?;
        live::announce(tx, live::TICKET, candidate.id);
        Ok(())
    }
}
