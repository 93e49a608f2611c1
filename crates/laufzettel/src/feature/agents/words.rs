//! Words for what is set of agents and tokens.

use rules::right::{Flag, Level, Role};
use values::Language;

use crate::feature::profile;
use crate::record::actor::Scope;
use crate::record::area::NO_ACCESS;
use crate::texts;

/// The name of a role.
pub fn role(language: Language, role: Role) -> &'static str {
    let texts = texts::agents(language);
    match role {
        Role::Administrator => texts.role_administrator(),
        Role::Agent => texts.role_agent(),
        Role::ReadOnly => texts.role_read_only(),
    }
}

/// The name of a level; `None` is no access.
pub fn level(language: Language, level: Option<Level>) -> &'static str {
    let texts = texts::agents(language);
    match level {
        Some(Level::Own) => texts.level_own(),
        Some(Level::Read) => texts.level_read(),
        Some(Level::Work) => texts.level_work(),
        Some(Level::Manage) => texts.level_manage(),
        None => texts.level_none(),
    }
}

/// The name of a flag.
pub fn flag(language: Language, flag: Flag) -> &'static str {
    let texts = texts::agents(language);
    match flag {
        Flag::Create => texts.flag_create(),
        Flag::Delete => texts.flag_delete(),
        Flag::Export => texts.flag_export(),
        Flag::Settings => texts.flag_settings(),
        Flag::PersonFigures => texts.flag_person_figures(),
        Flag::Rules => texts.flag_rules(),
    }
}

/// The name of a scope.
pub fn scope(language: Language, scope: Scope) -> &'static str {
    let texts = texts::agents(language);
    match scope {
        Scope::TicketsRead => texts.scope_tickets_read(),
        Scope::TicketsWrite => texts.scope_tickets_write(),
        Scope::MailsRead => texts.scope_mails_read(),
        Scope::MailsWrite => texts.scope_mails_write(),
        Scope::ContactsRead => texts.scope_contacts_read(),
        Scope::ContactsWrite => texts.scope_contacts_write(),
        Scope::Settings => texts.scope_settings(),
    }
}

/// The label of a field, by its name in the history.
pub fn field(language: Language, name: &str) -> Option<&'static str> {
    let texts = texts::agents(language);
    Some(match name {
        "name" => texts.name(),
        "email" => texts.email(),
        "role" => texts.role(),
        "active" => texts.active(),
        "level_elsewhere" => texts.elsewhere(),
        "flags" => texts.flags(),
        "language" => texts.language(),
        "phone" => texts.phone(),
        "signature" => texts.signature(),
        "undo_seconds" => texts.undo_seconds(),
        "notices" => texts.notices(),
        "password" => texts.password(),
        "sessions" => texts.sessions(),
        "agent" => texts.agent(),
        "scopes" => texts.scopes(),
        "expires_at" => texts.expires_at(),
        _ => return None,
    })
}

/// What holds where nothing is set in such a field, if that is something of its own.
pub fn unset(language: Language, field: &str) -> Option<&'static str> {
    let texts = texts::agents(language);
    Some(match field {
        "flags" | "level_elsewhere" => texts.level_of_role(),
        "language" => texts.language_own(),
        "notices" => texts.all_notices(),
        field if field.starts_with("area:") => texts.level_as_elsewhere(),
        _ => return None,
    })
}

/// The words for a value of such a field, if it has a code.
pub fn value(language: Language, field: &str, text: &str) -> Option<String> {
    let texts = texts::agents(language);
    let codes = || text.split_whitespace();
    let is_level = field == "level_elsewhere" || field.starts_with("area:");
    match field {
        "flags" | "scopes" | "notices" if text.is_empty() => Some(texts.none_of_them().to_owned()),
        "notices" => Some(joined(codes().map(|code| profile::notice(language, code)))),
        "role" => Role::from_code(text).map(|found| role(language, found).to_owned()),
        "flags" => Some(joined(codes().filter_map(Flag::from_code).map(|one| flag(language, one)))),
        "scopes" => {
            Some(joined(codes().filter_map(Scope::from_code).map(|one| scope(language, one))))
        }
        "language" if text == "de" => Some(texts.german().to_owned()),
        "language" => Some(texts.english().to_owned()),
        _ if is_level && text == NO_ACCESS => Some(texts.level_none().to_owned()),
        _ if is_level => Level::from_code(text).map(|one| level(language, Some(one)).to_owned()),
        _ => None,
    }
}

fn joined<'a>(words: impl Iterator<Item = &'a str>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
