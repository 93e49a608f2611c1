//! Tags of tickets (F-FLD-22): free keywords, one row for each spelling that counts as the same.

use db::{Result, Tx, from_row, params, sql};
use values::{IdMaker, Timestamp};

use super::{Entry, EntryId, TicketId};

/// A tag as it is shown, and as it is told from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    name: String,
    key: String,
}

impl Tag {
    /// Reads a tag; `None` if nothing is left of it.
    pub fn parse(text: &str) -> Option<Self> {
        let name = rules::tag::normalised(text)?;
        Some(Self { key: rules::tag::folded(&name), name })
    }

    /// The tag as it is shown.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What tells it from others.
    pub fn key(&self) -> &str {
        &self.key
    }
}

from_row! {
    struct StoredTag {
        id: EntryId,
        name: String,
    }
}

/// Sets the tags of a ticket, making those that are new, and gives their names as stored.
///
/// A tag that is there already keeps its first spelling.
pub async fn set(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    tags: &[Tag],
    ids: &IdMaker,
    now: Timestamp,
) -> Result<Vec<String>> {
    tx.execute(sql!("delete from ticket_tag where ticket = $1"), params![ticket]).await?;
    let mut names = Vec::new();
    for tag in tags {
        let stored: StoredTag = tx
            .one(
                sql!(
                    "insert into tag (id, key, name) values ($1, $2, $3)
                     on conflict (key) do update set key = excluded.key
                     returning id, name"
                ),
                params![ids.next::<Entry>(now), tag.key(), tag.name()],
            )
            .await?;
        tx.execute(
            sql!("insert into ticket_tag (tag, ticket) values ($1, $2) on conflict do nothing"),
            params![stored.id, ticket],
        )
        .await?;
        names.push(stored.name);
    }
    Ok(names)
}
