//! Cuts a server's octets into whole responses, without I/O.
//!
//! A response is one line, or several held together by literals: a line that ends in `{n}` is
//! continued by `n` octets and a further line (RFC 3501 section 4.3). Lengths are checked before
//! a single octet of a literal is kept, so a lying server cannot make us allocate.

/// Longest line outside of literals: a `SEARCH` response with more than a million UIDs.
const LINE_BYTES_MAX: usize = 16 * 1024 * 1024;

/// The octets of one connection, cut into responses.
#[derive(Debug)]
pub(super) struct Framing {
    buffer: Vec<u8>,
    /// Where the line begins that is not complete yet, counted in `buffer`.
    line_start: usize,
    /// Up to where that line has been searched for its end.
    searched: usize,
    literal_bytes_max: usize,
}

/// The server announced or sent more than we take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TooLong {
    /// A line without end.
    Line,
    /// A literal of this many octets.
    Literal(u64),
}

impl Framing {
    pub(super) fn new(literal_bytes_max: usize) -> Self {
        Self { buffer: Vec::new(), line_start: 0, searched: 0, literal_bytes_max }
    }

    /// Changes how many octets the literals of one response may have together.
    pub(super) fn allow_literals(&mut self, bytes_max: usize) {
        self.literal_bytes_max = bytes_max;
    }

    /// Takes what was read.
    pub(super) fn push(&mut self, octets: &[u8]) {
        self.buffer.extend_from_slice(octets);
    }

    /// Whether no response has begun.
    pub(super) fn is_empty(&self) -> bool {
        self.buffer.is_empty()
    }

    /// The next whole response with its final CR LF, or `None` if octets are missing.
    pub(super) fn next(&mut self) -> Result<Option<Vec<u8>>, TooLong> {
        while let Some(end) = self.line_end() {
            let Some(length) = self.literal_length(end) else {
                let rest = self.buffer.split_off(end);
                self.line_start = 0;
                self.searched = 0;
                return Ok(Some(std::mem::replace(&mut self.buffer, rest)));
            };
            let literal = usize::try_from(length).ok().filter(|literal| {
                end.saturating_add(*literal)
                    <= self.literal_bytes_max.saturating_add(LINE_BYTES_MAX)
                    && *literal <= self.literal_bytes_max
            });
            let Some(literal) = literal else { return Err(TooLong::Literal(length)) };
            self.line_start = end + literal;
            self.searched = self.line_start;
        }
        match self.buffer.len().saturating_sub(self.line_start) > LINE_BYTES_MAX {
            true => Err(TooLong::Line),
            false => Ok(None),
        }
    }

    /// The offset just after the CR LF of the open line.
    fn line_end(&mut self) -> Option<usize> {
        let open = self.buffer.get(self.searched..)?;
        let found = open.windows(2).position(|pair| pair == b"\r\n");
        match found {
            Some(position) => Some(self.searched + position + 2),
            None => {
                // The last octet may be the CR whose LF comes with the next read.
                self.searched = self.buffer.len().saturating_sub(1).max(self.searched);
                None
            }
        }
    }

    /// The `n` of `{n}` at the end of the line that ends at `end`.
    fn literal_length(&self, end: usize) -> Option<u64> {
        // The text of a status may end in braces by chance, or because a stranger's words are in it.
        if !may_have_literals(&self.buffer) {
            return None;
        }
        let line = self.buffer.get(self.line_start..end)?.strip_suffix(b"}\r\n")?;
        let open = line.iter().rposition(|octet| *octet == b'{')?;
        let digits = std::str::from_utf8(line.get(open + 1..)?).ok()?;
        match digits.bytes().all(|digit| digit.is_ascii_digit()) && !digits.is_empty() {
            // More digits than fit are longer than anything allowed.
            true => Some(digits.parse().unwrap_or(u64::MAX)),
            false => None,
        }
    }
}

fn may_have_literals(response: &[u8]) -> bool {
    let Some(rest) = response.strip_prefix(b"* ") else { return false };
    let word = rest.split(|octet| *octet == b' ' || *octet == b'\r').next().unwrap_or_default();
    !["OK", "NO", "BAD", "BYE", "PREAUTH"]
        .iter()
        .any(|status| word.eq_ignore_ascii_case(status.as_bytes()))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(octets: &[u8], step: usize, literal_max: usize) -> Result<Vec<String>, TooLong> {
        let mut framing = Framing::new(literal_max);
        let mut responses = Vec::new();
        for chunk in octets.chunks(step) {
            framing.push(chunk);
            while let Some(response) = framing.next()? {
                responses.push(String::from_utf8_lossy(&response).into_owned());
            }
        }
        Ok(responses)
    }

    const SESSION: &[u8] =
        b"* OK ready {9}\r\n* 1 FETCH (BODY[] {7}\r\na\r\nb{3} UID 4)\r\nA1 OK done\r\n* 2";

    #[test]
    fn responses_are_whole_however_the_octets_arrive() {
        for step in 1..SESSION.len() {
            assert_eq!(
                cut(SESSION, step, 100).unwrap(),
                [
                    "* OK ready {9}\r\n",
                    "* 1 FETCH (BODY[] {7}\r\na\r\nb{3} UID 4)\r\n",
                    "A1 OK done\r\n"
                ],
                "{step}"
            );
        }
    }

    #[test]
    fn a_literal_over_the_limit_ends_the_connection_before_it_arrives() {
        for (length, problem) in [
            ("101", TooLong::Literal(101)),
            ("4294967296", TooLong::Literal(4_294_967_296)),
            ("99999999999999999999999", TooLong::Literal(u64::MAX)),
        ] {
            let octets = format!("* 1 FETCH (BODY[] {{{length}}}\r\n");
            assert_eq!(cut(octets.as_bytes(), 7, 100), Err(problem));
        }
    }

    #[test]
    fn a_line_without_end_is_given_up() {
        let octets = vec![b'x'; LINE_BYTES_MAX + 1];
        assert_eq!(cut(&octets, 1 << 20, 100), Err(TooLong::Line));
    }

    #[test]
    fn a_line_feed_alone_ends_no_line() {
        assert_eq!(cut(b"* OK a\n* OK b\r\n", 3, 100).unwrap(), ["* OK a\n* OK b\r\n"]);
    }

    proptest! {
        #[test]
        fn no_octets_make_it_panic(octets: Vec<u8>, step in 1_usize..9) {
            prop_assert!(cut(&octets, step, 100).is_ok_and(|cut| cut.len() <= octets.len()) || !octets.is_empty());
        }
    }
}
