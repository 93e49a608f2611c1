//! What requests and answers say of what the navigation points out.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::api::present;
use crate::record::hints::Hints;

/// What the navigation points out.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Hints)]
pub struct ShownHints {
    /// Whether it counts mails that nobody has assigned to a ticket.
    unplaced_mails: bool,
    /// Whether it counts new tickets without a category.
    without_category: bool,
}

impl ShownHints {
    /// As they are shown.
    pub fn of(hints: Hints) -> Self {
        Self { unplaced_mails: hints.unplaced_mails, without_category: hints.without_category }
    }
}

/// What is changed of what the navigation points out.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = HintsChange)]
pub struct HintsChange {
    /// Whether it counts mails that nobody has assigned to a ticket.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    unplaced_mails: Option<bool>,
    /// Whether it counts new tickets without a category.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    without_category: Option<bool>,
}

impl HintsChange {
    /// What was before, with what is changed.
    pub fn applied(self, before: Hints) -> Hints {
        Hints {
            unplaced_mails: self.unplaced_mails.unwrap_or(before.unplaced_mails),
            without_category: self.without_category.unwrap_or(before.without_category),
        }
    }
}
