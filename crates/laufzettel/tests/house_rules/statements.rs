//! Every statement in the source is prepared on both engines, so that a typing error in a rare
//! query is found in a tenth of a second and named with file and line.

use db::Engine;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Token};

use crate::assert_none;
use crate::source::{SourceFile, is_mark, rust_files, walk, word};
use crate::world::World;

testkit::on_both_engines!(every_statement_in_the_source_is_valid);

async fn every_statement_in_the_source_is_valid(world: World) {
    let statements = statements_in_the_source();
    let mut findings = Vec::new();
    for statement in &statements {
        if let Err(failure) = world.db.prepare(statement.text(world.db.engine())).await {
            findings.push(format!("{}: {failure}", statement.place));
        }
    }
    assert_none("a statement cannot be prepared", &findings);
    assert!(statements.len() > 15, "only {} statements were found", statements.len());
}

/// One `sql!` of the product.
pub struct Statement {
    pub place: String,
    texts: Texts,
}

impl Statement {
    pub fn text(&self, engine: Engine) -> &str {
        match engine {
            Engine::Sqlite => &self.texts.sqlite,
            Engine::Postgres => &self.texts.postgres,
        }
    }
}

/// What stands between the brackets of one `sql!`.
struct Texts {
    sqlite: String,
    postgres: String,
}

impl Parse for Texts {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        if input.peek(LitStr) {
            let text = input.parse::<LitStr>()?.value();
            input.parse::<Option<Token![,]>>()?;
            return Ok(Self { sqlite: text.clone(), postgres: text });
        }
        let (sqlite, _) = (labelled(input)?, input.parse::<Token![,]>()?);
        let (postgres, _) = (labelled(input)?, input.parse::<Option<Token![,]>>()?);
        Ok(Self { sqlite, postgres })
    }
}

fn labelled(input: ParseStream<'_>) -> syn::Result<String> {
    input.parse::<Ident>()?;
    input.parse::<Token![:]>()?;
    Ok(input.parse::<LitStr>()?.value())
}

/// All statements of the product. Pieces for a `Query` are prepared by the tests of its lists.
pub fn statements_in_the_source() -> Vec<Statement> {
    let files = rust_files();
    files.iter().filter(|file| has_product_tables(file)).flat_map(statements_in).collect()
}

/// Tests of the seam have tables of their own.
fn has_product_tables(file: &SourceFile) -> bool {
    !file.is_in("crates/db/tests/") && !file.is_in("crates/laufzettel/tests/house_rules/")
}

/// Walks tokens, not text: a comment or a string that mentions the macro is not a statement, and
/// a statement inside another macro is found.
fn statements_in(file: &SourceFile) -> Vec<Statement> {
    let mut found = Vec::new();
    let tokens: Vec<_> = file.tokens.clone().into_iter().collect();
    walk(&tokens, &mut |tokens, index| {
        let is_macro = word(tokens, index).as_deref() == Some("sql")
            && is_mark(tokens, index + 1, '!')
            && !is_mark(tokens, index.wrapping_sub(1), ':');
        let Some(proc_macro2::TokenTree::Group(group)) = tokens.get(index + 2) else { return };
        if !is_macro && !is_path_to_macro(tokens, index) {
            return;
        }
        let place = file.place(&tokens[index]);
        match syn::parse2::<Texts>(group.stream()) {
            Ok(texts) if !is_piece(&texts.sqlite) => found.push(Statement { place, texts }),
            Ok(_) => {}
            Err(error) => panic!("{place}: {error}"),
        }
    });
    found
}

/// `db::sql!`.
fn is_path_to_macro(tokens: &[proc_macro2::TokenTree], index: usize) -> bool {
    word(tokens, index).as_deref() == Some("sql")
        && is_mark(tokens, index + 1, '!')
        && is_mark(tokens, index.wrapping_sub(1), ':')
}

/// A piece for `Query::push_sql`, not a whole statement.
fn is_piece(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    !["select", "insert", "update", "delete", "with", "pragma", "vacuum"].contains(&first)
}
