//! Cutting a filter's text into tokens.

use std::ops::Range;

use super::tree::{Mark, Reason};

/// A token and its bytes.
#[derive(Debug)]
pub(crate) struct Token<F> {
    pub sort: Sort<F>,
    pub at: Range<usize>,
}

#[derive(Debug)]
pub(crate) enum Sort<F> {
    Open,
    Close,
    Minus,
    Word(String),
    Quoted(String),
    Field { field: F, values: Vec<RawValue> },
}

/// A value as written, before anybody knows what it means.
#[derive(Debug)]
pub(crate) struct RawValue {
    /// `<`, `<=`, `>`, `>=`, `!`, `?` or nothing.
    pub operator: &'static str,
    pub text: String,
    pub is_quoted: bool,
    /// The bytes of the text, without operator and with quotes.
    pub at: Range<usize>,
}

/// The tokens of a text, and what is wrong with its characters. Names that `named` does not know are
/// words. Each of the signs turns round what it stands before.
pub(crate) fn tokens<F>(
    text: &str,
    signs: &'static [char],
    named: impl Fn(&str) -> Option<F>,
) -> (Vec<Token<F>>, Vec<Mark>) {
    let mut lexer = Lexer { text, at: 0, marks: Vec::new(), signs, named };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.token() {
        tokens.push(token);
    }
    (tokens, lexer.marks)
}

struct Lexer<'a, N> {
    text: &'a str,
    at: usize,
    marks: Vec<Mark>,
    signs: &'static [char],
    named: N,
}

impl<'a, F, N: Fn(&str) -> Option<F>> Lexer<'a, N> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn token(&mut self) -> Option<Token<F>> {
        loop {
            self.take_while(char::is_whitespace);
            let start = self.at;
            let sort = match self.rest().chars().next()? {
                '(' => self.single(Sort::Open),
                ')' => self.single(Sort::Close),
                '"' => Sort::Quoted(self.quoted()),
                sign if self.signs.contains(&sign) => {
                    self.at += 1;
                    // A sign between blanks is no negation of anything.
                    let next = self.rest().chars().next();
                    if next.is_none_or(|c| c.is_whitespace() || c == ')') {
                        continue;
                    }
                    Sort::Minus
                }
                _ => match self.word() {
                    Some(sort) => sort,
                    None => continue,
                },
            };
            return Some(Token { sort, at: start..self.at });
        }
    }

    fn single(&mut self, sort: Sort<F>) -> Sort<F> {
        self.at += 1;
        sort
    }

    fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        self.at += end;
        rest.get(..end).unwrap_or_default()
    }

    /// The text between quotes; without a second quote, the rest.
    fn quoted(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        let inside = self.take_while(|c| c != '"');
        if self.rest().is_empty() {
            self.marks.push(Mark { at: start..self.at, reason: Reason::Unbalanced });
        } else {
            self.at += 1;
        }
        inside.to_owned()
    }

    /// A field with its values, or a word; nothing for a field without a value.
    fn word(&mut self) -> Option<Sort<F>> {
        let start = self.at;
        let name = self.take_while(|c| is_bare(c) && c != ':');
        let is_name = self.rest().starts_with(':') && is_field_name(name);
        if is_name && let Some(field) = (self.named)(name) {
            self.at += 1;
            let values = self.values();
            if values.is_empty() {
                self.marks.push(Mark { at: start..self.at, reason: Reason::MissingValue });
                return None;
            }
            return Some(Sort::Field { field, values });
        }
        let after = self.take_while(is_bare);
        if is_name && after.len() > 1 && !after.starts_with("://") {
            let at = start..start + name.len();
            self.marks.push(Mark { at, reason: Reason::UnknownField });
        }
        Some(Sort::Word(format!("{name}{after}")))
    }

    fn values(&mut self) -> Vec<RawValue> {
        let mut values = Vec::new();
        loop {
            let operator = ["<=", ">=", "<", ">", "!", "?"]
                .into_iter()
                .find(|operator| self.rest().starts_with(operator))
                .unwrap_or_default();
            self.at += operator.len();
            let start = self.at;
            let is_quoted = self.rest().starts_with('"');
            let text = match is_quoted {
                true => self.quoted(),
                false => self.take_while(|c| is_bare(c) && c != ',').to_owned(),
            };
            if !text.trim().is_empty() {
                values.push(RawValue { operator, text, is_quoted, at: start..self.at });
            }
            if !self.rest().starts_with(',') {
                return values;
            }
            self.at += 1;
        }
    }
}

/// Whether the character can stand in a word or a value without quotes.
fn is_bare(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '(' | ')' | '"')
}

fn is_field_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphabetic() || c == '_')
}
