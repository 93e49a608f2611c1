//! What the address of a list says: which tickets, which filter, from where on.

use rules::filter::{Condition, When};
use serde::Deserialize;
use values::Language;
use web::Form;

use super::page::List;
use crate::record::AgentId;

/// What the address of the inbox says.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    list: Option<String>,
    q: Option<String>,
    /// The cursor after which the next rows begin.
    pub after: Option<String>,
    /// When the list was printed, in milliseconds.
    pub since: Option<i64>,
    /// The place of the navigation.
    pub place: Option<String>,
    /// The number of a ticket that the reader has just made.
    pub made: Option<String>,
    /// The mark of a new ticket that the reader has just thrown away.
    pub discarded: Option<String>,
}

impl Asked {
    /// What the path and query of a list say. The page within it does not count.
    pub fn at(path: &str) -> Self {
        let query = path.split_once('?').map_or("", |(_, query)| query);
        let form = Form::parse(query.as_bytes());
        let value = |field: &str| form.has(field).then(|| form.text(field).to_owned());
        Self { list: value("list"), q: value("q"), ..Self::default() }
    }

    /// The same list from its beginning.
    pub fn at_the_top(&self) -> Self {
        Self { after: None, ..self.clone() }
    }

    /// The tickets meant, whatever the filter.
    pub fn besides(&self, agent: AgentId) -> Option<Condition> {
        match self.list() {
            List::All => None,
            List::Mine => Some(Condition::Assignee(vec![Some(agent.number())])),
            List::Unassigned => Some(Condition::Assignee(vec![None])),
            List::Resubmissions => Some(Condition::Resubmission(vec![When::Within(None, None)])),
        }
    }

    /// The list.
    pub fn list(&self) -> List {
        match self.list.as_deref() {
            Some("mine") => List::Mine,
            Some("unassigned") => List::Unassigned,
            Some("resubmissions") => List::Resubmissions,
            _ => List::All,
        }
    }

    /// The filter.
    pub fn text(&self, language: Language) -> String {
        self.q.clone().unwrap_or_else(|| usual_filter(language).to_owned())
    }
}

/// Lists begin with the open tickets (F-LIST-01).
pub fn usual_filter(language: Language) -> &'static str {
    match language {
        Language::German => "ist:offen",
        Language::English => "is:open",
    }
}
