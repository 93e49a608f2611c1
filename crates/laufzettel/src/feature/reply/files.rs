//! Files for the composer.

use axum::extract::{Path, Request};
use rules::right::Right;
use serde::Deserialize;
use web::Query;

use crate::feature::ticket::read::FindTicket;
use crate::feature::uploads::web::{Manner, take};
use crate::http::error::Answer;
use crate::http::screen::Screen;

/// What is said of a file besides its bytes.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    /// Said of a picture inside the text.
    inline: Option<String>,
}

/// Takes a file in and answers with its chip.
pub async fn upload(
    screen: Screen,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
    request: Request,
) -> Answer {
    let find = FindTicket { actor: &screen.actor, number: &number, right: Right::WorkOnTicket };
    screen.app.db.read(&find).await??;
    let manner = if asked.inline.is_some() { Manner::Inline } else { Manner::Attached };
    take(&screen, manner, request).await
}
