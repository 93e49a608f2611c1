//! Pairs of an address and a mailbox that fell silent because something answers our automatic mails
//! (mail.md 1.8): who they are, and lifting it.

use db::{Operation, Reading, Result, Tx, View};
use values::EmailAddress;

use super::store::{self, Muted};
use crate::record::administration::{By, Change, Fact, Kind, Subject};
use crate::record::mailbox::Mailbox;
use crate::record::{MailboxId, TicketId};
use crate::service::history::{self, Event};
use crate::service::live;

/// Reads the addresses that get no automatic answers of a mailbox.
pub struct ReadMuted(pub MailboxId);

impl Reading for ReadMuted {
    type Outcome = Vec<Muted>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Muted>> {
        store::muted(view, self.0).await
    }
}

/// Answers an address automatically again.
pub struct Lift<'a> {
    /// The mailbox.
    pub mailbox: &'a Mailbox,
    /// The address.
    pub address: &'a EmailAddress,
    /// Who does it.
    pub by: By<'a>,
}

/// How lifting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifted {
    /// It is answered again.
    Done,
    /// It was not silent.
    NotMuted,
}

impl Operation for Lift<'_> {
    type Outcome = Lifted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Lifted> {
        let (mailbox, address) = (self.mailbox.id, self.address);
        store::hold(tx, &self.mailbox.name).await?;
        let Some(ticket) = store::unmute(tx, mailbox, address).await? else {
            return Ok(Lifted::NotMuted);
        };
        self.record(tx, ticket).await?;
        live::announce(tx, live::MAILBOX, mailbox);
        Ok(Lifted::Done)
    }
}

impl Lift<'_> {
    async fn record(&self, tx: &mut Tx<'_>, ticket: Option<TicketId>) -> Result<()> {
        let (id, name) = (self.mailbox.id.number(), self.mailbox.label.as_str());
        let facts = vec![Fact::new("muted", Some(self.address.to_string()), None)];
        let change = Change { subject: Subject::Mailbox, id, name, kind: Kind::Changed, facts };
        self.by.record(tx, &change).await?;
        let Some(ticket) = ticket else { return Ok(()) };
        let detail = serde_json::json!({ "to": self.address.as_str() });
        let (agent, at, ids) = (self.by.agent, self.by.now, self.by.ids);
        let kind = "silence_lifted";
        history::record(tx, Event { ticket, kind, agent, at, detail, ids }).await?;
        live::announce(tx, live::TICKET, ticket);
        Ok(())
    }
}
