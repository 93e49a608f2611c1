//! What was typed becomes a note of a ticket that is about the same.

use db::{Operation, Tx};

use super::begun;
use super::check::Odd;
use super::form::Typed;
use super::make::claim;
use crate::feature::note::{AddNote, Added, NewNote};
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::body::Body;
use crate::record::message::Recipients;
use crate::service::idempotency::{Once, Reply, Settled};
use crate::service::search::Visibility;

/// Why there is no note.
enum Refused {
    Denied(Denied),
    FileGone,
}

/// Adds what was typed, with its files; a second click adds nothing.
pub async fn add(
    screen: &Screen,
    number: &str,
    typed: &Typed,
) -> Result<Result<(), Odd>, HttpError> {
    let new = NewNote {
        visibility: Visibility::Internal,
        channel: "web",
        body: Body::from_text(&typed.text),
        subject: None,
        recipients: Recipients::default(),
        uploads: typed.uploads.clone(),
        at: screen.now,
        concerns: None,
        status: None,
    };
    let acting = screen.acting();
    let id = screen.app.ids.next(screen.now);
    let note = AddNote { acting, directory: &screen.directory, number, id, new: &new };
    let add = AddOfForm { note, typed };
    let claim = claim(screen, typed, &format!("note of {number}")).await?;
    let once = Once { claim: claim.as_ref(), operation: &add, answer: reply };
    match screen.app.db.write(&once).await? {
        Settled::Answered(_) => Ok(Ok(())),
        Settled::Refused(Refused::FileGone) => Ok(Err(Odd::FileGone)),
        Settled::Refused(Refused::Denied(denied)) => Err(denied.into()),
        Settled::OtherRequest => Err(Denied::NotAllowed.into()),
    }
}

fn reply(added: Added) -> Result<Reply, Refused> {
    match added {
        Added::Done(_) => {
            Ok(Reply { status: 303, location: None, etag: None, body: String::new() })
        }
        Added::Denied(denied) => Err(Refused::Denied(denied)),
        Added::Refused(_) => Err(Refused::Denied(Denied::NotAllowed)),
        Added::UnknownUpload(_) => Err(Refused::FileGone),
    }
}

/// Adds the note, and the form is forgotten.
struct AddOfForm<'a> {
    note: AddNote<'a>,
    typed: &'a Typed,
}

impl Operation for AddOfForm<'_> {
    type Outcome = Added;

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<Added> {
        let added = self.note.run(tx).await?;
        if matches!(added, Added::Done(_)) {
            begun::made(tx, self.note.acting.actor.agent, self.typed).await?;
        }
        Ok(added)
    }
}
