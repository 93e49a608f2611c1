//! The note before the dot.

use db::{Operation, Result, Tx};

use super::store;
use crate::record::OutboundId;
use crate::service::lease::{self, Fence};

/// Notes durably that the last dot of a mail follows. `false` if the lease is lost: then it must
/// not.
pub struct NoteDot<'a> {
    /// The lease of the account.
    pub fence: &'a Fence,
    /// The mail.
    pub mail: OutboundId,
}

impl Operation for NoteDot<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        store::note_dot(tx, self.mail).await
    }
}
