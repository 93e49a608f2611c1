//! What mails that no person wrote do in a ticket, without moving it: it comes back when the customer
//! does, and its history says that a mail was read or complained about.

use db::{Result, Tx};
use rules::intake::{ClassAction, MailClass};
use serde_json::{Value, json};
use values::EmailAddress;

use super::apply::ApplyMail;
use super::store::tickets;
use crate::record::TicketId;

/// Lets the ticket come back when the customer does, if his answer names a day and nobody chose one.
pub async fn resubmit(tx: &mut Tx<'_>, apply: &ApplyMail<'_>, ticket: TicketId) -> Result<()> {
    let is_away = apply.read.class.action() == ClassAction::Resubmit && !apply.waiting.archive;
    let back = apply.read.sort.back.filter(|(_, at)| is_away && *at > apply.now);
    let Some((_, at)) = back else { return Ok(()) };
    if tickets::resubmit(tx, ticket, at).await? {
        let detail = json!({ "from": null, "to": at.millis(), "by": "mail" });
        apply.record(tx, ticket, "resubmission_changed", detail).await?;
    }
    Ok(())
}

/// The event that the mail is, with who said it.
pub fn event(apply: &ApplyMail<'_>) -> (&'static str, Value) {
    let who = apply.read.from().map(EmailAddress::as_str).unwrap_or_default();
    let kind = match apply.read.class {
        MailClass::AbuseReport => "complained",
        _ if apply.read.sort.said == "deleted" => "deleted_unread",
        _ => "read_by_recipient",
    };
    (kind, json!({ "to": who, "mail": apply.waiting.id.to_string(), "by": "mail" }))
}
