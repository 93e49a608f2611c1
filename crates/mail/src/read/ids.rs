//! Message ids (RFC 5322 section 3.6.4) and the return path.

use crate::read::header::Header;
use crate::read::limits::{MESSAGE_ID_BYTES_MAX, REFERENCES_FIRST, REFERENCES_LAST};
use crate::read::mail::ReturnPath;
use crate::read::oddity::{Oddities, OddityCode};
use crate::read::words::to_text;

/// The id of the mail itself.
pub(crate) fn message_id(header: &Header<'_>, oddities: &mut Oddities) -> Option<String> {
    let Some(value) = header.first("message-id") else {
        oddities.add(OddityCode::NoMessageId, "");
        return None;
    };
    let text = to_text(value);
    let id = bracketed(&text).next().map(str::to_string);
    if id.is_none() {
        oddities.add(OddityCode::InvalidMessageId, &text);
    }
    id.or_else(|| bare(&text))
}

/// The ids of `In-Reply-To`; old programs write a sentence around them.
pub(crate) fn in_reply_to(header: &Header<'_>) -> Vec<String> {
    let values = header.all("in-reply-to").map(to_text);
    values.flat_map(|text| ids(&text)).take(REFERENCES_FIRST).collect()
}

/// The ids of `References`, oldest first.
pub(crate) fn references(header: &Header<'_>, oddities: &mut Oddities) -> Vec<String> {
    let values = header.all("references").map(to_text);
    let mut found: Vec<String> = values.flat_map(|text| ids(&text)).collect();
    if found.len() > REFERENCES_FIRST + REFERENCES_LAST {
        oddities.add(OddityCode::ReferencesCut, &found.len().to_string());
        found.drain(REFERENCES_FIRST..found.len() - REFERENCES_LAST);
    }
    found
}

/// The field that the last server wrote.
pub(crate) fn return_path(header: &Header<'_>) -> ReturnPath {
    let Some(value) = header.first("return-path") else { return ReturnPath::Missing };
    let text = to_text(value);
    let address = text.trim().trim_start_matches('<').trim_end_matches('>').trim();
    match address {
        "" => ReturnPath::Null,
        address => ReturnPath::Address(address.chars().take(500).collect()),
    }
}

fn ids(text: &str) -> Vec<String> {
    if text.contains('<') {
        return bracketed(text).map(str::to_string).collect();
    }
    let words = text.split(|c: char| c.is_whitespace() || c == ',');
    words.filter_map(bare).filter(|word| word.contains('@')).collect()
}

/// What stands between angle brackets, if it can be an id.
fn bracketed(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split('<').skip(1).filter_map(|piece| piece.split_once('>'));
    pieces.map(|(id, _)| id.trim()).filter(|id| is_id(id))
}

/// An id whose brackets are missing.
fn bare(text: &str) -> Option<String> {
    let text = text.trim().trim_matches(['<', '>']);
    is_id(text).then(|| text.to_string())
}

fn is_id(text: &str) -> bool {
    let is_allowed = |c: char| !c.is_control() && !"<>".contains(c);
    !text.is_empty() && text.len() <= MESSAGE_ID_BYTES_MAX && text.chars().all(is_allowed)
}
