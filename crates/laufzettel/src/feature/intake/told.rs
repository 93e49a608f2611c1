//! Who hears of what a mail led to, beside the assignee, and what is written down of a ticket that was done at
//! once.

use db::{Result, Tx};
use rules::intake::MailClass;
use rules::status::StatusKind;
use serde_json::json;

use super::apply::ApplyMail;
use super::wanted::Wanted;
use crate::feature::notify::house;
use crate::record::message::Mailbox as Named;
use crate::record::{AreaId, TicketId};

impl ApplyMail<'_> {
    /// Writes down that a ticket was done as soon as it was made, and tells those who want to hear of new ones.
    pub(super) async fn complete(
        &self,
        tx: &mut Tx<'_>,
        (ticket, area): (TicketId, AreaId),
        wanted: &Wanted<'_>,
    ) -> Result<()> {
        if self.waiting.archive {
            return Ok(());
        }
        let done = wanted.status.filter(|_| self.mailbox.options().completed);
        if let Some(status) = done.filter(|status| status.kind.0 == StatusKind::Done) {
            let from = self.directory.status_of_kind(StatusKind::Unread);
            let from = from.map(|one| one.id.to_string());
            let detail = json!({ "from": from, "to": status.id.to_string(), "by": "mailbox" });
            self.record(tx, ticket, "status_changed", detail).await?;
        }
        let message = self.read.message;
        house::created(tx, self.directory, (ticket, area), message, (self.ids, self.now)).await
    }

    /// Whoever sent a mail that is too large is told so, once: a mail is decided once.
    pub(super) async fn tell_too_large(&self, tx: &mut Tx<'_>, ticket: TicketId) -> Result<()> {
        let is_wanted = self.waiting.left_bytes.is_some()
            && self.read.class == MailClass::Personal
            && !self.waiting.archive
            && self.mailbox.options().tells_too_large;
        let Some(from) = self.read.from().filter(|_| is_wanted) else { return Ok(()) };
        let to = Named { name: self.read.author(), email: from.to_string() };
        house::too_large(tx, ticket, to, self.mailbox, (self.ids, self.now)).await
    }

    /// Those who want to hear of answers do, unless a machine wrote.
    pub(super) async fn tell_house(&self, tx: &mut Tx<'_>, ticket: TicketId) -> Result<()> {
        let is_person = matches!(self.read.class, MailClass::Personal | MailClass::List);
        match is_person && !self.waiting.archive {
            true => {
                house::answered(tx, self.directory, ticket, self.read.message, (self.ids, self.now))
                    .await
            }
            false => Ok(()),
        }
    }
}
