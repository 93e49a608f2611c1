//! The header of the mail.

use std::borrow::Cow;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail_builder::headers::HeaderType;
use mail_builder::headers::address::Address as Written;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_builder::headers::text::Text;
use values::{EmailAddress, hex};

use crate::build::clean_text::one_line;
use crate::build::{Address, AutoSubmitted, Outgoing};

type Field<'a> = (Cow<'a, str>, HeaderType<'a>);

/// Of `References` the first is the thread's anchor, and the last are the nearest ancestors.
const REFERENCES_LAST: usize = 20;
/// Octets of an id or of a word that is not encoded: it must fit on a line of 998.
const WORD_BYTES_MAX: usize = 900;
/// Octets of the name of a further field.
const NAME_BYTES_MAX: usize = 60;
/// Octets of text in one encoded word of 75 characters in base64 (RFC 2047 section 2).
const ENCODED_WORD_BYTES_MAX: usize = 45;

/// Fields of which a mail has one and that are written here, or that describe its way.
const RESERVED: [&str; 19] = [
    "auto-submitted",
    "bcc",
    "cc",
    "date",
    "delivered-to",
    "dkim-signature",
    "from",
    "in-reply-to",
    "message-id",
    "mime-version",
    "received",
    "references",
    "reply-to",
    "return-path",
    "sender",
    "subject",
    "to",
    "x-auto-response-suppress",
    "x-original-to",
];

/// All fields but those of the body.
pub(crate) fn fields<'a>(mail: &Outgoing<'a>) -> Vec<Field<'a>> {
    let mut fields = vec![
        field("Date", Raw::new(date(mail.at_millis, mail.offset_seconds)).into()),
        field("From", written(&mail.from).unwrap_or_else(|| group("?")).into()),
    ];
    if let Some(address) = mail.reply_to.as_ref().and_then(written) {
        fields.push(field("Reply-To", address.into()));
    }
    let to = list(mail.to).map_or_else(|| Raw::new("undisclosed-recipients:;").into(), Into::into);
    fields.push(field("To", to));
    fields.extend(list(mail.cc).map(|cc| field("Cc", cc.into())));
    fields.push(field("Subject", unstructured(&one_line(mail.subject))));
    fields.extend(thread(mail));
    if let Some(auto) = mail.auto_submitted {
        let why = match auto {
            AutoSubmitted::Generated => "auto-generated",
            AutoSubmitted::Replied => "auto-replied",
        };
        fields.push(field("Auto-Submitted", Raw::new(why).into()));
        fields.push(field("X-Auto-Response-Suppress", Raw::new("All").into()));
    }
    fields.extend(mail.headers.iter().filter_map(|(name, value)| further(name, value)));
    fields
}

fn field<'a>(name: &'static str, value: HeaderType<'a>) -> Field<'a> {
    (Cow::Borrowed(name), value)
}

/// The id of the mail and of those before it.
fn thread<'a>(mail: &Outgoing<'_>) -> Vec<Field<'a>> {
    let own = message_id(mail.message_id);
    let own = own.unwrap_or_else(|| format!("{}@localhost", hex(&mail.boundary_seed)));
    let mut fields = vec![field("Message-ID", MessageId::new(own).into())];
    let answered = mail.in_reply_to.and_then(message_id);
    let mut ids: Vec<String> = mail.references.iter().filter_map(|id| message_id(id)).collect();
    if let Some(answered) = answered {
        // RFC 5322 section 3.6.4: the list ends with the mail that is answered.
        if !ids.contains(&answered) {
            ids.push(answered.clone());
        }
        fields.push(field("In-Reply-To", MessageId::new(answered).into()));
    }
    if ids.len() > REFERENCES_LAST + 1 {
        ids.drain(1..ids.len() - REFERENCES_LAST);
    }
    if !ids.is_empty() {
        fields.push(field("References", MessageId::from(ids).into()));
    }
    fields
}

/// The id as it may stand between angle brackets. Blanks inside are kept: some programs write them,
/// and the thread breaks when they are gone.
pub(crate) fn message_id(id: &str) -> Option<String> {
    let id = id.trim().trim_start_matches('<').trim_end_matches('>').trim();
    let is_allowed = |byte: u8| matches!(byte, 32..=126) && !b"<>".contains(&byte);
    let is_id = !id.is_empty() && id.len() <= WORD_BYTES_MAX && id.bytes().all(is_allowed);
    is_id.then(|| id.to_string())
}

fn list<'a>(addresses: &[Address<'_>]) -> Option<Written<'a>> {
    let list: Vec<Written<'a>> = addresses.iter().filter_map(written).collect();
    if list.is_empty() { None } else { Some(Written::new_list(list)) }
}

/// The address, or nothing if it is blank and without a name.
///
/// What cannot stand between angle brackets, among them local parts that are not ASCII, becomes
/// the name of an empty group: readable, and nobody's address (RFC 6857).
fn written<'a>(address: &Address<'_>) -> Option<Written<'a>> {
    let name = one_line(address.name).replace("=?", "= ?");
    match mailbox(address.address) {
        Some(mailbox) => {
            let name = Some(name).filter(|name| !name.is_empty() && *name != mailbox);
            Some(Written::new_address(name, mailbox))
        }
        None => {
            let text = one_line(&format!("{name} {}", address.address)).replace("=?", "= ?");
            if text.is_empty() { None } else { Some(group(&text)) }
        }
    }
}

fn group<'a>(name: &str) -> Written<'a> {
    Written::new_group(Some(name.to_string()), Vec::new())
}

/// The address with its local part as it is and its domain in A-labels.
fn mailbox(text: &str) -> Option<String> {
    let parsed = EmailAddress::parse(text).ok()?;
    let (local, _) = text.trim().rsplit_once('@')?;
    if !local.is_ascii() {
        return None;
    }
    let local = match local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        // A quote inside could end the word and begin another address.
        Some(inner) if inner.contains(['"', '\\']) => return None,
        Some(_) => local.to_string(),
        // Some providers give out such addresses; the standard writes them as a quoted word.
        None if local.split('.').any(str::is_empty) => format!("\"{local}\""),
        None => local.to_string(),
    };
    Some(format!("{local}@{}", parsed.domain()))
}

/// Text in a field without a grammar, in encoded words if it needs them.
fn unstructured<'a>(text: &str) -> HeaderType<'a> {
    match text.contains("=?") {
        // What looks like an encoded word must not be read as one.
        true => Raw::new(encoded_words(text)).into(),
        false => Text::new(text.to_string()).into(),
    }
}

/// RFC 2047 section 4.1; no character is divided between two words.
fn encoded_words(text: &str) -> String {
    let mut words: Vec<String> = vec![String::new()];
    for c in text.chars() {
        match words.last_mut() {
            Some(word) if word.len() + c.len_utf8() <= ENCODED_WORD_BYTES_MAX => word.push(c),
            _ => words.push(c.to_string()),
        }
    }
    let encoded = words.iter().map(|word| format!("=?utf-8?B?{}?=", STANDARD.encode(word)));
    encoded.collect::<Vec<_>>().join(" ")
}

/// A further field, if its name is one and nobody else writes it.
fn further<'a>(name: &str, value: &str) -> Option<Field<'a>> {
    let is_name = (1..=NAME_BYTES_MAX).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b':');
    let lower = name.to_ascii_lowercase();
    let is_reserved = RESERVED.contains(&lower.as_str())
        || ["content-", "resent-", "arc-"].iter().any(|start| lower.starts_with(start));
    let value = one_line(value);
    if !is_name || is_reserved || value.is_empty() {
        return None;
    }
    // A field with a grammar, like `List-Unsubscribe`, must not be encoded merely because it is long.
    let is_plain = value.is_ascii() && value.split(' ').all(|word| word.len() <= WORD_BYTES_MAX);
    let value = match is_plain && !value.contains("=?") {
        true => Raw::new(value).into(),
        false => unstructured(&value),
    };
    Some((Cow::Owned(name.to_string()), value))
}

/// RFC 5322 section 3.3. The library writes UTC only.
fn date(at_millis: i64, offset_seconds: i32) -> String {
    const END_OF_9999: i64 = 253_402_300_799;
    let minutes = (offset_seconds / 60).clamp(-1439, 1439);
    let local = at_millis.div_euclid(1000).saturating_add(i64::from(minutes) * 60);
    let text = Date::new(local.clamp(0, END_OF_9999)).to_rfc822();
    let text = text.strip_suffix("+0000").unwrap_or(&text);
    let sign = if minutes < 0 { '-' } else { '+' };
    format!("{text}{sign}{:02}{:02}", minutes.abs() / 60, minutes.abs() % 60)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_date_has_the_clock_of_its_zone() {
        assert_eq!(date(1_795_286_212_999, 3600), "Sat, 21 Nov 2026 19:36:52 +0100");
        assert_eq!(date(1_795_286_212_999, -12_600), "Sat, 21 Nov 2026 15:06:52 -0330");
        assert_eq!(date(0, 0), "Thu, 1 Jan 1970 00:00:00 +0000");
        assert_eq!(date(i64::MAX, i32::MAX), "Fri, 31 Dec 9999 23:59:59 +2359");
        assert_eq!(date(i64::MIN, i32::MIN), "Thu, 1 Jan 1970 00:00:00 -2359");
    }

    #[test]
    fn an_address_holds_one_address() {
        for (text, expected) in [
            ("Ann.Muster@Example.de", Some("Ann.Muster@example.de")),
            ("ann@müller.de", Some("ann@xn--mller-kva.de")),
            ("a..b.@example.jp", Some("\"a..b.\"@example.jp")),
            ("\"a b\"@example.de", Some("\"a b\"@example.de")),
            ("\"x\"@evil.example>, <\"y\"@example.de", None),
            ("jörg@example.de", None),
            ("a@b.de>\r\nBcc: c@d.de", None),
            ("ann@example.de, ben@example.de", None),
            ("", None),
        ] {
            assert_eq!(mailbox(text).as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn encoded_words_are_short_and_divide_no_character() {
        let text = "=?ä".repeat(200);
        let encoded = encoded_words(&text);
        let words: Vec<&str> = encoded.split(' ').collect();
        assert!(words.iter().all(|word| word.len() <= 75), "{encoded}");
        let decoded = words.iter().map(|word| {
            let inner = word.trim_start_matches("=?utf-8?B?").trim_end_matches("?=");
            String::from_utf8(STANDARD.decode(inner).unwrap()).unwrap()
        });
        assert_eq!(decoded.collect::<String>(), text);
    }
}
