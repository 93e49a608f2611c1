//! What a mailbox does with its mails, beside what has columns of its own. Stored as one JSON value, so
//! that a further choice needs no further column.

use rules::reference::USUAL_PATTERN;
use serde::{Deserialize, Serialize};

/// What a mailbox does with its mails.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Its tickets are completed at once (F-STAT-15). A rule that sets a status wins (K-32).
    pub completed: bool,
    /// A mail joins a ticket only if its sender belongs to the customer of that ticket; else nothing
    /// becomes of it and it is listed (F-MAIL-25).
    pub customers_only: bool,
    /// Emojis are taken out of subjects and texts (F-MAIL-36). The raw mail keeps them.
    pub without_emojis: bool,
    /// The head of each mail stands below its text (F-MAIL-36).
    pub with_headers: bool,
    /// Folders of the account that are read beside the one of its source.
    pub further_folders: Vec<String>,
    /// What the team sends with other mail programs and answers a ticket is taken from the Sent folder.
    pub reads_sent: bool,
    /// At most so many mails are taken at a time, then others have their turn; all of them without a
    /// number (F-MAIL-13).
    pub mails_per_run: Option<i64>,
    /// Of a larger mail only the head is taken; it stays on the server.
    pub mail_mebibytes_max: i64,
    /// Whoever sent a mail that is too large is told so, once.
    pub tells_too_large: bool,
    /// The customer's own number is read from the first mail and added to answers (F-OUT-25).
    pub reads_reference: bool,
    /// How that number is found; see [`rules::reference`].
    pub reference_pattern: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            completed: false,
            customers_only: false,
            without_emojis: false,
            with_headers: false,
            further_folders: Vec::new(),
            reads_sent: false,
            mails_per_run: None,
            mail_mebibytes_max: Self::MEBIBYTES_MAX,
            tells_too_large: true,
            reads_reference: false,
            reference_pattern: USUAL_PATTERN.to_owned(),
        }
    }
}

impl Options {
    /// The largest mail that any mailbox takes.
    pub const MEBIBYTES_MAX: i64 = 64;
    /// Mails of one run.
    pub const PER_RUN_MAX: i64 = 100_000;

    /// What is stored; what cannot be read is as usual.
    pub fn of(stored: Option<&str>) -> Self {
        stored.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    /// The value to store.
    pub fn stored(&self) -> String {
        serde_json::json!(self).to_string()
    }

    /// Octets of the largest mail that is taken whole.
    pub fn mail_bytes_max(&self) -> u32 {
        let mebibytes = self.mail_mebibytes_max.clamp(1, Self::MEBIBYTES_MAX);
        u32::try_from(mebibytes * 1024 * 1024).unwrap_or(u32::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_stored_is_as_usual() {
        let options = Options::of(Some(r#"{"completed":true}"#));
        assert_eq!(options, Options { completed: true, ..Options::default() });
        assert_eq!(Options::of(None), Options::default());
        assert_eq!(Options::of(Some("{")), Options::default());
        assert_eq!(Options::of(Some(&options.stored())), options);
    }
}
