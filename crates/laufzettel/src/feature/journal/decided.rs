//! What became of a mail and why, told from what is stored of its decision.

use rules::intake::MailClass;

use super::page::{Outcome, Reason};
use crate::record::frame::Evidence;
use crate::record::show;

/// What is known of a decision, in a row and in an entry.
pub struct Decided {
    /// What became of it.
    pub outcome: Outcome,
    /// Why.
    pub reason: Reason,
    /// The clues, the strongest first.
    pub evidence: Vec<Evidence>,
    /// What an agent should know about it.
    pub notices: Vec<Evidence>,
}

/// Reads what is stored. The number is that of its ticket; of a duplicate, that of the ticket in which
/// the mail lies that came first.
pub fn decided(
    state: &str,
    outcome: Option<&str>,
    number: Option<&str>,
    evidence: Option<&str>,
    attempts: i64,
) -> Decided {
    let (notices, evidence): (Vec<_>, Vec<_>) =
        show::evidence(evidence).into_iter().partition(is_notice);
    let outcome = became(state, outcome, number, &evidence, &notices);
    let reason = reason(&outcome, &evidence, attempts);
    Decided { outcome, reason, evidence, notices }
}

/// Notices are stored among the evidence with the weight 0; one of them has the name of a clue.
fn is_notice(one: &Evidence) -> bool {
    let is_known = matches!(
        one.clue.as_str(),
        "claims_ticket"
            | "stranger_joined"
            | "unknown_number"
            | "other_tickets"
            | "closed_long_ago"
            | "forwarded_from"
            | "agent_without_proof"
            | "own_address_as_sender"
            | "reused_message_id"
            | "forged_reference"
            | "unmatched_report"
    );
    is_known && one.weight == 0
}

fn became(
    state: &str,
    outcome: Option<&str>,
    number: Option<&str>,
    evidence: &[Evidence],
    notices: &[Evidence],
) -> Outcome {
    let number = number.map(str::to_owned);
    match (state, outcome, number) {
        ("seen" | "stored", ..) => Outcome::Waiting,
        ("gone", ..) => Outcome::Gone,
        ("quarantined", ..) => Outcome::Quarantined,
        ("duplicate", _, number) => Outcome::Duplicate(number),
        (_, Some("bounce"), number) => Outcome::Bounced(number),
        (_, Some("event"), Some(ticket)) => Outcome::Noted(ticket),
        (_, Some("unassigned"), _) => Outcome::Undecided,
        (_, Some("new_ticket"), Some(ticket)) => match older(notices) {
            Some(older) => Outcome::Linked { ticket, older },
            None => Outcome::NewTicket(ticket),
        },
        (_, Some("follow_up"), Some(ticket)) => match is_automatic(evidence) {
            true => Outcome::Noted(ticket),
            false => Outcome::Joined(ticket),
        },
        _ => Outcome::Filtered,
    }
}

/// The ticket with which a new one was linked.
fn older(notices: &[Evidence]) -> Option<String> {
    let names_it = |one: &&Evidence| {
        matches!(one.clue.as_str(), "claims_ticket" | "closed_long_ago" | "forwarded_from")
    };
    notices.iter().find(names_it).map(|one| one.detail.clone())
}

fn is_automatic(evidence: &[Evidence]) -> bool {
    let class = evidence.iter().find(|one| one.clue == "mail_class");
    class.and_then(|one| MailClass::from_code(&one.detail)).is_some_and(MailClass::is_automatic)
}

fn reason(outcome: &Outcome, evidence: &[Evidence], attempts: i64) -> Reason {
    let clue = |codes: &[&str]| {
        evidence.iter().find(|one| codes.contains(&one.clue.as_str())).cloned().map(Reason::Found)
    };
    let strongest = || evidence.first().cloned().map(Reason::Found);
    let found = match outcome {
        Outcome::Waiting => Some(Reason::NotYet),
        Outcome::Gone => Some(Reason::Vanished),
        Outcome::Quarantined => {
            Some(Reason::GivenUp { attempts: u64::try_from(attempts).unwrap_or_default() })
        }
        Outcome::Linked { .. } => {
            clue(&["placed_by"]).or_else(|| clue(&["closed_long_ago", "stranger", "forwarded"]))
        }
        Outcome::Noted(_) => clue(&["mail_class"]),
        Outcome::Undecided => clue(&["unknown_sender", "stranger"]),
        // Clues that did not count explain no new ticket, except what sort of mail it is.
        Outcome::NewTicket(_) => clue(&["placed_by", "rule", "sender_pattern", "mail_class"]),
        _ => None,
    };
    match outcome {
        Outcome::NewTicket(_) => found.unwrap_or(Reason::NothingKnown),
        _ => found.or_else(strongest).unwrap_or(Reason::NothingKnown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIM: &str = r#"[{"clue":"setting","detail":"linked_ticket","weight":50},
        {"clue":"stranger","detail":"a@b.example","weight":0},
        {"clue":"claims_ticket","detail":"48170","weight":0}]"#;
    const CLOSED: &str = r#"[{"clue":"closed_long_ago","detail":"47610","weight":100},
        {"clue":"participant","detail":"a@b.example","weight":10},
        {"clue":"closed_long_ago","detail":"47610","weight":0}]"#;
    const AWAY: &str = r#"[{"clue":"own_message_id","detail":"x","weight":90},
        {"clue":"mail_class","detail":"out_of_office","weight":0}]"#;

    fn known(
        state: &str,
        outcome: &str,
        number: Option<&str>,
        evidence: &str,
    ) -> (Outcome, String) {
        let decided = decided(state, Some(outcome), number, Some(evidence), 3);
        let reason = match decided.reason {
            Reason::Found(evidence) => evidence.clue,
            reason => format!("{reason:?}"),
        };
        (decided.outcome, reason)
    }

    #[test]
    fn an_entry_says_what_became_of_it_and_why() {
        let ticket = || "48222".to_owned();
        let linked = |older: &str| Outcome::Linked { ticket: ticket(), older: older.to_owned() };
        let number = Some("48222");
        let table = [
            (known("stored", "", None, "[]"), (Outcome::Waiting, "NotYet")),
            (
                known("applied", "new_ticket", number, "[]"),
                (Outcome::NewTicket(ticket()), "NothingKnown"),
            ),
            (known("applied", "new_ticket", number, CLAIM), (linked("48170"), "stranger")),
            (known("applied", "new_ticket", number, CLOSED), (linked("47610"), "closed_long_ago")),
            (
                known("applied", "follow_up", number, CLOSED),
                (Outcome::Joined(ticket()), "closed_long_ago"),
            ),
            (known("applied", "follow_up", number, AWAY), (Outcome::Noted(ticket()), "mail_class")),
            (
                known("applied", "bounce", number, "[]"),
                (Outcome::Bounced(Some(ticket())), "NothingKnown"),
            ),
            (known("applied", "event", number, AWAY), (Outcome::Noted(ticket()), "mail_class")),
            (known("filtered", "bounce", None, "[]"), (Outcome::Bounced(None), "NothingKnown")),
            (known("filtered", "unassigned", None, CLAIM), (Outcome::Undecided, "stranger")),
            (known("filtered", "filtered", None, "[]"), (Outcome::Filtered, "NothingKnown")),
            (
                known("duplicate", "duplicate", number, "[]"),
                (Outcome::Duplicate(Some(ticket())), "NothingKnown"),
            ),
            (
                known("quarantined", "quarantined", None, "[]"),
                (Outcome::Quarantined, "GivenUp { attempts: 3 }"),
            ),
            (known("gone", "", None, "[]"), (Outcome::Gone, "Vanished")),
        ];
        for ((outcome, reason), expected) in table {
            assert_eq!((outcome, reason.as_str()), expected);
        }
    }

    #[test]
    fn notices_are_no_evidence() {
        let decided = decided("applied", Some("new_ticket"), Some("1"), Some(CLOSED), 0);
        let clues: Vec<&str> = decided.evidence.iter().map(|one| one.clue.as_str()).collect();
        assert_eq!(clues, ["closed_long_ago", "participant"]);
        assert_eq!(decided.notices.len(), 1);
    }
}
