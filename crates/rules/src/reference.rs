//! The number that a customer has for a case, read from his first mail (F-OUT-25). What counts as one is said
//! by a pattern of the mailbox, in a language whose search takes time in proportion to the text.

use regex::{Regex, RegexBuilder};

/// Words that stand before such a number, and the number: a token with at least one digit.
pub const USUAL_PATTERN: &str = r"(?i)\b(?:Ref(?:erenz)?(?:nummer|-?Nr)?|Ihr Zeichen|Unser Zeichen|Bestell(?:nummer|-?Nr)|Reference|Order (?:number|no))\b\.?\s*[:#]?\s*([A-Z0-9][A-Z0-9/_-]*[0-9][A-Z0-9/_-]*|[0-9][A-Z0-9/_-]*)";

/// Letters of a pattern.
pub const PATTERN_LETTERS_MAX: usize = 500;
/// Letters of a number that is kept.
const REFERENCE_LETTERS_MAX: usize = 60;
/// Octets of a text that are looked at: such a number stands near the beginning.
const TEXT_BYTES_MAX: usize = 64 * 1024;
/// Octets that a pattern may take when it is made ready.
const READY_BYTES_MAX: usize = 1024 * 1024;

/// What is wrong with a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PatternProblem {
    /// It has no letters.
    Missing,
    /// It has more than [`PATTERN_LETTERS_MAX`] letters, or stands for too much.
    TooLong,
    /// It cannot be read.
    Unreadable,
    /// It fits a text without a letter, and so everywhere.
    FitsNothing,
}

impl PatternProblem {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::TooLong => "too_long",
            Self::Unreadable => "unreadable",
            Self::FitsNothing => "fits_nothing",
        }
    }
}

/// Whether a pattern can be used.
pub fn check_pattern(pattern: &str) -> Result<(), PatternProblem> {
    ready(pattern).map(drop)
}

/// The first number in a text that fits: the first group of the pattern, or all of it where it has none.
/// Nothing where the pattern cannot be used.
///
/// ```
/// use rules::reference::{USUAL_PATTERN, reference};
/// let found = reference(USUAL_PATTERN, "Guten Tag,\nIhr Zeichen: AB-4711/26, bitte.");
/// assert_eq!(found.as_deref(), Some("AB-4711/26"));
/// ```
pub fn reference(pattern: &str, text: &str) -> Option<String> {
    let pattern = ready(pattern).ok()?;
    let found = pattern.captures(beginning(text))?;
    let found = found.get(1).or_else(|| found.get(0))?.as_str();
    let line: String = found.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty() && line.chars().count() <= REFERENCE_LETTERS_MAX).then_some(line)
}

fn ready(pattern: &str) -> Result<Regex, PatternProblem> {
    if pattern.trim().is_empty() {
        return Err(PatternProblem::Missing);
    }
    if pattern.chars().count() > PATTERN_LETTERS_MAX {
        return Err(PatternProblem::TooLong);
    }
    let mut builder = RegexBuilder::new(pattern);
    let ready = builder.size_limit(READY_BYTES_MAX).build().map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => PatternProblem::TooLong,
        _ => PatternProblem::Unreadable,
    })?;
    if ready.is_match("") { Err(PatternProblem::FitsNothing) } else { Ok(ready) }
}

fn beginning(text: &str) -> &str {
    let mut end = text.len().min(TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_words_lead_to_the_number_behind_them() {
        let cases = [
            ("Referenz: 4711", Some("4711")),
            ("Referenznummer 88-12", Some("88-12")),
            ("Ref. AB/2026/7", Some("AB/2026/7")),
            ("unser Zeichen: VK-19", Some("VK-19")),
            ("BESTELLNUMMER #B100", Some("B100")),
            ("Bestell-Nr.: 4500012345.", Some("4500012345")),
            ("your order number 99", Some("99")),
            ("Ihr Zeichen: keines", None),
            ("Referent Maier 12", None),
            ("Preferenz 3", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(reference(USUAL_PATTERN, text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn a_pattern_without_a_group_gives_all_that_fits() {
        assert_eq!(reference("PO[0-9]{4}", "zu PO1234 und PO9999").as_deref(), Some("PO1234"));
        assert_eq!(reference("PO\\s*([0-9]+)", "PO\r\n 12").as_deref(), Some("12"));
        assert_eq!(reference("[0-9]+", &"1".repeat(61)), None);
    }

    #[test]
    fn a_pattern_that_cannot_be_used_is_named() {
        let long = "a".repeat(10_000);
        let cases = [
            ("", PatternProblem::Missing),
            (long.as_str(), PatternProblem::TooLong),
            ("(((\\w{200}){200}){200})", PatternProblem::TooLong),
            ("(offen", PatternProblem::Unreadable),
            ("(?=a)", PatternProblem::Unreadable),
            ("[0-9]*", PatternProblem::FitsNothing),
        ];
        for (pattern, expected) in cases {
            assert_eq!(check_pattern(pattern), Err(expected), "{pattern:.40}");
            assert_eq!(reference(pattern, "4711"), None);
        }
        assert_eq!(check_pattern(USUAL_PATTERN), Ok(()));
    }

    #[test]
    fn a_long_text_is_looked_at_from_its_beginning() {
        let far = format!("{} Referenz: 4711", "ä".repeat(TEXT_BYTES_MAX));
        assert_eq!(reference(USUAL_PATTERN, &far), None);
    }
}
