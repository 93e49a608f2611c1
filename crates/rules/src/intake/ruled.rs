//! The decision together with the intake rules of an administrator.

use super::decide::{decide, joined_by_rule, new_ticket};
use super::evidence::{Clue, Evidence};
use super::facts::{Found, Known, MailFacts, MailboxSettings};
use super::outcome::{Decided, Decision, FilterReason, Notice};
use super::rule::{Empty, Join, Plan, Rule, Verdict, run};
use crate::filter::{MailToMatch, Needs};

/// A decision, and what rules want of the ticket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ruled {
    /// The decision.
    pub decided: Decided,
    /// What rules want of the new ticket.
    pub plan: Plan,
    /// The rules that fired, in their order.
    pub fired: Vec<i64>,
    /// The ticket that gets the mail as well (F-MAIL-31).
    pub copy_to: Option<i64>,
}

/// What becomes of a mail, and why, with intake rules.
///
/// Rules are asked where the mail would become a ticket of its own, or would be listed because nobody
/// knows its sender (F-MAIL-42); where it joins a ticket, they are not.
///
/// # Errors
///
/// A rule depends on a part of the mail that was not read.
pub fn decide_with_rules(
    mail: &MailFacts<'_>,
    known: &Known,
    settings: &MailboxSettings,
    rules: &[Rule],
    view: &MailToMatch<'_>,
    empty: &Empty,
) -> Result<Ruled, Needs> {
    let decided = decide(mail, known, settings);
    let is_asked = matches!(decided.decision, Decision::NewTicket(_) | Decision::Unassigned { .. });
    let ran = if is_asked { run(rules, view, empty)? } else { super::rule::Ran::default() };
    let mut ruled = Ruled { decided, plan: ran.plan, fired: ran.fired, copy_to: None };
    if ruled.fired.is_empty() {
        return Ok(ruled);
    }
    let named = named_ticket(known);
    let joins = ruled.plan.join.zip(named);
    match (ruled.plan.verdict, joins) {
        (Some(Verdict::Reject), _) => {
            ruled.decided.decision = Decision::Filtered(FilterReason::Rule);
            ruled.plan = Plan::default();
        }
        (_, Some((Join::Move, ticket))) => {
            ruled.decided.decision = joined_by_rule(ticket, mail, known);
            ruled.decided.notices.push(Notice::StrangerJoined);
            ruled.plan = Plan::default();
        }
        (verdict, joins) => {
            ruled.copy_to = joins.map(|(_, ticket)| ticket);
            if verdict.is_some() || ruled.copy_to.is_some() {
                ruled.take(mail, known);
            }
        }
    }
    let names = rules.iter().filter(|rule| ruled.fired.contains(&rule.id));
    let fired = names.map(|rule| Evidence::new(Clue::Rule, rule.name.as_str(), 100));
    ruled.decided.evidence.splice(0..0, fired);
    Ok(ruled)
}

impl Ruled {
    /// A mail that would only be listed becomes a ticket.
    fn take(&mut self, mail: &MailFacts<'_>, known: &Known) {
        if let Decision::Unassigned { about, .. } = self.decided.decision {
            self.decided.decision = new_ticket(mail, known, about);
        }
        // Nobody is thanked for advertising.
        if self.plan.verdict == Some(Verdict::Spam)
            && let Decision::NewTicket(new) = &mut self.decided.decision
        {
            new.may_be_answered_automatically = false;
        }
    }
}

/// The ticket that the subject names, if it names one that is there.
fn named_ticket(known: &Known) -> Option<i64> {
    let is_named = |found: &Found| matches!(found, Found::SubjectNumber(_));
    let ticket = known.tickets.iter().find(|ticket| ticket.found.iter().any(is_named));
    ticket.map(|ticket| ticket.id)
}
