//! Senders as their pages show them.

use web::Form;

use super::page::{SenderPage, SenderRow, State, href};
use crate::feature::settings::history;
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::administration::Subject;
use crate::record::directory::Listed;
use crate::record::sender::Sender;

/// The rows of the list.
pub fn rows(screen: &Screen) -> Vec<SenderRow> {
    let row = |sender: &Sender| SenderRow {
        href: href(sender.id.number()),
        address: sender.address.clone(),
        name: sender.name.clone(),
        server: sender.relay().map(|relay| relay.host),
        chosen_by: chosen_by(screen, sender),
        is_default: sender.is_default,
        active: sender.active,
    };
    screen.directory.senders.iter().map(row).collect()
}

/// The mailboxes and areas that answer as a sender.
fn chosen_by(screen: &Screen, sender: &Sender) -> Vec<String> {
    let lists = &screen.directory;
    let mailboxes = lists.mailboxes.iter().filter(|one| one.sender == Some(sender.id));
    let areas = lists.areas.iter().filter(|area| area.sender == Some(sender.id));
    let areas = areas.map(|area| area.name(screen.language).to_owned());
    mailboxes.map(|mailbox| mailbox.label.clone()).chain(areas).collect()
}

/// The page of a sender, or of a new one, with what its form says.
pub async fn page(
    screen: &Screen,
    sender: Option<&Sender>,
    form: Form,
) -> Result<SenderPage, HttpError> {
    let changes = match sender {
        Some(sender) => history::recent(screen, Subject::Sender, sender.id.number()).await?,
        None => maud::Markup::default(),
    };
    let state = |sender: &Sender| State {
        id: sender.id.number(),
        address: sender.address.clone(),
        chosen_by: chosen_by(screen, sender),
        is_default: sender.is_default,
    };
    Ok(SenderPage {
        state: sender.map(state),
        form,
        has_configured: screen.app.config.smtp.is_some(),
        trial: None,
        changes,
    })
}
