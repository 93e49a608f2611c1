//! Searches: the words that a person typed, as questions to either database.

use super::analyse::{is_hyphenated, join_run};
use super::fold::{push_plain, push_without_pairs};
use super::language::TextLanguage;
use super::scan::{Part, parts};
use super::stem::Stemmers;
use super::tokens::{Tokens, push_quoted_lexeme};
use super::{QUERY_TERMS_MAX, WORD_LETTERS_MAX};

/// One thing to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SearchTerm {
    /// A word in any form; several words in one text are several words to look for.
    Word(String),
    /// Exactly these words one after another.
    Phrase(String),
    /// What must not occur.
    Without(Box<SearchTerm>),
}

/// What the last word of a query means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LastWord {
    /// The person may still be typing: also words that begin like it.
    Beginning,
    /// It is a word like the others.
    Whole,
}

/// A search in terms of the two columns: all clauses must hold.
///
/// Every entry in it comes out of the analysis and is quoted when printed, so nothing that a
/// person types can be syntax of a database.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SearchQuery {
    with: Vec<Clause>,
    without: Vec<Clause>,
}

/// Ways in which one term is found; any of them is enough.
type Clause = Vec<Way>;

#[derive(Clone, Debug, PartialEq, Eq)]
enum Way {
    Stem(String),
    Words { words: Vec<String>, last: LastWord },
}

/// The search for all these terms; terms without any letter or digit are left out, and so is what
/// goes beyond [`QUERY_TERMS_MAX`].
pub fn match_query(terms: &[SearchTerm], last: LastWord) -> SearchQuery {
    let stemmers = Stemmers::new();
    let mut query = SearchQuery::default();
    let ending = terms.len().saturating_sub(1);
    for (at, term) in terms.iter().enumerate() {
        let last = if at == ending { last } else { LastWord::Whole };
        match term {
            SearchTerm::Word(text) => {
                let mut runs = runs(text);
                let end = runs.pop().map(|run| clause(&stemmers, run, last));
                let before = runs.into_iter().map(|run| clause(&stemmers, run, LastWord::Whole));
                query.with.extend(before.chain(end));
            }
            SearchTerm::Phrase(text) => query.with.extend(phrase(text)),
            SearchTerm::Without(term) => query.without.extend(unwanted(&stemmers, term)),
        }
    }
    query.with.truncate(QUERY_TERMS_MAX);
    query.without.truncate(QUERY_TERMS_MAX);
    query
}

impl SearchQuery {
    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.with.is_empty() && self.without.is_empty()
    }

    /// The text for FTS5's `match` on a table with the columns `stem` and `word`, see
    /// [`Tokens::fts5_columns`].
    ///
    /// `scope`: of each group one entry must occur (`[["§a1", "§a2"], ["§ext"]]`). `None` if there
    /// is neither a scope nor a term that must occur: FTS5 cannot ask only for what is missing.
    pub fn fts5(&self, scope: &[&[&str]]) -> Option<String> {
        let groups = scope.iter().map(|group| {
            let entries: Vec<_> = group.iter().map(|entry| fts5_quoted(entry)).collect();
            format!("stem : ({})", entries.join(" OR "))
        });
        let with: Vec<_> = groups.chain(self.with.iter().map(fts5_clause)).collect();
        if with.is_empty() {
            return None;
        }
        let mut text = with.join(" AND ");
        if !self.without.is_empty() {
            let without: Vec<_> = self.without.iter().map(fts5_clause).collect();
            text = format!("({text}) NOT ({})", without.join(" OR "));
        }
        Some(text)
    }

    /// The text of a `tsquery` for PostgreSQL, to be cast (not parsed with a configuration), see
    /// [`Tokens::tsvector_literal`]. `scope` as above; `None` if nothing is asked for.
    pub fn tsquery(&self, scope: &[&[&str]]) -> Option<String> {
        let groups = scope.iter().map(|group| {
            let entries: Vec<_> = group.iter().map(|entry| lexeme(' ', entry)).collect();
            format!("({})", entries.join(" | "))
        });
        let with = self.with.iter().map(tsquery_clause);
        let without = self.without.iter().map(|clause| format!("!{}", tsquery_clause(clause)));
        let all: Vec<_> = groups.chain(with).chain(without).collect();
        (!all.is_empty()).then(|| all.join(" & "))
    }

    /// Whether these tokens hold everything that is looked for.
    pub(super) fn matches(&self, tokens: &Tokens) -> bool {
        let holds = |clause: &Clause| clause.iter().any(|way| way.is_found_in(tokens));
        self.with.iter().all(holds) && !self.without.iter().any(holds)
    }
}

impl Way {
    fn is_found_in(&self, tokens: &Tokens) -> bool {
        match self {
            Self::Stem(stem) => tokens.stems().any(|entry| entry == stem),
            Self::Words { words, last } => {
                let all: Vec<_> = tokens.words().collect();
                all.windows(words.len()).any(|window| follows(window, words, *last))
            }
        }
    }
}

/// Whether these words of a text are the words looked for.
fn follows(window: &[&str], words: &[String], last: LastWord) -> bool {
    let ending = words.len().saturating_sub(1);
    window.iter().zip(words).enumerate().all(|(at, (found, word))| {
        match at == ending && last == LastWord::Beginning {
            true => found.starts_with(word.as_str()),
            false => found == word,
        }
    })
}

/// Words that hang together, folded.
struct Run<'a> {
    plain: String,
    words: Vec<String>,
    connectors: Vec<&'a str>,
}

/// The runs of a text, as many as a query may have.
fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    for Part { text, joined_by } in parts(text).take(QUERY_TERMS_MAX) {
        let (plain, word) = folded(text);
        if word.is_empty() {
            continue;
        }
        match (joined_by, runs.last_mut()) {
            (Some(connector), Some(run)) => {
                run.connectors.push(connector);
                run.words.push(word);
            }
            _ => runs.push(Run { plain, words: vec![word], connectors: Vec::new() }),
        }
    }
    runs
}

fn folded(text: &str) -> (String, String) {
    let (mut plain, mut word) = (String::new(), String::new());
    push_plain(text, WORD_LETTERS_MAX, &mut plain);
    push_without_pairs(&plain, &mut word);
    (plain, word)
}

/// The ways to find a run: by its stems or kept whole, by its words one after another.
fn clause(stemmers: &Stemmers, run: Run<'_>, last: LastWord) -> Clause {
    let mut ways = Clause::new();
    let mut add = |entry: &str| {
        let way = Way::Stem(entry.to_owned());
        if !entry.is_empty() && !ways.contains(&way) {
            ways.push(way);
        }
    };
    let is_single = run.connectors.is_empty();
    if is_single {
        stemmers.each(&run.plain, &run.words.concat(), TextLanguage::English, add);
    } else {
        let mut whole = String::new();
        join_run(&run.words.join(" "), &run.connectors, &mut whole);
        add(&whole);
        if is_hyphenated(&run.connectors) {
            whole.retain(|c| c != '-');
            stemmers.each(&whole, &whole, TextLanguage::German, add);
        }
    }
    // One letter begins too many words to be worth asking.
    let is_short = run.words.last().is_none_or(|word| word.len() < 2);
    let last = if is_short { LastWord::Whole } else { last };
    if !is_single || last == LastWord::Beginning {
        ways.push(Way::Words { words: run.words, last });
    }
    ways
}

fn phrase(text: &str) -> Option<Clause> {
    let words = parts(text).map(|part| folded(part.text).1).filter(|word| !word.is_empty());
    let words: Vec<_> = words.take(QUERY_TERMS_MAX).collect();
    (!words.is_empty()).then(|| vec![Way::Words { words, last: LastWord::Whole }])
}

/// What must not occur; a word with blanks in it counts as a phrase, and not-not as nothing.
fn unwanted(stemmers: &Stemmers, term: &SearchTerm) -> Option<Clause> {
    match term {
        SearchTerm::Word(text) => {
            let mut runs = runs(text);
            match runs.len() {
                0 | 1 => runs.pop().map(|run| clause(stemmers, run, LastWord::Whole)),
                _ => phrase(text),
            }
        }
        SearchTerm::Phrase(text) => phrase(text),
        SearchTerm::Without(_) => None,
    }
}

fn fts5_quoted(entry: &str) -> String {
    format!("\"{}\"", entry.replace('"', "\"\""))
}

fn fts5_clause(clause: &Clause) -> String {
    let ways: Vec<_> = clause
        .iter()
        .map(|way| match way {
            Way::Stem(stem) => format!("stem : {}", fts5_quoted(stem)),
            Way::Words { words, last } => {
                let star = if *last == LastWord::Beginning { " *" } else { "" };
                format!("word : {}{star}", fts5_quoted(&words.join(" ")))
            }
        })
        .collect();
    format!("({})", ways.join(" OR "))
}

fn lexeme(column: char, entry: &str) -> String {
    let mut out = String::new();
    push_quoted_lexeme(column, entry, &mut out);
    out
}

fn tsquery_clause(clause: &Clause) -> String {
    let ways: Vec<_> = clause
        .iter()
        .map(|way| match way {
            Way::Stem(stem) => lexeme('=', stem),
            Way::Words { words, last } => {
                let star = if *last == LastWord::Beginning { ":*" } else { "" };
                let words: Vec<_> = words.iter().map(|word| lexeme('~', word)).collect();
                format!("({}{star})", words.join(" <-> "))
            }
        })
        .collect();
    format!("({})", ways.join(" | "))
}
