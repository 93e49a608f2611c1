//! Folding: letters with marks lose them, and the two spellings of an umlaut become one.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// A single character never folds to more letters than this (U+FDFA has 18).
const LETTER_PARTS_MAX: u8 = 32;

/// Letters and digits of a word in lower case, without accents; `ß` as `ss`, umlauts without
/// dots. At most `letters_max` are appended. The two-letter spellings stay as they are.
pub(super) fn push_plain(word: &str, letters_max: usize, out: &mut String) {
    if word.is_ascii() {
        for &byte in word.as_bytes().iter().take(letters_max) {
            out.push(char::from(byte.to_ascii_lowercase()));
        }
        return;
    }
    let mut left = letters_max;
    for letter in word.chars() {
        push_letter(letter, &mut left, out);
        if left == 0 {
            return;
        }
    }
}

/// One letter, folded; it may become none or several.
fn push_letter(letter: char, left: &mut usize, out: &mut String) {
    let mut push = |c: char| {
        if *left > 0 {
            out.push(c);
            *left -= 1;
        }
    };
    match letter {
        'a'..='z' | '0'..='9' => push(letter),
        'A'..='Z' => push(letter.to_ascii_lowercase()),
        'ä' | 'Ä' | 'æ' | 'Æ' => push('a'),
        'ö' | 'Ö' | 'ø' | 'Ø' | 'œ' | 'Œ' => push('o'),
        'ü' | 'Ü' => push('u'),
        'ß' | 'ẞ' => {
            push('s');
            push('s');
        }
        'ł' | 'Ł' => push('l'),
        'đ' | 'Đ' | 'ð' | 'Ð' => push('d'),
        'þ' | 'Þ' => {
            push('t');
            push('h');
        }
        'ı' => push('i'),
        _ => decompose_compatible(letter, |part| {
            if !is_accent(part) {
                part.to_lowercase()
                    .filter(|c| is_word_letter(*c) && !is_accent(*c))
                    .for_each(&mut push);
            }
        }),
    }
}

/// The marks of Latin, Greek and Cyrillic. Those of other scripts are vowels and stay.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}')
}

/// Whether the character can stand in a word.
pub(super) fn is_word_letter(c: char) -> bool {
    match c.is_ascii() {
        true => c.is_ascii_alphanumeric(),
        false => c.is_alphanumeric() || is_combining_mark(c),
    }
}

/// Whether the character is invisible and may stand inside a word: soft hyphen, zero-width marks.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Appends a plain word with `ae`, `oe`, `ue` as `a`, `o`, `u`.
///
/// Not `ue` after `a`, `e` or `q`: `Bauer`, `neue` and `Quelle` hold no umlaut. It works from left
/// to right, so the beginning of a word folds to the beginning of the folded word.
pub(super) fn push_without_pairs(plain: &str, out: &mut String) {
    let bytes = plain.as_bytes();
    let mut copied = 0;
    let (mut before, mut last) = (0_u8, 0_u8);
    for (at, &byte) in bytes.iter().enumerate() {
        let is_pair = byte == b'e'
            && match last {
                b'a' | b'o' => true,
                b'u' => !matches!(before, b'a' | b'e' | b'q'),
                _ => false,
            };
        if is_pair {
            out.push_str(plain.get(copied..at).unwrap_or_default());
            copied = at + 1;
        }
        (before, last) = (last, byte);
    }
    out.push_str(plain.get(copied..).unwrap_or_default());
}

/// A text for comparing names and subjects: lower case, folded, blanks collapsed; punctuation
/// stays.
pub fn fold_text(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for c in word.chars() {
            match is_word_letter(c) {
                true => push_letter(c, &mut usize::from(LETTER_PARTS_MAX), &mut plain),
                false if is_invisible(c) || c.is_control() => {}
                false => plain.push(c),
            }
        }
    }
    let mut folded = String::with_capacity(plain.len());
    push_without_pairs(&plain, &mut folded);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_spellings_of_a_name_fold_to_one() {
        let table = [
            ("Müller", "muller"),
            ("Mueller", "muller"),
            ("MULLER", "muller"),
            ("Mu\u{308}ller", "muller"),
            ("Straße", "strasse"),
            ("STRASSE", "strasse"),
            ("Königsstraße", "konigsstrasse"),
            ("Koenigsstrasse", "konigsstrasse"),
            ("Bauer", "bauer"),
            ("neue Quelle", "neue quelle"),
            ("Jörg  Ägidius", "jorg agidius"),
            ("Łódź", "lodz"),
            ("Çelik, İbrahim", "celik, ibrahim"),
            ("Ａｎｎａ", "anna"),
            ("Rech\u{ad}nung", "rechnung"),
            ("Ελλάδα", "ελλαδα"),
        ];
        for (text, folded) in table {
            assert_eq!(fold_text(text), folded, "{text}");
        }
    }

    #[test]
    fn a_word_is_cut_by_letters_not_by_bytes() {
        let mut out = String::new();
        push_plain(&"ж".repeat(100), 64, &mut out);
        assert_eq!(out.chars().count(), 64);
    }
}
