//! What a server answers.

use std::borrow::Cow;
use std::fmt;

/// Longest text of a server that we keep, in characters.
const TEXT_MAX: usize = 1000;

/// Who an answer is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaidBy {
    /// The server.
    Server,
    /// Us, instead of a command that the server could only have refused.
    Us,
}

/// What an answer means for what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplyClass {
    /// 2yz: done.
    Positive,
    /// 3yz: go on.
    Intermediate,
    /// 4yz: not now; the same may succeed later.
    Transient,
    /// 5yz: no; the same will not succeed later.
    Permanent,
}

/// An answer to one command (RFC 5321 section 4.2).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// 200 to 599.
    pub code: u16,
    /// The enhanced status code (RFC 3463), where there is one of the code's class.
    pub enhanced: Option<[u16; 3]>,
    /// The server's words without the codes: lines joined with `\n`, other control characters
    /// replaced by spaces, at most 1,000 characters. May be empty.
    pub text: String,
    /// Who says it.
    pub said_by: SaidBy,
}

impl Reply {
    /// An answer of ours.
    pub fn ours(code: u16, enhanced: [u16; 3], text: &str) -> Self {
        Self { code, enhanced: Some(enhanced), text: text.to_owned(), said_by: SaidBy::Us }
    }

    /// A server's answer from its lines without code and separator.
    pub(super) fn from_lines(code: u16, lines: &[Cow<'_, str>]) -> Self {
        let enhanced = lines.first().and_then(|line| enhanced(line, code)).map(|(codes, _)| codes);
        let texts: Vec<&str> = lines
            .iter()
            .map(|line| match enhanced_of_the_line(line, code, enhanced) {
                Some(rest) => rest.trim(),
                None => line.trim(),
            })
            .collect();
        Self { code, enhanced, text: readable(&texts.join("\n")), said_by: SaidBy::Server }
    }

    /// What it means for what was asked.
    pub fn class(&self) -> ReplyClass {
        match self.code / 100 {
            2 => ReplyClass::Positive,
            3 => ReplyClass::Intermediate,
            4 => ReplyClass::Transient,
            _ => ReplyClass::Permanent,
        }
    }

    /// Whether what was asked is done (2yz).
    pub fn is_positive(&self) -> bool {
        self.class() == ReplyClass::Positive
    }

    /// Whether the same may succeed later (4yz).
    pub fn is_transient(&self) -> bool {
        self.class() == ReplyClass::Transient
    }

    /// Whether the same will not succeed later (5yz).
    pub fn is_permanent(&self) -> bool {
        self.class() == ReplyClass::Permanent
    }

    /// Whether the server wants a login, or another one (RFC 4954 section 6): the account is to be
    /// mended, the mail is not at fault. Servers say so to MAIL and RCPT, too.
    pub fn wants_login(&self) -> bool {
        matches!(self.code, 530 | 534 | 535 | 538)
    }

    pub(super) fn is_negative(&self) -> bool {
        self.is_transient() || self.is_permanent()
    }
}

impl fmt::Display for Reply {
    /// Code, enhanced code and text on one line.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.code)?;
        if let Some([class, subject, detail]) = self.enhanced {
            write!(formatter, " {class}.{subject}.{detail}")?;
        }
        match self.text.is_empty() {
            true => Ok(()),
            false => write!(formatter, " {}", self.text.replace('\n', " ")),
        }
    }
}

/// The enhanced code a line begins with, if it fits the code, and the rest of the line.
fn enhanced(line: &str, code: u16) -> Option<([u16; 3], &str)> {
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let mut parts = word.split('.').map(|part| match part.len() {
        1..=3 if part.bytes().all(|octet| octet.is_ascii_digit()) => part.parse().ok(),
        _ => None,
    });
    let codes = [parts.next()??, parts.next()??, parts.next()??];
    let fits = matches!(codes, [2 | 4 | 5, _, _]) && codes.first() == Some(&(code / 100));
    (fits && parts.next().is_none()).then_some((codes, rest))
}

fn enhanced_of_the_line(line: &str, code: u16, first: Option<[u16; 3]>) -> Option<&str> {
    enhanced(line, code).filter(|(codes, _)| Some(*codes) == first).map(|(_, rest)| rest)
}

/// A server's words without control characters, cut to what we keep.
pub(super) fn readable(text: &str) -> String {
    let text: String = text
        .chars()
        .map(|c| if c.is_control() && c != '\n' { ' ' } else { c })
        .take(TEXT_MAX)
        .collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(code: u16, lines: &[&str]) -> Reply {
        let lines: Vec<_> = lines.iter().map(|&line| Cow::from(line)).collect();
        Reply::from_lines(code, &lines)
    }

    #[test]
    fn the_enhanced_code_is_taken_from_the_text() {
        for (code, lines, enhanced, text) in [
            (250, &["2.1.5 ok"][..], Some([2, 1, 5]), "ok"),
            (550, &["5.7.509 no DKIM", "5.7.509 at all"], Some([5, 7, 509]), "no DKIM\nat all"),
            (550, &["5.1.1"], Some([5, 1, 1]), ""),
            (550, &["first", "5.1.1 second"], None, "first\n5.1.1 second"),
            (550, &["4.1.1 of another class"], None, "4.1.1 of another class"),
            (250, &["2address.org"], None, "2address.org"),
            (250, &["2.1.1.1 x"], None, "2.1.1.1 x"),
            (250, &["2..1 x"], None, "2..1 x"),
            (250, &["2.1.9999 x"], None, "2.1.9999 x"),
            (250, &[""], None, ""),
        ] {
            let reply = reply(code, lines);
            assert_eq!((reply.enhanced, reply.text.as_str()), (enhanced, text), "{lines:?}");
        }
    }

    #[test]
    fn words_are_readable_and_bounded() {
        let long = "x".repeat(5000);
        assert_eq!(reply(250, &[&long]).text.len(), 1000);
        assert_eq!(reply(250, &["a\u{1b}[31m\tb\0"]).text, "a [31m b");
        assert_eq!(reply(550, &["5.1.1 no", "such user"]).to_string(), "550 5.1.1 no such user");
    }
}
