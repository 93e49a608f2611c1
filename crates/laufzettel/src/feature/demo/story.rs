//! One conversation while it is written, step by step, each by its ordinary operation.

use std::time::Duration;

use db::{Failure, Result};
use values::Timestamp;

use super::conversation::{Conversation, Deed, Incoming, Property, Step};
use super::file::enclosure;
use super::fill::World;
use super::mails::Name;
use super::past::{Answer, NoteReading, Then, Words, WritePast};
use super::store::ReadAnchor;
use super::thread::{Mail, Thread};
use crate::App;
use crate::feature::change::{Change, ChangeTicket, Changed};
use crate::feature::intake::{self, Arrival, Outcome, StoredMail, Way};
use crate::record::Attachment;
use crate::record::actor::Acting;
use crate::record::directory::{Directory, Listed, by_name};
use crate::record::message::{File, Mailbox};
use crate::service::blobs::Prepared;
use crate::service::mail_ids;

/// How long mails are on their way.
const TRAVEL: Duration = Duration::from_secs(3);

/// One conversation while it is written.
pub(super) struct Story<'a> {
    app: &'a App,
    world: &'a World,
    conversation: &'a Conversation,
    number: String,
    thread: Thread<'a>,
    /// The first reference of our mails.
    anchor: String,
    mails: usize,
}

impl<'a> Story<'a> {
    /// The conversation at this place.
    pub fn new(app: &'a App, world: &'a World, place: usize) -> Result<Self> {
        let conversation = world.conversation(place)?;
        let thread = Thread::new(&world.company, &world.calendar, conversation);
        Ok(Self {
            app,
            world,
            conversation,
            number: conversation.number.map_or(String::new(), |number| number.to_string()),
            thread: thread.map_err(Failure::other)?,
            anchor: String::new(),
            mails: 0,
        })
    }

    /// Stores the first mail.
    pub async fn store_first(&mut self) -> Result<StoredMail> {
        let (at, incoming) = self.first()?;
        let mail = self.thread.receive(at, incoming).map_err(Failure::other)?;
        self.store(&mail, self.conversation.mailbox, &mail.bytes, at).await
    }

    /// Decides about the first mail: the ticket begins.
    pub async fn begin(&self, stored: StoredMail) -> Result<()> {
        let (at, _) = self.first()?;
        self.decide(stored, at).await
    }

    fn first(&self) -> Result<(Timestamp, &'a Incoming)> {
        match self.conversation.steps.first() {
            Some(Step { at, deed: Deed::Customer(incoming) }) => Ok((*at, incoming)),
            _ => Err(self.problem("it does not begin with a mail")),
        }
    }

    /// Writes what happened after the first mail, and gives the number of mails.
    pub async fn go_on(mut self) -> Result<usize> {
        let (at, incoming) = self.first()?;
        self.thread.skip(at, incoming).map_err(Failure::other)?;
        self.mails += 1;
        if self.conversation.number.is_some() {
            let anchor = self.app.db.read(&ReadAnchor { number: &self.number }).await?;
            let domain = self.world.company.domain;
            self.anchor = mail_ids::anchor(&self.app.keys, &anchor.public_id, domain);
        }
        let mut steps = self.conversation.steps.iter().skip(1).peekable();
        while let Some(step) = steps.next() {
            let then = whose_turn(steps.peek().map(|step| &step.deed));
            self.step(step, then).await?;
        }
        Ok(self.mails)
    }

    async fn step(&mut self, step: &Step, then: Then) -> Result<()> {
        match &step.deed {
            Deed::Customer(incoming) => self.customer(step.at, incoming).await,
            Deed::Agent { agent, text, files } => {
                self.answer(step.at, agent, text, files, then).await
            }
            Deed::Note { agent, text } => self.write(step.at, agent, Words::Note(text)).await,
            Deed::Set { agent, changes } => self.set(step.at, agent, changes).await,
        }
    }

    async fn customer(&mut self, at: Timestamp, incoming: &Incoming) -> Result<()> {
        let mail = self.thread.receive(at, incoming).map_err(Failure::other)?;
        let stored = self.store(&mail, self.conversation.mailbox, &mail.bytes, at).await?;
        self.mails += 1;
        self.decide(stored, at).await?;
        let Some((mailbox, bytes)) = &mail.copy else { return Ok(()) };
        let at = at.plus(TRAVEL);
        let stored = self.store(&mail, mailbox, bytes, at).await?;
        self.mails += 1;
        intake::decide_at(self.app, stored, at.plus(TRAVEL)).await.map(drop)
    }

    async fn decide(&self, stored: StoredMail, at: Timestamp) -> Result<()> {
        let decided = intake::decide_at(self.app, stored, at.plus(TRAVEL)).await?;
        let Outcome { outcome, ticket, .. } = decided;
        match ticket.as_deref().unwrap_or_default() == self.number {
            true => Ok(()),
            false => Err(self.problem(&format!("a mail became {outcome} {ticket:?}"))),
        }
    }

    /// Stores a mail as the mail server brings it.
    async fn store(
        &self,
        mail: &Mail,
        mailbox: &str,
        bytes: &[u8],
        at: Timestamp,
    ) -> Result<StoredMail> {
        let mailbox = self.world.directory.mailbox(mailbox);
        let mailbox = mailbox.ok_or_else(|| self.problem("the mailbox is missing"))?;
        let address = mailbox.addresses().first().map(ToString::to_string);
        let arrival = Arrival {
            mailbox: mailbox.id,
            way: Way::Lmtp,
            envelope_from: Some(mail.sender.clone().unwrap_or_default()),
            envelope_to: address.into_iter().collect(),
            internal_date: Some(at.plus(TRAVEL)),
            is_archive: false,
        };
        intake::store_at(self.app, &arrival, bytes, at.plus(TRAVEL)).await
    }

    async fn answer(
        &mut self,
        at: Timestamp,
        name: &str,
        text: &str,
        files: &[String],
        then: Then,
    ) -> Result<()> {
        let agent = self.world.company.agent(name).map_err(Failure::other)?;
        let (keys, domain) = (&self.app.keys, self.world.company.domain);
        let message_id = mail_ids::message_id(keys, rand::random(), domain);
        let files = self.files(files, at)?;
        let answer = Answer {
            from: mailbox(self.thread.sender(agent)),
            to: mailbox(self.thread.requester()),
            subject: &self.thread.answer_subject(),
            text,
            signature: &self.thread.signature(agent),
            message_id: &message_id,
            files: &files,
            then,
        };
        self.write(at, name, Words::Answer(answer)).await?;
        self.thread.answered(at, agent, text, &self.anchor, &message_id);
        Ok(())
    }

    fn files(&self, names: &[String], at: Timestamp) -> Result<Vec<(File, Prepared)>> {
        let file = |name: &String| {
            let file = enclosure(name);
            let bytes = self.app.blobs.prepare(&file.bytes)?;
            let described = File {
                id: self.app.ids.next::<Attachment>(at).number(),
                name: file.name,
                media_type: file.media_type.to_owned(),
                size_bytes: i64::try_from(bytes.size_bytes).map_err(Failure::other)?,
                sha256: values::hex(&bytes.hash),
                inline: false,
            };
            Ok((described, bytes))
        };
        names.iter().map(file).collect()
    }

    async fn write(&self, at: Timestamp, agent: &str, words: Words<'_>) -> Result<()> {
        let write = WritePast { acting: self.acting(agent, at)?, number: &self.number, words };
        match self.app.db.write(&write).await? {
            Ok(_) => Ok(()),
            Err(denied) => Err(self.problem(&format!("{agent} may not write: {denied:?}"))),
        }
    }

    async fn set(&self, at: Timestamp, agent: &str, changes: &[Property]) -> Result<()> {
        let directory = &self.world.directory;
        let has_looked = changes.contains(&Property::Seen);
        let changes: Option<Vec<Change>> =
            changes.iter().map(|property| change(property, directory)).collect();
        let change = ChangeTicket {
            acting: self.acting(agent, at)?,
            number: &self.number,
            directory,
            version: None,
            changes: &changes.ok_or_else(|| self.problem("a list lacks an entry"))?,
        };
        match self.app.db.write(&change).await? {
            Changed::Done { .. } => {}
            other => return Err(self.problem(&format!("{agent} may not change it: {other:?}"))),
        }
        if !has_looked {
            return Ok(());
        }
        let read = NoteReading { acting: self.acting(agent, at)?, number: &self.number };
        self.app.db.write(&read).await
    }

    fn acting(&self, agent: &str, now: Timestamp) -> Result<Acting<'a>> {
        let actor = self.world.actors.iter().find(|actor| actor.name == agent);
        let actor = actor.ok_or_else(|| self.problem(&format!("nobody is called {agent}")))?;
        Ok(Acting { actor, now, ids: &self.app.ids })
    }

    fn problem(&self, what: &str) -> Failure {
        Failure::other(format!("the sample ticket {}: {what}", self.number))
    }
}

fn mailbox(name: Name) -> Mailbox {
    Mailbox { name: name.name, email: name.address }
}

/// A property as a change of today's lists.
fn change(property: &Property, directory: &Directory) -> Option<Change> {
    Some(match property {
        Property::Status(key) => Change::Status(number(&directory.statuses, key)?),
        Property::Assignee(name) => {
            let agent = directory.agents.iter().find(|agent| agent.name == *name)?;
            Change::Assignee(Some(agent.id.number()))
        }
        Property::Priority(key) => Change::Priority(number(&directory.priorities, key)?),
        Property::Category(key) => Change::Category(Some(number(&directory.categories, key)?)),
        Property::Queue(key) => Change::Queue(Some(number(&directory.queues, key)?)),
        Property::RequestType(key) => {
            Change::RequestType(Some(number(&directory.request_types, key)?))
        }
        Property::Area(key) => Change::Area(number(&directory.areas, key)?),
        Property::Subject(text) => Change::Subject(text.clone()),
        Property::Tags(tags) => Change::Tags(tags.clone()),
        Property::Due(at) => Change::Due(Some(at.millis())),
        Property::Seen => Change::Unseen(false),
        Property::Unseen => Change::Unseen(true),
        Property::Spam => Change::Spam,
    })
}

fn number<T: Listed>(list: &[T], key: &str) -> Option<i64> {
    by_name(list, key).map(Listed::number)
}

/// It is the customer's turn if the agent says so right after the answer.
fn whose_turn(next: Option<&Deed>) -> Then {
    let ends = |change: &Property| {
        let ours = ["offen", "rueckfrage", "klaeren", "zugewiesen"];
        matches!(change, Property::Status(key) if !ours.contains(&key.as_str()))
    };
    match next {
        Some(Deed::Set { changes, .. }) if changes.iter().any(ends) => Then::CustomersTurn,
        _ => Then::OurTurn,
    }
}
