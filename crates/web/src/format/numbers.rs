//! Numbers with their units.

use values::Language;

use super::words::words;

/// Keeps a number and its unit on one line.
const FIXED_SPACE: char = '\u{a0}';

/// A duration in minutes: `25 Min`, `1 Std 40`, `2 Std`, `3 Tage` from 48 hours on.
pub fn duration(minutes: i64, language: Language) -> String {
    let words = words(language);
    let (hours, rest, days) = (minutes / 60, minutes % 60, minutes / (24 * 60));
    match (days, hours, rest) {
        (2.., _, _) => format!("{days} {}", words.days),
        (_, 0, _) => format!("{rest} {}", words.minutes),
        (_, _, 0) => format!("{hours} {}", words.hours),
        _ => format!("{hours} {} {rest:02}", words.hours),
    }
}

/// A whole number with its thousands apart: `1.284` or `1,284`.
pub fn number(value: i64, language: Language) -> String {
    let digits = value.unsigned_abs().to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    if value < 0 {
        grouped.push('-');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(separators(language).0);
        }
        grouped.push(digit);
    }
    grouped
}

/// A number given in tenths, hundredths or smaller parts: `decimal(942, 1)` is `94,2`.
pub fn decimal(parts: i64, places: u32, language: Language) -> String {
    let scale = 10_i64.saturating_pow(places);
    let whole = number((parts / scale).saturating_abs(), language);
    let sign = if parts < 0 { "-" } else { "" };
    if places == 0 {
        return format!("{sign}{whole}");
    }
    let width = usize::try_from(places).unwrap_or_default();
    let rest = (parts % scale).unsigned_abs();
    format!("{sign}{whole}{}{rest:0width$}", separators(language).1)
}

/// A share in thousandths: `percent(942)` is `94,2 %` or `94.2%`.
pub fn percent(thousandths: i64, language: Language) -> String {
    let value = decimal(thousandths, 1, language);
    match language {
        Language::German => format!("{value}{FIXED_SPACE}%"),
        Language::English => format!("{value}%"),
    }
}

/// An amount in cents: `1.284,60 €` or `€1,284.60`.
pub fn euros(cents: i64, language: Language) -> String {
    let sign = if cents < 0 { "-" } else { "" };
    let value = decimal(cents.saturating_abs(), 2, language);
    match language {
        Language::German => format!("{sign}{value}{FIXED_SPACE}€"),
        Language::English => format!("{sign}€{value}"),
    }
}

/// The size of a file in units of thousand: `512 Byte`, `12 KB`, `2,1 MB`.
pub fn bytes_size(bytes: u64, language: Language) -> String {
    if bytes < 1000 {
        return format!("{bytes}{FIXED_SPACE}{}", words(language).bytes);
    }
    let mut size = bytes;
    let mut unit = "KB";
    // Beyond 999.5, rounding would give four digits, so the next unit begins there.
    for next in ["MB", "GB", "TB"] {
        if size < 999_500 {
            break;
        }
        size /= 1000;
        unit = next;
    }
    // Rounded to tenths below ten, else to whole units; kilobytes are always whole.
    let tenths = i64::try_from(size.saturating_add(50) / 100).unwrap_or(i64::MAX);
    let whole = i64::try_from(size.saturating_add(500) / 1000).unwrap_or(i64::MAX);
    let value = if unit != "KB" && tenths < 100 {
        decimal(tenths, 1, language)
    } else {
        number(whole, language)
    };
    format!("{value}{FIXED_SPACE}{unit}")
}

/// What stands between thousands and before the fraction.
fn separators(language: Language) -> (char, char) {
    match language {
        Language::German => ('.', ','),
        Language::English => (',', '.'),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Language::{English, German};

    #[test]
    fn a_duration_is_as_exact_as_it_matters() {
        for (minutes, de, en) in [
            (0, "0 Min", "0 min"),
            (25, "25 Min", "25 min"),
            (60, "1 Std", "1 h"),
            (100, "1 Std 40", "1 h 40"),
            (125, "2 Std 05", "2 h 05"),
            (47 * 60, "47 Std", "47 h"),
            (3 * 24 * 60 + 100, "3 Tage", "3 days"),
        ] {
            assert_eq!(
                (duration(minutes, German), duration(minutes, English)),
                (de.into(), en.into())
            );
        }
    }

    #[test]
    fn thousands_and_fractions_are_set_apart_as_the_language_does() {
        assert_eq!((number(1284, German), number(1284, English)), ("1.284".into(), "1,284".into()));
        assert_eq!(number(-1_000_000, German), "-1.000.000");
        assert_eq!((number(999, German), number(0, German)), ("999".into(), "0".into()));
        assert_eq!(
            (decimal(-5, 1, German), decimal(123_456, 2, English)),
            ("-0,5".into(), "1,234.56".into())
        );
        assert_eq!(decimal(i64::MIN, 0, English), "-9,223,372,036,854,775,807");
    }

    #[test]
    fn units_stand_where_the_language_puts_them() {
        assert_eq!(
            (percent(942, German), percent(942, English)),
            ("94,2\u{a0}%".into(), "94.2%".into())
        );
        assert_eq!(euros(128_460, German), "1.284,60\u{a0}€");
        assert_eq!(
            (euros(-5, English), euros(-5, German)),
            ("-€0.05".into(), "-0,05\u{a0}€".into())
        );
    }

    #[test]
    fn a_size_has_two_digits_that_count() {
        for (bytes, de) in [
            (0, "0\u{a0}Byte"),
            (999, "999\u{a0}Byte"),
            (1000, "1\u{a0}KB"),
            (12_345, "12\u{a0}KB"),
            (999_499, "999\u{a0}KB"),
            (999_500, "1,0\u{a0}MB"),
            (2_149_000, "2,1\u{a0}MB"),
            (25_000_000, "25\u{a0}MB"),
            (1_500_000_000, "1,5\u{a0}GB"),
        ] {
            assert_eq!(bytes_size(bytes, German), de);
        }
        assert_eq!(bytes_size(2_149_000, English), "2.1\u{a0}MB");
    }
}
