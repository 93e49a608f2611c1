//! Prefixes that mail programs put in front, and our own tag.

use super::beginning;

/// What a prefix says about the mail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Reply,
    Forward,
    /// A gateway's warning that the mail comes from outside.
    Warning,
}

/// Prefixes of replies, lower case, in the languages of Europe and East Asia.
const REPLIES: [&str; 23] = [
    "re",
    "aw",
    "antw",
    "antwort",
    "sv",
    "ref",
    "res",
    "r",
    "rif",
    "odp",
    "ynt",
    "απ",
    "vá",
    "atb",
    "bls",
    "回复",
    "回覆",
    "答复",
    "返信",
    "отв",
    "ответ",
    "відп",
    "hs",
];

/// Prefixes of forwarded mails. `VS` is a reply in Finnish and a forwarded mail in Norwegian.
const FORWARDS: [&str; 20] = [
    "fw",
    "fwd",
    "wg",
    "tr",
    "i",
    "rv",
    "enc",
    "vs",
    "vl",
    "vb",
    "doorst",
    "pd",
    "ilt",
    "πρθ",
    "továbbítás",
    "转发",
    "轉寄",
    "転送",
    "пересл",
    "weitergeleitet",
];

const WARNINGS: [&str; 5] = ["[extern]", "[external]", "[ext]", "[externe]", "[external email]"];

/// The longest prefix, in bytes, blanks and counters left aside.
const PREFIX_BYTES_MAX: usize = 24;

/// Whether the mail was forwarded: the outermost prefix says so.
pub fn is_forward(subject: &str) -> bool {
    outermost(subject) == Some(Prefix::Forward)
}

/// Whether the mail is a reply: the outermost prefix says so.
pub fn is_reply(subject: &str) -> bool {
    outermost(subject) == Some(Prefix::Reply)
}

/// The subject without prefixes, tags of tickets and warnings in front, blanks collapsed.
pub fn base_subject(subject: &str) -> String {
    let untagged = without_tags(beginning(subject));
    let mut rest = untagged.as_str();
    while let Some((_, after)) = strip_prefix(rest) {
        rest = after;
    }
    rest.to_owned()
}

/// The subject with our own tag once in front: `[#4711] Re: Drucker`. Tags that are already in it
/// go, line breaks and other controls become blanks.
pub fn with_tag(subject: &str, number: &str) -> String {
    let subject = without_tags(subject);
    match subject.is_empty() {
        true => format!("[#{number}]"),
        false => format!("[#{number}] {subject}"),
    }
}

fn outermost(subject: &str) -> Option<Prefix> {
    let untagged = without_tags(beginning(subject));
    let mut rest = untagged.as_str();
    loop {
        match strip_prefix(rest)? {
            (Prefix::Warning, after) => rest = after,
            (prefix, _) => return Some(prefix),
        }
    }
}

/// The subject without `[#…]` and `[ts #…]`, blanks and controls collapsed.
fn without_tags(subject: &str) -> String {
    let mut text = String::with_capacity(subject.len());
    let mut rest = subject;
    while let Some(at) = rest.find('[') {
        let (before, tag) = rest.split_at(at);
        text.push_str(before);
        match tag_length(tag) {
            Some(length) => {
                text.push(' ');
                rest = tag.get(length..).unwrap_or_default();
            }
            None => {
                text.push('[');
                rest = tag.get(1..).unwrap_or_default();
            }
        }
    }
    text.push_str(rest);
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    let words: Vec<_> = words.filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// The length of the tag at the beginning, if there is one.
fn tag_length(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let (inside, _) = inside.split_once(']')?;
    let (word, number) = inside.split_once('#')?;
    let is_word = ["", "ts", "ticket"].contains(&word.trim().to_lowercase().as_str());
    let is_number = |c: char| c.is_alphanumeric() || "-._".contains(c);
    let is_tag = is_word && !number.is_empty() && number.chars().all(is_number);
    is_tag.then_some(inside.len() + 2)
}

/// The prefix at the beginning, and what follows: `Re: `, `AW[2]: `, `RE : `, `Fwd（2）：`.
fn strip_prefix(subject: &str) -> Option<(Prefix, &str)> {
    let lower_start: String =
        subject.chars().take(PREFIX_BYTES_MAX).collect::<String>().to_lowercase();
    if WARNINGS.iter().any(|warning| lower_start.starts_with(warning)) {
        let (_, after) = subject.split_once(']')?;
        return Some((Prefix::Warning, after.trim_start()));
    }
    let colon =
        subject.char_indices().take(PREFIX_BYTES_MAX).find(|(_, c)| matches!(c, ':' | '：'));
    let (at, colon) = colon?;
    let word = without_counter(subject.get(..at)?.trim_end()).to_lowercase();
    let after = subject.get(at + colon.len_utf8()..)?.trim_start();
    if REPLIES.contains(&word.as_str()) {
        return Some((Prefix::Reply, after));
    }
    FORWARDS.contains(&word.as_str()).then_some((Prefix::Forward, after))
}

/// `Re[2]`, `Re(2)`, `Re^2`, `Re 2` and `Re2` without the count.
fn without_counter(word: &str) -> &str {
    let word = word.trim_end_matches([']', ')', '）']);
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    letters.trim_end_matches(['[', '(', '（', '^', ' ', '.'])
}
