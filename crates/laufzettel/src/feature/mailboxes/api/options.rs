//! What a body says of what a mailbox does with its mails.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::api::present;
use crate::record::mailbox::Options;

/// What a mailbox does with its mails; a field that is missing stays as it is.
#[derive(Clone, Debug, Default, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
#[schema(as = MailboxOptionsChange)]
pub struct OptionsChange {
    /// Its tickets are completed at once.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    completed: Option<bool>,
    /// A mail joins a ticket only if its sender belongs to the customer of that ticket; else it is listed.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    customers_only: Option<bool>,
    /// Emojis are taken out of subjects and texts.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    without_emojis: Option<bool>,
    /// The head of each mail stands below its text.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    with_headers: Option<bool>,
    /// Folders of the account that are read beside the one of its source.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    further_folders: Option<Vec<String>>,
    /// What the team sends with other programs and answers a ticket is taken from `sent_folder`.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    reads_sent: Option<bool>,
    /// At most so many mails are taken at a time, 1 to 100,000; `null` takes all.
    #[serde(deserialize_with = "present")]
    #[schema(value_type = Option<i64>)]
    mails_per_run: Option<Option<i64>>,
    /// Of a larger mail only the head is taken and it stays on the server, 1 to 64.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    mail_mebibytes_max: Option<i64>,
    /// Whoever sent a mail that is too large is told so, once.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    tells_too_large: Option<bool>,
    /// The customer's own number is read from the first mail and added to answers.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    reads_reference: Option<bool>,
    /// How that number is found: a regular expression of at most 500 letters, whose first group is the number.
    #[serde(deserialize_with = "present")]
    #[schema(nullable = false)]
    reference_pattern: Option<String>,
}

impl OptionsChange {
    /// The same with these fields changed.
    pub fn of(self, before: &Options) -> Options {
        Options {
            completed: self.completed.unwrap_or(before.completed),
            customers_only: self.customers_only.unwrap_or(before.customers_only),
            without_emojis: self.without_emojis.unwrap_or(before.without_emojis),
            with_headers: self.with_headers.unwrap_or(before.with_headers),
            further_folders: self.further_folders.unwrap_or_else(|| before.further_folders.clone()),
            reads_sent: self.reads_sent.unwrap_or(before.reads_sent),
            mails_per_run: self.mails_per_run.unwrap_or(before.mails_per_run),
            mail_mebibytes_max: self.mail_mebibytes_max.unwrap_or(before.mail_mebibytes_max),
            tells_too_large: self.tells_too_large.unwrap_or(before.tells_too_large),
            reads_reference: self.reads_reference.unwrap_or(before.reads_reference),
            reference_pattern: self
                .reference_pattern
                .unwrap_or_else(|| before.reference_pattern.clone()),
        }
    }
}
