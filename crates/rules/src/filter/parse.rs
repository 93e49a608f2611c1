//! From a text to a tree.

use super::field::{Dialect, Field};
use super::lex::{Sort, Token, tokens};
use super::state::Fixed;
use super::tree::{Mark, Parsed, Reason, Tree};
use super::value::field_tree;
use super::{BYTES_MAX, DEPTH_MAX, TERMS_MAX};

/// Reads a filter. Every text gives a tree; what was not understood is marked.
///
/// ```
/// use rules::filter::{parse, Tree};
/// assert_eq!(parse("").tree, Tree::everything());
/// assert_eq!(parse("foo:bar").marks[0].reason.code(), "unknown_field");
/// ```
pub fn parse(text: &str) -> Parsed {
    parse_in(text, Dialect::Tickets)
}

/// Reads a filter of a dialect, as [`parse`] does.
pub fn parse_in(text: &str, dialect: Dialect) -> Parsed {
    let end = text.floor_char_boundary(BYTES_MAX);
    let text_read = text.get(..end).unwrap_or_default();
    let named = |name: &str| Field::from_name_in(name, dialect);
    let (tokens, mut marks) = tokens(text_read, dialect.signs(), named);
    if end < text.len() {
        marks.push(Mark { at: end..text.len(), reason: Reason::TooLong });
    }
    let mut parser = Parser { tokens: &tokens, at: 0, left: TERMS_MAX, marks, dialect };
    let mut trees = vec![parser.alternatives(0)];
    // Only a parenthesis that was never opened ends the alternatives early.
    while let Some(token) = parser.next() {
        parser.mark(token, Reason::Unbalanced);
        trees.push(parser.alternatives(0));
    }
    let mut marks = parser.marks;
    marks.sort_by_key(|mark| (mark.at.start, mark.reason));
    marks.dedup();
    Parsed { tree: Tree::all(trees), marks }
}

struct Parser<'a> {
    tokens: &'a [Token<Field>],
    at: usize,
    /// How many more terms count.
    left: usize,
    marks: Vec<Mark>,
    dialect: Dialect,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a Token<Field>> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<&'a Token<Field>> {
        let token = self.peek();
        self.at += 1;
        token
    }

    fn mark(&mut self, token: &Token<Field>, reason: Reason) {
        self.marks.push(Mark { at: token.at.clone(), reason });
    }

    /// Terms up to a closing parenthesis or the end, with `oder` between groups of them.
    fn alternatives(&mut self, depth: usize) -> Tree {
        let mut alternatives = Vec::new();
        let mut terms = Vec::new();
        while let Some(token) = self.peek() {
            match &token.sort {
                Sort::Close => break,
                Sort::Word(word) if is_or(word) && !terms.is_empty() && self.goes_on() => {
                    self.at += 1;
                    alternatives.push(Tree::all(std::mem::take(&mut terms)));
                }
                _ => terms.extend(self.term(depth)),
            }
        }
        if alternatives.is_empty() {
            return Tree::all(terms);
        }
        // The group after an `oder` is empty if its terms were not understood.
        if !terms.is_empty() {
            alternatives.push(Tree::all(terms));
        }
        Tree::any(alternatives)
    }

    /// Whether a term follows the token here.
    fn goes_on(&self) -> bool {
        let next = self.tokens.get(self.at + 1);
        next.is_some_and(|token| !matches!(token.sort, Sort::Close))
    }

    /// One term; nothing if it is empty or beyond what counts.
    fn term(&mut self, depth: usize) -> Option<Tree> {
        let mut is_negated = false;
        while matches!(self.peek()?.sort, Sort::Minus) {
            is_negated = !is_negated;
            self.at += 1;
        }
        let token = self.next()?;
        let tree = match &token.sort {
            Sort::Open => self.group(token, depth)?,
            Sort::Close | Sort::Minus => {
                self.at -= 1;
                return None;
            }
            _ if self.left == 0 => {
                self.mark(token, Reason::TooLong);
                return None;
            }
            // Printed with quotes, so that it stays a word wherever it comes to stand.
            Sort::Word(word) if is_or(word) => Tree::Phrase(word.clone()),
            Sort::Word(word) if !has_letters(word) => return None,
            Sort::Word(word) => Tree::Word(word.clone()),
            Sort::Quoted(text) if !has_letters(text) => return None,
            Sort::Quoted(text) => Tree::Phrase(text.clone()),
            Sort::Field { field, values } => {
                let values = values.get(..self.left.min(values.len())).unwrap_or_default();
                self.left -= values.len().saturating_sub(1).min(self.left - 1);
                field_tree(*field, values, self.dialect, &mut self.marks)?
            }
        };
        self.left = self.left.saturating_sub(1);
        Some(if is_negated { tree.negated() } else { tree })
    }

    /// What stands in parentheses, the opening one being read.
    fn group(&mut self, open: &Token<Field>, depth: usize) -> Option<Tree> {
        if depth >= DEPTH_MAX {
            self.mark(open, Reason::TooDeep);
            self.skip_group();
            return None;
        }
        let tree = self.alternatives(depth + 1);
        if self.next().is_none() {
            self.mark(open, Reason::Unbalanced);
        }
        let is_empty = tree == Tree::everything() || tree == Tree::Any(Vec::new());
        (!is_empty).then_some(tree)
    }

    /// Goes behind the parenthesis that closes the one just read.
    fn skip_group(&mut self) {
        let mut open = 1_usize;
        while open > 0
            && let Some(token) = self.next()
        {
            match token.sort {
                Sort::Open => open += 1,
                Sort::Close => open -= 1,
                _ => {}
            }
        }
    }
}

fn is_or(word: &str) -> bool {
    Fixed::from_name(word) == Some(Fixed::Or)
}

/// Whether there is anything to look for.
fn has_letters(text: &str) -> bool {
    text.contains(char::is_alphanumeric)
}
