//! A tree as text again.

use values::Language;

use super::field::Field;
use super::resolve::Names;
use super::size;
use super::state::{Fixed, class_name, kind_name};
use super::time::{Moment, Unit};
use super::tree::{Tree, Value};

/// The filter as text in this language. Read again, it gives the same tree, provided `names`
/// leads each printed name back to its id.
pub fn print(tree: &Tree, language: Language, names: &impl Names) -> String {
    let printer = Printer { language, names };
    let mut out = String::new();
    printer.tree(tree, Level::Top, &mut out);
    out
}

struct Printer<'a, N> {
    language: Language,
    names: &'a N,
}

/// Where a tree stands, which decides about parentheses.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    Top,
    Alternative,
    Term,
}

impl<N: Names> Printer<'_, N> {
    fn tree(&self, tree: &Tree, level: Level, out: &mut String) {
        match tree {
            Tree::All(trees) => {
                self.list(trees, " ", level == Level::Term, Level::Term, out);
            }
            Tree::Any(trees) => {
                let or = format!(" {} ", Fixed::Or.name(self.language));
                self.list(trees, &or, level != Level::Top, Level::Alternative, out);
            }
            Tree::Not(tree) => {
                out.push('-');
                self.tree(tree, Level::Term, out);
            }
            Tree::Word(text) => out.push_str(text),
            Tree::Phrase(text) => push_quoted(text, out),
            Tree::Field { field, values } => self.field(*field, values, out),
        }
    }

    fn list(
        &self,
        trees: &[Tree],
        between: &str,
        has_parentheses: bool,
        level: Level,
        out: &mut String,
    ) {
        if has_parentheses {
            out.push('(');
        }
        for (at, tree) in trees.iter().enumerate() {
            if at > 0 {
                out.push_str(between);
            }
            self.tree(tree, level, out);
        }
        if has_parentheses {
            out.push(')');
        }
    }

    fn field(&self, field: Field, values: &[Value], out: &mut String) {
        out.push_str(field.name(self.language));
        out.push(':');
        for (at, value) in values.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            self.value(field, value, out);
        }
    }

    fn value(&self, field: Field, value: &Value, out: &mut String) {
        let fixed = |fixed: Fixed| fixed.name(self.language);
        match value {
            Value::Name(name) => push_text(&name.text, out),
            Value::Id(id) => match self.names.name(field, *id).filter(|_| field.has_names()) {
                Some(name) => push_text(&name, out),
                None if field.has_names() => out.push_str(&format!("#{id}")),
                None => out.push_str(&id.to_string()),
            },
            Value::Me => out.push_str(fixed(Fixed::Me)),
            Value::Nothing if field == Field::Attachment => out.push_str(fixed(Fixed::No)),
            Value::Nothing => out.push_str(fixed(Fixed::Nothing)),
            Value::State(state) => out.push_str(state.name(self.language)),
            Value::Kind(kind) => out.push_str(kind_name(*kind, self.language)),
            Value::Time(comparison, moment) => {
                out.push_str(comparison.operator());
                self.moment(*moment, out);
            }
            Value::Text(text) => push_text(text, out),
            Value::Some => out.push_str(fixed(Fixed::Yes)),
            Value::Size(comparison, bytes) => {
                out.push_str(comparison.operator());
                out.push_str(&size::print(*bytes));
            }
            Value::Class(class) => out.push_str(class_name(*class, self.language)),
        }
    }

    fn moment(&self, moment: Moment, out: &mut String) {
        let day = |fixed: Fixed| fixed.name(self.language).to_owned();
        out.push_str(&match moment {
            Moment::Day(date) => date.to_string(),
            Moment::DayFromToday(..0) => day(Fixed::Yesterday),
            Moment::DayFromToday(0) => day(Fixed::Today),
            Moment::DayFromToday(1..) => day(Fixed::Tomorrow),
            Moment::Span { count, unit, is_before_now } => span(count, unit, is_before_now),
        });
    }
}

fn span(count: u32, unit: Unit, is_before_now: bool) -> String {
    let minus = if is_before_now { "-" } else { "" };
    format!("{minus}{count}{}", unit.letter())
}

/// A value, in quotes where it would otherwise be read differently.
pub(crate) fn push_text(text: &str, out: &mut String) {
    let is_plain = |c: char| !c.is_whitespace() && !"()\",".contains(c);
    let is_bare = text.chars().all(is_plain)
        && !text.starts_with(['<', '>', '!', '?', '#'])
        && Fixed::from_name(text).is_none();
    match is_bare {
        true => out.push_str(text),
        false => push_quoted(text, out),
    }
}

/// A text cannot hold a quote, except in a name of the installation: those become blanks.
fn push_quoted(text: &str, out: &mut String) {
    out.push('"');
    out.push_str(&text.replace('"', " "));
    out.push('"');
}
