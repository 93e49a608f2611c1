//! The automatic answer of a mailbox, in bodies and answers.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use web::Problem;

use crate::api::html;
use crate::record::autoresponder::Autoresponder;

/// What is changed of an automatic answer. A field that is missing stays.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AutoresponderChange)]
pub struct AutoresponderBody {
    /// Whether new tickets are answered automatically.
    enabled: Option<bool>,
    /// The subject, with variables; the ticket's number is put before it in any case.
    subject: Option<String>,
    /// The text as HTML, with variables.
    body: Option<String>,
    /// Whether a sender gets one in 24 hours at most.
    once_per_day: Option<bool>,
}

impl AutoresponderBody {
    /// Changes what is there.
    pub fn set(&self, said: &mut Autoresponder) -> Result<(), Problem> {
        if let Some(subject) = &self.subject {
            said.subject = subject.trim().to_owned();
        }
        if let Some(body) = &self.body {
            said.body = html("autoresponder.body", Some(body))?.unwrap_or_default();
        }
        said.enabled = self.enabled.unwrap_or(said.enabled);
        said.once_per_day = self.once_per_day.unwrap_or(said.once_per_day);
        Ok(())
    }
}

/// What a mailbox answers by itself to whoever writes a new ticket.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Autoresponder)]
pub struct ShownAutoresponder {
    /// Whether new tickets are answered automatically.
    enabled: bool,
    /// The subject, with variables.
    subject: String,
    /// The text as HTML, with variables.
    body: String,
    /// Whether a sender gets one in 24 hours at most.
    once_per_day: bool,
}

impl ShownAutoresponder {
    /// Shows it.
    pub fn of(said: &Autoresponder) -> Self {
        Self {
            enabled: said.enabled,
            subject: said.subject.clone(),
            body: said.body.clone(),
            once_per_day: said.once_per_day,
        }
    }
}
