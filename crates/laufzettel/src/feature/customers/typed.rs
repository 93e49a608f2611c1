//! What was typed into the forms of customers: read into values, or refused with a sentence.

use values::{EmailAddress, Language};
use web::Form;

use crate::api::{line, written};
use crate::feature::companies::{self, NUMBER_LETTERS_MAX, POSTAL_LETTERS_MAX};
use crate::feature::contacts::{
    self, ADDRESSES_MAX, LINE_LETTERS_MAX, NOTES_LETTERS_MAX, PHONE_LETTERS_MAX, PHONES_MAX,
};
use crate::record::phone;
use crate::texts;

/// The fields of a contact but the company, which has to be looked up.
pub fn contact(form: &mut Form, language: Language) -> contacts::Fields {
    let texts = texts::customers(language);
    let addresses = addresses(form, language);
    let phones = phones(form, language);
    let name = short(form, language, "name", LINE_LETTERS_MAX);
    if name.is_none() && addresses.is_empty() && form.problem("name").is_none() {
        form.refuse("name", texts.name_or_address());
    }
    contacts::Fields {
        // Without a name the first address is it.
        name: Some(name.unwrap_or_default()),
        job: Some(short(form, language, "job", LINE_LETTERS_MAX)),
        phone: None,
        phones: Some(phones),
        company: None,
        language: Some(Language::from_code(form.text("language")).map(Language::code)),
        notes: Some(long(form, language, "notes", NOTES_LETTERS_MAX)),
        addresses: Some(addresses),
    }
}

/// The fields of a company.
pub fn company(form: &mut Form, language: Language) -> companies::Fields {
    let texts = texts::customers(language);
    let name = short(form, language, "name", LINE_LETTERS_MAX);
    if name.is_none() && form.problem("name").is_none() {
        form.refuse("name", texts.name_needed());
    }
    let domain = match form.text("domain") {
        "" => None,
        text => {
            let domain = companies::domain(text.trim_start_matches('@'));
            if domain.is_none() {
                form.refuse("domain", texts.no_domain());
            }
            domain
        }
    };
    let phone = short(form, language, "phone", PHONE_LETTERS_MAX);
    if let Some(number) = phone.as_deref().filter(|number| !phone::is_number(number)) {
        form.refuse("phone", texts.no_phone_number(number));
    }
    companies::Fields {
        name,
        customer_number: Some(short(form, language, "customer_number", NUMBER_LETTERS_MAX)),
        domain: Some(domain),
        phone: Some(phone),
        postal_address: Some(long(form, language, "postal_address", POSTAL_LETTERS_MAX)),
        notes: Some(long(form, language, "notes", NOTES_LETTERS_MAX)),
    }
}

fn short(form: &mut Form, language: Language, field: &str, letters_max: usize) -> Option<String> {
    let text = form.text(field).to_owned();
    if text.chars().count() > letters_max {
        form.refuse(field, texts::customers(language).too_long(&letters_max.to_string()));
    }
    line(&text)
}

fn long(form: &mut Form, language: Language, field: &str, letters_max: usize) -> Option<String> {
    let text = written(form.raw(field));
    if text.chars().count() > letters_max {
        form.refuse(field, texts::customers(language).too_long(&letters_max.to_string()));
    }
    Some(text).filter(|text| !text.is_empty())
}

fn addresses(form: &mut Form, language: Language) -> Vec<EmailAddress> {
    let texts = texts::customers(language);
    let typed: Vec<String> = form.all("address").map(str::to_owned).collect();
    let mut found: Vec<EmailAddress> = Vec::new();
    for (place, text) in typed.iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        match EmailAddress::parse(text) {
            Ok(address) if found.contains(&address) => {}
            Ok(address) => found.push(address),
            Err(_) => form.refuse(&format!("address-{place}"), texts.no_address(text.trim())),
        }
    }
    if found.len() > ADDRESSES_MAX {
        form.refuse("address-0", texts.too_many(&ADDRESSES_MAX.to_string()));
    }
    found
}

fn phones(form: &mut Form, language: Language) -> Vec<String> {
    let texts = texts::customers(language);
    let typed: Vec<String> = form.all("phone").map(str::to_owned).collect();
    let mut found: Vec<String> = Vec::new();
    for (place, text) in typed.iter().enumerate() {
        let field = format!("phone-{place}");
        if text.chars().count() > PHONE_LETTERS_MAX {
            form.refuse(&field, texts.too_long(&PHONE_LETTERS_MAX.to_string()));
        }
        let Some(number) = line(text) else { continue };
        if !phone::is_number(&number) {
            form.refuse(&field, texts.no_phone_number(&number));
        }
        if !found.contains(&number) {
            found.push(number);
        }
    }
    if found.len() > PHONES_MAX {
        form.refuse("phone-0", texts.too_many(&PHONES_MAX.to_string()));
    }
    found
}

/// At which field of the form the address with this place among those that count stands.
pub fn address_field(form: &Form, address: &EmailAddress) -> String {
    let is_it = |text: &str| EmailAddress::parse(text).is_ok_and(|typed| typed == *address);
    let place = form.all("address").position(is_it);
    format!("address-{}", place.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_taken_is_said_at_its_field() {
        let body = format!(
            "name=&address=kein&address=&address=ann%40kunde.example&phone=anrufen&job={}&notes={}",
            "x".repeat(201),
            "x".repeat(10_001)
        );
        let mut form = Form::parse(body.as_bytes());
        let fields = contact(&mut form, Language::German);
        let fields_wrong: Vec<&str> = form.problems().map(|(field, _)| field).collect();
        assert_eq!(fields_wrong, ["address-0", "phone-0", "job", "notes"]);
        assert_eq!(fields.addresses.as_ref().map(Vec::len), Some(1));
        let ann = EmailAddress::parse("ann@kunde.example").unwrap_or_else(|_| unreachable!());
        assert_eq!(address_field(&form, &ann), "address-2");
        let mut form = Form::parse(b"name=&address=");
        contact(&mut form, Language::English);
        assert!(form.problem("name").is_some());
        let mut form = Form::parse(b"name=X&domain=kein+Name&phone=keine+%F0%9F%98%80");
        company(&mut form, Language::English);
        assert!(form.problem("domain").is_some() && form.problem("phone").is_some());
    }
}
