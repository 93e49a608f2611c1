//! Every sentence of the screens, as typed functions made from the Fluent files.
//!
//! `texts::list(language).title()` is the message `title` of `feature/list/{de,en}.ftl`; what several features say stands
//! in `texts/{de,en}.ftl` and is called `texts::common(language)`. A message whose name ends in `_html` gives markup.

use values::Language;

include!(concat!(env!("OUT_DIR"), "/texts.rs"));

/// A whole number as the language writes it: `1.284` in German, `1,284` in English.
pub fn number(language: Language, number: u64) -> String {
    let separator = match language {
        Language::German => '.',
        Language::English => ',',
    };
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!(number(Language::German, 0), "0");
        assert_eq!(number(Language::German, 999), "999");
        assert_eq!(number(Language::German, 1204), "1.204");
        assert_eq!(number(Language::English, 1_234_567), "1,234,567");
    }

    #[test]
    fn a_plural_follows_its_number_in_both_languages() {
        assert_eq!(common(Language::German).quoted_lines(1), "Zitierter Text, 1 Zeile");
        assert_eq!(common(Language::German).quoted_lines(1400), "Zitierter Text, 1.400 Zeilen");
        assert_eq!(common(Language::English).quoted_lines(1), "Quoted text, 1 line");
    }

    #[test]
    fn arguments_of_markup_are_escaped() {
        let sentence =
            ticket(Language::English).event_tag_added_html("<i>Eve</i>", "a&b").into_string();
        assert_eq!(sentence, "<b>&lt;i&gt;Eve&lt;/i&gt;</b> added the tag <b>a&amp;b</b>");
    }
}
