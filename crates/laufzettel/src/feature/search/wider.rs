//! Searches that may find more than one that found nothing: each drops something that narrows it.

use rules::filter::{Field, State, Tree, Value};

/// The same words in any form, where they were to be found exactly.
pub fn any_form(tree: &Tree) -> Option<Tree> {
    let loosened = |term: Tree| match term {
        Tree::Phrase(text) => text.split_whitespace().map(word).collect(),
        term => vec![term],
    };
    changed(tree, terms(tree).into_iter().flat_map(loosened).collect())
}

/// A word in any form. What the filter language would read as something else stays as it is.
fn word(text: &str) -> Tree {
    match text.chars().all(char::is_alphanumeric) {
        true => Tree::Word(text.to_owned()),
        false => Tree::Phrase(text.to_owned()),
    }
}

/// The same search among closed tickets, too.
pub fn closed_too(tree: &Tree) -> Option<Tree> {
    changed(tree, terms(tree).into_iter().filter(|term| !leaves_out_closed(term)).collect())
}

fn leaves_out_closed(term: &Tree) -> bool {
    let is = |tree: &Tree, state: State| matches!(tree, Tree::Field { field: Field::Is, values } if *values == [Value::State(state)]);
    match term {
        Tree::Not(inner) => is(inner, State::Closed),
        term => is(term, State::Open),
    }
}

/// The words alone.
pub fn without_filter(tree: &Tree) -> Option<Tree> {
    changed(tree, terms(tree).into_iter().filter(is_words).collect())
}

fn is_words(tree: &Tree) -> bool {
    match tree {
        Tree::Word(_) | Tree::Phrase(_) => true,
        Tree::All(trees) | Tree::Any(trees) => trees.iter().all(is_words),
        Tree::Not(_) | Tree::Field { .. } => false,
    }
}

fn terms(tree: &Tree) -> Vec<Tree> {
    match tree {
        Tree::All(terms) => terms.clone(),
        term => vec![term.clone()],
    }
}

/// The search for these terms, unless it is the same as before or for nothing.
fn changed(before: &Tree, terms: Vec<Tree>) -> Option<Tree> {
    let is_other = !terms.is_empty() && terms != self::terms(before);
    is_other.then_some(Tree::All(terms))
}

#[cfg(test)]
mod tests {
    use rules::filter::{Names, parse, print};
    use values::Language;

    use super::*;

    struct NoNames;

    impl Names for NoNames {
        fn ids(&self, _field: Field, _name: &str) -> Vec<i64> {
            Vec::new()
        }

        fn name(&self, _field: Field, _id: i64) -> Option<String> {
            None
        }
    }

    fn said(wider: fn(&Tree) -> Option<Tree>, text: &str) -> String {
        let tree = wider(&parse(text).tree);
        tree.map_or(String::new(), |tree| print(&tree, Language::German, &NoNames))
    }

    #[test]
    fn exact_words_are_searched_in_any_form() {
        assert_eq!(said(any_form, "\"rote Tische\" ist:offen"), "rote Tische ist:offen");
        assert_eq!(said(any_form, "\"Tische\""), "Tische");
        assert_eq!(said(any_form, "\"a -b\""), "a \"-b\"");
        assert_eq!(said(any_form, "rote Tische"), "");
    }

    #[test]
    fn closed_tickets_are_searched_where_they_were_left_out() {
        assert_eq!(said(closed_too, "Tische ist:offen"), "Tische");
        assert_eq!(said(closed_too, "Tische -ist:geschlossen hat:anhang"), "Tische hat:anhang");
        assert_eq!(said(closed_too, "Tische ist:ungelesen"), "");
        assert_eq!(said(closed_too, "ist:offen"), "");
    }

    #[test]
    fn a_filter_is_dropped_only_if_words_are_left() {
        assert_eq!(said(without_filter, "Tische ist:ungelesen -alt"), "Tische");
        assert_eq!(said(without_filter, "Tische oder Stühle"), "");
        assert_eq!(said(without_filter, "ist:ungelesen"), "");
    }
}
