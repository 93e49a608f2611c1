//! Marking what was found: which words of a text a search means, and the piece of the text to show.
//!
//! A word is marked if it is the searched one in any spelling of its umlauts, has the same stem, or,
//! for the last word of a search, begins like it. The words of a phrase are marked one by one.

use std::ops::Range;

use rules::text::{SearchTerm, TextLanguage, analyse, fold_text};

use super::page::Piece;

/// Letters of a text that are looked through.
const LETTERS_MAX: usize = 8_000;
/// Words of a text that are marked.
const MARKS_MAX: usize = 40;
/// Words of a search that are marked.
const WORDS_MAX: usize = 16;
/// Letters of a snippet, and how many of them stand before the first mark.
const SNIPPET_LETTERS: usize = 220;
const SNIPPET_BEFORE: usize = 60;
/// Words with the same beginning are compared by their stems.
const COMPARED_LETTERS: usize = 3;

/// The words of a search.
#[derive(Clone, Debug, Default)]
pub struct Marker {
    words: Vec<Wanted>,
}

#[derive(Clone, Debug)]
struct Wanted {
    folded: String,
    stems: Vec<String>,
    /// Words that begin like it are meant, too.
    is_beginning: bool,
}

impl Marker {
    /// The marks of a search whose last word may still be typed.
    pub fn new(terms: &[SearchTerm]) -> Self {
        let mut words = Vec::new();
        let last = terms.len().saturating_sub(1);
        for (place, term) in terms.iter().enumerate() {
            let (text, is_phrase) = match term {
                SearchTerm::Word(text) => (text, false),
                SearchTerm::Phrase(text) => (text, true),
                SearchTerm::Without(_) => continue,
            };
            words.extend(wanted(text, is_phrase));
            if place == last
                && !is_phrase
                && let Some(word) = words.last_mut()
            {
                word.is_beginning = word.folded.len() > 1;
            }
        }
        words.truncate(WORDS_MAX);
        Self { words }
    }

    /// The marks of something typed, of which each word may be the beginning of one.
    pub fn of_beginnings(text: &str) -> Self {
        let mut words = wanted(text, false);
        words.truncate(WORDS_MAX);
        for word in &mut words {
            word.is_beginning = true;
        }
        Self { words }
    }

    /// Whether every searched word is in the text.
    pub fn is_covered_by(&self, text: &str) -> bool {
        let found: Vec<&str> = words(text).filter_map(|at| text.get(at)).collect();
        self.words.iter().all(|wanted| found.iter().any(|word| wanted.is(word)))
    }

    /// A whole text with its marks.
    pub fn pieces(&self, text: &str) -> Vec<Piece> {
        cut(text, &self.hits(text))
    }

    /// The piece of the first of these texts that has a mark, or the beginning of the first one.
    pub fn snippet<'a>(&self, texts: impl IntoIterator<Item = &'a str>) -> Vec<Piece> {
        let mut beginning = None;
        for text in texts {
            let text = one_line(text);
            let hits = self.hits(&text);
            if let Some(first) = hits.first() {
                return window(&text, &hits, first.start);
            }
            if !text.is_empty() {
                beginning.get_or_insert(text);
            }
        }
        let text = beginning.unwrap_or_default();
        if text.is_empty() { Vec::new() } else { window(&text, &[], 0) }
    }

    /// Other forms of the searched words among these pieces, each once.
    pub fn other_forms<'a>(&self, pieces: impl IntoIterator<Item = &'a Piece>) -> Vec<String> {
        let mut forms: Vec<(String, String)> = Vec::new();
        for piece in pieces {
            let Piece::Hit(word) = piece else { continue };
            let folded = fold_text(word);
            let is_searched = self.words.iter().any(|wanted| wanted.folded == folded);
            if !is_searched && !forms.iter().any(|(known, _)| *known == folded) {
                forms.push((folded, word.clone()));
            }
        }
        forms.into_iter().map(|(_, word)| word).collect()
    }

    fn hits(&self, text: &str) -> Vec<Range<usize>> {
        let is_meant = |at: &Range<usize>| {
            let word = text.get(at.clone()).unwrap_or_default();
            self.words.iter().any(|wanted| wanted.is(word))
        };
        words(text).filter(is_meant).take(MARKS_MAX).collect()
    }
}

impl Wanted {
    fn is(&self, word: &str) -> bool {
        // Most words of a text differ in their first letter, and ASCII tells that at once.
        let begins = word.bytes().next().filter(u8::is_ascii).map(|byte| byte.to_ascii_lowercase());
        if begins.is_some() && begins != self.folded.bytes().next() {
            return false;
        }
        let folded = fold_text(word);
        folded == self.folded
            || (self.is_beginning && folded.starts_with(&self.folded))
            || (begins_alike(&folded, &self.folded)
                && stems(word).iter().any(|stem| self.stems.contains(stem)))
    }
}

fn begins_alike(one: &str, other: &str) -> bool {
    one.chars().take(COMPARED_LETTERS).eq(other.chars().take(COMPARED_LETTERS))
}

fn stems(word: &str) -> Vec<String> {
    analyse(word, TextLanguage::English).stems().map(str::to_owned).collect()
}

fn wanted(text: &str, is_phrase: bool) -> Vec<Wanted> {
    let each = words(text).filter_map(|at| text.get(at));
    let each = each.map(|word| Wanted {
        folded: fold_text(word),
        stems: if is_phrase { Vec::new() } else { stems(word) },
        is_beginning: false,
    });
    each.filter(|word| !word.folded.is_empty()).collect()
}

/// The places of the words of a text.
fn words(text: &str) -> impl Iterator<Item = Range<usize>> {
    let is_inside = |letter: char| {
        letter.is_alphanumeric() || matches!(letter, '\u{ad}' | '\u{300}'..='\u{36f}')
    };
    let mut letters = text.char_indices().take(LETTERS_MAX).peekable();
    std::iter::from_fn(move || {
        let start = letters.by_ref().find(|(_, letter)| letter.is_alphanumeric())?;
        let mut end = start.0 + start.1.len_utf8();
        while let Some((at, letter)) = letters.next_if(|(_, letter)| is_inside(*letter)) {
            end = at + letter.len_utf8();
        }
        Some(start.0..end)
    })
}

fn one_line(text: &str) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.len() > LETTERS_MAX {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn cut(text: &str, hits: &[Range<usize>]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let mut push = |piece: fn(String) -> Piece, range: Range<usize>| {
        if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
            pieces.push(piece(text.to_owned()));
        }
    };
    for hit in hits {
        push(Piece::Plain, at..hit.start);
        push(Piece::Hit, hit.clone());
        at = hit.end;
    }
    push(Piece::Plain, at..text.len());
    pieces
}

/// A window on the text, a little before the given place, at the ends of words where that is near.
fn window(text: &str, hits: &[Range<usize>], around: usize) -> Vec<Piece> {
    let before = text.get(..around).unwrap_or_default();
    let start = match before.char_indices().rev().nth(SNIPPET_BEFORE) {
        Some((at, _)) => {
            before.get(at..).and_then(|rest| rest.find(' ')).map_or(at, |to| at + to + 1)
        }
        None => 0,
    };
    let rest = text.get(start..).unwrap_or_default();
    let end = match rest.char_indices().nth(SNIPPET_LETTERS) {
        Some((at, _)) => {
            let shown = rest.get(..at).unwrap_or_default();
            start + shown.rfind(' ').filter(|space| start + space > around).unwrap_or(at)
        }
        None => text.len(),
    };
    let inside = hits.iter().filter(|hit| hit.start >= start && hit.end <= end);
    let inside: Vec<Range<usize>> = inside.map(|hit| hit.start - start..hit.end - start).collect();
    let mut pieces = cut(text.get(start..end).unwrap_or_default(), &inside);
    if start > 0 {
        pieces.insert(0, Piece::Plain("… ".to_owned()));
    }
    if end < text.len() {
        pieces.push(Piece::Plain(" …".to_owned()));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marker(text: &str) -> Marker {
        Marker::new(&[SearchTerm::Word(text.to_owned())])
    }

    fn starred(pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece {
            Piece::Plain(text) => text.clone(),
            Piece::Hit(text) => format!("*{text}*"),
        };
        pieces.iter().map(piece).collect()
    }

    fn marked(search: &str, text: &str) -> String {
        starred(&marker(search).pieces(text))
    }

    #[test]
    fn every_spelling_and_form_of_a_word_is_marked() {
        let table = [
            ("müller x", "Herr Mueller, MÜLLER; Mulch", "Herr *Mueller*, *MÜLLER*; Mulch"),
            ("rechnung x", "Rechnungen zur Rechnung.", "*Rechnungen* zur *Rechnung*."),
            ("invoices x", "one invoice, two invoices", "one *invoice*, two *invoices*"),
            ("strasse x", "Straße 7", "*Straße* 7"),
            ("TS2611-0042 x", "[#TS2611-0042] 2611", "[#*TS2611*-*0042*] 2611"),
            ("x", "", ""),
        ];
        for (search, text, expected) in table {
            assert_eq!(marked(search, text), expected, "{search}");
        }
    }

    #[test]
    fn the_last_word_is_a_beginning_and_the_others_are_not() {
        assert_eq!(marked("druck", "Druckkopf und Drucker"), "*Druckkopf* und *Drucker*");
        assert_eq!(marked("druck raucht", "Druckkopf raucht"), "Druckkopf *raucht*");
        assert_eq!(marked("d", "Der d"), "Der *d*");
    }

    #[test]
    fn words_of_a_phrase_are_marked_only_as_they_are() {
        let phrase = Marker::new(&[SearchTerm::Phrase("neue Rechnung".to_owned())]);
        let pieces = phrase.pieces("Neue Rechnung, neue Rechnungen");
        assert_eq!(starred(&pieces), "*Neue* *Rechnung*, *neue* Rechnungen");
        let without = SearchTerm::Without(Box::new(SearchTerm::Word("a".to_owned())));
        assert_eq!(starred(&Marker::new(&[without]).pieces("a")), "a");
    }

    #[test]
    fn a_snippet_is_cut_around_the_first_mark() {
        let text = format!("{}Der Drucker\n raucht {}", "wort ".repeat(40), "ende ".repeat(60));
        let snippet = starred(&marker("drucker").snippet(["nichts", &text]));
        assert!(snippet.starts_with("… wort wort"), "{snippet}");
        assert!(snippet.contains("Der *Drucker* raucht ende"), "{snippet}");
        assert!(snippet.ends_with("ende …"), "{snippet}");
        assert!(snippet.chars().count() < 240, "{snippet}");
        assert_eq!(starred(&marker("drucker").snippet(["", "Kein Treffer"])), "Kein Treffer");
        assert_eq!(marker("drucker").snippet([""]), []);
    }

    #[test]
    fn a_snippet_of_one_long_word_is_cut_all_the_same() {
        let snippet = marker("x").snippet([&*"ä".repeat(5_000)]);
        assert_eq!(starred(&snippet).chars().count(), SNIPPET_LETTERS + 2);
    }

    #[test]
    fn other_forms_are_named_once() {
        let marker = marker("platte schaden");
        let pieces = marker.pieces("Platten, platten, Platte, Schäden");
        assert_eq!(marker.other_forms(&pieces), ["Platten"]);
    }

    #[test]
    fn a_name_is_covered_if_each_typed_word_begins_one_of_its_words() {
        let marker = Marker::of_beginnings("in pap");
        assert!(marker.is_covered_by("In den Papierkorb"));
        assert!(!marker.is_covered_by("In den Korb"));
        assert_eq!(starred(&marker.pieces("In den Papierkorb")), "*In* den *Papierkorb*");
        assert!(Marker::of_beginnings("").is_covered_by("x"));
    }
}
