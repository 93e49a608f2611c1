//! How many tickets have the entries of a list.

use db::{Query, Reading, Result, View, from_row};

use crate::feature::lists::List;

from_row! {
    /// How many tickets have an entry.
    #[derive(Clone, Debug)]
    pub struct Use {
        /// The entry.
        pub id: i64,
        /// How many tickets.
        pub tickets: i64,
    }
}

/// Counts the tickets of each entry of a list, or of one. It reads all tickets, so it is read apart
/// from others ([`db::Db::read_long`]).
pub struct CountUses {
    /// The list.
    pub list: List,
    /// Only this entry.
    pub id: Option<i64>,
}

impl Reading for CountUses {
    type Outcome = Vec<Use>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Use>> {
        // The column of a ticket is called like the table.
        let column = self.list.table();
        let mut query = Query::new("select");
        query.push(column).push("as id, count(*) as tickets from ticket where").push(column);
        match self.id {
            Some(id) => query.push("=").bind(id),
            None => query.push("is not null"),
        };
        query.push("group by").push(column);
        view.list(&query).await
    }
}
