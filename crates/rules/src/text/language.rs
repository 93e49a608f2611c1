//! A cheap guess at the language of a text.

/// The language by which a text is stemmed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum TextLanguage {
    /// German, or any language that was not recognised.
    #[default]
    German,
    /// English.
    English,
}

/// So much of a text is looked at.
const BYTES_MAX: usize = 4096;

/// A lead of so many words decides.
const LEAD: u32 = 8;

/// German function words, sorted.
const GERMAN: [&str; 69] = [
    "aber", "auch", "auf", "aus", "bei", "beim", "bin", "bis", "bitte", "danke", "das", "dass",
    "dem", "den", "der", "des", "die", "dies", "ein", "eine", "einem", "einen", "einer", "er",
    "es", "fuer", "für", "guten", "habe", "haben", "hallo", "ich", "ihr", "ihre", "ihren", "im",
    "ist", "kann", "kein", "keine", "mein", "meine", "mich", "mir", "mit", "nach", "nicht", "noch",
    "nur", "oder", "seit", "sich", "sie", "sind", "und", "uns", "unser", "vom", "von", "vor",
    "wenn", "werden", "wie", "wir", "wird", "wurde", "zu", "zum", "zur",
];

/// English function words, sorted.
const ENGLISH: [&str; 49] = [
    "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "dear", "do", "does",
    "for", "from", "get", "has", "have", "hello", "help", "how", "if", "is", "it", "its", "my",
    "no", "not", "of", "on", "or", "our", "please", "since", "that", "the", "their", "there",
    "they", "this", "to", "we", "when", "which", "with", "would", "yes", "you", "your",
];

/// English if the text's beginning holds more English function words than German ones.
///
/// Words of both languages (`in`, `will`, `was`, `die`, `am`) count for neither or for the one
/// where they are much more frequent.
pub fn guess_language(text: &str) -> TextLanguage {
    let beginning = text.get(..text.floor_char_boundary(BYTES_MAX)).unwrap_or(text);
    let (mut german, mut english) = (0_u32, 0_u32);
    let mut word = [0_u8; 6];
    for run in beginning.as_bytes().split(|byte| !byte.is_ascii_alphabetic() && byte.is_ascii()) {
        let Some(lower) = word.get_mut(..run.len()) else { continue };
        lower.copy_from_slice(run);
        lower.make_ascii_lowercase();
        let Ok(lower) = std::str::from_utf8(lower) else { continue };
        match GERMAN.binary_search(&lower).is_ok() {
            true => german += 1,
            false => english += u32::from(ENGLISH.binary_search(&lower).is_ok()),
        }
        if german.abs_diff(english) >= LEAD {
            break;
        }
    }
    if english > german { TextLanguage::English } else { TextLanguage::German }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn function_words_decide_and_without_any_it_is_german() {
        let table = [
            ("The printer is not working since this morning.", TextLanguage::English),
            ("Could you please send us the invoice?", TextLanguage::English),
            ("Printer does not work", TextLanguage::English),
            ("Der Drucker ist seit heute kaputt", TextLanguage::German),
            ("Bitte um Rückruf für the big company", TextLanguage::German),
            ("Rechnung 4711", TextLanguage::German),
            ("", TextLanguage::German),
            ("Hello, the und der ist nicht und das Gerät ist", TextLanguage::German),
            ("日本語のテキスト", TextLanguage::German),
        ];
        for (text, language) in table {
            assert_eq!(guess_language(text), language, "{text}");
        }
    }

    #[test]
    fn the_words_are_sorted_and_belong_to_one_language() {
        assert!(GERMAN.is_sorted() && ENGLISH.is_sorted());
        assert!(GERMAN.iter().all(|word| !ENGLISH.contains(word)));
        assert!(GERMAN.iter().chain(&ENGLISH).all(|word| word.len() <= 6));
    }

    #[test]
    fn only_the_beginning_is_read_and_letters_are_not_split() {
        let text = format!("{}{}", "ü".repeat(4096), " the and is of".repeat(10));
        assert_eq!(guess_language(&text), TextLanguage::German);
    }
}
