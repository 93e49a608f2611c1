//! The pages that move messages and merge tickets, and what stands of it on the page of a ticket.

mod hints;
mod joined;
mod merge;
mod moving;
#[cfg(test)]
mod samples;
mod several;

pub use hints::{Alike, hints};
pub use joined::{Joined, What, joined, moved_on, origin};
pub use merge::{Choice, MergePage, Preview, merge_page};
pub use moving::{Movable, MovePage, Mover, move_page, mover};
pub use several::{Chosen, SeveralPage, several_page};
