//! What a customer's message does to a ticket's status and unseen mark.

use crate::status::{Stage, StatusKind};

use super::facts::{AfterClosing, OnCustomerAnswer};

/// What becomes of the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusEffect {
    /// It stays.
    Keep,
    /// It becomes the first active status of this kind.
    Become(StatusKind),
}

/// What becomes of the unseen mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenEffect {
    /// It stays.
    Keep,
    /// The ticket becomes unseen.
    MarkUnseen,
}

/// The status after a customer wrote. A finished ticket opens as its area says of closed ones.
/// Another one becomes what the area says of answers: usually new if nobody is responsible, else
/// being worked on. A status that already has that kind stays.
///
/// For mails that no person wrote nothing changes; that is the caller's to know.
pub fn status_after_customer_message(
    kind: StatusKind,
    has_assignee: bool,
    after_closing: AfterClosing,
    on_answer: OnCustomerAnswer,
) -> StatusEffect {
    let is_finished = matches!(kind.stage(), Stage::Closed | Stage::Trash);
    let wanted = match after_closing {
        AfterClosing::ReopenAsOpen if is_finished => StatusKind::InProgress,
        _ if is_finished => StatusKind::Unread,
        _ => match on_answer {
            OnCustomerAnswer::Unread => StatusKind::Unread,
            OnCustomerAnswer::ByAssignee if !has_assignee => StatusKind::Unread,
            OnCustomerAnswer::ByAssignee | OnCustomerAnswer::InProgress => StatusKind::InProgress,
        },
    };
    match wanted == kind {
        true => StatusEffect::Keep,
        false => StatusEffect::Become(wanted),
    }
}
