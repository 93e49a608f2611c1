//! How an account is signed in to, as forms offer it: with a password, or at a provider.

use maud::Markup;
use values::Language;
use web::Form;

use crate::record::directory::Directory;
use crate::record::frame::fields::{Labelled, select};
use crate::record::oauth::Provider;
use crate::texts;

/// The name of the field.
pub const FIELD: &str = "oauth";

/// The field.
pub fn field(language: Language, form: &Form) -> Markup {
    let texts = texts::oauth(language);
    let password = (String::new(), texts.by_password().to_owned());
    let providers = Provider::ALL.map(|one| (one.code().to_owned(), one.name().to_owned()));
    let choices: Vec<_> = std::iter::once(password).chain(providers).collect();
    select(form, &Labelled::new(FIELD, texts.signs_in()), &choices)
}

/// The provider that was chosen.
pub fn chosen(form: &Form) -> Option<String> {
    Provider::from_code(form.text(FIELD)).map(|provider| provider.code().to_owned())
}

/// Why the choice cannot be, in a sentence: nobody has signed in as this user.
pub fn trouble(
    language: Language,
    directory: &Directory,
    code: &str,
    user: &str,
) -> Option<String> {
    let name = Provider::from_code(code)?.name();
    (!directory.may_open(code, user)).then(|| texts::oauth(language).nobody_yet(name, user))
}
