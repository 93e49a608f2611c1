//! A notice as a mail.

use mail::build::{Address, AutoSubmitted, Outgoing, build};
use values::{Language, Timestamp};

use super::Kind;
use super::notice::Notice;
use crate::http::encode;
use crate::record::directory::{Directory, Listed, by_id};
use crate::record::message::Message;
use crate::service::mail_ids;
use crate::texts;

/// Letters of the message that a notice shows.
const TEXT_LETTERS_MAX: usize = 4_000;

/// What the mail depends on besides the notice.
pub struct Around<'a> {
    /// The lists.
    pub directory: &'a Directory,
    /// The language of readers who chose none.
    pub language: Language,
    /// The address under which people reach Laufzettel.
    pub base_url: &'a str,
    /// The name of the mail, without angle brackets.
    pub message_id: &'a str,
    /// The mark by which it is known when something sends it back.
    pub loop_mark: &'a str,
    /// The present moment.
    pub now: Timestamp,
    /// Random octets for the boundaries.
    pub seed: [u8; 16],
}

/// The subject with the number (F-KIND-06), and the bytes.
pub fn render(notice: &Notice, around: &Around<'_>) -> (String, Vec<u8>) {
    let language = notice.reader.language.unwrap_or(around.language);
    let ticket = &notice.ticket;
    let subject = format!("[#{}] {}: {}", ticket.number, heading(notice, language), ticket.subject);
    let text = text(notice, around, language);
    let from = Address { name: &notice.from.name, address: &notice.from.address };
    let to = [Address { name: &notice.reader.name, address: notice.address.as_str() }];
    let bytes = build(&Outgoing {
        from,
        reply_to: None,
        to: &to,
        cc: &[],
        subject: &subject,
        at_millis: around.now.millis(),
        offset_seconds: 0,
        message_id: around.message_id,
        in_reply_to: None,
        references: &[],
        boundary_seed: around.seed,
        text: &text,
        html: None,
        parts: &[],
        auto_submitted: Some(AutoSubmitted::Generated),
        headers: &[(mail_ids::LOOP_HEADER, around.loop_mark)],
    });
    (subject, bytes)
}

fn heading(notice: &Notice, language: Language) -> &'static str {
    let words = texts::notify(language);
    match notice.kind {
        Kind::Assigned if is_theirs(notice) => words.assigned(),
        Kind::Assigned => words.passed_on(),
        Kind::Answered => words.answered(),
        Kind::Failed => words.failed(),
    }
}

fn is_theirs(notice: &Notice) -> bool {
    notice.ticket.assignee == Some(notice.reader.agent)
}

fn text(notice: &Notice, around: &Around<'_>, language: Language) -> String {
    let words = texts::notify(language);
    let ticket = &notice.ticket;
    let by = notice.by.as_deref().unwrap_or("Laufzettel");
    let first = match notice.kind {
        Kind::Assigned if is_theirs(notice) => words.assigned_by(by),
        Kind::Assigned => words.passed_on_by(by),
        Kind::Answered => words.answered_by(&author(notice)),
        Kind::Failed => words.failed_text().to_owned(),
    };
    let mut lines = vec![first, String::new()];
    lines.push(format!("{} {}", ticket.number, ticket.subject));
    lines.extend(properties(notice, around.directory, language));
    if let Some(said) = notice.words.as_deref().filter(|said| !said.is_empty()) {
        lines.extend([String::new(), words.server_said(said)]);
    }
    if let Some(message) = &notice.message {
        lines.extend([String::new(), words.wrote(&message.author_name)]);
        lines.extend(excerpt(message).lines().map(|line| format!("> {line}")));
    }
    lines.extend([
        String::new(),
        format!("{}/tickets/{}", around.base_url, encode(&ticket.number)),
        String::new(),
        words.answer_on_the_page().to_owned(),
    ]);
    lines.join("\n")
}

fn author(notice: &Notice) -> String {
    let author = notice.message.as_ref().map(|message| message.author_name.clone());
    author.unwrap_or_else(|| notice.ticket.requester_name.clone())
}

/// What the ticket is about, one line each.
fn properties(notice: &Notice, directory: &Directory, language: Language) -> Vec<String> {
    let (common, ticket) = (texts::common(language), &notice.ticket);
    let area = by_id(&directory.areas, ticket.area.number());
    let kind = ticket.request_type.and_then(|id| by_id(&directory.request_types, id.number()));
    let category = ticket.category.and_then(|id| by_id(&directory.categories, id.number()));
    let priority = by_id(&directory.priorities, ticket.priority.number());
    let customer = ticket.company_name.clone().unwrap_or_else(|| ticket.requester_name.clone());
    [
        (common.area(), area.map(|entry| entry.name(language).to_owned())),
        (common.request_type(), kind.map(|entry| entry.name(language).to_owned())),
        (common.category(), category.map(|entry| entry.name(language).to_owned())),
        (common.priority(), priority.map(|entry| entry.name(language).to_owned())),
        (common.tags(), Some(ticket.tag_names().join(", "))),
        (common.contact(), Some(customer)),
    ]
    .into_iter()
    .filter_map(|(label, value)| {
        value.filter(|value| !value.is_empty()).map(|value| format!("{label}: {value}"))
    })
    .collect()
}

/// The beginning of the new text of a message.
pub fn excerpt(message: &Message) -> String {
    let text = new_text(message);
    match text.char_indices().nth(TEXT_LETTERS_MAX) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default()),
        None => text,
    }
}

/// The new text of a message, without what it quotes.
fn new_text(message: &Message) -> String {
    let segments = message.segments();
    let new = segments.iter().filter(|segment| segment.kind == "new");
    new.map(|segment| segment.text.trim()).collect::<Vec<_>>().join("\n\n")
}
