//! Carrying messages from one ticket to another, with everything that hangs on them.

use db::{Result, Tx};
use serde_json::json;
use values::{EmailAddress, Timestamp};

use super::Done;
use super::store::{self, Carried};
use super::way_back::{Kept, WayBack};
use crate::feature::change::store::index_ticket;
use crate::record::actor::Acting;
use crate::record::message::recipients_of;
use crate::record::ticket::Ticket;
use crate::record::{MessageId, RegroupingId};
use crate::service::{live, search};

/// Why messages are carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Some belong into another ticket.
    Move,
    /// Some get a ticket of their own.
    Split,
    /// Both tickets are one.
    Merge,
}

impl Kind {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Split => "split",
            Self::Merge => "merge",
        }
    }

    /// What the history says of the ticket that the messages leave, and of the other one.
    fn events(self) -> (&'static str, &'static str) {
        match self {
            Self::Move => ("messages_moved", "messages_came"),
            Self::Split => ("messages_split", "messages_came"),
            Self::Merge => ("merged_into", "merged"),
        }
    }
}

/// Messages that are carried.
pub struct Carry<'a> {
    /// Who does it.
    pub acting: Acting<'a>,
    /// Why.
    pub kind: Kind,
    /// What leads back.
    pub regrouping: RegroupingId,
    /// What leads back from all that is merged in the same step, if that is more than one.
    pub step: &'a [RegroupingId],
    /// The ticket that they leave.
    pub source: Ticket,
    /// The ticket to which they go.
    pub target: Ticket,
    /// The messages.
    pub messages: Vec<Carried>,
}

impl Carry<'_> {
    /// Carries them. Both tickets are held, and the actor may do this.
    pub async fn run(self, tx: &mut Tx<'_>) -> Result<Done> {
        let regrouping = self.regrouping;
        let mut back = WayBack {
            before: self.messages.iter().filter_map(Carried::before).collect(),
            source: Kept::of(&store::figures(tx, self.source.id).await?),
            target: Kept::of(&store::figures(tx, self.target.id).await?),
            step: self.step.iter().map(|one| one.number()).collect(),
            ..WayBack::default()
        };
        let ids: Vec<MessageId> = self.messages.iter().map(|message| message.id).collect();
        store::take(tx, self.target.id, regrouping, &ids).await?;
        store::take_mails(tx, self.target.id, &self.messages).await?;
        if self.source.area != self.target.area {
            store::index_messages(tx, &ids, self.target.area).await?;
        }
        match self.kind {
            Kind::Merge => self.join(tx, &mut back).await?,
            Kind::Move | Kind::Split => self.add_participants(tx, &mut back).await?,
        }
        store::insert(tx, &self, &back).await?;
        self.settle(tx).await?;
        self.record(tx).await?;
        Ok(Done {
            regrouping,
            messages: ids.len(),
            is_merged: self.kind == Kind::Merge,
            is_new: self.kind == Kind::Split,
            source: self.source,
            target: self.target,
        })
    }

    /// What a ticket brings into another one besides its messages.
    async fn join(&self, tx: &mut Tx<'_>, back: &mut WayBack) -> Result<()> {
        let (source, target) = (self.source.id, self.target.id);
        back.participants = store::join_participants(tx, source, target).await?;
        back.accepted = store::accept_participants(tx, source, target).await?;
        back.tags = store::join_tags(tx, &self.acting, &self.source, &self.target).await?;
        back.marks = store::join_marks(tx, source, target).await?;
        back.links = store::join_links(tx, source, target).await?;
        back.mails = store::take_lone_mails(tx, source, target).await?;
        back.followers = store::lead_on(tx, source, target).await?;
        back.drafts = store::join_drafts(tx, source, target, self.acting.now).await?;
        store::take_jobs(tx, source, target).await?;
        store::close(tx, source, target, self.acting.now).await?;
        search::remove(tx, source.number()).await?;
        index_ticket(tx, &self.target).await
    }

    /// Whoever wrote a message, or got one, takes part where it is.
    async fn add_participants(&self, tx: &mut Tx<'_>, back: &mut WayBack) -> Result<()> {
        for (address, name) in self.messages.iter().flat_map(people) {
            if store::add_participant(tx, self.target.id, &address, &name).await? {
                back.participants.push(address.to_string());
            }
        }
        Ok(())
    }

    /// Counts both tickets anew.
    async fn settle(&self, tx: &mut Tx<'_>) -> Result<()> {
        let now = self.acting.now;
        let has_news = self.source.unseen && self.kind == Kind::Merge || self.brings_news();
        let figures = store::counted(tx, self.target.id).await?;
        store::set_figures(tx, self.target.id, &figures, has_news, now).await?;
        if self.kind != Kind::Merge {
            let figures = store::counted(tx, self.source.id).await?;
            store::set_figures(tx, self.source.id, &figures, false, now).await?;
        }
        Ok(())
    }

    /// Whether a customer wrote something that is newer than all that the ticket had of him.
    fn brings_news(&self) -> bool {
        let known = self.target.last_customer_at;
        let came = self.messages.iter().filter(|message| message.is_of_customer());
        let newest: Option<Timestamp> = came.map(|message| message.at).max();
        newest.is_some_and(|at| known.is_none_or(|known| at > known))
    }

    async fn record(&self, tx: &mut Tx<'_>) -> Result<()> {
        let (left, came) = self.kind.events();
        let (source, target) = (&self.source, &self.target);
        let files: usize = self.messages.iter().map(Carried::files).sum();
        let detail = |key: &str, other: &Ticket| {
            json!({
                "regrouping": self.regrouping.to_string(),
                "step": self.step.len(),
                key: other.number,
                "subject": other.subject,
                "messages": self.messages.len(),
                "files": files,
            })
        };
        self.acting.record(tx, source.id, left, detail("to", target)).await?;
        self.acting.record(tx, target.id, came, detail("from", source)).await?;
        live::announce(tx, live::TICKET, source.id);
        live::announce(tx, live::TICKET, target.id);
        Ok(())
    }
}

/// Who wrote an external message that came, or got one of ours.
fn people(message: &Carried) -> Vec<(EmailAddress, String)> {
    if message.visibility != "external" {
        return Vec::new();
    }
    let of_list = match message.direction.as_deref() {
        Some("out") => {
            let recipients = recipients_of(&message.recipients);
            let all = recipients.to.into_iter().chain(recipients.cc).chain(recipients.bcc);
            all.map(|one| (one.email, one.name)).collect()
        }
        _ => {
            let author = message.author_email.clone();
            author.map(|email| (email, message.author_name.clone())).into_iter().collect()
        }
    };
    let of_list: Vec<(String, String)> = of_list;
    let parsed = of_list
        .into_iter()
        .filter_map(|(email, name)| Some((EmailAddress::parse(&email).ok()?, name)));
    parsed.collect()
}
