//! Moving an entry up or down among those that stand beside it.

use db::{Operation, Result, Tx};

use super::List;
use super::save::Ended;
use super::store::{self, Row};
use crate::record::administration::{By, Change, Fact, Kind};
use crate::service::live;

/// Where an entry is moved.
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
}

/// Moves an entry. At the end of its list it stays where it is.
pub struct MoveEntry<'a> {
    /// The list.
    pub list: List,
    /// The entry.
    pub id: i64,
    /// Where to.
    pub direction: Direction,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for MoveEntry<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let Some(row) = store::hold(tx, self.list, self.id).await? else {
            return Ok(Ended::NotFound);
        };
        let before = store::rows(tx, self.list).await?;
        let after = moved(&before, &row, self.direction);
        for (place, one) in (1_i64..).zip(&after) {
            if one.position != place {
                let version = one.version + 1;
                let placed = Row { position: place, version, ..one.clone() };
                store::update(tx, self.list, &placed).await?;
            }
        }
        let place = |rows: &[Row]| rows.iter().position(|one| one.id == row.id).map(|at| at + 1);
        let (from, to) = (place(&before), place(&after));
        if from != to {
            let text = |place: Option<usize>| place.map(|place| place.to_string());
            let facts = vec![Fact::new("position", text(from), text(to))];
            let (subject, name, kind) = (self.list.subject(), &row.name, Kind::Changed);
            self.by.record(tx, &Change { subject, id: row.id, name, kind, facts }).await?;
        }
        live::announce::<()>(tx, live::LISTS, values::Id::from_number(row.id));
        Ok(Ended::Done(Box::new(row), after))
    }
}

/// The whole list with the entry and its neighbour in each other's places. Only entries of the same
/// group and the same category above are neighbours.
fn moved(rows: &[Row], row: &Row, direction: Direction) -> Vec<Row> {
    let mut rows = rows.to_vec();
    let is_beside = |other: &Row| other.parent == row.parent && other.group_name == row.group_name;
    let places: Vec<usize> =
        (0..).zip(&rows).filter(|(_, other)| is_beside(other)).map(|(place, _)| place).collect();
    let own = |place: &usize| rows.get(*place).is_some_and(|other| other.id == row.id);
    let Some(at) = places.iter().position(own) else { return rows };
    let other = match direction {
        Direction::Up => at.checked_sub(1),
        Direction::Down => Some(at + 1),
    };
    if let (Some(from), Some(to)) = (places.get(at), other.and_then(|other| places.get(other))) {
        rows.swap(*from, *to);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(id: i64, parent: Option<i64>) -> Row {
        Row { id, parent, ..Row::default() }
    }

    fn ids(rows: &[Row]) -> Vec<i64> {
        rows.iter().map(|row| row.id).collect()
    }

    #[test]
    fn an_entry_changes_places_with_the_next_one_beside_it() {
        let rows = [row(1, None), row(2, Some(1)), row(3, None), row(4, Some(1))];
        let to = |row: &Row, direction| ids(&moved(&rows, row, direction));
        assert_eq!(to(&rows[0], Direction::Down), [3, 2, 1, 4]);
        assert_eq!(to(&rows[3], Direction::Up), [1, 4, 3, 2]);
        assert_eq!(to(&rows[0], Direction::Up), [1, 2, 3, 4]);
        assert_eq!(to(&rows[3], Direction::Down), [1, 2, 3, 4]);
    }
}
