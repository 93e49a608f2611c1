//! Mails of one source on their way, several at a time, but none together with one that it answers:
//! an answer that is decided first would not find the ticket.

use std::collections::HashMap;
use std::future::Future;
use std::panic::catch_unwind;

use db::{Failure, Result};
use mail::read::{Thread, thread};
use tokio::task::{Id as TaskId, JoinSet};

/// What a mail is called and what it answers. A mail that breaks the reader has no name; it is
/// stored all the same, and its decision says what becomes of it.
pub fn thread_of(bytes: &[u8]) -> Thread {
    catch_unwind(|| thread(bytes)).unwrap_or_default()
}

/// Mails on their way. They are given up when it is dropped.
pub struct Line<T> {
    working: JoinSet<T>,
    names: HashMap<TaskId, String>,
}

impl<T> Default for Line<T> {
    fn default() -> Self {
        Self { working: JoinSet::new(), names: HashMap::new() }
    }
}

impl<T: Send + 'static> Line<T> {
    /// How many mails are on their way.
    pub fn len(&self) -> usize {
        self.working.len()
    }

    /// Whether none is on its way.
    pub fn is_empty(&self) -> bool {
        self.working.is_empty()
    }

    /// Whether a mail answers one that is on its way.
    pub fn has_answered(&self, answer: &Thread) -> bool {
        self.names.values().any(|name| answer.answered.contains(name))
    }

    /// Sends a mail on its way.
    pub fn begin(&mut self, thread: Thread, work: impl Future<Output = T> + Send + 'static) {
        let task = self.working.spawn(work);
        if let Some(name) = thread.message_id {
            self.names.insert(task.id(), name);
        }
    }

    /// Waits until one is done; `None` if none is on its way.
    pub async fn one_done(&mut self) -> Option<Result<T>> {
        let (task, done) = match self.working.join_next_with_id().await? {
            Ok((task, done)) => (task, Ok(done)),
            Err(problem) => (problem.id(), Err(Failure::other(problem))),
        };
        self.names.remove(&task);
        Some(done)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_answer_waits_until_the_mail_it_answers_is_done() {
        let mut line = Line::default();
        let answer = thread_of(b"Message-ID: <2@x>\r\nIn-Reply-To: <1@x>\r\n\r\n");
        line.begin(thread_of(b"Message-ID: <1@x>\r\n\r\n"), async { 1 });
        line.begin(thread_of(b"Subject: no name\r\n\r\n"), async { 2 });
        assert!(line.has_answered(&answer));
        let mut done = Vec::new();
        while line.has_answered(&answer) {
            done.extend(line.one_done().await.and_then(Result::ok));
        }
        assert!(done.contains(&1));
        while line.one_done().await.is_some() {}
        assert!(line.is_empty());
    }
}
