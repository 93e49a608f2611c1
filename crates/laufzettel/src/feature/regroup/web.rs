//! Handlers of moving messages.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::html;
use rules::regroup::Hindrance;
use serde::Deserialize;
use web::{Form, Query, go_to, see_other};

use super::page::{self, Movable, MovePage};
use super::show::may_regroup;
use super::{MoveMessages, Reach, Regrouped, Separate, Separated, Side, SplitMessages};
use crate::feature::reply::one_subject;
use crate::feature::search::{FindTickets, ProposedTicket};
use crate::feature::ticket::read::{FindTicket, ReadTicket, TicketView};
use crate::http::encode;
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::body::preview;
use crate::record::frame::Place;
use crate::record::message::Message;
use crate::record::ticket::{Ticket, is_numbered};
use crate::record::{MessageId, RegroupingId, number, show};
use crate::service::mail_ids;
use crate::texts;

/// Numbers that are drawn for one ticket before it is given up.
const DRAWS_MAX: usize = 20;
/// Tickets that a field proposes.
const TARGETS_MAX: i64 = 8;
/// Letters of a subject.
const SUBJECT_LETTERS_MAX: usize = 200;

/// Which message is chosen at first.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Asked {
    message: Option<String>,
}

/// What was typed as the target.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct AskedTarget {
    target: Option<String>,
}

/// Why nothing was moved: the field, the sentence, and tickets of which one may be meant.
pub(super) struct Problem {
    pub field: &'static str,
    pub sentence: String,
    pub status: StatusCode,
    pub targets: Vec<(String, String)>,
}

impl Problem {
    pub fn at(field: &'static str, sentence: &str) -> Self {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Self { field, sentence: sentence.to_owned(), status, targets: Vec::new() }
    }
}

/// The page that moves messages.
pub async fn moving(
    screen: Screen,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let view = working(&screen, &number).await?;
    let chosen: Vec<MessageId> =
        asked.message.iter().filter_map(|id| MessageId::parse(id)).collect();
    let shown = shown(&screen, &view, &chosen);
    Ok(page::move_page(&screen.frame(Place::Elsewhere).await?, &shown).into_response())
}

/// Moves messages, or splits them off.
pub async fn moves(screen: Screen, Path(number): Path<String>, form: Form) -> Answer {
    let chosen = chosen(&form);
    let ended = match form.text("do") {
        "split" => split(&screen, &number, &chosen, &form).await?,
        _ => match meant(&screen, &number, &form).await? {
            Ok(target) => move_to(&screen, &number, &chosen, &target).await?,
            Err(problem) => Err(problem),
        },
    };
    match ended {
        Ok(path) => Ok(see_other(&path)),
        Err(problem) => {
            let view = working(&screen, &number).await?;
            let shown = MovePage {
                target: form.raw("target").to_owned(),
                targets: problem.targets,
                subject: form.raw("subject").to_owned(),
                problem: Some((problem.field, problem.sentence)),
                ..shown(&screen, &view, &chosen)
            };
            let page = page::move_page(&screen.frame(Place::Elsewhere).await?, &shown);
            Ok((problem.status, page).into_response())
        }
    }
}

/// Tickets for a field that takes one: choices of a data list.
pub async fn choices(screen: Screen, Query(asked): Query<AskedTarget>) -> Answer {
    let typed = asked.target.unwrap_or_default();
    let found = find(&screen, &typed).await?;
    let choices = html! {
        @for one in &found { option value={ (one.number) " " (one.subject) } {} }
    };
    Ok(choices.into_response())
}

/// Takes a merging, moving or splitting back.
pub async fn undo(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    let regrouping = RegroupingId::parse(&id).ok_or(Denied::NotFound)?;
    let reach = if form.has("step") { Reach::Step } else { Reach::One };
    let (acting, directory) = (screen.acting(), &screen.directory);
    let separate = Separate { acting, directory, regrouping, reach };
    let (ticket, done) = match screen.app.db.write(&separate).await? {
        Separated::Done(both) => {
            let (source, target) = *both;
            let is_target = is_numbered(&target, form.text("here"));
            let is_left = target.stage.0 != rules::status::Stage::Merged;
            (if is_target && is_left { target } else { source }, "separated")
        }
        Separated::Denied(denied) => return Err(denied.into()),
        Separated::Before(ticket) => (*ticket, "separated_before"),
        Separated::Elsewhere(ticket) => (*ticket, "separated_elsewhere"),
    };
    let path = format!("/tickets/{}?done={done}", encode(&ticket.number));
    Ok(lead(&screen, &path))
}

/// To another page, for browsers with and without a script.
pub(super) fn lead(screen: &Screen, path: &str) -> Response {
    match screen.htmx.fragment {
        true => go_to(path),
        false => see_other(path),
    }
}

/// The ticket, for somebody who may move its messages.
pub(super) async fn working(screen: &Screen, number: &str) -> Result<TicketView, HttpError> {
    let read = ReadTicket { actor: &screen.actor, number, before: None };
    let view = screen.app.db.read(&read).await??;
    match may_regroup(screen, &view.ticket) {
        true => Ok(view),
        false => Err(Denied::NotAllowed.into()),
    }
}

fn shown(screen: &Screen, view: &TicketView, chosen: &[MessageId]) -> MovePage {
    let times = screen.times();
    let movable = |message: &Message| {
        let segments = message.segments();
        let said = segments.iter().find(|part| part.kind == "new").or(segments.first());
        Movable {
            id: message.id.to_string(),
            author: message.author_name.clone(),
            preview: preview(said.map_or("", |part| part.text.as_str())),
            time: show::exact_moment(&times, message.at),
            is_chosen: chosen.contains(&message.id),
        }
    };
    let messages: Vec<Movable> = view.messages.iter().map(movable).collect();
    let count = i64::try_from(messages.len()).unwrap_or(i64::MAX);
    MovePage {
        number: view.ticket.number.clone(),
        has_older: view.ticket.message_count > count,
        messages,
        target: String::new(),
        targets: Vec::new(),
        subject: String::new(),
        problem: None,
    }
}

fn chosen(form: &Form) -> Vec<MessageId> {
    let mut chosen: Vec<MessageId> = form.all("message").filter_map(MessageId::parse).collect();
    chosen.sort_unstable();
    chosen.dedup();
    chosen
}

/// Tickets that fit what was typed.
pub(super) async fn find(screen: &Screen, typed: &str) -> Result<Vec<ProposedTicket>, HttpError> {
    let typed: String = typed.replace('\0', " ").trim().chars().take(SUBJECT_LETTERS_MAX).collect();
    if typed.is_empty() {
        return Ok(Vec::new());
    }
    let find = FindTickets { actor: &screen.actor, typed: &typed, limit: TARGETS_MAX };
    Ok(screen.app.db.read_long(&find).await?)
}

/// The number of the ticket that a form names: by number, as a choice, or by words that fit one. The ticket
/// that the messages leave is not meant by words.
async fn meant(
    screen: &Screen,
    source: &str,
    form: &Form,
) -> Result<Result<String, Problem>, HttpError> {
    let texts = texts::regroup(screen.language);
    let typed = form.text("target");
    let named = match form.text("chosen") {
        "" => typed.split_whitespace().next().unwrap_or_default(),
        chosen => chosen,
    };
    if named.is_empty() {
        return Ok(Err(Problem::at("target", texts.no_target())));
    }
    if let Some(ticket) = open(screen, named).await? {
        // By a number of before a merging it can be told what became of it.
        let is_own = is_numbered(&ticket, named);
        return Ok(Ok(if is_own { ticket.number } else { named.to_owned() }));
    }
    // A number that leads nowhere is no word of another ticket's subject.
    if is_only_number(typed) {
        return Ok(Err(Problem::at("target", texts.no_ticket())));
    }
    by_words(screen, source, typed).await
}

/// The ticket that words fit, if it is one.
async fn by_words(
    screen: &Screen,
    source: &str,
    typed: &str,
) -> Result<Result<String, Problem>, HttpError> {
    let texts = texts::regroup(screen.language);
    let mut found = find(screen, typed).await?;
    found.retain(|one| one.number != source);
    match found.as_slice() {
        [] => Ok(Err(Problem::at("target", texts.no_ticket()))),
        [one] => Ok(Ok(one.number.clone())),
        several => {
            let targets = several.iter().map(|one| (one.number.clone(), one.subject.clone()));
            let targets = targets.collect();
            Ok(Err(Problem { targets, ..Problem::at("target", texts.several()) }))
        }
    }
}

/// Whether nothing else can be meant than a ticket's number.
fn is_only_number(typed: &str) -> bool {
    let typed = typed.trim().trim_matches(['#', '[', ']']);
    !typed.is_empty()
        && typed.chars().all(|one| one.is_ascii_digit() || matches!(one, '-' | '/' | '.'))
}

/// The ticket to which a number leads, if the reader may see it.
pub(super) async fn open(screen: &Screen, number: &str) -> Result<Option<Ticket>, HttpError> {
    if number.contains('\0') {
        return Ok(None);
    }
    let right = rules::right::Right::ReadTicket;
    let find = FindTicket { actor: &screen.actor, number, right };
    Ok(screen.app.db.read(&find).await?.ok())
}

async fn move_to(
    screen: &Screen,
    number: &str,
    messages: &[MessageId],
    target: &str,
) -> Result<Result<String, Problem>, HttpError> {
    let acting = screen.acting();
    let moving = MoveMessages { acting, source: number, target, messages };
    ended(screen, screen.app.db.write(&moving).await?)
}

async fn split(
    screen: &Screen,
    number: &str,
    messages: &[MessageId],
    form: &Form,
) -> Result<Result<String, Problem>, HttpError> {
    let area = working(screen, number).await?.ticket.area;
    let subject: String =
        one_subject(form.raw("subject")).chars().take(SUBJECT_LETTERS_MAX).collect();
    let app = &screen.app;
    for _ in 0..DRAWS_MAX {
        let scheme = number::scheme(&screen.directory, area)?;
        let drawn = number::draw(&app.draws, &app.db, &scheme, app.today()).await?;
        let split = SplitMessages {
            acting: screen.acting(),
            directory: &screen.directory,
            source: number,
            messages,
            subject: Some(subject.as_str()),
            id: app.ids.next(screen.now),
            number: &drawn,
            public_id: &mail_ids::public_id(rand::random()),
        };
        match app.db.write(&split).await? {
            Regrouped::NumberTaken => {}
            other => return ended(screen, other),
        }
    }
    Err(db::Failure::other("no free ticket number was found; check the mask").into())
}

/// Where to go on, or why nothing was done.
pub(super) fn ended(
    screen: &Screen,
    ended: Regrouped,
) -> Result<Result<String, Problem>, HttpError> {
    let texts = texts::regroup(screen.language);
    match ended {
        Regrouped::Done(done) => {
            // Whoever moved something goes on where he was; whoever made a ticket, there.
            let is_there = done.is_merged || done.is_new;
            let ticket = if is_there { &done.target } else { &done.source };
            let path = format!("/tickets/{}?done={}", encode(&ticket.number), done.regrouping);
            Ok(Ok(path))
        }
        Regrouped::Denied(Side::Target, Denied::NotAllowed) => {
            Ok(Err(Problem::at("target", texts.no_right_there())))
        }
        Regrouped::Denied(Side::Target, Denied::NotFound) => {
            Ok(Err(Problem::at("target", texts.no_ticket())))
        }
        Regrouped::Denied(Side::Source, denied) => Err(denied.into()),
        Regrouped::Hindered(why, _) => Ok(Err(hindered(screen, why))),
        Regrouped::NumberTaken => Err(db::Failure::other("a number was not drawn again").into()),
    }
}

pub(super) fn hindered(screen: &Screen, why: Hindrance) -> Problem {
    let texts = texts::regroup(screen.language);
    let (field, sentence) = match why {
        Hindrance::SameTicket => ("target", texts.same_ticket()),
        Hindrance::MergedBefore => ("target", texts.merged_before()),
        Hindrance::TargetInTrash => ("target", texts.target_in_trash()),
        Hindrance::SourceInTrash => ("messages", texts.source_in_trash()),
        Hindrance::NothingChosen => ("messages", texts.nothing_chosen()),
        Hindrance::Gone => ("messages", texts.messages_gone()),
        Hindrance::NothingLeft => ("messages", texts.nothing_left()),
        Hindrance::TooMany => ("messages", texts.too_many()),
        Hindrance::OneTicket => ("target", texts.one_ticket()),
        Hindrance::TooManyTickets => ("target", texts.too_many_tickets()),
    };
    let problem = Problem::at(field, sentence);
    match why.is_lost_race() {
        true => Problem { status: StatusCode::CONFLICT, ..problem },
        false => problem,
    }
}
