//! How people make tickets by hand: what the form sets by itself, and what it asks for
//! (F-STAT-07, F-NEW-17, F-NEW-18, F-NEW-21).

use db::{Result, Tx, View};
use serde::{Deserialize, Serialize};

use crate::service::setting;

/// The setting that holds the rules.
const SETTING: &str = "new_tickets";

/// The rules for tickets that people make by hand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NewTicketRules {
    /// A ticket that a person of the team makes starts as read (F-STAT-07).
    pub starts_read: bool,
    /// Whoever makes a ticket is responsible for it at first (F-NEW-17).
    pub assigns_creator: bool,
    /// The default request type is chosen already; else the person has to choose one (F-NEW-18).
    pub preselects_type: bool,
    /// What must be filled in besides area, subject and text (F-NEW-21).
    pub required: Vec<Field>,
}

impl Default for NewTicketRules {
    fn default() -> Self {
        Self {
            starts_read: false,
            assigns_creator: false,
            preselects_type: true,
            required: Vec::new(),
        }
    }
}

/// A field of a new ticket that can be left empty unless the rules say otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Who asks.
    Requester,
    /// The company.
    Company,
    /// The request type.
    RequestType,
    /// The category.
    Category,
    /// The queue.
    Queue,
    /// Who is responsible.
    Assignee,
    /// At least one tag.
    Tags,
}

impl Field {
    /// All of them, as the form has them.
    pub const ALL: [Self; 7] = [
        Self::Requester,
        Self::Company,
        Self::RequestType,
        Self::Category,
        Self::Queue,
        Self::Assignee,
        Self::Tags,
    ];

    /// The word in the database, in forms and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Requester => "requester",
            Self::Company => "company",
            Self::RequestType => "request_type",
            Self::Category => "category",
            Self::Queue => "queue",
            Self::Assignee => "assignee",
            Self::Tags => "tags",
        }
    }

    /// The field with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.code() == code)
    }
}

impl NewTicketRules {
    /// Whether a field must be filled in.
    pub fn requires(&self, field: Field) -> bool {
        self.required.contains(&field)
    }
}

/// The rules as they are set; the usual ones where nobody set any.
pub async fn read(view: &mut View<'_>) -> Result<NewTicketRules> {
    let stored = setting::get(view, SETTING).await?;
    Ok(stored.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Sets the rules.
pub async fn write(tx: &mut Tx<'_>, rules: &NewTicketRules) -> Result<()> {
    setting::set(tx, SETTING, &serde_json::json!(rules).to_string()).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_leads_back_to_its_field() {
        for field in Field::ALL {
            assert_eq!(Field::from_code(field.code()), Some(field));
            assert_eq!(serde_json::json!(field), field.code());
        }
        assert_eq!(Field::from_code("subject"), None);
    }

    #[test]
    fn what_is_not_stored_is_as_usual() {
        let rules: NewTicketRules = serde_json::from_str(r#"{"starts_read":true}"#).unwrap();
        let expected = NewTicketRules { starts_read: true, ..NewTicketRules::default() };
        assert_eq!(rules, expected);
        assert!(rules.preselects_type);
    }
}
