//! Handlers of mails that lie in no ticket: one or several of them go to a ticket, into tickets of
//! their own, or nowhere; the last can be taken back (F-MAIL-32).

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use rules::right::Right;
use web::{Form, Query, go_to, see_other};

use super::asked::Asked;
use super::page::{PlaceForm, found, wrong};
use super::web::again;
use crate::feature::intake::by_hand::{Aside, Placed, PutAside, SetAside, Target, place as put};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::MailId;
use crate::record::actor::Denied;
use crate::record::frame::{Toast, Undo};
use crate::record::ticket::{self, Ticket};
use crate::texts;

/// Mails that one press of a button takes.
const AT_ONCE_MAX: usize = 200;

/// What is to become of the chosen mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    Assign,
    Make,
    Discard,
    Restore,
}

impl Wish {
    fn of(form: &Form) -> Self {
        match form.text("do") {
            "make" => Self::Make,
            "discard" => Self::Discard,
            "restore" => Self::Restore,
            _ => Self::Assign,
        }
    }

    /// The word in the address that says it was done.
    fn told(self) -> &'static str {
        match self {
            Self::Assign => "assigned",
            Self::Make => "made",
            Self::Discard => "discarded",
            Self::Restore => "restored",
        }
    }
}

/// Does it with the chosen mails, one after the other.
pub async fn place(screen: Screen, form: Form) -> Answer {
    let wish = Wish::of(&form);
    let mails: Vec<MailId> = form.all("mail").filter_map(MailId::parse).take(AT_ONCE_MAX).collect();
    let texts = texts::journal(screen.language);
    let number = form.text("number").trim();
    if mails.is_empty() {
        return refused(&screen, &form, texts.place_nothing_chosen()).await;
    }
    if wish == Wish::Assign && number.is_empty() {
        return refused(&screen, &form, texts.place_number_missing()).await;
    }
    let mut done = Vec::new();
    let mut ticket = None;
    let mut problem = None;
    for mail in mails {
        match one(&screen, mail, wish, number).await? {
            Ended::Done(number) => {
                done.push(mail);
                ticket = number;
            }
            // Whoever was faster has done it.
            Ended::NotOpen => {}
            Ended::Refused(sentence) => {
                problem = Some(sentence);
                break;
            }
        }
    }
    match problem {
        Some(sentence) => refused(&screen, &form, sentence).await,
        None => Ok(told(&screen, &form, wish, &done, ticket)),
    }
}

enum Ended {
    Done(Option<String>),
    NotOpen,
    Refused(&'static str),
}

async fn one(screen: &Screen, mail: MailId, wish: Wish, number: &str) -> Result<Ended, HttpError> {
    let texts = texts::journal(screen.language);
    let target = match wish {
        Wish::Assign => Target::Ticket(number),
        Wish::Make => Target::New,
        Wish::Discard => return set_aside(screen, mail, Aside::Discard).await,
        Wish::Restore => return set_aside(screen, mail, Aside::Restore).await,
    };
    Ok(match put(&screen.app, &screen.actor, mail, target).await? {
        Placed::Done(number) => Ended::Done(Some(number)),
        Placed::NotOpen => Ended::NotOpen,
        Placed::NoTicket => Ended::Refused(texts.place_no_ticket()),
        Placed::TicketNotAllowed => Ended::Refused(texts.place_not_allowed()),
        Placed::MayNotCreate => Ended::Refused(texts.place_may_not_create()),
        Placed::Denied(denied) => return Err(denied.into()),
    })
}

async fn set_aside(screen: &Screen, mail: MailId, which: Aside) -> Result<Ended, HttpError> {
    let set = SetAside {
        actor: &screen.actor,
        directory: &screen.directory,
        mail,
        which,
        ids: &screen.app.ids,
        now: screen.now,
    };
    match screen.app.db.write(&set).await? {
        PutAside::Done => Ok(Ended::Done(None)),
        PutAside::NotOpen => Ok(Ended::NotOpen),
        PutAside::Denied(denied) => Err(denied.into()),
    }
}

/// Back to the list, which says what was done.
fn told(
    screen: &Screen,
    form: &Form,
    wish: Wish,
    done: &[MailId],
    ticket: Option<String>,
) -> Response {
    let list = Asked::of_query(form.text("back"));
    let ids: Vec<String> = done.iter().map(ToString::to_string).collect();
    let mut href = list.href();
    href.push(if href.contains('?') { '&' } else { '?' });
    href.push_str(&format!("told={}&count={}", wish.told(), ids.len()));
    if let Some(ticket) = ticket {
        href.push_str(&format!("&ticket={}", encode(&ticket)));
    }
    if wish == Wish::Discard && !ids.is_empty() {
        href.push_str(&format!("&mails={}", ids.join(".")));
    }
    // The button that takes it back is pressed by the script.
    if screen.htmx.fragment { go_to(&href) } else { see_other(&href) }
}

/// The page as it was, with the sentence at the field.
async fn refused(screen: &Screen, form: &Form, sentence: &str) -> Answer {
    let place = PlaceForm {
        number: form.text("number").to_owned(),
        problem: Some(sentence.to_owned()),
        back: form.text("back").to_owned(),
        chosen: form.all("mail").map(str::to_owned).collect(),
        ..PlaceForm::default()
    };
    let asked = Asked::of_query(&place.back);
    let page = again(screen, &asked, form.text("entry"), place).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What the page says of what was just done.
pub fn toasts(screen: &Screen, asked: &Asked) -> Vec<Toast> {
    let texts = texts::journal(screen.language);
    let count = asked.count.unwrap_or_default();
    let ticket = asked.ticket.as_deref().unwrap_or_default();
    let text = match (asked.told.as_deref(), count) {
        (Some("assigned" | "made" | "discarded" | "restored"), 0) => {
            texts.told_nothing().to_owned()
        }
        (Some("assigned"), count) => texts.told_assigned(count, ticket),
        (Some("made"), 1) => texts.told_made(ticket),
        (Some("made"), count) => texts.told_made_several(count),
        (Some("discarded"), count) => texts.told_discarded(count),
        (Some("restored"), count) => texts.told_restored(count),
        _ => return Vec::new(),
    };
    let mails = asked.mails.as_deref().filter(|_| asked.told.as_deref() == Some("discarded"));
    let undo = mails.map(|mails| {
        let back = asked.query();
        let fixed = [("do", "restore"), ("back", back.trim_start_matches('?'))];
        let mails = mails.split('.').filter(|id| MailId::parse(id).is_some());
        let fields = fixed.into_iter().chain(mails.map(|id| ("mail", id)));
        let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        Undo { action: "/mails/place".to_owned(), fields }
    });
    vec![Toast { text, undo }]
}

/// What is typed as the number of a ticket.
#[derive(Debug, Default, serde::Deserialize)]
pub struct Typed {
    number: Option<String>,
}

/// The ticket with the number that is being typed: a fragment below it.
pub async fn look_up(screen: Screen, Query(typed): Query<Typed>) -> Answer {
    let number = typed.number.unwrap_or_default();
    let number = number.trim();
    if number.is_empty() {
        return Ok(Markup::default().into_response());
    }
    let look = LookUp { screen: &screen, number };
    let texts = texts::journal(screen.language);
    let shown = match screen.app.db.read(&look).await? {
        Ok(ticket) => found(&ticket.number, &ticket.subject, &ticket.requester_name),
        Err(Denied::NotAllowed) => wrong(texts.place_not_allowed()),
        Err(Denied::NotFound) => wrong(texts.place_no_ticket()),
    };
    Ok(shown.into_response())
}

struct LookUp<'a> {
    screen: &'a Screen,
    number: &'a str,
}

impl db::Reading for LookUp<'_> {
    type Outcome = Result<Ticket, Denied>;

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<Self::Outcome> {
        ticket::open(view, &self.screen.actor, Right::WorkOnTicket, self.number).await
    }
}
