//! Cutting a text into words, and telling which of them hang together, as in `2.14.3` or in
//! `anna.schmidt@firma.example`.

use unicode_segmentation::{UnicodeSegmentation, UnicodeWords};

use super::fold::{is_invisible, is_word_letter};

/// A word of a text and what stands between it and the word before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Part<'a> {
    /// The word as written.
    pub text: &'a str,
    /// What joins it to the word before, if anything does: one character, or nothing at all
    /// between words of a script without blanks.
    pub joined_by: Option<&'a str>,
}

/// The words of a text, in order.
pub(super) struct Parts<'a> {
    text: &'a str,
    at: usize,
    joined_by: Option<&'a str>,
    pieces: Option<UnicodeWords<'a>>,
}

/// The words of this text.
pub(super) fn parts(text: &str) -> Parts<'_> {
    Parts { text, at: 0, joined_by: None, pieces: None }
}

/// Characters that join words to numbers, addresses, versions and paths.
fn is_connector(byte: u8) -> bool {
    matches!(byte, b'.' | b'-' | b'_' | b'@' | b'+' | b'/' | b'#')
}

impl<'a> Iterator for Parts<'a> {
    type Item = Part<'a>;

    fn next(&mut self) -> Option<Part<'a>> {
        loop {
            if let Some(text) = self.pieces.as_mut().and_then(Iterator::next) {
                let joined_by = self.joined_by.replace("");
                return Some(Part { text, joined_by });
            }
            if self.pieces.take().is_some() {
                self.joined_by = None;
            }
            let start = self.skip_to_word()?;
            let end = self.skip_word();
            let word = self.text.get(start..end)?;
            if is_written_without_blanks(word) {
                self.joined_by = None;
                self.pieces = Some(word.unicode_words());
                continue;
            }
            let joined_by = self.joined_by.take();
            self.joined_by = self.connector();
            return Some(Part { text: word, joined_by });
        }
    }
}

impl<'a> Parts<'a> {
    /// Goes on to the next word and says where it begins.
    fn skip_to_word(&mut self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii() {
                if byte.is_ascii_alphanumeric() {
                    return Some(self.at);
                }
                self.at += 1;
            } else {
                let letter = self.text.get(self.at..)?.chars().next()?;
                // A mark or an invisible sign alone is not the beginning of a word.
                if letter.is_alphanumeric() {
                    return Some(self.at);
                }
                self.at += letter.len_utf8();
            }
            self.joined_by = None;
        }
        None
    }

    /// Goes to the end of the word and says where that is.
    fn skip_word(&mut self) -> usize {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if byte.is_ascii() {
                if !byte.is_ascii_alphanumeric() {
                    break;
                }
                self.at += 1;
            } else {
                match self.text.get(self.at..).and_then(|rest| rest.chars().next()) {
                    Some(c) if is_word_letter(c) || is_invisible(c) => self.at += c.len_utf8(),
                    _ => break,
                }
            }
        }
        self.at
    }

    /// The character here, if it alone stands between two words.
    fn connector(&mut self) -> Option<&'a str> {
        self.text.as_bytes().get(self.at).filter(|byte| is_connector(**byte))?;
        let next = self.text.get(self.at + 1..)?.chars().next()?;
        if !next.is_alphanumeric() {
            return None;
        }
        self.at += 1;
        self.text.get(self.at - 1..self.at)
    }
}

/// Whether the word holds letters of a script beyond those of Europe and the Near East, where
/// words may follow each other without blanks, so that Unicode's rules must find them.
fn is_written_without_blanks(word: &str) -> bool {
    let is_far = |c: char| c >= '\u{e00}' && !matches!(c, '\u{1e00}'..='\u{2bff}' | '\u{feff}');
    !word.is_ascii() && word.chars().any(is_far)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> String {
        let mut out = String::new();
        for part in parts(text) {
            match part.joined_by {
                Some("") => out.push('_'),
                Some(connector) => out.push_str(connector),
                None if out.is_empty() => {}
                None => out.push('|'),
            }
            out.push_str(part.text);
        }
        out
    }

    #[test]
    fn words_hang_together_by_one_connector() {
        let table = [
            ("Guten Tag, Frau Müller!", "Guten|Tag|Frau|Müller"),
            ("anna.schmidt@firma.example.", "anna.schmidt@firma.example"),
            ("<a+b@x.de>", "a+b@x.de"),
            ("Version 2.14.3 (Build 7)", "Version|2.14.3|Build|7"),
            ("[#AU-77310] Re: Drucker", "AU-77310|Re|Drucker"),
            ("Ende...Anfang a--b", "Ende|Anfang|a|b"),
            ("§ext §433 BGB", "ext|433|BGB"),
            ("Anna's", "Anna|s"),
            ("-_-", ""),
            ("Rech\u{ad}nung", "Rech\u{ad}nung"),
            ("Rech\u{200b}nung", "Rech\u{200b}nung"),
            ("\u{200b}a\u{200b}", "a\u{200b}"),
            ("東京 ひ", "東_京|ひ"),
            ("한국어 Việt", "한국어|Việt"),
            ("a.東", "a|東"),
        ];
        for (text, expected) in table {
            assert_eq!(cut(text), expected, "{text}");
        }
    }
}
