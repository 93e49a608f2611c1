//! Making a ticket.

use rules::right::{Place, Right, allows};
use rules::text::fold_text;
use serde::Deserialize;
use utoipa::ToSchema;
use values::EmailAddress;
use web::Problem;

use super::shown::ShownTicket;
use crate::api::{
    Call, Caller, Findings, Post, Problems, TicketsWrite, agent, already, area, body_of, choice,
    created, invalid, location, send, settle, tags, unknown, uploads,
};
use crate::feature::create::{CreateTicket, Created, NewTicket, Requester};
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::record::directory::Listed;
use crate::record::{AgentId, AreaId, CompanyId, EntryId, number};
use crate::service::idempotency::Reply;
use crate::service::mail_ids;

/// Letters of a subject.
const SUBJECT_LETTERS_MAX: usize = 500;
/// Draws of a number, if others have the one that was drawn.
const DRAWS_MAX: u32 = 5;

/// A new ticket. Lists take keys or names.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewTicket)]
pub struct Body {
    /// The subject.
    subject: String,
    /// The first message as text; either this or `body_html`.
    body_text: Option<String>,
    /// The first message as HTML, which is cleaned like that of a mail.
    body_html: Option<String>,
    /// The area; without one the first in which the agent may make tickets.
    area: Option<String>,
    /// The request type; without one the default.
    request_type: Option<String>,
    /// The category.
    category: Option<String>,
    /// The priority; without one the default.
    priority: Option<String>,
    /// The queue.
    queue: Option<String>,
    /// The agent responsible, by address, id or name.
    assignee: Option<String>,
    /// Who asks; without anybody it is the agent of the token.
    contact: Option<Contact>,
    /// The company, by id; without one that of the contact.
    company: Option<String>,
    /// The tags.
    #[serde(default)]
    tags: Vec<String>,
    /// Whether the customer is told; nothing is sent yet, so only `false` is taken.
    notify: Option<bool>,
    /// How it came; without one `api`.
    channel: Option<Channel>,
    /// Ids of uploads.
    #[serde(default)]
    attachments: Vec<String>,
}

/// Who asks: found by the address or made.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewRequester)]
struct Contact {
    /// The address; without one only the ticket keeps the name.
    email: Option<String>,
    /// The name; needed without an address.
    name: Option<String>,
    /// The telephone number.
    phone: Option<String>,
}

/// How a ticket came.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum Channel {
    /// Somebody called.
    Phone,
    /// By a form.
    Web,
    /// By another program.
    Api,
}

impl Channel {
    fn code(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Web => "web",
            Self::Api => "api",
        }
    }
}

/// Makes a ticket
///
/// The contact is found by its address or made. Nothing is sent.
#[utoipa::path(
    post,
    path = "/api/v1/tickets",
    request_body = Body,
    responses((status = 201, description = "The ticket", body = ShownTicket), Problems),
    security(("token" = ["tickets:write"]))
)]
pub async fn create(caller: Caller<TicketsWrite>, post: Post<Body>) -> Answer {
    let new = wanted(&caller, &post.body)?;
    // A repeated request must not use up a number.
    if let Some(reply) = already(&caller, &post.repeat).await? {
        return Ok(send(reply));
    }
    for _ in 0..DRAWS_MAX {
        let scheme = number::scheme(&caller.app.db, &caller.directory, new.area).await?;
        let number = number::draw(&caller.app.db, &scheme, caller.app.today()).await?;
        let create = CreateTicket {
            acting: caller.acting(),
            directory: &caller.directory,
            id: caller.app.ids.next(caller.now),
            message: caller.app.ids.next(caller.now),
            number: &number,
            public_id: &mail_ids::public_id(rand::random()),
            new: &new,
        };
        let answer = |outcome| answered(&caller, outcome);
        match settle(&caller, &post.repeat, &create, answer).await? {
            Ok(reply) => return Ok(send(reply)),
            Err(Some(refused)) => return Err(refused),
            Err(None) => {}
        }
    }
    Err(db::Failure::other("no free ticket number was found; check the mask").into())
}

/// The answer to an outcome, or why there is none: a refusal, or nothing if another number will do.
fn answered(call: &Call, outcome: Created) -> Result<Reply, Option<HttpError>> {
    match outcome {
        Created::Done(ticket) => {
            let shown = ShownTicket::of(&ticket, &call.directory);
            let location = location("tickets", &ticket.number);
            Ok(created(&location, Some(ticket.version), &shown))
        }
        Created::NumberTaken => Err(None),
        Created::Denied(denied) => Err(Some(denied.into())),
        Created::UnknownCompany => Err(Some(unknown("company").into())),
        Created::UnknownUpload(place) => {
            Err(Some(unknown(&format!("attachments[{place}]")).into()))
        }
    }
}

/// The ticket that a body asks for, or everything that is wrong with it.
fn wanted(call: &Call, body: &Body) -> Result<NewTicket, HttpError> {
    let directory = &call.directory;
    let mut findings = Findings::default();
    let subject = findings.keep(subject_of(&body.subject));
    let text = body_of(body.body_text.as_deref(), body.body_html.as_deref());
    let text = findings.keep(text);
    let in_area = findings.keep(area_of(call, body.area.as_deref())?);
    let mut chosen = |result: Result<Option<i64>, Problem>| {
        findings.keep(result).flatten().map(EntryId::from_number)
    };
    let request_type =
        chosen(choice(&directory.request_types, "request_type", body.request_type.as_deref()));
    let category = chosen(choice(&directory.categories, "category", body.category.as_deref()));
    let priority = chosen(choice(&directory.priorities, "priority", body.priority.as_deref()));
    let queue = chosen(choice(&directory.queues, "queue", body.queue.as_deref()));
    let assignee = findings.keep(assignee_of(call, body.assignee.as_deref())).flatten();
    let requester = findings.keep(requester_of(body.contact.as_ref())).flatten();
    let company = findings.keep(company_of(body.company.as_deref())).flatten();
    let tags = findings.keep(tags(&body.tags));
    let uploads = findings.keep(uploads(&body.attachments));
    if body.notify == Some(true) {
        findings.refuse("notify", "sending_not_available", "nothing is sent; say false");
    }
    findings.end()?;
    let usual = directory.default_request_type().map(|entry| entry.id);
    let usual_priority = directory.default_priority().map(|entry| entry.id);
    let missing = || HttpError::from(db::Failure::other("a checked field is missing"));
    Ok(NewTicket {
        subject: subject.ok_or_else(missing)?,
        body: text.ok_or_else(missing)?,
        area: in_area.ok_or_else(missing)?,
        request_type: request_type.or(usual),
        category,
        priority: priority.or(usual_priority).ok_or_else(|| unknown("priority"))?,
        queue,
        assignee,
        requester,
        company,
        tags: tags.ok_or_else(missing)?,
        channel: body.channel.unwrap_or(Channel::Api).code(),
        uploads: uploads.ok_or_else(missing)?,
    })
}

fn subject_of(text: &str) -> Result<String, Problem> {
    let subject = text.replace('\0', "").split_whitespace().collect::<Vec<_>>().join(" ");
    match subject.chars().count() {
        0 => Err(invalid("subject", "empty", "a ticket needs a subject")),
        letters if letters > SUBJECT_LETTERS_MAX => {
            Err(invalid("subject", "too_long", "at most 500 letters"))
        }
        _ => Ok(subject),
    }
}

/// The area by its name, else the first in which the actor may make tickets.
fn area_of(call: &Call, text: Option<&str>) -> Result<Result<AreaId, Problem>, Denied> {
    let may = |area: AreaId| {
        allows(&call.actor.rights, Right::CreateTicket, Place::Area(area.number()))
    };
    let Some(text) = text else {
        let mut areas = call.directory.areas.iter().filter(|area| area.active);
        let first = areas.find(|entry| may(entry.id)).map(|entry| entry.id);
        return first.map(Ok).ok_or(Denied::NotAllowed);
    };
    let found = area(call, "area", text).and_then(|id| {
        let is_active = |entry: &&crate::record::directory::Area| entry.id == id && entry.is_active();
        call.directory.areas.iter().find(is_active).map(|entry| entry.id).ok_or(unknown("area"))
    });
    match found {
        Ok(area) if !may(area) => Err(Denied::NotAllowed),
        found => Ok(found),
    }
}

fn assignee_of(call: &Call, text: Option<&str>) -> Result<Option<AgentId>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let agent = agent(&call.directory, "assignee", text)?;
    let is_active = call.directory.agent(agent).is_some_and(|agent| agent.active);
    if is_active { Ok(Some(agent)) } else { Err(unknown("assignee")) }
}

fn requester_of(contact: Option<&Contact>) -> Result<Option<Requester>, Problem> {
    let Some(contact) = contact else { return Ok(None) };
    let line = |text: &Option<String>| {
        let text = text.as_deref().unwrap_or_default().replace('\0', "");
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then(|| text.chars().take(200).collect::<String>())
    };
    let name = line(&contact.name);
    let email = match &contact.email {
        Some(text) => Some(EmailAddress::parse(text).map_err(|_| {
            invalid("contact.email", "invalid_email", "an address like ann@example.de")
        })?),
        None if name.is_none() => {
            return Err(invalid("contact.email", "missing_field", "an address or a name"));
        }
        None => None,
    };
    let name = name.filter(|name| !fold_text(name).is_empty());
    Ok(Some(Requester { email, name, phone: line(&contact.phone) }))
}

fn company_of(text: Option<&str>) -> Result<Option<CompanyId>, Problem> {
    text.map(|text| CompanyId::parse(text).ok_or_else(|| unknown("company"))).transpose()
}
