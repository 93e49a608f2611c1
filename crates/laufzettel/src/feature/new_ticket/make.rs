//! Making the ticket, and writing to the customer where that was wanted.

use db::{Failure, Operation, Tx};
use mail::read::typed_addresses;
use rules::status::StatusKind;
use values::{Timestamp, hex};

use super::begun;
use super::check::{Odd, Problems};
use super::form::{Kind, Typed};
use crate::feature::create::{
    CreateTicket, Created, NewTicket, Opening, OpeningOf, Told, opening as opening_of,
};
use crate::feature::reply::{Then, Wanted, prepare};
use crate::feature::uploads::ReadContents;
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::actor::{Acting, Denied};
use crate::record::body::Body;
use crate::record::draft::{self, Draft, DraftFile};
use crate::record::{number, upload};
use crate::service::idempotency::{Claim, Once, Reply, Settled};
use crate::service::keys::sha256;
use crate::service::mail_ids;
use crate::service::outbox::{Field, Recipient};

/// Draws of a number, if others have the one that was drawn.
const DRAWS_MAX: u32 = 5;

/// A ticket of a form.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its number.
    pub number: String,
    /// Whether it was made now, and not by a click before this one.
    pub is_new: bool,
}

/// Makes the ticket of a form that was checked.
pub async fn make(
    screen: &Screen,
    typed: &Typed,
    due_at: Option<Timestamp>,
    is_settled: bool,
) -> Result<Result<Made, Problems>, HttpError> {
    let status = match () {
        () if is_settled => StatusKind::Done,
        () if screen.directory.new_tickets.starts_read => StatusKind::Read,
        () => StatusKind::Unread,
    };
    let new = typed.ticket(&screen.actor, &screen.directory, due_at, status);
    let Some(new) = new else { return Ok(Err(vec![("area", Odd::NotThere)])) };
    for _ in 0..DRAWS_MAX {
        match draw_and_create(screen, typed, &new).await? {
            Ok(made) => return Ok(Ok(made)),
            Err(Refused::NumberTaken) => {}
            Err(Refused::Denied(denied)) => return Err(denied.into()),
            Err(Refused::Field(field, odd)) => return Ok(Err(vec![(field, odd)])),
        }
    }
    Err(Failure::other("no free ticket number was found; check the mask").into())
}

/// Why no ticket was made.
enum Refused {
    /// Another number has to be drawn.
    NumberTaken,
    /// The right is missing.
    Denied(Denied),
    /// Something is wrong with a field.
    Field(&'static str, Odd),
}

/// What is kept of a ticket under the mark of its form: its number, and its id, which tells whether it
/// was made now.
fn reply(created: Created) -> Result<Reply, Refused> {
    match created {
        Created::Done(ticket) => Ok(Reply {
            status: 303,
            location: Some(ticket.number.clone()),
            etag: None,
            body: ticket.id.to_string(),
        }),
        Created::NumberTaken => Err(Refused::NumberTaken),
        Created::Denied(denied) => Err(Refused::Denied(denied)),
        Created::AssigneeMayNot => Err(Refused::Field("assignee", Odd::MayNot)),
        Created::UnknownCompany => Err(Refused::Field("company_name", Odd::NotThere)),
        Created::UnknownContact => Err(Refused::Field("name", Odd::NotThere)),
        Created::UnknownUpload(_) => Err(Refused::Field("files", Odd::FileGone)),
    }
}

/// The claim of a form and of what becomes of it. What was typed differently since is another ticket;
/// the same files that were sent again are not, although they have other ids.
pub async fn claim(screen: &Screen, typed: &Typed, what: &str) -> Result<Option<Claim>, HttpError> {
    if typed.once.is_empty() {
        return Ok(None);
    }
    let read = ReadContents { agent: screen.actor.agent, ids: &typed.uploads };
    let files = screen.app.db.read(&read).await?;
    let request_hash = sha256(format!("{what} {:?} {files:?}", typed.fields()).as_bytes());
    let key = format!("form {} {}", typed.once, hex(&request_hash));
    Ok(Some(Claim { agent: screen.actor.agent, key, request_hash, now: screen.now }))
}

async fn draw_and_create(
    screen: &Screen,
    typed: &Typed,
    new: &NewTicket,
) -> Result<Result<Made, Refused>, HttpError> {
    let app = &screen.app;
    let scheme = number::scheme(&screen.directory, new.area)?;
    let number = number::draw(&app.draws, &app.db, &scheme, app.today()).await?;
    let public_id = mail_ids::public_id(rand::random());
    let opening = match told(screen, new, &number, &public_id).await? {
        Told::By(opening) => Some(opening),
        Told::NoSender if typed.notify => {
            return Ok(Err(Refused::Field("notify", Odd::NoSender)));
        }
        Told::NoSender | Told::Nobody => None,
    };
    let opening: Option<&Opening> = opening.as_deref();
    let create = CreateTicket {
        acting: Acting { actor: &screen.actor, now: screen.now, ids: &app.ids },
        directory: &screen.directory,
        id: app.ids.next(screen.now),
        message: app.ids.next(screen.now),
        number: &number,
        public_id: &public_id,
        new,
        opening,
    };
    let (id, make) = (create.id, MakeOfForm { create, typed });
    let claim = claim(screen, typed, "ticket").await?;
    let once = Once { claim: claim.as_ref(), operation: &make, answer: reply };
    Ok(match app.db.write(&once).await? {
        Settled::Answered(reply) => Ok(Made {
            is_new: reply.body == id.to_string(),
            number: reply.location.unwrap_or_default(),
        }),
        Settled::Refused(refused) => Err(refused),
        Settled::OtherRequest => Err(Refused::NumberTaken),
    })
}

async fn told(screen: &Screen, new: &NewTicket, number: &str, public_id: &str) -> db::Result<Told> {
    let (app, directory, now) = (&screen.app, &*screen.directory, screen.now);
    opening_of(&OpeningOf { app, directory, actor: &screen.actor, number, public_id, new, now })
        .await
}

/// Sends the mail of a ticket that was made with it as its draft. Whatever keeps it from leaving,
/// nothing that was typed is lost.
pub async fn send(screen: &Screen, typed: &Typed, number: &str) -> Result<(), HttpError> {
    let to = typed_addresses(&typed.email).into_iter().filter_map(|one| one.address);
    let recipient = |address| Recipient { field: Field::To, name: typed.name.clone(), address };
    let wanted = Wanted {
        kind: draft::Kind::Reply,
        channel: "mail",
        body: Body::from_text(&typed.text),
        pictures: Vec::new(),
        sender: String::new(),
        recipients: to.map(recipient).collect(),
        subject: typed.subject.clone(),
        uploads: typed.uploads.clone(),
        kept: Vec::new(),
        is_signed: true,
        then: Then::AsAreaSays,
        seen: None,
        knows_strangers: true,
        draft: Some(mail(typed, Vec::new())),
        undo_seconds: screen.actor.undo_seconds,
        at: None,
        concerns: None,
    };
    prepare::send(&screen.app, &screen.actor, number, &wanted, screen.now).await?;
    Ok(())
}

/// The mail of a form as a draft.
fn mail(typed: &Typed, files: Vec<DraftFile>) -> Draft {
    Draft {
        to: typed.email.clone(),
        text: typed.text.clone(),
        plain: true,
        files,
        ..Draft::default()
    }
}

/// Makes the ticket of a form: the form is forgotten, and a mail is the ticket's draft.
struct MakeOfForm<'a> {
    create: CreateTicket<'a>,
    typed: &'a Typed,
}

impl Operation for MakeOfForm<'_> {
    type Outcome = Created;

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<Created> {
        let (typed, Acting { actor, now, .. }) = (self.typed, self.create.acting);
        let files = upload::waiting(tx, actor.agent, &typed.uploads).await?;
        if let Some(missing) =
            typed.uploads.iter().position(|id| !files.iter().any(|file| file.id == *id))
        {
            return Ok(Created::UnknownUpload(missing));
        }
        let created = self.create.run(tx).await?;
        if let Created::Done(ticket) = &created {
            if typed.kind == Kind::Mail {
                let mail = mail(typed, files.iter().map(DraftFile::of).collect());
                draft::save(tx, ticket.id, actor.agent, draft::Kind::Reply, &mail, now).await?;
            }
            begun::made(tx, actor.agent, typed).await?;
        }
        Ok(created)
    }
}
