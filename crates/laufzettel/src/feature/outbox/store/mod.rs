//! SQL of the outbox.

mod due;
mod end;
mod list;
mod one;
mod recent;
mod recover;
mod relay;
mod settled;

pub use due::{Due, Recipient, due, next_due, recipients_of};
pub use end::{begin, cancel, drop_unconfirmed, note_dot, put_off};
pub use list::{Key, List, ListedOut, Named, Readable, counts, list, newest, of_messages, ticket};
pub use one::{Attempted, Report, StoredOut, attempts, one, reports, send_again, stop};
pub use recent::recent;
pub use recover::{GiveBack, Recover};
pub use relay::{FreeRelay, is_paused, note_trouble, note_well, pause, try_now};
pub use settled::{insert_attempt, write_settled};
