//! What the sender's side is told: the intake outcome of interface.md.

use db::Result;
use serde_json::{Value, json};

use super::store::journal;
use crate::App;
use crate::record::{MailId, MessageId};

/// What became of a mail.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The entry of the journal.
    pub mail: MailId,
    /// `new_ticket`, `follow_up`, `event`, `duplicate`, `bounce`, `filtered`, `quarantined`, `unassigned`
    /// or `accepted`.
    pub outcome: String,
    /// The number of the ticket.
    pub ticket: Option<String>,
    /// The message.
    pub message: Option<MessageId>,
    /// Why, as JSON.
    pub evidence: Value,
    /// What is odd about the mail, as JSON.
    pub oddities: Value,
}

impl Outcome {
    /// The mail is durable and not decided yet.
    pub fn accepted(mail: MailId) -> Self {
        Self {
            mail,
            outcome: "accepted".to_owned(),
            ticket: None,
            message: None,
            evidence: json!([]),
            oddities: json!([]),
        }
    }

    /// The answer as JSON.
    pub fn json(&self) -> Value {
        json!({
            "mail": self.mail.to_string(),
            "outcome": self.outcome,
            "ticket": self.ticket,
            "message": self.message.map(|message| message.to_string()),
            "evidence": self.evidence,
            "oddities": self.oddities,
        })
    }
}

/// What became of a mail, as far as it is decided.
pub async fn find(app: &App, mail: MailId) -> Result<Outcome> {
    let row = journal::decided(&app.db, mail).await?;
    if matches!(row.state.as_str(), "seen" | "stored") {
        return Ok(Outcome::accepted(mail));
    }
    let parsed = |text: Option<String>| {
        text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_else(|| json!([]))
    };
    Ok(Outcome {
        mail,
        outcome: row.outcome.unwrap_or(row.state),
        ticket: row.number,
        message: row.message,
        evidence: parsed(row.evidence),
        oddities: parsed(row.oddities),
    })
}
