//! The decision.

use crate::number::fold_number;
use crate::status::Stage;
use crate::subject::{Strength, candidates};

use super::address::matches_any_pattern;
use super::effect::{SeenEffect, StatusEffect, status_after_customer_message};
use super::evidence::{Clue, Evidence};
use super::facts::{
    AfterClosing, Found, Known, MailFacts, MailboxSettings, SenderKind, StrangerWithNumber,
    TicketCandidate, UnknownSender,
};
use super::join::{Weighed, weigh_all};
use super::outcome::{
    Decided, Decision, DuplicateKey, FilterReason, NewTicket, Notice, UnassignedReason,
};

const DAY_MILLIS: i64 = 86_400_000;

/// What becomes of a mail, and why.
///
/// Guarantees, whatever the facts: a mail joins a ticket only with a valid reply token, or if its
/// sender takes part in the ticket, or if the mailbox is set to append. A mail that no person
/// wrote changes neither status nor unseen mark.
pub fn decide(mail: &MailFacts<'_>, known: &Known, settings: &MailboxSettings) -> Decided {
    let decided = duplicate(mail, known)
        .or_else(|| own_mail(mail))
        .or_else(|| too_old(mail, known, settings));
    if let Some((decision, evidence)) = decided {
        return Decided { decision, evidence: vec![evidence], notices: Vec::new() };
    }
    let mut decided = match mail.class.is_delivery_report() {
        true => report(mail, known, settings),
        false => message(mail, known, settings),
    };
    if mail.class != super::MailClass::Personal {
        decided.evidence.push(Evidence::new(Clue::MailClass, mail.class.code(), 0));
    }
    if known.reused_message_id.is_some() {
        decided.notices.push(Notice::ReusedMessageId);
    }
    decided.evidence.sort_by_key(|evidence| std::cmp::Reverse(evidence.weight));
    decided
}

type Early = Option<(Decision, Evidence)>;

fn duplicate(mail: &MailFacts<'_>, known: &Known) -> Early {
    // Forms send the same text twice without a Message-ID and mean two requests.
    let fingerprint = known.same_fingerprint.filter(|_| mail.has_message_id);
    let keys = [
        (known.same_delivery, DuplicateKey::Delivery, Clue::SameDelivery),
        (known.same_octets, DuplicateKey::Content, Clue::SameContent),
        (fingerprint, DuplicateKey::Fingerprint, Clue::SameFingerprint),
    ];
    keys.into_iter().find_map(|(of, key, clue)| {
        let of = of?;
        Some((Decision::Duplicate { of, key }, Evidence::new(clue, of.to_string(), 100)))
    })
}

fn own_mail(mail: &MailFacts<'_>) -> Early {
    let (reason, clue) = match (mail.is_our_message, mail.has_our_loop_mark) {
        (true, _) => (FilterReason::OwnMail, Clue::OwnMail),
        (false, true) => (FilterReason::Loop, Clue::LoopMark),
        (false, false) => return None,
    };
    Some((Decision::Filtered(reason), Evidence::new(clue, "", 100)))
}

fn too_old(mail: &MailFacts<'_>, known: &Known, settings: &MailboxSettings) -> Early {
    let age = known.now.millis_since(mail.received_at);
    let is_before = settings.from.is_some_and(|from| mail.received_at < from);
    let is_old = settings.age_days_max.is_some_and(|days| age > i64::from(days) * DAY_MILLIS);
    let reason = match (is_before, is_old) {
        (true, _) => FilterReason::BeforeStart,
        (false, true) => FilterReason::TooOld,
        (false, false) => return None,
    };
    let days = (age / DAY_MILLIS).to_string();
    Some((Decision::Filtered(reason), Evidence::new(Clue::Age, days, 100)))
}

/// A delivery report goes to the mail it is about, if that is proved to be ours. It opens no
/// ticket and counts as nobody's answer.
fn report(mail: &MailFacts<'_>, known: &Known, settings: &MailboxSettings) -> Decided {
    let is_proved = |found: &Found| matches!(found, Found::ReturnedMail { is_valid: true });
    let ticket = known.tickets.iter().find(|ticket| ticket.found.iter().any(is_proved));
    let class = mail.class;
    match ticket {
        Some(ticket) => Decided {
            decision: Decision::Bounce { ticket: Some(ticket.id), class },
            evidence: vec![Evidence::new(Clue::ReturnedMail, &ticket.number, 100)],
            notices: Vec::new(),
        },
        None => Decided {
            decision: Decision::Bounce { ticket: None, class },
            evidence: weigh_all(mail, known, settings)
                .into_iter()
                .flat_map(|weighed| weighed.evidence)
                .map(|evidence| Evidence { weight: 0, ..evidence })
                .collect(),
            notices: vec![Notice::UnmatchedReport],
        },
    }
}

/// A mail that is not a report: it joins a ticket, or not.
fn message(mail: &MailFacts<'_>, known: &Known, settings: &MailboxSettings) -> Decided {
    let weighed = weigh_all(mail, known, settings);
    let mut decided = match weighed.first().filter(|best| best.accepted > 0) {
        Some(best) => join(best, &weighed, mail, known),
        None => not_joined(&weighed, mail, known, settings),
    };
    match known.sender {
        SenderKind::Agent => decided.notices.push(Notice::AgentWithoutProof),
        SenderKind::OwnMailbox => decided.notices.push(Notice::OwnAddressAsSender),
        SenderKind::Unknown | SenderKind::Contact => {}
    }
    decided.evidence.extend(weighed.into_iter().flat_map(|weighed| weighed.evidence));
    decided
}

/// The mail belongs to this ticket, or to a new one if that was closed too long ago.
fn join(best: &Weighed<'_>, all: &[Weighed<'_>], mail: &MailFacts<'_>, known: &Known) -> Decided {
    let ticket = best.ticket;
    let mut evidence = vec![stranger_or_participant(best, mail)];
    let mut notices = Vec::new();
    let others = all.iter().skip(1).filter(|other| other.accepted >= 30);
    let others: Vec<_> = others.map(|other| other.ticket.number.clone()).collect();
    if !others.is_empty() {
        notices.push(Notice::OtherTickets(others));
    }
    if !mail.class.is_automatic() && is_closed_long_ago(ticket, known) {
        evidence.push(Evidence::new(Clue::ClosedLongAgo, &ticket.number, 100));
        notices.push(Notice::ClosedLongAgo(ticket.number.clone()));
        let decision = new_ticket(mail, known, Some(ticket.id));
        return Decided { decision, evidence, notices };
    }
    Decided { decision: follow_up(ticket, mail), evidence, notices }
}

/// The mail joins this ticket because a rule says so.
pub(super) fn joined_by_rule(ticket: i64, mail: &MailFacts<'_>, known: &Known) -> Decision {
    match known.tickets.iter().find(|candidate| candidate.id == ticket) {
        Some(candidate) => follow_up(candidate, mail),
        None => new_ticket(mail, known, None),
    }
}

fn stranger_or_participant(weighed: &Weighed<'_>, mail: &MailFacts<'_>) -> Evidence {
    let address = mail.from.map(ToString::to_string).unwrap_or_default();
    match weighed.is_participant {
        true => Evidence::new(Clue::Participant, address, 10),
        false => Evidence::new(Clue::Stranger, address, 0),
    }
}

fn is_closed_long_ago(ticket: &TicketCandidate, known: &Known) -> bool {
    let AfterClosing::NewTicketAfterDays(days) = ticket.after_closing else { return false };
    let is_over = |closed_at| known.now.millis_since(closed_at) > i64::from(days) * DAY_MILLIS;
    ticket.kind.stage() == Stage::Closed && ticket.closed_at.is_some_and(is_over)
}

fn follow_up(ticket: &TicketCandidate, mail: &MailFacts<'_>) -> Decision {
    let (status, seen) = match mail.class.is_automatic() {
        true => (StatusEffect::Keep, SeenEffect::Keep),
        false => (
            status_after_customer_message(
                ticket.kind,
                ticket.has_assignee,
                ticket.after_closing,
                ticket.on_customer_answer,
            ),
            SeenEffect::MarkUnseen,
        ),
    };
    Decision::FollowUp { ticket: ticket.id, status, seen, class: mail.class }
}

/// A ticket of its own.
pub(super) fn new_ticket(mail: &MailFacts<'_>, known: &Known, linked_to: Option<i64>) -> Decision {
    // An answer to one of our own addresses would come in again.
    let is_answerable = known.sender != SenderKind::OwnMailbox && mail.from.is_some();
    Decision::NewTicket(NewTicket {
        linked_to,
        class: mail.class,
        may_be_answered_automatically: is_answerable && mail.class.may_be_answered_automatically(),
    })
}

/// No ticket takes the mail by a clue that counts.
fn not_joined(
    all: &[Weighed<'_>],
    mail: &MailFacts<'_>,
    known: &Known,
    settings: &MailboxSettings,
) -> Decided {
    let mut decided = Decided {
        decision: new_ticket(mail, known, None),
        evidence: Vec::new(),
        notices: unknown_numbers(mail, known),
    };
    let stranger_to = all.iter().find(|weighed| weighed.claim > 0);
    let about = stranger_to
        .or_else(|| all.iter().find(|weighed| weighed.is_forwarded))
        .or_else(|| all.iter().find(|weighed| !weighed.forged.is_empty()));
    let number = |weighed: &Weighed<'_>| weighed.ticket.number.clone();
    if let Some(about) = about {
        decided.decision = new_ticket(mail, known, Some(about.ticket.id));
        if stranger_to.is_none_or(|_| settings.stranger_with_number != StrangerWithNumber::Append) {
            decided.evidence.push(stranger_or_participant(about, mail));
        }
        if about.is_forwarded && about.claim == 0 {
            decided.evidence.push(Evidence::new(Clue::Forwarded, number(about), 60));
            decided.notices.push(Notice::ForwardedFrom(number(about)));
        } else {
            decided.notices.push(Notice::ClaimsTicket(number(about)));
        }
        let forged = all.iter().flat_map(|weighed| &weighed.forged).take(1);
        decided.notices.extend(forged.map(|id| Notice::ForgedReference(id.clone())));
    }
    if let Some(claimed) = stranger_to {
        let setting = settings.stranger_with_number;
        decided.evidence.push(Evidence::new(Clue::Setting, setting.code(), 50));
        if setting == StrangerWithNumber::Append {
            let mut joined = join(claimed, &[], mail, known);
            joined.evidence.append(&mut decided.evidence);
            joined.notices.push(Notice::StrangerJoined);
            return joined;
        }
        if setting == StrangerWithNumber::Unassigned {
            let about = Some(claimed.ticket.id);
            decided.decision = Decision::Unassigned { reason: UnassignedReason::Stranger, about };
            return decided;
        }
    }
    match unknown_sender(mail, known, settings) {
        Taken::Yes => {}
        Taken::ByPattern(evidence) => decided.evidence.push(evidence),
        Taken::No(evidence) => {
            decided.evidence.push(evidence);
            let about = about.map(|about| about.ticket.id);
            let reason = UnassignedReason::UnknownSender;
            decided.decision = Decision::Unassigned { reason, about };
        }
    }
    decided
}

/// Numbers that the subject surely means as ticket numbers, and that no ticket has.
fn unknown_numbers(mail: &MailFacts<'_>, known: &Known) -> Vec<Notice> {
    let exists =
        |number: &String| known.tickets.iter().any(|ticket| fold_number(&ticket.number) == *number);
    candidates(mail.subject)
        .into_iter()
        .filter(|found| found.strength >= Strength::Hook && !exists(&found.number))
        .map(|found| Notice::UnknownNumber(found.number))
        .collect()
}

/// Whether the mailbox takes mails of this sender.
enum Taken {
    Yes,
    ByPattern(Evidence),
    No(Evidence),
}

fn unknown_sender(mail: &MailFacts<'_>, known: &Known, settings: &MailboxSettings) -> Taken {
    if matches!(known.sender, SenderKind::Contact | SenderKind::Agent) && mail.from.is_some() {
        return Taken::Yes;
    }
    let detail = mail.from.map(ToString::to_string).unwrap_or_default();
    match settings.unknown_sender {
        UnknownSender::Ticket => Taken::Yes,
        UnknownSender::KnownOrDomains => {
            let patterns = || settings.domains.iter().map(String::as_str);
            let is_match = mail.from.is_some_and(|from| matches_any_pattern(from, patterns()));
            match is_match {
                true => Taken::ByPattern(Evidence::new(Clue::SenderPattern, detail, 50)),
                false => Taken::No(Evidence::new(Clue::UnknownSender, detail, 100)),
            }
        }
        UnknownSender::KnownOnly => Taken::No(Evidence::new(Clue::UnknownSender, detail, 100)),
    }
}
