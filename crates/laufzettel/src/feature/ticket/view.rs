//! Handlers that show a ticket.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use maud::{Markup, html};
use rules::right::Right;
use serde::Deserialize;
use web::{Query, see_other};

use super::explain;
use super::page::{self, PeekPage, PrintMessage, PrintPage};
use super::pager::came_from;
use super::read::{FindTicket, ReadMessage, ReadTicket, TicketView};
use super::show;
use super::who_asks::other_tickets;
use crate::feature::list::place_at;
use crate::feature::regroup::{ReadOrigin, show as regroup};
use crate::feature::reply::{self, Basis, ReadBasis};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::MessageId;
use crate::record::actor::Denied;
use crate::record::directory::{Listed, by_id};
use crate::record::frame::Place;
use crate::record::message::Message;
use crate::record::show as looks;
use crate::record::ticket::is_numbered;
use crate::texts;

/// Messages that the preview shows.
const PREVIEW_MESSAGES: usize = 3;

/// What the address of a ticket says.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    before: Option<String>,
    from: Option<String>,
    /// What was done just now.
    done: Option<String>,
}

/// What the address of a conversation says that is fetched again.
#[derive(Debug, Default, Deserialize)]
pub struct Shown {
    /// The messages that stand open, separated by blanks: what is being read is not folded.
    open: Option<String>,
}

async fn read(
    screen: &Screen,
    number: &str,
    before: Option<&str>,
) -> Result<TicketView, HttpError> {
    let before = before.and_then(MessageId::parse);
    let read = ReadTicket { actor: &screen.actor, number, before };
    Ok(screen.app.db.read(&read).await??)
}

/// The page of a ticket.
pub async fn page(
    screen: Screen,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Answer {
    let view = read(&screen, &number, asked.before.as_deref()).await?;
    if !is_numbered(&view.ticket, &number) {
        return Ok(see_other(&format!("/tickets/{}", encode(&view.ticket.number))));
    }
    let back = came_from(&screen, asked.from.as_deref(), &headers);
    let place = place_at(&screen, &back);
    let shown = show::ticket_page(&screen, &view, back);
    let basis = match asked.before {
        None => Basis::of(&view),
        // Whoever reads what was said long ago answers what was said last.
        Some(_) => {
            screen.app.db.read(&ReadBasis { actor: &screen.actor, number: &number }).await??
        }
    };
    let composer = reply::composer(&screen, &basis);
    let toasts = regroup::toasts(&screen, &view, asked.done.as_deref());
    Ok(page::page(&screen.frame_with(place, toasts).await?, &shown, &composer).into_response())
}

/// The whole page around a composer that says why nothing was sent, for readers without a script.
pub async fn refusing_page(
    screen: &Screen,
    view: &TicketView,
    composer: Markup,
) -> Result<Markup, HttpError> {
    let shown = show::ticket_page(screen, view, "/inbox".to_owned());
    let frame = screen.frame(Place::Elsewhere).await?;
    Ok(page::page(&frame, &shown, &composer))
}

/// The conversation, when something changed in it.
pub async fn thread(
    screen: Screen,
    Path(number): Path<String>,
    Query(shown): Query<Shown>,
) -> Answer {
    let view = read(&screen, &number, None).await?;
    let open: Vec<MessageId> =
        shown.open.unwrap_or_default().split(' ').filter_map(MessageId::parse).collect();
    let mut conversation = show::conversation(&screen, &view, &open);
    if !is_numbered(&view.ticket, &number) {
        conversation.moved_on = Some(std::mem::replace(&mut conversation.number, number));
    }
    Ok(page::conversation(screen.language, &conversation).into_response())
}

/// The properties, when one of them changed.
pub async fn sheet(screen: Screen, Path(number): Path<String>) -> Answer {
    let view = read(&screen, &number, None).await?;
    let sheet = page::sheet(screen.language, &show::sheet(&screen, &view.ticket));
    Ok(html! { (sheet) (show::around_sheet(&screen, &view)) }.into_response())
}

/// The preview over the list. Nothing is marked as read by it.
pub async fn preview(screen: Screen, Path(number): Path<String>) -> Answer {
    let view = read(&screen, &number, None).await?;
    let ticket = &view.ticket;
    let from = view.messages.len().saturating_sub(PREVIEW_MESSAGES);
    let last = view.messages.get(from..).unwrap_or_default();
    let peek = PeekPage {
        number: ticket.number.clone(),
        subject: ticket.subject.clone(),
        status: looks::status(&screen.directory, ticket.status, screen.language),
        area: looks::area(&screen.directory, ticket.area, screen.language),
        deadline: looks::deadline(&screen.times(), ticket.due_at, ticket.stage.0),
        assignee: looks::agent(&screen.directory, ticket.assignee),
        messages: last.iter().map(|message| peeked(&screen, message)).collect(),
        customer: ticket.company_name.clone().unwrap_or(ticket.requester_name.clone()),
        others: other_tickets(&screen, &view),
        access: show::access(&screen, ticket),
        mine: show::mine(&screen, ticket),
        closed: show::closed(ticket),
    };
    Ok(page::peek(screen.language, &peek).into_response())
}

/// A message in the preview, where nothing is done with it.
fn peeked(screen: &Screen, stored: &Message) -> page::Message {
    page::Message { mail: None, ..show::message(screen, stored) }
}

/// The ticket on paper.
pub async fn print(screen: Screen, Path(number): Path<String>) -> Answer {
    let view = read(&screen, &number, None).await?;
    let times = screen.times();
    let messages = view.messages.iter().map(|message| PrintMessage {
        kind: show::kind(message),
        author: message.author_name.clone(),
        to: show::recipients(&message.recipients()),
        time: looks::full_moment(&times, message.at),
        parts: whole_text(message),
        attachments: show::listed(&message.files())
            .into_iter()
            .map(|file| {
                let size = u64::try_from(file.size_bytes).unwrap_or_default();
                (file.name.clone(), web::bytes_size(size, screen.language))
            })
            .collect(),
    });
    let when = format!("{} · {}", times.full(screen.now), screen.actor.name);
    let paper = PrintPage {
        number: view.ticket.number.clone(),
        subject: view.ticket.subject.clone(),
        properties: properties(&screen, &view),
        messages: messages.collect(),
        printed: when,
    };
    Ok(page::print_page(screen.language, &paper).into_response())
}

/// All parts of a message, each set off from the one before.
fn whole_text(message: &Message) -> Vec<(String, bool)> {
    let segments = message.segments().into_iter();
    let parts = segments
        .map(|segment| (segment.text.trim_matches('\n').to_owned(), segment.kind == "quote"));
    parts.filter(|(text, _)| !text.trim().is_empty()).collect()
}

fn properties(screen: &Screen, view: &TicketView) -> Vec<(String, String)> {
    let (words, language) = (texts::common(screen.language), screen.language);
    let (ticket, directory) = (&view.ticket, &screen.directory);
    let times = screen.times();
    let category = ticket.category.and_then(|id| by_id(&directory.categories, id.number()));
    let queue = ticket.queue.and_then(|id| by_id(&directory.queues, id.number()));
    let assignee = ticket.assignee.and_then(|agent| directory.agent(agent));
    let named = |label: &str, value: Option<String>| value.map(|value| (label.to_owned(), value));
    [
        named(words.status(), Some(looks::status(directory, ticket.status, language).name)),
        named(words.priority(), Some(looks::priority(directory, ticket.priority, language).name)),
        named(words.area(), Some(looks::area(directory, ticket.area, language).name)),
        named(words.queue(), queue.map(|entry| entry.name(language).to_owned())),
        named(words.category(), category.map(|entry| entry.name(language).to_owned())),
        named(words.assignee(), assignee.map(|agent| agent.name.clone())),
        named(words.contact(), Some(ticket.requester_name.clone())),
        named(words.due(), ticket.due_at.0.map(|at| times.date_and_clock(at))),
        named(words.tags(), Some(ticket.tag_names().join(", ")).filter(|tags| !tags.is_empty())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Why a message lies in its ticket: beside the message, or as a page.
pub async fn why(screen: Screen, Path(id): Path<String>) -> Answer {
    let message = MessageId::parse(&id).ok_or(Denied::NotFound)?;
    let read = ReadMessage { actor: &screen.actor, message };
    let (belonging, message) = screen.app.db.read(&read).await??;
    let origin = match message.regrouped {
        Some(regrouping) => screen.app.db.read(&ReadOrigin { regrouping }).await?,
        None => None,
    };
    let find =
        FindTicket { actor: &screen.actor, number: &belonging.number, right: Right::ReadTicket };
    let ticket = screen.app.db.read(&find).await??;
    let why = explain::why(&screen, &ticket, &belonging, &message, origin.as_ref());
    match screen.htmx.fragment {
        true => Ok(page::why(screen.language, &why).into_response()),
        false => {
            let frame = screen.frame(Place::Elsewhere).await?;
            Ok(page::why_page(&frame, &why).into_response())
        }
    }
}
