//! An operation does nothing outside its transaction, and a test does not sleep.

use proc_macro2::{Delimiter, TokenTree};

use crate::assert_none;
use crate::source::{group, is_mark, rust_files, walk, word};

/// Words that stand for the network, the file system, the clock or chance.
const WORLD: [&str; 14] = [
    "net",
    "reqwest",
    "hyper",
    "axum",
    "TcpStream",
    "fs",
    "File",
    "OpenOptions",
    "Command",
    "SystemTime",
    "Instant",
    "sleep",
    "spawn_blocking",
    "rng",
];

#[test]
fn an_operation_reaches_nothing_but_its_transaction() {
    let mut findings = Vec::new();
    let mut operations = 0;
    for file in rust_files() {
        walk(&file.product_tokens(), &mut |tokens, index| {
            let Some(body) = operation_body(tokens, index) else { return };
            operations += 1;
            for (place, name) in world_words(&body) {
                findings.push(format!("{}:{place}: {name}", file.path));
            }
        });
        if file.path.ends_with("/store.rs") {
            for (place, name) in world_words(&file.product_tokens()) {
                findings.push(format!("{}:{place}: {name}", file.path));
            }
        }
    }
    assert_none("an operation or its SQL reaches outside the transaction", &findings);
    assert!(operations >= 3, "only {operations} operations were found");
}

/// The braces of `impl Operation for …`.
fn operation_body(tokens: &[TokenTree], index: usize) -> Option<Vec<TokenTree>> {
    let is_start = word(tokens, index).as_deref() == Some("Operation")
        && word(tokens, index + 1).as_deref() == Some("for");
    if !is_start {
        return None;
    }
    let mut rest = index..tokens.len();
    rest.find_map(|index| group(tokens, index, Delimiter::Brace))
        .map(|body| body.stream().into_iter().collect())
}

/// Words that begin a path, and functions that end one: a field, an argument or a variant of the
/// same name is free.
fn world_words(tokens: &[TokenTree]) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    walk(tokens, &mut |tokens, index| {
        let Some(name) = word(tokens, index) else { return };
        let is_path = is_mark(tokens, index + 1, ':') && is_mark(tokens, index + 2, ':');
        let is_function = name.starts_with(char::is_lowercase);
        let is_end_of_path = is_function && index > 0 && is_mark(tokens, index - 1, ':');
        if WORLD.contains(&name.as_str()) && (is_path || is_end_of_path) {
            found.push((tokens[index].span().start().line, name));
        }
    });
    found
}

#[test]
fn no_test_sleeps() {
    let mut findings = Vec::new();
    for file in rust_files() {
        // The kit waits for servers that give no other sign of being ready.
        if file.is_in("crates/testkit/") {
            continue;
        }
        walk(&file.test_tokens(), &mut |tokens, index| {
            let is_call = group(tokens, index + 1, Delimiter::Parenthesis).is_some();
            if word(tokens, index).as_deref() == Some("sleep") && is_call {
                findings.push(file.place(&tokens[index]));
            }
        });
    }
    assert_none("a test sleeps instead of waiting for what it expects", &findings);
}
