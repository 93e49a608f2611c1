//! Words of reports: codes, addresses, ids.

use values::EmailAddress;

use crate::read::Mail;
use crate::text::text_from_html;

/// Characters of a report that are looked at.
const TEXT_CHARS_MAX: usize = 50_000;

/// The text of a report, from whatever part it has.
pub(super) fn report_text(mail: &Mail) -> String {
    let text = match (&mail.text, &mail.html) {
        (Some(text), _) => shortened(text, TEXT_CHARS_MAX),
        (None, Some(html)) => text_from_html(&shortened(html, TEXT_CHARS_MAX)),
        (None, None) => String::new(),
    };
    text.replace('\u{a0}', " ")
}

pub(super) fn shortened(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

/// The first code like `5.1.1` in a text (RFC 3463), or one made of a reply like `550`.
pub(super) fn status_code(text: &str) -> Option<String> {
    let words = || text.split(|c: char| !c.is_ascii_digit() && c != '.');
    let enhanced = words().map(|word| word.trim_matches('.')).find(|word| {
        let numbers: Vec<&str> = word.split('.').collect();
        let is_number = |n: &&str| !n.is_empty() && n.len() <= 3;
        numbers.len() == 3
            && numbers.iter().all(is_number)
            && matches!(numbers.first(), Some(&("2" | "4" | "5")))
    });
    let basic = || {
        let mut replies = words().filter(|word| word.len() == 3 && !word.contains('.'));
        let reply = replies.find(|word| word.starts_with(['4', '5']))?;
        Some(if reply.starts_with('4') { "4.0.0".to_string() } else { "5.0.0".to_string() })
    };
    enhanced.map(str::to_string).or_else(basic)
}

/// Whether the words say that a mailbox is full.
pub(super) fn is_full(text: &str) -> bool {
    let text = text.to_lowercase();
    let words = [
        "mailbox full",
        "mailbox is full",
        "quota",
        "over quota",
        "postfach voll",
        "postfach ist voll",
        "speicherplatz",
        "insufficient storage",
        "mailbox size limit",
        "account is full",
        "5.2.2",
    ];
    words.iter().any(|word| text.contains(word))
}

/// The addresses of a line, in its order.
pub(super) fn addresses(line: &str) -> Vec<EmailAddress> {
    let is_outside = |c: char| c.is_whitespace() || "<>()[]\"',;:|".contains(c);
    let words = line.split(is_outside).filter(|word| word.contains('@'));
    words
        .map(|word| word.trim_matches(['.', '*', '\u{201c}', '\u{201d}', '\u{201e}']))
        .map(|word| {
            word.get(..5)
                .filter(|kind| kind.eq_ignore_ascii_case("smtp="))
                .map_or(word, |_| word.get(5..).unwrap_or_default())
        })
        .filter_map(|word| EmailAddress::parse(word).ok())
        .filter(|address| address.domain().contains('.'))
        .take(50)
        .collect()
}

/// What stands between the first angle brackets.
pub(super) fn bracketed(text: &str) -> Option<String> {
    let (_, behind) = text.split_once('<')?;
    let (id, _) = behind.split_once('>')?;
    let is_id = !id.is_empty() && id.len() < 1_000 && !id.contains(char::is_control);
    is_id.then(|| id.trim().to_string())
}

/// The id of the mail that a report quotes in its text.
pub(super) fn message_id_in(text: &str) -> Option<String> {
    text.lines().find_map(|line| {
        let line = line.trim_start_matches(['>', ' ', '\t']);
        let name = line.get(..11)?;
        if name.eq_ignore_ascii_case("message-id:") { bracketed(line) } else { None }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_in_sentences() {
        assert_eq!(status_code("550 5.1.1 <a@b.de>: no such user").as_deref(), Some("5.1.1"));
        assert_eq!(status_code("said: 452 try later").as_deref(), Some("4.0.0"));
        assert_eq!(status_code("host 10.5.1.1 said 550-no").as_deref(), Some("5.0.0"));
        assert_eq!(status_code("nothing").as_deref(), None);
    }

    #[test]
    fn addresses_are_found_in_lines() {
        let found = addresses("  <ann@example.de>: ben@example.de, root@localhost");
        let found: Vec<_> = found.iter().map(EmailAddress::as_str).collect();
        assert_eq!(found, ["ann@example.de", "ben@example.de"]);
    }
}
