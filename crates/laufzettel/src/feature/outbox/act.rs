//! What people do with a mail that leaves: send it again, or keep it from leaving.

use db::{Operation, Result, Tx};
use rules::right::Right;
use rules::sending::MailState;
use serde_json::json;

use super::read::may;
use super::store;
use crate::record::OutboundId;
use crate::record::actor::{Acting, Denied};
use crate::service::live;

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Handed over once more to those who did not get it, or now instead of later.
    SendAgain,
    /// It does not leave, if no server has taken it yet.
    Stop,
}

/// Does one of these with a mail.
pub struct ActOnMail<'a> {
    /// Who acts.
    pub acting: Acting<'a>,
    /// The mail.
    pub mail: OutboundId,
    /// What is done.
    pub action: Action,
}

/// How it ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Acted {
    /// It was done; where the mail stands now.
    Done(MailState),
    /// As the mail stands, that cannot be done: its state.
    Lost(String),
    /// No right, or no such mail.
    Denied(Denied),
}

impl Operation for ActOnMail<'_> {
    type Outcome = Acted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Acted> {
        let actor = self.acting.actor;
        let found = store::one(tx, self.mail).await?;
        let Some(mail) = found.filter(|mail| may(actor, Right::ReadMails, mail)) else {
            return Ok(Acted::Denied(Denied::NotFound));
        };
        if !may(actor, Right::HandleMails, &mail) {
            return Ok(Acted::Denied(Denied::NotAllowed));
        }
        let (now, kind) = (self.acting.now, self.kind());
        let done = match self.action {
            Action::SendAgain => store::send_again(tx, mail.id, now).await?,
            Action::Stop => store::stop(tx, mail.id, now).await?,
        };
        let Some(state) = done else { return Ok(Acted::Lost(mail.state)) };
        if let Some(ticket) = mail.ticket {
            self.acting.record(tx, ticket, kind, json!({ "mail": mail.id.to_string() })).await?;
            live::announce(tx, live::TICKET, ticket);
        }
        live::announce(tx, live::OUTBOX, mail.id);
        Ok(Acted::Done(state))
    }
}

impl ActOnMail<'_> {
    fn kind(&self) -> &'static str {
        match self.action {
            Action::SendAgain => "mail_sent_again",
            Action::Stop => "mail_stopped",
        }
    }
}
