//! Addresses of persons and mailboxes.

use std::fmt;

/// An address as it is compared and stored: trimmed, lower case, the domain as A-labels
/// (RFC 5321 section 4.1.2, RFC 5890). The local part may hold other letters (RFC 6531).
///
/// Lower case although RFC 5321 lets a server tell `Ann@` from `ann@`: none does, people do not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EmailAddress(String);

/// The text is not an address of the form `local@domain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidEmailAddress;

/// Longest address in a path (RFC 5321 section 4.5.3.1.3, without the angle brackets).
const LENGTH_MAX: usize = 254;

impl EmailAddress {
    /// Reads an address without a name: `ann@example.de`.
    pub fn parse(text: &str) -> Result<Self, InvalidEmailAddress> {
        let (local, domain) = text.trim().rsplit_once('@').ok_or(InvalidEmailAddress)?;
        if !is_local_part(local) {
            return Err(InvalidEmailAddress);
        }
        let address = format!("{}@{}", local.to_lowercase(), ascii_domain(domain)?);
        match address.len() <= LENGTH_MAX {
            true => Ok(Self(address)),
            false => Err(InvalidEmailAddress),
        }
    }

    /// The whole address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the last `@`.
    pub fn local_part(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(local, _)| local)
    }

    /// The domain, as A-labels.
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }
}

impl fmt::Display for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// A dot-string or a quoted string without controls.
fn is_local_part(local: &str) -> bool {
    let quoted = local.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let is_plain = |c: char| !c.is_control() && !"\"(),:;<>@[\\] \t".contains(c);
    let is_right = match quoted {
        Some(inside) => !inside.is_empty() && is_quoted_text(inside),
        None => !local.is_empty() && local.chars().all(is_plain),
    };
    is_right && local.len() <= 64
}

/// What may stand between quotes: a quote or a backslash only behind a backslash (RFC 5321 section
/// 4.1.2). Otherwise the quotes would end earlier, and what follows be read as another address.
fn is_quoted_text(inside: &str) -> bool {
    let mut is_escaped = false;
    for c in inside.chars() {
        match c {
            c if c.is_control() => return false,
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return false,
            _ => {}
        }
    }
    !is_escaped
}

fn ascii_domain(domain: &str) -> Result<String, InvalidEmailAddress> {
    if let Some(literal) = domain.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        let is_literal = |c: char| c.is_ascii_alphanumeric() || ".:-".contains(c);
        return match !literal.is_empty() && literal.chars().all(is_literal) {
            true => Ok(domain.to_ascii_lowercase()),
            false => Err(InvalidEmailAddress),
        };
    }
    let domain =
        idna::domain_to_ascii(domain.trim_end_matches('.')).map_err(|_| InvalidEmailAddress)?;
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c))
    };
    match domain.split('.').all(is_label) {
        true => Ok(domain),
        false => Err(InvalidEmailAddress),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> Option<String> {
        EmailAddress::parse(text).ok().map(|address| address.to_string())
    }

    #[test]
    fn case_blanks_and_umlauts_of_the_domain_do_not_count() {
        assert_eq!(parsed(" Ann@Example.DE "), Some("ann@example.de".into()));
        assert_eq!(parsed("ann@müller.de"), Some("ann@xn--mller-kva.de".into()));
        assert_eq!(parsed("jürgen@example.de"), Some("jürgen@example.de".into()));
        assert_eq!(parsed("root@localhost"), Some("root@localhost".into()));
        assert_eq!(parsed("\"a b\"@example.de"), Some("\"a b\"@example.de".into()));
        assert_eq!(parsed("\"a\\\"b\"@example.de"), Some("\"a\\\"b\"@example.de".into()));
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        for text in [
            "",
            "@",
            "ann",
            "ann@",
            "@example.de",
            "a b@example.de",
            "a@b..de",
            "a\r\nb@c.de",
            "\"x\"@evil.example>, <\"y\"@example.de",
            "\"a\\\"@example.de",
            "\"\"@example.de",
        ] {
            assert_eq!(parsed(text), None, "{text:?}");
        }
        assert_eq!(parsed(&format!("{}@example.de", "a".repeat(65))), None);
    }
}
