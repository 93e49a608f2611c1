//! Closing a ticket and telling its contacts, in one operation (F-CLOSE-01, F-CLOSE-02).

use db::{Operation, Result, Tx, View};
use rules::right::Right;
use serde::{Deserialize, Serialize};
use serde_json::json;
use values::Language;

use super::store;
use crate::feature::change::action::{Act, Acted, Action};
use crate::feature::change::store::hold;
use crate::record::actor::{Acting, Actor, Denied};
use crate::record::directory::{Directory, by_id};
use crate::record::message::Mailbox;
use crate::record::outgoing::Filling;
use crate::record::ticket::{self, Ticket};
use crate::texts;

/// The kind of the jobs.
pub const JOB: &str = "closing";
/// Letters of a text that is sent.
pub const TEXT_LETTERS_MAX: usize = 10_000;

/// Which contacts of a ticket hear that it is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notify {
    /// All of them where the area says so; else nobody.
    ByArea,
    /// Nobody.
    Nobody,
    /// All of them.
    All,
    /// The one with this address.
    One(String),
}

/// What the mail says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The text; `None` for the usual sentence.
    pub text: Option<String>,
    /// Whether the conversation stands below it (F-CLOSE-03).
    pub history: bool,
}

/// The facts of the job.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Detail {
    /// Who caused it.
    pub agent: String,
    /// Who gets it.
    pub to: Vec<Mailbox>,
    /// The text; `None` for the usual sentence.
    pub text: Option<String>,
    /// Whether the conversation stands below it.
    pub history: bool,
}

/// The contacts of a ticket: those who take part, the requester first. Without anybody it is the
/// requester's address, and without that nobody.
pub async fn contacts(view: &mut View<'_>, ticket: &Ticket) -> Result<Vec<Mailbox>> {
    let requester = ticket.requester_email.clone();
    let requester = requester.map(|email| Mailbox { name: ticket.requester_name.clone(), email });
    let mut all: Vec<Mailbox> = requester.into_iter().collect();
    for other in store::participants(view, ticket.id).await? {
        if !all.iter().any(|known| known.email.eq_ignore_ascii_case(&other.address)) {
            all.push(Mailbox { name: other.name, email: other.address });
        }
    }
    Ok(all)
}

/// What is said where nobody wrote anything: the words of the area, else the usual sentence (F-TPL-13).
pub fn usual_text(
    directory: &Directory,
    agent: &Actor,
    ticket: &Ticket,
    language: Language,
) -> String {
    let area = by_id(&directory.areas, ticket.area.number());
    match area.and_then(|area| area.closing_text.as_deref()) {
        Some(text) => Filling::of(agent, directory, ticket, language).text(text),
        None => texts::notify(language).closing_text(&ticket.number),
    }
}

/// Closes a ticket and tells its contacts.
pub struct Close<'a> {
    /// The closing.
    pub act: Act<'a>,
    /// Who hears of it.
    pub notify: &'a Notify,
    /// What is said.
    pub words: &'a Words,
}

/// How closing ended.
#[derive(Debug)]
pub enum Closed {
    /// As the act says; if it was done, so many contacts hear of it.
    Acted(Acted, usize),
    /// The address that is to hear of it is no contact's.
    NoContact,
}

impl Operation for Close<'_> {
    type Outcome = Closed;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Closed> {
        // Who is told is known before anything is written: a refusal must leave nothing.
        hold(tx, self.act.number).await?;
        let actor = self.act.acting.actor;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.act.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Closed::Acted(Acted::Denied(denied), 0)),
        };
        let Some(told) = told(tx, &ticket, self.notify, self.act.directory).await? else {
            return Ok(Closed::NoContact);
        };
        let acted = self.act.run(tx).await?;
        let Acted::Done { undo, .. } = &acted else { return Ok(Closed::Acted(acted, 0)) };
        let is_closing = matches!(self.act.action, Action::Close | Action::Abandon);
        let count = if undo.is_empty() || !is_closing { 0 } else { told.len() };
        if count > 0 {
            put(tx, &self.act.acting, &ticket, told, self.words).await?;
        }
        Ok(Closed::Acted(acted, count))
    }
}

/// Tells contacts of a ticket that was closed a moment ago, because somebody said so when asked.
pub struct TellContacts<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
    /// The lists.
    pub directory: &'a Directory,
    /// Who hears of it.
    pub notify: &'a Notify,
    /// What is said.
    pub words: &'a Words,
}

/// How telling ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// So many hear of it.
    Done(usize),
    /// No right, or no such ticket.
    Denied(Denied),
    /// The address that is to hear of it is no contact's.
    NoContact,
}

impl Operation for TellContacts<'_> {
    type Outcome = Told;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Told> {
        hold(tx, self.number).await?;
        let actor = self.acting.actor;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Told::Denied(denied)),
        };
        let Some(told) = told(tx, &ticket, self.notify, self.directory).await? else {
            return Ok(Told::NoContact);
        };
        let count = told.len();
        if count > 0 {
            put(tx, &self.acting, &ticket, told, self.words).await?;
        }
        Ok(Told::Done(count))
    }
}

/// Tells all contacts of a ticket that was closed, where the area says so.
pub async fn by_area(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    ticket: &Ticket,
    directory: &Directory,
) -> Result<()> {
    match told(tx, ticket, &Notify::ByArea, directory).await? {
        Some(to) if !to.is_empty() => put(tx, acting, ticket, to, &Words::default()).await,
        _ => Ok(()),
    }
}

/// Who hears of it; `None` if the one who shall is no contact.
async fn told(
    tx: &mut Tx<'_>,
    ticket: &Ticket,
    notify: &Notify,
    directory: &Directory,
) -> Result<Option<Vec<Mailbox>>> {
    let area = by_id(&directory.areas, ticket.area.number());
    let sends = area.is_some_and(|area| area.closing_mail == "send");
    Ok(match notify {
        Notify::Nobody => Some(Vec::new()),
        Notify::ByArea if !sends => Some(Vec::new()),
        Notify::ByArea if !directory.mail_rules.copies => {
            Some(contacts(tx, ticket).await?.into_iter().take(1).collect())
        }
        Notify::ByArea | Notify::All => Some(contacts(tx, ticket).await?),
        Notify::One(address) => {
            let all = contacts(tx, ticket).await?;
            let one = all.into_iter().find(|one| one.email.eq_ignore_ascii_case(address));
            one.map(|one| vec![one])
        }
    })
}

async fn put(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    ticket: &Ticket,
    to: Vec<Mailbox>,
    words: &Words,
) -> Result<()> {
    let agent = acting.actor.agent.to_string();
    let detail = Detail { agent, to, text: words.text.clone(), history: words.history };
    super::put(tx, JOB, ticket.id, json!(detail), acting.ids, acting.now).await
}
