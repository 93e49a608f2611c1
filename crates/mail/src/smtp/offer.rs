//! What a server says it can do.

use smtp_proto::{
    EXT_8BIT_MIME, EXT_AUTH, EXT_DSN, EXT_PIPELINING, EXT_SIZE, EXT_SMTP_UTF8, EXT_START_TLS,
    EhloResponse,
};

/// What the server has offered in its answer to EHLO.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// The largest mail it takes, in octets, if it says (RFC 1870).
    pub size_bytes_max: Option<u64>,
    /// It wants to hear the size of a mail (RFC 1870).
    pub size: bool,
    /// Local parts may have characters beyond ASCII (RFC 6531).
    pub smtputf8: bool,
    /// It reports what becomes of a mail as we ask (RFC 3461).
    pub dsn: bool,
    /// Several commands may go at once (RFC 2920).
    pub pipelining: bool,
    /// Mails may have octets beyond ASCII (RFC 6152).
    pub eight_bit_mime: bool,
    pub(super) starttls: bool,
    pub(super) auth: bool,
    /// The mechanisms, as bits of smtp-proto.
    pub(super) mechanisms: u64,
}

impl Offered {
    /// Reads the lines of the answer; the first is the server's name. Each is parsed by itself, so
    /// that a strange one costs nothing but what it may have offered.
    pub(super) fn read(lines: &[Vec<u8>]) -> Self {
        let mut offered = Self::default();
        for line in lines.iter().skip(1) {
            let octets = [b"250-x\n250 ", line.as_slice(), b"\n"].concat();
            let Ok(parsed) = EhloResponse::parse(&mut octets.iter()) else { continue };
            offered.size |= parsed.has_capability(EXT_SIZE);
            offered.smtputf8 |= parsed.has_capability(EXT_SMTP_UTF8);
            offered.dsn |= parsed.has_capability(EXT_DSN);
            offered.pipelining |= parsed.has_capability(EXT_PIPELINING);
            offered.eight_bit_mime |= parsed.has_capability(EXT_8BIT_MIME);
            offered.starttls |= parsed.has_capability(EXT_START_TLS);
            offered.auth |= parsed.has_capability(EXT_AUTH);
            offered.mechanisms |= parsed.auth_mechanisms;
            // No number and 0 both mean that there is no fixed limit.
            let size = u64::try_from(parsed.size).ok().filter(|size| *size > 0);
            offered.size_bytes_max = size.or(offered.size_bytes_max);
        }
        offered
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use smtp_proto::{AUTH_LOGIN, AUTH_PLAIN, AUTH_XOAUTH2};

    use super::*;

    fn read(lines: &[&str]) -> Offered {
        let lines: Vec<Vec<u8>> = lines.iter().map(|line| line.as_bytes().to_vec()).collect();
        Offered::read(&lines)
    }

    #[test]
    fn extensions_are_found_whatever_stands_beside_them() {
        let offered = read(&[
            "mx.example greets you",
            "SIZE 1000",
            "pipelining",
            "FUTURERELEASE nonsense here",
            "",
            "8BITMIME",
            "DSN ",
            "AUTH PLAIN XOAUTH2 SOMETHING-NEW",
            "AUTH=LOGIN",
            "X-ANONYMOUSTLS",
            "SMTPUTF8",
            "STARTTLS",
        ]);
        let mechanisms = AUTH_PLAIN | AUTH_LOGIN | AUTH_XOAUTH2;
        assert_eq!(
            offered,
            Offered {
                size_bytes_max: Some(1000),
                size: true,
                smtputf8: true,
                dsn: true,
                pipelining: true,
                eight_bit_mime: true,
                starttls: true,
                auth: true,
                mechanisms,
            }
        );
        assert_eq!(read(&["PIPELINING"]), Offered::default());
        assert_eq!(read(&[]), Offered::default());
    }

    #[test]
    fn a_size_without_number_is_no_limit() {
        for line in ["SIZE", "SIZE 0", "SIZE many"] {
            let offered = read(&["mx", line]);
            assert_eq!((offered.size, offered.size_bytes_max), (true, None), "{line}");
        }
    }

    proptest! {
        #[test]
        fn no_line_breaks_the_reading(line in proptest::collection::vec(any::<u8>(), 0..80)) {
            Offered::read(&[b"mx".to_vec(), line]);
        }

        #[test]
        fn no_line_of_a_known_word_breaks_the_reading(
            word in "(AUTH|SIZE|DELIVERBY|FUTURERELEASE|MT-PRIORITY|NO-SOLICITING)[ =-]",
            rest in "[ -~\\r]{0,60}",
        ) {
            Offered::read(&[b"mx".to_vec(), format!("{word}{rest}").into_bytes()]);
        }
    }
}
