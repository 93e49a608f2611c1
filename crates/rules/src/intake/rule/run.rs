//! Rules on a mail.

use std::collections::BTreeMap;

use super::action::Action;
use super::plan::{Empty, Plan};
use crate::filter::{MailFilter, MailToMatch, Needs};

/// A rule, ready to run.
#[derive(Clone, Debug)]
pub struct Rule {
    /// Its id.
    pub id: i64,
    /// Its name, for the evidence.
    pub name: String,
    /// The only mailbox for whose mails it is, if there is one.
    pub mailbox: Option<i64>,
    /// Which mails it is for.
    pub condition: MailFilter,
    /// What it does.
    pub actions: Vec<Action>,
}

/// What rules said about a mail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ran {
    /// The ids of the rules that fired, in their order.
    pub fired: Vec<i64>,
    /// What they want together.
    pub plan: Plan,
}

/// Runs rules in their order. Each runs once at most.
///
/// # Errors
///
/// Something depends on a part of the mail that was not read.
pub fn run(rules: &[Rule], mail: &MailToMatch<'_>, empty: &Empty) -> Result<Ran, Needs> {
    let mut ran = Ran::default();
    let mut variables = BTreeMap::new();
    for rule in rules {
        if !is_for(rule, mail) || !rule.condition.matches(mail)? {
            continue;
        }
        ran.fired.push(rule.id);
        for action in &rule.actions {
            if !ran.plan.add(action, mail, empty, &mut variables) {
                return Err(Needs);
            }
        }
        if ends(rule) {
            break;
        }
    }
    Ok(ran)
}

fn is_for(rule: &Rule, mail: &MailToMatch<'_>) -> bool {
    rule.mailbox.is_none_or(|mailbox| mailbox == mail.mailbox)
}

fn ends(rule: &Rule) -> bool {
    rule.actions.iter().any(|action| matches!(action, Action::End))
}

/// What one rule did with a mail, for whoever tries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trace {
    /// The rule.
    pub rule: i64,
    /// What it did.
    pub step: Step,
}

/// What a rule did with a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It fired.
    Fired,
    /// Its condition does not hold.
    NotMet,
    /// It is for another mailbox.
    OtherMailbox,
    /// A rule above ended the checks.
    NotChecked,
}

/// What each rule does with a mail.
///
/// # Errors
///
/// As [`run`].
pub fn trace(rules: &[Rule], mail: &MailToMatch<'_>) -> Result<Vec<Trace>, Needs> {
    let mut has_ended = false;
    let mut steps = Vec::with_capacity(rules.len());
    for rule in rules {
        let step = match () {
            () if has_ended => Step::NotChecked,
            () if !is_for(rule, mail) => Step::OtherMailbox,
            () if rule.condition.matches(mail)? => Step::Fired,
            () => Step::NotMet,
        };
        has_ended |= step == Step::Fired && ends(rule);
        steps.push(Trace { rule: rule.id, step });
    }
    Ok(steps)
}
