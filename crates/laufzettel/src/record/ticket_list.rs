//! Lists of tickets: one statement whatever the filter, paged by key, limited by rights.

use db::{Query, Result, View, from_row};
use rules::filter::Node;
use rules::right::Level;
use values::Timestamp;

use super::actor::{Actor, Areas};
use super::directory::Directory;
use super::filter::{self, Found};
use super::ticket::{Due, StoredStage};
use super::{AgentId, AreaId, EntryId, TicketId};

/// Up to so many areas are read one after the other and merged; beyond that they are a filter.
const MERGED_AREAS_MAX: usize = 16;

from_row! {
    /// A ticket in a list.
    #[derive(Clone, Debug)]
    pub struct Listed {
        /// The ticket.
        pub id: TicketId,
        /// The number.
        pub number: String,
        /// The subject.
        pub subject: String,
        /// The beginning of the last message.
        pub preview: String,
        /// The area.
        pub area: AreaId,
        /// The status.
        pub status: EntryId,
        /// The stage.
        pub stage: StoredStage,
        /// The priority.
        pub priority: EntryId,
        /// The agent responsible.
        pub assignee: Option<AgentId>,
        /// The requester's name.
        pub requester_name: String,
        /// The company's name.
        pub company_name: Option<String>,
        /// The tags, as a JSON list of names.
        pub tags: String,
        /// Whether nobody has seen what came last.
        pub unseen: bool,
        /// How many messages it has.
        pub message_count: i64,
        /// The deadline.
        pub due_at: Due,
        /// When it comes back.
        pub resubmit_at: Option<Timestamp>,
        /// The last message of the customer, else the creation.
        pub queue_at: Timestamp,
        /// When it was made.
        pub created_at: Timestamp,
        /// When it was last changed.
        pub updated_at: Timestamp,
        /// When the customer last wrote.
        pub last_customer_at: Option<Timestamp>,
    }
}

/// The order of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// By deadline, waiting tickets last (decision 27).
    Due,
    /// Last changed first.
    Time,
    /// Newest first. Numbers are drawn in this order, too.
    Created,
}

/// Which way a list runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// As the order says.
    Forward,
    /// The other way round.
    Backward,
}

/// What a list shows.
#[derive(Clone, Copy)]
pub struct ListQuery<'a> {
    /// Who reads.
    pub actor: &'a Actor,
    /// The filter.
    pub node: &'a Node,
    /// What its words found.
    pub found: &'a Found,
    /// The lists.
    pub directory: &'a Directory,
    /// The order.
    pub order: Order,
    /// The direction.
    pub direction: Direction,
    /// The sort key of the row before, see [`Listed::key`].
    pub after: Option<&'a [i64]>,
    /// How many rows.
    pub limit: i64,
}

impl Listed {
    /// What the next page begins after.
    pub fn key(&self, order: Order) -> Vec<i64> {
        let id = self.id.number();
        match order {
            Order::Due => {
                vec![self.stage.number(), self.due_at.stored(), self.queue_at.millis(), id]
            }
            Order::Time => vec![self.updated_at.millis(), id],
            Order::Created => vec![id],
        }
    }

    /// The names of the tags.
    pub fn tag_names(&self) -> Vec<String> {
        super::ticket::names(&self.tags)
    }
}

/// The rows of a list.
pub async fn rows(view: &mut View<'_>, list: &ListQuery<'_>) -> Result<Vec<Listed>> {
    view.list(&list.query()).await
}

from_row! {
    struct CountRow {
        count: i64,
    }
}

/// How many rows a list has, up to its limit.
pub async fn count(view: &mut View<'_>, list: &ListQuery<'_>) -> Result<i64> {
    let rows: Vec<CountRow> = view.list(&list.count_query()).await?;
    Ok(rows.first().map_or(0, |row| row.count.min(list.limit)))
}

/// A ticket as the list shows it, if it is in the list.
pub async fn row(
    view: &mut View<'_>,
    list: &ListQuery<'_>,
    number: &str,
) -> Result<Option<Listed>> {
    let mut query = select();
    super::ticket::push_numbered(query.push("where"), number);
    list.actor.push_visible(&mut query);
    list.push_rest(&mut query);
    Ok(view.list(&query).await?.into_iter().next())
}

fn select() -> Query {
    Query::new(
        "select t.id, t.number, t.subject, t.preview, t.area, t.status, t.stage, t.priority,
                t.assignee, t.requester_name, o.name as company_name, t.tags, t.unseen,
                t.message_count, t.due_at, t.resubmit_at,
                t.queue_at, t.created_at, t.updated_at, t.last_customer_at
         from ticket t left join company o on o.id = t.company",
    )
}

impl ListQuery<'_> {
    /// The statement.
    pub fn query(&self) -> Query {
        let mut query = select();
        self.push_selection(&mut query);
        query
    }

    /// The statement that counts. With several areas it may count more than the limit.
    pub fn count_query(&self) -> Query {
        let mut query = Query::new("select count(*) as count from (select t.id from ticket t");
        self.push_selection(&mut query);
        query.push(") part");
        query
    }

    fn push_selection(&self, query: &mut Query) {
        let Some(areas) = self.merged_areas() else {
            query.push("where 1 = 1");
            self.actor.push_visible(query);
            return self.push_rest(query);
        };
        // Only the keys are merged; of the wide rows no more are read than are shown.
        query.push("where t.id in (select t.id from (");
        for (place, area) in areas.iter().enumerate() {
            query.push(if place == 0 { "select" } else { "union all select" });
            query.push(self.keys()).push("from (select").push(self.keys_of_ticket());
            query.push("from ticket t where t.stage <> 4 and t.area =").bind(*area);
            self.push_rest(query);
            query.push(") part");
        }
        query.push(") t").push(self.order_by()).push("limit").bind(self.limit);
        query.push(")").push(self.order_by()).push("limit").bind(self.limit);
    }

    fn keys(&self) -> &'static str {
        match self.order {
            Order::Due => "id, stage, due_at, queue_at",
            Order::Time => "id, updated_at",
            Order::Created => "id",
        }
    }

    fn keys_of_ticket(&self) -> &'static str {
        match self.order {
            Order::Due => "t.id, t.stage, t.due_at, t.queue_at",
            Order::Time => "t.id, t.updated_at",
            Order::Created => "t.id",
        }
    }

    /// The areas to be read one by one, where that is faster than a filter.
    fn merged_areas(&self) -> Option<Vec<AreaId>> {
        let (Areas::Some(read), Areas::Some(own)) =
            (self.actor.areas_with(Level::Read), self.actor.areas_with(Level::Own))
        else {
            return None;
        };
        let is_fitting = own.len() == read.len() && (1..=MERGED_AREAS_MAX).contains(&read.len());
        is_fitting.then_some(read)
    }

    fn push_rest(&self, query: &mut Query) {
        filter::push(query, self.node, self.found, self.directory);
        self.push_after(query);
        query.push(self.order_by()).push("limit").bind(self.limit);
    }

    fn push_after(&self, query: &mut Query) {
        let Some(after) = self.after else { return };
        query.push("and");
        query.push(match self.order {
            Order::Due => "(t.stage, t.due_at, t.queue_at, t.id)",
            Order::Time => "(t.updated_at, t.id)",
            Order::Created => "t.id",
        });
        let is_rising = (self.order == Order::Due) == (self.direction == Direction::Forward);
        query.push(if is_rising { ">" } else { "<" }).push("(");
        for (place, key) in after.iter().enumerate() {
            query.push(if place == 0 { "" } else { "," }).bind(*key);
        }
        query.push(")");
    }

    fn order_by(&self) -> &'static str {
        match (self.order, self.direction) {
            (Order::Due, Direction::Forward) => "order by t.stage, t.due_at, t.queue_at, t.id",
            (Order::Due, Direction::Backward) => {
                "order by t.stage desc, t.due_at desc, t.queue_at desc, t.id desc"
            }
            (Order::Time, Direction::Forward) => "order by t.updated_at desc, t.id desc",
            (Order::Time, Direction::Backward) => "order by t.updated_at, t.id",
            (Order::Created, Direction::Forward) => "order by t.id desc",
            (Order::Created, Direction::Backward) => "order by t.id",
        }
    }

    /// How many numbers a sort key has.
    pub fn key_length(order: Order) -> usize {
        match order {
            Order::Due => 4,
            Order::Time => 2,
            Order::Created => 1,
        }
    }
}
