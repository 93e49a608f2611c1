//! What the composer stands on: the ticket, who wrote last and to whom, and what the reader has begun to write.

use db::{Reading, Result, View, from_row};
use mail::read::typed_addresses;
use rules::answer::reply_to_all;
use rules::right::Right;
use values::{EmailAddress, Timestamp};

use super::store;
use crate::feature::ticket::read::TicketView;
use crate::record::MessageId;
use crate::record::actor::{Actor, Denied};
use crate::record::directory::Directory;
use crate::record::draft::{self, Saved};
use crate::record::message::{File, Mailbox, Message, Recipients, files_of, recipients_of};
use crate::record::outgoing::Origin;
use crate::record::ticket::{self, Ticket};

from_row! {
    /// A message without its words.
    #[derive(Clone, Debug)]
    pub struct Head {
        /// The message.
        pub id: MessageId,
        /// `internal` or `external`.
        pub visibility: String,
        /// `in`, `out`, or nothing for an internal one.
        pub direction: Option<String>,
        /// The name of who wrote it.
        pub author_name: String,
        /// The address of who wrote it.
        pub author_email: Option<String>,
        /// When it was stored.
        pub created_at: Timestamp,
        /// [`Recipients`] as JSON.
        pub recipients: String,
        /// A list of [`File`] as JSON.
        pub attachments: String,
        /// The class of an automatic mail.
        pub mail_class: Option<String>,
    }
}

impl Head {
    fn of(message: &Message) -> Self {
        Self {
            id: message.id,
            visibility: message.visibility.clone(),
            direction: message.direction.clone(),
            author_name: message.author_name.clone(),
            author_email: message.author_email.clone(),
            created_at: message.created_at,
            recipients: message.recipients.clone(),
            attachments: message.attachments.clone(),
            mail_class: message.mail_class.clone(),
        }
    }

    fn is_external(&self) -> bool {
        self.visibility == "external"
    }

    fn has_come(&self) -> bool {
        self.is_external() && self.direction.as_deref() == Some("in")
    }
}

/// What the composer stands on.
#[derive(Clone, Debug)]
pub struct Basis {
    /// The ticket.
    pub ticket: Ticket,
    /// What the reader has begun to write.
    pub drafts: Vec<Saved>,
    /// The newest messages, oldest first.
    heads: Vec<Head>,
}

impl Basis {
    /// Of a ticket whose page was read with its newest messages.
    pub fn of(view: &TicketView) -> Self {
        Self {
            ticket: view.ticket.clone(),
            drafts: view.drafts.clone(),
            heads: view.messages.iter().map(Head::of).collect(),
        }
    }

    /// The message that was stored last: whoever sends has seen what came until then.
    pub fn seen(&self) -> Option<MessageId> {
        let last = self.heads.iter().max_by_key(|head| (head.created_at, head.id));
        last.map(|head| head.id)
    }

    /// Who gets an answer: everybody of the last mail that came but ourselves, else the requester
    /// (F-OUT-13).
    pub fn addressees(&self, directory: &Directory) -> (String, String) {
        let ticket = &self.ticket;
        let requester = || named(&ticket.requester_name, ticket.requester_email.as_deref());
        let Some(last) = self.last_mail() else { return (requester(), String::new()) };
        let Recipients { to, cc, reply_to, .. } = recipients_of(&last.recipients);
        let author = Mailbox {
            name: last.author_name.clone(),
            email: last.author_email.clone().unwrap_or_default(),
        };
        let from = reply_to.first().cloned().unwrap_or(author);
        let is_own = |address: &EmailAddress| {
            directory.mailboxes.iter().any(|mailbox| mailbox.addresses().contains(address))
        };
        let (main, copies) = reply_to_all(Some(&from.email), &emails(&to), &emails(&cc), is_own);
        let name_of = |email: &str| {
            let mut all = std::iter::once(&from).chain(&to).chain(&cc);
            let name = all.find(|one| one.email == email).map(|one| one.name.as_str());
            named(name.unwrap_or_default(), Some(email))
        };
        let copies = if directory.mail_rules.copies { copies } else { Vec::new() };
        let list =
            |emails: Vec<&str>| emails.into_iter().map(name_of).collect::<Vec<_>>().join(", ");
        match main.is_empty() {
            true => (requester(), list(copies)),
            false => (list(main), list(copies)),
        }
    }

    /// Where the ticket came from, as its messages say it.
    pub fn origin(&self, directory: &Directory) -> Origin {
        let Some(last) = self.last_mail() else { return Origin::default() };
        let recipients = recipients_of(&last.recipients);
        let all = recipients.to.iter().chain(&recipients.cc);
        let typed = all.flat_map(|one| typed_addresses(&one.email)).filter_map(|one| one.address);
        let addresses: Vec<EmailAddress> = typed.collect();
        let found = directory.mailboxes.iter().find_map(|mailbox| {
            let own = mailbox.addresses();
            let received = addresses.iter().find(|address| own.contains(address))?;
            Some((mailbox.id, received.to_string()))
        });
        match found {
            Some((mailbox, received)) => {
                Origin { mailbox: Some(mailbox), received_by: Some(received) }
            }
            None => Origin::default(),
        }
    }

    /// The files of the last mail, which go with it when it is handed on.
    pub fn files(&self) -> Vec<File> {
        let last = self.heads.iter().rev().find(|head| head.is_external());
        let files = last.map(|head| files_of(&head.attachments)).unwrap_or_default();
        files.into_iter().filter(|file| !file.inline).collect()
    }

    /// The last mail that came from outside.
    fn last_mail(&self) -> Option<&Head> {
        let mut came = self.heads.iter().rev().filter(|head| head.has_come());
        came.clone().find(|head| head.mail_class.is_none()).or_else(|| came.next())
    }
}

fn emails(list: &[Mailbox]) -> Vec<&str> {
    list.iter().map(|one| one.email.as_str()).collect()
}

/// `Ann Hansen <ann@kunde.example>`, with quotes around a name that needs them.
fn named(name: &str, email: Option<&str>) -> String {
    let Some(email) = email.filter(|email| !email.is_empty()) else { return String::new() };
    let name = name.replace(['"', '\\'], " ");
    match name.trim() {
        "" => email.to_owned(),
        name if name == email => email.to_owned(),
        name if name.contains([',', ';', '<', '>', '(', ')', '@', ':']) => {
            format!("\"{name}\" <{email}>")
        }
        name => format!("{name} <{email}>"),
    }
}

/// Reads what the composer of a ticket stands on: three statements.
pub struct ReadBasis<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The number of the ticket.
    pub number: &'a str,
}

impl Reading for ReadBasis<'_> {
    type Outcome = std::result::Result<Basis, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let ticket = match ticket::open(view, self.actor, Right::ReadTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let heads = store::heads(view, ticket.id).await?;
        let drafts = draft::of_ticket(view, ticket.id, self.actor.agent).await?;
        Ok(Ok(Basis { ticket, drafts, heads }))
    }
}
