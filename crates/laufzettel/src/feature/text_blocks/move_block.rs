//! Moving a text block up or down among those that belong together.

use db::{Operation, Result, Tx};

use super::save::{Ended, record};
use super::store::{self, Block};
use super::{may_edit, may_see};
use crate::record::TextBlockId;
use crate::record::actor::Actor;
use crate::record::administration::{By, Fact, Kind};

/// Where a block is moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Before the one above it.
    Up,
    /// Behind the one below it.
    Down,
}

impl Direction {
    /// The word that the form sends.
    pub fn code(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    /// The direction with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Up, Self::Down].into_iter().find(|direction| direction.code() == code)
    }

    /// The way back.
    pub fn opposite(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
        }
    }
}

/// Moves a block. At the end of its list it stays where it is.
pub struct MoveBlock<'a> {
    /// Who does it.
    pub actor: &'a Actor,
    /// The block.
    pub block: TextBlockId,
    /// Where to.
    pub direction: Direction,
    /// Who does it, for the history.
    pub by: By<'a>,
}

impl Operation for MoveBlock<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let Some(block) = store::hold(tx, self.block).await? else { return Ok(Ended::NotFound) };
        if !may_see(self.actor, &block) {
            return Ok(Ended::NotFound);
        }
        if !may_edit(self.actor, &block) {
            return Ok(Ended::NotAllowed);
        }
        let all = store::of_agent(tx, self.actor.agent).await?;
        let beside = all.into_iter().filter(|other| other.owner == block.owner);
        let beside: Vec<Block> = beside.collect();
        let from = beside.iter().position(|one| one.id == self.block);
        for mut moved in moved(beside, self.block, self.direction) {
            moved.version += 1;
            store::update(tx, &moved).await?;
            if moved.id == self.block {
                let place = |place: i64| Some(place.to_string());
                let from = from.and_then(|from| i64::try_from(from + 1).ok());
                let fact = Fact::new("position", from.and_then(place), place(moved.position));
                record(tx, &self.by, &moved, Kind::Changed, vec![fact]).await?;
            }
        }
        Ok(Ended::Done(Box::new(block)))
    }
}

/// The blocks whose places change.
fn moved(mut blocks: Vec<Block>, block: TextBlockId, direction: Direction) -> Vec<Block> {
    let Some(place) = blocks.iter().position(|one| one.id == block) else { return Vec::new() };
    let other = match direction {
        Direction::Up => place.checked_sub(1),
        Direction::Down => Some(place + 1).filter(|other| *other < blocks.len()),
    };
    let Some(other) = other else { return Vec::new() };
    blocks.swap(place, other);
    let numbered = (1_i64..).zip(blocks).filter(|(position, block)| block.position != *position);
    numbered.map(|(position, block)| Block { position, ..block }).collect()
}
