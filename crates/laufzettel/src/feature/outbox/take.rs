//! Taking the mails that are due: those of one ticket in their order, automatic ones within their
//! limits.

use std::time::Duration;

use db::{Operation, Result, Tx};
use rules::sending::{
    MailState, Recent, RecipientState, Resolved, may_send_automatic, resolve_uncertain,
};
use values::Timestamp;

use super::store::{self, Due, Recipient};
use crate::record::{AgentId, MessageId, OutboundId, TicketId};
use crate::service::lease::{self, Fence};
use crate::service::live;

/// An automatic mail beyond the limits is looked at again after this time.
const BUSY_PAUSE: Duration = Duration::from_secs(30 * 60);

/// Takes the mails that are due; `None` if the lease is lost.
pub struct Take<'a> {
    /// The account.
    pub account: i64,
    /// Its lease.
    pub fence: &'a Fence,
    /// The present moment.
    pub now: Timestamp,
    /// So many at most.
    pub limit: usize,
}

/// A mail that is to be handed over now.
#[derive(Clone, Debug)]
pub struct Taken {
    /// The mail.
    pub id: OutboundId,
    /// Its ticket.
    pub ticket: Option<TicketId>,
    /// Its message in the conversation.
    pub message: Option<MessageId>,
    /// Who wrote or caused it.
    pub agent: Option<AgentId>,
    /// What it is ([`crate::service::outbox::Kind`]).
    pub kind: String,
    /// As whom it leaves.
    pub from_address: String,
    /// Its Message-ID, which reports about it name again.
    pub message_id: String,
    /// The return path.
    pub envelope_from: String,
    /// Its bytes.
    pub raw_hash: Vec<u8>,
    /// When it was to leave at first.
    pub not_before: Timestamp,
    /// Tries before.
    pub attempts: u32,
    /// Whether whoever wrote it was warned.
    pub is_warned: bool,
    /// All recipients in their order.
    pub recipients: Vec<Recipient>,
}

impl Taken {
    /// The recipients for whom it is handed over now.
    pub fn tried(&self) -> impl Iterator<Item = &Recipient> {
        self.recipients.iter().filter(|recipient| recipient.state().is_open())
    }
}

impl Operation for Take<'_> {
    type Outcome = Option<Vec<Taken>>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Outcome> {
        if !lease::is_held(tx, self.fence).await? {
            return Ok(None);
        }
        if store::is_paused(tx, self.account, self.now).await? {
            return Ok(Some(Vec::new()));
        }
        let due = store::due(tx, self.account, self.now, self.limit).await?;
        let recipients = store::recipients_of(tx, due.iter().map(|mail| mail.id)).await?;
        let mut taken = Vec::with_capacity(due.len());
        for mail in due {
            let own: Vec<Recipient> =
                recipients.iter().filter(|one| one.mail == mail.id).cloned().collect();
            if self.may_leave(tx, &mail, &own).await? && store::begin(tx, &mail, self.now).await? {
                taken.push(with_recipients(mail, own));
            }
        }
        Ok(Some(taken))
    }
}

impl Take<'_> {
    /// Whether the mail is handed over now. If not, what becomes of it is written.
    async fn may_leave(&self, tx: &mut Tx<'_>, mail: &Due, own: &[Recipient]) -> Result<bool> {
        let is_uncertain = mail.state == MailState::Uncertain.code();
        if is_uncertain && resolve_uncertain(mail.automatic) == Resolved::Drop {
            store::drop_unconfirmed(tx, mail.id, self.now).await?;
            self.announce(tx, mail);
            return Ok(false);
        }
        // What nobody wrote by hand does not follow a ticket into the trash.
        if mail.automatic && mail.is_ticket_away {
            store::cancel(tx, mail.id, self.now).await?;
            self.announce(tx, mail);
            return Ok(false);
        }
        if !mail.automatic || is_uncertain {
            return Ok(true);
        }
        for recipient in own.iter().filter(|recipient| recipient.state() == RecipientState::Waiting)
        {
            let recent: Recent = store::recent(tx, recipient, self.now).await?;
            if let Err(busy) = may_send_automatic(&recent) {
                let again = self.now.plus(BUSY_PAUSE);
                store::put_off(tx, mail.id, again, busy.code()).await?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn announce(&self, tx: &mut Tx<'_>, mail: &Due) {
        if let Some(ticket) = mail.ticket.filter(|_| mail.message.is_some()) {
            live::announce(tx, live::TICKET, ticket);
        }
    }
}

fn with_recipients(mail: Due, recipients: Vec<Recipient>) -> Taken {
    Taken {
        id: mail.id,
        ticket: mail.ticket,
        message: mail.message,
        agent: mail.agent,
        kind: mail.kind,
        from_address: mail.from_address,
        message_id: mail.message_id,
        envelope_from: mail.envelope_from,
        raw_hash: mail.raw_hash,
        not_before: mail.not_before,
        attempts: u32::try_from(mail.attempts).unwrap_or(u32::MAX),
        is_warned: mail.warned,
        recipients,
    }
}
