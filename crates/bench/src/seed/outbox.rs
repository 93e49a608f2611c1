//! The mails by which the answers of filled tickets left.

use rules::text::fold_text;
use values::Timestamp;

use super::lists::{ADDRESS, Customer};
use super::rows::{OUTBOUND_MAIL, OUTBOUND_RECIPIENT, Row};
use crate::row;

/// An answer that was sent long ago.
pub struct Answer {
    /// The id of its mail.
    pub id: i64,
    /// The ticket.
    pub ticket: i64,
    /// The message.
    pub message: i64,
    /// Who wrote it.
    pub agent: Option<i64>,
    /// When.
    pub at: Timestamp,
}

impl Answer {
    /// The mail and its recipient. Its bytes are nowhere.
    pub fn rows(&self, customer: &Customer, subject: &str, message_id: &str) -> (Row, Row) {
        let at = self.at.millis();
        let subject = format!("Re: {subject}");
        let mail = row!(OUTBOUND_MAIL;
            self.id, self.ticket, self.message, self.agent, "reply".to_owned(), 0, 0,
            "Support".to_owned(), ADDRESS.to_owned(), ADDRESS.to_owned(), subject.clone(),
            fold_text(&subject), message_id.to_owned(), self.id.to_be_bytes().repeat(4), 4_096,
            "sent".to_owned(), at, at, 1, 0, 0, "250 2.0.0 Ok".to_owned(), at,
        );
        let address = customer.address.clone();
        let domain = address.rsplit('@').next().unwrap_or_default().to_owned();
        let recipient = row!(OUTBOUND_RECIPIENT;
            self.id, 0, address, domain, customer.name.clone(), "to".to_owned(), 0,
            "accepted".to_owned(), at,
        );
        (mail, recipient)
    }
}
