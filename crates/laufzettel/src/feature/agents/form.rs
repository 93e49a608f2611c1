//! The form of a person: what it shows at first, and what was typed as fields.

use mail::text::text_from_html;
use rules::right::{Flag, Level, Role};
use values::{EmailAddress, Language};
use web::Form;

use super::PHONE_LETTERS_MAX;
use super::save::Fields;
use super::store::Detailed;
use crate::api::line;
use crate::http::screen::Screen;
use crate::record::AreaId;
use crate::record::area::NO_ACCESS;
use crate::record::body::edited_piece;
use crate::record::phone;
use crate::texts;

/// Letters of a name.
const NAME_LETTERS_MAX: usize = 200;
/// Bytes of a signature.
const SIGNATURE_BYTES_MAX: usize = 64 * 1024;

/// The field of the level in an area.
pub fn level_field(area: AreaId) -> String {
    format!("area_{area}")
}

/// The form as it shows a person at first.
pub fn values(person: &Detailed) -> Form {
    let signature = person.signature.clone().unwrap_or_default();
    let mut values: Vec<(String, String)> = [
        ("name", person.name.clone()),
        ("email", person.email.clone()),
        ("role", person.role.clone()),
        ("language", person.language.clone().unwrap_or_default()),
        ("phone", person.phone.clone().unwrap_or_default()),
        ("signature", text_from_html(&signature).trim().to_owned()),
        ("signature_html", signature),
        ("elsewhere", person.level_elsewhere.clone().unwrap_or_default()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    values.extend(person.areas.iter().map(|(area, level)| (level_field(*area), level.clone())));
    if let Some(flags) = &person.flags {
        values.push(("flags_own".to_owned(), "on".to_owned()));
        let codes = flags.split_whitespace();
        values.extend(codes.map(|code| ("flags".to_owned(), code.to_owned())));
    }
    Form::with_values(values.iter().map(|(name, value)| (name.as_str(), value.as_str())))
}

/// What was typed as fields; what is wrong stands in the form afterwards.
pub fn read(screen: &Screen, form: &mut Form, before: Option<&Detailed>) -> Fields {
    let texts = texts::agents(screen.language);
    let role = Role::from_code(form.text("role"));
    if role.is_none() {
        form.refuse("role", texts.unknown_choice());
    }
    let (name, email) = (name_of(screen.language, form), email(screen, form));
    let fields = Fields { name: Some(name), email, role, ..Fields::default() };
    match before {
        Some(before) => rest(screen, form, before, fields),
        None => Fields { language: Some(chosen_language(form)), ..fields },
    }
}

/// What is set of a person who is there.
fn rest(screen: &Screen, form: &mut Form, before: &Detailed, fields: Fields) -> Fields {
    let (words, signature) = (screen.language, before.signature.as_deref());
    Fields {
        language: Some(chosen_language(form)),
        phone: Some(phone_of(words, form)),
        signature: Some(signature_of(words, form, ("signature", "signature_html"), signature)),
        elsewhere: Some(level(screen, form, "elsewhere")),
        areas: Some(areas(screen, form)),
        flags: Some(flags(form)),
        ..fields
    }
}

/// The name that was typed in the field `name`.
pub fn name_of(language: Language, form: &mut Form) -> String {
    let texts = texts::agents(language);
    let text = form.text("name").to_owned();
    if text.chars().count() > NAME_LETTERS_MAX {
        form.refuse("name", texts.name_long());
    }
    let name = line(&text);
    if name.is_none() {
        form.refuse("name", texts.name_missing());
    }
    name.unwrap_or_default()
}

fn email(screen: &Screen, form: &mut Form) -> Option<EmailAddress> {
    let email = EmailAddress::parse(form.text("email")).ok();
    if email.is_none() {
        form.refuse("email", texts::agents(screen.language).email_wrong());
    }
    email
}

fn chosen_language(form: &Form) -> Option<&'static str> {
    match form.text("language") {
        "de" => Some("de"),
        "en" => Some("en"),
        _ => None,
    }
}

/// The number that was typed in the field `phone`.
pub fn phone_of(language: Language, form: &mut Form) -> Option<String> {
    let texts = texts::agents(language);
    let text = form.text("phone").to_owned();
    if text.chars().count() > PHONE_LETTERS_MAX {
        form.refuse("phone", texts.phone_long());
    }
    let number = line(&text);
    if number.as_deref().is_some_and(|number| !phone::is_number(number)) {
        form.refuse("phone", texts.no_phone_number());
    }
    number
}

/// The signature that was typed in a field with its HTML in another one, where another is stored.
pub fn signature_of(
    language: Language,
    form: &mut Form,
    (text, html): (&str, &str),
    stored: Option<&str>,
) -> Option<String> {
    let piece = edited_piece(form.raw(text), form.raw(html), stored);
    if piece.as_ref().is_some_and(|html| html.len() > SIGNATURE_BYTES_MAX) {
        form.refuse(text, texts::agents(language).signature_long());
    }
    piece
}

/// A level; nothing for that of the role.
fn level(screen: &Screen, form: &mut Form, field: &str) -> Option<Option<Level>> {
    let text = form.text(field).to_owned();
    match text.as_str() {
        "" => None,
        NO_ACCESS => Some(None),
        code => {
            let level = Level::from_code(code);
            if level.is_none() {
                form.refuse(field, texts::agents(screen.language).unknown_choice());
            }
            Some(level)
        }
    }
}

fn areas(screen: &Screen, form: &mut Form) -> Vec<(AreaId, Option<Level>)> {
    let areas: Vec<AreaId> = screen.directory.areas.iter().map(|area| area.id).collect();
    let of = |area: AreaId| level(screen, form, &level_field(area)).map(|level| (area, level));
    areas.into_iter().filter_map(of).collect()
}

fn flags(form: &Form) -> Option<Vec<Flag>> {
    let is_sent = |flag: &Flag| form.all("flags").any(|code| code == flag.code());
    form.has("flags_own").then(|| Flag::ALL.into_iter().filter(is_sent).collect())
}
