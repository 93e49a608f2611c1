//! The source files of the workspace, as text and as tokens.

use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// One file with Rust in it.
pub struct SourceFile {
    /// The path from the root of the workspace: `crates/db/src/lib.rs`.
    pub path: String,
    pub text: String,
    pub tokens: TokenStream,
}

/// The folder of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap().to_owned()
}

/// All files with Rust, in order of their paths.
pub fn rust_files() -> Vec<SourceFile> {
    let mut paths = Vec::new();
    collect_files(&root().join("crates"), "rs", &mut paths);
    paths.sort();
    let file = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(root()).unwrap().display().to_string();
        let tokens = text.parse().unwrap_or_else(|error| panic!("{path}: {error}"));
        SourceFile { path, text, tokens }
    };
    paths.into_iter().map(file).collect()
}

/// Files with this extension, except in what is built or fetched.
pub fn collect_files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let is_foreign = ["target", "node_modules", ".git"].contains(&name.as_str());
        if path.is_dir() && !is_foreign {
            collect_files(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
}

impl SourceFile {
    /// Whether the whole file is only for tests.
    pub fn is_test(&self) -> bool {
        self.path.contains("/tests/")
            || self.path.ends_with("/tests.rs")
            || self.path.ends_with("/samples.rs")
            || self.path.starts_with("crates/testkit/")
    }

    /// Whether the path begins like this.
    pub fn is_in(&self, folder: &str) -> bool {
        self.path.starts_with(folder)
    }

    /// The tokens without modules and items that exist only for tests.
    pub fn product_tokens(&self) -> Vec<TokenTree> {
        match self.is_test() {
            true => Vec::new(),
            false => without_tests(self.tokens.clone()),
        }
    }

    /// The tokens that exist only for tests.
    pub fn test_tokens(&self) -> Vec<TokenTree> {
        match self.is_test() {
            true => self.tokens.clone().into_iter().collect(),
            false => only_tests(self.tokens.clone()),
        }
    }

    /// `crates/db/src/lib.rs:12` for the line on which a token begins.
    pub fn place(&self, token: &TokenTree) -> String {
        format!("{}:{}", self.path, token.span().start().line)
    }
}

/// Calls back for every token in every group, with its neighbours in the same group.
pub fn walk(tokens: &[TokenTree], visit: &mut dyn FnMut(&[TokenTree], usize)) {
    for (index, token) in tokens.iter().enumerate() {
        visit(tokens, index);
        if let TokenTree::Group(group) = token {
            walk(&group.stream().into_iter().collect::<Vec<_>>(), visit);
        }
    }
}

/// The identifier at this place, or nothing.
pub fn word(tokens: &[TokenTree], index: usize) -> Option<String> {
    match tokens.get(index) {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    }
}

/// Whether this punctuation stands at this place.
pub fn is_mark(tokens: &[TokenTree], index: usize, mark: char) -> bool {
    matches!(tokens.get(index), Some(TokenTree::Punct(found)) if found.as_char() == mark)
}

/// The group at this place if it has these brackets.
pub fn group(tokens: &[TokenTree], index: usize, delimiter: Delimiter) -> Option<&Group> {
    match tokens.get(index) {
        Some(TokenTree::Group(group)) if group.delimiter() == delimiter => Some(group),
        _ => None,
    }
}

/// Where the item behind `#[cfg(test)]` ends: after its braces or its semicolon.
fn end_of_item(tokens: &[TokenTree], start: usize) -> usize {
    let is_end = |index: &usize| {
        is_mark(tokens, *index, ';') || group(tokens, *index, Delimiter::Brace).is_some()
    };
    (start..tokens.len()).find(is_end).map_or(tokens.len(), |end| end + 1)
}

fn is_cfg_test(tokens: &[TokenTree], index: usize) -> bool {
    is_mark(tokens, index, '#')
        && group(tokens, index + 1, Delimiter::Bracket)
            .is_some_and(|group| group.stream().to_string().replace(' ', "") == "cfg(test)")
}

fn without_tests(tokens: TokenStream) -> Vec<TokenTree> {
    split_tests(tokens).0
}

fn only_tests(tokens: TokenStream) -> Vec<TokenTree> {
    split_tests(tokens).1
}

fn split_tests(tokens: TokenStream) -> (Vec<TokenTree>, Vec<TokenTree>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let (mut product, mut tests) = (Vec::new(), Vec::new());
    let mut index = 0;
    while index < tokens.len() {
        if is_cfg_test(&tokens, index) {
            let end = end_of_item(&tokens, index + 2);
            tests.extend_from_slice(&tokens[index..end]);
            index = end;
        } else {
            product.push(tokens[index].clone());
            index += 1;
        }
    }
    (product, tests)
}
