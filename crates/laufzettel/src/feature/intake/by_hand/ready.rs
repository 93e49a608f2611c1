//! A mail that a person wants to place, read and ready for the transaction that does it.

use std::sync::Arc;

use db::{Reading, Result, View};
use rules::right::{Place, Right, allows};

use super::{PlaceMail, Placed, Target, allowed};
use crate::App;
use crate::feature::intake::apply::ApplyMail;
use crate::feature::intake::read::ReadMail;
use crate::feature::intake::store::by_hand as store;
use crate::feature::intake::store::journal::Waiting;
use crate::feature::intake::worker::draw;
use crate::record::actor::Actor;
use crate::record::directory::Directory;
use crate::record::mailbox::Mailbox;
use crate::record::{AreaId, MailId, MailboxId};
use crate::service::blobs::{self, Blob};

/// The mailbox of an entry; and the entry with its bytes, if it lies in no ticket.
struct OpenOutside(MailId);

impl Reading for OpenOutside {
    type Outcome = (Option<MailboxId>, Option<(Waiting, Blob)>);

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let mailbox = store::mailbox(view, self.0).await?;
        let Some(waiting) = store::outside(view, self.0).await? else {
            return Ok((mailbox, None));
        };
        let blob = blobs::find(view, &waiting.raw_hash).await?;
        Ok((mailbox, Some((waiting, blob))))
    }
}

/// A mail that was read and can be put where a person says.
pub struct Ready<'a> {
    actor: &'a Actor,
    target: Target<'a>,
    directory: Arc<Directory>,
    mailbox: Mailbox,
    waiting: Waiting,
    read: ReadMail,
}

impl<'a> Ready<'a> {
    /// Reads the original of a mail, if it lies in no ticket and the actor may do it; else why not.
    pub async fn of(
        app: &App,
        actor: &'a Actor,
        mail: MailId,
        target: Target<'a>,
    ) -> Result<std::result::Result<Self, Placed>> {
        let directory = app.directory().await?;
        let (mailbox, open) = app.db.read(&OpenOutside(mail)).await?;
        let mailbox = mailbox.and_then(|mailbox| directory.mailbox_by_id(mailbox)).cloned();
        if let Err(denied) = allowed(actor, mailbox.as_ref()) {
            return Ok(Err(Placed::Denied(denied)));
        }
        let (Some(mailbox), Some((waiting, blob))) = (mailbox, open) else {
            return Ok(Err(Placed::NotOpen));
        };
        let place = Place::Area(mailbox.area.number());
        if target == Target::New && !allows(&actor.rights, Right::CreateTicket, place) {
            return Ok(Err(Placed::MayNotCreate));
        }
        let bytes = Arc::new(app.blobs.load(blob).await?);
        let read = ReadMail::of(app, &waiting, mailbox.options(), bytes).await?;
        Ok(Ok(Self { actor, target, directory, mailbox, waiting, read }))
    }

    /// The area by which the first number is drawn.
    pub fn area(&self) -> AreaId {
        self.mailbox.area
    }

    /// A number for the ticket that is made, if one is.
    pub async fn number(&self, app: &App, area: AreaId) -> Result<Option<(String, AreaId)>> {
        match self.target {
            Target::New => Ok(Some((draw(app, area, &self.directory, app.now()).await?, area))),
            Target::Ticket(_) => Ok(None),
        }
    }

    /// What puts it there.
    pub fn operation<'b>(
        &'b self,
        app: &'b App,
        number: Option<&'b (String, AreaId)>,
    ) -> PlaceMail<'b> {
        let apply = ApplyMail {
            waiting: &self.waiting,
            mailbox: &self.mailbox,
            directory: &self.directory,
            read: &self.read,
            number: number.map(|(number, area)| (number.as_str(), *area)),
            public_id: &self.read.public_id,
            // Whoever places a mail by hand looks at it: the sender hears from a person.
            answer: None,
            ids: &app.ids,
            may_wait: false,
            now: app.now(),
        };
        PlaceMail { apply, actor: self.actor, target: self.target }
    }
}
