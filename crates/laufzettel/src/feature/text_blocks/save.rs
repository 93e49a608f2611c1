//! Making, changing and deleting a text block.

use super::store::{self, Block};
use super::{may_edit, may_have_own, may_see, may_share};
use crate::feature::lists::free_key;
use crate::record::actor::Actor;
use crate::record::administration::{By, Change, Fact, Kind, Subject, Value, differences};
use crate::record::{AreaId, TextBlockId};
use db::{Operation, Result, Tx};

/// What is set of a block. `None` leaves a field as it is.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// The key of a new block; without one it is made from the name.
    pub key: Option<String>,
    /// The name.
    pub name: Option<String>,
    /// The only area in whose tickets it is offered.
    pub area: Option<Option<AreaId>>,
    /// The language it is written in.
    pub language: Option<Option<&'static str>>,
    /// What it says, as clean HTML.
    pub html: Option<String>,
    /// The place in the list.
    pub position: Option<i64>,
    /// Whether it can be chosen.
    pub active: Option<bool>,
}

/// Which block is saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// A new one of the actor's own.
    NewOwn,
    /// A new one for all.
    NewShared,
    /// One that is there.
    Existing(TextBlockId),
}

/// Makes or changes a block.
pub struct SaveBlock<'a> {
    /// Who does it.
    pub actor: &'a Actor,
    /// Which one.
    pub which: Which,
    /// The version that the actor saw; `None` takes any.
    pub version: Option<i64>,
    /// The fields.
    pub fields: &'a Fields,
    /// Who does it, for the history.
    pub by: By<'a>,
}

/// How it ended.
#[derive(Debug)]
pub enum Ended {
    /// The block as it is now, or as it was before it was deleted.
    Done(Box<Block>),
    /// There is no such block that the actor may see.
    NotFound,
    /// The actor sees it, but may not change it.
    NotAllowed,
    /// Somebody else changed it.
    Stale,
    /// Another block has this key.
    KeyTaken,
}

impl Operation for SaveBlock<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        match self.which {
            Which::Existing(block) => self.change(tx, block).await,
            Which::NewOwn if may_have_own(self.actor) => self.add(tx).await,
            Which::NewShared if may_share(self.actor) => self.add(tx).await,
            Which::NewOwn | Which::NewShared => Ok(Ended::NotAllowed),
        }
    }
}

impl SaveBlock<'_> {
    async fn add(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let all = store::of_agent(tx, self.actor.agent).await?;
        let owner = (self.which == Which::NewOwn).then_some(self.actor.agent);
        let beside = all.iter().filter(|block| block.owner == owner);
        let last = beside.map(|block| block.position).max().unwrap_or(0);
        let name = self.fields.name.clone().unwrap_or_default();
        let key = match &self.fields.key {
            Some(key) => key.clone(),
            None => free_key(&name, "block", &store::keys(tx).await?),
        };
        let mut block = Block {
            id: self.by.ids.next(self.by.now),
            key,
            name,
            area: None,
            owner,
            language: None,
            html: String::new(),
            position: last + 1,
            active: true,
            version: 0,
        };
        self.fields.set(&mut block);
        if !store::insert(tx, &block).await? {
            return Ok(Ended::KeyTaken);
        }
        let facts = differences(Vec::new(), values(&block));
        record(tx, &self.by, &block, Kind::Added, facts).await?;
        Ok(Ended::Done(Box::new(block)))
    }

    async fn change(&self, tx: &mut Tx<'_>, block: TextBlockId) -> Result<Ended> {
        let mut block = match held(tx, self.actor, block, self.version).await? {
            Ok(block) => block,
            Err(ended) => return Ok(ended),
        };
        let before = values(&block);
        self.fields.set(&mut block);
        store::update(tx, &block).await?;
        record(tx, &self.by, &block, Kind::Changed, differences(before, values(&block))).await?;
        Ok(Ended::Done(Box::new(block)))
    }
}

/// Deletes a block.
pub struct RemoveBlock<'a> {
    /// Who does it.
    pub actor: &'a Actor,
    /// The block.
    pub block: TextBlockId,
    /// The version that the actor saw; `None` takes any.
    pub version: Option<i64>,
    /// Who does it, for the history.
    pub by: By<'a>,
}

impl Operation for RemoveBlock<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        match held(tx, self.actor, self.block, self.version).await? {
            Ok(block) => {
                store::delete(tx, block.id).await?;
                record(tx, &self.by, &block, Kind::Removed, Vec::new()).await?;
                Ok(Ended::Done(Box::new(block)))
            }
            Err(ended) => Ok(ended),
        }
    }
}

/// Writes down what happened to a block. What somebody keeps for himself is no setting, and nobody
/// else may read it.
pub async fn record(
    tx: &mut Tx<'_>,
    by: &By<'_>,
    block: &Block,
    kind: Kind,
    facts: Vec<Fact>,
) -> Result<()> {
    if block.owner.is_some() {
        return Ok(());
    }
    let (id, name) = (block.id.number(), block.name.as_str());
    by.record(tx, &Change { subject: Subject::TextBlock, id, name, kind, facts }).await
}

/// The fields of a block that people set. Its place in the list is told where it is moved.
fn values(block: &Block) -> Vec<Value> {
    let text =
        |field: &str, text: &str| (field.to_owned(), (!text.is_empty()).then(|| text.to_owned()));
    vec![
        text("name", &block.name),
        ("area".to_owned(), block.area.map(|area| area.number().to_string())),
        text("language", block.language.as_deref().unwrap_or_default()),
        text("html", &block.html),
        text("active", &block.active.to_string()),
    ]
}

/// The block, held for a change that the actor may make.
async fn held(
    tx: &mut Tx<'_>,
    actor: &Actor,
    block: TextBlockId,
    version: Option<i64>,
) -> Result<std::result::Result<Block, Ended>> {
    let found = store::hold(tx, block).await?.filter(|block| may_see(actor, block));
    let Some(block) = found else { return Ok(Err(Ended::NotFound)) };
    if !may_edit(actor, &block) {
        return Ok(Err(Ended::NotAllowed));
    }
    match version.is_some_and(|version| version != block.version) {
        true => Ok(Err(Ended::Stale)),
        false => Ok(Ok(block)),
    }
}

impl Fields {
    fn set(&self, block: &mut Block) {
        block.version += 1;
        if let Some(name) = &self.name {
            block.name.clone_from(name);
        }
        block.area = self.area.unwrap_or(block.area);
        if let Some(language) = self.language {
            block.language = language.map(str::to_owned);
        }
        if let Some(html) = &self.html {
            block.html.clone_from(html);
        }
        block.position = self.position.unwrap_or(block.position);
        block.active = self.active.unwrap_or(block.active);
    }
}
