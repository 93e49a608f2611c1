//! Finding: the newest documents that hold the words and that the reader may see, then the rows of
//! one page.
//!
//! Four statements at most, however many documents there are: the documents, those of the reader's
//! areas where he sees few of them, the tickets and the messages of the page.

use db::{Reading, Result, View};
use jiff::tz::TimeZone;
use rules::filter::{Condition, Node};
use rules::text::SearchTerm;
use values::Timestamp;

use super::store::{self, FoundMessage};
use crate::record::actor::Actor;
use crate::record::directory::Directory;
use crate::record::filter::{self, Found};
use crate::record::filter_names::{Understood, understand};
use crate::record::found::{self, Document, Words};
use crate::record::ticket_list::{self, Direction, ListQuery, Listed, Order};

/// Hits of a page.
pub const ROWS: usize = 30;
/// Documents that are counted: to walk through a thousand hits of a frequent word takes longer than
/// the rest of the page.
const COUNTED: usize = 100;
/// Documents that are looked at for hits of one kind.
const LOOKED_AT: usize = 1_000;

/// Which hits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Tickets and messages.
    #[default]
    All,
    /// Tickets.
    Tickets,
    /// Messages and attachments.
    Messages,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::All, Self::Tickets, Self::Messages];

    /// The word for it in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Tickets => "tickets",
            Self::Messages => "messages",
        }
    }

    /// The kind with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    fn has(self, document: &Document) -> bool {
        match self {
            Self::All => true,
            Self::Tickets => !document.is_message,
            Self::Messages => document.is_message,
        }
    }
}

/// Searches.
pub struct Search<'a> {
    /// Who searches.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// What was typed.
    pub text: &'a str,
    /// Which hits.
    pub kind: Kind,
    /// Documents before this one.
    pub before: Option<i64>,
    /// The present moment.
    pub now: Timestamp,
    /// The configured zone.
    pub zone: &'a TimeZone,
}

/// Where a search goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// The document before which the next page begins.
    pub before: i64,
    /// Whether it is known that there is more.
    pub is_known: bool,
}

/// How many were found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// At least so many.
    pub count: usize,
    /// Whether there may be more.
    pub is_open: bool,
}

/// What was found.
pub struct Results {
    /// The filter as understood.
    pub understood: Understood,
    /// The words that were looked for.
    pub terms: Vec<SearchTerm>,
    /// The tickets of the page.
    pub tickets: Vec<Listed>,
    /// The messages of the page.
    pub messages: Vec<FoundMessage>,
    /// How many tickets were found.
    pub tickets_found: Count,
    /// How many messages were found.
    pub messages_found: Count,
    /// How many of both were found.
    pub all_found: Count,
    /// Where to go on.
    pub next: Option<Next>,
}

impl Reading for Search<'_> {
    type Outcome = Results;

    async fn run(&self, view: &mut View<'_>) -> Result<Results> {
        let understood =
            understand(view, self.text, self.actor, self.directory, self.now, self.zone).await?;
        let terms = understood.node.search_terms();
        match terms.is_empty() {
            true => self.by_filter(view, understood).await,
            false => self.by_words(view, understood, terms).await,
        }
    }
}

impl Search<'_> {
    async fn by_words(
        &self,
        view: &mut View<'_>,
        understood: Understood,
        terms: Vec<SearchTerm>,
    ) -> Result<Results> {
        let rest = without_words(&understood.node);
        let found = filter::find_words(view, self.actor, &rest).await?;
        let limit = if self.kind == Kind::All { COUNTED } else { LOOKED_AT };
        let words = Words {
            actor: self.actor,
            terms: &terms,
            rest: (rest != Node::All(Vec::new())).then_some((&rest, &found, self.directory)),
            before: self.before.unwrap_or(i64::MAX),
            enough: ROWS + 1,
            limit,
            window: found::WINDOW,
        };
        let hits = found::newest(view, &words).await?;
        let wanted = hits.documents.iter().filter(|document| self.kind.has(document));
        let wanted: Vec<&Document> = wanted.collect();
        let page = wanted.get(..ROWS).unwrap_or(&wanted);
        let ids = |is_message: bool| -> Vec<i64> {
            page.iter().filter(|one| one.is_message == is_message).map(|one| one.id).collect()
        };
        let messages = hits.documents.iter().filter(|one| one.is_message).count();
        let is_open = hits.last.is_some() || found.is_cut;
        let count = |count: usize| Count { count, is_open };
        Ok(Results {
            tickets: self.tickets(view, ids(false)).await?,
            messages: match ids(true) {
                ids if ids.is_empty() => Vec::new(),
                ids => store::messages(view, &ids, self.actor).await?,
            },
            tickets_found: count(hits.documents.len() - messages),
            messages_found: count(messages),
            all_found: count(hits.documents.len()),
            next: next(&wanted, hits.last),
            understood,
            terms,
        })
    }

    async fn tickets(&self, view: &mut View<'_>, ids: Vec<i64>) -> Result<Vec<Listed>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let limit = i64::try_from(ids.len()).unwrap_or(i64::MAX);
        let node = Node::Is(Condition::Id(ids));
        self.list(view, &node, &Found::default(), None, limit).await
    }

    /// Without words there is nothing to look up in the index: the newest tickets of the filter.
    async fn by_filter(&self, view: &mut View<'_>, understood: Understood) -> Result<Results> {
        let found = filter::find_words(view, self.actor, &understood.node).await?;
        let before = self.before.map(|id| vec![id]);
        let limit = i64::try_from(ROWS).unwrap_or(i64::MAX) + 1;
        let mut tickets = match self.kind {
            Kind::Messages => Vec::new(),
            Kind::All | Kind::Tickets => {
                self.list(view, &understood.node, &found, before.as_deref(), limit).await?
            }
        };
        let has_more = tickets.len() > ROWS;
        tickets.truncate(ROWS);
        let last = tickets.last().filter(|_| has_more).map(|ticket| ticket.id.number());
        let count = Count { count: tickets.len(), is_open: has_more || found.is_cut };
        Ok(Results {
            tickets_found: count,
            messages_found: Count { count: 0, is_open: false },
            all_found: count,
            next: last.map(|before| Next { before, is_known: true }),
            messages: Vec::new(),
            terms: Vec::new(),
            tickets,
            understood,
        })
    }

    async fn list(
        &self,
        view: &mut View<'_>,
        node: &Node,
        found: &Found,
        after: Option<&[i64]>,
        limit: i64,
    ) -> Result<Vec<Listed>> {
        let list = ListQuery {
            actor: self.actor,
            node,
            found,
            directory: self.directory,
            order: Order::Created,
            direction: Direction::Forward,
            after,
            limit,
        };
        ticket_list::rows(view, &list).await
    }
}

/// The filter without the words that the index answers.
fn without_words(node: &Node) -> Node {
    let is_word = |node: &Node| matches!(node, Node::Word(_) | Node::Phrase(_));
    match node {
        Node::All(nodes) => Node::All(nodes.iter().filter(|one| !is_word(one)).cloned().collect()),
        node if is_word(node) => Node::All(Vec::new()),
        node => node.clone(),
    }
}

/// After the hits of a page come those that are known, then documents nobody looked at yet.
fn next(wanted: &[&Document], last_looked_at: Option<i64>) -> Option<Next> {
    let last_shown = wanted.get(ROWS - 1).filter(|_| wanted.len() > ROWS);
    let known = last_shown.map(|document| Next { before: document.id, is_known: true });
    known.or(last_looked_at.map(|before| Next { before, is_known: false }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documents(count: i64) -> Vec<Document> {
        let ticket = crate::record::TicketId::from_number(1);
        (0..count).map(|place| Document { id: 1_000 - place, ticket, is_message: false }).collect()
    }

    #[test]
    fn a_search_goes_on_after_what_is_shown_then_after_what_was_looked_at() {
        let next = |count, last| next(&documents(count).iter().collect::<Vec<_>>(), last);
        let unknown = Some(Next { before: 7, is_known: false });
        let known = Some(Next { before: 971, is_known: true });
        assert_eq!(next(0, None), None);
        assert_eq!(next(30, None), None);
        assert_eq!(next(0, Some(7)), unknown);
        assert_eq!(next(30, Some(7)), unknown);
        assert_eq!(next(31, None), known);
        assert_eq!(next(31, Some(7)), known);
    }

    #[test]
    fn words_are_taken_out_of_a_filter() {
        let word = Node::Word("a".to_owned());
        let unseen = Node::Is(Condition::Unseen);
        assert_eq!(without_words(&word), Node::All(Vec::new()));
        let both = Node::All(vec![word, unseen.clone()]);
        assert_eq!(without_words(&both), Node::All(vec![unseen.clone()]));
        assert_eq!(without_words(&unseen), unseen);
    }
}
