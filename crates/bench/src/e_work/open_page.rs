//! The stream that an open page listens to, as its script does.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use crate::Result;
use crate::load::http::{Accept, Client, Request};

/// What the stream said since somebody looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct News {
    /// Whether a ticket changed.
    pub has_ticket: bool,
    /// Whether somebody came into the own ticket, left it or writes in it.
    pub has_presence: bool,
    /// Whether the own ticket changed.
    pub has_own: bool,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<Vec<(String, String)>>,
    events: AtomicUsize,
    is_lost: AtomicBool,
}

/// A stream that is being read.
pub struct OpenPage {
    shared: Arc<Shared>,
}

impl OpenPage {
    /// Listens until the server ends the stream.
    pub fn open(address: SocketAddr, cookie: &str) -> Result<Self> {
        let mut stream = Client::connect(address)?;
        stream.listen(&Request::page(address, "/live", cookie, Accept::Identity))?;
        let shared = Arc::new(Shared::default());
        let reading = Arc::clone(&shared);
        thread::spawn(move || {
            while let Ok(data) = stream.event() {
                reading.events.fetch_add(1, Ordering::Relaxed);
                let mut waiting = reading.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                waiting.extend(announcement(&data));
            }
            reading.is_lost.store(true, Ordering::Relaxed);
        });
        Ok(Self { shared })
    }

    /// What came since the last look, for somebody who looks at a ticket.
    pub fn news(&self, own: Option<&str>) -> News {
        let waiting = std::mem::take(
            &mut *self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner),
        );
        let has = |topic: &str, id: Option<&str>| {
            waiting.iter().any(|(one, of)| one == topic && id.is_none_or(|id| id == of))
        };
        News {
            has_ticket: has("ticket", None),
            has_presence: own.is_some() && has("presence", own),
            has_own: own.is_some() && has("ticket", own),
        }
    }

    /// Announcements so far.
    pub fn events(&self) -> usize {
        self.shared.events.load(Ordering::Relaxed)
    }

    /// Whether the stream has ended.
    pub fn is_lost(&self) -> bool {
        self.shared.is_lost.load(Ordering::Relaxed)
    }
}

/// Topic and id of an announcement.
fn announcement(data: &str) -> Option<(String, String)> {
    let value: serde_json::Value = serde_json::from_str(data).ok()?;
    let text = |name: &str| Some(value.get(name)?.as_str()?.to_owned());
    Some((text("topic")?, text("id")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_announcement_has_a_topic_and_an_id() {
        let read = announcement(r#"{"topic":"ticket","id":"48213"}"#);
        assert_eq!(read, Some(("ticket".to_owned(), "48213".to_owned())));
        assert_eq!(announcement("odd"), None);
    }
}
