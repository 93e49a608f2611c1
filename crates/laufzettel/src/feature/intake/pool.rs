//! Mails in work, a few at a time: as soon as one is done there is room for the next. None is in
//! work twice, and an answer waits for the mail it answers.

use std::collections::HashMap;
use std::future::{Future, pending};
use std::sync::Arc;

use tokio::sync::watch;
use tokio::task::{Id as TaskId, JoinSet};

use crate::record::MailId;

/// Mails in work. They are given up when it is dropped.
pub struct Pool {
    size: usize,
    working: JoinSet<()>,
    mails: HashMap<TaskId, MailId>,
    names: Names,
}

impl Pool {
    /// An empty pool with room for so many mails.
    pub fn new(size: usize) -> Self {
        let (working, mails) = (JoinSet::new(), HashMap::new());
        Self { size, working, mails, names: Names::default() }
    }

    /// Whether there is no room for another mail.
    pub fn is_full(&self) -> bool {
        self.mails.len() >= self.size
    }

    /// Whether a mail is in work.
    pub fn has(&self, mail: MailId) -> bool {
        self.mails.values().any(|other| *other == mail)
    }

    /// The Message-IDs of the mails in work.
    pub fn names(&self) -> Names {
        self.names.clone()
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
        if let Some(mail) = self.mails.remove(&task) {
            self.names.forget(mail);
        }
    }

    /// Waits until no mail is in work.
    pub async fn all_done(&mut self) {
        while !self.mails.is_empty() {
            self.one_done().await;
        }
    }
}

/// The Message-IDs of mails in work, as far as they are read.
#[derive(Clone, Debug, Default)]
pub struct Names(Arc<watch::Sender<Vec<(MailId, String)>>>);

impl Names {
    /// Says what a mail in work is called.
    pub fn add(&self, mail: MailId, message_id: String) {
        self.0.send_modify(|names| names.push((mail, message_id)));
    }

    /// Waits until no older mail with one of these Message-IDs is in work. Only for older ones, so
    /// that mails that name each other do not wait for ever.
    pub async fn without(&self, mail: MailId, answered: &[String]) {
        let is_answered =
            |(other, name): &(MailId, String)| *other < mail && answered.contains(name);
        let mut names = self.0.subscribe();
        // The sender lives as long as this does, so the only outcome is that they are done.
        names.wait_for(|names| !names.iter().any(is_answered)).await.ok();
    }

    fn forget(&self, mail: MailId) {
        self.0.send_modify(|names| names.retain(|(other, _)| *other != mail));
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use std::pin::pin;
    use std::time::Duration;

    use tokio::sync::oneshot;
    use tokio::time::timeout;

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

    #[tokio::test]
    async fn an_answer_waits_for_an_older_mail_that_it_answers() {
        let mut pool = Pool::new(2);
        let names = pool.names();
        let (end, ended) = oneshot::channel();
        pool.begin(mail(5), async { ended.await.unwrap() });
        names.add(mail(5), "first@kunde.example".to_owned());
        let answered = ["first@kunde.example".to_owned()];
        let mut answer = pin!(names.without(mail(6), &answered));
        assert!(timeout(Duration::ZERO, answer.as_mut()).await.is_err());
        names.without(mail(4), &answered).await;
        names.without(mail(6), &["other@kunde.example".to_owned()]).await;
        end.send(()).unwrap();
        pool.one_done().await;
        answer.await;
    }
}
