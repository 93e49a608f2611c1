//! Fields and their values as the history of the administration says them.

use mail::text::text_from_html;
use values::{Language, Timestamp};

use crate::feature::agents::words as people;
use crate::feature::intake_rules as rules;
use crate::feature::lists::{List, words};
use crate::feature::mailboxes::words as mailboxes;
use crate::feature::oauth;
use crate::feature::senders::words as senders;
use crate::feature::settings::mails;
use crate::feature::settings::words::required;
use crate::http::screen::Screen;
use crate::record::administration::{Fact, Subject};
use crate::record::directory::{Directory, Listed, by_id};
use crate::record::new_tickets::Field;
use crate::record::{AgentId, MailboxId, SenderId};
use crate::texts;

/// Letters of a value that are shown.
const LETTERS_MAX: usize = 200;

/// What a thing is.
pub fn subject(language: Language, subject: Subject) -> &'static str {
    let texts = texts::settings(language);
    match subject {
        Subject::Area => texts.subject_area(),
        Subject::Queue => texts.subject_queue(),
        Subject::RequestType => texts.subject_request_type(),
        Subject::Category => texts.subject_category(),
        Subject::Priority => texts.subject_priority(),
        Subject::Status => texts.subject_status(),
        Subject::Agent => texts.subject_agent(),
        Subject::Token => texts.subject_token(),
        Subject::OAuthClient => texts.subject_oauth_client(),
        Subject::Mailbox => texts.subject_mailbox(),
        Subject::Sender => texts.subject_sender(),
        Subject::TextBlock => texts.subject_text_block(),
        Subject::IntakeRule => texts.subject_intake_rule(),
        Subject::House => texts.subject_house(),
    }
}

/// The page of a thing.
pub fn href(directory: &Directory, subject: Subject, id: i64) -> String {
    match subject {
        Subject::Agent => format!("/settings/people/{id}"),
        Subject::Token => "/settings/tokens".to_owned(),
        Subject::House | Subject::OAuthClient => "/settings".to_owned(),
        Subject::Mailbox => {
            let mailbox = directory.mailbox_by_id(MailboxId::from_number(id));
            mailbox.map_or("/mailboxes".to_owned(), |one| format!("/mailboxes/{}/edit", one.name))
        }
        Subject::Sender => format!("/settings/senders/{id}"),
        Subject::TextBlock => "/text-blocks".to_owned(),
        Subject::IntakeRule => format!("/settings/rules/{id}"),
        subject => {
            let list = List::ALL.into_iter().find(|list| list.subject() == subject);
            list.map_or("/settings".to_owned(), |list| format!("{}/{id}", list.href()))
        }
    }
}

/// A field with its label, what it was and what it is.
pub fn fact(screen: &Screen, subject: Subject, fact: Fact) -> (String, String, String) {
    let texts = texts::settings(screen.language);
    let label = label(screen, subject, &fact.field);
    if fact.from.is_none() && fact.to.is_none() {
        let done = if fact.field == "sessions" { texts.yes() } else { texts.secret() };
        return (label, String::new(), done.to_owned());
    }
    let unset = match subject {
        Subject::Agent => people::unset(screen.language, &fact.field),
        _ => None,
    };
    let said = |text: Option<&str>| match text {
        Some(text) => Some(value(screen, subject, &fact.field, text)),
        None => unset.map(str::to_owned),
    };
    let from = said(fact.from.as_deref()).unwrap_or_default();
    let to = said(fact.to.as_deref()).unwrap_or_else(|| texts.nothing().to_owned());
    (label, from, to)
}

fn label(screen: &Screen, subject: Subject, field: &str) -> String {
    let language = screen.language;
    let texts = texts::settings(language);
    if let Some(area) = field.strip_prefix("area:") {
        let area = area.parse().ok().and_then(|id| by_id(&screen.directory.areas, id));
        return texts.right_in(area.map_or(texts.gone(), |area| area.name(language)));
    }
    let fixed = match (subject, field) {
        (_, "position") => Some(texts.position()),
        (Subject::House, "number_mask") => Some(texts.mask()),
        (Subject::House, "starts_read") => Some(texts.starts_read()),
        (Subject::House, "assigns_creator") => Some(texts.assigns_creator()),
        (Subject::House, "preselects_type") => Some(texts.preselects_type()),
        (Subject::House, "unplaced_mails") => Some(texts.unplaced_mails()),
        (Subject::House, "without_category") => Some(texts.without_category()),
        (Subject::House, "required") => Some(texts.required()),
        (Subject::House, field) => {
            field.strip_prefix("mails_").and_then(|field| mails::label(language, field))
        }
        (Subject::Mailbox, field) => mailboxes::field(language, field),
        (Subject::Sender, field) => senders::field(language, field),
        (Subject::TextBlock, field) => block_field(language, field),
        (Subject::IntakeRule, field) => rule_field(language, field),
        (Subject::Agent | Subject::Token, field) => people::field(language, field),
        (Subject::OAuthClient, field) => oauth::field(language, field),
        (_, field) => words::field(language, field),
    };
    fixed.unwrap_or(field).to_owned()
}

/// A value as people say it.
fn value(screen: &Screen, subject: Subject, field: &str, text: &str) -> String {
    let language = screen.language;
    let texts = texts::settings(language);
    let gone = || texts.gone().to_owned();
    let number = || text.parse::<i64>().ok();
    if subject == Subject::IntakeRule
        && let Some(said) = rules::said(language, &screen.directory, field, text)
    {
        return cut(language, &said);
    }
    match (field, text) {
        (_, "true") => texts.yes().to_owned(),
        (_, "false") => texts.no().to_owned(),
        ("area" | "queue" | "category" | "from_date" | "html", _) => of_mails(screen, field, text),
        ("responsible" | "agent", id) => {
            let agent = AgentId::parse(id).and_then(|id| screen.directory.agent(id));
            agent.map_or_else(gone, |agent| agent.name.clone())
        }
        ("sender", id) => {
            let sender = SenderId::parse(id).and_then(|id| screen.directory.sender(id));
            sender.map_or_else(gone, |sender| sender.address.clone())
        }
        ("parent", _) => {
            let found = number().and_then(|id| by_id(&screen.directory.categories, id));
            found.map_or_else(gone, |entry| entry.name(language).to_owned())
        }
        ("priority", _) => {
            let found = number().and_then(|id| by_id(&screen.directory.priorities, id));
            found.map_or_else(gone, |entry| entry.name(language).to_owned())
        }
        ("expires_at", _) => {
            number().map_or_else(gone, |at| screen.times().date(Timestamp::from_millis(at)))
        }
        ("mail_header" | "mail_footer" | "signature" | "answer_text", html) => {
            cut(language, &text_from_html(html))
        }
        ("required", codes) => {
            let names = codes.split(' ').filter_map(Field::from_code);
            names.map(|field| required(language, field)).collect::<Vec<_>>().join(", ")
        }
        ("sign_in", code) if subject == Subject::OAuthClient => {
            oauth::value(language, field, code).unwrap_or_default()
        }
        (field, text) => {
            let of_mailbox = (subject == Subject::Mailbox)
                .then(|| mailboxes::value(language, field, text))
                .flatten();
            of_mailbox.unwrap_or_else(|| coded(language, field, text))
        }
    }
}

/// A value of a mailbox or a text block that names something, or a day, or holds a text.
fn of_mails(screen: &Screen, field: &str, text: &str) -> String {
    let (language, lists) = (screen.language, &screen.directory);
    let number = text.parse::<i64>().unwrap_or_default();
    let named = |name: Option<&str>| name.unwrap_or(texts::settings(language).gone()).to_owned();
    match field {
        "area" => named(by_id(&lists.areas, number).map(|one| one.name(language))),
        "queue" => named(by_id(&lists.queues, number).map(|one| one.name(language))),
        "category" => named(by_id(&lists.categories, number).map(|one| one.name(language))),
        "from_date" => screen.times().date(Timestamp::from_millis(number)),
        _ => cut(language, &text_from_html(text)),
    }
}

/// The label of a field of an intake rule.
fn rule_field(language: Language, field: &str) -> Option<&'static str> {
    let texts = texts::intake_rules(language);
    Some(match field {
        "name" => texts.name(),
        "mailbox" => texts.mailbox(),
        "condition" => texts.condition(),
        "actions" => texts.actions(),
        "active" => texts.active(),
        _ => return None,
    })
}

/// The label of a field of a text block.
fn block_field(language: Language, field: &str) -> Option<&'static str> {
    let texts = texts::text_blocks(language);
    Some(match field {
        "area" => texts.area(),
        "language" => texts.language(),
        "html" => texts.text(),
        field => return words::field(language, field),
    })
}

/// A value with a fixed word, or the value itself.
fn coded(language: Language, field: &str, text: &str) -> String {
    if let Some(words) = people::value(language, field, text) {
        return words;
    }
    let choices = words::choices(language, field);
    let known = choices.into_iter().find(|(code, _)| code == text);
    known.map_or_else(|| cut(language, text), |(_, words)| words)
}

fn cut(language: Language, text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LETTERS_MAX) {
        Some((end, _)) => texts::settings(language).cut(text.get(..end).unwrap_or_default()),
        None => text,
    }
}
