//! SQL of text blocks.

use db::{Reading, Result, Tx, View, from_row, params, sql};
use values::Language;

use crate::record::{AgentId, AreaId, ContactId, TextBlockId};

from_row! {
    /// A text block.
    #[derive(Clone, Debug)]
    pub struct Block {
        /// The block.
        pub id: TextBlockId,
        /// Its name for programs.
        pub key: String,
        /// Its name for people.
        pub name: String,
        /// The only area in whose tickets it is offered.
        pub area: Option<AreaId>,
        /// The agent whose own it is; shared by all without one.
        pub owner: Option<AgentId>,
        /// The language it is written in: `de` or `en`.
        pub language: Option<String>,
        /// What it says, as clean HTML.
        pub html: String,
        /// Its place in the list.
        pub position: i64,
        /// Whether it can be chosen.
        pub active: bool,
        /// Grows with each change.
        pub version: i64,
    }
}

/// Reads the shared blocks and those of one agent.
pub struct ReadBlocks(pub AgentId);

impl Reading for ReadBlocks {
    type Outcome = Vec<Block>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Block>> {
        of_agent(view, self.0).await
    }
}

/// The shared blocks in their order, then those of one agent. There are hundreds of them at most.
pub async fn of_agent(view: &mut View<'_>, agent: AgentId) -> Result<Vec<Block>> {
    view.all(
        sql!(
            "select id, key, name, area, owner, language, html, position, active, version
             from text_block
             where owner is null or owner = $1
             order by case when owner is null then 0 else 1 end, position, id
             limit 2000"
        ),
        params![agent],
    )
    .await
}

/// The block, held against other changes until the end of the transaction.
pub async fn hold(tx: &mut Tx<'_>, block: TextBlockId) -> Result<Option<Block>> {
    tx.optional(
        sql!(
            sqlite: "select id, key, name, area, owner, language, html, position, active, version
                     from text_block where id = $1",
            postgres: "select id, key, name, area, owner, language, html, position, active, version
                       from text_block where id = $1 for update"
        ),
        params![block],
    )
    .await
}

from_row! {
    struct KeyRow {
        key: String,
    }
}

/// The keys of all blocks.
pub async fn keys(view: &mut View<'_>) -> Result<Vec<String>> {
    let rows: Vec<KeyRow> =
        view.all(sql!("select key from text_block order by key limit 100000"), []).await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}

/// Makes the row, or says `false` if its key is taken.
pub async fn insert(tx: &mut Tx<'_>, block: &Block) -> Result<bool> {
    let made = tx
        .execute(
            sql!(
                "insert into text_block (id, key, name, area, owner, language, html, position,
                     active, version)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
                 on conflict (key) do nothing"
            ),
            params![
                block.id,
                block.key.as_str(),
                block.name.as_str(),
                block.area,
                block.owner,
                block.language.as_deref(),
                block.html.as_str(),
                block.position,
                block.active,
                block.version,
            ],
        )
        .await?;
    Ok(made == 1)
}

/// Writes the row. Whose it is never changes.
pub async fn update(tx: &mut Tx<'_>, block: &Block) -> Result<()> {
    tx.execute(
        sql!(
            "update text_block
             set name = $1, area = $2, language = $3, html = $4, position = $5, active = $6,
                 version = $7
             where id = $8"
        ),
        params![
            block.name.as_str(),
            block.area,
            block.language.as_deref(),
            block.html.as_str(),
            block.position,
            block.active,
            block.version,
            block.id,
        ],
    )
    .await
    .map(drop)
}

/// Deletes the row.
pub async fn delete(tx: &mut Tx<'_>, block: TextBlockId) -> Result<()> {
    tx.execute(sql!("delete from text_block where id = $1"), params![block]).await.map(drop)
}

from_row! {
    struct LanguageRow {
        language: Option<String>,
    }
}

/// The language of a contact, if it is known.
pub async fn language_of(view: &mut View<'_>, contact: ContactId) -> Result<Option<Language>> {
    let row: Option<LanguageRow> =
        view.optional(sql!("select language from contact where id = $1"), params![contact]).await?;
    Ok(row.and_then(|row| Language::from_code(row.language.as_deref()?)))
}
