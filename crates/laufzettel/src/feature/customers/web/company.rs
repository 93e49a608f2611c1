//! Handlers of a company's pages.

use axum::extract::Path;
use axum::response::IntoResponse;
use web::{Form, Query, see_other};

use super::{AskedPage, ask_to_write, editor, form_page, found};
use crate::feature::companies::doubles::{Field, Why};
use crate::feature::companies::{
    DeleteCompany, Detailed, Double, Listing, Namesakes, SaveCompany, Saved,
};
use crate::feature::contacts::Deleted;
use crate::feature::customers::page::customer;
use crate::feature::customers::page::form::{Existing, FormPage, FormSort, Other};
use crate::feature::customers::read::{IsUsed, ReadCompany};
use crate::feature::customers::{company_href, show as shown, typed};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::CompanyId;
use crate::record::actor::Denied;
use crate::record::customers::events::Customer;
use crate::record::frame::Place;
use crate::texts;

/// The page of a company.
pub async fn show(
    screen: Screen,
    Path(id): Path<String>,
    Query(asked): Query<AskedPage>,
) -> Answer {
    let company = CompanyId::parse(&id).ok_or(Denied::NotFound)?;
    let read = ReadCompany { actor: &screen.actor, company, asked: asked.asked() };
    let view = match found(screen.app.db.read(&read).await?, "companies")? {
        Ok(view) => view,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let page = shown::company(&screen, &view, asked.asked());
    let frame = screen.frame_with(Place::Customers, asked.toasts(&screen)).await?;
    Ok(customer::page(&frame, &page).into_response())
}

/// The form of a new company.
pub async fn new(screen: Screen) -> Answer {
    ask_to_write(&screen)?;
    form_page(&screen, &page(None, Form::default(), false, Vec::new())).await
}

/// Makes a company.
pub async fn add(screen: Screen, mut form: Form) -> Answer {
    ask_to_write(&screen)?;
    match save_typed(&screen, None, &mut form).await? {
        Ok(company) => Ok(see_other(&format!("{}?done=added", company_href(company.id)))),
        Err(others) => form_page(&screen, &page(None, form, false, others)).await,
    }
}

/// The form of a company that is there.
pub async fn edit(screen: Screen, Path(id): Path<String>) -> Answer {
    ask_to_write(&screen)?;
    let (company, is_used) = find(&screen, &id).await?;
    let form = stored(&company);
    form_page(&screen, &page(Some(&company), form, is_used, Vec::new())).await
}

/// Changes a company.
pub async fn save(screen: Screen, Path(id): Path<String>, mut form: Form) -> Answer {
    ask_to_write(&screen)?;
    let (company, is_used) = find(&screen, &id).await?;
    match save_typed(&screen, Some(&company), &mut form).await? {
        Ok(company) => Ok(see_other(&format!("{}?done=saved", company_href(company.id)))),
        Err(others) => form_page(&screen, &page(Some(&company), form, is_used, others)).await,
    }
}

/// Deletes a company that nothing refers to.
pub async fn delete(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    ask_to_write(&screen)?;
    let (company, is_used) = find(&screen, &id).await?;
    let version = form.text("version").parse().ok();
    let delete = DeleteCompany { editor: editor(&screen), company: company.id, version };
    let texts = texts::customers(screen.language);
    let sentence = match screen.app.db.write(&delete).await? {
        Deleted::Done => return Ok(see_other("/customers?kind=companies&done=deleted")),
        Deleted::NotFound => return Err(Denied::NotFound.into()),
        Deleted::NotAllowed => return Err(Denied::NotAllowed.into()),
        Deleted::Stale => texts.changed_meanwhile(),
        Deleted::InUse => texts.company_in_use(),
    };
    let mut form = stored(&company);
    form.refuse("delete", sentence);
    form_page(&screen, &page(Some(&company), form, is_used, Vec::new())).await
}

async fn find(screen: &Screen, id: &str) -> Result<(Detailed, bool), HttpError> {
    let company = CompanyId::parse(id).ok_or(Denied::NotFound)?;
    let listing = Listing::of(company, Some(&screen.actor));
    let found = screen.app.db.read(&listing).await?.into_iter().next();
    let is_used = screen.app.db.read(&IsUsed(Customer::Company(company))).await?;
    Ok((found.ok_or(Denied::NotFound)?, is_used))
}

/// The company as it is then, or the companies in its way if the form says what is wrong.
async fn save_typed(
    screen: &Screen,
    before: Option<&Detailed>,
    form: &mut Form,
) -> Result<Result<Box<Detailed>, Vec<Other>>, HttpError> {
    let fields = typed::company(form, screen.language);
    if !form.is_fine() {
        return Ok(Err(Vec::new()));
    }
    let namesakes = match form.has("same_name") {
        true => Namesakes::AreAllowed,
        false => Namesakes::AreTold,
    };
    let version = before.and_then(|_| form.text("version").parse().ok());
    let company = before.map(|company| company.id);
    let save = SaveCompany { editor: editor(screen), company, version, fields: &fields, namesakes };
    match screen.app.db.write(&save).await? {
        Saved::Done(company) => Ok(Ok(company)),
        Saved::NotFound => Err(Denied::NotFound.into()),
        Saved::NotAllowed => Err(Denied::NotAllowed.into()),
        Saved::Stale => {
            form.refuse("version", texts::customers(screen.language).changed_meanwhile());
            let version = before.map(|company| company.version.to_string()).unwrap_or_default();
            *form = form.with("version", &version);
            Ok(Err(Vec::new()))
        }
        Saved::Doubles(doubles) => Ok(Err(refuse(screen, form, &doubles).await?)),
    }
}

/// Says at each field why the company cannot have it, and which others have it that the reader may see.
async fn refuse(
    screen: &Screen,
    form: &mut Form,
    doubles: &[Double],
) -> Result<Vec<Other>, HttpError> {
    let texts = texts::customers(screen.language);
    let mut others = Vec::new();
    for Double { field, why } in doubles {
        let other = match why {
            Why::Company(company) => {
                let listing = Listing::of(*company, Some(&screen.actor));
                screen.app.db.read(&listing).await?.into_iter().next()
            }
            Why::Ours | Why::Everybody => None,
        };
        let sentence = match (why, field) {
            (Why::Ours, _) => texts.domain_ours(),
            (Why::Everybody, _) => texts.domain_of_everybody(),
            (Why::Company(_), Field::Name) => texts.name_taken(),
            (Why::Company(_), Field::CustomerNumber) => texts.number_taken(),
            (Why::Company(_), Field::Domain) => texts.domain_taken(),
        };
        form.refuse(field.code(), sentence);
        others.extend(other.map(|other| Other {
            field: field.code(),
            href: company_href(other.id),
            name: other.name,
        }));
    }
    Ok(others)
}

/// The form with what is stored.
fn stored(company: &Detailed) -> Form {
    let version = company.version.to_string();
    Form::with_values([
        ("version", version.as_str()),
        ("name", company.name.as_str()),
        ("customer_number", company.customer_number.as_deref().unwrap_or_default()),
        ("domain", company.domain.as_deref().unwrap_or_default()),
        ("phone", company.phone.as_deref().unwrap_or_default()),
        ("postal_address", company.postal_address.as_deref().unwrap_or_default()),
        ("notes", company.notes.as_deref().unwrap_or_default()),
    ])
}

fn page(company: Option<&Detailed>, form: Form, is_used: bool, others: Vec<Other>) -> FormPage {
    let existing = company.map(|company| Existing {
        here: company_href(company.id),
        name: company.name.clone(),
        is_used,
    });
    let back = existing.as_ref().map(|existing| existing.here.clone());
    let back = back.unwrap_or_else(|| "/customers?kind=companies".to_owned());
    FormPage { sort: FormSort::Company, existing, form, back, others }
}
