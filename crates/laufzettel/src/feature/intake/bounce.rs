//! What a delivery report does to the mail it is about: the state of each recipient, the ticket that
//! needs somebody again, the notice to whoever wrote it (mail.md 3.2).
//!
//! Only a report that names our own Message-ID with its MAC changes anything: nobody else can have
//! made that up.

use db::{Result, Tx};
use mail::report::{ReportAction, ReportedRecipient};
use rules::sending::{MailState, RecipientState, Reported, after_report, mail_state};
use serde_json::json;

use super::apply::ApplyMail;
use super::store::bounce as store;
use super::store::bounce::{Recipient, Returned};
use crate::record::attention;
use crate::service::history::{self, Event};
use crate::service::jobs::{self, NewJob};
use crate::service::live;
use crate::service::mail_ids::OwnReference;

/// Letters of the server's words that are kept.
const WORDS_MAX: usize = 500;

/// Notes what a delivery report says, if the mail is one about a mail of ours.
pub async fn note(tx: &mut Tx<'_>, apply: &ApplyMail<'_>) -> Result<()> {
    let own = apply.read.returned.as_ref().filter(|one| one.own == Some(OwnReference::Message));
    let Some(returned) = own else { return Ok(()) };
    let Some(mail) = store::returned(tx, &returned.message_id).await? else { return Ok(()) };
    let mut recipients = store::recipients(tx, mail.id).await?;
    let mut words = String::new();
    let mut has_changed = false;
    for reported in &apply.read.reported {
        let Some(recipient) = meant(&mut recipients, reported) else { continue };
        let Some(state) = after_report(recipient.state(), said(reported.action)) else { continue };
        words = words_of(reported);
        recipient.state = state.code().to_owned();
        store::set_recipient(tx, mail.id, recipient.position, state, &words, apply.now).await?;
        has_changed = true;
    }
    if !has_changed {
        return Ok(());
    }
    let states: Vec<RecipientState> = recipients.iter().map(Recipient::state).collect();
    let state = mail_state(&states);
    store::set_mail(tx, mail.id, state, &words).await?;
    if state == MailState::Bounced {
        tell(tx, apply, &mail, &words).await?;
    }
    if let Some(ticket) = mail.ticket {
        live::announce(tx, live::TICKET, ticket);
    }
    Ok(())
}

/// The recipient that a report names. A report about a mail with one recipient need not name it.
fn meant<'a>(
    recipients: &'a mut [Recipient],
    reported: &ReportedRecipient,
) -> Option<&'a mut Recipient> {
    let is_only = recipients.len() == 1;
    let address = reported.address.as_ref().map(values::EmailAddress::as_str);
    recipients.iter_mut().find(|one| is_only || Some(one.address.as_str()) == address)
}

fn said(action: ReportAction) -> Reported {
    match action {
        ReportAction::Failed => Reported::Failed,
        ReportAction::Delayed => Reported::Delayed,
        ReportAction::Delivered | ReportAction::Relayed | ReportAction::Expanded => {
            Reported::Arrived
        }
    }
}

fn words_of(reported: &ReportedRecipient) -> String {
    let words = [reported.status.as_deref(), reported.diagnostic.as_deref()];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(WORDS_MAX).collect()
}

/// An agent's mail came back: somebody has to act.
async fn tell(tx: &mut Tx<'_>, apply: &ApplyMail<'_>, mail: &Returned, words: &str) -> Result<()> {
    let (Some(ticket), Some(_)) = (mail.ticket, mail.message) else { return Ok(()) };
    let (at, ids) = (apply.now, apply.ids);
    let detail = json!({ "mail": mail.id.to_string(), "words": words });
    let kind = "delivery_failed";
    history::record(tx, Event { ticket, kind, agent: None, at, detail, ids }).await?;
    attention::call(tx, ticket, apply.directory, ids, at).await?;
    let detail = json!({
        "mail": mail.id.to_string(),
        "agent": mail.agent.map(|agent| agent.to_string()),
        "what": "bounced",
        "words": words,
    });
    jobs::put(tx, &NewJob { kind: "failed", ticket: Some(ticket), detail, run_at: at, ids }).await
}
