//! The operations on any list.

use axum::http::HeaderMap;
use rules::number::Mask;
use rules::status::StatusKind;
use serde::Serialize;
use web::{IfMatch, Problem};

use super::AskedPage;
use super::answers::answers;
use super::bodies::{Body, Entry as Shown};
use crate::api::{
    Call, Findings, Page, Post, agent, conflict, created, done, invalid, invalid_mask, line,
    location, name, once, shown, stale, taken, unknown, versioned,
};
use crate::feature::lists::{
    AddEntry, ChangeEntry, Ended, Fields, List, ReadRows, Refusal, RemoveEntry, Row,
    SHORT_NAME_LETTERS_MAX, is_key, key_of, remove,
};
use crate::http::error::{Answer, HttpError};
use crate::record::actor::Denied;
use crate::record::area::Area;
use crate::record::directory::{Listed, Priority, by_name};
use crate::record::{AgentId, AreaId};

/// Colours of areas.
const HUES: std::ops::RangeInclusive<i64> = 1..=6;
/// Places in a list.
const POSITIONS: std::ops::RangeInclusive<i64> = 0..=1_000_000;

/// Lists the entries that the actor may see.
pub async fn list<S>(call: &Call, list: List, asked: &AskedPage) -> Answer
where
    S: Serialize + for<'a> From<&'a Shown<'a>>,
{
    let rows = visible(call, list).await?;
    let page = asked.cut(list.path(), &rows, |row| vec![row.position, row.id])?;
    let items = page
        .rows
        .iter()
        .map(|row| S::from(&Shown { row, rows: &rows, lists: &call.directory }))
        .collect();
    Ok(shown(&Page::<S> { items, next: page.next }))
}

/// Reads an entry.
pub async fn read<S>(call: &Call, list: List, key: &str) -> Answer
where
    S: Serialize + for<'a> From<&'a Shown<'a>>,
{
    let rows = visible(call, list).await?;
    let row = find(&rows, key)?;
    Ok(versioned(&S::from(&Shown { row, rows: &rows, lists: &call.directory }), row.version))
}

/// Adds an entry.
pub async fn create<B, S>(call: &Call, list: List, post: Post<B>) -> Answer
where
    B: Into<Body>,
    S: Serialize + for<'a> From<&'a Shown<'a>>,
{
    call.manage_house()?;
    let rows = call.app.db.read(&ReadRows(list)).await?;
    let body: Body = post.body.into();
    let fields = fields(call, &body, None, &rows)?;
    let key = match &body.key {
        Some(key) => key.trim().to_lowercase(),
        None => key_of(fields.name.as_deref().unwrap_or_default()),
    };
    if !is_key(&key) {
        return Err(invalid("key", "invalid_key", "1 to 40 small letters, digits, _ and -").into());
    }
    let id = call.app.ids.next(call.now);
    let add = AddEntry { list, id, key: &key, fields: &fields, by: call.by() };
    let answer = once(call, &post.repeat, &add, |ended| {
        let (row, rows) = ended_well(ended)?;
        let shown = S::from(&Shown { row: &row, rows: &rows, lists: &call.directory });
        Ok(created(&location(list.path(), &row.key), Some(row.version), &shown))
    })
    .await;
    call.forget_lists();
    answer
}

/// Changes an entry.
pub async fn change<B, S>(
    call: &Call,
    list: List,
    key: &str,
    headers: &HeaderMap,
    body: B,
) -> Answer
where
    B: Into<Body>,
    S: Serialize + for<'a> From<&'a Shown<'a>>,
{
    call.manage_house()?;
    let rows = call.app.db.read(&ReadRows(list)).await?;
    let row = find(&rows, key)?;
    let if_match = IfMatch::read(headers);
    if_match.allow(row.version)?;
    let fields = fields(call, &body.into(), Some(row), &rows)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(row.version);
    let change = ChangeEntry { list, id: row.id, version, fields: &fields, by: call.by() };
    let ended = call.app.db.write(&change).await?;
    call.forget_lists();
    let (row, rows) = ended_well(ended)?;
    Ok(versioned(&S::from(&Shown { row: &row, rows: &rows, lists: &call.directory }), row.version))
}

/// Deletes an entry, or switches it off.
pub async fn delete(call: &Call, list: List, key: &str, headers: &HeaderMap) -> Answer {
    call.manage_house()?;
    let rows = call.app.db.read(&ReadRows(list)).await?;
    let row = find(&rows, key)?;
    let if_match = IfMatch::read(headers);
    if_match.require(row.version)?;
    let version = matches!(if_match, IfMatch::Versions(_)).then_some(row.version);
    let removal = RemoveEntry { list, id: row.id, version, by: call.by() };
    let ended = remove(&call.app.db, &removal).await?;
    call.forget_lists();
    match ended {
        Ended::Deleted => Ok(done()),
        ended => ended_well(ended).map(|_| done()),
    }
}

/// The entries that the actor may see: of areas only those he may enter, unless he sets them up.
async fn visible(call: &Call, list: List) -> Result<Vec<Row>, HttpError> {
    let mut rows = call.app.db.read(&ReadRows(list)).await?;
    if list == List::Areas && !call.may_manage_house() {
        rows.retain(|row| call.actor.level_in(AreaId::from_number(row.id)).is_some());
    }
    Ok(rows)
}

fn find<'a>(rows: &'a [Row], key: &str) -> Result<&'a Row, Denied> {
    let key = key.to_lowercase();
    rows.iter().find(|row| row.key == key).ok_or(Denied::NotFound)
}

fn ended_well(ended: Ended) -> Result<(Box<Row>, Vec<Row>), HttpError> {
    match ended {
        Ended::Done(row, rows) => Ok((row, rows)),
        Ended::Deleted | Ended::NotFound => Err(Denied::NotFound.into()),
        Ended::Stale => Err(stale().into()),
        Ended::Refused(Refusal::KeyTaken) => Err(taken("key").into()),
        Ended::Refused(Refusal::NameTaken) => Err(taken("name").into()),
        Ended::Refused(Refusal::Circle) => {
            Err(invalid("parent", "circle", "a category cannot stand below itself").into())
        }
        Ended::Refused(Refusal::IsDefault) => {
            Err(conflict("is_default", "make another entry the default first").into())
        }
        Ended::Refused(Refusal::HasMailbox) => {
            Err(conflict("has_mailbox", "a mailbox makes tickets in this area").into())
        }
        Ended::Refused(Refusal::LastOne) => {
            Err(conflict("last_one", "one of its kind must be left").into())
        }
    }
}

/// The fields of an entry, or everything that is wrong with them.
fn fields(
    call: &Call,
    body: &Body,
    before: Option<&Row>,
    rows: &[Row],
) -> Result<Fields, HttpError> {
    let mut findings = Findings::default();
    let named = body.name.as_deref().map(|text| name("name", text)).transpose();
    let parent = body.parent.as_ref().map(|text| parent(text.as_deref(), rows)).transpose();
    let mask = body.number_mask.as_ref().map(|text| mask(text.as_deref())).transpose();
    let kind = body.kind.as_deref().map(|code| {
        StatusKind::from_code(code).ok_or_else(|| invalid("kind", "unknown", "no such kind"))
    });
    let hue = body.tint.or(body.hue.map(Some));
    let hue = hue.map(|hue| within("hue", hue, HUES)).transpose();
    let priority = body.priority.as_ref().map(|text| priority(call, text.as_deref())).transpose();
    let area = body.area.as_ref().map(|text| area(call, text.as_deref())).transpose();
    let responsible = body.responsible.as_ref();
    let responsible = responsible.map(|text| who(call, text.as_deref())).transpose();
    let short = body.short_name.as_ref().map(|text| short_name(text.as_deref())).transpose();
    let fields = Fields {
        name: findings.keep(named).flatten(),
        name_en: body.name_en.as_ref().map(|text| text.as_deref().and_then(line)),
        position: findings.keep(within("position", body.position, POSITIONS)).flatten(),
        active: body.active,
        hue: findings.keep(hue).flatten(),
        group_name: body.group_name.as_ref().map(|text| text.as_deref().and_then(line)),
        description: body.description.as_ref().map(|text| text.as_deref().and_then(line)),
        short_name: findings.keep(short).flatten(),
        responsible: findings.keep(responsible).flatten(),
        number_mask: findings.keep(mask).flatten(),
        answers: answers(call, body, before, &mut findings),
        kind: findings.keep(kind.transpose()).flatten(),
        area: findings.keep(area).flatten(),
        is_default: body.is_default,
        parent: findings.keep(parent).flatten(),
        priority: findings.keep(priority).flatten(),
        is_public: body.is_public,
    };
    findings.check()?;
    Ok(fields)
}

/// A number between two others.
pub fn within(
    field: &str,
    value: Option<i64>,
    range: std::ops::RangeInclusive<i64>,
) -> Result<Option<i64>, Problem> {
    match value {
        Some(value) if !range.contains(&value) => {
            let message = format!("{}..={}", range.start(), range.end());
            Err(invalid(field, "out_of_range", &message))
        }
        value => Ok(value),
    }
}

fn parent(text: Option<&str>, rows: &[Row]) -> Result<Option<i64>, Problem> {
    let Some(text) = text else { return Ok(None) };
    let text = text.trim().to_lowercase();
    let by = |is_meant: &dyn Fn(&Row) -> bool| rows.iter().find(|row| is_meant(row));
    let found = by(&|row| row.key == text).or_else(|| by(&|row| row.name.to_lowercase() == text));
    found.map(|row| Some(row.id)).ok_or_else(|| unknown("parent"))
}

/// The agent who is named; nobody without a name.
fn who(call: &Call, text: Option<&str>) -> Result<Option<AgentId>, Problem> {
    text.map(|text| agent(&call.directory, "responsible", text)).transpose()
}

fn short_name(text: Option<&str>) -> Result<Option<String>, Problem> {
    match text.and_then(line) {
        Some(text) if text.chars().count() > SHORT_NAME_LETTERS_MAX => {
            Err(invalid("short_name", "too_long", "at most 12 letters"))
        }
        text => Ok(text),
    }
}

fn priority(call: &Call, text: Option<&str>) -> Result<Option<i64>, Problem> {
    let found = text.map(|text| by_name(&call.directory.priorities, text));
    let id =
        |found: Option<&Priority>| found.map(Listed::number).ok_or_else(|| unknown("priority"));
    found.map(id).transpose()
}

fn area(call: &Call, text: Option<&str>) -> Result<Option<i64>, Problem> {
    let found = text.map(|text| by_name(&call.directory.areas, text));
    let id = |found: Option<&Area>| found.map(Listed::number).ok_or_else(|| unknown("area"));
    found.map(id).transpose()
}

fn mask(text: Option<&str>) -> Result<Option<String>, Problem> {
    let Some(text) = text else { return Ok(None) };
    match Mask::parse(text) {
        Ok(_) => Ok(Some(text.to_owned())),
        Err(problem) => Err(invalid_mask("number_mask", &problem)),
    }
}
