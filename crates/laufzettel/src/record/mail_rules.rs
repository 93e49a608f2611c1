//! What holds for the mails of the whole house: whether they are worked on at all, which ones leave by
//! themselves, and who hears of tickets (F-MAIL-05, F-MAIL-60 to 64, F-OUT-21, F-OUT-23, F-OUT-24).

use db::{Result, Tx, View};
use rules::intake::matches_any_pattern;
use serde::{Deserialize, Serialize};
use values::EmailAddress;

use super::directory::Directory;
use crate::service::setting;

/// The setting that holds the rules.
const SETTING: &str = "mail_rules";
/// Addresses and patterns of one list.
const LIST_MAX: usize = 200;
/// Letters of an address or a pattern.
const ENTRY_LETTERS_MAX: usize = 200;
/// Letters of the hint.
const HINT_LETTERS_MAX: usize = 1_000;

/// The rules for mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MailRules {
    /// Mails are fetched and taken (F-MAIL-05).
    pub processing: bool,
    /// Mails of tickets leave (F-OUT-21).
    pub sends: bool,
    /// Mails of tickets leave to customers, too.
    pub sends_to_customers: bool,
    /// Copies go by themselves: to those who stood beside a mail that is answered, and to all who take part
    /// when an area tells of closing.
    pub copies: bool,
    /// The address of the house that hears of tickets (F-MAIL-60).
    pub address: Option<String>,
    /// It hears of each new ticket (F-MAIL-61).
    pub tells_new: bool,
    /// It hears of customers' answers (F-MAIL-62).
    pub tells_answers: bool,
    /// One more address that hears of each new ticket (F-MAIL-64).
    pub told_of_new: Option<String>,
    /// Parts of addresses whose mails have no links around their text (F-OUT-23).
    pub linkless: Vec<String>,
    /// Patterns of addresses before whose answer the hint stands (F-OUT-24).
    pub hinted: Vec<String>,
    /// The hint.
    pub hint: String,
}

impl Default for MailRules {
    fn default() -> Self {
        Self {
            processing: true,
            sends: true,
            sends_to_customers: true,
            copies: true,
            address: None,
            tells_new: false,
            tells_answers: false,
            told_of_new: None,
            linkless: Vec::new(),
            hinted: Vec::new(),
            hint: String::new(),
        }
    }
}

/// Why a rule cannot be so: the field and a stable code.
pub type Wrong = (&'static str, &'static str);

impl MailRules {
    /// Whether mails may leave to customers.
    pub fn reaches_customers(&self) -> bool {
        self.sends && self.sends_to_customers
    }

    /// Whether mails to this address have no links around their text.
    pub fn is_linkless(&self, address: &EmailAddress) -> bool {
        let parts = self.linkless.iter().map(|part| part.trim().to_lowercase());
        parts.filter(|part| !part.is_empty()).any(|part| address.as_str().contains(&part))
    }

    /// The hint that stands before an answer to one of these.
    pub fn hint_for<'a>(
        &self,
        addresses: impl IntoIterator<Item = &'a EmailAddress>,
    ) -> Option<&str> {
        let patterns = || self.hinted.iter().map(String::as_str);
        let is_hinted = |address: &EmailAddress| matches_any_pattern(address, patterns());
        let has_words = !self.hint.trim().is_empty();
        (has_words && addresses.into_iter().any(is_hinted)).then_some(self.hint.trim())
    }

    /// What cannot be: every field that is wrong, once.
    pub fn check(&self, directory: &Directory) -> Vec<Wrong> {
        let mut wrong = Vec::new();
        for (field, address) in [("address", &self.address), ("told_of_new", &self.told_of_new)] {
            wrong.extend(wrong_address(directory, address.as_deref()).map(|code| (field, code)));
        }
        if self.address.is_none() && (self.tells_new || self.tells_answers) {
            wrong.push(("address", "missing"));
        }
        for (field, list) in [("linkless", &self.linkless), ("hinted", &self.hinted)] {
            let is_odd = |entry: &String| {
                entry.trim().is_empty()
                    || entry.chars().count() > ENTRY_LETTERS_MAX
                    || entry.contains(char::is_control)
            };
            if list.len() > LIST_MAX || list.iter().any(is_odd) {
                wrong.push((field, "invalid_pattern"));
            }
        }
        if !self.hinted.is_empty() && self.hint.trim().is_empty() {
            wrong.push(("hint", "missing"));
        }
        if self.hint.chars().count() > HINT_LETTERS_MAX || self.hint.contains('\0') {
            wrong.push(("hint", "too_long"));
        }
        wrong
    }
}

/// Why somebody cannot be told at an address: what is sent to a mailbox of ours comes back as a mail.
pub fn wrong_address(directory: &Directory, address: Option<&str>) -> Option<&'static str> {
    let Ok(address) = EmailAddress::parse(address?) else { return Some("invalid_email") };
    is_mailbox(directory, &address).then_some("own_mailbox")
}

/// Whether a mailbox of ours has this address.
pub fn is_mailbox(directory: &Directory, address: &EmailAddress) -> bool {
    directory.mailboxes.iter().any(|mailbox| mailbox.addresses().contains(address))
}

/// The rules as they are set; the usual ones where nobody set any.
pub async fn read(view: &mut View<'_>) -> Result<MailRules> {
    let stored = setting::get(view, SETTING).await?;
    Ok(stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Sets the rules.
pub async fn write(tx: &mut Tx<'_>, rules: &MailRules) -> Result<()> {
    setting::set(tx, SETTING, &serde_json::json!(rules).to_string()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(text: &str) -> EmailAddress {
        EmailAddress::parse(text).unwrap()
    }

    #[test]
    fn a_part_of_an_address_is_enough_to_leave_links_out() {
        let rules = MailRules { linkless: vec!["Members.ebay".to_owned()], ..MailRules::default() };
        assert!(rules.is_linkless(&address("x@members.ebay.de")));
        assert!(!rules.is_linkless(&address("x@ebay.de")));
        assert!(!MailRules::default().is_linkless(&address("x@ebay.de")));
    }

    #[test]
    fn a_hint_stands_before_answers_to_the_addresses_that_are_named() {
        let rules = MailRules {
            hinted: vec!["*.amazon.com".to_owned(), "chef@kunde.example".to_owned()],
            hint: " Nur über die Plattform. ".to_owned(),
            ..MailRules::default()
        };
        let hint = |text: &str| rules.hint_for([&address("ann@kunde.example"), &address(text)]);
        assert_eq!(hint("x@eu.amazon.com"), Some("Nur über die Plattform."));
        assert_eq!(hint("chef@kunde.example"), Some("Nur über die Plattform."));
        assert_eq!(hint("x@amazon.com"), None);
    }

    #[test]
    fn what_cannot_be_is_named_with_its_field() {
        let rules = MailRules {
            address: Some("kein".to_owned()),
            hinted: vec![" ".to_owned()],
            ..MailRules::default()
        };
        let expected =
            [("address", "invalid_email"), ("hinted", "invalid_pattern"), ("hint", "missing")];
        assert_eq!(rules.check(&Directory::default()), expected);
        let rules = MailRules { tells_new: true, ..MailRules::default() };
        assert_eq!(rules.check(&Directory::default()), [("address", "missing")]);
        assert_eq!(MailRules::default().check(&Directory::default()), []);
    }
}
