//! Mails that were stored a moment ago, so that deciding about them does not read, unpack and check
//! them again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use super::store::journal::Waiting;
use crate::record::MailId;

/// Bytes that are kept; the oldest mails make room. They are only a short cut: whatever is missing is
/// read from the database.
const BYTES_MAX: usize = 8 * 1024 * 1024;
/// Larger mails are not kept.
const MAIL_BYTES_MAX: usize = 512 * 1024;

/// Mails that were just stored.
#[derive(Default)]
pub struct FreshMails(Mutex<Held>);

#[derive(Default)]
struct Held {
    mails: VecDeque<(MailId, Fresh)>,
    bytes: usize,
}

/// What the journal says of a mail, as far as the one who stored it knows, and its bytes.
pub type Fresh = (Option<Waiting>, Arc<Vec<u8>>);

impl FreshMails {
    /// Keeps a mail for a moment.
    pub fn put(&self, mail: MailId, waiting: Option<Waiting>, bytes: &[u8]) {
        if bytes.len() > MAIL_BYTES_MAX {
            return;
        }
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.bytes += bytes.len();
        held.mails.push_back((mail, (waiting, Arc::new(bytes.to_vec()))));
        while held.bytes > BYTES_MAX {
            let Some((_, (_, oldest))) = held.mails.pop_front() else { return };
            held.bytes -= oldest.len();
        }
    }

    /// Gives a mail away.
    pub fn take(&self, mail: MailId) -> Option<Fresh> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = held.mails.iter().position(|(other, _)| *other == mail)?;
        let (_, fresh) = held.mails.remove(place)?;
        held.bytes -= fresh.1.len();
        Some(fresh)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_mails_are_kept_each_for_one_taker() {
        let (fresh, large) = (FreshMails::default(), vec![b'x'; MAIL_BYTES_MAX]);
        let mail = MailId::from_number;
        let taken = |number| fresh.take(mail(number)).map(|(_, bytes)| bytes.len());
        (1..=20).for_each(|number| fresh.put(mail(number), None, &large));
        assert_eq!(taken(4), None);
        assert_eq!(taken(5), Some(MAIL_BYTES_MAX));
        assert_eq!(taken(5), None);
        fresh.put(mail(21), None, &vec![b'x'; MAIL_BYTES_MAX + 1]);
        assert_eq!(taken(21), None);
        fresh.put(mail(22), None, b"small");
        assert_eq!(taken(6), Some(MAIL_BYTES_MAX));
        assert_eq!(taken(22), Some(5));
    }
}
