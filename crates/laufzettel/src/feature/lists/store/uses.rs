//! How many tickets have the entries of a list.

use db::{Query, Reading, Result, View, from_row};

use crate::feature::lists::List;

/// Tickets of an entry are counted up to here: whoever sets up a house wants to know whether many
/// hang on an entry, not how many, and so a count costs the same however many there are.
pub const COUNTED_MAX: i64 = 1_000;

from_row! {
    /// How many tickets have an entry.
    #[derive(Clone, Debug)]
    pub struct Use {
        /// The entry.
        pub id: i64,
        /// How many tickets; one more than [`COUNTED_MAX`] stands for all above it.
        pub tickets: i64,
    }
}

/// Counts the tickets of each entry of a list, or of one, each up to [`COUNTED_MAX`] and by an index
/// alone.
pub struct CountUses {
    /// The list.
    pub list: List,
    /// Only this entry.
    pub id: Option<i64>,
}

impl CountUses {
    /// The statement.
    pub fn query(&self) -> Query {
        // The column of a ticket is called like the table.
        let name = self.list.table();
        let mut query = Query::new("select e.id, (select count(*) from (select t.id from ticket t");
        query.push("where").push(name).push("= e.id limit").bind(COUNTED_MAX + 1);
        query.push(") counted) as tickets from").push(name).push("e");
        if let Some(id) = self.id {
            query.push("where e.id =").bind(id);
        }
        query.push("order by e.id limit 2000");
        query
    }
}

impl Reading for CountUses {
    type Outcome = Vec<Use>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Use>> {
        view.list(&self.query()).await
    }
}
