//! Handlers of merging several tickets that were selected in a list.

use axum::http::StatusCode;
use axum::response::IntoResponse;
use rules::number::fold_number;
use rules::regroup::{TICKETS_MAX, several};
use web::{Form, safe_return_path};

use super::page::{self, Choice, Chosen, SeveralPage};
use super::several::{MergeSeveral, Merged, ReadSeveral, Standing};
use super::web::{hindered, lead};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::frame::Place;
use crate::record::show;
use crate::record::ticket::{Ticket, is_numbered};
use crate::texts;

/// Letters that a number can have; what is longer is none.
const NUMBER_LETTERS_MAX: usize = 60;
/// Letters of an address to which a list can return.
const BACK_LETTERS_MAX: usize = 400;

/// The address of the page for these tickets.
pub fn address(numbers: &[&str], back: &str) -> String {
    let numbers = numbers.iter().take(TICKETS_MAX + 1).map(|number| cut(number));
    let fields: Vec<String> = numbers.map(|number| format!("ticket={}", encode(&number))).collect();
    match back.len() > BACK_LETTERS_MAX {
        true => format!("/tickets/merge?{}", fields.join("&")),
        false => format!("/tickets/merge?{}&back={}", fields.join("&"), encode(back)),
    }
}

/// Why so many tickets cannot be merged at once.
pub fn how_many(screen: &Screen, tickets: usize) -> Option<String> {
    several(tickets).err().map(|hindrance| hindered(screen, hindrance).sentence)
}

/// The page that merges several tickets.
pub async fn merging(screen: Screen, form: Form) -> Answer {
    let numbers = numbers(&form);
    let shown = look(&screen, &form, &numbers).await?;
    let tickets = if numbers.len() > TICKETS_MAX { numbers.len() } else { shown.tickets.len() };
    let shown = SeveralPage { problem: how_many(&screen, tickets), ..shown };
    print(&screen, StatusCode::OK, &shown).await
}

/// Merges them.
pub async fn merge(screen: Screen, form: Form) -> Answer {
    let numbers = numbers(&form);
    let stays = cut(form.text("stays"));
    let is_stays = |number: &&String| fold_number(number) == fold_number(&stays);
    let Some(target) = numbers.iter().find(is_stays) else {
        let sentence = match several(numbers.len()) {
            Ok(()) => texts::regroup(screen.language).none_stays().to_owned(),
            Err(why) => hindered(&screen, why).sentence,
        };
        return again(&screen, &form, StatusCode::UNPROCESSABLE_ENTITY, sentence).await;
    };
    let sources: Vec<String> = numbers.iter().filter(|one| *one != target).cloned().collect();
    let merge = MergeSeveral { acting: screen.acting(), sources: &sources, target };
    match screen.app.db.write(&merge).await? {
        Merged::Done(regrouping, ticket) => {
            let path = format!("/tickets/{}?done={regrouping}", encode(&ticket.number));
            Ok(lead(&screen, &path))
        }
        Merged::InTheWay(standings) => {
            let sentence = texts::regroup(screen.language).nothing_merged().to_owned();
            again(&screen, &form, status(&standings), sentence).await
        }
        Merged::Hindered(why) => {
            let problem = hindered(&screen, why);
            again(&screen, &form, problem.status, problem.sentence).await
        }
    }
}

/// The page once more, with what was chosen as it stands now, and why nothing was done.
async fn again(screen: &Screen, form: &Form, status: StatusCode, problem: String) -> Answer {
    let shown = look(screen, form, &numbers(form)).await?;
    print(screen, status, &SeveralPage { problem: Some(problem), ..shown }).await
}

/// What the page shows; of too many tickets none.
async fn look(screen: &Screen, form: &Form, numbers: &[String]) -> Result<SeveralPage, HttpError> {
    let numbers = if numbers.len() > TICKETS_MAX { &[] } else { numbers };
    let read = ReadSeveral { actor: &screen.actor, numbers };
    Ok(shown(screen, form, &screen.app.db.read(&read).await?))
}

async fn print(screen: &Screen, status: StatusCode, shown: &SeveralPage) -> Answer {
    let page = page::several_page(&screen.frame(Place::Elsewhere).await?, shown);
    Ok((status, page).into_response())
}

/// The numbers in a form, each once, one more than can be merged at most.
fn numbers(form: &Form) -> Vec<String> {
    let mut numbers: Vec<String> = Vec::new();
    for number in form.all("ticket").map(cut).filter(|number| !number.is_empty()) {
        let is_new = numbers.iter().all(|known| fold_number(known) != fold_number(&number));
        if is_new && numbers.len() <= TICKETS_MAX {
            numbers.push(number);
        }
    }
    numbers
}

fn cut(number: &str) -> String {
    number.replace('\0', "").trim().chars().take(NUMBER_LETTERS_MAX).collect()
}

/// Whoever may not is told so before what has changed meanwhile, and that before what never was.
fn status(standings: &[(String, Standing)]) -> StatusCode {
    let has = |is: fn(&Standing) -> bool| standings.iter().any(|(_, standing)| is(standing));
    match () {
        () if has(|one| matches!(one, Standing::NotAllowed(_))) => StatusCode::FORBIDDEN,
        () if has(|one| matches!(one, Standing::MergedBefore(_) | Standing::InTrash(_))) => {
            StatusCode::CONFLICT
        }
        () => StatusCode::UNPROCESSABLE_ENTITY,
    }
}

fn shown(screen: &Screen, form: &Form, standings: &[(String, Standing)]) -> SeveralPage {
    let mut ready: Vec<&Ticket> = standings.iter().filter_map(|(_, one)| one.ready()).collect();
    ready.sort_by_key(|ticket| (ticket.created_at, ticket.id));
    // The oldest number is the one that customers know.
    let stays = ready.iter().find(|ticket| is_numbered(ticket, form.text("stays")));
    let stays = stays.or(ready.first()).map(|ticket| ticket.id);
    let messages: i64 = ready.iter().map(|ticket| ticket.message_count).sum();
    SeveralPage {
        back: safe_return_path(form.raw("back")).unwrap_or("/inbox").to_owned(),
        warnings: warnings(screen, &ready),
        messages: u64::try_from(messages).unwrap_or_default(),
        tickets: ready
            .iter()
            .map(|ticket| chosen(screen, ticket, stays == Some(ticket.id)))
            .collect(),
        left_out: standings.iter().filter_map(|(number, one)| why(screen, number, one)).collect(),
        problem: None,
    }
}

fn chosen(screen: &Screen, ticket: &Ticket, stays: bool) -> Chosen {
    Chosen {
        ticket: Choice {
            number: ticket.number.clone(),
            subject: ticket.subject.clone(),
            status: show::status(&screen.directory, ticket.status, screen.language),
        },
        requester: ticket.requester_name.clone(),
        changed: show::exact_moment(&screen.times(), ticket.updated_at),
        stays,
    }
}

/// Others may see, or be written to, what was not for them before.
fn warnings(screen: &Screen, tickets: &[&Ticket]) -> Vec<&'static str> {
    let texts = texts::regroup(screen.language);
    let Some(first) = tickets.first() else { return Vec::new() };
    let requesters = tickets.iter().any(|ticket| !is_of_same(ticket, first));
    let areas = tickets.iter().any(|ticket| ticket.area != first.area);
    let said = [(requesters, texts.other_requesters()), (areas, texts.other_areas())];
    said.into_iter().filter(|(is_so, _)| *is_so).map(|(_, text)| text).collect()
}

/// Whether the same person asks.
fn is_of_same(ticket: &Ticket, other: &Ticket) -> bool {
    match (ticket.contact, other.contact, &ticket.requester_email, &other.requester_email) {
        (Some(one), Some(another), ..) => one == another,
        (.., Some(one), Some(another)) => one == another,
        _ => ticket.requester_key() == other.requester_key(),
    }
}

/// Why a ticket stays as it is.
fn why(screen: &Screen, number: &str, standing: &Standing) -> Option<String> {
    let texts = texts::regroup(screen.language);
    Some(match standing {
        Standing::Ready(_) => return None,
        Standing::Unknown => texts.left_unknown(number),
        Standing::NotAllowed(_) => texts.left_no_right(number),
        Standing::MergedBefore(ticket) => texts.left_merged(number, &ticket.number),
        Standing::InTrash(_) => texts.left_in_trash(number),
    })
}
