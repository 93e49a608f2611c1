//! What becomes of a mail that leaves: its states, when it is tried again, when automatic mails
//! pause. The caller talks to the mail server and writes down what is decided here (mail.md 3.2).

mod back_off;
mod breaker;
mod quiet;
mod settle;
mod state;
#[cfg(test)]
mod tests;

pub use back_off::{GIVE_UP_AFTER, WARN_AFTER, next_try};
pub use breaker::{Busy, PER_ADDRESS_A_DAY, PER_DOMAIN_AN_HOUR, Recent, may_send_automatic};
pub use quiet::{Resolved, Sighting, UNCERTAIN_FOR, proves_taken, resolve_uncertain};
pub use settle::{Attempt, Fact, Outcome, Settled, Waiting, settle};
pub use state::{MailState, RecipientState, Reported, after_report, mail_state};
