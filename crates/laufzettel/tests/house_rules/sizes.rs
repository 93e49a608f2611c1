//! A function fits the screen, a handler half of it, a file stays small.

use proc_macro2::{Delimiter, TokenTree};

use crate::assert_none;
use crate::source::{SourceFile, group, rust_files, walk, word};

const FUNCTION_LINES_MAX: usize = 60;
/// A test with a table of cases may be longer.
const TEST_LINES_MAX: usize = 120;
const HANDLER_LINES_MAX: usize = 30;
const FILE_LINES_MAX: usize = 400;

#[test]
fn functions_and_handlers_are_short() {
    let mut findings = Vec::new();
    let mut sizes = Vec::new();
    for file in rust_files() {
        let is_handlers = ["/web.rs", "/api.rs"].iter().any(|end| file.path.ends_with(end))
            && file.is_in("crates/laufzettel/src/feature/");
        walk(&file.tokens.clone().into_iter().collect::<Vec<_>>(), &mut |tokens, index| {
            let Some(function) = function_at(tokens, index) else { return };
            sizes.push(function.lines);
            let max = match is_handlers && function.is_async {
                true => HANDLER_LINES_MAX,
                false if file.is_test() => TEST_LINES_MAX,
                false => FUNCTION_LINES_MAX,
            };
            if function.lines > max {
                let Function { name, lines, .. } = function;
                findings.push(format!("{}: {name} has {lines} lines", file.place(&tokens[index])));
            }
        });
    }
    println!("functions: {} with a median of {} lines", sizes.len(), median(sizes));
    assert_none("a function is too long", &findings);
}

#[test]
fn files_are_short() {
    let mut findings = Vec::new();
    let mut sizes = Vec::new();
    for file in rust_files().iter().filter(|file| !file.is_test()) {
        let lines = lines_without_tests(file);
        sizes.push(lines);
        if lines > FILE_LINES_MAX {
            findings.push(format!("{} has {lines} lines", file.path));
        }
    }
    println!("files: {} with a median of {} lines", sizes.len(), median(sizes));
    assert_none("a file is too long", &findings);
}

struct Function {
    name: String,
    lines: usize,
    is_async: bool,
}

/// The function whose `fn` stands at this place. One without a body, like in a trait, is none.
fn function_at(tokens: &[TokenTree], index: usize) -> Option<Function> {
    if word(tokens, index).as_deref() != Some("fn") {
        return None;
    }
    let name = word(tokens, index + 1)?;
    let end = (index..tokens.len()).find(|index| {
        group(tokens, *index, Delimiter::Brace).is_some()
            || matches!(&tokens[*index], TokenTree::Punct(mark) if mark.as_char() == ';')
    })?;
    let body = group(tokens, end, Delimiter::Brace)?;
    let lines = body.span().end().line - tokens[index].span().start().line + 1;
    let is_async = index > 0 && word(tokens, index - 1).as_deref() == Some("async");
    Some(Function { name, lines, is_async })
}

/// Tests stand at the end of a file.
fn lines_without_tests(file: &SourceFile) -> usize {
    let lines = file.text.lines();
    lines.take_while(|line| !line.starts_with("#[cfg(test)]")).count()
}

fn median(mut sizes: Vec<usize>) -> usize {
    sizes.sort_unstable();
    sizes[sizes.len() / 2]
}

#[test]
fn the_lines_of_a_function_are_counted_from_its_name_to_its_last_brace() {
    let text = "trait A { fn none(); }\n\nasync fn one(\n    a: u8,\n) {\n    a;\n}\n";
    let mut found = Vec::new();
    let tokens: Vec<TokenTree> =
        text.parse::<proc_macro2::TokenStream>().unwrap().into_iter().collect();
    walk(&tokens, &mut |tokens, index| {
        let function = function_at(tokens, index);
        found.extend(function.map(|function| (function.name, function.lines, function.is_async)));
    });
    assert_eq!(found, [("one".to_owned(), 5, true)]);
}
