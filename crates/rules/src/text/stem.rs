//! Stems of folded words.

use rust_stemmers::{Algorithm, Stemmer};

use super::fold::push_without_pairs;
use super::language::TextLanguage;

/// Both stemmers.
pub(super) struct Stemmers {
    german: Stemmer,
    english: Stemmer,
}

impl Stemmers {
    /// The stemmers of Snowball.
    pub fn new() -> Self {
        Self {
            german: Stemmer::create(Algorithm::German),
            english: Stemmer::create(Algorithm::English),
        }
    }

    /// Calls `emit` with the German stem of a word and, in an English text, with the English one
    /// if it differs.
    ///
    /// The German stem is taken of the folded word, so that all spellings of an umlaut have the
    /// same. The English one is taken of the plain word, because `issue` and `issues` meet only
    /// with their `ue`.
    pub fn each(
        &self,
        plain: &str,
        folded: &str,
        language: TextLanguage,
        mut emit: impl FnMut(&str),
    ) {
        if !is_stemmed(folded) {
            return emit(folded);
        }
        let german = self.german.stem(folded);
        emit(&german);
        if language == TextLanguage::English {
            let mut english = String::with_capacity(plain.len());
            push_without_pairs(&self.english.stem(plain), &mut english);
            if english != german && !english.is_empty() {
                emit(&english);
            }
        }
    }
}

/// Short words, numbers and words of other scripts are their own stems.
fn is_stemmed(folded: &str) -> bool {
    folded.len() > 2 && folded.bytes().all(|byte| byte.is_ascii_lowercase())
}
