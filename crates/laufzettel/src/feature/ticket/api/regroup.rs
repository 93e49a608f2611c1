//! Merging tickets, splitting messages off or moving them, and the way back.

mod several;

use axum::extract::Path;
use axum::response::Response;
use rules::regroup::Hindrance;
use rules::right::Right;
use serde::Deserialize;
use utoipa::ToSchema;

use super::find::FindTicket;
use super::shown::ShownTicket;
use crate::api::{
    Call, Caller, Post, Problems, TicketsWrite, changed, conflict, created, invalid, location,
    lost_race, present, send, settle, subject, unknown,
};
use crate::feature::regroup::{
    MergeTickets, MoveMessages, Reach, Regrouped, Separate, Separated, Side, SplitMessages,
};
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::record::ticket::Ticket;
use crate::record::{MessageId, RegroupingId, number};
use crate::service::idempotency::Reply;
use crate::service::mail_ids;

/// Numbers that are drawn for one ticket before it is given up.
const DRAWS_MAX: usize = 20;

/// Into which ticket one goes.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketMerging)]
pub struct MergeBody {
    /// The number of the ticket that stays.
    into: String,
    /// Numbers of further tickets that go there in the same step: all of them, or none. At most 18.
    #[serde(default)]
    also: Vec<String>,
}

/// Which messages go, and where.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketSplitting)]
pub struct SplitBody {
    /// The messages, at least one.
    messages: Vec<String>,
    /// The number of the ticket to which they go; without it they get one of their own.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    into: Option<String>,
    /// What a ticket of their own is about; without it, what the first message says.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    subject: Option<String>,
}

/// What is taken back.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketSeparation)]
pub struct SeparateBody {
    /// The `regrouping` of an event of the history.
    regrouping: String,
    /// Whether all tickets that were merged in the same step return, or none.
    #[serde(default)]
    step: bool,
}

/// Merges a ticket, or several, into another one
///
/// All messages go over, and the number leads to the other ticket from then on. The answer is that
/// ticket. With `also` further tickets go along, all in one step or none. 409 with the ticket if it was
/// merged before, or one of them went into the trash.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/merge",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = MergeBody,
    responses((status = 200, description = "The ticket that stays", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn merge(
    call: Caller<TicketsWrite>,
    Path(name): Path<String>,
    post: Post<MergeBody>,
) -> Answer {
    let source = number_of(&call, &name).await?;
    if !post.body.also.is_empty() {
        return several::merge(&call, source, &post).await;
    }
    let merge = MergeTickets { acting: call.acting(), source: &source, target: &post.body.into };
    let settled = settle(&call, &post.repeat, &merge, |ended| answered(&call, ended)).await?;
    ended(&call, settled)
}

/// Moves messages to another ticket, or into one of their own
///
/// Everything that hangs on them goes along; later answers follow. If no message stays in a ticket,
/// it is merged into the other one. The answer is the ticket in which they are: 201 if it is new. 409
/// with the ticket if a message is not in it any more.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/split",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = SplitBody,
    responses(
        (status = 200, description = "The other ticket", body = ShownTicket),
        (status = 201, description = "The new ticket", body = ShownTicket),
        Problems
    ),
    security(("token" = ["tickets:write"]))
)]
pub async fn split(
    call: Caller<TicketsWrite>,
    Path(name): Path<String>,
    post: Post<SplitBody>,
) -> Answer {
    let source = number_of(&call, &name).await?;
    let messages = messages(&post.body.messages)?;
    if let Some(target) = &post.body.into {
        let moving =
            MoveMessages { acting: call.acting(), source: &source, target, messages: &messages };
        let settled = settle(&call, &post.repeat, &moving, |ended| answered(&call, ended)).await?;
        return ended(&call, settled);
    }
    let subject = post.body.subject.as_deref().map(|text| subject("subject", text)).transpose()?;
    for _ in 0..DRAWS_MAX {
        let settled = split_off(&call, &post, &source, &messages, subject.as_deref()).await?;
        if !matches!(settled, Err(Ended::DrawAgain)) {
            return ended(&call, settled);
        }
    }
    Err(db::Failure::other("no free ticket number was found; check the mask").into())
}

async fn split_off(
    call: &Call,
    post: &Post<SplitBody>,
    source: &str,
    messages: &[MessageId],
    subject: Option<&str>,
) -> Result<Result<Reply, Ended>, HttpError> {
    // Numbers are drawn only for who may.
    let find = FindTicket { actor: &call.actor, name: source, right: Right::WorkOnTicket };
    let ticket = call.app.db.read(&find).await??;
    let app = &call.app;
    let scheme = number::scheme(&call.directory, ticket.area)?;
    let number = number::draw(&app.draws, &app.db, &scheme, app.today()).await?;
    let split = SplitMessages {
        acting: call.acting(),
        directory: &call.directory,
        source,
        messages,
        subject,
        id: app.ids.next(call.now),
        number: &number,
        public_id: &mail_ids::public_id(rand::random()),
    };
    settle(call, &post.repeat, &split, |ended| answered_new(call, ended)).await
}

/// Takes a merging, moving or splitting back
///
/// The messages return, and a merged ticket is one again. The answer is the ticket to which they
/// return; with `step`, the oldest of those that were merged in it. 409 if that was done before, or none of them is where they went.
#[utoipa::path(
    post,
    path = "/api/v1/tickets/{number}/separate",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = SeparateBody,
    responses((status = 200, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn separate(
    call: Caller<TicketsWrite>,
    Path(name): Path<String>,
    post: Post<SeparateBody>,
) -> Answer {
    number_of(&call, &name).await?;
    let id = RegroupingId::parse(&post.body.regrouping).ok_or_else(|| unknown("regrouping"))?;
    let reach = if post.body.step { Reach::Step } else { Reach::One };
    let (acting, directory) = (call.acting(), &call.directory);
    let separate = Separate { acting, directory, regrouping: id, reach };
    let settled = settle(&call, &post.repeat, &separate, |done| match done {
        Separated::Done(both) => Ok(shown(&call, &both.0)),
        Separated::Denied(Denied::NotFound) => Err(Ended::Refused(unknown("regrouping").into())),
        Separated::Denied(denied) => Err(Ended::Refused(denied.into())),
        Separated::Before(ticket) => Err(Ended::Lost("separated_before", ticket)),
        Separated::Elsewhere(ticket) => Err(Ended::Lost("messages_gone", ticket)),
    });
    ended(&call, settled.await?)
}

async fn number_of(call: &Call, name: &str) -> Result<String, HttpError> {
    let find = FindTicket { actor: &call.actor, name, right: Right::ReadTicket };
    let ticket = call.app.db.read(&find).await??;
    // By a number of before a merging it is known what was meant.
    match ticket.public_id == name.to_ascii_lowercase() {
        true => Ok(ticket.number),
        false => Ok(name.to_owned()),
    }
}

fn messages(ids: &[String]) -> Result<Vec<MessageId>, HttpError> {
    let parsed = ids.iter().enumerate().map(|(place, id)| {
        MessageId::parse(id).ok_or_else(|| unknown(&format!("messages[{place}]")).into())
    });
    let mut parsed: Vec<MessageId> = parsed.collect::<Result<_, HttpError>>()?;
    parsed.sort_unstable();
    parsed.dedup();
    Ok(parsed)
}

/// Why nothing was done.
enum Ended {
    Lost(&'static str, Box<Ticket>),
    Refused(HttpError),
    DrawAgain,
}

fn answered(call: &Call, ended: Regrouped) -> Result<Reply, Ended> {
    match ended {
        Regrouped::Done(done) => Ok(shown(call, &done.target)),
        Regrouped::NumberTaken => Err(Ended::DrawAgain),
        Regrouped::Denied(Side::Target, Denied::NotFound) => {
            Err(Ended::Refused(unknown("into").into()))
        }
        Regrouped::Denied(_, denied) => Err(Ended::Refused(denied.into())),
        Regrouped::Hindered(why, ticket) if why.is_lost_race() => {
            Err(Ended::Lost(why.code(), ticket))
        }
        Regrouped::Hindered(why, _) => {
            let field = if why == Hindrance::SameTicket { "into" } else { "messages" };
            Err(Ended::Refused(invalid(field, why.code(), sentence(why.code())).into()))
        }
    }
}

fn answered_new(call: &Call, ended: Regrouped) -> Result<Reply, Ended> {
    match ended {
        Regrouped::Done(done) => {
            let ticket = &done.target;
            let address = location("tickets", &ticket.number);
            let body = ShownTicket::of(ticket, &call.directory);
            Ok(created(&address, Some(ticket.version), &body))
        }
        other => answered(call, other),
    }
}

fn shown(call: &Call, ticket: &Ticket) -> Reply {
    changed(ticket.version, &ShownTicket::of(ticket, &call.directory))
}

fn ended(call: &Call, settled: Result<Reply, Ended>) -> Answer {
    match settled {
        Ok(reply) => Ok(send(reply)),
        Err(Ended::Lost(code, ticket)) => Ok(lost(call, code, &ticket)),
        Err(Ended::Refused(error)) => Err(error),
        Err(Ended::DrawAgain) => Err(db::Failure::other("a number was not drawn again").into()),
    }
}

/// 409 with the ticket as it is now.
fn lost(call: &Call, code: &str, ticket: &Ticket) -> Response {
    lost_race(conflict(code, sentence(code)), &ShownTicket::of(ticket, &call.directory))
}

fn sentence(code: &str) -> &'static str {
    match code {
        "same_ticket" => "a ticket cannot go into itself",
        "merged_before" => "both numbers lead to one ticket already",
        "in_trash" => "the ticket is in the trash",
        "target_in_trash" => "the other ticket is in the trash",
        "nothing_chosen" => "name at least one message",
        "messages_gone" => "a message is not in the ticket any more",
        "nothing_left" => "at least one message has to stay",
        "separated_before" => "it was taken back before",
        "too_many_tickets" => "at most 20 tickets become one in one step",
        _ => "there are too many messages",
    }
}
