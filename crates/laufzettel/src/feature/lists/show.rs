//! The lists as their pages show them.

use rules::status::StatusKind;
use values::Language;
use web::Form;

use super::page::{EntryPage, EntryRow, Group, ListPage, Sign, State, Tickets};
use super::store::{COUNTED_MAX, CountUses, Row, Use};
use super::words::{self, Choice, choice, choices};
use super::{List, NEEDED_KINDS, form};
use crate::feature::settings::history;
use crate::http::encode;
use crate::http::error::HttpError;
use crate::http::screen::Screen;
use crate::record::directory::{Listed, by_id};
use crate::record::{EntryId, show};
use crate::texts;

/// The list with these entries. `typed` is the form for a new one.
pub async fn list(
    screen: &Screen,
    list: List,
    rows: &[Row],
    typed: Form,
    trouble: Option<String>,
) -> Result<ListPage, HttpError> {
    let uses = screen.app.db.read(&CountUses { list, id: None }).await?;
    let shown = Shown { screen, list, rows, uses: &uses };
    let kinds = choices(screen.language, "kind");
    Ok(ListPage { list, groups: shown.groups(), form: typed, kinds, trouble })
}

/// A list that is shown.
struct Shown<'a> {
    screen: &'a Screen,
    list: List,
    rows: &'a [Row],
    uses: &'a [Use],
}

impl Shown<'_> {
    fn groups(&self) -> Vec<Group> {
        let mut names: Vec<Option<&str>> =
            self.rows.iter().map(|row| row.group_name.as_deref()).collect();
        names.sort_unstable();
        names.dedup();
        let general = texts::lists(self.screen.language).general_group();
        let group = |name: &Option<&str>| Group {
            heading: (names.len() > 1).then(|| name.unwrap_or(general).to_owned()),
            rows: self.below(None, *name, 0),
        };
        names.iter().map(group).collect()
    }

    /// The entries below another one, each with its own below it.
    fn below(&self, parent: Option<i64>, group: Option<&str>, depth: u8) -> Vec<EntryRow> {
        let is_here = |row: &&Row| row.parent == parent && row.group_name.as_deref() == group;
        let entries = self.rows.iter().filter(is_here);
        let with_below = |row: &Row| {
            let below = match self.list == List::Categories && depth < 8 {
                true => self.below(Some(row.id), group, depth + 1),
                false => Vec::new(),
            };
            std::iter::once(self.entry(row, depth)).chain(below).collect::<Vec<_>>()
        };
        entries.flat_map(with_below).collect()
    }

    fn entry(&self, row: &Row, depth: u8) -> EntryRow {
        let tickets = self.uses.iter().find(|one| one.id == row.id).map_or(0, |one| one.tickets);
        EntryRow {
            id: row.id,
            name: name(row, self.screen.language).to_owned(),
            sign: sign(self.screen, self.list, row),
            kind: self.kind(row),
            tickets: (Tickets::of(tickets), self.search(row)),
            active: row.active,
            locked: is_locked(self.list, row, self.rows),
            depth,
        }
    }

    /// What an entry is in a few words.
    fn kind(&self, row: &Row) -> String {
        let language = self.screen.language;
        let texts = texts::lists(language);
        let mut parts: Vec<String> = Vec::new();
        match self.list {
            List::Areas => {
                parts.extend(row.description.clone().or_else(|| row.number_mask.clone()));
            }
            List::Queues => {
                let person = row.responsible.and_then(|id| self.screen.directory.agent(id));
                let person = person.map_or(texts.department(), |person| person.name.as_str());
                parts.extend(row.short_name.clone());
                parts.push(person.to_owned());
            }
            List::Statuses => {
                let kind = row.kind.as_deref().and_then(StatusKind::from_code);
                parts.extend(kind.map(|kind| words::kind(language, kind).to_owned()));
            }
            List::RequestTypes | List::Priorities => {
                parts.extend((row.is_default == Some(true)).then(|| texts.default().to_owned()));
            }
            List::Categories => {
                let public =
                    if row.is_public == Some(false) { texts.internal() } else { texts.public() };
                let priorities = &self.screen.directory.priorities;
                let priority = row.priority.and_then(|id| by_id(priorities, id));
                parts.push(public.to_owned());
                parts.extend(priority.map(|one| one.name(language).to_owned()));
            }
        }
        parts.join(", ")
    }

    /// The list of the tickets that have an entry.
    fn search(&self, row: &Row) -> String {
        let (all, field) = match (self.screen.language, self.list) {
            (Language::German, List::Areas) => ("ist:alle", "bereich"),
            (Language::German, List::Queues) => ("ist:alle", "warteschlange"),
            (Language::German, List::RequestTypes) => ("ist:alle", "anfrageart"),
            (Language::German, List::Categories) => ("ist:alle", "kategorie"),
            (Language::German, List::Priorities) => ("ist:alle", "priorität"),
            (Language::German, List::Statuses) => ("ist:alle", "status"),
            (Language::English, List::Areas) => ("is:all", "area"),
            (Language::English, List::Queues) => ("is:all", "queue"),
            (Language::English, List::RequestTypes) => ("is:all", "type"),
            (Language::English, List::Categories) => ("is:all", "category"),
            (Language::English, List::Priorities) => ("is:all", "priority"),
            (Language::English, List::Statuses) => ("is:all", "status"),
        };
        format!("/inbox?q={}", encode(&format!("{all} {field}:{}", row.key)))
    }
}

impl Tickets {
    /// How many tickets were counted.
    pub fn of(counted: i64) -> Self {
        match counted {
            more if more > COUNTED_MAX => Self::MoreThan(COUNTED_MAX.unsigned_abs()),
            counted => Self::Exactly(u64::try_from(counted).unwrap_or_default()),
        }
    }
}

/// The page of an entry, or of a new one, with what its form says.
pub async fn entry(
    screen: &Screen,
    list: List,
    rows: &[Row],
    row: Option<&Row>,
    typed: Option<Form>,
) -> Result<EntryPage, HttpError> {
    let form = typed.unwrap_or_else(|| row.map_or_else(|| form::of_new(list), form::values));
    let changes = match row {
        Some(row) => history::recent(screen, list.subject(), row.id).await?,
        None => maud::Markup::default(),
    };
    let state = match row {
        Some(row) => Some(state(screen, list, rows, row).await?),
        None => None,
    };
    Ok(EntryPage {
        people: people(screen, row),
        parents: parents(screen, rows, row),
        priorities: priorities(screen),
        senders: senders(screen),
        areas: areas(screen),
        list,
        state,
        form,
        changes,
    })
}

async fn state(screen: &Screen, list: List, rows: &[Row], row: &Row) -> Result<State, HttpError> {
    let uses = screen.app.db.read(&CountUses { list, id: Some(row.id) }).await?;
    let tickets = uses.first().map_or(0, |one| one.tickets);
    let kind = row.kind.as_deref().and_then(StatusKind::from_code);
    Ok(State {
        id: row.id,
        version: row.version,
        name: name(row, screen.language).to_owned(),
        sign: sign(screen, list, row),
        tickets: Tickets::of(tickets),
        locked: is_locked(list, row, rows),
        is_default: row.is_default == Some(true),
        kind: kind.map(|kind| words::kind(screen.language, kind)),
    })
}

/// The name in the reader's language.
pub fn name(row: &Row, language: Language) -> &str {
    match (language, &row.name_en) {
        (Language::English, Some(name)) => name,
        _ => &row.name,
    }
}

fn sign(screen: &Screen, list: List, row: &Row) -> Sign {
    let hue = row.hue.and_then(|hue| u8::try_from(hue).ok());
    match list {
        List::Areas => Sign::Dot(hue.unwrap_or(1)),
        List::Statuses => {
            let kind = row.kind.as_deref().and_then(StatusKind::from_code);
            Sign::Status(show::glyph(kind.unwrap_or(StatusKind::Read)).to_owned())
        }
        List::Priorities => {
            let id = EntryId::from_number(row.id);
            let priority = show::priority(&screen.directory, id, screen.language);
            Sign::Priority(priority.glyph, hue)
        }
        List::Queues | List::RequestTypes | List::Categories => Sign::Nothing,
    }
}

/// Whether an entry can neither be switched off nor deleted, because rules need it.
fn is_locked(list: List, row: &Row, rows: &[Row]) -> bool {
    let is_only = |is_alike: &dyn Fn(&Row) -> bool| {
        row.active
            && !rows.iter().any(|other| other.id != row.id && other.active && is_alike(other))
    };
    match list {
        List::Areas => is_only(&|_| true),
        List::RequestTypes | List::Priorities => row.is_default == Some(true),
        List::Statuses => {
            let kind = row.kind.as_deref().and_then(StatusKind::from_code);
            let is_needed = kind.is_some_and(|kind| NEEDED_KINDS.contains(&kind));
            let is_alike = |other: &Row| other.kind == row.kind && other.area.is_none();
            is_needed && row.area.is_none() && is_only(&is_alike)
        }
        List::Queues | List::Categories => false,
    }
}

fn people(screen: &Screen, row: Option<&Row>) -> Vec<Choice> {
    let texts = texts::lists(screen.language);
    let before = row.and_then(|row| row.responsible);
    let agents = screen.directory.agents.iter();
    let agents = agents.filter(|agent| agent.active || Some(agent.id) == before);
    let person = agents.map(|agent| choice(&agent.id.to_string(), &agent.name));
    std::iter::once(choice("", texts.nobody_takes())).chain(person).collect()
}

fn parents(screen: &Screen, rows: &[Row], row: Option<&Row>) -> Vec<Choice> {
    let texts = texts::lists(screen.language);
    let others = rows.iter().filter(|other| row.is_none_or(|row| row.id != other.id));
    let others = others.map(|other| choice(&other.id.to_string(), name(other, screen.language)));
    std::iter::once(choice("", texts.no_parent())).chain(others).collect()
}

fn priorities(screen: &Screen) -> Vec<Choice> {
    let texts = texts::lists(screen.language);
    let entries = screen.directory.priorities.iter();
    let entries = entries.map(|one| choice(&one.number().to_string(), one.name(screen.language)));
    std::iter::once(choice("", texts.keeps_priority())).chain(entries).collect()
}

fn areas(screen: &Screen) -> Vec<Choice> {
    let texts = texts::lists(screen.language);
    let areas = screen.directory.areas.iter();
    let areas = areas.map(|one| choice(&one.number().to_string(), one.name(screen.language)));
    std::iter::once(choice("", texts.all_areas())).chain(areas).collect()
}

fn senders(screen: &Screen) -> Vec<Choice> {
    let texts = texts::lists(screen.language);
    let senders = screen.directory.senders.iter();
    let senders = senders.map(|one| choice(&one.id.to_string(), &one.address));
    std::iter::once(choice("", texts.sender_default())).chain(senders).collect()
}
