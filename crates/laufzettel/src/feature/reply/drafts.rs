//! Drafts are saved as one types (F-OUT-15).

use axum::extract::Path;
use axum::response::IntoResponse;
use db::{Operation, Result, Tx};
use rules::right::Right;
use web::{Form, see_other};

use super::form;
use crate::http::encode;
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::actor::{Acting, Denied};
use crate::record::draft::{self, Draft, DraftFile, Kind};
use crate::record::{ticket, upload};
use crate::texts;

/// Saves what was typed, and says when.
pub async fn save(
    screen: Screen,
    Path((number, kind)): Path<(String, String)>,
    form: Form,
) -> Answer {
    let kind = Kind::from_code(&kind).ok_or(Denied::NotFound)?;
    let draft = form::draft(&form);
    let acting = screen.acting();
    screen
        .app
        .db
        .write(&SaveDraft { acting, number: &number, kind, draft: Some(&draft) })
        .await??;
    let at = screen.times().clock(screen.now);
    Ok(texts::reply(screen.language).saved(&at).into_response())
}

/// Throws a draft away.
pub async fn discard(screen: Screen, Path((number, kind)): Path<(String, String)>) -> Answer {
    let kind = Kind::from_code(&kind).ok_or(Denied::NotFound)?;
    let acting = screen.acting();
    screen.app.db.write(&SaveDraft { acting, number: &number, kind, draft: None }).await??;
    match screen.htmx.fragment {
        true => super::web::composer(screen, Path(number)).await,
        false => Ok(see_other(&format!("/tickets/{}", encode(&number)))),
    }
}

/// Saves a draft; without one it goes.
pub struct SaveDraft<'a> {
    /// Who writes.
    pub acting: Acting<'a>,
    /// The number of the ticket.
    pub number: &'a str,
    /// What is written.
    pub kind: Kind,
    /// What was typed.
    pub draft: Option<&'a Draft>,
}

impl Operation for SaveDraft<'_> {
    type Outcome = std::result::Result<(), Denied>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Self::Outcome> {
        let (actor, now) = (self.acting.actor, self.acting.now);
        let ticket = match ticket::open(tx, actor, Right::WorkOnTicket, self.number).await? {
            Ok(ticket) => ticket,
            Err(denied) => return Ok(Err(denied)),
        };
        match self.draft {
            Some(draft) => {
                let files = upload::waiting(tx, actor.agent, &draft.uploads()).await?;
                let files = files.iter().map(DraftFile::of).collect();
                let draft = Draft { files, ..draft.clone() };
                draft::save(tx, ticket.id, actor.agent, self.kind, &draft, now).await?;
            }
            None => draft::discard(tx, ticket.id, actor.agent, self.kind).await?,
        }
        Ok(Ok(()))
    }
}
