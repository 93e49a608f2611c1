//! Analysis of text for the full-text search, the same for both databases and for queries.
//!
//! A text becomes words (folded: `Müller`, `Mueller` and `Muller` are one) and stems (`Rechnungen`
//! and `Rechnung` are one). Words stand in one column and serve phrases and beginnings of words;
//! stems, together with numbers and addresses kept whole, stand in another and serve single
//! words. Compounds are not split.

mod analyse;
mod emoji;
mod fold;
mod language;
mod memory;
mod query;
mod scan;
mod stem;
mod tokens;

pub use analyse::analyse;
pub use emoji::without_emojis;
pub use fold::fold_text;
pub use language::{TextLanguage, guess_language};
pub use query::{LastWord, SearchQuery, SearchTerm, match_query};
pub use tokens::Tokens;

/// How many words of one text are analysed; the rest is not found.
pub const WORDS_MAX: usize = 20_000;

/// How many bytes the two columns of one text may have together. PostgreSQL refuses a `tsvector`
/// above 1 MiB, positions included; half of it leaves room for them.
pub const BYTES_MAX: usize = 512 * 1024;

/// How many letters of a word count.
pub const WORD_LETTERS_MAX: usize = 64;

/// How many words and phrases of one query are looked for; the rest is left out.
pub const QUERY_TERMS_MAX: usize = 32;

#[cfg(test)]
mod tests;
