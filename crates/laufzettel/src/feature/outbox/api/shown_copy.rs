//! The copy of a mail in the folder for sent mails, as the API shows it.

use serde::Serialize;
use utoipa::ToSchema;

use crate::api::Time;
use crate::record::sent_copy::SentCopy;

/// The copy of a mail in the folder for sent mails.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = OutboundCopy)]
pub(super) struct ShownCopy {
    /// `waiting`, `copied`, `found` (it lay there already) or `given_up`.
    state: String,
    /// The folder.
    folder: Option<String>,
    /// Tries that failed.
    failed_attempts: i64,
    /// When it is tried next.
    next_at: Option<Time>,
    /// What the server said last.
    detail: Option<String>,
    /// When its state was written down.
    changed_at: Time,
}

impl From<SentCopy> for ShownCopy {
    fn from(copy: SentCopy) -> Self {
        Self {
            state: copy.state,
            folder: copy.folder,
            failed_attempts: copy.attempts,
            next_at: copy.next_at.map(Time),
            detail: copy.words.filter(|words| !words.is_empty()),
            changed_at: Time(copy.changed_at),
        }
    }
}
