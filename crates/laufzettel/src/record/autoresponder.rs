//! What a mailbox says by itself to whoever writes a new ticket (F-MAIL-50 to F-MAIL-54).

use db::{Result, Tx, View, from_row, params, sql};
use serde::{Deserialize, Serialize};

use super::MailboxId;

/// What a mailbox says by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Autoresponder {
    /// Whether it says anything.
    pub enabled: bool,
    /// The subject, with variables; the ticket's number is put before it.
    pub subject: String,
    /// The text as clean HTML, with variables.
    pub body: String,
    /// Whether a sender gets one in 24 hours at most.
    pub once_per_day: bool,
}

/// Letters of a subject.
pub const SUBJECT_LETTERS_MAX: usize = 200;

/// Whether a subject holds the number of the ticket as F-MAIL-52 wants it: `#{TICKET}`.
pub fn names_ticket(subject: &str) -> bool {
    let subject = subject.to_lowercase().replace(' ', "");
    ["#{ticket}", "#{nummer}", "#{number}", "#{ticket:number}", "#{ticket:nummer}"]
        .iter()
        .any(|tag| subject.contains(tag))
}

from_row! {
    struct Row {
        mailbox: MailboxId,
        enabled: bool,
        subject: String,
        html: String,
        once_per_day: bool,
    }
}

/// What all mailboxes say that say anything. There are tens of them, not thousands.
pub async fn all(view: &mut View<'_>) -> Result<Vec<(MailboxId, Autoresponder)>> {
    let rows: Vec<Row> = view
        .all(
            sql!(
                "select mailbox, enabled, subject, html, once_per_day
                 from autoresponder order by mailbox limit 1000"
            ),
            [],
        )
        .await?;
    let said = rows.into_iter().map(|row| {
        let Row { mailbox, enabled, subject, html, once_per_day } = row;
        (mailbox, Autoresponder { enabled, subject, body: html, once_per_day })
    });
    Ok(said.collect())
}

/// Writes down what a mailbox says.
pub async fn set(tx: &mut Tx<'_>, mailbox: MailboxId, said: &Autoresponder) -> Result<()> {
    tx.execute(
        sql!(
            "insert into autoresponder (mailbox, enabled, subject, html, once_per_day)
             values ($1, $2, $3, $4, $5)
             on conflict (mailbox) do update
             set enabled = excluded.enabled, subject = excluded.subject, html = excluded.html,
                 once_per_day = excluded.once_per_day"
        ),
        params![
            mailbox,
            said.enabled,
            said.subject.as_str(),
            said.body.as_str(),
            said.once_per_day
        ],
    )
    .await
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::names_ticket;

    #[test]
    fn the_number_is_looked_for_with_its_hash() {
        for subject in ["[#{TICKET}] {BETREFF}", "Ticket #{ticket}", "#{ nummer }"] {
            assert!(names_ticket(subject), "{subject}");
        }
        for subject in ["", "{TICKET}", "#TICKET", "Re: {BETREFF}"] {
            assert!(!names_ticket(subject), "{subject}");
        }
    }
}
