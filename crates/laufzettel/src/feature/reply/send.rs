//! An agent writes to the outside: the message, its mail, and what it does to the ticket, or nothing.

use db::{Operation, Result, Tx};
use rules::answer::kind_after_answer;
use rules::right::Right;
use rules::status::{Stage, StatusKind};
use serde_json::json;
use values::Timestamp;

use super::Refusal;
use super::prepare::Prepared;
use super::readers;
use super::store;
use super::store::news::{self, News, Own};
use crate::feature::change::store::hold;
use crate::feature::change::{Change, ChangeTicket, Changed};
use crate::record::actor::{Acting, Denied};
use crate::record::body::Body;
use crate::record::directory::{Directory, by_id};
use crate::record::draft::{self, Draft, Kind};
use crate::record::message::Message;
use crate::record::ticket::{self, Ticket, is_numbered};
use crate::record::{AgentId, AttachmentId, MessageId, OutboundId};
use crate::service::live;
use crate::service::outbox::{self, NewMail, Recipient};

/// The status that a ticket gets with an answer (F-STAT-13).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// What its area says.
    AsAreaSays,
    /// The first active status of this kind.
    Kind(StatusKind),
    /// This entry of the list.
    Status(i64),
}

/// An answer as it is wanted.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// An answer, a mail that is handed on, or a note that leaves as a mail, too.
    pub kind: Kind,
    /// Where a note was written: `web` or `api`.
    pub channel: &'static str,
    /// What was written.
    pub body: Body,
    /// Pictures of the body: uploads with the names they have in it.
    pub pictures: Vec<AttachmentId>,
    /// The address it leaves from; empty for the usual one.
    pub sender: String,
    /// Who gets it; empty for the requester.
    pub recipients: Vec<Recipient>,
    /// The subject without the number; empty for that of the ticket.
    pub subject: String,
    /// New files, pictures among them.
    pub uploads: Vec<AttachmentId>,
    /// Files of the ticket that go with it.
    pub kept: Vec<AttachmentId>,
    /// Whether the signature stands below it.
    pub is_signed: bool,
    /// The status afterwards.
    pub then: Then,
    /// The newest message that the writer saw; without it nobody is held back.
    pub seen: Option<MessageId>,
    /// Whether the writer knows that some get mail of this ticket for the first time, or an internal
    /// note though they are not of the team.
    pub knows_strangers: bool,
    /// The draft that it was; kept so that it can be recalled.
    pub draft: Option<Draft>,
    /// It can be recalled for so many seconds.
    pub undo_seconds: i64,
    /// When a note was written, if that was not now (F-ACT-06).
    pub at: Option<Timestamp>,
    /// Whom it concerns, if that is not its author alone (F-ACT-05).
    pub concerns: Option<Vec<AgentId>>,
}

/// Sends an answer.
pub struct SendReply<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
    /// The lists.
    pub directory: &'a Directory,
    /// What is wanted.
    pub wanted: &'a Wanted,
    /// The mail, built from what the ticket was a moment ago.
    pub prepared: &'a Prepared,
}

/// How sending ended.
#[derive(Debug)]
pub enum Sent {
    /// It is in the outbox.
    Done {
        /// The message.
        message: MessageId,
        /// Its mail.
        mail: OutboundId,
        /// The changes that lead the ticket back.
        undo: Vec<Change>,
    },
    /// The ticket is not what the mail was built from: it has to be built again.
    Stale,
    /// It was not sent.
    Refused(Refusal),
}

impl Operation for SendReply<'_> {
    type Outcome = Sent;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Sent> {
        hold(tx, self.number).await?;
        let actor = self.acting.actor;
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Sent::Refused(Refusal::Denied(denied))),
        };
        if let Some(refusal) = self.held_back(tx, &ticket).await? {
            return Ok(Sent::Refused(refusal));
        }
        if ticket.id != self.prepared.ticket
            || store::newest(tx, ticket.id).await? != self.prepared.newest
            || ticket.subject != self.prepared.subject_before
            || ticket.area != self.prepared.area
        {
            return Ok(Sent::Stale);
        }
        let before = store::before(tx, ticket.id).await?;
        let undo = match self.set_status(tx, &ticket).await? {
            Ok(undo) => undo,
            Err(refusal) => return Ok(Sent::Refused(refusal)),
        };
        self.write(tx, &ticket, &before).await?;
        let (message, mail) = (self.prepared.message, self.prepared.mail);
        Ok(Sent::Done { message, mail, undo })
    }
}

impl SendReply<'_> {
    /// The send guard: news since it was begun, and recipients that are new to the ticket.
    async fn held_back(&self, tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Option<Refusal>> {
        if ticket.stage.0 == Stage::Trash {
            return Ok(Some(Refusal::Trashed));
        }
        if let Some(seen) = self.wanted.seen {
            if !is_numbered(ticket, self.number) {
                return Ok(Some(Refusal::Merged(ticket.number.clone())));
            }
            if news::is_elsewhere(tx, ticket.id, seen).await? {
                return Ok(Some(Refusal::Elsewhere));
            }
            let own = Own {
                agent: self.acting.actor.agent,
                visibility: self.visibility(),
                mail_kind: self.mail_kind().code(),
            };
            let news = news::since(tx, ticket.id, seen, own).await?;
            if let Some(refusal) = self.company(&news) {
                return Ok(Some(refusal));
            }
        }
        if self.wanted.kind == Kind::Note {
            return readers::unfit(tx, self, ticket).await;
        }
        if self.wanted.kind == Kind::Forward || self.wanted.knows_strangers {
            return Ok(None);
        }
        let strangers = store::strangers(tx, ticket, &self.prepared.recipients).await?;
        Ok((!strangers.is_empty()).then_some(Refusal::Strangers(strangers)))
    }

    /// The same words to the same people are a second click, other words come from another tab (S43).
    /// A note for the team answers nobody, so news do not hold it back.
    fn company(&self, news: &News) -> Option<Refusal> {
        let is_again = |own: &Message| {
            own.says(&self.wanted.body.segment.text)
                && own.recipients() == store::listed(&self.prepared.recipients)
        };
        match &news.own {
            Some(own) if is_again(own) => Some(Refusal::SentAlready),
            _ if self.wanted.kind == Kind::Note => None,
            Some(_) => Some(Refusal::OwnNews),
            None => news.from_others.then_some(Refusal::News),
        }
    }

    /// `internal` or `external`.
    pub fn visibility(&self) -> &'static str {
        if self.wanted.kind == Kind::Note { "internal" } else { "external" }
    }

    fn mail_kind(&self) -> outbox::Kind {
        match self.wanted.kind {
            Kind::Forward => outbox::Kind::Forward,
            Kind::Note => outbox::Kind::Note,
            Kind::Reply => outbox::Kind::Reply,
        }
    }

    async fn set_status(
        &self,
        tx: &mut Tx<'_>,
        ticket: &Ticket,
    ) -> Result<std::result::Result<Vec<Change>, Refusal>> {
        let Some(status) = self.status_after(ticket) else { return Ok(Ok(Vec::new())) };
        let change = ChangeTicket {
            acting: self.acting,
            number: self.number,
            directory: self.directory,
            version: None,
            changes: &[Change::Status(status)],
        };
        Ok(match change.run(tx).await? {
            Changed::Done { undo, .. } => Ok(undo),
            Changed::Stale(_) => Ok(Vec::new()),
            Changed::Denied(denied) => Err(Refusal::Denied(denied)),
            Changed::Refused(refused) => Err(Refusal::Status(refused)),
        })
    }

    fn status_after(&self, ticket: &Ticket) -> Option<i64> {
        let kind = match self.wanted.then {
            Then::Status(status) => return Some(status),
            Then::Kind(kind) => Some(kind),
            // Handing a mail on and writing to the team answer nobody.
            Then::AsAreaSays if self.wanted.kind != Kind::Reply => None,
            Then::AsAreaSays => {
                let area = by_id(&self.directory.areas, ticket.area.number());
                let now = by_id(&self.directory.statuses, ticket.status.number())?.kind.0;
                kind_after_answer(now, area.and_then(|area| area.kind_after_answer()))
            }
        };
        self.directory.status_of_kind(kind?).map(|status| status.id.number())
    }

    async fn write(&self, tx: &mut Tx<'_>, ticket: &Ticket, before: &store::Before) -> Result<()> {
        let (wanted, prepared, acting) = (self.wanted, self.prepared, &self.acting);
        store::insert_message(tx, self, ticket).await?;
        let ready = &prepared.ready;
        let mail = NewMail {
            id: prepared.mail,
            kind: self.mail_kind(),
            ticket: Some(ticket.id),
            message: Some(prepared.message),
            agent: Some(acting.actor.agent),
            account: prepared.from.account,
            from: (&prepared.from.name, &prepared.from.address),
            envelope_from: &ready.envelope_from,
            subject: &ready.subject,
            message_id: &ready.message_id,
            raw: &ready.raw,
            recipients: &prepared.recipients,
            now: acting.now,
            not_before: self.not_before(),
        };
        outbox::put(tx, &mail).await?;
        store::refer(tx, ticket.id, prepared).await?;
        if wanted.kind == Kind::Reply {
            store::add_participants(tx, ticket.id, &prepared.recipients).await?;
        }
        store::touch(tx, self, ticket.id).await?;
        let agent = acting.actor.agent;
        if let Some(draft) = &wanted.draft {
            draft::keep_sent(tx, ticket.id, agent, wanted.kind, draft, acting.now).await?;
        }
        let kind = match wanted.kind {
            Kind::Forward => "forwarded",
            Kind::Note => "note_added",
            Kind::Reply => "replied",
        };
        let detail = json!({
            "message": prepared.message.to_string(),
            "mail": prepared.mail.to_string(),
            "before": before.as_json(),
        });
        acting.record(tx, ticket.id, kind, detail).await?;
        live::announce(tx, live::TICKET, ticket.id);
        Ok(())
    }

    fn not_before(&self) -> Timestamp {
        self.acting.now.plus_millis(self.wanted.undo_seconds.clamp(0, 30) * 1000)
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}
