//! Sizes in a filter: `500`, `20kb`, `5 MB`.

const UNITS: [(&str, u64); 3] = [("gb", 1 << 30), ("mb", 1 << 20), ("kb", 1 << 10)];

/// The bytes that a size means; `None` if it is none.
pub(super) fn read(text: &str) -> Option<u64> {
    let text = text.trim().to_lowercase();
    let unit = UNITS.into_iter().find(|(name, _)| text.ends_with(name));
    let (digits, factor) = match unit {
        Some((name, factor)) => (text.strip_suffix(name)?, factor),
        None => (text.strip_suffix('b').unwrap_or(&text), 1),
    };
    digits.trim().parse::<u64>().ok()?.checked_mul(factor)
}

/// A size as it is written, in the largest unit that needs no fraction.
pub(super) fn print(bytes: u64) -> String {
    let fits = |unit: &&(&str, u64)| bytes > 0 && bytes.is_multiple_of(unit.1);
    match UNITS.iter().find(fits) {
        Some((name, factor)) => format!("{}{name}", bytes / factor),
        None => bytes.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_and_printed_alike() {
        for (text, bytes) in [("0", 0), ("500", 500), ("20kb", 20 << 10), ("5mb", 5 << 20)] {
            assert_eq!(read(text), Some(bytes));
            assert_eq!(print(bytes), text);
        }
        assert_eq!(read("5 MB"), Some(5 << 20));
        assert_eq!(read("10B"), Some(10));
        for text in ["", "mb", "-1", "1.5mb", "99999999999999999gb"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
