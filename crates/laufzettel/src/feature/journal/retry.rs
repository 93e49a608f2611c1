//! Trying a mail again that was put into quarantine or sorted out.

use db::{Operation, Result, Tx};
use rules::right::Right;
use values::{IdMaker, Timestamp};

use super::read::may;
use super::store;
use crate::App;
use crate::feature::intake::store::by_hand::{self, Deed};
use crate::feature::intake::store::journal::wait_again;
use crate::record::MailId;
use crate::record::actor::{Actor, Denied};
use crate::record::directory::Directory;
use crate::service::live;

/// Puts a mail back in line for its decision.
pub struct RetryMail<'a> {
    /// Who acts.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// The entry.
    pub mail: MailId,
    /// Makes the event's id.
    pub ids: &'a IdMaker,
    /// The present moment.
    pub now: Timestamp,
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retried {
    /// It waits for its decision.
    Waiting,
    /// There is nothing to try: it is in a ticket, it waits, or it was never fetched.
    NothingToTry,
    /// No right, or no such entry.
    Denied(Denied),
}

impl Operation for RetryMail<'_> {
    type Outcome = Retried;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Retried> {
        let found = store::one(tx, self.mail).await?;
        let has = |right: Right| {
            found.as_ref().is_some_and(|mail| may(self.actor, self.directory, right, mail.mailbox))
        };
        match (has(Right::ReadMails), has(Right::HandleMails)) {
            (false, _) => return Ok(Retried::Denied(Denied::NotFound)),
            (true, false) => return Ok(Retried::Denied(Denied::NotAllowed)),
            (true, true) => {}
        }
        if !wait_again(tx, self.mail).await? {
            return Ok(Retried::NothingToTry);
        }
        let (id, actor) = (self.ids.next(self.now), self.actor);
        let deed = Deed { id, mail: self.mail, kind: "retried", actor, now: self.now, detail: "" };
        by_hand::record(tx, &deed).await?;
        live::announce(tx, live::MAIL, self.mail);
        live::announce(tx, live::STORED, self.mail);
        Ok(Retried::Waiting)
    }
}

/// Puts a mail back in line and rings for whoever decides.
pub async fn retry(app: &App, actor: &Actor, mail: MailId) -> Result<Retried> {
    let directory = app.directory().await?;
    let retry = RetryMail { actor, directory: &directory, mail, ids: &app.ids, now: app.now() };
    let retried = app.db.write(&retry).await?;
    if retried == Retried::Waiting {
        app.stored.notify_one();
    }
    Ok(retried)
}
