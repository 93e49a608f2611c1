//! Words for the fields of a sender.

use values::Language;

use crate::texts;

/// The label of a field, by its name in forms and in the history.
pub fn field(language: Language, name: &str) -> Option<&'static str> {
    let texts = texts::senders(language);
    Some(match name {
        "address" => texts.address(),
        "name" => texts.name(),
        "active" => texts.active(),
        "is_default" => texts.default(),
        "server" => texts.server(),
        "host" => texts.host(),
        "port" => texts.port(),
        "tls" => texts.tls(),
        "user" => texts.user(),
        "oauth" => texts::oauth(language).signs_in(),
        "password" => texts.password(),
        _ => return None,
    })
}
