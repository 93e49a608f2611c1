//! Changing a ticket and putting it into the trash.

use axum::extract::Path;
use axum::http::HeaderMap;
use rules::right::Right;
use serde::Deserialize;
use utoipa::ToSchema;
use web::{IfMatch, Json, Problem};

use super::find::FindTicket;
use super::shown::ShownTicket;
use crate::api::{
    Call, Caller, Findings, Problems, TicketsWrite, Time, agent, area, done, entry, present,
    refused, stale, unknown, versioned,
};
use crate::feature::change::{Change, ChangeTicket, Changed, due};
use crate::feature::contacts;
use crate::feature::notify::tell::{ChangeAndTell, Tell};
use crate::http::error::{Answer, HttpError};
use crate::record::AgentId;
use crate::record::directory::Listed;
use crate::record::ticket::Ticket;

/// What is changed of a ticket. A field that is missing stays, one that is `null` is cleared. Lists
/// take keys or names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = TicketChange)]
pub struct Body {
    /// The subject.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    subject: Option<String>,
    /// The status.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    status: Option<String>,
    /// The area.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    area: Option<String>,
    /// The request type.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    request_type: Option<Option<String>>,
    /// The category. Its priority follows, if it gives one and none is named.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    category: Option<Option<String>>,
    /// The priority.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    priority: Option<String>,
    /// The queue.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    queue: Option<Option<String>>,
    /// The agent responsible, by address, id or name.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    assignee: Option<Option<String>>,
    /// The person on record, by address or id. The requester's data follow, and the company unless
    /// it is named.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    contact: Option<Option<String>>,
    /// The company on record, by id or name.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    company: Option<Option<String>>,
    /// All tags.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    tags: Option<Vec<String>>,
    /// The deadline.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Time>)]
    due_at: Option<Option<Time>>,
    /// When it comes back.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<Time>)]
    resubmit_at: Option<Option<Time>>,
    /// Whether somebody has yet to look at it.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    unread: Option<bool>,
    /// The marks: `private`, `personal`, `gdpr`.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    marks: Option<Vec<String>>,
    /// Whether the requester is told of what is done.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    notify: Option<bool>,
    /// Who gets a mail about a new assignee: `true` he himself, `false` nobody, or agents by address,
    /// id or name. Without it the area decides.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    inform: Option<Notify>,
}

/// Who gets a mail about a new assignee.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(untagged)]
#[schema(as = NotifyOfAssignee)]
enum Notify {
    /// The new assignee, or nobody.
    Assignee(bool),
    /// These agents.
    These(Vec<String>),
}

/// Changes a ticket
///
/// All named fields, or none. Without `If-Match` the named fields win over what others changed.
#[utoipa::path(
    patch,
    path = "/api/v1/tickets/{number}",
    params(("number" = String, Path, description = "Number or public id")),
    request_body = Body,
    responses((status = 200, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn change(
    caller: Caller<TicketsWrite>,
    Path(number): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Answer {
    let (ticket, if_match) = find(&caller, &number, &headers).await?;
    if_match.allow(ticket.version)?;
    let changes = changes(&caller, &body).await?;
    let told = told(&caller, &body)?;
    let tell = match (&body.inform, &told) {
        (None, _) => Tell::ByArea,
        (Some(Notify::Assignee(true)), _) => Tell::Assignee,
        (Some(Notify::Assignee(false)), _) => Tell::Nobody,
        (Some(Notify::These(_)), told) => Tell::These(told),
    };
    let changed = run(&caller, &ticket, &if_match, &changes, tell).await?;
    Ok(versioned(&ShownTicket::of(&changed, &caller.directory), changed.version))
}

/// Puts a ticket into the trash
///
/// `reopen` brings it back.
#[utoipa::path(
    delete,
    path = "/api/v1/tickets/{number}",
    params(("number" = String, Path, description = "Number or public id")),
    responses((status = 204, description = "It is in the trash"), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn delete(
    caller: Caller<TicketsWrite>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Answer {
    let (ticket, if_match) = find(&caller, &number, &headers).await?;
    if_match.require(ticket.version)?;
    run(&caller, &ticket, &if_match, &[Change::Trash], Tell::Nobody).await?;
    Ok(done())
}

async fn find(
    call: &Call,
    name: &str,
    headers: &HeaderMap,
) -> Result<(Ticket, IfMatch), HttpError> {
    let find = FindTicket { actor: &call.actor, name, right: Right::ReadTicket };
    Ok((call.app.db.read(&find).await??, IfMatch::read(headers)))
}

/// Runs the changes. Where the client named a version, nothing may have happened since it was
/// compared.
async fn run(
    call: &Call,
    ticket: &Ticket,
    if_match: &IfMatch,
    changes: &[Change],
    tell: Tell<'_>,
) -> Result<Ticket, HttpError> {
    let change = ChangeTicket {
        acting: call.acting(),
        number: &ticket.number,
        directory: &call.directory,
        version: matches!(if_match, IfMatch::Versions(_)).then_some(ticket.version),
        changes,
    };
    match call.app.db.write(&ChangeAndTell { change, tell }).await? {
        Changed::Done { ticket, .. } => Ok(*ticket),
        Changed::Denied(denied) => Err(denied.into()),
        Changed::Stale(_) => Err(stale().into()),
        Changed::Refused(why) => Err(refused(why).into()),
    }
}

/// The agents that are named to be told.
fn told(call: &Call, body: &Body) -> Result<Vec<AgentId>, HttpError> {
    let Some(Notify::These(names)) = &body.inform else { return Ok(Vec::new()) };
    let mut findings = Findings::default();
    let mut agents = Vec::new();
    for name in names {
        agents.extend(findings.keep(agent(&call.directory, "inform", name)));
    }
    findings.check()?;
    Ok(agents)
}

async fn changes(call: &Call, body: &Body) -> Result<Vec<Change>, HttpError> {
    let mut findings = Findings::default();
    let mut changes = in_lists(call, body, &mut findings);
    changes.extend(body.subject.clone().map(Change::Subject));
    changes.extend(body.tags.clone().map(Change::Tags));
    changes.extend(body.due_at.map(|at| due(at.map(|at| at.0))));
    changes.extend(body.resubmit_at.map(|at| Change::Resubmit(at.map(|at| at.0.millis()))));
    changes.extend(body.unread.map(Change::Unseen));
    changes.extend(body.notify.map(Change::Notify));
    changes.extend(body.marks.clone().map(Change::Marks));
    if let Some(assignee) = &body.assignee {
        let found = assignee.as_deref().map(|text| agent(&call.directory, "assignee", text));
        let found = findings.keep(found.transpose()).flatten();
        changes.push(Change::Assignee(found.map(|agent| agent.number())));
    }
    if let Some(contact) = &body.contact {
        changes.push(Change::Contact(match contact {
            Some(text) => {
                let found = contacts::contact_named(&call.app.db, &call.actor, text).await?;
                let found = findings.keep(found.ok_or_else(|| unknown("contact")));
                found.map(|contact| contact.number())
            }
            None => None,
        }));
    }
    if let Some(company) = &body.company {
        changes.push(Change::Company(match company {
            Some(text) => {
                let found = contacts::company_named(&call.app.db, &call.actor, text).await?;
                let found = findings.keep(found.ok_or_else(|| unknown("company")));
                found.map(|company| company.number())
            }
            None => None,
        }));
    }
    findings.check()?;
    Ok(changes)
}

/// The changes of fields that come from lists. Entries that are switched off are refused by the
/// change itself, because the present one may be named again.
fn in_lists(call: &Call, body: &Body, findings: &mut Findings) -> Vec<Change> {
    let lists = &call.directory;
    let mut changes = Vec::new();
    let status = body.status.as_deref().map(|text| entry(&lists.statuses, "status", text));
    changes.extend(kept(findings, status).map(Change::Status));
    let found = body.area.as_deref().map(|text| area(call, "area", text));
    changes.extend(kept(findings, found).map(|area| Change::Area(area.number())));
    let priority = body.priority.as_deref().map(|text| entry(&lists.priorities, "priority", text));
    changes.extend(kept(findings, priority).map(Change::Priority));
    let mut optional = |field: &Option<Option<String>>, found: Found<'_>| {
        let wanted = field.as_ref()?;
        Some(findings.keep(wanted.as_deref().map(found).transpose()).flatten())
    };
    let request_types = named_in(&lists.request_types, "request_type");
    changes.extend(optional(&body.request_type, &request_types).map(Change::RequestType));
    let categories = named_in(&lists.categories, "category");
    changes.extend(optional(&body.category, &categories).map(Change::Category));
    let queues = named_in(&lists.queues, "queue");
    changes.extend(optional(&body.queue, &queues).map(Change::Queue));
    changes
}

type Found<'a> = &'a dyn Fn(&str) -> Result<i64, Problem>;

fn named_in<'a, T: Listed>(
    list: &'a [T],
    field: &'static str,
) -> impl Fn(&str) -> Result<i64, Problem> + 'a {
    move |text| entry(list, field, text)
}

fn kept<T>(findings: &mut Findings, result: Option<Result<T, Problem>>) -> Option<T> {
    findings.keep(result.transpose()).flatten()
}
