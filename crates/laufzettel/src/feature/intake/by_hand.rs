//! A person says where a mail belongs that lies in no ticket: to a ticket, into one of its own, or
//! nowhere (F-MAIL-32). No rule could place it, or a rule sorted it out.
//!
//! The mail goes the way of every other one, as if it had been decided so: message, search document,
//! status, contact and history come of the same code. What the rules had found stays as evidence.

use db::{Failure, Operation, Result, Tx};
use rules::intake::rule::Plan;
use rules::intake::{
    Decided, Decision, NewTicket, Ruled, SeenEffect, StatusEffect, StrangerWithNumber,
    UnknownSender, decide, status_after_customer_message,
};
use rules::right::{Place, Right, allows};
use serde_json::{Value, json};
use values::{IdMaker, Timestamp};

use super::apply::{Applied, ApplyMail};
use super::facts::{Gathered, gather, mail_facts, settings};
use super::ruled;
use super::store::by_hand::{self as store, Deed, Said};
use super::store::candidates::Candidate;
pub use super::worker::DRAWS_MAX;
use crate::App;
use crate::record::actor::{Actor, Denied};
use crate::record::area::Area;
use crate::record::directory::{Directory, by_id};
use crate::record::mailbox::Mailbox;
use crate::record::ticket::{self, Ticket};
use crate::record::{AreaId, MailId};
use crate::service::history::{self, Event};
use crate::service::live;

mod ready;

pub use ready::Ready;

/// Where a mail belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target<'a> {
    /// To the ticket with this number.
    Ticket(&'a str),
    /// Into a ticket of its own.
    New,
}

/// Whether a mail in this state, which came by this source, can be placed: it is decided and lies in no
/// ticket. What could not be read is tried again; what the team sent is no message of a customer.
pub fn can_be_placed(state: &str, source: &str) -> bool {
    state == "filtered" && source != "sent"
}

/// How placing a mail ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It lies in the ticket with this number.
    Done(String),
    /// Somebody else placed it, or it lies in a ticket.
    NotOpen,
    /// There is no ticket with this number that the actor may see.
    NoTicket,
    /// The actor sees the ticket, but may not work on it.
    TicketNotAllowed,
    /// The actor may make no tickets in the area of the mailbox.
    MayNotCreate,
    /// No right on the mail, or no such mail.
    Denied(Denied),
}

/// What the actor may do with the mails of a mailbox.
fn allowed(actor: &Actor, mailbox: Option<&Mailbox>) -> std::result::Result<(), Denied> {
    let has = |right: Right| {
        mailbox.is_some_and(|one| allows(&actor.rights, right, Place::Area(one.area.number())))
    };
    match (has(Right::ReadMails), has(Right::HandleMails)) {
        (false, _) => Err(Denied::NotFound),
        (true, false) => Err(Denied::NotAllowed),
        (true, true) => Ok(()),
    }
}

/// Puts a mail where a person says it belongs.
pub async fn place(app: &App, actor: &Actor, mail: MailId, target: Target<'_>) -> Result<Placed> {
    let ready = match Ready::of(app, actor, mail, target).await? {
        Ok(ready) => ready,
        Err(placed) => return Ok(placed),
    };
    let mut area = ready.area();
    for _ in 0..DRAWS_MAX {
        let number = ready.number(app, area).await?;
        match app.db.write(&ready.operation(app, number.as_ref())).await? {
            Tried::Ended(placed) => return Ok(placed),
            Tried::NumberTaken => {}
            Tried::NumberNeeded(of) => area = of,
        }
    }
    Err(Failure::other("no free ticket number was found; check the mask of ticket numbers"))
}

/// Puts a mail there, with a number if it becomes a ticket.
pub struct PlaceMail<'a> {
    apply: ApplyMail<'a>,
    actor: &'a Actor,
    target: Target<'a>,
}

/// How an attempt to place a mail ended.
pub enum Tried {
    /// It is decided.
    Ended(Placed),
    /// Somebody else has the number.
    NumberTaken,
    /// A rule wants the ticket in this area, which counts by itself.
    NumberNeeded(AreaId),
}

impl Operation for PlaceMail<'_> {
    type Outcome = Tried;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Tried> {
        let mail = self.apply.waiting.id;
        let ticket = match self.target {
            Target::Ticket(number) => {
                match ticket::open(tx, self.actor, Right::WorkOnTicket, number).await? {
                    Ok(ticket) => Some(ticket),
                    Err(Denied::NotFound) => return Ok(Tried::Ended(Placed::NoTicket)),
                    Err(Denied::NotAllowed) => return Ok(Tried::Ended(Placed::TicketNotAllowed)),
                }
            }
            Target::New => None,
        };
        if !store::hold_outside(tx, mail).await? {
            return Ok(Tried::Ended(Placed::NotOpen));
        }
        let before = store::said(tx, mail).await?;
        let gathered = gather(tx, &self.apply).await?;
        let applied = match &ticket {
            Some(ticket) => self.join(tx, &gathered, ticket).await?,
            None => self.make(tx, &gathered).await?,
        };
        match applied {
            Applied::NumberTaken => return Ok(Tried::NumberTaken),
            Applied::NumberNeeded(area) => return Ok(Tried::NumberNeeded(area)),
            Applied::Done(_) | Applied::DecidedBefore | Applied::Early => {}
        }
        let number = self.write_down(tx, &before).await?;
        Ok(Tried::Ended(Placed::Done(number)))
    }
}

impl PlaceMail<'_> {
    /// The mail joins the ticket and does to it what an answer of a customer does.
    async fn join(&self, tx: &mut Tx<'_>, gathered: &Gathered, ticket: &Ticket) -> Result<Applied> {
        let (apply, directory) = (&self.apply, self.apply.directory);
        let class = apply.read.class;
        let kind = by_id(&directory.statuses, ticket.status.number()).map(|one| one.kind.0);
        let area = by_id(&directory.areas, ticket.area.number());
        let (status, seen) = match (class.is_automatic() || apply.waiting.archive, kind) {
            (false, Some(kind)) => {
                let status = status_after_customer_message(
                    kind,
                    ticket.assignee.is_some(),
                    area.map(Area::after_closing).unwrap_or_default(),
                    area.map(Area::on_customer_answer).unwrap_or_default(),
                );
                (status, SeenEffect::MarkUnseen)
            }
            _ => (StatusEffect::Keep, SeenEffect::Keep),
        };
        let decision = Decision::FollowUp { ticket: ticket.id.number(), status, seen, class };
        let ruled = said(decision, Plan::default());
        let meant = candidate(ticket);
        let applied = apply.follow_up(tx, gathered, &meant, &ruled, status, seen).await?;
        // Who is put into a ticket by a person takes part in it: his next answer finds it by itself.
        if let Some(from) = apply.read.from() {
            store::takes_part(tx, ticket.id, from.as_str(), &apply.read.author()).await?;
        }
        Ok(applied)
    }

    /// The mail becomes a ticket as if the mailbox took everybody.
    async fn make(&self, tx: &mut Tx<'_>, gathered: &Gathered) -> Result<Applied> {
        let apply = &self.apply;
        let mut settings = settings(apply.mailbox, true);
        settings.unknown_sender = UnknownSender::Ticket;
        settings.stranger_with_number = StrangerWithNumber::LinkedTicket;
        let decided = decide(&mail_facts(apply), &gathered.known, &settings);
        let new = match decided.decision {
            Decision::NewTicket(new) => new,
            _ => NewTicket {
                linked_to: None,
                class: apply.read.class,
                may_be_answered_automatically: false,
            },
        };
        // What rules want of a new ticket counts for this one, too.
        let plan = ruled::decide(apply, gathered)?.plan;
        let ruled = said(Decision::NewTicket(new.clone()), plan);
        apply.new_ticket(tx, gathered, &ruled, &new).await
    }

    /// The evidence of before with who placed it in front, the history of the ticket, the deed.
    async fn write_down(&self, tx: &mut Tx<'_>, before: &Said) -> Result<String> {
        let (mail, ids, now) = (self.apply.waiting.id, self.apply.ids, self.apply.now);
        let after = store::said(tx, mail).await?;
        let (Some(ticket), Some(number)) = (after.ticket, after.number) else {
            return Err(Failure::other("a mail was placed and lies in no ticket"));
        };
        let found = without_clue(before.evidence.as_deref(), CLUE);
        let evidence = with_clue(Some(&found), "placed_by", &self.actor.name);
        store::keep_evidence(tx, mail, after.message, &evidence).await?;
        let is_new = self.target == Target::New;
        let detail = json!({ "mail": mail.to_string(), "made": is_new });
        let agent = Some(self.actor.agent);
        let event = Event { ticket, kind: "mail_placed", agent, at: now, detail, ids };
        history::record(tx, event).await?;
        let kind = if is_new { "made" } else { "assigned" };
        let deed = Deed { id: ids.next(now), mail, kind, actor: self.actor, now, detail: &number };
        store::record(tx, &deed).await?;
        Ok(number)
    }
}

/// What a person decided. What the rules had found is added to it as it was stored.
fn said(decision: Decision, plan: Plan) -> Ruled {
    let decided = Decided { decision, evidence: Vec::new(), notices: Vec::new() };
    Ruled { decided, plan, fired: Vec::new(), copy_to: None }
}

/// The ticket as the intake knows tickets that may be meant.
fn candidate(ticket: &Ticket) -> Candidate {
    Candidate {
        id: ticket.id,
        number: ticket.number.clone(),
        number_key: rules::number::fold_number(&ticket.number),
        public_id: ticket.public_id.clone(),
        subject: ticket.subject.clone(),
        area: ticket.area,
        status: ticket.status,
        assignee: ticket.assignee,
        updated_at: ticket.updated_at,
        closed_at: ticket.closed_at,
        requester_email: ticket.requester_email.clone(),
        is_participant: true,
        is_customer: true,
        knows_mailbox: true,
    }
}

/// Evidence with one more clue, which comes first because a person's word decides.
fn with_clue(evidence: Option<&str>, clue: &str, detail: &str) -> String {
    let mut all = vec![json!({ "clue": clue, "detail": detail, "weight": 100 })];
    all.extend(parsed(evidence));
    Value::Array(all).to_string()
}

/// Evidence without a clue.
fn without_clue(evidence: Option<&str>, clue: &str) -> String {
    let mut all = parsed(evidence);
    all.retain(|one| one.get("clue").and_then(Value::as_str) != Some(clue));
    Value::Array(all).to_string()
}

fn parsed(evidence: Option<&str>) -> Vec<Value> {
    evidence.and_then(|json| serde_json::from_str(json).ok()).unwrap_or_default()
}

/// Puts a mail aside of which nothing is to come, or takes that back.
pub struct SetAside<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// The entry.
    pub mail: MailId,
    /// Which of both.
    pub which: Aside,
    /// Makes the event's id.
    pub ids: &'a IdMaker,
    /// The present moment.
    pub now: Timestamp,
}

/// What becomes of a mail that lies in no ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aside {
    /// Nothing comes of it.
    Discard,
    /// It is to be placed again.
    Restore,
}

/// How putting aside ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutAside {
    /// It is done.
    Done,
    /// Somebody else was first.
    NotOpen,
    /// No right, or no such entry.
    Denied(Denied),
}

impl Operation for SetAside<'_> {
    type Outcome = PutAside;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<PutAside> {
        let found = store::mailbox(tx, self.mail).await?;
        let mailbox = found.and_then(|mailbox| self.directory.mailbox_by_id(mailbox));
        if let Err(denied) = allowed(self.actor, mailbox) {
            return Ok(PutAside::Denied(denied));
        }
        let is_open = match self.which {
            Aside::Discard => store::hold(tx, self.mail).await?,
            Aside::Restore => store::hold_discarded(tx, self.mail).await?,
        };
        if !is_open {
            return Ok(PutAside::NotOpen);
        }
        let said = store::said(tx, self.mail).await?;
        let (kind, detail) = match self.which {
            Aside::Discard => {
                let evidence = with_clue(said.evidence.as_deref(), CLUE, &self.actor.name);
                store::discard(tx, self.mail, &evidence, self.now).await?;
                ("discarded", said.problem.unwrap_or_default())
            }
            Aside::Restore => {
                let deeds = store::deeds(tx, self.mail).await?;
                let last = deeds.into_iter().rev().find(|deed| deed.kind == "discarded");
                let problem = last.map(|deed| deed.detail);
                let evidence = without_clue(said.evidence.as_deref(), CLUE);
                store::restore(tx, self.mail, problem.as_deref(), &evidence).await?;
                ("restored", String::new())
            }
        };
        let (id, actor) = (self.ids.next(self.now), self.actor);
        let deed = Deed { id, mail: self.mail, kind, actor, now: self.now, detail: &detail };
        store::record(tx, &deed).await?;
        live::announce(tx, live::MAIL, self.mail);
        Ok(PutAside::Done)
    }
}

/// The clue that says who discarded a mail.
const CLUE: &str = "discarded_by";

#[cfg(test)]
mod tests {
    use super::*;

    const STORED: &str = r#"[{"clue":"stranger","detail":"a@b.example","weight":0}]"#;

    #[test]
    fn what_the_rules_found_stays_behind_what_a_person_said() {
        let placed = with_clue(Some(STORED), "placed_by", "Ben");
        let all = parsed(Some(&placed));
        assert_eq!(all.len(), 2);
        assert_eq!(all[0], json!({ "clue": "placed_by", "detail": "Ben", "weight": 100 }));
        assert_eq!(all[1]["clue"], "stranger");
        assert_eq!(
            without_clue(Some(&placed), "placed_by"),
            json!(parsed(Some(STORED))).to_string()
        );
        assert_eq!(without_clue(None, "placed_by"), "[]");
    }
}
