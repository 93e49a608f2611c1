//! A mail in the dark that lies in the Sent folder was taken: servers that file copies themselves do
//! so for what they send. Our own copy proves nothing, and is none: it is asked for only when the
//! mail is recorded as taken, and a mail with such a row is no candidate.

use db::{Operation, Result, Tx};
use mail::imap::{ImapProblem, Session};
use rules::sending::{mail_state, proves_taken};
use values::Timestamp;

use super::store::{self, Dark};
use crate::record::directory::Directory;
use crate::record::sent_copy::{self, Left};
use crate::service::lease::{self, Fence};
use crate::service::live;

/// Those of the mails that lie in the folder, which is selected, and whose finding proves something.
pub async fn found<'a>(
    session: &mut Session,
    dark: &'a [Dark],
) -> std::result::Result<Vec<&'a Dark>, ImapProblem> {
    let mut found = Vec::new();
    for mail in dark.iter().filter(|mail| proves_taken(&mail.sighting())) {
        if !session.with_message_id(&mail.message_id).await?.is_empty() {
            found.push(mail);
        }
    }
    Ok(found)
}

/// Records a mail as taken because it lies in the Sent folder. `false` if the lease is lost.
pub struct NoteFound<'a> {
    /// The lease of the mailbox.
    pub fence: &'a Fence,
    /// The mail.
    pub mail: &'a Dark,
    /// The folder.
    pub folder: &'a str,
    /// The lists.
    pub directory: &'a Directory,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for NoteFound<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(false);
        }
        let mail = self.mail;
        // It may be on its way again, or a report may have come.
        if !store::claim(tx, mail).await? {
            return Ok(true);
        }
        let state = mail_state(&store::accept(tx, mail, self.now).await?);
        store::write_found(tx, mail, state, self.folder, self.now).await?;
        let left = Left {
            mail: mail.id,
            ticket: mail.ticket,
            kind: &mail.kind,
            from_address: &mail.from_address,
        };
        sent_copy::put(tx, self.directory, &left, self.now).await?;
        live::announce(tx, live::OUTBOX, mail.id);
        if let Some(ticket) = mail.ticket.filter(|_| mail.is_message) {
            live::announce(tx, live::TICKET, ticket);
        }
        Ok(true)
    }
}
