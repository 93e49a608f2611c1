//! Intake rules: what an administrator wants to happen with new mails (F-MAIL-31, 40 to 48).
//!
//! A rule is a filter of mails and a list of actions, each written in the words of the filter
//! language: `betreff:mahnung ist:unbekannt` and `bereich:Buchhaltung priorität:Hoch ende:ja`.
//! Rules work on mails that would become a ticket of their own, in their order; each runs once at
//! most, and a later one overrides what an earlier one set (F-MAIL-42, K-32: only what it sets),
//! unless one says that the rest is not looked at.

mod action;
mod extract;
mod parse;
mod plan;
mod print;
mod run;

pub use action::{Action, ActionField, Entry, Join, Mark, Verdict};
pub use extract::{Extract, PATTERN_LETTERS_MAX, Source};
pub use parse::{ActionProblem, ActionReason, parse_actions};
pub use plan::{Empty, NamedCompany, Plan, conflict, undoes_itself};
pub use print::print_actions;
pub use run::{Ran, Rule, Step, Trace, run, trace};

/// So many actions a rule may have.
pub const ACTIONS_MAX: usize = 40;

#[cfg(test)]
mod tests;
