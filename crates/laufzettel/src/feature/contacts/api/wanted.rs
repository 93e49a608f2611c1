//! What a body says of a contact, or everything that is wrong with it.

use values::{EmailAddress, Language};
use web::Problem;

use super::Body;
use crate::api::{Call, Findings, invalid, lines, name, short, unknown};
use crate::feature::contacts::{
    ADDRESSES_MAX, Fields, LINE_LETTERS_MAX, NOTES_LETTERS_MAX, PHONE_LETTERS_MAX, PHONES_MAX,
    company_named,
};
use crate::http::error::HttpError;

/// The fields that a body names.
pub async fn fields(call: &Call, body: &Body) -> Result<Fields, HttpError> {
    let mut findings = Findings::default();
    let name = body.name.as_deref().map(|text| name("name", text)).transpose();
    let addresses = body.addresses.as_deref().map(addresses).transpose();
    let language = body.language.as_ref().map(|code| language(code.as_deref())).transpose();
    let phone = |field: &str, text: &str| short(field, Some(text), PHONE_LETTERS_MAX);
    let phones = body.phones.as_deref().map(|texts| phones(texts, phone)).transpose();
    let phone = body.phone.as_ref().map(|text| phone("phone", text.as_deref().unwrap_or_default()));
    let phone = phone.transpose();
    let job = body.job.as_ref().map(|text| short("job", text.as_deref(), LINE_LETTERS_MAX));
    let job = job.transpose();
    let notes = body.notes.as_ref().map(|text| lines("notes", text.as_deref(), NOTES_LETTERS_MAX));
    let notes = notes.transpose();
    let company = match &body.company {
        Some(Some(text)) => {
            let found = company_named(&call.app.db, &call.actor, text).await?;
            Some(findings.keep(found.ok_or_else(|| unknown("company"))))
        }
        Some(None) => Some(None),
        None => None,
    };
    let fields = Fields {
        name: findings.keep(name).flatten(),
        phone: findings.keep(phone).flatten(),
        phones: findings.keep(phones).flatten(),
        job: findings.keep(job).flatten(),
        notes: findings.keep(notes).flatten(),
        company,
        language: findings.keep(language).flatten(),
        addresses: findings.keep(addresses).flatten(),
    };
    findings.check()?;
    Ok(fields)
}

fn phones(
    texts: &[String],
    phone: impl Fn(&str, &str) -> Result<Option<String>, Problem>,
) -> Result<Vec<String>, Problem> {
    let mut phones: Vec<String> = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let number = phone(&format!("phones[{place}]"), text)?;
        phones.extend(number.filter(|number| !phones.contains(number)));
    }
    match phones.len() {
        0..=PHONES_MAX => Ok(phones),
        _ => Err(invalid("phones", "too_long", "at most 20 numbers")),
    }
}

fn addresses(texts: &[String]) -> Result<Vec<EmailAddress>, Problem> {
    let mut addresses: Vec<EmailAddress> = Vec::new();
    for (place, text) in texts.iter().enumerate() {
        let field = format!("addresses[{place}]");
        let address = EmailAddress::parse(text)
            .map_err(|_| invalid(&field, "invalid_email", "an address like ann@example.de"))?;
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    match addresses.len() {
        0..=ADDRESSES_MAX => Ok(addresses),
        _ => Err(invalid("addresses", "too_long", "at most 50 addresses")),
    }
}

fn language(code: Option<&str>) -> Result<Option<&'static str>, Problem> {
    match code {
        None => Ok(None),
        Some("de") => Ok(Some(Language::German.code())),
        Some("en") => Ok(Some(Language::English.code())),
        Some(_) => Err(invalid("language", "unknown", "de or en")),
    }
}
