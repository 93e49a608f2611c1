//! Handlers of the mailboxes.

use axum::extract::Path;
use axum::response::IntoResponse;
use rules::right::Right;
use std::time::Duration;
use values::Timestamp;
use web::{Form, see_other};

use super::page::{self, MailboxesPage};
use super::show::{self, Known};
use super::store::{self, StoredState};
use super::tab::Tab;
use crate::app::day_of;
use crate::feature::fetch::store::{WantFetch, figures};
use crate::feature::journal::read::may;
use crate::feature::journal::store::first_id;
use crate::feature::reconcile::store::{AllWanted, Newest};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::frame::Place;
use crate::record::mailbox::Mailbox;

/// Mails that came since then are reckoned up.
const RECKONED: Duration = Duration::from_secs(30 * 24 * 3600);

/// All mailboxes.
pub async fn page(screen: Screen) -> Answer {
    let known = known(&screen).await?;
    let page = MailboxesPage {
        mailboxes: show::mailboxes(&screen, &known),
        may_add: screen.actor.is_administrator(),
    };
    Ok(page::page(&screen.frame(Place::Mailboxes).await?, &page).into_response())
}

/// One mailbox, when something about it changed.
pub async fn one(screen: Screen, Path(name): Path<String>) -> Answer {
    let mailbox = mailbox(&screen, &name, Right::ReadMails)?;
    if !screen.htmx.fragment {
        return Ok(see_other(&format!("/mailboxes#box-{}", mailbox.name)));
    }
    fragment(&screen, mailbox).await
}

/// One mailbox as it stands in the list.
pub async fn fragment(screen: &Screen, mailbox: &Mailbox) -> Answer {
    let shown = show::one(screen, mailbox, &known(screen).await?);
    Ok(page::mailbox(screen.language, &shown).into_response())
}

/// Has the mails of a mailbox fetched now.
pub async fn fetch(screen: Screen, Path(name): Path<String>, typed: Form) -> Answer {
    let mailbox = mailbox(&screen, &name, Right::HandleMails)?;
    if mailbox.enabled && mailbox.source().is_fetched() {
        let want = WantFetch { mailbox: mailbox.id, now: screen.now };
        screen.app.db.write(&want).await?;
    }
    if typed.text("back") == Tab::Log.path() {
        return Ok(see_other(&format!("{}?told=run", Tab::Log.href(&name))));
    }
    one(screen, Path(name)).await
}

/// The mailbox with this name, for something that needs this right.
fn mailbox<'a>(screen: &'a Screen, name: &str, right: Right) -> Result<&'a Mailbox, Denied> {
    let has =
        |mailbox: &Mailbox, right: Right| may(&screen.actor, &screen.directory, right, mailbox.id);
    let visible = screen.directory.mailbox(name).filter(|found| has(found, Right::ReadMails));
    match visible {
        Some(mailbox) if has(mailbox, right) => Ok(mailbox),
        Some(_) => Err(Denied::NotAllowed),
        None => Err(Denied::NotFound),
    }
}

struct ReadStates;

impl db::Reading for ReadStates {
    type Outcome = Vec<StoredState>;

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<Self::Outcome> {
        store::states(view).await
    }
}

/// What was read of all mailboxes.
pub async fn known(screen: &Screen) -> Result<Known, HttpError> {
    let db = &screen.app.db;
    let today = first_id(today(screen));
    Ok(Known {
        states: db.read(&ReadStates).await?,
        figures: figures(db, first_id(screen.now.minus(RECKONED))).await?,
        today: figures(db, today).await?,
        reconciled: db.read(&Newest).await?,
        reconciling: db.read(&AllWanted).await?,
    })
}

/// The beginning of today in the configured zone.
fn today(screen: &Screen) -> Timestamp {
    let zone = &screen.app.config.time_zone;
    let begin = day_of(screen.now, zone).to_zoned(zone.clone());
    begin.map_or(screen.now, |at| Timestamp::from_millis(at.timestamp().as_millisecond()))
}
