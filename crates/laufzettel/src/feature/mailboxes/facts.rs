//! What the history of the administration tells of a mailbox: its fields with their values.

use rules::reference::USUAL_PATTERN;

use crate::record::administration::Value;
use crate::record::mailbox::{Mailbox, Options, Source};

/// Fields after whose change the account is looked at anew: it may be another one, or other mails
/// of it are wanted.
const OF_THE_ACCOUNT: [&str; 13] = [
    "enabled",
    "source",
    "host",
    "port",
    "tls",
    "user",
    "oauth",
    "oauth_account",
    "folder",
    "further_folders",
    "password",
    "from_date",
    "after_import",
];

/// Whether the account is looked at anew when this field became something else.
pub fn concerns_account(field: &str) -> bool {
    OF_THE_ACCOUNT.contains(&field)
}

/// The fields of a mailbox that people set. Its password has no value.
pub fn values(mailbox: &Mailbox) -> Vec<Value> {
    let text =
        |field: &str, text: &str| (field.to_owned(), (!text.is_empty()).then(|| text.to_owned()));
    let number = |field: &str, number: Option<i64>| {
        (field.to_owned(), number.map(|number| number.to_string()))
    };
    let flag = |field: &str, flag: bool| (field.to_owned(), Some(flag.to_string()));
    let mut values = vec![
        text("label", &mailbox.label),
        text("addresses", &mailbox.addresses),
        flag("enabled", mailbox.enabled),
        number("area", Some(mailbox.area.number())),
        number("queue", mailbox.queue.map(|id| id.number())),
        number("category", mailbox.category.map(|id| id.number())),
    ];
    values.extend(source(&mailbox.source()));
    values.extend([
        text("after_import", &mailbox.after_import),
        text("move_to", mailbox.move_to.as_deref().unwrap_or_default()),
        number("from_date", mailbox.from_date.map(::values::Timestamp::millis)),
        number("max_age_days", mailbox.max_age_days),
        text("unknown_sender", &mailbox.unknown_sender),
        text("domains", &mailbox.domains),
        text("stranger_with_number", &mailbox.stranger_with_number),
        flag("join_open_ticket", mailbox.join_open_ticket),
        number("similarity_percent", Some(mailbox.similarity_percent)),
        number("sender", mailbox.sender.map(|id| id.number())),
        flag("answer_as_received", mailbox.answer_as_received),
        flag("plus_addressing", mailbox.plus_addressing),
        text("sent_folder", mailbox.sent_folder.as_deref().unwrap_or_default()),
        text("signature", mailbox.signature.as_deref().unwrap_or_default()),
    ]);
    let said = mailbox.autoresponder();
    values.extend([
        flag("answer_enabled", said.enabled),
        text("answer_subject", &said.subject),
        text("answer_text", &said.body),
        flag("answer_once", said.once_per_day),
    ]);
    values.extend(options(&mailbox.options()));
    values
}

fn options(options: &Options) -> Vec<Value> {
    let flag = |field: &str, flag: bool| (field.to_owned(), Some(flag.to_string()));
    let text = |field: &str, text: String| (field.to_owned(), (!text.is_empty()).then_some(text));
    let per_run = options.mails_per_run.map(|mails| mails.to_string());
    vec![
        flag("customers_only", options.customers_only),
        flag("completed", options.completed),
        flag("without_emojis", options.without_emojis),
        flag("with_headers", options.with_headers),
        flag("reads_reference", options.reads_reference),
        text("reference_pattern", own_pattern(options)),
        flag("reads_sent", options.reads_sent),
        text("further_folders", options.further_folders.join(", ")),
        ("mails_per_run".to_owned(), per_run),
        text("mail_mebibytes_max", options.mail_mebibytes_max.to_string()),
        flag("tells_too_large", options.tells_too_large),
    ]
}

/// The pattern, unless it is the usual one.
fn own_pattern(options: &Options) -> String {
    let own = Some(options.reference_pattern.clone());
    own.filter(|pattern| pattern != USUAL_PATTERN).unwrap_or_default()
}

fn source(source: &Source) -> Vec<Value> {
    let value = |field: &str, text: String| (field.to_owned(), Some(text));
    let kind = match source {
        Source::Imap { .. } => "imap",
        Source::Pop3 { .. } => "pop3",
        Source::Push {} => "push",
    };
    let mut values = vec![value("source", kind.to_owned())];
    if let Some(server) = source.server() {
        values.extend([
            value("host", server.host),
            value("port", server.port.to_string()),
            value("tls", server.tls.code().to_owned()),
            value("user", server.user),
            ("folder".to_owned(), server.folder),
            ("oauth".to_owned(), server.oauth),
            ("oauth_account".to_owned(), server.oauth_account),
        ]);
    }
    values
}
