//! Rows on their way into a database.

use rusqlite::types::Value;

/// A table and the columns that are filled; all others keep their default.
#[derive(Debug, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Its columns, in the order of the values.
    pub columns: &'static str,
}

/// One row.
#[derive(Debug)]
pub struct Row {
    /// Where it goes.
    pub table: &'static Table,
    /// A value a column.
    pub values: Vec<Value>,
}

/// Builds a value; the conversions that rusqlite lacks are not needed.
pub fn value(value: impl Into<Value>) -> Value {
    value.into()
}

/// A row of values that convert by themselves.
#[macro_export]
macro_rules! row {
    ($table:expr; $($value:expr),+ $(,)?) => {
        $crate::seed::rows::Row {
            table: &$table,
            values: vec![$($crate::seed::rows::value($value)),+],
        }
    };
}

macro_rules! tables {
    ($($constant:ident = $name:literal ($columns:literal);)+) => {
        $(
            #[doc = concat!("The table `", $name, "`.")]
            pub static $constant: Table = Table { name: $name, columns: $columns };
        )+
        /// All tables, each after those it refers to.
        pub static TABLES: &[&Table] = &[$(&$constant),+];
    };
}

tables! {
    AGENT = "agent" ("id, email, name, role, active, keys, created_at, version");
    AREA = "area" ("id, key, name, position, active, hue, version");
    QUEUE = "queue" ("id, key, name, position, active, version");
    CATEGORY = "category" ("id, key, name, position, active, is_public, version");
    TAG = "tag" ("id, key, name");
    MAILBOX = "mailbox" ("id, name, label, enabled, area, source, after_import, unknown_sender, stranger_with_number, join_open_ticket, similarity_percent, domains, created_at, version");
    MAILBOX_ADDRESS = "mailbox_address" ("address, mailbox, position");
    COMPANY = "company" ("id, name, name_key, customer_number, domain, created_at, version, key_rule");
    COMPANY_KEY = "company_key" ("key, company");
    CONTACT = "contact" ("id, name, name_key, company, created_at, version, key_rule");
    CONTACT_PHONE = "contact_phone" ("contact, position, number");
    CONTACT_KEY = "contact_key" ("key, contact");
    CONTACT_ADDRESS = "contact_address" ("address, contact, position");
    TICKET = "ticket" ("id, number, number_key, public_id, subject, subject_key, preview, area, request_type, category, priority, queue, status, stage, assignee, channel, requester_name, requester_email, requester_key, contact, company, tags, unseen, due_at, queue_at, created_at, updated_at, first_read_at, closed_at, last_customer_at, last_agent_at, message_count, version");
    TICKET_TAG = "ticket_tag" ("tag, ticket");
    TICKET_PARTICIPANT = "ticket_participant" ("ticket, address, name, role");
    MESSAGE = "message" ("id, ticket, visibility, direction, channel, author_name, author_email, agent, at, created_at, subject, recipients, segments, attachments, blocked_remote, cleaner");
    MESSAGE_HTML = "message_html" ("message, segment, html");
    MESSAGE_REFERENCE = "message_reference" ("message_id, ticket, message");
    OUTBOUND_MAIL = "outbound_mail" ("id, ticket, message, agent, kind, automatic, account, from_name, from_address, envelope_from, subject, subject_key, message_id, raw_hash, size_bytes, state, created_at, not_before, attempts, warned, perhaps_twice, words, sent_at");
    OUTBOUND_RECIPIENT = "outbound_recipient" ("mail, position, address, domain, name, field, automatic, state, changed_at");
    ATTACHMENT = "attachment" ("id, message, name, name_key, type, size_bytes, sha256, raw_hash, part_path, is_inline, created_at");
    HISTORY_EVENT = "history_event" ("id, ticket, at, kind, agent, detail");
    SEARCH_FILE = "search" ("rowid, stem, word");
    SEARCH_SERVER = "search" ("id, words");
}
