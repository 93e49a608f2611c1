//! Splitting messages off into a ticket of their own.

use db::{Operation, Result, Tx};
use rules::regroup::{Hindrance, Share, share};
use rules::right::{Place, Right, allows};
use rules::status::StatusKind;
use rules::subject::base_subject;
use serde_json::json;
use values::EmailAddress;

use super::carry::{Carry, Kind};
use super::merge::fresh;
use super::store::{self, Beginning, Carried};
use super::{MESSAGES_MAX, Regrouped, Side};
use crate::feature::change::store::{hold, index_ticket};
use crate::record::actor::{Acting, Denied};
use crate::record::contact::{self, Contact};
use crate::record::directory::Directory;
use crate::record::ticket::{self, Ticket};
use crate::record::{MessageId, TicketId};

/// Splits messages off.
pub struct SplitMessages<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The lists.
    pub directory: &'a Directory,
    /// The number of the ticket that they leave.
    pub source: &'a str,
    /// The messages.
    pub messages: &'a [MessageId],
    /// What the new ticket is about; without it, what the first message says.
    pub subject: Option<&'a str>,
    /// The id of the new ticket.
    pub id: TicketId,
    /// A number that was drawn for it.
    pub number: &'a str,
    /// Its public id.
    pub public_id: &'a str,
}

impl Operation for SplitMessages<'_> {
    type Outcome = Regrouped;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Regrouped> {
        let actor = self.acting.actor;
        hold(tx, self.source).await?;
        let source = match ticket::open(tx, actor, Right::WorkOnTicket, self.source).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Regrouped::Denied(Side::Source, denied)),
        };
        if !allows(&actor.rights, Right::CreateTicket, Place::Area(source.area.number())) {
            return Ok(Regrouped::Denied(Side::Target, Denied::NotAllowed));
        }
        let messages = store::chosen(tx, source.id, self.messages).await?;
        let total = store::count(tx, source.id).await?;
        let hindrance = match share(self.messages.len(), messages.len(), total, MESSAGES_MAX) {
            Ok(Share::Some) if source.stage.0 == rules::status::Stage::Trash => {
                Some(Hindrance::SourceInTrash)
            }
            Ok(Share::Some) => None,
            Ok(Share::All) => Some(Hindrance::NothingLeft),
            Err(hindrance) => Some(hindrance),
        };
        if let Some(hindrance) = hindrance {
            return Ok(Regrouped::Hindered(hindrance, Box::new(source)));
        }
        match self.begin(tx, &source, &messages).await? {
            Some(target) => self.carry(tx, source, target, messages).await,
            None => Ok(Regrouped::NumberTaken),
        }
    }
}

impl SplitMessages<'_> {
    /// Makes the ticket, still without messages; `None` if its number is taken.
    async fn begin(
        &self,
        tx: &mut Tx<'_>,
        source: &Ticket,
        messages: &[Carried],
    ) -> Result<Option<Ticket>> {
        let asks = messages.iter().find(|message| message.is_of_person());
        let email =
            asks.and_then(|message| EmailAddress::parse(message.author_email.as_deref()?).ok());
        let contact = match &email {
            Some(email) => contact::by_address(tx, email).await?,
            None => None,
        };
        let subject = self.subject_of(source, messages);
        let kind = match source.assignee {
            Some(_) => StatusKind::Assigned,
            None => StatusKind::Unread,
        };
        let beginning = Beginning {
            id: self.id,
            number: self.number,
            public_id: self.public_id,
            subject: &subject,
            status: self.directory.status_of_kind(kind),
            creator: self.acting.actor.agent,
            channel: messages.first().map_or("mail", |message| message.channel.as_str()),
            requester: email.as_ref().map(|email| (name(asks, contact.as_ref()), email)),
            contact: contact.as_ref(),
            now: self.acting.now,
        };
        if !store::begin(tx, source, &beginning).await? {
            return Ok(None);
        }
        let made = ticket::merged(tx, self.acting.actor, Right::ReadTicket, self.id).await?;
        store::join_marks(tx, source.id, self.id).await?;
        if let Ok(Ticket { requester_email: Some(email), requester_name, .. }) = &made {
            store::add_requester(tx, self.id, email, requester_name).await?;
        }
        made.map(Some).map_err(|_| db::Failure::other("a ticket that was just made is not there"))
    }

    fn subject_of(&self, source: &Ticket, messages: &[Carried]) -> String {
        let own = messages.iter().map(|message| base_subject(&message.subject));
        let given = self.subject.map(str::to_owned).into_iter().chain(own);
        let said = given.map(|text| text.trim().to_owned()).find(|text| !text.is_empty());
        said.unwrap_or_else(|| source.subject.clone())
    }

    async fn carry(
        &self,
        tx: &mut Tx<'_>,
        source: Ticket,
        target: Ticket,
        messages: Vec<Carried>,
    ) -> Result<Regrouped> {
        let actor = self.acting.actor;
        self.acting.record(tx, target.id, "created", json!({ "by": "split" })).await?;
        store::link(tx, source.id, target.id).await?;
        index_ticket(tx, &target).await?;
        let (acting, kind) = (self.acting, Kind::Split);
        let regrouping = acting.ids.next(acting.now);
        let carry = Carry { acting, kind, regrouping, step: &[], source, target, messages };
        let mut done = carry.run(tx).await?;
        done.target = fresh(tx, actor, &done.target).await?;
        done.source = fresh(tx, actor, &done.source).await?;
        Ok(Regrouped::Done(Box::new(done)))
    }
}

fn name(asks: Option<&Carried>, contact: Option<&Contact>) -> String {
    let on_record = contact.map(|contact| contact.name.clone());
    on_record.or_else(|| asks.map(|message| message.author_name.clone())).unwrap_or_default()
}
