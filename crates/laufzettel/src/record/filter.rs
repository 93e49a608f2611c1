//! Filters as SQL: the same tree that `rules::filter::matches` evaluates in memory (decision 35).
//!
//! Words and phrases are looked up in the search index first; what they found goes into the
//! statement as a list of tickets. Nothing that a person typed becomes SQL.

use db::{Query, Result, View};
use rules::filter::{Attached, Condition, Node, Sender, When};
use rules::intake::rule::Mark;
use rules::status::{Stage, StatusKind};
use rules::text::SearchTerm;
use values::Timestamp;

use super::EntryId;
use super::actor::Actor;
use super::directory::{Directory, Listed};
use super::found::{self, Words};
use super::ticket::{NO_DEADLINE, StoredStage};

/// Documents that one look-up of words gives at most, and how many of them are enough.
const DOCUMENTS_MAX: usize = found::WINDOW;
const ENOUGH: usize = 1_000;

/// The tickets that the words of a filter found, in the order in which the words stand in it.
#[derive(Clone, Debug, Default)]
pub struct Found {
    sets: Vec<Vec<i64>>,
    /// Whether older documents were not looked at.
    pub is_cut: bool,
}

/// Looks up the words of a filter.
pub async fn find_words(view: &mut View<'_>, actor: &Actor, node: &Node) -> Result<Found> {
    let mut searches = Vec::new();
    collect(node, &mut searches);
    let mut found = Found::default();
    for terms in searches {
        let (tickets, is_cut) = tickets_with(view, actor, &terms).await?;
        found.is_cut |= is_cut;
        found.sets.push(tickets);
    }
    Ok(found)
}

/// One search for the words directly in an `All`, one for each other word.
fn collect(node: &Node, searches: &mut Vec<Vec<SearchTerm>>) {
    let terms = node.search_terms();
    if !terms.is_empty() {
        searches.push(terms);
    }
    match node {
        Node::All(nodes) => {
            let others = nodes.iter().filter(|node| !is_word(node));
            others.for_each(|node| collect(node, searches));
        }
        Node::Any(nodes) => nodes.iter().for_each(|node| collect(node, searches)),
        Node::Not(node) => collect(node, searches),
        Node::Is(_) | Node::Word(_) | Node::Phrase(_) => {}
    }
}

fn is_word(node: &Node) -> bool {
    matches!(node, Node::Word(_) | Node::Phrase(_))
}

async fn tickets_with(
    view: &mut View<'_>,
    actor: &Actor,
    terms: &[SearchTerm],
) -> Result<(Vec<i64>, bool)> {
    let words = Words {
        actor,
        terms,
        rest: None,
        before: i64::MAX,
        enough: ENOUGH,
        limit: DOCUMENTS_MAX,
        window: found::WINDOW,
    };
    let hits = found::newest(view, &words).await?;
    let mut tickets: Vec<i64> = hits.documents.iter().map(|one| one.ticket.number()).collect();
    tickets.sort_unstable();
    tickets.dedup();
    Ok((tickets, hits.last.is_some()))
}

/// Adds `and (…)` that keeps the tickets of a filter. The ticket is named `t`.
pub fn push(query: &mut Query, node: &Node, found: &Found, directory: &Directory) {
    let mut compiler = Compiler { query, found: found.sets.iter(), directory };
    compiler.query.push("and (");
    compiler.node(node);
    compiler.query.push(")");
}

struct Compiler<'a> {
    query: &'a mut Query,
    found: std::slice::Iter<'a, Vec<i64>>,
    directory: &'a Directory,
}

impl Compiler<'_> {
    fn node(&mut self, node: &Node) {
        match node {
            Node::All(nodes) => {
                self.query.push("1 = 1");
                if !node.search_terms().is_empty() {
                    self.query.push("and");
                    self.found();
                }
                for node in nodes.iter().filter(|node| !is_word(node)) {
                    self.query.push("and (");
                    self.node(node);
                    self.query.push(")");
                }
            }
            Node::Any(nodes) => {
                self.query.push("1 = 0");
                for node in nodes {
                    self.query.push("or (");
                    self.node(node);
                    self.query.push(")");
                }
            }
            Node::Not(node) => {
                self.query.push("not (");
                self.node(node);
                self.query.push(")");
            }
            Node::Word(_) | Node::Phrase(_) => self.found(),
            Node::Is(condition) => self.condition(condition),
        }
    }

    fn found(&mut self) {
        let ids = self.found.next().map(Vec::as_slice).unwrap_or_default();
        self.query.push_in_ids("t.id", json(ids));
    }

    fn condition(&mut self, condition: &Condition) {
        match condition {
            Condition::Status(ids) => self.ids("t.status", ids),
            Condition::Kind(kinds) => {
                let ids = statuses(self.directory, kinds);
                self.ids("t.status", &ids);
            }
            Condition::Stage(stages) => self.stages(stages),
            Condition::Unseen => {
                self.query.push("t.unseen = 1");
            }
            Condition::Mark(mark) => {
                let column = match mark {
                    Mark::Private => "t.private = 1",
                    Mark::Personal => "t.personal = 1",
                    Mark::Gdpr => "t.gdpr = 1",
                };
                self.query.push(column);
            }
            Condition::Area(ids) => self.ids("t.area", ids),
            Condition::Assignee(ids) => self.optional_ids("t.assignee", "t.assignee is null", ids),
            Condition::Queue(ids) => self.optional_ids("t.queue", "t.queue is null", ids),
            Condition::Category(ids) => {
                let ids = with_children(self.directory, ids);
                self.optional_ids("t.category", "t.category is null", &ids);
            }
            Condition::RequestType(ids) => {
                self.optional_ids("t.request_type", "t.request_type is null", ids);
            }
            Condition::Priority(ids) => self.optional_ids("t.priority", "1 = 0", ids),
            Condition::Tag(ids) => self.tags(ids),
            Condition::Contact(ids) => self.optional_ids("t.contact", "t.contact is null", ids),
            Condition::Company(ids) => self.optional_ids("t.company", "t.company is null", ids),
            Condition::From(senders) => self.any(senders, Self::sender),
            Condition::Number(numbers) => self.any(numbers, |compiler, number| {
                compiler.query.push("t.number_key =").bind(number.as_str());
            }),
            Condition::Subject(parts) => self.any(parts, |compiler, part| {
                compiler.contains("t.subject_key", part);
            }),
            Condition::Due(whens) => self.any(whens, Self::due),
            Condition::Resubmission(whens) => self.whens("t.resubmit_at", whens),
            Condition::Created(whens) => self.whens("t.created_at", whens),
            Condition::Updated(whens) => self.whens("t.updated_at", whens),
            Condition::CustomerWrote(whens) => self.whens("t.last_customer_at", whens),
            Condition::AgentWrote(whens) => self.whens("t.last_agent_at", whens),
            Condition::Attachment(wanted) => self.any(wanted, Self::attachment),
            Condition::Id(ids) => self.ids("t.id", ids),
        }
    }

    /// The stages as a comparison, so that the partial index of open tickets is used.
    fn stages(&mut self, stages: &[Stage]) {
        let is_open = |stage: &Stage| stage.is_open();
        if stages.len() == 2 && stages.iter().all(is_open) {
            self.query.push("t.stage < 2");
            return;
        }
        let numbers: Vec<i64> = stages.iter().map(|stage| StoredStage(*stage).number()).collect();
        self.ids("t.stage", &numbers);
    }

    fn any<T>(&mut self, alternatives: &[T], print: impl Fn(&mut Self, &T)) {
        self.query.push("1 = 0");
        for alternative in alternatives {
            self.query.push("or (");
            print(self, alternative);
            self.query.push(")");
        }
    }

    fn ids(&mut self, column: &'static str, ids: &[i64]) {
        match ids {
            [id] => {
                self.query.push(column).push("=").bind(*id);
            }
            ids => {
                self.query.push_in_ids(column, json(ids));
            }
        }
    }

    fn optional_ids(
        &mut self,
        column: &'static str,
        is_missing: &'static str,
        ids: &[Option<i64>],
    ) {
        let some: Vec<i64> = ids.iter().copied().flatten().collect();
        let wants_missing = ids.iter().any(Option::is_none);
        match (some.is_empty(), wants_missing) {
            (true, true) => {
                self.query.push(is_missing);
            }
            (true, false) => {
                self.query.push("1 = 0");
            }
            (false, false) => self.ids(column, &some),
            (false, true) => {
                self.query.push("(").push(is_missing).push("or");
                self.ids(column, &some);
                self.query.push(")");
            }
        }
    }

    fn tags(&mut self, ids: &[Option<i64>]) {
        let some: Vec<i64> = ids.iter().copied().flatten().collect();
        self.query.push("exists (select 1 from ticket_tag g where g.ticket = t.id and");
        self.query.push_in_ids("g.tag", json(&some)).push(")");
        if ids.iter().any(Option::is_none) {
            self.query.push("or not exists (select 1 from ticket_tag g where g.ticket = t.id)");
        }
    }

    fn sender(&mut self, sender: &Sender) {
        match sender {
            Sender::Address(address) => {
                self.query.push("t.requester_email =").bind(address.as_str());
            }
            Sender::Domain(domain) => self.contains("t.requester_email", &format!("@{domain}")),
            Sender::Part(part) => self.contains("t.requester_key", part),
        }
    }

    /// Whether a column contains a text. `like` is not the same on both engines, this is.
    fn contains(&mut self, column: &'static str, part: &str) {
        self.query.push("replace(").push(column).push(",").bind(part).push(", '') <>").push(column);
    }

    fn due(&mut self, when: &When) {
        match when {
            When::Never => {
                self.query.push("t.due_at =").bind(NO_DEADLINE);
            }
            When::Within(from, to) => {
                self.query.push("t.due_at <").bind(NO_DEADLINE);
                self.within("t.due_at", *from, *to);
            }
        }
    }

    fn whens(&mut self, column: &'static str, whens: &[When]) {
        self.any(whens, |compiler, when| match when {
            When::Never => {
                compiler.query.push(column).push("is null");
            }
            When::Within(from, to) => {
                compiler.query.push(column).push("is not null");
                compiler.within(column, *from, *to);
            }
        });
    }

    fn within(&mut self, column: &'static str, from: Option<Timestamp>, to: Option<Timestamp>) {
        if let Some(from) = from {
            self.query.push("and").push(column).push(">=").bind(from);
        }
        if let Some(to) = to {
            self.query.push("and").push(column).push("<").bind(to);
        }
    }

    fn attachment(&mut self, wanted: &Attached) {
        if *wanted == Attached::Nothing {
            self.query.push("not");
        }
        self.query.push(
            "exists (select 1 from message m join attachment a on a.message = m.id
                     where m.ticket = t.id and a.is_inline = 0",
        );
        if let Attached::Named(part) = wanted {
            self.query.push("and");
            self.contains("a.name_key", part);
        }
        self.query.push(")");
    }
}

fn json(ids: &[i64]) -> String {
    format!("[{}]", ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(","))
}

fn statuses(directory: &Directory, kinds: &[StatusKind]) -> Vec<i64> {
    let is_meant = |status: &&super::directory::Status| kinds.contains(&status.kind.0);
    directory.statuses.iter().filter(is_meant).map(Listed::number).collect()
}

/// Who asks for a category means those below it as well.
fn with_children(directory: &Directory, ids: &[Option<i64>]) -> Vec<Option<i64>> {
    let mut all = ids.to_vec();
    let mut next = 0;
    while let Some(id) = all.get(next).copied() {
        next += 1;
        let children = directory
            .categories
            .iter()
            .filter(|category| id.is_some() && category.parent.map(EntryId::number) == id);
        for child in children {
            if !all.contains(&Some(child.number())) {
                all.push(Some(child.number()));
            }
        }
    }
    all
}
