//! Search documents: written in the operation that changes what they tell (decision 34).
//!
//! A document is a ticket or a message and bears its id. It carries tokens for its area and its
//! visibility, so that the index can keep to those a reader may see. The analysis is that of
//! `rules::text` on both engines, so both find the same.

use db::{Engine, Result, Tx, params, sql};
use rules::text::{Tokens, analyse, guess_language};

use super::ids::AreaId;

/// Who may find a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everybody who may see the ticket.
    External,
    /// Only who works in the area.
    Internal,
}

impl Visibility {
    fn token(self) -> &'static str {
        match self {
            Self::External => "§ext",
            Self::Internal => "§int",
        }
    }
}

/// The token of an area.
pub fn area_token(area: AreaId) -> String {
    format!("§a{area}")
}

/// What a document says, before it is written. Analysing needs no database.
#[derive(Clone)]
pub struct Document {
    id: i64,
    tokens: Tokens,
}

impl Document {
    /// Analyses a text for the ticket or message with this id.
    pub fn new(id: i64, text: &str) -> Self {
        Self { id, tokens: analyse(text, guess_language(text)) }
    }

    /// The same text of another message.
    pub fn of(self, id: i64) -> Self {
        Self { id, ..self }
    }

    /// Its words.
    pub fn tokens(&self) -> &Tokens {
        &self.tokens
    }
}

/// Writes a document that is not there yet.
pub async fn insert(
    tx: &mut Tx<'_>,
    document: &Document,
    area: AreaId,
    visibility: Visibility,
) -> Result<()> {
    let area = area_token(area);
    let scope = [area.as_str(), visibility.token()];
    let statement = sql!(
        sqlite: "insert into search (rowid, stem, word) values ($1, $2, $3)",
        postgres: "insert into search (id, words) values ($1, cast($2 as tsvector))"
    );
    tx.execute_last(document.id, statement, texts(tx.engine(), document, &scope)).await
}

/// Writes a document again: its text or its area changed.
pub async fn replace(
    tx: &mut Tx<'_>,
    document: &Document,
    area: AreaId,
    visibility: Visibility,
) -> Result<()> {
    let area = area_token(area);
    let scope = [area.as_str(), visibility.token()];
    let statement = sql!(
        sqlite: "insert or replace into search (rowid, stem, word) values ($1, $2, $3)",
        postgres: "insert into search (id, words) values ($1, cast($2 as tsvector))
                   on conflict (id) do update set words = excluded.words"
    );
    tx.execute_last(document.id, statement, texts(tx.engine(), document, &scope)).await
}

/// Removes a document.
pub async fn remove(tx: &mut Tx<'_>, id: i64) -> Result<()> {
    let statement = sql!(
        sqlite: "delete from search where rowid = $1",
        postgres: "delete from search where id = $1"
    );
    tx.execute_last(id, statement, params![id].to_vec()).await
}

fn texts(engine: Engine, document: &Document, scope: &[&str]) -> Vec<db::Param> {
    match engine {
        Engine::Sqlite => {
            let (stem, word) = document.tokens.fts5_columns(scope);
            params![document.id, stem, word].to_vec()
        }
        Engine::Postgres => params![document.id, document.tokens.tsvector_literal(scope)].to_vec(),
    }
}
