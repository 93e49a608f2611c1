//! What requests and answers say of new tickets.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::Problem;

use crate::api::{invalid, present};
use crate::record::new_tickets::{Field, NewTicketRules};

/// How people make tickets by hand.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = NewTicketRules)]
pub struct ShownRules {
    /// Whether a ticket that a person of the team makes starts as read.
    starts_read: bool,
    /// Whether whoever makes a ticket is responsible for it at first.
    assigns_creator: bool,
    /// Whether the default request type is chosen already.
    preselects_type: bool,
    /// What must be filled in besides area, subject and text: `requester`, `company`,
    /// `request_type`, `category`, `queue`, `assignee`, `tags`.
    required: Vec<&'static str>,
}

impl ShownRules {
    /// The rules as they are shown.
    pub fn of(rules: &NewTicketRules) -> Self {
        Self {
            starts_read: rules.starts_read,
            assigns_creator: rules.assigns_creator,
            preselects_type: rules.preselects_type,
            required: rules.required.iter().map(|field| field.code()).collect(),
        }
    }
}

/// What is changed of how people make tickets by hand.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTicketRulesChange)]
pub struct RulesChange {
    /// Whether a ticket that a person of the team makes starts as read.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    starts_read: Option<bool>,
    /// Whether whoever makes a ticket is responsible for it at first.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    assigns_creator: Option<bool>,
    /// Whether the default request type is chosen already.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    preselects_type: Option<bool>,
    /// What must be filled in besides area, subject and text, all of it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    required: Option<Vec<String>>,
}

impl RulesChange {
    /// The rules as they become.
    pub fn applied(self, before: NewTicketRules) -> Result<NewTicketRules, Problem> {
        let required = self.required.as_deref().map(fields).transpose()?;
        Ok(NewTicketRules {
            starts_read: self.starts_read.unwrap_or(before.starts_read),
            assigns_creator: self.assigns_creator.unwrap_or(before.assigns_creator),
            preselects_type: self.preselects_type.unwrap_or(before.preselects_type),
            required: required.unwrap_or(before.required),
        })
    }
}

/// The fields with these words, each once and in the order of the form.
fn fields(codes: &[String]) -> Result<Vec<Field>, Problem> {
    let known = Field::ALL.map(Field::code).join(", ");
    for (place, code) in codes.iter().enumerate() {
        if Field::from_code(code).is_none() {
            return Err(invalid(&format!("new_tickets.required[{place}]"), "unknown", &known));
        }
    }
    let is_named = |field: &Field| codes.iter().any(|code| code == field.code());
    Ok(Field::ALL.into_iter().filter(is_named).collect())
}
