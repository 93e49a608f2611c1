//! What has to be known of a table to copy it.

use crate::{Failure, Param, Result};

pub(super) struct Table {
    pub(super) name: String,
    pub(super) columns: Vec<Column>,
    /// The columns of the primary key, in its order.
    pub(super) key: Vec<String>,
    /// The tables that its rows refer to.
    pub(super) refers_to: Vec<String>,
}

pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Int,
    Text,
    Blob,
}

/// The values of one row, in the order of the columns.
pub(super) type Values = Vec<Param>;

impl Table {
    /// Whether rows refer to rows of the same table: they must arrive in one statement.
    pub(super) fn refers_to_itself(&self) -> bool {
        self.refers_to.contains(&self.name)
    }

    /// `"id", "name"`.
    pub(super) fn column_list(&self) -> String {
        quoted(self.columns.iter().map(|column| column.name.as_str()))
    }

    /// The columns of the key, as they stand in a statement.
    pub(super) fn key_list(&self) -> String {
        quoted(self.key.iter().map(String::as_str))
    }

    /// The key of a row.
    pub(super) fn key_of(&self, row: &Values) -> Values {
        let value_of = |name: &String| {
            let mut named = self.columns.iter().zip(row);
            named.find(|(column, _)| column.name == *name).map(|(_, value)| value.clone())
        };
        self.key.iter().filter_map(value_of).collect()
    }

    /// All columns in the order of the key, from everywhere or behind a key.
    pub(super) fn select(&self, is_behind: bool) -> String {
        let (columns, key, name) = (self.column_list(), self.key_list(), &self.name);
        let places: Vec<String> = (1..=self.key.len()).map(|place| format!("${place}")).collect();
        let behind = match is_behind {
            true => format!("where ({key}) > ({}) ", places.join(", ")),
            false => String::new(),
        };
        format!("select {columns} from \"{name}\" {behind}order by {key}")
    }
}

fn quoted<'a>(names: impl Iterator<Item = &'a str>) -> String {
    names.map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ")
}

/// Puts every table behind those that it refers to.
pub(super) fn in_order(mut tables: Vec<Table>) -> Result<Vec<Table>> {
    let mut sorted: Vec<Table> = Vec::new();
    while !tables.is_empty() {
        let is_there = |name: &String| sorted.iter().any(|table| table.name == *name);
        let (ready, waiting): (Vec<Table>, Vec<Table>) = tables.into_iter().partition(|table| {
            table.refers_to.iter().all(|name| *name == table.name || is_there(name))
        });
        if ready.is_empty() {
            let names: Vec<&str> = waiting.iter().map(|table| table.name.as_str()).collect();
            let cause = format!("these tables refer to one another in a ring: {names:?}");
            return Err(Failure::other(cause));
        }
        sorted.extend(ready);
        tables = waiting;
    }
    Ok(sorted)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn table(name: &str, refers_to: &[&str]) -> Table {
        let column = |name: &str, kind| Column { name: name.to_owned(), kind };
        Table {
            name: name.to_owned(),
            columns: vec![
                column("text", Kind::Text),
                column("b", Kind::Int),
                column("a", Kind::Int),
            ],
            key: vec!["a".to_owned(), "b".to_owned()],
            refers_to: refers_to.iter().map(|name| (*name).to_owned()).collect(),
        }
    }

    #[test]
    fn what_is_referred_to_comes_first() {
        let tables = [
            table("message", &["ticket", "agent"]),
            table("ticket", &["agent"]),
            table("category", &["category"]),
            table("agent", &[]),
        ];
        let sorted = in_order(tables.into()).unwrap();
        let names: Vec<&str> = sorted.iter().map(|table| table.name.as_str()).collect();
        assert_eq!(names, ["category", "agent", "ticket", "message"]);
        let ring = [table("one", &["other"]), table("other", &["one"])];
        assert!(in_order(ring.into()).is_err());
    }

    #[test]
    fn a_batch_begins_behind_the_whole_key() {
        let table = table("reading", &[]);
        assert_eq!(
            table.select(true),
            "select \"text\", \"b\", \"a\" from \"reading\" \
             where (\"a\", \"b\") > ($1, $2) order by \"a\", \"b\""
        );
        let row = vec![Param::Text(None), Param::Int(Some(2)), Param::Int(Some(1))];
        assert_eq!(table.key_of(&row), [Param::Int(Some(1)), Param::Int(Some(2))]);
    }
}
