//! After closing: which contacts shall hear of it (F-CLOSE-01, F-CLOSE-03). Whoever leaves the
//! question says that nobody shall; the ticket stays closed.

use axum::extract::Path;
use db::{Reading, Result, View};
use maud::html;
use web::Form;

use crate::feature::change::Change;
use crate::feature::notify::closing::{
    Notify, TEXT_LETTERS_MAX, TellContacts, Told, Words, contacts, usual_text,
};
use crate::feature::notify::tell::is_closing;
use crate::feature::ticket::answer::{Said, answer, refused};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::directory::by_id;
use crate::record::frame::{Question, Toast};
use crate::record::message::Mailbox;
use crate::record::ticket::Ticket;
use crate::texts;

struct ReadContacts<'a>(&'a Ticket);

impl Reading for ReadContacts<'_> {
    type Outcome = Vec<Mailbox>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Mailbox>> {
        contacts(view, self.0).await
    }
}

/// The question after a ticket was closed, where the area wants it asked and somebody can be told.
pub async fn question(
    screen: &Screen,
    ticket: &Ticket,
    undo: &[Change],
) -> std::result::Result<Option<Question>, HttpError> {
    let area = by_id(&screen.directory.areas, ticket.area.number());
    let asks = area.is_some_and(|area| area.closing_mail == "ask");
    if !asks || !is_closing(ticket, undo, &screen.directory) {
        return Ok(None);
    }
    let contacts = screen.app.db.read(&ReadContacts(ticket)).await?;
    Ok((!contacts.is_empty()).then(|| print(screen, ticket, &contacts)))
}

fn print(screen: &Screen, ticket: &Ticket, contacts: &[Mailbox]) -> Question {
    let words = texts::act(screen.language);
    // The text is for the customer, in the language in which the house writes.
    let language = screen.app.config.language;
    let usual = usual_text(&screen.directory, &screen.actor, ticket, language);
    let body = html! {
        p { (words.closing_question_text()) }
        label class="check" {
            input type="radio" name="notify" value="all" checked;
            span { (words.all_contacts(&contacts.len().to_string())) }
        }
        @if contacts.len() > 1 {
            @for contact in contacts {
                label class="check" {
                    input type="radio" name="notify" value=(contact.email);
                    span { (contact.name) " " span class="muted" { (contact.email) } }
                }
            }
        } @else {
            @for contact in contacts { p class="muted" { (contact.name) " " (contact.email) } }
        }
        label class="check" {
            input type="radio" name="notify" value="none";
            span { (words.nobody()) }
        }
        div class="field" {
            label for="closing-text" { (words.message()) }
            textarea class="input" id="closing-text" name="text" rows="4" { (usual) }
        }
        label class="check" {
            input type="checkbox" name="history" value="1" checked;
            span { (words.with_history()) }
        }
    };
    Question {
        heading: words.closing_question().to_owned(),
        action: format!("/tickets/{}/closing", encode(&ticket.number)),
        fields: Vec::new(),
        body,
        yes: words.send().to_owned(),
        no: words.send_nothing().to_owned(),
        target: None,
    }
}

/// The question after several tickets were closed: all contacts, or nobody.
pub fn question_of_many(screen: &Screen, tickets: &[String]) -> Question {
    let words = texts::act(screen.language);
    let field = |number: &String| ("ticket".to_owned(), number.clone());
    let notify = ("notify".to_owned(), "all".to_owned());
    let body = html! {
        p { (words.closing_many_text()) }
        label class="check" {
            input type="checkbox" name="history" value="1";
            span { (words.with_history()) }
        }
    };
    Question {
        heading: words.closing_question().to_owned(),
        action: "/inbox/selection/closing".to_owned(),
        fields: tickets.iter().map(field).chain([notify]).collect(),
        body,
        yes: words.inform_contacts().to_owned(),
        no: words.send_nothing().to_owned(),
        target: None,
    }
}

/// Who shall hear of it, and what, as the form says.
pub fn wanted(form: &Form) -> (Notify, Words) {
    let notify = match form.text("notify") {
        "all" => Notify::All,
        "" | "none" => Notify::Nobody,
        address => Notify::One(address.to_owned()),
    };
    let text = form.text("text").replace('\0', "");
    let text = (!text.is_empty()).then_some(text);
    (notify, Words { text, history: form.has("history") })
}

/// Tells those who were chosen.
pub async fn tell(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let words = texts::act(screen.language);
    let (notify, said) = wanted(&form);
    if form.text("text").chars().count() > TEXT_LETTERS_MAX {
        let problem = refused("", &form, words.closing_too_long().to_owned());
        return answer(&screen, &number, &form, Err(problem)).await;
    }
    let tell = TellContacts {
        acting: screen.acting(),
        number: &number,
        directory: &screen.directory,
        notify: &notify,
        words: &said,
    };
    let toast = match screen.app.db.write(&tell).await? {
        Told::Done(0) => None,
        Told::Done(_) => Some(Toast { text: words.informed().to_owned(), undo: None }),
        Told::Denied(denied) => return Err(denied.into()),
        Told::NoContact => Some(Toast { text: words.no_contact().to_owned(), undo: None }),
    };
    answer(&screen, &number, &form, Ok(Said { toast, question: None })).await
}
