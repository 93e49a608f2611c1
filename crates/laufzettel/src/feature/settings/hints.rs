//! Handlers of what the navigation points out.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use web::Form;

use super::page::{HintsPage, hints_page};
use super::web::{saved, told};
use super::{ChangeSettings, Changed, ReadSettings};
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::frame::Place;
use crate::record::hints::Hints;
use crate::texts;

/// What is pointed out.
pub async fn page(screen: Screen, asked: Form) -> Answer {
    screen.manage_house()?;
    let settings = screen.app.db.read(&ReadSettings).await?;
    let page = HintsPage { form: form_of(settings.hints), version: settings.version };
    let frame = screen.frame_with(Place::Settings, told(&screen, &asked)).await?;
    Ok(hints_page(&frame, &page).into_response())
}

/// Sets what is pointed out.
pub async fn save(screen: Screen, mut typed: Form) -> Answer {
    screen.manage_house()?;
    let hints = Hints {
        unplaced_mails: typed.has("unplaced_mails"),
        without_category: typed.has("without_category"),
    };
    let change = ChangeSettings {
        number_mask: None,
        new_tickets: None,
        mails: None,
        hints: Some(hints),
        version: typed.text("version").parse().ok(),
        by: screen.by(),
    };
    if let Changed::Done(_) = screen.app.db.write(&change).await? {
        return Ok(saved(&screen, "/settings/hints"));
    }
    typed.refuse("form", texts::settings(screen.language).stale());
    let version = screen.app.db.read(&ReadSettings).await?.version;
    let page = HintsPage { form: typed, version };
    let frame = screen.frame(Place::Settings).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, hints_page(&frame, &page)).into_response())
}

fn form_of(hints: Hints) -> Form {
    let flags =
        [("unplaced_mails", hints.unplaced_mails), ("without_category", hints.without_category)];
    Form::with_values(flags.into_iter().filter(|(_, flag)| *flag).map(|(name, _)| (name, "on")))
}
