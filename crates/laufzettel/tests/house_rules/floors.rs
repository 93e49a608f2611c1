//! Imports go down: feature, record, service. A feature does not reach into another one.

use proc_macro2::{Delimiter, TokenTree};

use crate::assert_none;
use crate::source::{SourceFile, group, is_mark, rust_files, walk, word};

/// What a file on each floor must not name after `crate::`.
const FLOORS: [(&str, &[&str]); 2] = [
    ("crates/laufzettel/src/service/", &["record", "feature", "command"]),
    ("crates/laufzettel/src/record/", &["feature", "command"]),
];

#[test]
fn imports_go_only_downwards() {
    let mut findings = Vec::new();
    for file in rust_files() {
        for (floor, above) in FLOORS {
            if !file.is_in(floor) {
                continue;
            }
            for (place, path) in crate_paths(&file) {
                if above.contains(&path[0].as_str()) {
                    findings.push(format!("{place}: crate::{}", path.join("::")));
                }
            }
        }
    }
    assert_none("a lower floor names a higher one", &findings);
}

#[test]
fn there_are_files_on_every_floor() {
    let files = rust_files();
    for floor in ["service/", "record/", "feature/"] {
        let folder = format!("crates/laufzettel/src/{floor}");
        assert!(files.iter().any(|file| file.is_in(&folder)), "nothing in {folder}");
    }
}

/// All paths that begin with `crate::`, up to two words, in the product's part of a file.
fn crate_paths(file: &SourceFile) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    walk(&file.product_tokens(), &mut |tokens, index| {
        if word(tokens, index).as_deref() != Some("crate") || !is_path(tokens, index + 1) {
            return;
        }
        let place = file.place(&tokens[index]);
        for path in branches(tokens, index + 3) {
            found.push((place.clone(), path));
        }
    });
    found
}

fn is_path(tokens: &[TokenTree], index: usize) -> bool {
    is_mark(tokens, index, ':') && is_mark(tokens, index + 1, ':')
}

/// `a::b` is one branch, `{a, b::c}` are two.
fn branches(tokens: &[TokenTree], index: usize) -> Vec<Vec<String>> {
    if let Some(group) = group(tokens, index, Delimiter::Brace) {
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        let starts =
            (0..inner.len()).filter(|start| *start == 0 || is_mark(&inner, start - 1, ','));
        return starts.flat_map(|start| branches(&inner, start)).collect();
    }
    let Some(first) = word(tokens, index) else { return Vec::new() };
    let second = if is_path(tokens, index + 1) { word(tokens, index + 3) } else { None };
    vec![[Some(first), second].into_iter().flatten().collect()]
}

#[test]
fn a_branch_of_a_grouped_import_is_found() {
    let text = "use crate::{record::Ticket, feature::{reply, list}};";
    let file = SourceFile {
        path: "crates/laufzettel/src/x.rs".to_owned(),
        text: text.to_owned(),
        tokens: text.parse().unwrap(),
    };
    let paths: Vec<_> = crate_paths(&file).into_iter().map(|(_, path)| path.join("::")).collect();
    assert_eq!(paths, ["record::Ticket", "feature"]);
}
