//! Words in the search index: the newest documents that hold them and that a reader may see.
//!
//! The index is read newest first, and each hit is sifted by the rights and the filter on its ticket
//! until enough are found. Only where a reader sees too few of them is the index asked for his areas,
//! too: every document bears the token of its area, so those lists are the longest of all. Two
//! statements at most.

use db::{Query, Result, View, from_row, sql};
use rules::filter::Node;
use rules::right::Level;
use rules::text::{LastWord, SearchTerm, match_query};

use super::TicketId;
use super::actor::{Actor, Areas};
use super::directory::Directory;
use super::filter::{self, Found};
use crate::service::search::area_token;

/// Documents that one search considers, newest first (decision 34).
pub const WINDOW: usize = 3_000;

/// A document that holds the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Document {
    /// The id of the ticket or message.
    pub id: i64,
    /// Its ticket.
    pub ticket: TicketId,
    /// Whether it is a message.
    pub is_message: bool,
}

/// What words found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The documents, newest first.
    pub documents: Vec<Document>,
    /// The last document that was looked at, if there may be older ones.
    pub last: Option<i64>,
}

/// A search for documents.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// Who searches.
    pub actor: &'a Actor,
    /// The words.
    pub terms: &'a [SearchTerm],
    /// A filter besides the words, with what words of its own found.
    pub rest: Option<(&'a Node, &'a Found, &'a Directory)>,
    /// Only documents before this one.
    pub before: i64,
    /// So many documents are enough.
    pub enough: usize,
    /// So many are given at most.
    pub limit: usize,
    /// So many are looked at, usually [`WINDOW`].
    pub window: usize,
}

from_row! {
    struct Row {
        id: i64,
        ticket: Option<TicketId>,
        is_message: bool,
    }
}

/// Looks for the newest documents that hold all words.
///
/// The last word may also be the beginning of one. That is looked for only where the words
/// themselves do not give all that is asked for: to bring all words with a beginning into one order
/// takes hundreds of times as long.
pub async fn newest(view: &mut View<'_>, words: &Words<'_>) -> Result<Hits> {
    let hits = words.sift(view, LastWord::Whole, &[]).await?;
    if hits.last.is_none() {
        return words.sift(view, LastWord::Beginning, &[]).await;
    }
    if hits.documents.len() >= words.enough {
        return Ok(hits);
    }
    let Areas::Some(areas) = words.actor.areas_with(Level::Own) else { return Ok(hits) };
    let tokens: Vec<String> = areas.into_iter().map(area_token).collect();
    let tokens: Vec<&str> = tokens.iter().map(String::as_str).collect();
    match tokens.is_empty() {
        true => Ok(Hits::default()),
        false => words.sift(view, LastWord::Beginning, &[&tokens]).await,
    }
}

impl Words<'_> {
    async fn sift(&self, view: &mut View<'_>, last: LastWord, areas: &[&[&str]]) -> Result<Hits> {
        let search = match_query(self.terms, last);
        // Without a letter or digit the index would give everything.
        if search.is_empty() {
            return Ok(Hits::default());
        }
        let text = match view.engine() {
            db::Engine::Sqlite => search.fts5(areas),
            db::Engine::Postgres => search.tsquery(areas),
        };
        let Some(text) = text else { return Ok(Hits::default()) };
        let rows: Vec<Row> = view.list(&self.query(&text)).await?;
        Ok(self.hits(rows))
    }

    /// The visible documents of the window and, if those are fewer than the limit, its last one.
    fn query(&self, text: &str) -> Query {
        let [limit, window] =
            [self.limit, self.window].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        let mut query = Query::new(
            "select id, ticket, is_message
             from (select s.id as id, t.id as ticket,
                          (case when m.id is null then 0 else 1 end) as is_message
                   from (",
        );
        query.append(&self.window(text)).push("limit").bind(window);
        query.push(
            ") s left join message m on m.id = s.id join ticket t on t.id = coalesce(m.ticket, s.id)
             where 1 = 1",
        );
        self.actor.push_visible(&mut query);
        if let Some((node, found, directory)) = self.rest {
            filter::push(&mut query, node, found, directory);
        }
        query.push("order by s.id desc limit").bind(limit);
        query.push(
            ") visible
             union all select id, cast(null as bigint) as ticket, 0 as is_message from (",
        );
        query.append(&self.window(text)).push("limit 1 offset").bind(window - 1);
        query.push(") ending limit").bind(limit);
        query
    }

    fn window(&self, text: &str) -> Query {
        let mut query = Query::new("select");
        query.push_sql(sql!(
            sqlite: "rowid as id from search where search match",
            postgres: "id from search where words @@ cast("
        ));
        query.bind(text).push_sql(sql!(sqlite: "and rowid <", postgres: "as tsquery) and id <"));
        query.bind(self.before).push("order by id desc");
        query
    }

    fn hits(&self, rows: Vec<Row>) -> Hits {
        let ending = rows.iter().find(|row| row.ticket.is_none()).map(|row| row.id);
        let document = |row: &Row| {
            Some(Document { id: row.id, ticket: row.ticket?, is_message: row.is_message })
        };
        let mut documents: Vec<Document> = rows.iter().filter_map(document).collect();
        documents.sort_by_key(|document| std::cmp::Reverse(document.id));
        let last = documents.last().filter(|_| documents.len() >= self.limit);
        Hits { last: last.map(|document| document.id).or(ending), documents }
    }
}
