//! What requests and answers say of the mails of the house.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::{FieldProblem, Problem};

use crate::api::{invalid, present};
use crate::record::directory::Directory;
use crate::record::mail_rules::MailRules;

/// What holds for the mails of the house.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailRules)]
pub struct ShownMails {
    /// Whether mails are fetched and taken.
    processing: bool,
    /// Whether mails of tickets leave.
    sends: bool,
    /// Whether mails of tickets leave to customers, too.
    sends_to_customers: bool,
    /// Whether copies go by themselves.
    copies: bool,
    /// The address of the house that hears of tickets.
    address: Option<String>,
    /// Whether it hears of each new ticket.
    tells_new: bool,
    /// Whether it hears of customers' answers.
    tells_answers: bool,
    /// One more address that hears of each new ticket.
    told_of_new: Option<String>,
    /// Parts of addresses whose mails have no links around their text.
    linkless: Vec<String>,
    /// Patterns of addresses before whose answer the hint stands.
    hinted: Vec<String>,
    /// The hint.
    hint: String,
}

impl ShownMails {
    /// The rules as they are shown.
    pub fn of(rules: &MailRules) -> Self {
        Self {
            processing: rules.processing,
            sends: rules.sends,
            sends_to_customers: rules.sends_to_customers,
            copies: rules.copies,
            address: rules.address.clone(),
            tells_new: rules.tells_new,
            tells_answers: rules.tells_answers,
            told_of_new: rules.told_of_new.clone(),
            linkless: rules.linkless.clone(),
            hinted: rules.hinted.clone(),
            hint: rules.hint.clone(),
        }
    }
}

/// What is changed of the mails of the house; a field that is missing stays as it is.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = MailRulesChange)]
pub struct MailsChange {
    /// Whether mails are fetched and taken.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    processing: Option<bool>,
    /// Whether mails of tickets leave.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    sends: Option<bool>,
    /// Whether mails of tickets leave to customers, too.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    sends_to_customers: Option<bool>,
    /// Whether copies go by themselves.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    copies: Option<bool>,
    /// The address of the house that hears of tickets.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    address: Option<Option<String>>,
    /// Whether it hears of each new ticket.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    tells_new: Option<bool>,
    /// Whether it hears of customers' answers.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    tells_answers: Option<bool>,
    /// One more address that hears of each new ticket.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    told_of_new: Option<Option<String>>,
    /// Parts of addresses whose mails have no links around their text.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    linkless: Option<Vec<String>>,
    /// Patterns of addresses before whose answer the hint stands.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    hinted: Option<Vec<String>>,
    /// The hint.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    hint: Option<String>,
}

impl MailsChange {
    /// The same with these fields changed.
    pub fn of(self, before: &MailRules) -> MailRules {
        MailRules {
            processing: self.processing.unwrap_or(before.processing),
            sends: self.sends.unwrap_or(before.sends),
            sends_to_customers: self.sends_to_customers.unwrap_or(before.sends_to_customers),
            copies: self.copies.unwrap_or(before.copies),
            address: self.address.unwrap_or_else(|| before.address.clone()),
            tells_new: self.tells_new.unwrap_or(before.tells_new),
            tells_answers: self.tells_answers.unwrap_or(before.tells_answers),
            told_of_new: self.told_of_new.unwrap_or_else(|| before.told_of_new.clone()),
            linkless: self.linkless.unwrap_or_else(|| before.linkless.clone()),
            hinted: self.hinted.unwrap_or_else(|| before.hinted.clone()),
            hint: self.hint.unwrap_or_else(|| before.hint.clone()),
        }
    }
}

/// The rules with some of their fields changed, or what is wrong with these.
pub fn changed(
    before: &MailRules,
    changes: MailsChange,
    directory: &Directory,
) -> Result<MailRules, Problem> {
    let rules = changes.of(before);
    let wrong = rules.check(directory);
    if wrong.is_empty() {
        return Ok(rules);
    }
    let problems = wrong.into_iter().map(|(field, code)| FieldProblem {
        field: format!("mails.{field}"),
        code: code.to_owned(),
        message: message(code).to_owned(),
    });
    Err(Problem { problems: problems.collect(), ..invalid("", "", "") })
}

fn message(code: &str) -> &'static str {
    match code {
        "missing" => "it is needed for what else is set",
        "own_mailbox" => "a mail to a mailbox of ours would come back as a ticket",
        "invalid_pattern" => "at most 200 entries of 1 to 200 letters on one line",
        "too_long" => "at most 1,000 letters",
        _ => "write an address like team@example.de",
    }
}
