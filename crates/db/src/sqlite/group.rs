//! The operations that share one commit.

use std::time::Duration;

use tokio::sync::{broadcast, oneshot};
use tokio::time::Instant;

use crate::view::{Late, Left};
use crate::{Failure, Notice, Result};

/// Operations in one group. More would not be faster: the sync is already a small part by then.
const GROUP_MEMBERS_MAX: usize = 128;
/// Age at which a group is committed although others are waiting.
const GROUP_AGE_MAX: Duration = Duration::from_millis(20);

/// When a group is committed although others are waiting, so that the first member does not pay
/// for all who come after it.
#[derive(Clone, Copy, Debug)]
pub struct GroupLimits {
    /// Operations in one group, at least 1.
    pub members_max: usize,
    /// Time since the group was opened.
    pub age_max: Duration,
}

impl Default for GroupLimits {
    fn default() -> Self {
        Self { members_max: GROUP_MEMBERS_MAX, age_max: GROUP_AGE_MAX }
    }
}

/// One open transaction and those who wait for its commit.
pub(super) struct Group {
    limits: GroupLimits,
    opened: Instant,
    members: Vec<Member>,
    late: Vec<Late>,
}

struct Member {
    notices: Vec<Notice>,
    answer: oneshot::Sender<Result<()>>,
}

/// The promise to a member: it learns how the commit of its group ended.
pub(super) struct Answer(oneshot::Receiver<Result<()>>);

impl Group {
    pub(super) fn open(limits: GroupLimits) -> Self {
        Self { limits, opened: Instant::now(), members: Vec::new(), late: Vec::new() }
    }

    pub(super) fn join(&mut self, left: Left) -> Answer {
        let (answer, receiver) = oneshot::channel();
        self.members.push(Member { notices: left.notices, answer });
        self.late.extend(left.late);
        Answer(receiver)
    }

    /// The statements that are left for the end of the transaction.
    pub(super) fn take_late(&mut self) -> Vec<Late> {
        std::mem::take(&mut self.late)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    pub(super) fn is_complete(&self) -> bool {
        self.members.len() >= self.limits.members_max
            || self.opened.elapsed() >= self.limits.age_max
    }

    /// Gives out the notices and tells all members that their change is durable.
    ///
    /// The notices of a member whose future was dropped leave too: its change is stored like the
    /// others'.
    pub(super) fn committed(self, notices: &broadcast::Sender<Notice>) {
        for member in self.members {
            for notice in member.notices {
                // Nobody listens: that is fine, a notice is only a hint.
                notices.send(notice).ok();
            }
            // The member hung up: there is nobody to tell.
            member.answer.send(Ok(())).ok();
        }
    }

    /// Tells all members that nothing of theirs was kept. No notice leaves.
    pub(super) fn failed(self, failure: &Failure) {
        for member in self.members {
            // The member hung up: there is nobody to tell.
            member.answer.send(Err(failure.clone())).ok();
        }
    }
}

impl Answer {
    pub(super) async fn committed(self) -> Result<()> {
        self.0.await.unwrap_or_else(|_| Err(Failure::other("the writer ended before the commit")))
    }
}
