//! Words for the fields of a mailbox and for the values that they can have.

use values::Language;

use crate::texts;

/// A value of a field with its words.
pub type Choice = (String, String);

/// The label of a field, by its name in forms and in the history.
pub fn field(language: Language, name: &str) -> Option<&'static str> {
    let texts = texts::mailboxes(language);
    Some(match name {
        "label" => texts.label(),
        "addresses" => texts.addresses(),
        "enabled" => texts.enabled(),
        "area" => texts.area(),
        "queue" => texts.queue(),
        "category" => texts.category(),
        "source" => texts.source(),
        "host" => texts.host(),
        "port" => texts.port(),
        "tls" => texts.tls(),
        "user" => texts.user(),
        "oauth" => texts::oauth(language).signs_in(),
        "oauth_account" => texts.oauth_account(),
        "password" => texts.account_password(),
        "folder" => texts.read_folder(),
        "sender" => texts.sender(),
        "answer_as_received" => texts.as_received(),
        "plus_addressing" => texts.plus(),
        "sent_folder" => texts.sent_folder(),
        "signature" => texts.signature(),
        "answer_enabled" => texts.answer_enabled(),
        "answer_subject" => texts.answer_subject(),
        "answer_text" => texts.answer_text(),
        "answer_once" => texts.answer_once(),
        "muted" => texts.muted(),
        _ => return rule(language, name),
    })
}

/// The label of a field that says which mails are taken and what becomes of them.
fn rule(language: Language, name: &str) -> Option<&'static str> {
    let texts = texts::mailboxes(language);
    Some(match name {
        "after_import" => texts.after_import(),
        "move_to" => texts.move_folder(),
        "from_date" => texts.from_date(),
        "max_age_days" => texts.max_age(),
        "unknown_sender" => texts.unknown_sender(),
        "domains" => texts.domains(),
        "stranger_with_number" => texts.stranger(),
        "join_open_ticket" => texts.join_open(),
        "similarity_percent" => texts.similarity(),
        _ => return option(language, name),
    })
}

/// The label of a field that says what is done to mails.
fn option(language: Language, name: &str) -> Option<&'static str> {
    let texts = texts::mailboxes(language);
    Some(match name {
        "customers_only" => texts.customers_only(),
        "completed" => texts.completed(),
        "without_emojis" => texts.without_emojis(),
        "with_headers" => texts.with_headers(),
        "reads_reference" => texts.reads_reference(),
        "reference_pattern" => texts.reference_pattern(),
        "reads_sent" => texts.reads_sent(),
        "further_folders" => texts.further_folders(),
        "mails_per_run" => texts.mails_per_run(),
        "mail_mebibytes_max" => texts.mail_mebibytes(),
        "tells_too_large" => texts.tells_too_large(),
        _ => return None,
    })
}

/// The values that a field can have with their words, if they are fixed.
pub fn choices(language: Language, name: &str) -> Vec<Choice> {
    let texts = texts::mailboxes(language);
    let fixed: &[(&str, &str)] = match name {
        "source" => &[
            ("imap", texts.source_imap()),
            ("pop3", texts.source_pop3()),
            ("push", texts.source_push()),
        ],
        "tls" => &[
            ("implicit", texts.tls_implicit()),
            ("starttls", "STARTTLS"),
            ("none", texts.tls_none()),
        ],
        "after_import" => &[
            ("mark_read", texts.after_mark_read()),
            ("move", texts.after_move()),
            ("keep", texts.after_keep()),
            ("delete", texts.after_delete()),
        ],
        "unknown_sender" => &[
            ("ticket", texts.unknown_ticket()),
            ("known_only", texts.unknown_known_only()),
            ("known_or_domains", texts.unknown_domains()),
        ],
        "stranger_with_number" => &[
            ("linked_ticket", texts.stranger_linked()),
            ("append", texts.stranger_append()),
            ("unassigned", texts.stranger_unassigned()),
        ],
        _ => &[],
    };
    fixed.iter().map(|(value, words)| ((*value).to_owned(), (*words).to_owned())).collect()
}

/// The words for a value with a code.
pub fn value(language: Language, name: &str, code: &str) -> Option<String> {
    choices(language, name).into_iter().find(|(value, _)| value == code).map(|(_, words)| words)
}
