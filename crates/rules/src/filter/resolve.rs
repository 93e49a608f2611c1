//! Names become ids.

use super::field::Field;
use super::tree::{Mark, Name, Parsed, Reason, Tree, Value};

/// What the lists of an installation are called.
pub trait Names {
    /// The ids of what has this name or key in the field, compared folded
    /// ([`crate::text::fold_text`]); several if the name is not unique.
    fn ids(&self, field: Field, name: &str) -> Vec<i64>;

    /// The name to print for an id, one that [`Names::ids`] leads back to it.
    fn name(&self, field: Field, id: i64) -> Option<String>;
}

/// The tree with ids in place of names. A name that nothing bears is looked for as a word, with
/// a mark.
pub fn resolve(tree: &Tree, names: &impl Names) -> Parsed {
    let mut marks = Vec::new();
    let tree = resolved(tree, names, &mut marks).unwrap_or_else(Tree::everything);
    marks.sort_by_key(|mark| mark.at.start);
    Parsed { tree, marks }
}

/// The tree, or nothing if it only held names of which nothing can be looked for.
fn resolved(tree: &Tree, names: &impl Names, marks: &mut Vec<Mark>) -> Option<Tree> {
    let some = |trees: Vec<Tree>| Some(trees).filter(|trees| !trees.is_empty());
    match tree {
        Tree::All(trees) => {
            some(trees.iter().filter_map(|tree| resolved(tree, names, marks)).collect())
                .map(Tree::all)
        }
        Tree::Any(trees) => {
            some(trees.iter().filter_map(|tree| resolved(tree, names, marks)).collect())
                .map(Tree::any)
        }
        Tree::Not(tree) => resolved(tree, names, marks).map(Tree::negated),
        Tree::Field { field, values } => resolved_field(*field, values, names, marks),
        Tree::Word(_) | Tree::Phrase(_) => Some(tree.clone()),
    }
}

fn resolved_field(
    field: Field,
    values: &[Value],
    names: &impl Names,
    marks: &mut Vec<Mark>,
) -> Option<Tree> {
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for value in values {
        let Value::Name(Name { text, at }) = value else {
            known.push(value.clone());
            continue;
        };
        let ids = names.ids(field, text);
        if ids.is_empty() {
            marks.push(Mark { at: at.clone(), reason: Reason::UnknownValue });
            unknown.extend(Tree::looked_for(text));
        }
        known.extend(ids.into_iter().map(Value::Id));
    }
    if !known.is_empty() {
        unknown.insert(0, Tree::Field { field, values: known });
    }
    (!unknown.is_empty()).then(|| Tree::any(unknown))
}
