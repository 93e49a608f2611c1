//! SQL stands in `sql!` and `Query`, and those stand where SQL belongs.

use proc_macro2::{Delimiter, TokenTree};

use crate::assert_none;
use crate::source::{SourceFile, group, is_mark, rust_files, walk, word};

/// How a statement begins.
const VERBS: [&str; 6] =
    ["select ", "insert into ", "update ", "delete from ", "create table ", "with recursive "];

#[test]
fn sql_is_written_only_through_the_seam() {
    let mut findings = Vec::new();
    for file in rust_files().iter().filter(|file| !is_below_the_seam(file)) {
        walk(&without_seam(file.product_tokens()), &mut |tokens, index| {
            if let TokenTree::Literal(literal) = &tokens[index]
                && is_statement(&literal.to_string())
            {
                findings.push(format!("{}: {literal}", file.place(&tokens[index])));
            }
        });
    }
    assert_none("a statement stands outside sql! and Query", &findings);
}

#[test]
fn sql_stands_only_in_stores_records_and_services() {
    let mut findings = Vec::new();
    for file in rust_files().iter().filter(|file| !is_below_the_seam(file) && !has_store(file)) {
        walk(&file.product_tokens(), &mut |tokens, index| {
            let name = word(tokens, index);
            let is_macro = name.as_deref() == Some("sql") && is_mark(tokens, index + 1, '!');
            let is_query = name.as_deref() == Some("Query")
                && is_mark(tokens, index + 1, ':')
                && word(tokens, index + 3).as_deref() == Some("new");
            if is_macro || is_query {
                findings.push(file.place(&tokens[index]));
            }
        });
    }
    assert_none("SQL stands outside a store, a record or a service", &findings);
}

fn is_below_the_seam(file: &SourceFile) -> bool {
    file.is_in("crates/db/") || file.is_in("crates/bench/") || file.is_test()
}

/// Whether SQL belongs in this file: a record, a service, the store of a feature, or a feature
/// that is still one file.
fn has_store(file: &SourceFile) -> bool {
    let Some(path) = file.path.strip_prefix("crates/laufzettel/src/") else { return false };
    let is_one_file_feature = path.starts_with("feature/") && path.matches('/').count() == 1;
    let is_store =
        path.starts_with("feature/") && (path.ends_with("/store.rs") || path.contains("/store/"));
    path.starts_with("record/") || path.starts_with("service/") || is_one_file_feature || is_store
}

/// The tokens without what stands in `sql!(…)` and in the brackets of methods of `Query`.
fn without_seam(tokens: Vec<TokenTree>) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = |back: usize| index.checked_sub(back).and_then(|at| word(&tokens, at));
        let is_macro =
            index > 1 && is_mark(&tokens, index - 1, '!') && before(2).as_deref() == Some("sql");
        let is_method = group(&tokens, index, Delimiter::Parenthesis).is_some()
            && matches!(before(1).as_deref(), Some("new" | "push" | "push_sql" | "push_in_ids"));
        if is_macro || is_method {
            continue;
        }
        kept.push(match token {
            TokenTree::Group(group) => {
                let inner = without_seam(group.stream().into_iter().collect());
                let mut copy =
                    proc_macro2::Group::new(group.delimiter(), inner.into_iter().collect());
                copy.set_span(group.span());
                TokenTree::Group(copy)
            }
            other => other.clone(),
        });
    }
    kept
}

/// Whether a string literal begins like a statement. Sentences begin with a capital letter.
fn is_statement(literal: &str) -> bool {
    let text = literal.trim_start_matches(['r', '#', 'b']).trim_start_matches('"');
    literal.contains('"') && VERBS.iter().any(|verb| text.trim_start().starts_with(verb))
}

#[test]
fn a_statement_outside_the_seam_is_found_and_one_inside_is_not() {
    let inside = "fn a() { sql!(\"select 1\"); Query::new(\"select 2\").push(\"select 3\"); }";
    let outside = "fn a() { let text = \"select 4\"; }";
    for (text, expected) in [(inside, 0), (outside, 1)] {
        let tokens = text.parse::<proc_macro2::TokenStream>().unwrap().into_iter().collect();
        let mut found = 0;
        walk(&without_seam(tokens), &mut |tokens, index| {
            let is_literal = matches!(&tokens[index], TokenTree::Literal(_));
            found += i32::from(is_literal && is_statement(&tokens[index].to_string()));
        });
        assert_eq!(found, expected, "{text}");
    }
}
