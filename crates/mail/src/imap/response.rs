//! Reads one whole response.
//!
//! Status lines and capabilities are read here; everything else by imap-proto, behind two guards:
//! it never sees a status line (it panics on some) nor deep nesting (it recurses).

use imap_proto::Response;

use super::problem::{ImapProblem, readable};

/// Deepest nesting of parentheses that is read. What we ask for needs two.
const NESTING_MAX: usize = 32;

/// One response of the server.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Incoming<'a> {
    /// `+`: the server waits for more of our command.
    Continue,
    /// The end of our command.
    Done(StatusLine),
    /// `* OK`, `* NO`, `* BAD`, `* BYE` or `* PREAUTH`.
    Status(StatusLine),
    /// What the server can do, in upper case.
    Capabilities(Vec<String>),
    /// Data.
    Data(Response<'a>),
    /// Something we do not need.
    Other,
}

/// How a status line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Ok,
    No,
    Bad,
    Bye,
    Preauth,
}

/// A status and the server's words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct StatusLine {
    pub(super) status: Status,
    /// One line, with the code in brackets if there is one.
    pub(super) words: String,
}

impl StatusLine {
    /// The words inside of `[…]` at the beginning: `["UIDNEXT", "7"]`.
    pub(super) fn code(&self) -> Vec<&str> {
        let code = self.words.strip_prefix('[').and_then(|rest| rest.split_once(']'));
        code.map_or_else(Vec::new, |(code, _)| code.split(' ').collect())
    }

    /// Whether the code begins with this word.
    pub(super) fn has_code(&self, word: &str) -> bool {
        self.code().first().is_some_and(|first| first.eq_ignore_ascii_case(word))
    }

    /// The number that follows this word in the code.
    pub(super) fn number(&self, word: &str) -> Option<u32> {
        if !self.has_code(word) {
            return None;
        }
        self.code().get(1)?.parse().ok()
    }
}

/// Reads a response; `tag` is that of the running command.
///
/// Data that we could not read is passed over, unless leaving it out would change an answer:
/// mails and search results must be complete.
pub(super) fn read<'a>(response: &'a [u8], tag: &str) -> Result<Incoming<'a>, ImapProblem> {
    if let Some(rest) = response.strip_prefix(b"* ") {
        return read_untagged(response, rest);
    }
    if response.first() == Some(&b'+') {
        return Ok(Incoming::Continue);
    }
    let rest = response.strip_prefix(tag.as_bytes()).and_then(|rest| rest.strip_prefix(b" "));
    match rest.and_then(read_status) {
        Some(line) if !matches!(line.status, Status::Bye | Status::Preauth) => {
            Ok(Incoming::Done(line))
        }
        _ => Err(unreadable(response)),
    }
}

fn read_untagged<'a>(response: &'a [u8], rest: &'a [u8]) -> Result<Incoming<'a>, ImapProblem> {
    if let Some(line) = read_status(rest) {
        return Ok(Incoming::Status(line));
    }
    let words: Vec<&[u8]> = rest.split(|octet| b" \r".contains(octet)).take(2).collect();
    let is = |index: usize, name: &str| {
        words.get(index).is_some_and(|word: &&[u8]| word.eq_ignore_ascii_case(name.as_bytes()))
    };
    if is(0, "CAPABILITY") {
        let text = readable_whole(rest).to_ascii_uppercase();
        return Ok(Incoming::Capabilities(text.split(' ').skip(1).map(str::to_owned).collect()));
    }
    let is_needed = is(0, "SEARCH") || is(0, "ESEARCH") || is(1, "FETCH");
    let parsed = match nesting_is_harmless(response) {
        true => Response::parse(response).ok(),
        false => None,
    };
    match parsed {
        Some((b"", data)) => Ok(Incoming::Data(data)),
        _ if is_needed => Err(unreadable(response)),
        _ => Ok(Incoming::Other),
    }
}

fn read_status(rest: &[u8]) -> Option<StatusLine> {
    let line = rest.strip_suffix(b"\r\n")?;
    let (word, words) = match line.iter().position(|octet| *octet == b' ') {
        Some(blank) => (line.get(..blank)?, line.get(blank + 1..)?),
        None => (line, &b""[..]),
    };
    let status = match word.to_ascii_uppercase().as_slice() {
        b"OK" => Status::Ok,
        b"NO" => Status::No,
        b"BAD" => Status::Bad,
        b"BYE" => Status::Bye,
        b"PREAUTH" => Status::Preauth,
        _ => return None,
    };
    Some(StatusLine { status, words: readable(words) })
}

fn readable_whole(octets: &[u8]) -> String {
    String::from_utf8_lossy(octets).trim_end().to_owned()
}

fn unreadable(response: &[u8]) -> ImapProblem {
    let begin = response.get(..80).unwrap_or(response);
    ImapProblem::broken(format!("not understood: {}", readable(begin)))
}

/// Whether the parentheses outside of literals nest no deeper than what the parser's recursion
/// can bear.
fn nesting_is_harmless(response: &[u8]) -> bool {
    let mut depth = 0_usize;
    let mut rest = response;
    while let Some((octet, after)) = rest.split_first() {
        rest = after;
        match octet {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            b'{' => rest = after_literal(after).unwrap_or(after),
            _ => {}
        }
        if depth > NESTING_MAX {
            return false;
        }
    }
    true
}

fn after_literal(after_brace: &[u8]) -> Option<&[u8]> {
    let close = after_brace.iter().take(12).position(|octet| *octet == b'}')?;
    let length: usize = std::str::from_utf8(after_brace.get(..close)?).ok()?.parse().ok()?;
    after_brace.get(close + 1..)?.strip_prefix(b"\r\n")?.get(length..)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use imap_proto::MailboxDatum;
    use proptest::prelude::*;

    fn line(status: Status, words: &str) -> StatusLine {
        StatusLine { status, words: words.to_owned() }
    }

    #[test]
    fn a_command_ends_with_its_own_tag_only() {
        let done = read(b"A7 NO [TRYCREATE] gibt es nicht\r\n", "A7").unwrap();
        assert_eq!(done, Incoming::Done(line(Status::No, "[TRYCREATE] gibt es nicht")));
        assert_eq!(read(b"A7 OK\r\n", "A7").unwrap(), Incoming::Done(line(Status::Ok, "")));
        for broken in
            ["A6 OK done\r\n", "A77 OK\r\n", "A7 BYE\r\n", "A7 MAYBE\r\n", "\r\n", "X)\r\n"]
        {
            assert_eq!(read(broken.as_bytes(), "A7").unwrap_err().code(), "protocol_broken");
        }
    }

    #[test]
    fn codes_and_their_numbers_are_read() {
        let line = line(Status::Ok, "[UIDVALIDITY 42] UIDs valid");
        assert!(line.has_code("uidvalidity"));
        assert_eq!(line.number("UIDVALIDITY"), Some(42));
        assert_eq!(line.number("UIDNEXT"), None);
    }

    #[test]
    fn words_that_make_the_parser_panic_are_only_words() {
        let status = read("* OK [ALERT]ü\r\n".as_bytes(), "A1").unwrap();
        assert_eq!(status, Incoming::Status(line(Status::Ok, "[ALERT]ü")));
        assert_eq!(read("+ [ALERT]ü\r\n".as_bytes(), "A1").unwrap(), Incoming::Continue);
    }

    #[test]
    fn data_is_read_and_what_is_not_needed_is_passed_over() {
        let exists = Response::MailboxData(MailboxDatum::Exists(3));
        assert_eq!(read(b"* 3 EXISTS\r\n", "A1").unwrap(), Incoming::Data(exists));
        assert_eq!(read(b"* XYZZY ((\r\n", "A1").unwrap(), Incoming::Other);
        let capabilities = vec!["IMAP4REV1".to_owned(), "MOVE".to_owned()];
        assert_eq!(
            read(b"* CAPABILITY IMAP4rev1 move\r\n", "A1").unwrap(),
            Incoming::Capabilities(capabilities)
        );
    }

    #[test]
    fn a_search_or_fetch_that_cannot_be_read_is_a_problem() {
        for response in ["* SEARCH 1 2 x\r\n", "* ESEARCH UID ALL 1:3\r\n", "* 1 FETCH (UID 7\r\n"]
        {
            assert_eq!(
                read(response.as_bytes(), "A1").unwrap_err().code(),
                "protocol_broken",
                "{response}"
            );
        }
    }

    #[test]
    fn deep_nesting_does_not_overflow_the_stack() {
        let deep = format!("* 1 FETCH (BODYSTRUCTURE {}\r\n", "(".repeat(1_000_000));
        assert_eq!(read(deep.as_bytes(), "A1").unwrap_err().code(), "protocol_broken");
        let literal = format!("* 1 FETCH (BODY[] {{50}}\r\n{} UID 1)\r\n", "(".repeat(50));
        assert!(matches!(read(literal.as_bytes(), "A1"), Ok(Incoming::Data(_))));
    }

    proptest! {
        #[test]
        fn no_response_makes_it_panic(octets: Vec<u8>, begin in "(\\* |\\+ |A1 |\\* 1 FETCH \\(|\\* LIST )?") {
            let mut response = begin.into_bytes();
            response.extend(octets);
            response.extend(b"\r\n");
            match read(&response, "A1") {
                Ok(_) => {}
                Err(problem) => prop_assert_eq!(problem.code(), "protocol_broken"),
            }
        }
    }
}
