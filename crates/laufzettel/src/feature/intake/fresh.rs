//! The bytes of mails that were stored a moment ago, so that deciding about them does not read,
//! unpack and check them again.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

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
    mails: VecDeque<(MailId, Arc<Vec<u8>>)>,
    bytes: usize,
}

impl FreshMails {
    /// Keeps the bytes of a mail for a moment.
    pub fn put(&self, mail: MailId, bytes: &[u8]) {
        if bytes.len() > MAIL_BYTES_MAX {
            return;
        }
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        held.bytes += bytes.len();
        held.mails.push_back((mail, Arc::new(bytes.to_vec())));
        while held.bytes > BYTES_MAX {
            let Some((_, oldest)) = held.mails.pop_front() else { return };
            held.bytes -= oldest.len();
        }
    }

    /// Gives the bytes away.
    pub fn take(&self, mail: MailId) -> Option<Arc<Vec<u8>>> {
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = held.mails.iter().position(|(other, _)| *other == mail)?;
        let (_, bytes) = held.mails.remove(place)?;
        held.bytes -= bytes.len();
        Some(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_mails_are_kept_each_for_one_taker() {
        let (fresh, large) = (FreshMails::default(), vec![b'x'; MAIL_BYTES_MAX]);
        let mail = MailId::from_number;
        (1..=20).for_each(|number| fresh.put(mail(number), &large));
        assert_eq!(fresh.take(mail(4)), None);
        assert_eq!(fresh.take(mail(5)).as_deref(), Some(&large));
        assert_eq!(fresh.take(mail(5)), None);
        fresh.put(mail(21), &vec![b'x'; MAIL_BYTES_MAX + 1]);
        assert_eq!(fresh.take(mail(21)), None);
        fresh.put(mail(22), b"small");
        assert_eq!(fresh.take(mail(6)).as_deref(), Some(&large));
        assert_eq!(fresh.take(mail(22)).as_deref().map(Vec::as_slice), Some(b"small".as_slice()));
    }
}
