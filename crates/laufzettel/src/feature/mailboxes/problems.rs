//! What is wrong with a mailbox, as sentences for who typed it.

use values::{EmailAddress, Language};
use web::FieldProblem;

use super::{MailboxForm, check, words};
use crate::feature::oauth::choice;
use crate::record::directory::Directory;
use crate::texts;

/// The field of the form that a problem belongs to, and its sentence.
pub fn problem(
    language: Language,
    directory: &Directory,
    form: &MailboxForm,
    problem: &FieldProblem,
) -> (String, String) {
    let named = match problem.field.strip_prefix("autoresponder.") {
        Some("body") => "answer_text".to_owned(),
        Some(rest) => format!("answer_{rest}"),
        None => problem.field.clone(),
    };
    let field = named.trim_start_matches("source.").trim_start_matches("options.");
    let (field, place) = match field.split_once('[') {
        Some((field, place)) => (field, place.trim_end_matches(']').parse().unwrap_or(0)),
        None => (field, 0_usize),
    };
    let sentence = match field {
        "addresses" => address(language, directory, form, (&problem.code, place)),
        "domains" => {
            let text = form.domains.get(place).map(String::as_str).unwrap_or_default();
            texts::mailboxes(language).no_domain(text)
        }
        "folder" if problem.code == "account_taken" => account_taken(language, directory, form),
        choice::FIELD => of_sign_in(language, directory, form).unwrap_or(problem.message.clone()),
        field => fixed(language, field, &problem.code).unwrap_or(&problem.message).to_owned(),
    };
    (field.to_owned(), sentence)
}

fn of_sign_in(language: Language, directory: &Directory, form: &MailboxForm) -> Option<String> {
    let server = form.source.server()?;
    choice::trouble(language, directory, server.oauth.as_deref()?, server.signs_in())
}

fn account_taken(language: Language, directory: &Directory, form: &MailboxForm) -> String {
    let other = check::same_account(form, &directory.mailboxes);
    texts::mailboxes(language).account_taken(other.map_or("", |other| other.label.as_str()))
}

/// The sentence for a field of another tab, which says its name.
pub fn elsewhere(language: Language, field: &str, sentence: &str) -> String {
    match words::field(language, field) {
        Some(label) => format!("{label}: {sentence}"),
        None => sentence.to_owned(),
    }
}

fn address(
    language: Language,
    directory: &Directory,
    form: &MailboxForm,
    (code, place): (&str, usize),
) -> String {
    let texts = texts::mailboxes(language);
    let text = form.addresses.get(place).map(String::as_str).unwrap_or_default();
    match code {
        "missing" => texts.no_addresses().to_owned(),
        "too_many" => texts.too_many_addresses().to_owned(),
        "address_taken" => {
            let address = EmailAddress::parse(text).ok();
            let mut others = directory.mailboxes.iter().filter(|other| other.name != form.name);
            let other = others.find(|other| {
                address.as_ref().is_some_and(|address| other.addresses().contains(address))
            });
            texts.address_taken(text, other.map(|other| other.label.as_str()).unwrap_or_default())
        }
        "address_of_person" => texts.address_of_person(text),
        "address_of_customer" => texts.address_of_customer(text),
        _ => texts.no_address(text),
    }
}

fn fixed(language: Language, field: &str, code: &str) -> Option<&'static str> {
    let texts = texts::mailboxes(language);
    Some(match (field, code) {
        ("label", _) => texts.no_label(),
        ("area", _) => texts.no_area(),
        ("host", _) => texts.no_host(),
        ("port", _) => texts.no_port(),
        ("oauth_account", "needs_provider") => texts.account_needs_provider(),
        ("oauth_account", _) => texts.no_oauth_account(),
        ("user", _) => texts.no_user(),
        ("tls", _) => texts.plaintext(),
        ("password", _) => texts.no_password(),
        ("after_import", "not_by_pop3") => texts.not_by_pop3(),
        ("move_to", "same_folder") => texts.same_folder(),
        ("move_to", _) => texts.no_target(),
        ("sent_folder", "needs_account") => texts.needs_account(),
        ("sent_folder", "missing") => texts.no_sent_folder(),
        ("sent_folder", "same_folder") => texts.same_folder(),
        ("folder" | "sent_folder", _) => texts.no_folder(),
        ("answer_subject", _) => texts.no_answer_subject(),
        ("answer_text", "missing") => texts.no_answer_text(),
        ("answer_text", _) => texts.answer_text_long(),
        ("max_age_days", _) => texts.no_days(),
        ("similarity_percent", _) => texts.no_percent(),
        (_, "unknown_value") => texts.unknown_choice(),
        _ => return of_option(language, field, code),
    })
}

fn of_option(language: Language, field: &str, code: &str) -> Option<&'static str> {
    let texts = texts::mailboxes(language);
    Some(match (field, code) {
        ("further_folders", "needs_account") => texts.needs_account(),
        ("further_folders", _) => texts.no_further_folders(),
        ("mails_per_run", _) => texts.no_mails_per_run(),
        ("mail_mebibytes_max", _) => texts.no_mebibytes(),
        ("reference_pattern", "too_long") => texts.pattern_long(),
        ("reference_pattern", "fits_nothing") => texts.pattern_fits_nothing(),
        ("reference_pattern", _) => texts.pattern_unreadable(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::tab::Tab;
    use super::*;
    use crate::config::Secret;
    use crate::record::mailbox::{Source, Tls};

    /// A mailbox with something wrong in every field that can be wrong.
    fn spoiled() -> MailboxForm {
        let mut form = MailboxForm::new("hilfe", "weg");
        form.label = String::new();
        form.addresses = vec!["keine".to_owned()];
        form.queue = Some("weg".to_owned());
        form.category = Some("weg".to_owned());
        form.password = Some(Secret(String::new()));
        form.source = Source::Imap {
            host: "a b".to_owned(),
            port: 0,
            tls: Tls::None,
            user: String::new(),
            folder: String::new(),
            oauth: None,
            oauth_account: None,
        };
        form.after_import = "brennen".to_owned();
        form.max_age_days = Some(0);
        form.unknown_sender = "x".to_owned();
        form.stranger_with_number = "x".to_owned();
        form.similarity_percent = 101;
        form.domains = vec!["a,b".to_owned()];
        form.sender = Some("weg".to_owned());
        form.sent_folder = Some("\n".to_owned());
        form.autoresponder.enabled = true;
        form.options.mails_per_run = Some(0);
        form.options.mail_mebibytes_max = 65;
        form.options.reference_pattern = "(".to_owned();
        form
    }

    #[test]
    fn whatever_the_check_finds_has_a_sentence_at_a_field_of_a_tab() {
        let (form, lists) = (spoiled(), Directory::default());
        let mut moved = spoiled();
        moved.after_import = "move".to_owned();
        for form in [form, moved] {
            let found = check::check(&form, &lists, false);
            assert!(found.len() > 15, "{found:?}");
            for wrong in &found {
                let (field, sentence) = problem(Language::German, &lists, &form, wrong);
                let is_there = Tab::ALL.iter().any(|tab| tab.fields().contains(&field.as_str()));
                assert!(is_there, "{field}");
                assert_ne!(sentence, wrong.message, "{field} {}", wrong.code);
                let english = problem(Language::English, &lists, &form, wrong).1;
                assert_ne!(sentence, english, "{field}");
                assert!(elsewhere(Language::German, &field, &sentence).len() > sentence.len() + 2);
            }
        }
    }
}
