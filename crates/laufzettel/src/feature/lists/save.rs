//! Adding, changing and removing an entry of a list.

use db::{Db, FailureKind, Operation, Result, Tx};
use rules::status::StatusKind;
use values::Id;

use super::facts::values;
use super::store::{self, Row};
use super::{Fields, List, NEEDED_KINDS, Refusal};
use crate::record::Entry;
use crate::record::administration::{By, Change, Kind, differences};
use crate::service::live;

/// How it ended.
#[derive(Debug)]
pub enum Ended {
    /// The entry as it is now, and the whole list.
    Done(Box<Row>, Vec<Row>),
    /// It was deleted.
    Deleted,
    /// There is no such entry.
    NotFound,
    /// Somebody else changed it.
    Stale,
    /// It cannot be so.
    Refused(Refusal),
}

/// Adds an entry.
pub struct AddEntry<'a> {
    /// The list.
    pub list: List,
    /// Its id.
    pub id: Id<Entry>,
    /// Its key.
    pub key: &'a str,
    /// The fields. Without a position it is the last one.
    pub fields: &'a Fields,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for AddEntry<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let rows = store::rows(tx, self.list).await?;
        let last = rows.iter().map(|row| row.position).max().unwrap_or(0);
        let mut row = Row {
            id: self.id.number(),
            key: self.key.to_owned(),
            position: last + 1,
            active: true,
            ..Row::default()
        };
        row.take(self.list, self.fields);
        if rows.iter().any(|other| other.key == row.key) {
            return Ok(Ended::Refused(Refusal::KeyTaken));
        }
        if let Some(refusal) = refusal(&row, &rows).or_else(|| name_taken(&row, &rows)) {
            return Ok(Ended::Refused(refusal));
        }
        if !store::insert(tx, self.list, &row).await? {
            return Ok(Ended::Refused(Refusal::KeyTaken));
        }
        record(tx, &self.by, self.list, Kind::Added, (None, &row)).await?;
        finish(tx, self.list, row).await
    }
}

/// Changes an entry.
pub struct ChangeEntry<'a> {
    /// The list.
    pub list: List,
    /// The entry.
    pub id: i64,
    /// The version that the actor saw; `None` lets the named fields win.
    pub version: Option<i64>,
    /// The fields.
    pub fields: &'a Fields,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for ChangeEntry<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let Some(before) = store::hold(tx, self.list, self.id).await? else {
            return Ok(Ended::NotFound);
        };
        if self.version.is_some_and(|version| version != before.version) {
            return Ok(Ended::Stale);
        }
        let rows = store::rows(tx, self.list).await?;
        let mut row = before.clone();
        row.take(self.list, self.fields);
        let loses_default = before.is_default == Some(true) && row.is_default != Some(true);
        let refusal = if loses_default { Some(Refusal::IsDefault) } else { refusal(&row, &rows) };
        let is_renamed = row.name != before.name;
        let taken = || is_renamed.then(|| name_taken(&row, &rows)).flatten();
        if let Some(refusal) = refusal.or_else(taken) {
            return Ok(Ended::Refused(refusal));
        }
        if row.area.is_some() && is_last(self.list, &row, &rows) {
            return Ok(Ended::Refused(Refusal::LastOne));
        }
        let is_other = |other: &&Row| other.id != row.id && other.active;
        if self.list == List::Areas && !row.active && rows.iter().filter(is_other).count() == 0 {
            return Ok(Ended::Refused(Refusal::LastOne));
        }
        let is_closed = self.list == List::Areas && before.active && !row.active;
        if is_closed && store::has_mailbox(tx, self.id).await? {
            return Ok(Ended::Refused(Refusal::HasMailbox));
        }
        store::update(tx, self.list, &row).await?;
        record(tx, &self.by, self.list, Kind::Changed, (Some(&before), &row)).await?;
        finish(tx, self.list, row).await
    }
}

/// Deletes an entry to which nothing refers; fails with a broken reference if something does.
pub struct RemoveEntry<'a> {
    /// The list.
    pub list: List,
    /// The entry.
    pub id: i64,
    /// The version that the actor saw; `None` removes any.
    pub version: Option<i64>,
    /// Who does it.
    pub by: By<'a>,
}

impl Operation for RemoveEntry<'_> {
    type Outcome = Ended;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Ended> {
        let Some(row) = store::hold(tx, self.list, self.id).await? else {
            return Ok(Ended::NotFound);
        };
        if self.version.is_some_and(|version| version != row.version) {
            return Ok(Ended::Stale);
        }
        let rows = store::rows(tx, self.list).await?;
        if row.is_default == Some(true) {
            return Ok(Ended::Refused(Refusal::IsDefault));
        }
        if is_last(self.list, &row, &rows) {
            return Ok(Ended::Refused(Refusal::LastOne));
        }
        store::delete(tx, self.list, self.id).await?;
        record(tx, &self.by, self.list, Kind::Removed, (None, &row)).await?;
        live::announce::<()>(tx, live::LISTS, Id::from_number(self.id));
        Ok(Ended::Deleted)
    }
}

/// Deletes an entry, or switches it off if something refers to it.
pub async fn remove(db: &Db, remove: &RemoveEntry<'_>) -> Result<Ended> {
    match db.write(remove).await {
        Err(failure) if failure.kind() == FailureKind::BrokenReference => {
            let fields = Fields { active: Some(false), ..Fields::default() };
            let RemoveEntry { list, id, version, by } = *remove;
            db.write(&ChangeEntry { list, id, version, fields: &fields, by }).await
        }
        ended => ended,
    }
}

/// Writes down what happened to an entry.
async fn record(
    tx: &mut Tx<'_>,
    by: &By<'_>,
    list: List,
    kind: Kind,
    (before, after): (Option<&Row>, &Row),
) -> Result<()> {
    let before = before.map(|row| values(list, row)).unwrap_or_default();
    let facts = match kind {
        Kind::Removed => Vec::new(),
        Kind::Added | Kind::Changed => differences(before, values(list, after)),
    };
    let change = Change { subject: list.subject(), id: after.id, name: &after.name, kind, facts };
    by.record(tx, &change).await
}

async fn finish(tx: &mut Tx<'_>, list: List, row: Row) -> Result<Ended> {
    if list.has_default() && row.is_default == Some(true) {
        store::set_default(tx, list, row.id).await?;
    }
    live::announce::<()>(tx, live::LISTS, Id::from_number(row.id));
    let rows = store::rows(tx, list).await?;
    Ok(Ended::Done(Box::new(row), rows))
}

/// Why a row cannot be as it is.
fn refusal(row: &Row, rows: &[Row]) -> Option<Refusal> {
    if row.is_default == Some(true) && !row.active {
        return Some(Refusal::IsDefault);
    }
    let mut above = row.parent;
    // A circle comes back to the row within as many steps as there are rows.
    for _ in 0..=rows.len() {
        match above {
            Some(id) if id == row.id => return Some(Refusal::Circle),
            Some(id) => above = rows.iter().find(|row| row.id == id).and_then(|row| row.parent),
            None => return None,
        }
    }
    Some(Refusal::Circle)
}

/// Whether an entry that stands beside it has its name: nobody could tell them apart.
fn name_taken(row: &Row, rows: &[Row]) -> Option<Refusal> {
    let name = row.name.to_lowercase();
    let is_taken = |other: &Row| {
        other.id != row.id && other.parent == row.parent && other.name.to_lowercase() == name
    };
    rows.iter().any(is_taken).then_some(Refusal::NameTaken)
}

/// Whether rules could not do without the row.
fn is_last(list: List, row: &Row, rows: &[Row]) -> bool {
    let others = || rows.iter().filter(|other| other.id != row.id);
    match list {
        List::Areas | List::Priorities => others().count() == 0,
        List::Statuses => {
            let kind = row.kind.as_deref().and_then(StatusKind::from_code);
            let is_needed = kind.is_some_and(|kind| NEEDED_KINDS.contains(&kind));
            let is_alike = |other: &Row| other.kind == row.kind && other.area.is_none();
            is_needed && !others().any(is_alike)
        }
        _ => false,
    }
}
