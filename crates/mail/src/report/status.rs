//! `message/delivery-status` (RFC 3464 section 2).

use values::EmailAddress;

use crate::read::{Header, LineEnds, Oddities, read_header, unstructured};
use crate::report::words::{shortened, status_code};
use crate::report::{RECIPIENTS_MAX, ReportAction, ReportedRecipient};

/// The groups of fields, one for each recipient; the first group is about the mail as a whole, but
/// some servers leave it out or the blank line behind it.
pub(super) fn recipients(content: &[u8]) -> Vec<ReportedRecipient> {
    let ends = LineEnds::of(content);
    let mut found = Vec::new();
    let mut position = 0;
    while position < content.len() && found.len() < RECIPIENTS_MAX {
        let header = read_header(content, position..content.len(), ends, &mut Oddities::default());
        found.extend(recipient(&header));
        if header.body <= position {
            break;
        }
        position = header.body;
    }
    found
}

/// What the sender had named the mail, decoded (RFC 3464 section 2.2.1, RFC 3461 section 4).
pub(super) fn envelope_id(content: &[u8]) -> Option<String> {
    let ends = LineEnds::of(content);
    let header = read_header(content, 0..content.len(), ends, &mut Oddities::default());
    let value = header.first("original-envelope-id").map(unstructured)?;
    let id = plain(value.trim());
    (!id.is_empty()).then_some(id)
}

/// `+2B` is a character by its number.
fn plain(xtext: &str) -> String {
    let mut pieces = xtext.split('+');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let code = piece.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match code {
            Some(code) => {
                text.push(char::from(code));
                text.push_str(piece.get(2..).unwrap_or_default());
            }
            None => {
                text.push('+');
                text.push_str(piece);
            }
        }
    }
    text
}

fn recipient(header: &Header<'_>) -> Option<ReportedRecipient> {
    let original = header.first("original-recipient").map(address_of);
    let last = header.first("final-recipient").map(address_of);
    let is_address = |raw: &&String| EmailAddress::parse(raw).is_ok();
    let raw = original.as_ref().filter(is_address).or(last.as_ref()).or(original.as_ref())?.clone();
    let diagnostic = header.first("diagnostic-code").map(diagnostic_of);
    let status = header.first("status").map(unstructured).as_deref().and_then(status_code);
    let status = status.or_else(|| diagnostic.as_deref().and_then(status_code));
    let action = header.first("action").map(unstructured).unwrap_or_default().to_ascii_lowercase();
    let is_temporary = status.as_deref().is_some_and(|code| code.starts_with('4'));
    let action = match action.split([' ', ';']).next().unwrap_or_default() {
        "failed" | "failure" => ReportAction::Failed,
        "delayed" => ReportAction::Delayed,
        "delivered" => ReportAction::Delivered,
        "relayed" => ReportAction::Relayed,
        "expanded" => ReportAction::Expanded,
        _ if is_temporary => ReportAction::Delayed,
        _ => ReportAction::Failed,
    };
    let address = EmailAddress::parse(&raw).ok();
    Some(ReportedRecipient { address, address_raw: raw, action, status, diagnostic })
}

/// The address behind its type: `rfc822; ann@example.de`.
fn address_of(value: &[u8]) -> String {
    let text = unstructured(value);
    let address = text.split_once(';').map_or(text.as_str(), |(_, address)| address);
    shortened(address.trim().trim_matches(['<', '>', '"', ' ']), 300)
}

/// The words behind their type: `smtp; 550 no such user`.
fn diagnostic_of(value: &[u8]) -> String {
    let text = unstructured(value);
    match text.split_once(';') {
        Some((kind, words)) if !kind.trim().contains(' ') => shortened(words.trim(), 500),
        _ => shortened(&text, 500),
    }
}
