//! Which ticket a mail belongs to that somebody of the team sent with another program.

use crate::subject::Strength;

use super::evidence::{Clue, Evidence};
use super::facts::{Found, Known, Reference};

/// The ticket that a mail from the Sent folder of one of our accounts answers, and why.
///
/// Whoever puts a mail there has the account, so its author needs no proof; but only what names a ticket counts: a
/// mail of ours or of the ticket that it answers, or our own tag in the subject. Everything else is nobody's
/// business here.
pub fn answered(known: &Known) -> Option<(i64, Evidence)> {
    let clues = known.tickets.iter().flat_map(|ticket| {
        let clue = |found| Some((ticket.id, clue(&ticket.number, found)?));
        ticket.found.iter().filter_map(clue)
    });
    clues.max_by_key(|(ticket, evidence)| (evidence.weight, *ticket))
}

fn clue(number: &str, found: &Found) -> Option<Evidence> {
    Some(match found {
        Found::OwnMessageId { reference, is_valid: true, message_id } => {
            Evidence::new(Clue::OwnMessageId, message_id.clone(), 90 - distance(*reference))
        }
        Found::ForeignMessageId { reference, message_id } => {
            Evidence::new(Clue::References, message_id.clone(), 70 - distance(*reference))
        }
        Found::SubjectNumber(Strength::OwnTag) => Evidence::new(Clue::SubjectNumber, number, 50),
        _ => return None,
    })
}

fn distance(reference: Reference) -> u8 {
    match reference {
        Reference::InReplyTo => 0,
        Reference::References(places) => u8::try_from(places).unwrap_or(u8::MAX).min(8) + 1,
    }
}
