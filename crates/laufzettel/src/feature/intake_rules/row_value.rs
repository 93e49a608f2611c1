//! The values of a row: separated by commas, in quotes only where these matter.

use rules::filter::{Dialect, Field, Tree, parse_in};

/// A value as it stands in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowValue {
    /// The value, without quotes.
    pub text: String,
    /// Whether all of it stands in quotes.
    pub is_quoted: bool,
}

/// The values of a row. A comma in quotes separates nothing.
pub fn split(values: &str) -> Vec<RowValue> {
    let (mut pieces, mut is_inside) = (vec![String::new()], false);
    for c in values.chars() {
        match c {
            ',' if !is_inside => pieces.push(String::new()),
            c => {
                is_inside ^= c == '"';
                pieces.last_mut().into_iter().for_each(|piece| piece.push(c));
            }
        }
    }
    pieces.iter().filter_map(|piece| value(piece.trim())).collect()
}

fn value(piece: &str) -> Option<RowValue> {
    let value = match unquoted(piece) {
        Some(inside) => RowValue { text: inside.to_owned(), is_quoted: true },
        None => RowValue { text: piece.replace('"', "").trim().to_owned(), is_quoted: false },
    };
    (!value.text.trim().is_empty()).then_some(value)
}

/// What stands between the only two quotes.
fn unquoted(piece: &str) -> Option<&str> {
    let inside = piece.strip_prefix('"')?.strip_suffix('"')?;
    (!inside.contains('"')).then_some(inside)
}

impl RowValue {
    /// The value in the text of a field.
    pub fn of_field(&self, field: Field) -> String {
        if self.is_quoted { in_quotes(&self.text) } else { of_field(field, &self.text) }
    }

    /// The value as a word, or as words one after another.
    pub fn of_words(&self) -> String {
        if self.is_quoted { in_quotes(&self.text) } else { of_words(&self.text) }
    }
}

/// What a row shows of a value that a field has in a text.
pub fn shown_of_field(field: Field, written: &str) -> String {
    shown(written, |text| of_field(field, text))
}

/// What a row shows of a word or a phrase.
pub fn shown_of_words(written: &str) -> String {
    shown(written, of_words)
}

/// A text that stands in a row as one value, whatever it holds.
pub fn one_value(text: &str) -> String {
    let text = text.replace('"', "");
    if text.contains(',') { in_quotes(&text) } else { text }
}

/// Without quotes, if they are put around it again.
fn shown(written: &str, again: impl Fn(&str) -> String) -> String {
    let is_same =
        |text: &&str| !text.contains(',') && *text == text.trim() && again(text) == written;
    match unquoted(written).filter(is_same) {
        Some(text) => text.to_owned(),
        None if !written.contains(',') => written.to_owned(),
        None => in_quotes(unquoted(written).unwrap_or(written)),
    }
}

fn of_field(field: Field, text: &str) -> String {
    if field.has_names() && is_id(text) { text.to_owned() } else { quoted(text) }
}

fn of_words(text: &str) -> String {
    let parsed = parse_in(text, Dialect::Mails);
    let is_word = parsed.marks.is_empty() && parsed.tree == Tree::Word(text.to_owned());
    if is_word { text.to_owned() } else { in_quotes(text) }
}

/// Whether it is the id of something that has no name any more.
pub fn is_id(text: &str) -> bool {
    text.strip_prefix('#').is_some_and(|digits| digits.parse::<i64>().is_ok())
}

/// A value in quotes, unless it is a plain word. A quote in it cannot be written and is left out.
pub fn quoted(text: &str) -> String {
    let text = text.trim();
    let is_plain = |c: char| !c.is_whitespace() && !"()\",".contains(c);
    let is_bare = !text.is_empty()
        && text.chars().all(is_plain)
        && !text.starts_with(['<', '>', '!', '?', '#']);
    if is_bare { text.to_owned() } else { in_quotes(text) }
}

fn in_quotes(text: &str) -> String {
    format!("\"{}\"", text.replace('"', ""))
}
