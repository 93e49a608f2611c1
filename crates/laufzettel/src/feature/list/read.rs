//! Reading a list: the filter as typed, its rows, and where the next page begins.

use db::{Reading, Result, View};
use rules::filter::{Condition, Node};
use values::Timestamp;

use crate::App;
use crate::record::actor::Actor;
use crate::record::directory::Directory;
use crate::record::filter::{self, Found};
use crate::record::filter_names::{Understood, understand};
use crate::record::ticket_list::{self, Direction, ListQuery, Listed, Order};

/// Rows of a page.
pub const ROWS: i64 = 50;

/// Which tickets somebody wants to see.
pub struct ReadList<'a> {
    /// The running Laufzettel.
    pub app: &'a App,
    /// Who reads.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// The filter as typed.
    pub text: &'a str,
    /// A condition besides the filter.
    pub besides: Option<Condition>,
    /// The order; by itself it follows from the filter.
    pub order: Option<Order>,
    /// The direction.
    pub direction: Direction,
    /// The sort key of the row before.
    pub after: Option<Vec<i64>>,
    /// How many rows; one more is read to see whether there are more.
    pub limit: i64,
    /// The present moment.
    pub now: Timestamp,
}

/// A page of a list.
pub struct Page {
    /// The filter as understood.
    pub understood: Understood,
    /// The rows.
    pub rows: Vec<Listed>,
    /// The order.
    pub order: Order,
    /// The sort key after which the next page begins.
    pub next: Option<Vec<i64>>,
    /// Whether the words were looked up in newer documents only.
    pub is_cut: bool,
}

/// A filter to be understood.
pub struct Selection<'a> {
    /// The running Laufzettel.
    pub app: &'a App,
    /// Who reads.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// The filter as typed.
    pub text: &'a str,
    /// A condition besides the filter.
    pub besides: Option<&'a Condition>,
    /// The present moment.
    pub now: Timestamp,
}

/// A filter that was understood, with what its words found.
pub struct Selected {
    /// The filter as understood.
    pub understood: Understood,
    /// The filter and the condition besides.
    pub node: Node,
    /// What its words found.
    pub found: Found,
    /// The order that follows from it.
    pub order: Order,
}

impl Selection<'_> {
    async fn understood(&self, view: &mut View<'_>) -> Result<Understood> {
        let zone = &self.app.config.time_zone;
        understand(view, self.text, self.actor, self.directory, self.now, zone).await
    }

    /// Understands the filter and looks up its words.
    pub async fn find(&self, view: &mut View<'_>) -> Result<Selected> {
        let understood = self.understood(view).await?;
        let node = match self.besides {
            Some(condition) => {
                Node::All(vec![understood.node.clone(), Node::Is(condition.clone())])
            }
            None => understood.node.clone(),
        };
        let found = filter::find_words(view, self.actor, &node).await?;
        let order = order_of(&node);
        Ok(Selected { understood, node, found, order })
    }
}

impl Reading for Selection<'_> {
    type Outcome = Understood;

    async fn run(&self, view: &mut View<'_>) -> Result<Understood> {
        self.understood(view).await
    }
}

impl Reading for ReadList<'_> {
    type Outcome = Page;

    async fn run(&self, view: &mut View<'_>) -> Result<Page> {
        let selection = Selection {
            app: self.app,
            actor: self.actor,
            directory: self.directory,
            text: self.text,
            besides: self.besides.as_ref(),
            now: self.now,
        };
        let Selected { understood, node, found, order } = selection.find(view).await?;
        let order = self.order.unwrap_or(order);
        let rows = self.rows(view, &node, &found, order).await?;
        let (rows, next) = cut(rows, self.limit, order);
        Ok(Page { understood, rows, order, next, is_cut: found.is_cut })
    }
}

impl ReadList<'_> {
    async fn rows(
        &self,
        view: &mut View<'_>,
        node: &Node,
        found: &Found,
        order: Order,
    ) -> Result<Vec<Listed>> {
        let after = self.after.as_deref().filter(|keys| keys.len() == ListQuery::key_length(order));
        let list = ListQuery {
            actor: self.actor,
            node,
            found,
            directory: self.directory,
            order,
            direction: self.direction,
            after,
            limit: self.limit + 1,
        };
        ticket_list::rows(view, &list).await
    }
}

/// Open tickets stand in the order in which they need somebody, all others by their last change.
fn order_of(node: &Node) -> Order {
    let is_open = |node: &Node| match node {
        Node::Is(Condition::Stage(stages)) => stages.iter().all(|stage| stage.is_open()),
        _ => false,
    };
    let only_open = match node {
        Node::All(nodes) => nodes.iter().any(|node| is_open(node) || order_of(node) == Order::Due),
        node => is_open(node),
    };
    if only_open { Order::Due } else { Order::Time }
}

fn cut(mut rows: Vec<Listed>, limit: i64, order: Order) -> (Vec<Listed>, Option<Vec<i64>>) {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    let has_more = rows.len() > limit;
    rows.truncate(limit);
    let next = rows.last().filter(|_| has_more).map(|row| row.key(order));
    (rows, next)
}
