//! From whom and to whom a mail goes, and the lines that say so.

use super::offer::Offered;
use super::reply::Reply;

/// Longest address in octets; RFC 5321 section 4.5.3.1.3 allows 256.
const ADDRESS_BYTES_MAX: usize = 320;
/// Longest envelope id in characters (RFC 3461 section 4.4).
const ENVELOPE_ID_MAX: usize = 100;

/// The outside of a mail.
#[derive(Clone, Copy, Debug)]
pub struct Envelope<'a> {
    /// The return path; empty for the null sender `<>`.
    pub from: &'a str,
    /// The addresses that get it.
    pub recipients: &'a [String],
    /// How large the mail is.
    pub size_bytes: u64,
    /// What a report of the server about this mail will name (RFC 3461 ENVID). With it, reports of
    /// failure and delay with the header only are asked for, where the server offers that and the
    /// sender is not null.
    pub envelope_id: Option<&'a str>,
    /// Whether the mail has octets beyond ASCII.
    pub eight_bit: bool,
}

/// What the server says to sender and recipients.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnvelopeAnswer {
    /// The answer to the sender if it was not taken. Nothing was asked for the recipients then,
    /// or their answers mean nothing.
    pub refused_sender: Option<Reply>,
    /// One answer for each recipient, in their order; empty if the sender was refused.
    pub recipients: Vec<Reply>,
}

impl EnvelopeAnswer {
    /// How many recipients were taken. With none, there is nothing to send.
    pub fn accepted(&self) -> usize {
        self.recipients.iter().filter(|reply| reply.is_positive()).count()
    }

    pub(super) fn refused(reply: Reply) -> Self {
        Self { refused_sender: Some(reply), recipients: Vec::new() }
    }
}

impl Envelope<'_> {
    /// Why this server can only refuse the mail as a whole, if so.
    pub(super) fn hopeless(&self, offered: &Offered) -> Option<Reply> {
        if offered.size_bytes_max.is_some_and(|max| self.size_bytes > max) {
            return Some(Reply::ours(552, [5, 3, 4], "larger than the server takes"));
        }
        if !self.from.is_empty() && !is_safe(self.from) {
            return Some(Reply::ours(553, [5, 1, 7], "the sender is no address"));
        }
        needs_smtputf8(self.from, offered)
    }

    /// Why this server can only refuse this recipient, if so.
    pub(super) fn hopeless_recipient(&self, address: &str, offered: &Offered) -> Option<Reply> {
        match is_safe(address) {
            true => needs_smtputf8(address, offered),
            false => Some(Reply::ours(553, [5, 1, 3], "the recipient is no address")),
        }
    }

    /// The MAIL command without its end.
    pub(super) fn mail_line(&self, smtputf8: Smtputf8, offered: &Offered) -> String {
        let mut line = format!("MAIL FROM:<{}>", self.from);
        if offered.size {
            line += &format!(" SIZE={}", self.size_bytes);
        }
        if offered.eight_bit_mime && self.eight_bit {
            line += " BODY=8BITMIME";
        }
        if smtputf8 == Smtputf8::Needed {
            line += " SMTPUTF8";
        }
        if let Some(id) = self.report_id(offered) {
            line += &format!(" RET=HDRS ENVID={}", xtext(id));
        }
        line
    }

    /// The RCPT command without its end.
    pub(super) fn recipient_line(&self, address: &str, offered: &Offered) -> String {
        match self.report_id(offered) {
            Some(_) => format!("RCPT TO:<{address}> NOTIFY=FAILURE,DELAY"),
            None => format!("RCPT TO:<{address}>"),
        }
    }

    fn report_id(&self, offered: &Offered) -> Option<&str> {
        let wanted = offered.dsn && !self.from.is_empty();
        self.envelope_id.filter(|id| wanted && (1..=ENVELOPE_ID_MAX).contains(&id.len()))
    }
}

/// Whether the mail can only go with the extension of RFC 6531.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Smtputf8 {
    Needed,
    NotNeeded,
}

fn needs_smtputf8(address: &str, offered: &Offered) -> Option<Reply> {
    let words = "the server takes no addresses beyond ASCII";
    (!address.is_ascii() && !offered.smtputf8).then(|| Reply::ours(553, [5, 6, 7], words))
}

/// Whether an address can stand between `<` and `>` and end nowhere else.
fn is_safe(address: &str) -> bool {
    let (mut quoted, mut escaped) = (false, false);
    for c in address.chars() {
        match c {
            _ if c.is_control() => return false,
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '<' | '>' | '\\' if !quoted => return false,
            _ if c.is_whitespace() && (!quoted || c != ' ') => return false,
            _ => {}
        }
    }
    !quoted && !address.is_empty() && address.len() <= ADDRESS_BYTES_MAX
}

/// RFC 3461 section 4.
fn xtext(text: &str) -> String {
    text.bytes().fold(String::new(), |mut encoded, octet| {
        match octet {
            b'+' | b'=' => encoded += &format!("+{octet:02X}"),
            b'!'..=b'~' => encoded.push(char::from(octet)),
            _ => encoded += &format!("+{octet:02X}"),
        }
        encoded
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn envelope<'a>(from: &'a str, envelope_id: Option<&'a str>) -> Envelope<'a> {
        Envelope { from, recipients: &[], size_bytes: 7, envelope_id, eight_bit: true }
    }

    fn all() -> Offered {
        Offered {
            size: true,
            smtputf8: true,
            dsn: true,
            eight_bit_mime: true,
            ..Offered::default()
        }
    }

    #[test]
    fn parameters_are_said_only_where_they_are_offered() {
        let mail = envelope("a@x.example", Some("z1"));
        let line = mail.mail_line(Smtputf8::Needed, &all());
        assert_eq!(line, "MAIL FROM:<a@x.example> SIZE=7 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=z1");
        let line = mail.recipient_line("b@y.example", &all());
        assert_eq!(line, "RCPT TO:<b@y.example> NOTIFY=FAILURE,DELAY");
        let nothing = Offered::default();
        assert_eq!(mail.mail_line(Smtputf8::NotNeeded, &nothing), "MAIL FROM:<a@x.example>");
        assert_eq!(mail.recipient_line("b@y.example", &nothing), "RCPT TO:<b@y.example>");
    }

    #[test]
    fn no_reports_are_asked_for_where_nobody_could_get_them() {
        let null = envelope("", Some("z1"));
        let line = null.mail_line(Smtputf8::NotNeeded, &all());
        assert_eq!(line, "MAIL FROM:<> SIZE=7 BODY=8BITMIME");
        assert_eq!(null.recipient_line("b@y.example", &all()), "RCPT TO:<b@y.example>");
        assert_eq!(null.hopeless(&all()), None);
    }

    #[test]
    fn an_envelope_id_is_encoded() {
        let mail = envelope("a@x.example", Some("a+b=c d\r\nRSET\u{e4}"));
        let line = mail.mail_line(Smtputf8::NotNeeded, &all());
        assert!(line.ends_with(" ENVID=a+2Bb+3Dc+20d+0D+0ARSET+C3+A4"), "{line}");
        let long = "x".repeat(101);
        let line = envelope("a@x.example", Some(&long)).mail_line(Smtputf8::NotNeeded, &all());
        assert!(!line.contains("ENVID"), "{line}");
    }

    #[test]
    fn an_address_cannot_end_its_command() {
        for address in [
            "a@b.example",
            "\"a b\"@c.example",
            "\"a>b\"@c.example",
            "\"a\\\"> b\"@c.example",
            "j\u{fc}rgen@c.example",
            "postmaster",
        ] {
            assert!(is_safe(address), "{address}");
        }
        let long = "x".repeat(321);
        for address in [
            "",
            "a@b\r\nRSET",
            "a@b\n",
            "a@b> SIZE=1",
            "a b@c.example",
            "<a@b",
            "\"a@b",
            "\"a\r\n\"@b",
            "\"a\\\r\"@b",
            "\"a\\\"@b>",
            "a\\\"> b@c",
            "a\u{a0}b@c",
            "\"a\u{2028}b\"@c",
            "a\u{85}@b",
            "a\0@b",
            &long,
        ] {
            assert!(!is_safe(address), "{address}");
        }
    }

    #[test]
    fn a_mail_larger_than_offered_is_refused_by_us() {
        let small = Offered { size_bytes_max: Some(6), ..all() };
        let reply = envelope("", None).hopeless(&small).unwrap();
        assert_eq!(reply, Reply::ours(552, [5, 3, 4], "larger than the server takes"));
        let exact = Offered { size_bytes_max: Some(7), ..all() };
        assert_eq!(envelope("", None).hopeless(&exact), None);
    }
}
