//! The octets of a mail as they go after DATA (RFC 5321 sections 2.3.8 and 4.5.2).

/// Where in a line the next octet stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    LineStart,
    /// After a CR that has not gone out yet.
    Cr,
    Within,
}

/// Doubles the dot that begins a line and makes every line end CR LF. A bare CR or LF becomes a
/// line end: servers differ in what they take for one, and a second mail could hide behind it
/// ("SMTP smuggling").
#[derive(Debug)]
pub(super) struct Stuffing {
    place: Place,
}

impl Stuffing {
    pub(super) fn new() -> Self {
        Self { place: Place::LineStart }
    }

    /// The next octets of the mail for the wire. How the mail is cut changes nothing.
    pub(super) fn push(&mut self, mut octets: &[u8]) -> Vec<u8> {
        let mut wire = Vec::with_capacity(octets.len() + octets.len() / 32 + 16);
        while let Some((first, rest)) = octets.split_first() {
            if self.place == Place::Cr {
                wire.extend_from_slice(b"\r\n");
                self.place = Place::LineStart;
                if *first == b'\n' {
                    octets = rest;
                    continue;
                }
            }
            if self.place == Place::LineStart && *first == b'.' {
                wire.push(b'.');
            }
            let run = memchr::memchr2(b'\r', b'\n', octets).unwrap_or(octets.len());
            let (line, end) = octets.split_at(run);
            wire.extend_from_slice(line);
            let Some((end, after)) = end.split_first() else {
                self.place = Place::Within;
                return wire;
            };
            octets = after;
            self.place = match *end {
                b'\r' => Place::Cr,
                _ => {
                    wire.extend_from_slice(b"\r\n");
                    Place::LineStart
                }
            };
        }
        wire
    }

    /// What must go before the final dot can stand on a line of its own.
    pub(super) fn end(&self) -> &'static [u8] {
        match self.place {
            Place::LineStart => b"",
            Place::Cr | Place::Within => b"\r\n",
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stuffed(mail: &[u8], piece: usize) -> Vec<u8> {
        let mut stuffing = Stuffing::new();
        let mut wire: Vec<u8> = mail.chunks(piece).flat_map(|chunk| stuffing.push(chunk)).collect();
        wire.extend_from_slice(stuffing.end());
        wire
    }

    #[test]
    fn dots_are_doubled_and_lines_end_in_cr_lf() {
        for (mail, wire) in [
            ("", ""),
            ("a\r\n", "a\r\n"),
            ("a", "a\r\n"),
            (".", "..\r\n"),
            (".\r\n", "..\r\n"),
            ("..\r\n.a\r\nb.\r\n", "...\r\n..a\r\nb.\r\n"),
            ("a\r\n.\r\nMAIL FROM:<x>\r\n", "a\r\n..\r\nMAIL FROM:<x>\r\n"),
            ("a\n.\nb", "a\r\n..\r\nb\r\n"),
            ("a\n.\r\nb", "a\r\n..\r\nb\r\n"),
            ("a\r\n.\rb", "a\r\n..\r\nb\r\n"),
            ("a\r\n.\r", "a\r\n..\r\n"),
            ("a\r.\rb", "a\r\n..\r\nb\r\n"),
            ("a\r\r\nb", "a\r\n\r\nb\r\n"),
            ("\r\n", "\r\n"),
            ("\r", "\r\n"),
            ("\n\n", "\r\n\r\n"),
        ] {
            for piece in 1..=mail.len().max(1) {
                let found = String::from_utf8(stuffed(mail.as_bytes(), piece)).unwrap();
                assert_eq!(found, wire, "{mail:?} in pieces of {piece}");
            }
        }
    }

    proptest! {
        #[test]
        fn no_mail_ends_the_data_or_sends_a_bare_end_of_line(
            mail in "[.\r\na]{0,40}", piece in 1usize..7
        ) {
            let wire = String::from_utf8(stuffed(mail.as_bytes(), piece)).unwrap();
            let after_data = format!("\r\n{wire}");
            prop_assert!(!after_data.contains("\r\n.\r\n"));
            let rest = wire.replace("\r\n", "");
            prop_assert!(!rest.contains(['\r', '\n']), "{wire:?}");
            prop_assert!(wire.is_empty() || wire.ends_with("\r\n"));
        }
    }
}
