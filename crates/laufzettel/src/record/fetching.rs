//! How the mailboxes that are fetched fare, for the navigation and the status line of the lists.

use db::{Db, Result, from_row, sql};
use rules::right::{Place, Right, allows};
use values::Timestamp;

use super::AreaId;
use super::actor::Actor;
use super::mailbox::Health;

from_row! {
    /// How one mailbox fares.
    #[derive(Clone, Debug)]
    pub struct Fetching {
        /// The area of its tickets.
        pub area: AreaId,
        /// `new`, `well` or `troubled`.
        pub state: String,
        /// When mails were last fetched.
        pub succeeded_at: Option<Timestamp>,
    }
}

/// All mailboxes that are switched on. There are tens of them, not thousands.
pub async fn all(db: &Db) -> Result<Vec<Fetching>> {
    db.all(
        sql!(
            "select m.area, s.state, s.succeeded_at
             from mailbox_state s join mailbox m on m.id = s.mailbox
             where m.enabled = 1
             limit 1000"
        ),
        [],
    )
    .await
}

/// Whether an actor may know how a mailbox fares.
pub fn is_visible(actor: &Actor, fetching: &Fetching) -> bool {
    allows(&actor.rights, Right::ReadMails, Place::Area(fetching.area.number()))
}

impl Fetching {
    /// It does not work.
    pub fn is_troubled(&self) -> bool {
        Health::from_code(&self.state) == Health::Troubled
    }
}
