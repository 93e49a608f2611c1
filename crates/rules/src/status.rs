//! The kinds of statuses.
//!
//! Statuses are free lists with names of their own; rules know only the kind of each.

/// What a status means to the rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusKind {
    /// New, nobody has looked at it.
    Unread,
    /// Looked at, nobody is assigned.
    Read,
    /// Somebody is assigned and has not begun.
    Assigned,
    /// Being worked on.
    InProgress,
    /// The requester has to answer.
    WaitingRequester,
    /// A colleague has to answer.
    WaitingInternal,
    /// Somebody has to find out what this is about.
    ToClarify,
    /// Put off on purpose.
    OnHold,
    /// Solved.
    Done,
    /// Closed without a solution.
    Cancelled,
    /// Not to be handled: advertising, mistakes.
    Trash,
}

/// Where a ticket stands, coarser than its status kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// The team has something to do.
    Open,
    /// Not finished, but nothing to do for the team now.
    Waiting,
    /// Finished.
    Closed,
    /// In the trash.
    Trash,
    /// Gone into another ticket, to which its number leads. No status gives it.
    Merged,
}

impl StatusKind {
    /// All kinds, in the order of a ticket's life.
    pub const ALL: [Self; 11] = [
        Self::Unread,
        Self::Read,
        Self::Assigned,
        Self::InProgress,
        Self::WaitingRequester,
        Self::WaitingInternal,
        Self::ToClarify,
        Self::OnHold,
        Self::Done,
        Self::Cancelled,
        Self::Trash,
    ];

    /// The code in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unread => "unread",
            Self::Read => "read",
            Self::Assigned => "assigned",
            Self::InProgress => "in_progress",
            Self::WaitingRequester => "waiting_requester",
            Self::WaitingInternal => "waiting_internal",
            Self::ToClarify => "to_clarify",
            Self::OnHold => "on_hold",
            Self::Done => "done",
            Self::Cancelled => "cancelled",
            Self::Trash => "trash",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Where a ticket with this kind of status stands.
    ///
    /// A question to a colleague is the team's own work, so it stays open; what is put off is
    /// out of the way like what waits for the requester.
    pub fn stage(self) -> Stage {
        match self {
            Self::Unread
            | Self::Read
            | Self::Assigned
            | Self::InProgress
            | Self::WaitingInternal
            | Self::ToClarify => Stage::Open,
            Self::WaitingRequester | Self::OnHold => Stage::Waiting,
            Self::Done | Self::Cancelled => Stage::Closed,
            Self::Trash => Stage::Trash,
        }
    }

    /// Whether the ticket is neither closed nor in the trash; waiting tickets are open, too.
    pub fn is_open(self) -> bool {
        self.stage().is_open()
    }

    /// Whether the ticket is closed; the trash is not.
    pub fn is_closed(self) -> bool {
        self.stage() == Stage::Closed
    }
}

impl Stage {
    /// All stages.
    pub const ALL: [Self; 5] = [Self::Open, Self::Waiting, Self::Closed, Self::Trash, Self::Merged];

    /// The code in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Closed => "closed",
            Self::Trash => "trash",
            Self::Merged => "merged",
        }
    }

    /// The stage with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.code() == code)
    }

    /// Whether a ticket here is neither closed nor in the trash.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_has_the_code_of_the_api_and_a_stage() {
        let table: Vec<_> = StatusKind::ALL
            .iter()
            .map(|kind| format!("{} {}", kind.code(), kind.stage().code()))
            .collect();
        assert_eq!(
            table,
            [
                "unread open",
                "read open",
                "assigned open",
                "in_progress open",
                "waiting_requester waiting",
                "waiting_internal open",
                "to_clarify open",
                "on_hold waiting",
                "done closed",
                "cancelled closed",
                "trash trash",
            ]
        );
    }

    #[test]
    fn a_code_is_read_back_and_no_other_text_is_a_kind() {
        for kind in StatusKind::ALL {
            assert_eq!(StatusKind::from_code(kind.code()), Some(kind));
        }
        assert_eq!(StatusKind::from_code("closed"), None);
        for stage in Stage::ALL {
            assert_eq!(Stage::from_code(stage.code()), Some(stage));
        }
        assert_eq!(Stage::from_code("done"), None);
    }

    #[test]
    fn a_waiting_ticket_is_open_and_the_trash_is_neither_open_nor_closed() {
        assert!(StatusKind::WaitingRequester.is_open());
        assert!(StatusKind::Cancelled.is_closed());
        assert!(!StatusKind::Trash.is_open());
        assert!(!StatusKind::Trash.is_closed());
    }
}
