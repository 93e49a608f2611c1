//! Patterns of sender addresses.

use values::EmailAddress;

/// Whether one of the patterns matches the address, whatever the case.
///
/// `*` and `%` stand for any text. A pattern with `@` is compared with the whole address, one
/// without with the domain: `marketplace.example.*` matches `info@marketplace.example.com`.
/// Empty patterns match nothing.
pub fn matches_any_pattern<'a>(
    address: &EmailAddress,
    patterns: impl IntoIterator<Item = &'a str>,
) -> bool {
    patterns.into_iter().any(|pattern| {
        let pattern = pattern.trim().to_lowercase();
        let text = if pattern.contains('@') { address.as_str() } else { address.domain() };
        !pattern.is_empty() && matches(&pattern, text)
    })
}

/// Compares piece by piece; linear in both but for the search of a piece.
fn matches(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split(['*', '%']);
    let first = pieces.next().unwrap_or_default();
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    let Some(last) = pieces.next_back() else { return rest.is_empty() };
    for piece in pieces {
        match rest.split_once(piece) {
            Some((_, after)) => rest = after,
            None if piece.is_empty() => {}
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_compared_with_the_domain_or_the_whole_address() {
        let table = [
            ("marketplace.example.*", "info@marketplace.example.com", true),
            ("marketplace.example.*", "spam@marketplace.example.de", true),
            ("marketplace.example.*", "info@x.marketplace.example.com", false),
            ("firma.de", "a@firma.de", true),
            ("Firma.DE", "a@firma.de", true),
            ("firma.de", "a@sub.firma.de", false),
            ("*.firma.de", "a@sub.firma.de", true),
            ("%firma%", "a@meinefirma.de", true),
            ("ann@firma.de", "ann@firma.de", true),
            ("ann@firma.de", "ben@firma.de", false),
            ("*@firma.de", "ben@firma.de", true),
            ("a*b*c@firma.de", "axbyc@firma.de", true),
            ("a*b*c@firma.de", "axcyb@firma.de", false),
            ("aa*aa.de", "x@aaa.de", false),
            ("*", "a@b.de", true),
            ("**", "a@b.de", true),
            ("", "a@b.de", false),
            (" ", "a@b.de", false),
        ];
        for (pattern, address, expected) in table {
            let address = EmailAddress::parse(address).unwrap();
            assert_eq!(matches_any_pattern(&address, [pattern]), expected, "{pattern} {address}");
        }
    }
}
