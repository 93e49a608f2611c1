//! What the names in a filter mean: entries of lists, agents, tags, contacts, companies.

use db::{Result, View, from_row, params, sql};
use jiff::tz::TimeZone;
use rules::filter::{Context, Field, Mark, Names, Node, Tree, bind, parse, print, resolve};
use rules::text::fold_text;
use values::{Language, Timestamp};

use super::actor::Actor;
use super::contact::name_key;
use super::directory::{Directory, Listed};

/// Names of one filter that are looked up in the database.
const LOOKED_UP_MAX: usize = 20;
/// Contacts or companies that may bear the same name.
const NAMESAKES_MAX: i64 = 50;

/// A filter that a person typed, understood for this reader at this moment.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The tree with ids.
    pub tree: Tree,
    /// The tree ready to be compiled.
    pub node: Node,
    /// Places that were not understood.
    pub marks: Vec<Mark>,
    names: KnownNames,
}

impl Understood {
    /// The filter in the reader's language.
    pub fn print(&self, language: Language, directory: &Directory) -> String {
        self.print_tree(&self.tree, language, directory)
    }

    /// A part of the filter, or another one with the same names, in the reader's language.
    pub fn print_tree(&self, tree: &Tree, language: Language, directory: &Directory) -> String {
        print(tree, language, &Lookup { directory, known: &self.names, language })
    }
}

/// Understands a filter.
pub async fn understand(
    view: &mut View<'_>,
    text: &str,
    actor: &Actor,
    directory: &Directory,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Understood> {
    let parsed = parse(text);
    let names = look_up(view, &parsed.tree).await?;
    let lookup = Lookup { directory, known: &names, language: Language::German };
    let resolved = resolve(&parsed.tree, &lookup);
    let context = Context { now, zone, me: Some(actor.agent.number()) };
    let node = bind(&resolved.tree, &context);
    let mut marks = parsed.marks;
    marks.extend(resolved.marks);
    marks.sort_by_key(|mark| mark.at.start);
    Ok(Understood { tree: resolved.tree, node, marks, names })
}

from_row! {
    struct NameRow {
        id: i64,
        name: String,
    }
}

/// Names that were looked up in the database, with their ids.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    found: Vec<(Field, i64, String)>,
}

/// Looks up the names in a filter that stand in no list.
pub async fn look_up(view: &mut View<'_>, tree: &Tree) -> Result<KnownNames> {
    let mut known = KnownNames::default();
    for (field, name) in tree.names().into_iter().take(LOOKED_UP_MAX) {
        let statement = match field {
            Field::Tag => sql!("select id, name from tag where key = $1 order by id limit $2"),
            Field::Contact => {
                sql!("select id, name from contact where name_key = $1 order by id limit $2")
            }
            Field::Company => {
                sql!("select id, name from company where name_key = $1 order by id limit $2")
            }
            _ => continue,
        };
        let key = match field {
            Field::Tag => {
                super::tags::Tag::parse(name).map_or_else(String::new, |tag| tag.key().to_owned())
            }
            _ => name_key(name),
        };
        let rows: Vec<NameRow> = view.all(statement, params![key, NAMESAKES_MAX]).await?;
        known.found.extend(rows.into_iter().map(|row| (field, row.id, row.name)));
    }
    Ok(known)
}

impl KnownNames {
    /// Adds the names of companies that stand in a filter by their ids.
    pub async fn add_companies(&mut self, view: &mut View<'_>, tree: &Tree) -> Result<()> {
        let ids = tree.ids().into_iter().filter(|(field, _)| *field == Field::Company);
        for (field, id) in ids.take(LOOKED_UP_MAX) {
            let statement = sql!("select id, name from company where id = $1");
            let row: Option<NameRow> = view.optional(statement, params![id]).await?;
            self.found.extend(row.map(|row| (field, row.id, row.name)));
        }
        Ok(())
    }
}

/// The names of all lists, and those that were looked up.
pub struct Lookup<'a> {
    /// The lists.
    pub directory: &'a Directory,
    /// What was looked up.
    pub known: &'a KnownNames,
    /// In which language names are printed.
    pub language: Language,
}

impl Lookup<'_> {
    fn entries(&self, field: Field) -> Vec<(i64, &str, Vec<&str>)> {
        match field {
            Field::Status => entries(&self.directory.statuses, self.language),
            Field::Area => entries(&self.directory.areas, self.language),
            Field::Queue => entries(&self.directory.queues, self.language),
            Field::Category => entries(&self.directory.categories, self.language),
            Field::RequestType => entries(&self.directory.request_types, self.language),
            Field::Priority => entries(&self.directory.priorities, self.language),
            Field::Mailbox => self
                .directory
                .mailboxes
                .iter()
                .map(|one| (one.id.number(), one.label.as_str(), vec![one.name.as_str()]))
                .collect(),
            Field::Assignee => self
                .directory
                .agents
                .iter()
                .map(|agent| (agent.id.number(), agent.name.as_str(), vec![agent.email.as_str()]))
                .collect(),
            field => {
                let known = self.known.found.iter().filter(|(of, _, _)| *of == field);
                known.map(|(_, id, name)| (*id, name.as_str(), Vec::new())).collect()
            }
        }
    }
}

/// Each entry with the name to print and the other names it is known by.
fn entries<T: Listed>(list: &[T], language: Language) -> Vec<(i64, &str, Vec<&str>)> {
    let mut all = Vec::with_capacity(list.len());
    for entry in list {
        let others = vec![entry.key(), entry.name(Language::German), entry.name(Language::English)];
        all.push((entry.number(), entry.name(language), others));
    }
    all
}

impl Names for Lookup<'_> {
    fn ids(&self, field: Field, name: &str) -> Vec<i64> {
        let wanted = fold_text(name);
        let is_meant = |text: &str| fold_text(text) == wanted;
        let entries = self.entries(field);
        let exact = entries.iter().filter(|(_, name, others)| {
            is_meant(name) || others.iter().any(|other| is_meant(other))
        });
        let ids: Vec<i64> = exact.map(|(id, _, _)| *id).collect();
        if !ids.is_empty() || field != Field::Assignee {
            return ids;
        }
        // People are called by their first or their last name.
        let has_word = |name: &str| name.split_whitespace().any(is_meant);
        entries.iter().filter(|(_, name, _)| has_word(name)).map(|(id, _, _)| *id).collect()
    }

    fn name(&self, field: Field, id: i64) -> Option<String> {
        let entries = self.entries(field);
        entries.into_iter().find(|(known, _, _)| *known == id).map(|(_, name, _)| name.to_owned())
    }
}
