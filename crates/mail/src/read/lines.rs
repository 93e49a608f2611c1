//! Lines of raw bytes, whatever ends them.

use std::ops::Range;

/// What ends a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineEnds {
    /// LF, with or without CR before it.
    Lf,
    /// CR, LF or both: for mails whose header is ended by CR alone. Not used otherwise, because
    /// some servers write CR CR LF, which would end the header after the first field.
    Cr,
}

impl LineEnds {
    /// What the header of this mail uses.
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let head = bytes.get(..65_536).unwrap_or(bytes);
        let first_lf = memchr::memchr(b'\n', head).unwrap_or(head.len());
        let before = head.get(..first_lf).unwrap_or(head);
        let first_cr = memchr::memchr(b'\r', before).unwrap_or(before.len());
        // "A: b\rC: d": a CR with text behind it before any LF.
        match before.get(first_cr..).is_some_and(|rest| rest.iter().any(|byte| *byte != b'\r')) {
            true => Self::Cr,
            false => Self::Lf,
        }
    }
}

/// One line: where it stands without its end, and where the next one begins.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    pub(crate) text: Range<usize>,
    pub(crate) next: usize,
}

/// The line that begins at `start`, or `None` at `end`.
pub(crate) fn line_at(bytes: &[u8], start: usize, end: usize, ends: LineEnds) -> Option<Line> {
    let rest = bytes.get(start..end).filter(|rest| !rest.is_empty())?;
    let found = match ends {
        LineEnds::Lf => memchr::memchr(b'\n', rest),
        LineEnds::Cr => memchr::memchr2(b'\r', b'\n', rest),
    };
    let Some(length) = found else {
        return Some(Line { text: start..end, next: end });
    };
    let is = |at: usize, byte: u8| rest.get(at) == Some(&byte);
    let is_crlf = is(length, b'\r') && is(length + 1, b'\n');
    let has_cr = is(length, b'\n') && length > 0 && is(length - 1, b'\r');
    Some(Line {
        text: start..start + length - usize::from(has_cr),
        next: start + length + if is_crlf { 2 } else { 1 },
    })
}

/// `text` without blanks and line ends around it.
pub(crate) fn trimmed(text: &[u8]) -> &[u8] {
    text.trim_ascii()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<&str> {
        let (bytes, ends) = (text.as_bytes(), LineEnds::of(text.as_bytes()));
        let mut start = 0;
        let mut found = Vec::new();
        while let Some(line) = line_at(bytes, start, bytes.len(), ends) {
            found.push(text.get(line.text.clone()).unwrap());
            start = line.next;
        }
        found
    }

    #[test]
    fn lines_end_with_crlf_lf_or_in_mails_that_know_nothing_else_cr() {
        assert_eq!(lines("a: b\r\nc\r\n\r\nd"), ["a: b", "c", "", "d"]);
        assert_eq!(lines("a: b\nc\n\nd\n"), ["a: b", "c", "", "d"]);
        assert_eq!(lines("a: b\rc\r\rd\n"), ["a: b", "c", "", "d"]);
        assert_eq!(lines("a: b\r\r\nc\r\r\n"), ["a: b\r", "c\r"]);
    }
}
