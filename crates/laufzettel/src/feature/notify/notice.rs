//! What a job means: who is to be told what, if he still is to be told.

use db::{Reading, Result, View};
use serde::Deserialize;
use values::EmailAddress;

use super::{Kind, store};
use crate::record::actor::{self, Actor};
use crate::record::directory::Directory;
use crate::record::message::{self, Message};
use crate::record::sender::CONFIGURED;
use crate::record::ticket::{self, Ticket};
use crate::record::{AgentId, MessageId};
use crate::service::jobs::Due;

/// The facts of a job.
#[derive(Debug, Default, Deserialize)]
struct Detail {
    agent: Option<String>,
    by: Option<String>,
    message: Option<String>,
    words: Option<String>,
}

/// A notice to an agent.
#[derive(Debug)]
pub struct Notice {
    /// What it tells of.
    pub kind: Kind,
    /// Who is told.
    pub reader: Actor,
    /// His address.
    pub address: EmailAddress,
    /// The ticket.
    pub ticket: Ticket,
    /// Who caused it, if it was an agent.
    pub by: Option<String>,
    /// The message that it is about, or the last one.
    pub message: Option<Message>,
    /// The words of the mail server.
    pub words: Option<String>,
    /// As whom it leaves.
    pub from: From,
}

/// As whom a notice leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The name beside the address.
    pub name: String,
    /// The address.
    pub address: String,
    /// Whose mail server takes it.
    pub account: i64,
}

/// Reads what a job needs. `None`: nobody is to be told.
pub struct ReadNotice<'a> {
    /// The job.
    pub job: &'a Due,
    /// What it is to tell of.
    pub kind: Kind,
    /// The lists.
    pub directory: &'a Directory,
}

impl Reading for ReadNotice<'_> {
    type Outcome = Option<Notice>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Notice>> {
        let detail: Detail = serde_json::from_str(&self.job.detail).unwrap_or_default();
        let id = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i64>().ok());
        let Some(agent) = id(&detail.agent).map(AgentId::from_number) else { return Ok(None) };
        let by = id(&detail.by).map(AgentId::from_number);
        // Only an active agent is found, and only what he may see.
        let Some(reader) = actor::load(view, agent).await? else { return Ok(None) };
        let Some(ticket) = self.job.ticket else { return Ok(None) };
        let Some(ticket) = ticket::visible(view, &reader, &[ticket]).await?.pop() else {
            return Ok(None);
        };
        if by == Some(agent) || !store::wants(view, agent, self.kind).await? {
            return Ok(None);
        }
        let after = id(&detail.message).map(|id| MessageId::from_number(id.saturating_add(1)));
        let message = message::of_ticket(view, ticket.id, after, 1).await?.pop();
        let from = sender(self.directory, &ticket);
        let (Ok(address), Some(from)) = (EmailAddress::parse(&reader.email), from) else {
            return Ok(None);
        };
        let by = by.and_then(|by| self.directory.agent(by)).map(|agent| agent.name.clone());
        let (kind, words) = (self.kind, detail.words);
        Ok(Some(Notice { kind, reader, address, ticket, by, message, words, from }))
    }
}

/// The default sender, else a mailbox of the ticket's area, else any mailbox.
pub fn sender(directory: &Directory, ticket: &Ticket) -> Option<From> {
    let default = directory.senders.iter().find(|sender| sender.is_default && sender.active);
    if let Some(sender) = default {
        let (name, address) = (sender.name.clone(), sender.address.clone());
        return Some(From { name, address, account: sender.account() });
    }
    let mailboxes = &directory.mailboxes;
    let of_area = mailboxes.iter().find(|mailbox| mailbox.area == ticket.area);
    let mailbox = of_area.or_else(|| mailboxes.first())?;
    let address = mailbox.addresses().into_iter().next()?;
    let (name, address) = (mailbox.label.clone(), address.as_str().to_owned());
    Some(From { name, address, account: CONFIGURED })
}
