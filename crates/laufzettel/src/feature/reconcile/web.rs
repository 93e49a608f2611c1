//! The button that reconciles a mailbox now.

use axum::extract::Path;
use rules::right::Right;
use web::{Form, see_other};

use super::{Relist, WantReconciliation, from_journal, has_server};
use crate::feature::journal::read::may;
use crate::feature::mailboxes;
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::actor::Denied;

/// Reconciles a mailbox at once, or has whoever fetches it do so. `fetch` in the form has the whole
/// folder listed before, so that what is missing is fetched.
pub async fn now(screen: Screen, Path(name): Path<String>, typed: Form) -> Answer {
    let has = |right: Right, id| may(&screen.actor, &screen.directory, right, id);
    let found = screen.directory.mailbox(&name);
    let mailbox = found.filter(|one| has(Right::ReadMails, one.id)).ok_or(Denied::NotFound)?;
    if !has(Right::HandleMails, mailbox.id) {
        return Err(Denied::NotAllowed.into());
    }
    if has_server(mailbox) && mailbox.enabled {
        let relist = if typed.has("fetch") { Relist::Whole } else { Relist::New };
        let want = WantReconciliation { mailbox: mailbox.id, relist, now: screen.now };
        screen.app.db.write(&want).await?;
    } else if !has_server(mailbox) {
        from_journal(&screen.app, mailbox.id).await?;
    }
    match screen.htmx.fragment {
        true => mailboxes::fragment(&screen, mailbox).await,
        false => Ok(see_other(&format!("/mailboxes#box-{}", mailbox.name))),
    }
}
