//! The octets of a mail between DATA and its end (RFC 5321 section 4.1.1.4).

/// The buffer grows by at least this much.
const GROWTH_MIN: usize = 64 * 1024;

/// Where in a line the next octet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// After CR LF, or after the DATA command itself.
    LineStart,
    /// After a dot that began a line; it is left out.
    Dot,
    /// After such a dot and a CR, which is held back.
    DotCr,
    /// After a CR within a line.
    Cr,
    /// Anywhere else.
    Within,
}

/// Collects one mail. Only CR LF . CR LF ends it: anything looser would let a sender hide a second
/// mail in the first ("SMTP smuggling"). Bare CR and LF arrive as they are.
#[derive(Debug)]
pub(super) struct Data {
    bytes: Vec<u8>,
    place: Place,
    bytes_max: usize,
    kept: Kept,
}

/// Whether the octets are kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// All so far.
    All,
    /// The mail is larger than the limit; its octets are thrown away up to its end.
    TooLarge,
    /// There was no memory; likewise.
    NoMemory,
}

impl Data {
    pub(super) fn new(bytes_max: usize) -> Self {
        Self { bytes: Vec::new(), place: Place::LineStart, bytes_max, kept: Kept::All }
    }

    /// Takes octets; returns how many belong to the mail if its end is among them.
    pub(super) fn take(&mut self, octets: &[u8]) -> Option<usize> {
        let mut taken = 0;
        while let Some(rest) = octets.get(taken..).filter(|rest| !rest.is_empty()) {
            if self.place == Place::Within {
                let run = rest.iter().position(|octet| *octet == b'\r').unwrap_or(rest.len());
                self.keep(rest.get(..run).unwrap_or_default());
                taken += run;
                if run == rest.len() {
                    break;
                }
            }
            let Some(octet) = octets.get(taken) else { break };
            taken += 1;
            if self.step(*octet) {
                return Some(taken);
            }
        }
        None
    }

    /// Takes one octet; true if the mail is over.
    fn step(&mut self, octet: u8) -> bool {
        self.place = match (self.place, octet) {
            (Place::LineStart, b'.') => Place::Dot,
            (Place::Dot, b'\r') => Place::DotCr,
            (Place::DotCr, b'\n') => return true,
            (place, octet) => {
                if place == Place::DotCr {
                    self.keep(b"\r");
                }
                self.keep(&[octet]);
                match (place, octet) {
                    (Place::Cr, b'\n') => Place::LineStart,
                    (_, b'\r') => Place::Cr,
                    _ => Place::Within,
                }
            }
        };
        false
    }

    fn keep(&mut self, octets: &[u8]) {
        if self.kept != Kept::All {
            return;
        }
        let length = self.bytes.len() + octets.len();
        if length > self.bytes_max {
            self.forget(Kept::TooLarge);
            return;
        }
        if length > self.bytes.capacity() {
            // Twice as much as before, and never more than the limit.
            let target =
                (self.bytes.capacity() * 2).max(GROWTH_MIN).max(length).min(self.bytes_max);
            if self.bytes.try_reserve_exact(target - self.bytes.len()).is_err() {
                self.forget(Kept::NoMemory);
                return;
            }
        }
        self.bytes.extend_from_slice(octets);
    }

    /// Throws the octets away, those that are still to come as well.
    pub(super) fn forget(&mut self, why: Kept) {
        self.bytes = Vec::new();
        self.kept = why;
    }

    /// How much memory the mail takes.
    pub(super) fn held(&self) -> usize {
        self.bytes.capacity()
    }

    /// The mail, or why there is none.
    pub(super) fn finish(self) -> Result<Vec<u8>, Kept> {
        match self.kept {
            Kept::All => Ok(self.bytes),
            why => Err(why),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The mail and what is left of the octets after it.
    fn mail(octets: &str) -> Option<(String, String)> {
        let mut data = Data::new(1000);
        let end = data.take(octets.as_bytes())?;
        let rest = octets.as_bytes().get(end..).unwrap();
        let bytes = data.finish().unwrap();
        Some((String::from_utf8(bytes).unwrap(), String::from_utf8(rest.to_vec()).unwrap()))
    }

    fn some(mail: &str, rest: &str) -> Option<(String, String)> {
        Some((mail.to_owned(), rest.to_owned()))
    }

    #[test]
    fn a_mail_ends_at_a_dot_alone_on_its_line() {
        assert_eq!(mail("a\r\nb\r\n.\r\nQUIT\r\n"), some("a\r\nb\r\n", "QUIT\r\n"));
        assert_eq!(mail(".\r\n"), some("", ""));
        assert_eq!(mail("\r\n.\r\n"), some("\r\n", ""));
    }

    #[test]
    fn a_doubled_dot_loses_one() {
        assert_eq!(mail("..\r\n...x\r\n.\r\n"), some(".\r\n..x\r\n", ""));
    }

    #[test]
    fn nothing_looser_ends_a_mail_and_its_octets_arrive_unchanged() {
        for smuggled in
            ["\n.\n", "\n.\r\n", "\r.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r\n.\r\r\n"]
        {
            let body = format!("a{smuggled}MAIL FROM:<b@example.de>\r\n");
            // A dot that begins a line after CR LF is doubled by every sender that means it.
            let sent = body.replace("\r\n.", "\r\n..");
            assert_eq!(mail(&format!("{sent}.\r\n")), some(&body, ""), "{smuggled:?}");
            assert_eq!(mail(&format!("a{smuggled}x\r\n")), None, "{smuggled:?}");
        }
    }

    #[test]
    fn a_mail_of_exactly_the_limit_is_kept_and_one_octet_more_is_not() {
        let take = |length: usize| {
            let mut data = Data::new(1000);
            data.take(&vec![b'x'; length - 2]);
            assert_eq!(data.take(b"\r\n.\r\n"), Some(5));
            assert!(data.held() <= 1000);
            data.finish().map(|bytes| bytes.len())
        };
        assert_eq!(take(1000), Ok(1000));
        assert_eq!(take(1001), Err(Kept::TooLarge));
    }

    #[test]
    fn the_buffer_never_grows_beyond_the_limit() {
        let mut data = Data::new(300_000);
        for _ in 0..100 {
            data.take(&[b'x'; 2_999]);
            assert!(data.held() <= 300_000);
        }
        assert_eq!(data.finish().map(|bytes| bytes.len()), Ok(299_900));
    }

    proptest! {
        #[test]
        fn a_mail_arrives_as_sent_however_it_is_cut(
            lines in prop::collection::vec("[.a\r\n]{0,6}", 0..8),
            step in 1_usize..5,
        ) {
            let body: String = lines.iter().map(|line| format!("{line}\r\n")).collect();
            let stuffed = format!("\r\n{body}").replace("\r\n.", "\r\n..");
            let sent = format!("{}.\r\n", stuffed.strip_prefix("\r\n").unwrap());
            let mut data = Data::new(1000);
            let mut left = sent.as_bytes();
            let mut is_over = false;
            while !left.is_empty() {
                prop_assert!(!is_over);
                let (chunk, rest) = left.split_at(step.min(left.len()));
                let end = data.take(chunk);
                is_over = end.is_some();
                prop_assert!(!is_over || end == Some(chunk.len()) && rest.is_empty());
                left = rest;
            }
            prop_assert!(is_over);
            prop_assert_eq!(data.finish().unwrap(), body.into_bytes());
        }
    }
}
