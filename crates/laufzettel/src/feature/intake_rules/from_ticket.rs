//! A rule made from a ticket: recipient, sender, subject, company and queue of its last mail (F-MAIL-44).

use db::{Reading, Result, View};
use rules::right::Right;

use super::form::{ActionRow, ConditionRow, Rows};
use super::row_value::one_value;
use super::store::{self, LastOfTicket};
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::actor::{Actor, Denied};
use crate::record::directory::{Listed, by_id};
use crate::record::ticket::{self, Ticket};

struct LastMail<'a> {
    actor: &'a Actor,
    number: &'a str,
}

impl Reading for LastMail<'_> {
    type Outcome = std::result::Result<(Box<Ticket>, Option<LastOfTicket>), Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let ticket = match ticket::open(view, self.actor, Right::ReadTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        let mail = store::last_mail(view, ticket.id).await?;
        Ok(Ok((Box::new(ticket), mail)))
    }
}

/// The rows of a rule that keeps the sender of a ticket away.
pub async fn spam_rows(screen: &Screen, number: &str) -> std::result::Result<Rows, HttpError> {
    let mut rows = rows(screen, number).await?;
    rows.conditions.retain(|row| row.field == "from");
    rows.actions = vec![ActionRow {
        action: "mail".to_owned(),
        only_empty: false,
        values: ["spam".to_owned(), String::new(), String::new()],
    }];
    rows.goes_on = false;
    Ok(rows)
}

/// The rows of a rule for mails like the last one of this ticket.
pub async fn rows(screen: &Screen, number: &str) -> std::result::Result<Rows, HttpError> {
    let read = LastMail { actor: &screen.actor, number };
    let (ticket, mail) = screen.app.db.read(&read).await??;
    let mut conditions = Vec::new();
    if let Some(mail) = mail {
        let to: serde_json::Value = serde_json::from_str(&mail.recipients).unwrap_or_default();
        let to = to.pointer("/to/0/email").and_then(|one| one.as_str()).unwrap_or_default();
        let texts = [
            ("to", to.to_owned()),
            ("from", mail.author_email.unwrap_or_default()),
            ("from_name", mail.author_name),
            ("subject", rules::subject::base_subject(&mail.subject)),
        ];
        let row = |(field, value): (&str, String)| ConditionRow {
            field: field.to_owned(),
            comparison: "is".to_owned(),
            value: as_value(&value),
        };
        conditions.extend(texts.into_iter().filter(|(_, text)| !text.is_empty()).map(row));
    }
    let queue = ticket.queue.and_then(|id| by_id(&screen.directory.queues, id.number()));
    let queue = queue.map(|one| ("queue", one.name(screen.language).to_owned()));
    let company = ticket.company_name.clone().map(|name| ("company", name));
    let row = |(action, value): (&str, String)| ActionRow {
        action: action.to_owned(),
        only_empty: false,
        values: [value, String::new(), String::new()],
    };
    let actions = queue.into_iter().chain(company).map(row).collect();
    Ok(Rows { all: true, conditions, actions, goes_on: true })
}

/// A text as one value of a row: commas separate nothing in it. What cannot be written in a filter, or
/// would mean something there, is any text.
fn as_value(text: &str) -> String {
    match text.contains(['"', '*', '%']) {
        true => one_value(&format!("*{}*", text.replace(['"', '%'], "*"))),
        false => one_value(text),
    }
}

#[cfg(test)]
mod tests {
    use rules::filter::{MailFilter, MailToMatch};
    use values::Language;

    use super::super::form;
    use super::*;

    #[test]
    fn a_rule_from_a_mail_fits_that_mail_and_not_its_halves() {
        let fits = |written: &str, subject: &str| {
            let row = ConditionRow {
                field: "subject".to_owned(),
                comparison: "is".to_owned(),
                value: as_value(written),
            };
            let rows = Rows { all: true, conditions: vec![row], actions: vec![], goes_on: true };
            let filter = MailFilter::of(&form::tree(&rows.texts(Language::German).0));
            filter.matches(&MailToMatch { subject, ..MailToMatch::default() }) == Ok(true)
        };
        for subject in
            ["Tisch, Stuhl und \"Regal\" 50%* ab", "Brandt, Katrin", "50% auf alles", "Mahnung"]
        {
            assert!(fits(subject, &format!("AW: {subject}")), "{subject}");
        }
        assert!(!fits("Tisch, Stuhl und \"Regal\" 50%* ab", "Tisch"));
        assert!(!fits("Brandt, Katrin", "Katrin Brandt"));
    }
}
