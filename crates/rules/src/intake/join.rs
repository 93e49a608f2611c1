//! How strongly a mail's clues speak for a ticket.

use crate::subject::{Strength, is_forward, similarity_percent};

use super::evidence::{Clue, Evidence};
use super::facts::{
    Found, Known, MailFacts, MailboxSettings, Reference, SenderKind, TicketCandidate,
};

/// A candidate with everything that speaks for and against it.
pub(super) struct Weighed<'a> {
    pub ticket: &'a TicketCandidate,
    /// Whether the sender takes part in it.
    pub is_participant: bool,
    /// The strongest clue that lets the mail join, 0 if there is none.
    pub accepted: u8,
    /// The sum of all such clues, which decides between equally strong ones.
    accepted_sum: u32,
    /// The strongest clue that would count if the sender took part.
    pub claim: u8,
    /// Whether a clue did not count because the mail was forwarded to this mailbox.
    pub is_forwarded: bool,
    /// Message-IDs that look like ours, but are not signed by us.
    pub forged: Vec<String>,
    pub evidence: Vec<Evidence>,
}

/// Whether a clue counts, and how strongly.
enum Verdict {
    Accepted(u8),
    /// It would count if the sender took part.
    Claim(u8),
    Forwarded,
    Nothing,
}

/// All candidates, those first that the mail should rather join.
///
/// Headers win over the subject because their weights are higher; among equals the ticket last
/// changed wins.
pub(super) fn weigh_all<'a>(
    mail: &MailFacts<'_>,
    known: &'a Known,
    settings: &MailboxSettings,
) -> Vec<Weighed<'a>> {
    let is_forward = mail.has_forwarded_headers && is_forward(mail.subject);
    let mut all: Vec<_> = known
        .tickets
        .iter()
        .map(|ticket| weigh(ticket, mail, known.sender, settings, is_forward))
        .collect();
    all.sort_by_key(|weighed| {
        let changed = weighed.ticket.updated_at;
        let strength = (weighed.accepted, weighed.accepted_sum, weighed.claim);
        std::cmp::Reverse((strength, changed, weighed.ticket.id))
    });
    all
}

fn weigh<'a>(
    ticket: &'a TicketCandidate,
    mail: &MailFacts<'_>,
    sender: SenderKind,
    settings: &MailboxSettings,
    is_forward: bool,
) -> Weighed<'a> {
    // Whoever sends with the address of our own mailbox may be anybody: forms do.
    let is_known_author = mail.from.is_some() && sender != SenderKind::OwnMailbox;
    let has_relation = ticket.found.iter().any(is_header_clue);
    let judge = Judge {
        is_participant: ticket.sender_is_participant && is_known_author,
        is_forwarded: is_forward && ticket.mailbox_is_new && !has_relation,
        ticket,
        mail,
        settings,
    };
    let mut weighed = Weighed {
        ticket,
        is_participant: judge.is_participant,
        accepted: 0,
        accepted_sum: 0,
        claim: 0,
        is_forwarded: false,
        forged: Vec::new(),
        evidence: Vec::new(),
    };
    // Where subjects are not compared, a ticket of the sender says nothing.
    let is_asked =
        |found: &&Found| **found != Found::TicketOfSender || settings.join_open_ticket.is_some();
    for found in ticket.found.iter().filter(is_asked) {
        let (clue, detail, verdict) = judge.clue(found);
        if clue == Clue::ForgedMessageId {
            weighed.forged.push(detail.clone());
        }
        let weight = match verdict {
            Verdict::Accepted(weight) => {
                weighed.accepted = weighed.accepted.max(weight);
                weighed.accepted_sum += u32::from(weight);
                weight
            }
            Verdict::Claim(weight) => {
                weighed.claim = weighed.claim.max(weight);
                0
            }
            Verdict::Forwarded => {
                weighed.is_forwarded = true;
                0
            }
            Verdict::Nothing => 0,
        };
        weighed.evidence.push(Evidence::new(clue, detail, weight));
    }
    weighed
}

/// Whether the clue stands in the headers of a reply.
fn is_header_clue(found: &Found) -> bool {
    matches!(
        found,
        Found::ReplyToken
            | Found::OwnMessageId { .. }
            | Found::ForeignMessageId { .. }
            | Found::AnsweredBefore { .. }
    )
}

struct Judge<'a> {
    ticket: &'a TicketCandidate,
    mail: &'a MailFacts<'a>,
    settings: &'a MailboxSettings,
    is_participant: bool,
    is_forwarded: bool,
}

impl Judge<'_> {
    /// What the clue is, what it is about, and whether it counts.
    fn clue(&self, found: &Found) -> (Clue, String, Verdict) {
        let number = || self.ticket.number.clone();
        match found {
            Found::ReplyToken => (Clue::ReplyToken, number(), Verdict::Accepted(100)),
            Found::OwnMessageId { is_valid: false, message_id, .. } => {
                // It joins nothing in any setting; only a link says what it claimed.
                (Clue::ForgedMessageId, message_id.clone(), Verdict::Nothing)
            }
            Found::OwnMessageId { reference, message_id, .. } => {
                let verdict = self.of_participant(90 - distance(*reference));
                (Clue::OwnMessageId, message_id.clone(), verdict)
            }
            Found::ForeignMessageId { reference, message_id } => {
                let verdict = self.of_participant(70 - distance(*reference));
                (Clue::References, message_id.clone(), verdict)
            }
            Found::AnsweredBefore { message_id } => {
                (Clue::AnsweredBefore, message_id.clone(), self.of_participant(65))
            }
            Found::SubjectNumber(strength) => {
                let verdict = match self.is_forwarded {
                    true => Verdict::Forwarded,
                    false => self.of_participant(weight_of_number(*strength)),
                };
                (Clue::SubjectNumber, number(), verdict)
            }
            Found::TicketOfSender => self.similar_subject(),
            // Reports and receipts are decided on before; in other mails it proves nothing.
            Found::ReturnedMail { .. } => (Clue::ReturnedMail, number(), Verdict::Nothing),
        }
    }

    fn of_participant(&self, weight: u8) -> Verdict {
        match self.is_participant {
            true => Verdict::Accepted(weight),
            false => Verdict::Claim(weight),
        }
    }

    /// The likeness of the subjects, which lets a mail join an open ticket where that is wanted.
    fn similar_subject(&self) -> (Clue, String, Verdict) {
        let percent = similarity_percent(self.mail.subject, &self.ticket.subject);
        let is_alike = self.settings.join_open_ticket.is_some_and(|least| percent >= least);
        let is_open = self.ticket.kind.is_open();
        let verdict = match is_alike && is_open && self.is_participant && !self.is_forwarded {
            // Below all other clues, and the liker the stronger.
            true => Verdict::Accepted(1 + percent / 5),
            false => Verdict::Nothing,
        };
        (Clue::SimilarSubject, percent.to_string(), verdict)
    }
}

/// The mail that is answered counts most, then those further back.
fn distance(reference: Reference) -> u8 {
    match reference {
        Reference::InReplyTo => 0,
        Reference::References(places) => u8::try_from(places).unwrap_or(u8::MAX).min(8) + 1,
    }
}

fn weight_of_number(strength: Strength) -> u8 {
    match strength {
        Strength::OwnTag => 50,
        Strength::Hook => 45,
        Strength::Hash => 40,
        Strength::Plain => 30,
    }
}
