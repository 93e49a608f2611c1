//! Handlers of a contact's pages.

use axum::extract::Path;
use axum::response::IntoResponse;
use web::{Form, Query, see_other};

use super::{AskedPage, ask_to_write, editor, form_page, found};
use crate::feature::contacts::{
    DeleteContact, Deleted, Detailed, Fields, Listing, SaveContact, Saved,
};
use crate::feature::customers::naming::{self, Named, Naming};
use crate::feature::customers::page::customer;
use crate::feature::customers::page::form::{Existing, FormPage, FormSort};
use crate::feature::customers::read::{IsUsed, ReadContact};
use crate::feature::customers::{contact_href, show as shown, typed};
use crate::http::error::{Answer, HttpError};
use crate::http::screen::Screen;
use crate::record::actor::Denied;
use crate::record::customers::events::Customer;
use crate::record::frame::Place;
use crate::record::{CompanyId, ContactId};
use crate::texts;

/// The page of a contact.
pub async fn show(
    screen: Screen,
    Path(id): Path<String>,
    Query(asked): Query<AskedPage>,
) -> Answer {
    let contact = ContactId::parse(&id).ok_or(Denied::NotFound)?;
    let read = ReadContact { actor: &screen.actor, contact, asked: asked.asked() };
    let view = match found(screen.app.db.read(&read).await?, "contacts")? {
        Ok(view) => view,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let page = shown::contact(&screen, &view, asked.asked());
    let frame = screen.frame_with(Place::Customers, asked.toasts(&screen)).await?;
    Ok(customer::page(&frame, &page).into_response())
}

/// The form of a new contact; `company` in the address is whom it works for.
pub async fn new(screen: Screen, form: Form) -> Answer {
    ask_to_write(&screen)?;
    let name = naming::company_name(&screen, form.text("company")).await?;
    let back = match CompanyId::parse(form.text("company")).filter(|_| name.is_some()) {
        Some(company) => crate::feature::customers::company_href(company),
        None => "/customers?kind=contacts".to_owned(),
    };
    let values = [
        ("name", form.text("name")),
        ("address", form.text("address")),
        ("company", name.as_deref().unwrap_or_default()),
        ("back", back.as_str()),
    ];
    let form = Form::with_values(values);
    form_page(&screen, &page(None, form, false)).await
}

/// Makes a contact.
pub async fn add(screen: Screen, mut form: Form) -> Answer {
    ask_to_write(&screen)?;
    if form.has("more") {
        return form_page(&screen, &page(None, with_one_more(&form), false)).await;
    }
    match save_typed(&screen, None, &mut form).await? {
        Some(contact) => Ok(see_other(&format!("{}?done=added", contact_href(contact.id)))),
        None => form_page(&screen, &page(None, form, false)).await,
    }
}

/// The form of a contact that is there.
pub async fn edit(screen: Screen, Path(id): Path<String>) -> Answer {
    ask_to_write(&screen)?;
    let (contact, is_used) = find(&screen, &id).await?;
    let form = stored(&contact);
    form_page(&screen, &page(Some(&contact), form, is_used)).await
}

/// Changes a contact.
pub async fn save(screen: Screen, Path(id): Path<String>, mut form: Form) -> Answer {
    ask_to_write(&screen)?;
    let (contact, is_used) = find(&screen, &id).await?;
    if form.has("more") {
        return form_page(&screen, &page(Some(&contact), with_one_more(&form), is_used)).await;
    }
    match save_typed(&screen, Some(&contact), &mut form).await? {
        Some(contact) => Ok(see_other(&format!("{}?done=saved", contact_href(contact.id)))),
        None => form_page(&screen, &page(Some(&contact), form, is_used)).await,
    }
}

/// Takes the company over that the address suggests.
pub async fn take_company(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    ask_to_write(&screen)?;
    let (contact, _) = find(&screen, &id).await?;
    let company = CompanyId::parse(form.text("company")).ok_or(Denied::NotFound)?;
    let fields = Fields { company: Some(Some(company)), ..Fields::default() };
    let editor = editor(&screen);
    let save = SaveContact { editor, contact: Some(contact.id), version: None, fields: &fields };
    match screen.app.db.write(&save).await? {
        Saved::Done(_) => Ok(see_other(&format!("{}?done=saved", contact_href(contact.id)))),
        _ => Err(Denied::NotFound.into()),
    }
}

/// Deletes a contact that nothing refers to.
pub async fn delete(screen: Screen, Path(id): Path<String>, form: Form) -> Answer {
    ask_to_write(&screen)?;
    let (contact, is_used) = find(&screen, &id).await?;
    let version = form.text("version").parse().ok();
    let delete = DeleteContact { editor: editor(&screen), contact: contact.id, version };
    let texts = texts::customers(screen.language);
    let sentence = match screen.app.db.write(&delete).await? {
        Deleted::Done => return Ok(see_other("/customers?kind=contacts&done=deleted")),
        Deleted::NotFound => return Err(Denied::NotFound.into()),
        Deleted::NotAllowed => return Err(Denied::NotAllowed.into()),
        Deleted::Stale => texts.changed_meanwhile(),
        Deleted::InUse => texts.contact_in_use(),
    };
    let mut form = stored(&contact);
    form.refuse("delete", sentence);
    form_page(&screen, &page(Some(&contact), form, is_used)).await
}

async fn find(screen: &Screen, id: &str) -> Result<(Detailed, bool), HttpError> {
    let contact = ContactId::parse(id).ok_or(Denied::NotFound)?;
    let listing = Listing::of(contact, Some(&screen.actor));
    let found = screen.app.db.read(&listing).await?.into_iter().next();
    let is_used = screen.app.db.read(&IsUsed(Customer::Contact(contact))).await?;
    Ok((found.ok_or(Denied::NotFound)?, is_used))
}

/// The contact as it is then, or nothing if the form says what is wrong.
async fn save_typed(
    screen: &Screen,
    before: Option<&Detailed>,
    form: &mut Form,
) -> Result<Option<Box<Detailed>>, HttpError> {
    let texts = texts::customers(screen.language);
    let mut fields = typed::contact(form, screen.language);
    let company = form.text("company").to_owned();
    let named =
        Named { actor: &screen.actor, text: &company, present: before.and_then(|one| one.company) };
    fields.company = match screen.app.db.read(&named).await? {
        Naming::Nothing => Some(None),
        Naming::One(company) => Some(Some(company)),
        Naming::Several => {
            form.refuse("company", texts.several_companies(&company));
            None
        }
        Naming::Unknown if form.has("new_company") && form.is_fine() => {
            Some(naming::make_company(screen, editor(screen), &company, &fields).await?)
        }
        Naming::Unknown => {
            form.refuse("company", texts.unknown_company(&company));
            None
        }
    };
    if !form.is_fine() {
        return Ok(None);
    }
    let version = before.and_then(|_| form.text("version").parse().ok());
    let contact = before.map(|contact| contact.id);
    let save = SaveContact { editor: editor(screen), contact, version, fields: &fields };
    match screen.app.db.write(&save).await? {
        Saved::Done(contact) => return Ok(Some(contact)),
        Saved::NotFound => return Err(Denied::NotFound.into()),
        Saved::NotAllowed => return Err(Denied::NotAllowed.into()),
        ended => refuse(screen, form, &fields, before, &ended).await?,
    }
    Ok(None)
}

/// Says at the form why it could not be saved.
async fn refuse(
    screen: &Screen,
    form: &mut Form,
    fields: &Fields,
    before: Option<&Detailed>,
    ended: &Saved,
) -> Result<(), HttpError> {
    let texts = texts::customers(screen.language);
    let address = |place: usize| fields.addresses.iter().flatten().nth(place);
    match *ended {
        Saved::AddressTaken(place, owner) => {
            let Some(address) = address(place) else { return Ok(()) };
            let field = typed::address_field(form, address);
            let listing = Listing::of(owner, Some(&screen.actor));
            let other = screen.app.db.read(&listing).await?.into_iter().next();
            form.refuse(
                &field,
                match other {
                    Some(other) => texts.address_of(&other.name),
                    None => texts.address_of_somebody().to_owned(),
                },
            );
        }
        Saved::AddressOurs(place) => {
            let Some(address) = address(place) else { return Ok(()) };
            form.refuse(&typed::address_field(form, address), texts.address_ours());
        }
        Saved::Stale => {
            form.refuse("version", texts.changed_meanwhile());
            let version = before.map(|contact| contact.version.to_string()).unwrap_or_default();
            *form = form.with("version", &version);
        }
        _ => form.refuse("company", texts.unknown_company(form.text("company")).as_str()),
    }
    Ok(())
}

/// The form with what is stored.
fn stored(contact: &Detailed) -> Form {
    let version = contact.version.to_string();
    let name = match contact.addresses.first() == Some(&contact.name) {
        true => "",
        false => contact.name.as_str(),
    };
    let mut values = vec![
        ("version", version.as_str()),
        ("name", name),
        ("job", contact.job.as_deref().unwrap_or_default()),
        ("company", contact.company_name.as_deref().unwrap_or_default()),
        ("language", contact.language.as_deref().unwrap_or_default()),
        ("notes", contact.notes.as_deref().unwrap_or_default()),
    ];
    values.extend(contact.addresses.iter().map(|address| ("address", address.as_str())));
    values.extend(contact.phones.iter().map(|phone| ("phone", phone.as_str())));
    Form::with_values(values)
}

/// The form with one more line where it was asked for.
fn with_one_more(form: &Form) -> Form {
    let field = if form.text("more") == "phone" { "phone" } else { "address" };
    form.and(field, "")
}

fn page(contact: Option<&Detailed>, form: Form, is_used: bool) -> FormPage {
    let back = form.text("back").to_owned();
    let back = web::safe_return_path(&back).unwrap_or("/customers?kind=contacts").to_owned();
    let existing = contact.map(|contact| Existing {
        here: contact_href(contact.id),
        name: contact.name.clone(),
        is_used,
    });
    let back = existing.as_ref().map_or(back, |existing| existing.here.clone());
    FormPage { sort: FormSort::Contact, existing, form, back, others: Vec::new() }
}
