//! Mails in work, a few at a time: as soon as one is done there is room for the next. None is in
//! work twice.

use std::collections::HashMap;
use std::future::{Future, pending};

use tokio::task::{Id as TaskId, JoinSet};

use crate::record::MailId;

/// Mails in work. They are given up when it is dropped.
pub struct Pool {
    size: usize,
    working: JoinSet<()>,
    mails: HashMap<TaskId, MailId>,
}

impl Pool {
    /// An empty pool with room for so many mails.
    pub fn new(size: usize) -> Self {
        let (working, mails) = (JoinSet::new(), HashMap::new());
        Self { size, working, mails }
    }

    /// Whether there is no room for another mail.
    pub fn is_full(&self) -> bool {
        self.mails.len() >= self.size
    }

    /// Whether a mail is in work.
    pub fn has(&self, mail: MailId) -> bool {
        self.mails.values().any(|other| *other == mail)
    }

    /// Begins work on a mail.
    pub fn begin(&mut self, mail: MailId, work: impl Future<Output = ()> + Send + 'static) {
        let task = self.working.spawn(work);
        self.mails.insert(task.id(), mail);
    }

    /// Waits until work on one mail ends, however it ends; for ever if there is none.
    pub async fn one_done(&mut self) {
        let task = match self.working.join_next_with_id().await {
            Some(Ok((task, ()))) => task,
            Some(Err(problem)) => {
                tracing::error!(%problem, "work on a mail broke off");
                problem.id()
            }
            None => return pending().await,
        };
        self.mails.remove(&task);
    }

    /// Waits until no mail is in work.
    pub async fn all_done(&mut self) {
        while !self.mails.is_empty() {
            self.one_done().await;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use tokio::sync::oneshot;

    use super::*;

    fn mail(number: i64) -> MailId {
        MailId::from_number(number)
    }

    #[tokio::test]
    async fn a_slow_mail_keeps_its_place_only_and_is_in_work_once() {
        let mut pool = Pool::new(2);
        let (end, ended) = oneshot::channel();
        pool.begin(mail(1), async { ended.await.unwrap() });
        for number in 2..5 {
            assert!(!pool.is_full());
            pool.begin(mail(number), async {});
            assert!(pool.is_full() && pool.has(mail(1)) && pool.has(mail(number)));
            pool.one_done().await;
            assert!(!pool.has(mail(number)));
        }
        end.send(()).unwrap();
        pool.all_done().await;
        assert!(!pool.has(mail(1)));
    }

    #[tokio::test]
    async fn work_that_panics_makes_room_like_any_other() {
        let mut pool = Pool::new(1);
        pool.begin(mail(1), async { panic!("a guilty mail") });
        pool.one_done().await;
        assert!(!pool.is_full() && !pool.has(mail(1)));
    }
}
