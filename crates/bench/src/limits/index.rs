//! The full-text index with nothing around it: the newest 50 documents of a search.

use std::hint::black_box;
use std::time::Duration;

use crate::Result;
use crate::database::Connection;
use crate::figures::{Figures, millis_since, now};

/// How long a search is repeated.
const TIME: Duration = Duration::from_millis(500);

/// Milliseconds of the newest 50 messages for a text in the language of FTS5, with the subjects
/// of their tickets, on the index of the product.
pub fn newest(connection: &Connection, search: &str) -> Result<Figures> {
    let Connection::Sqlite(connection) = connection else {
        return Err("only SQLite has this index".into());
    };
    let mut statement = connection.prepare(
        "select s.rowid, m.ticket, t.subject
         from search s join message m on m.id = s.rowid join ticket t on t.id = m.ticket
         where search match ?
         order by s.rowid desc
         limit 50",
    )?;
    let mut figures = Figures::default();
    let start = now();
    while start.elapsed() < TIME {
        let asked = now();
        let found = statement.query_map([search], |row| row.get::<_, String>(2))?;
        black_box(found.collect::<rusqlite::Result<Vec<_>>>()?);
        figures.millis.push(millis_since(asked));
    }
    figures.seconds = start.elapsed().as_secs_f64();
    Ok(figures)
}
