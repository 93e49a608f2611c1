//! What a body asks for, or everything that is wrong with it.

use rules::right::{Place, Right, allows};
use rules::status::StatusKind;
use values::EmailAddress;
use web::Problem;

use super::create::{Body, Channel, Contact};
use crate::api::{
    Call, Findings, agent, area, body_of, choice, invalid, line, subject, tags, unknown, uploads,
};
use crate::feature::contacts;
use crate::feature::create::{NewTicket, Requester, WantedCompany};
use crate::http::error::HttpError;
use crate::record::actor::Denied;
use crate::record::directory::by_id;
use crate::record::{AgentId, AreaId, CompanyId, EntryId};

/// The ticket that a body asks for.
pub async fn wanted(call: &Call, body: &Body) -> Result<NewTicket, HttpError> {
    let mut findings = Findings::default();
    let listed = listed(call, body, &mut findings);
    let needed = (
        findings.keep(subject("subject", &body.subject)),
        findings.keep(body_of(body.body_text.as_deref(), body.body_html.as_deref())),
        findings.keep(area_of(call, body.area.as_deref())?),
        findings.keep(tags(&body.tags)),
        findings.keep(uploads(&body.attachments)),
        listed.priority,
    );
    let assignee = findings.keep(assignee_of(call, body.assignee.as_deref())).flatten();
    let requester = findings.keep(requester_of(body.contact.as_ref())).flatten();
    let company = findings.keep(company_of(call, body.company.as_deref()).await?).flatten();
    findings.check()?;
    let (Some(subject), Some(body_of), Some(area), Some(tags), Some(uploads), Some(priority)) =
        needed
    else {
        return Err(unknown("priority").into());
    };
    Ok(NewTicket {
        subject,
        body: body_of,
        is_mail: false,
        area,
        request_type: listed.request_type,
        category: listed.category,
        priority,
        queue: listed.queue,
        assignee,
        requester,
        company: company.map(WantedCompany::OnRecord),
        tags,
        channel: body.channel.unwrap_or(Channel::Api).code(),
        notify: body.notify.unwrap_or_else(|| notifies(call, area)),
        uploads,
        status: StatusKind::Unread,
        due_at: None,
    })
}

/// What the area says of telling the requester.
fn notifies(call: &Call, area: AreaId) -> bool {
    by_id(&call.directory.areas, area.number()).is_some_and(|area| area.notify_requester)
}

/// The entries of lists, those of new tickets where none are named.
struct InLists {
    request_type: Option<EntryId>,
    category: Option<EntryId>,
    priority: Option<EntryId>,
    queue: Option<EntryId>,
}

fn listed(call: &Call, body: &Body, findings: &mut Findings) -> InLists {
    let lists = &call.directory;
    let mut chosen = |result: Result<Option<i64>, Problem>| {
        findings.keep(result).flatten().map(EntryId::from_number)
    };
    let request_type = body.request_type.as_deref();
    let request_type = chosen(choice(&lists.request_types, "request_type", request_type));
    let priority = chosen(choice(&lists.priorities, "priority", body.priority.as_deref()));
    let category = chosen(choice(&lists.categories, "category", body.category.as_deref()));
    InLists {
        request_type: request_type.or(lists.default_request_type().map(|entry| entry.id)),
        category,
        priority: priority.or(lists.priority_in(category)),
        queue: chosen(choice(&lists.queues, "queue", body.queue.as_deref())),
    }
}

/// The area by its name, else the first in which the actor may make tickets.
fn area_of(call: &Call, text: Option<&str>) -> Result<Result<AreaId, Problem>, Denied> {
    let may =
        |area: AreaId| allows(&call.actor.rights, Right::CreateTicket, Place::Area(area.number()));
    let areas = &call.directory.areas;
    let Some(text) = text else {
        let first = areas.iter().find(|area| area.active && may(area.id));
        return first.map(|area| Ok(area.id)).ok_or(Denied::NotAllowed);
    };
    let is_active = |area: AreaId| by_id(areas, area.number()).is_some_and(|area| area.active);
    match area(call, "area", text) {
        Ok(area) if !is_active(area) => Ok(Err(unknown("area"))),
        Ok(area) if !may(area) => Err(Denied::NotAllowed),
        found => Ok(found),
    }
}

fn assignee_of(call: &Call, text: Option<&str>) -> Result<Option<AgentId>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let id = agent(&call.directory, "assignee", text)?;
    match call.directory.agent(id).is_some_and(|agent| agent.active) {
        true => Ok(Some(id)),
        false => Err(unknown("assignee")),
    }
}

fn requester_of(contact: Option<&Contact>) -> Result<Option<Requester>, Problem> {
    let Some(contact) = contact else { return Ok(None) };
    let name = contact.name.as_deref().and_then(line);
    let phone = contact.phone.as_deref().and_then(line);
    let email = match &contact.email {
        Some(text) => Some(EmailAddress::parse(text).map_err(|_| {
            invalid("contact.email", "invalid_email", "an address like ann@example.de")
        })?),
        None => None,
    };
    if email.is_none() && name.is_none() {
        return Err(invalid("contact.email", "missing_field", "an address or a name"));
    }
    Ok(Some(Requester { contact: None, email, name, phone }))
}

async fn company_of(
    call: &Call,
    text: Option<&str>,
) -> Result<Result<Option<CompanyId>, Problem>, HttpError> {
    let Some(text) = text else { return Ok(Ok(None)) };
    let found = contacts::company_named(&call.app.db, &call.actor, text).await?;
    Ok(found.map(Some).ok_or_else(|| unknown("company")))
}
