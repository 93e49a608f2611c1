//! A condition as words: what stands between "if" and "then".

use rules::filter::{Comparison, Field, Names, Tree, Value, print};
use values::Language;

use super::words::{field, state};
use crate::record::frame::mail_class;
use crate::texts;

/// Whether a clause has to hold.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Holds {
    Yes,
    No,
}

/// A condition as words. Below the top, several of them stand in parentheses.
pub fn when(language: Language, tree: &Tree, names: &impl Names, is_top: bool) -> String {
    let texts = texts::intake_rules(language);
    let list = |trees: &[Tree], between: &str| {
        let parts: Vec<String> =
            trees.iter().map(|tree| when(language, tree, names, false)).collect();
        let text = parts.join(&format!(" {between} "));
        if is_top { text } else { format!("({text})") }
    };
    match tree {
        Tree::All(trees) => list(trees, texts.and()),
        Tree::Any(trees) => list(trees, texts.or()),
        Tree::Not(inner) => match inner.as_ref() {
            Tree::Field { field: of, values } => clause(language, *of, values, names, Holds::No),
            inner => texts.not(&when(language, inner, names, false)),
        },
        Tree::Word(text) | Tree::Phrase(text) => texts.has_words(text),
        Tree::Field { field: of, values } => clause(language, *of, values, names, Holds::Yes),
    }
}

/// What a field says, or does not say.
fn clause(
    language: Language,
    of: Field,
    values: &[Value],
    names: &impl Names,
    holds: Holds,
) -> String {
    let texts = texts::intake_rules(language);
    let said = || said(language, of, values, names);
    match (of, holds) {
        (Field::Attachment, _) => attached(language, values, names, holds),
        (Field::Is, Holds::Yes) => texts.is_so(&said()),
        (Field::Is, Holds::No) => texts.is_not_so(&said()),
        (Field::Class | Field::Mailbox | Field::Company | Field::Size, Holds::Yes) => {
            texts.is(field(language, of), &said())
        }
        (Field::Class | Field::Mailbox | Field::Company | Field::Size, Holds::No) => {
            texts.is_not(field(language, of), &said())
        }
        (of, Holds::Yes) => texts.contains(field(language, of), &said()),
        (of, Holds::No) => texts.contains_not(field(language, of), &said()),
    }
}

/// That there is an attachment, or none, or one of this name.
fn attached(language: Language, values: &[Value], names: &impl Names, holds: Holds) -> String {
    let texts = texts::intake_rules(language);
    let one = |value: &Value| match (value, holds) {
        (Value::Some, Holds::Yes) | (Value::Nothing, Holds::No) => texts.attached().to_owned(),
        (Value::Some, Holds::No) | (Value::Nothing, Holds::Yes) => texts.unattached().to_owned(),
        (name, _) => {
            let name = said(language, Field::Attachment, std::slice::from_ref(name), names);
            let called = field(language, Field::Attachment);
            if holds == Holds::Yes {
                texts.contains(called, &name)
            } else {
                texts.contains_not(called, &name)
            }
        }
    };
    let all: Vec<String> = values.iter().map(one).collect();
    let between = if holds == Holds::Yes { texts.or() } else { texts.and() };
    all.join(&format!(" {between} "))
}

/// The values of a field: names and texts in quotes, all else as people say it.
fn said(language: Language, field: Field, values: &[Value], names: &impl Names) -> String {
    let texts = texts::intake_rules(language);
    let one = |value: &Value| {
        let tree = Tree::Field { field, values: vec![value.clone()] };
        let printed = print(&tree, language, names);
        let text = printed.split_once(':').map_or("", |(_, text)| text).trim_matches('"');
        match value {
            Value::Text(_) | Value::Id(_) | Value::Name(_) => texts.quoted(text),
            Value::State(one) => state(language, *one).to_owned(),
            Value::Class(class) => texts.quoted(mail_class(language, class.code())),
            Value::Size(comparison, _) => size(language, *comparison, text),
            _ => text.replace('_', " "),
        }
    };
    let all: Vec<String> = values.iter().map(one).collect();
    all.join(&format!(" {} ", texts.or()))
}

/// A size as it is written in a filter, as people say it: `>5mb` as "more than 5 MB".
fn size(language: Language, comparison: Comparison, written: &str) -> String {
    let texts = texts::intake_rules(language);
    let written = written.trim_start_matches(['<', '>', '=']);
    let digits = written.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let unit = written.strip_prefix(digits).filter(|unit| !unit.is_empty()).unwrap_or("B");
    let size = format!("{digits} {}", unit.to_uppercase());
    match comparison {
        Comparison::At => size,
        Comparison::Less => texts.less_than(&size),
        Comparison::AtMost => texts.at_most(&size),
        Comparison::Greater => texts.more_than(&size),
        Comparison::AtLeast => texts.at_least(&size),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feature::intake_rules::form;
    use crate::record::intake_rule::NoNames;

    #[test]
    fn a_condition_reads_as_a_sentence() {
        let table = [
            (
                "betreff:mahnung,\"letzte Zahlung\"",
                "Betreff „mahnung“ oder „letzte Zahlung“ enthält",
            ),
            ("anhang:ja", "die Mail einen Anhang hat"),
            ("-anhang:ja", "die Mail keinen Anhang hat"),
            ("anhang:nein,rechnung", "die Mail keinen Anhang hat oder Anhang „rechnung“ enthält"),
            (
                "-anhang:nein,rechnung",
                "die Mail einen Anhang hat und Anhang nicht „rechnung“ enthält",
            ),
            ("größe:>5mb", "Größe mehr als 5 MB ist"),
            ("-größe:<=20kb", "Größe nicht höchstens 20 KB ist"),
            ("ist:bekannt,antwort", "die Mail von einem bekannten Absender oder eine Antwort ist"),
            ("-ist:automatisch", "die Mail nicht automatisch verschickt ist"),
            ("-klasse:liste", "Klasse nicht „Verteiler“ ist"),
        ];
        for (condition, words) in table {
            let said = when(Language::German, &form::tree(condition), &NoNames, true);
            assert_eq!(said, words, "{condition}");
        }
        let english =
            when(Language::English, &form::tree("-anhang:nein größe:>5mb"), &NoNames, true);
        assert_eq!(english, "the mail has an attachment and Size is more than 5 MB");
    }
}
