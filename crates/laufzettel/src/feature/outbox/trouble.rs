//! What administrators are told on all pages when no mails leave, and the button that tries again.

use db::{Operation, Result, Tx};
use values::Timestamp;
use web::{Form, safe_return_path, see_other};

use super::store::{self, FreeRelay};
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::OutboundId;
use crate::record::actor::Denied;
use crate::record::frame::{Act, Banner, BannerKind};
use crate::record::relaying::Relaying;
use crate::record::sender::CONFIGURED;
use crate::service::live;
use crate::texts;

/// The banners about accounts by which no mails leave.
pub fn banners(screen: &Screen, relaying: &[Relaying]) -> Vec<Banner> {
    let told = relaying.iter().filter(|one| one.is_told(screen.now));
    told.map(|one| banner(screen, one)).collect()
}

fn banner(screen: &Screen, one: &Relaying) -> Banner {
    let texts = texts::outbox(screen.language);
    let senders = screen.directory.senders.iter();
    let mut own = senders.filter(|sender| sender.id.number() == one.account);
    let sender = own.next().map(|sender| sender.address.as_str());
    let sender = sender.filter(|_| one.account != CONFIGURED);
    let since = screen.times().short(one.since_at);
    let (heading, text) = match (one.state.as_str(), sender) {
        ("missing", _) => (texts.no_relay().to_owned(), texts.no_relay_text().to_owned()),
        ("paused", None) => (texts.no_login().to_owned(), texts.no_login_text(&one.words)),
        ("paused", Some(sender)) => {
            (texts.no_mails_of(sender), texts.no_login_sender_text(sender, &one.words))
        }
        (_, None) => (texts.no_server().to_owned(), texts.no_server_text(&since, &one.words)),
        (_, Some(sender)) => {
            (texts.no_mails_of(sender), texts.no_server_sender_text(sender, &since, &one.words))
        }
    };
    let again = Act {
        label: texts.try_again().to_owned(),
        action: "/mails/out/try-again".to_owned(),
        fields: vec![
            ("account".to_owned(), one.account.to_string()),
            ("back".to_owned(), screen.here.clone()),
        ],
    };
    let is_missing = one.state == "missing";
    let (label, href) = match is_missing {
        true => (texts.to_senders(), "/settings/senders"),
        false => (texts.to_outbox(), "/mails/out?tab=waiting"),
    };
    Banner {
        kind: BannerKind::Failed,
        heading,
        text,
        link: Some((label.to_owned(), href.to_owned())),
        act: (!is_missing).then_some(again),
    }
}

/// Tries an account again at once.
pub async fn try_again(screen: Screen, form: Form) -> Answer {
    if !screen.actor.is_administrator() {
        return Err(Denied::NotAllowed.into());
    }
    let account = form.text("account").parse().unwrap_or(CONFIGURED);
    screen.app.db.write(&TryAgain { account, now: screen.now }).await?;
    Ok(see_other(safe_return_path(form.raw("back")).unwrap_or("/mails/out")))
}

/// Ends the pause of an account: what waits for another try is due now.
pub struct TryAgain {
    /// The account.
    pub account: i64,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for TryAgain {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        FreeRelay { account: self.account, now: self.now }.run(tx).await?;
        store::try_now(tx, self.account, self.now).await?;
        let account = OutboundId::from_number(self.account);
        live::announce(tx, live::OUTBOX, account);
        live::announce(tx, live::MAILBOX, account);
        Ok(())
    }
}
