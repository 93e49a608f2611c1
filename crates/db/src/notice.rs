//! Live notices: hints that something changed, for open pages and sleeping workers.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// A hint that something changed. It carries no content: who receives it reads the rows, with its
/// own rights. A lost notice costs time, never correctness, because every reader also polls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The kind of thing that changed, for example `"ticket"`: letters, digits, `_` and `.`, at
    /// most 32 of them.
    pub topic: &'static str,
    /// The id of that thing.
    pub id: i64,
}

/// Different topics another process may use. The product has about ten.
const TOPICS_MAX: usize = 256;
/// Letters of a topic.
const TOPIC_LENGTH_MAX: usize = 32;

/// Notices as one text, the form in which they travel between processes: sender, then pairs of
/// topic and id.
pub(crate) fn encode(sender: u64, notices: &[Notice]) -> String {
    let mut text = sender.to_string();
    for (index, notice) in notices.iter().enumerate() {
        let is_repeated = notices.iter().take(index).any(|before| before == notice);
        if !is_repeated && is_topic(notice.topic) {
            text.push_str(&format!(" {} {}", notice.topic, notice.id));
        }
    }
    text
}

/// The notices in a text from another process; none of one's own, and none if it cannot be read.
pub(crate) fn decode(own: u64, text: &str) -> Vec<Notice> {
    let mut words = text.split(' ');
    let mut notices = Vec::new();
    if words.next().and_then(|sender| sender.parse().ok()).is_none_or(|sender: u64| sender == own) {
        return notices;
    }
    while let (Some(topic), Some(id)) = (words.next(), words.next()) {
        if let (Some(topic), Ok(id)) = (interned(topic), id.parse()) {
            notices.push(Notice { topic, id });
        }
    }
    notices
}

/// A topic as a text that lives as long as the process: each is kept once, and no more than a
/// bounded number, so that a stranger on the same channel cannot fill the memory.
fn interned(topic: &str) -> Option<&'static str> {
    static TOPICS: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut topics = TOPICS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = topics.get(topic) {
        return Some(known);
    }
    if topics.len() >= TOPICS_MAX || !is_topic(topic) {
        return None;
    }
    let kept: &'static str = topic.to_owned().leak();
    topics.insert(kept);
    Some(kept)
}

fn is_topic(text: &str) -> bool {
    let is_letter = |letter: char| letter.is_ascii_alphanumeric() || "_.".contains(letter);
    !text.is_empty() && text.len() <= TOPIC_LENGTH_MAX && text.chars().all(is_letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notices_of_another_process_are_read_once_each_and_own_ones_not() {
        let ticket = Notice { topic: "ticket", id: 7 };
        let mailbox = Notice { topic: "mailbox", id: -1 };

        let text = encode(42, &[ticket, mailbox, ticket]);

        assert_eq!(text, "42 ticket 7 mailbox -1");
        assert_eq!(decode(1, &text), [ticket, mailbox]);
        assert_eq!(decode(42, &text), []);
    }

    #[test]
    fn what_is_not_a_notice_is_left_out() {
        for text in ["", "hello", "1", "1 ticket", "1 ticket seven", "1 tick;et 7"] {
            assert_eq!(decode(9, text), [], "{text:?}");
        }
        assert_eq!(decode(9, &format!("1 {} 7", "x".repeat(33))), []);
        assert_eq!(encode(1, &[Notice { topic: "two words", id: 1 }]), "1");
    }
}
