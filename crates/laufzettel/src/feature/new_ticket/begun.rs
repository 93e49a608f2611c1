//! Tickets that were begun: what stands in a form is kept while one types, so that neither a reload
//! nor the end of a session nor another device loses it.

use db::{Operation, Reading, Result, Tx, View};
use values::Timestamp;

use super::form::Typed;
use super::store::begun::{self, Row, State};
use crate::record::{AgentId, AttachmentId, draft};

/// A ticket that was begun.
#[derive(Clone, Debug)]
pub struct Begun {
    /// What was typed.
    pub typed: Typed,
    /// When it was saved.
    pub saved_at: Timestamp,
}

impl From<Row> for Begun {
    fn from(row: Row) -> Self {
        let typed = Typed { once: row.mark, ..Typed::from_content(&row.content) };
        Self { typed, saved_at: row.saved_at }
    }
}

/// Reads the tickets that an agent has begun, the last one first.
pub struct ReadBegun(pub AgentId);

impl Reading for ReadBegun {
    type Outcome = Vec<Begun>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Begun>> {
        let rows = begun::list(view, self.0).await?;
        Ok(rows.into_iter().map(Begun::from).collect())
    }
}

/// Reads the ticket that an agent has begun under a mark, unless it was thrown away.
pub struct FindBegun<'a>(pub AgentId, pub &'a str);

impl Reading for FindBegun<'_> {
    type Outcome = Option<Begun>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<Begun>> {
        Ok(begun::waiting(view, self.0, self.1).await?.map(Begun::from))
    }
}

/// Keeps what was typed; a form in which nothing was typed is forgotten.
pub struct SaveBegun<'a> {
    /// Who types.
    pub agent: AgentId,
    /// What was typed.
    pub typed: &'a Typed,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for SaveBegun<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        save(tx, self, State::Waits).await
    }
}

/// Throws a form away. It can be brought back until the next one is thrown away.
pub struct DiscardBegun<'a>(pub SaveBegun<'a>);

impl Operation for DiscardBegun<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let agent = self.0.agent;
        for row in begun::remove_discarded(tx, agent).await? {
            draft::let_files_go(tx, agent, &Begun::from(row).typed.uploads).await?;
        }
        save(tx, &self.0, State::Discarded).await
    }
}

/// Brings back a form that was thrown away. The outcome says whether it is there.
pub struct BringBack<'a> {
    /// Who threw it away.
    pub agent: AgentId,
    /// Its mark.
    pub mark: &'a str,
}

impl Operation for BringBack<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        begun::bring_back(tx, self.agent, self.mark).await
    }
}

async fn save(tx: &mut Tx<'_>, what: &SaveBegun<'_>, state: State) -> Result<()> {
    let SaveBegun { agent, typed, now } = *what;
    if typed.once.is_empty() {
        return Ok(());
    }
    let before = begun::find(tx, agent, &typed.once).await?.map(Begun::from);
    let before = before.map(|begun| begun.typed.uploads).unwrap_or_default();
    let after: &[AttachmentId] = if typed.is_begun() { &typed.uploads } else { &[] };
    let gone: Vec<AttachmentId> = before.into_iter().filter(|id| !after.contains(id)).collect();
    draft::let_files_go(tx, agent, &gone).await?;
    draft::hold_files(tx, agent, after).await?;
    if !typed.is_begun() {
        return begun::remove(tx, agent, &typed.once).await;
    }
    let row = Row { mark: typed.once.clone(), content: typed.content(), saved_at: now };
    begun::write(tx, agent, &row, state).await
}

/// The ticket of a form was made, so the form is forgotten.
pub async fn made(tx: &mut Tx<'_>, agent: AgentId, typed: &Typed) -> Result<()> {
    begun::remove(tx, agent, &typed.once).await
}
