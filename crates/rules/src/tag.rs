//! Tags: how a person's text becomes one, and when two are the same.

use crate::text::fold_text;

/// The longest tag, in characters.
pub const LETTERS_MAX: usize = 60;

/// A tag as it is shown: trimmed, blanks collapsed, repeated `?` and `!` collapsed; `None` if
/// nothing is left.
///
/// A tag may consist of `?` or `!` alone: marks for open questions and urgent matters. Commas
/// separate tags where several are typed, so none holds one.
pub fn normalised(text: &str) -> Option<String> {
    let mut tag = String::new();
    for word in text.split(|c: char| c.is_whitespace() || c.is_control() || c == ',') {
        if !tag.is_empty() && !word.is_empty() {
            tag.push(' ');
        }
        for c in word.chars() {
            if !(matches!(c, '?' | '!') && tag.ends_with(c)) {
                tag.push(c);
            }
        }
    }
    let tag: String = tag.chars().take(LETTERS_MAX).collect();
    let tag = tag.trim_end();
    (!tag.is_empty()).then(|| tag.to_owned())
}

/// The text by which tags are the same: `Rückruf!`, `rueckruf !!` and `RUCKRUF!` are one.
pub fn folded(tag: &str) -> String {
    fold_text(&normalised(tag).unwrap_or_default()).replace(" ?", "?").replace(" !", "!")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_marks_are_collapsed() {
        let table = [
            ("  Rück  ruf ", Some("Rück ruf")),
            ("dringend!!!", Some("dringend!")),
            ("??", Some("?")),
            ("!?!?", Some("!?!?")),
            ("was??!!", Some("was?!")),
            ("a, b", Some("a b")),
            ("a\r\nb\u{0}", Some("a b")),
            (" \t", None),
            ("", None),
        ];
        for (text, tag) in table {
            assert_eq!(normalised(text).as_deref(), tag, "{text:?}");
        }
        assert_eq!(normalised(&"ä".repeat(100)).unwrap().chars().count(), 60);
    }

    #[test]
    fn spellings_of_one_tag_fold_to_the_same() {
        for tag in ["Rückruf!", "rueckruf !!", " RUCKRUF!"] {
            assert_eq!(folded(tag), "ruckruf!", "{tag}");
        }
        assert_ne!(folded("rückruf"), folded("rückruf!"));
    }
}
