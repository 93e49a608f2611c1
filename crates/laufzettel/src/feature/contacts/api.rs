//! Contacts in the API.

mod join;
mod wanted;

use axum::extract::Path;
use axum::http::HeaderMap;
use rules::right::Level;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{IfMatch, Json, Paged, Problem, Query, decode_cursor, encode_cursor, limit};

use super::{DeleteContact, Deleted, Detailed, Editor, Fields, Listing, SaveContact, Saved};
use crate::App;
use crate::api::{
    Call, Caller, ContactsRead, ContactsWrite, Page, Post, Problems, Time, conflict, created, done,
    invalid, location, once, present, shown, stale, taken, unknown, versioned,
};
use crate::http::error::{Answer, HttpError};
use crate::record::ContactId;
use crate::record::actor::Denied;
use crate::service::idempotency::Reply;
use wanted::fields;

/// Rows of a page without a wish.
const USUAL_ROWS: u32 = 50;

/// The routes of contacts.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list, create))
        .routes(routes!(read, change, delete))
        .merge(join::routes())
}

/// Which contacts are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Words that the person must have: the beginning of a word of the name or of an address,
    /// digits of a telephone number, the company's name or number.
    query: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A person on record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Contact)]
pub struct ShownContact {
    /// The contact.
    id: String,
    /// The name.
    name: String,
    /// The addresses, the main one first.
    addresses: Vec<String>,
    /// The main telephone number.
    phone: Option<String>,
    /// The telephone numbers, the main one first.
    phones: Vec<String>,
    /// What the person does at the company.
    job: Option<String>,
    /// The company the person works for.
    company: Option<CompanyOfContact>,
    /// The language of mails to the person: `de` or `en`.
    language: Option<String>,
    /// What the team should know.
    notes: Option<String>,
    /// When it was made.
    created_at: Time,
    /// Grows with each change.
    version: i64,
}

/// The company of a contact.
#[derive(Debug, Serialize, ToSchema)]
struct CompanyOfContact {
    /// The company.
    id: String,
    /// The name.
    name: String,
}

/// A contact, made or changed. A field that is missing stays, one that is `null` is cleared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ContactChange)]
pub struct Body {
    /// The name; of a new contact, without one the first address.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    name: Option<String>,
    /// All addresses, the main one first.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    addresses: Option<Vec<String>>,
    /// The main telephone number; the others stay.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    /// All telephone numbers, the main one first.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    phones: Option<Vec<String>>,
    /// What the person does at the company.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    job: Option<Option<String>>,
    /// The company, by id or name.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    company: Option<Option<String>>,
    /// `de` or `en`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    language: Option<Option<String>>,
    /// What the team should know.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    notes: Option<Option<String>>,
}

impl ShownContact {
    fn of(contact: &Detailed) -> Self {
        let company = contact.company.zip(contact.company_name.clone());
        Self {
            id: contact.id.to_string(),
            name: contact.name.clone(),
            addresses: contact.addresses.clone(),
            phone: contact.phones.first().cloned(),
            phones: contact.phones.clone(),
            job: contact.job.clone(),
            company: company.map(|(id, name)| CompanyOfContact { id: id.to_string(), name }),
            language: contact.language.clone(),
            notes: contact.notes.clone(),
            created_at: Time(contact.created_at),
            version: contact.version,
        }
    }
}

/// Lists contacts
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/api/v1/contacts",
    params(Asked),
    responses((status = 200, description = "A page", body = Page<ShownContact>), Problems),
    security(("token" = ["contacts:read"]))
)]
async fn list(caller: Caller<ContactsRead>, Query(asked): Query<Asked>) -> Answer {
    caller.has_level_somewhere(Level::Own)?;
    let rows = limit(asked.limit, USUAL_ROWS)?;
    let query = asked.query.as_deref().unwrap_or_default();
    let list = format!("contacts {query}");
    let before = asked.cursor.as_deref().map(|cursor| decode_cursor(&list, cursor));
    let before = before.transpose().map_err(Problem::from)?.unwrap_or_default();
    let before = before.first().copied().unwrap_or(i64::MAX);
    let actor = Some(&*caller.actor);
    let listing = Listing { actor, contact: None, query, before, limit: i64::from(rows) + 1 };
    let page = Paged::from_rows(caller.app.db.read_long(&listing).await?, rows);
    let next = page.next(|contact| encode_cursor(&list, &[contact.id.number()]));
    Ok(shown(&Page { items: page.rows.iter().map(ShownContact::of).collect(), next }))
}

/// Makes a contact
#[utoipa::path(
    post,
    path = "/api/v1/contacts",
    request_body = Body,
    responses((status = 201, description = "The contact", body = ShownContact), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn create(caller: Caller<ContactsWrite>, post: Post<Body>) -> Answer {
    caller.has_level_somewhere(Level::Work)?;
    let fields = fields(&caller, &post.body).await?;
    if fields.name.is_none() && fields.addresses.as_ref().is_none_or(Vec::is_empty) {
        return Err(invalid("name", "missing_field", "a name or an address").into());
    }
    let save = save(&caller, None, None, &fields);
    once(&caller, &post.repeat, &save, |saved| {
        let contact = saved_contact(saved)?;
        let at = location("contacts", &contact.id.to_string());
        Ok::<Reply, HttpError>(created(&at, Some(contact.version), &ShownContact::of(&contact)))
    })
    .await
}

/// Reads a contact
#[utoipa::path(
    get,
    path = "/api/v1/contacts/{id}",
    params(("id" = String, Path, description = "The contact")),
    responses((status = 200, description = "The contact", body = ShownContact), Problems),
    security(("token" = ["contacts:read"]))
)]
async fn read(caller: Caller<ContactsRead>, Path(id): Path<String>) -> Answer {
    caller.has_level_somewhere(Level::Own)?;
    let contact = find(&caller, &id).await?;
    Ok(versioned(&ShownContact::of(&contact), contact.version))
}

/// Changes a contact
#[utoipa::path(
    patch,
    path = "/api/v1/contacts/{id}",
    params(("id" = String, Path, description = "The contact")),
    request_body = Body,
    responses((status = 200, description = "The contact", body = ShownContact), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn change(
    caller: Caller<ContactsWrite>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Answer {
    caller.has_level_somewhere(Level::Work)?;
    let contact = find(&caller, &id).await?;
    let if_match = IfMatch::read(&headers);
    if_match.allow(contact.version)?;
    let fields = fields(&caller, &body).await?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(contact.version);
    let save = save(&caller, Some(contact.id), version, &fields);
    let contact = saved_contact(caller.app.db.write(&save).await?)?;
    Ok(versioned(&ShownContact::of(&contact), contact.version))
}

/// Deletes a contact
///
/// Only one that no ticket refers to; else 409.
#[utoipa::path(
    delete,
    path = "/api/v1/contacts/{id}",
    params(("id" = String, Path, description = "The contact")),
    responses((status = 204, description = "It is gone"), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn delete(
    caller: Caller<ContactsWrite>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    caller.has_level_somewhere(Level::Work)?;
    let contact = find(&caller, &id).await?;
    let if_match = IfMatch::read(&headers);
    if_match.require(contact.version)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(contact.version);
    let delete = DeleteContact { editor: editor(&caller), contact: contact.id, version };
    match caller.app.db.write(&delete).await? {
        Deleted::Done => Ok(done()),
        Deleted::NotAllowed => Err(Denied::NotAllowed.into()),
        Deleted::NotFound => Err(Denied::NotFound.into()),
        Deleted::Stale => Err(stale().into()),
        Deleted::InUse => Err(conflict("in_use", "a ticket refers to the contact").into()),
    }
}

async fn find(call: &Call, id: &str) -> Result<Detailed, HttpError> {
    let contact = ContactId::parse(id).ok_or(Denied::NotFound)?;
    let listing = Listing::of(contact, Some(&call.actor));
    let found = call.app.db.read(&listing).await?.into_iter().next();
    found.ok_or_else(|| Denied::NotFound.into())
}

fn save<'a>(
    call: &'a Call,
    contact: Option<ContactId>,
    version: Option<i64>,
    fields: &'a Fields,
) -> SaveContact<'a> {
    SaveContact { editor: editor(call), contact, version, fields }
}

fn editor(call: &Call) -> Editor<'_> {
    Editor { actor: Some(&call.actor), now: call.now, ids: &call.app.ids }
}

fn saved_contact(saved: Saved) -> Result<Box<Detailed>, HttpError> {
    match saved {
        Saved::Done(contact) => Ok(contact),
        Saved::NotFound => Err(Denied::NotFound.into()),
        Saved::NotAllowed => Err(Denied::NotAllowed.into()),
        Saved::Stale => Err(stale().into()),
        Saved::UnknownCompany => Err(unknown("company").into()),
        Saved::AddressTaken(place, _) => Err(taken(&format!("addresses[{place}]")).into()),
        Saved::AddressOurs(place) => {
            let field = format!("addresses[{place}]");
            Err(invalid(&field, "ours", "a mailbox or a sender has this address").into())
        }
    }
}
