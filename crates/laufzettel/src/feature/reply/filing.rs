//! Filing a note that was written in the composer.

use super::drafts::SaveDraft;
use super::form;
use super::refusal::Refusal;
use crate::feature::note::{AddNote, Added, NewNote};
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::MessageId;
use crate::record::actor::Acting;
use crate::record::draft::{Draft, Kind};
use crate::record::message::Recipients;
use crate::service::search::Visibility;

/// Files the note, and throws its draft away.
pub async fn file(
    screen: &Screen,
    number: &str,
    draft: &Draft,
) -> Result<Result<(), Refusal>, HttpError> {
    let (body, _) = form::body(draft);
    if body.is_empty() && draft.files.is_empty() {
        return Ok(Err(Refusal::Empty));
    }
    let new = NewNote {
        visibility: Visibility::Internal,
        channel: "web",
        body,
        subject: None,
        recipients: Recipients::default(),
        uploads: draft.uploads(),
        at: screen.now,
        status: None,
    };
    let id: MessageId = screen.app.ids.next(screen.now);
    let acting = Acting { actor: &screen.actor, now: screen.now, ids: &screen.app.ids };
    let add = AddNote { acting, directory: &screen.directory, number, id, new: &new };
    let refusal = match screen.app.db.write(&add).await? {
        Added::Done(_) => {
            let forget = SaveDraft { acting, number, kind: Kind::Note, draft: None };
            screen.app.db.write(&forget).await??;
            return Ok(Ok(()));
        }
        Added::Denied(denied) => Refusal::Denied(denied),
        Added::Refused(refused) => Refusal::Status(refused),
        Added::UnknownUpload(place) => Refusal::UnknownUpload(place),
    };
    Ok(Err(refusal))
}
