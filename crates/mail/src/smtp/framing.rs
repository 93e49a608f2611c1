//! Cuts a server's octets into whole answers, without I/O.
//!
//! An answer is one line, or several with the same code of which only the last has no hyphen
//! after it (RFC 5321 section 4.2.1).

/// Longest line of an answer; RFC 5321 section 4.5.3.1.5 allows 512.
const LINE_BYTES_MAX: usize = 4096;
/// Longest answer.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// A whole answer: its code, and its lines without code, separator and end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) code: u16,
    pub(super) lines: Vec<Vec<u8>>,
}

/// The octets are no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Broken {
    /// A line or an answer has no end.
    TooLong,
    /// This line is none of an answer, or not of this one.
    Line(Vec<u8>),
}

/// The octets of one connection, cut into answers.
#[derive(Debug, Default)]
pub(super) struct Framing {
    buffer: Vec<u8>,
    /// Up to where the buffer has been searched for the end of a line.
    searched: usize,
    begun: Option<Answer>,
    begun_bytes: usize,
}

impl Framing {
    /// Takes what was read.
    pub(super) fn push(&mut self, octets: &[u8]) {
        self.buffer.extend_from_slice(octets);
    }

    /// Whether no answer has begun.
    pub(super) fn is_empty(&self) -> bool {
        self.buffer.is_empty() && self.begun.is_none()
    }

    /// The next whole answer, or `None` if octets are missing. A bare LF ends a line, too: some
    /// servers send no other.
    pub(super) fn next(&mut self) -> Result<Option<Answer>, Broken> {
        while let Some(line) = self.line()? {
            self.begun_bytes += line.len();
            if self.begun_bytes > ANSWER_BYTES_MAX {
                return Err(Broken::TooLong);
            }
            let Some((code, place, text)) = parts(&line) else { return Err(Broken::Line(line)) };
            let begun = self.begun.get_or_insert_with(|| Answer { code, lines: Vec::new() });
            if begun.code != code {
                return Err(Broken::Line(line));
            }
            begun.lines.push(text.to_vec());
            if place == Place::Last {
                self.begun_bytes = 0;
                return Ok(self.begun.take());
            }
        }
        Ok(None)
    }

    /// The next whole line without its end.
    fn line(&mut self) -> Result<Option<Vec<u8>>, Broken> {
        let open = self.buffer.get(self.searched..).unwrap_or_default();
        let Some(position) = memchr::memchr(b'\n', open) else {
            self.searched = self.buffer.len();
            return match self.buffer.len() > LINE_BYTES_MAX {
                true => Err(Broken::TooLong),
                false => Ok(None),
            };
        };
        let mut line: Vec<u8> = self.buffer.drain(..=self.searched + position).collect();
        self.searched = 0;
        line.pop();
        line.pop_if(|octet| *octet == b'\r');
        match line.len() > LINE_BYTES_MAX {
            true => Err(Broken::TooLong),
            false => Ok(Some(line)),
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Last,
    NotLast,
}

/// Code, place in the answer, and text of a line. Nothing but the code may follow on the last.
fn parts(line: &[u8]) -> Option<(u16, Place, &[u8])> {
    let (digits, rest) = line.split_at_checked(3)?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let code: u16 = std::str::from_utf8(digits).ok()?.parse().ok()?;
    if !(200..600).contains(&code) {
        return None;
    }
    match rest {
        [] => Some((code, Place::Last, rest)),
        [b' ', text @ ..] => Some((code, Place::Last, text)),
        [b'-', text @ ..] => Some((code, Place::NotLast, text)),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn answers(octets: &[u8], piece: usize) -> Result<Vec<Answer>, Broken> {
        let mut framing = Framing::default();
        let mut found = Vec::new();
        for octets in octets.chunks(piece) {
            framing.push(octets);
            while let Some(answer) = framing.next()? {
                found.push(answer);
            }
        }
        Ok(found)
    }

    fn answer(code: u16, lines: &[&str]) -> Answer {
        Answer { code, lines: lines.iter().map(|line| line.as_bytes().to_vec()).collect() }
    }

    #[test]
    fn how_the_octets_are_cut_changes_nothing() {
        let octets = b"220 hi\r\n250-a\r\n250-\r\n250 b\r\n250\r\n354 \n421 x\r\n250-begun\r\n";
        let expected = [
            answer(220, &["hi"]),
            answer(250, &["a", "", "b"]),
            answer(250, &[""]),
            answer(354, &[""]),
            answer(421, &["x"]),
        ];
        for piece in 1..octets.len() {
            assert_eq!(answers(octets, piece).unwrap(), expected, "{piece}");
        }
    }

    #[test]
    fn what_is_no_answer_is_told() {
        for line in ["hello", "25", "", "2500 x", "250_x", "150 x", "600 x", "\u{e9}50 x", "-250"] {
            let octets = format!("{line}\r\n");
            let broken = Broken::Line(line.as_bytes().to_vec());
            assert_eq!(answers(octets.as_bytes(), 3), Err(broken), "{line}");
        }
        let mixed = Broken::Line(b"550 no".to_vec());
        assert_eq!(answers(b"250-yes\r\n550 no\r\n", 7), Err(mixed));
    }

    #[test]
    fn answers_without_end_are_given_up() {
        assert_eq!(answers(&[b'2'; 5000], 100), Err(Broken::TooLong));
        let mut long = vec![b'2'; 5000];
        long.push(b'\n');
        assert_eq!(answers(&long, 5001), Err(Broken::TooLong));
        assert_eq!(answers(&b"250-more\r\n".repeat(10_000), 1000), Err(Broken::TooLong));
        assert_eq!(answers(&b"250 done\r\n".repeat(10_000), 1000).unwrap().len(), 10_000);
    }
}
