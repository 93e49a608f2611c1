//! Companies in the API.

mod join;

use axum::extract::Path;
use axum::http::HeaderMap;
use rules::right::Level;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use web::{IfMatch, Json, Paged, Problem, Query, decode_cursor, encode_cursor, limit};

use super::doubles::Why;
use super::{
    DeleteCompany, Detailed, Double, Fields, Listing, NUMBER_LETTERS_MAX, Namesakes,
    POSTAL_LETTERS_MAX, SaveCompany, Saved,
};
use crate::App;
use crate::api::{
    Call, Caller, ContactsRead, ContactsWrite, Findings, Page, Post, Problems, Time, conflict,
    created, done, invalid, lines, location, name, once, present, short, shown, stale, versioned,
};
use crate::feature::contacts::{Deleted, Editor, NOTES_LETTERS_MAX, PHONE_LETTERS_MAX};
use crate::http::error::{Answer, HttpError};
use crate::record::CompanyId;
use crate::record::actor::Denied;
use crate::service::idempotency::Reply;

/// Rows of a page without a wish.
const USUAL_ROWS: u32 = 50;

/// The routes of companies.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list, create))
        .routes(routes!(read, change, delete))
        .merge(join::routes())
}

/// Which companies are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Words that the company must have: the beginning of a word of the name, of the customer number,
    /// the domain or the telephone number.
    query: Option<String>,
    /// Rows of a page, 1 to 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// A company on record.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Company)]
pub struct ShownCompany {
    /// The company.
    id: String,
    /// The name.
    name: String,
    /// Its number as a customer.
    customer_number: Option<String>,
    /// The domain of its addresses.
    domain: Option<String>,
    /// The telephone number.
    phone: Option<String>,
    /// Where letters go, in several lines.
    postal_address: Option<String>,
    /// What the team should know.
    notes: Option<String>,
    /// When it was made.
    created_at: Time,
    /// Grows with each change.
    version: i64,
}

/// A company, made or changed. A field that is missing stays, one that is `null` is cleared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = CompanyChange)]
pub struct Body {
    /// The name; several companies may have the same.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    name: Option<String>,
    /// Its number as a customer, which no other company has.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    customer_number: Option<Option<String>>,
    /// The domain of its addresses; contacts with it are proposed as its people. It is neither another
    /// company's nor ours nor that of a provider of mail for everybody.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    domain: Option<Option<String>>,
    /// The telephone number.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    /// Where letters go, in several lines.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    postal_address: Option<Option<String>>,
    /// What the team should know.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    notes: Option<Option<String>>,
}

impl ShownCompany {
    fn of(company: &Detailed) -> Self {
        Self {
            id: company.id.to_string(),
            name: company.name.clone(),
            customer_number: company.customer_number.clone(),
            domain: company.domain.clone(),
            phone: company.phone.clone(),
            postal_address: company.postal_address.clone(),
            notes: company.notes.clone(),
            created_at: Time(company.created_at),
            version: company.version,
        }
    }
}

/// Lists companies
///
/// Newest first.
#[utoipa::path(
    get,
    path = "/api/v1/companies",
    params(Asked),
    responses((status = 200, description = "A page", body = Page<ShownCompany>), Problems),
    security(("token" = ["contacts:read"]))
)]
async fn list(caller: Caller<ContactsRead>, Query(asked): Query<Asked>) -> Answer {
    caller.has_level_somewhere(Level::Own)?;
    let rows = limit(asked.limit, USUAL_ROWS)?;
    let query = asked.query.as_deref().unwrap_or_default();
    let list = format!("companies {query}");
    let before = asked.cursor.as_deref().map(|cursor| decode_cursor(&list, cursor));
    let before = before.transpose().map_err(Problem::from)?.unwrap_or_default();
    let before = before.first().copied().unwrap_or(i64::MAX);
    let actor = Some(&*caller.actor);
    let listing = Listing { actor, company: None, query, before, limit: i64::from(rows) + 1 };
    let page = Paged::from_rows(caller.app.db.read_long(&listing).await?, rows);
    let next = page.next(|company| encode_cursor(&list, &[company.id.number()]));
    Ok(shown(&Page { items: page.rows.iter().map(ShownCompany::of).collect(), next }))
}

/// Makes a company
#[utoipa::path(
    post,
    path = "/api/v1/companies",
    request_body = Body,
    responses((status = 201, description = "The company", body = ShownCompany), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn create(caller: Caller<ContactsWrite>, post: Post<Body>) -> Answer {
    caller.has_level_somewhere(Level::Work)?;
    let fields = fields(&post.body)?;
    if fields.name.is_none() {
        return Err(invalid("name", "missing_field", "a name is needed").into());
    }
    let save = save(&caller, None, None, &fields);
    once(&caller, &post.repeat, &save, |saved| {
        let company = saved_company(saved)?;
        let at = location("companies", &company.id.to_string());
        Ok::<Reply, HttpError>(created(&at, Some(company.version), &ShownCompany::of(&company)))
    })
    .await
}

/// Reads a company
#[utoipa::path(
    get,
    path = "/api/v1/companies/{id}",
    params(("id" = String, Path, description = "The company")),
    responses((status = 200, description = "The company", body = ShownCompany), Problems),
    security(("token" = ["contacts:read"]))
)]
async fn read(caller: Caller<ContactsRead>, Path(id): Path<String>) -> Answer {
    caller.has_level_somewhere(Level::Own)?;
    let company = find(&caller, &id).await?;
    Ok(versioned(&ShownCompany::of(&company), company.version))
}

/// Changes a company
#[utoipa::path(
    patch,
    path = "/api/v1/companies/{id}",
    params(("id" = String, Path, description = "The company")),
    request_body = Body,
    responses((status = 200, description = "The company", body = ShownCompany), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn change(
    caller: Caller<ContactsWrite>,
    Path(id): Path<String>,
    headers: HeaderMap,
    Json(body): Json<Body>,
) -> Answer {
    caller.has_level_somewhere(Level::Work)?;
    let company = find(&caller, &id).await?;
    let if_match = IfMatch::read(&headers);
    if_match.allow(company.version)?;
    let fields = fields(&body)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(company.version);
    let save = save(&caller, Some(company.id), version, &fields);
    let company = saved_company(caller.app.db.write(&save).await?)?;
    Ok(versioned(&ShownCompany::of(&company), company.version))
}

/// Deletes a company
///
/// Only one that neither contact nor ticket refers to; else 409.
#[utoipa::path(
    delete,
    path = "/api/v1/companies/{id}",
    params(("id" = String, Path, description = "The company")),
    responses((status = 204, description = "It is gone"), Problems),
    security(("token" = ["contacts:write"]))
)]
async fn delete(
    caller: Caller<ContactsWrite>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Answer {
    caller.has_level_somewhere(Level::Work)?;
    let company = find(&caller, &id).await?;
    let if_match = IfMatch::read(&headers);
    if_match.require(company.version)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(company.version);
    let delete = DeleteCompany { editor: editor(&caller), company: company.id, version };
    match caller.app.db.write(&delete).await? {
        Deleted::Done => Ok(done()),
        Deleted::NotAllowed => Err(Denied::NotAllowed.into()),
        Deleted::NotFound => Err(Denied::NotFound.into()),
        Deleted::Stale => Err(stale().into()),
        Deleted::InUse => Err(conflict("in_use", "a contact or a ticket refers to it").into()),
    }
}

async fn find(call: &Call, id: &str) -> Result<Detailed, HttpError> {
    let company = CompanyId::parse(id).ok_or(Denied::NotFound)?;
    let listing = Listing::of(company, Some(&call.actor));
    let found = call.app.db.read(&listing).await?.into_iter().next();
    found.ok_or_else(|| Denied::NotFound.into())
}

fn save<'a>(
    call: &'a Call,
    company: Option<CompanyId>,
    version: Option<i64>,
    fields: &'a Fields,
) -> SaveCompany<'a> {
    let namesakes = Namesakes::AreAllowed;
    SaveCompany { editor: editor(call), company, version, fields, namesakes }
}

fn editor(call: &Call) -> Editor<'_> {
    Editor { actor: Some(&call.actor), now: call.now, ids: &call.app.ids }
}

fn saved_company(saved: Saved) -> Result<Box<Detailed>, HttpError> {
    match saved {
        Saved::Done(company) => Ok(company),
        Saved::NotFound => Err(Denied::NotFound.into()),
        Saved::NotAllowed => Err(Denied::NotAllowed.into()),
        Saved::Stale => Err(stale().into()),
        Saved::Doubles(doubles) => {
            let mut findings = Findings::default();
            for Double { field, why } in doubles {
                let (code, message) = match why {
                    Why::Company(_) => ("taken", "another company has it already"),
                    Why::Ours => ("ours", "a mailbox or a sender has this domain"),
                    Why::Everybody => ("for_everybody", "anybody can have an address in it"),
                };
                findings.refuse(field.code(), code, message);
            }
            findings.check()?;
            Err(Denied::NotAllowed.into())
        }
    }
}

fn fields(body: &Body) -> Result<Fields, HttpError> {
    let mut findings = Findings::default();
    let name = body.name.as_deref().map(|text| name("name", text)).transpose();
    let domain = body.domain.as_ref().map(|text| domain(text.as_deref())).transpose();
    let number = body.customer_number.as_ref();
    let number = number.map(|text| short("customer_number", text.as_deref(), NUMBER_LETTERS_MAX));
    let phone = body.phone.as_ref();
    let phone = phone.map(|text| short("phone", text.as_deref(), PHONE_LETTERS_MAX)).transpose();
    let postal = body.postal_address.as_ref();
    let postal = postal.map(|text| lines("postal_address", text.as_deref(), POSTAL_LETTERS_MAX));
    let notes = body.notes.as_ref();
    let notes = notes.map(|text| lines("notes", text.as_deref(), NOTES_LETTERS_MAX)).transpose();
    let fields = Fields {
        name: findings.keep(name).flatten(),
        customer_number: findings.keep(number.transpose()).flatten(),
        domain: findings.keep(domain).flatten(),
        phone: findings.keep(phone).flatten(),
        postal_address: findings.keep(postal.transpose()).flatten(),
        notes: findings.keep(notes).flatten(),
    };
    findings.check()?;
    Ok(fields)
}

/// A domain in the form in which those of addresses are compared.
fn domain(text: Option<&str>) -> Result<Option<String>, Problem> {
    match text.map(super::domain) {
        None => Ok(None),
        Some(Some(domain)) => Ok(Some(domain)),
        Some(None) => Err(invalid("domain", "invalid_domain", "a domain like example.de")),
    }
}
