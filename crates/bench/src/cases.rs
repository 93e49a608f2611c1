//! Tickets of a filled database that somebody works on.

use crate::Result;
use crate::database::Connection;

/// A ticket, as far as whoever answers it needs it.
#[derive(Clone, Debug)]
pub struct Case {
    /// Its id, as the stream of announcements names it.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Who asked.
    pub requester: String,
}

/// Which tickets are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Open ones that somebody is responsible for.
    Open,
    /// Open ones that nobody is responsible for.
    Unassigned,
    /// Open and closed ones.
    All,
}

impl Which {
    fn condition(self) -> &'static str {
        match self {
            Self::Open => "t.stage < 2 and t.assignee is not null",
            Self::Unassigned => "t.stage < 2 and t.assignee is null",
            Self::All => "t.stage < 3",
        }
    }
}

/// So many of the newest tickets, or all there are.
pub fn newest(connection: &mut Connection, which: Which, limit: usize) -> Result<Vec<Case>> {
    let condition = which.condition();
    let rows: Vec<[String; 3]> = connection.rows(&format!(
        "select cast(t.id as text), t.number, t.requester_email
         from ticket t where {condition} order by t.id desc limit {limit}"
    ))?;
    let case = |[id, number, requester]: [String; 3]| Case { id, number, requester };
    Ok(rows.into_iter().map(case).collect())
}
