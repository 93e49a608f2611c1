//! SQL of the counts of the navigation.

use db::{Db, Query, Result, from_row};
use jiff::tz::TimeZone;
use rules::inbox::end_of_today;
use values::Timestamp;

use super::{Bundle, Fresh, Returning, Unplaced};
use crate::record::actor::Actor;
use crate::record::{AgentId, AreaId, EntryId};

from_row! {
    struct CountRow {
        area: AreaId,
        assignee: Option<AgentId>,
        status: EntryId,
        unseen: bool,
        overdue: i64,
        today: i64,
        later: i64,
        undated: i64,
        waiting: i64,
    }
}

impl CountRow {
    fn bundles(&self) -> impl Iterator<Item = Bundle> {
        let Self { area, assignee, status, unseen, .. } = *self;
        let counts = [self.overdue, self.today, self.later, self.undated, self.waiting];
        let bundle =
            move |(bucket, count)| Bundle { area, assignee, status, bucket, unseen, count };
        (0..).zip(counts).filter(|(_, count)| *count > 0).map(bundle)
    }
}

/// Counts the open tickets, all of them or those that an actor may see. The groups stand in the order
/// of the index `ticket_open`, which has all that is asked: nothing is sorted and no ticket is read.
pub(super) async fn count(
    db: &Db,
    now: Timestamp,
    zone: &TimeZone,
    seen_by: Option<&Actor>,
) -> Result<Vec<Bundle>> {
    let end = end_of_today(now, zone);
    let mut query = Query::new(
        "select t.area, t.assignee, t.status, t.unseen,
                sum(case when t.stage = 0 and t.due_at <=",
    );
    query.bind(now).push("then 1 else 0 end) as overdue,");
    query.push("sum(case when t.stage = 0 and t.due_at >").bind(now).push("and t.due_at <");
    query.bind(end).push("then 1 else 0 end) as today, sum(case when t.stage = 0 and t.due_at >");
    query.bind(now).push("and t.due_at >=").bind(end).push(
        "and t.due_at < 9007199254740991 then 1 else 0 end) as later,
         sum(case when t.stage = 0 and t.due_at = 9007199254740991 then 1 else 0 end) as undated,
         sum(case when t.stage = 1 then 1 else 0 end) as waiting
         from ticket t where t.stage < 2",
    );
    if let Some(actor) = seen_by {
        actor.push_visible(&mut query);
    }
    query.push("group by t.area, t.assignee, t.status, t.unseen");
    let rows: Vec<CountRow> = db.list(&query).await?;
    Ok(rows.iter().flat_map(CountRow::bundles).collect())
}

from_row! {
    struct ReturningRow {
        area: AreaId,
        count: i64,
    }
}

/// Counts the open tickets that come back before the end of the day, by the index `ticket_resubmit`.
pub(super) async fn count_returning(
    db: &Db,
    now: Timestamp,
    zone: &TimeZone,
    seen_by: Option<&Actor>,
) -> Result<Vec<Returning>> {
    let mut query = Query::new(
        "select t.area, count(*) as count from ticket t
         where t.resubmit_at is not null and t.stage < 2 and t.resubmit_at <",
    );
    query.bind(end_of_today(now, zone));
    if let Some(actor) = seen_by {
        actor.push_visible(&mut query);
    }
    query.push("group by t.area");
    let rows: Vec<ReturningRow> = db.list(&query).await?;
    Ok(rows.iter().map(|row| Returning { area: row.area, count: row.count }).collect())
}

from_row! {
    struct FreshRow {
        area: AreaId,
        queue: Option<EntryId>,
        count: i64,
        bare: i64,
    }
}

/// Counts the new tickets that nobody has taken, by queue. The index `ticket_inbox_assignee` leads
/// to the open tickets of nobody; only their rows are read.
pub(super) async fn count_fresh(db: &Db, seen_by: Option<&Actor>) -> Result<Vec<Fresh>> {
    let rows: Vec<FreshRow> = db.list(&fresh_query(seen_by)).await?;
    Ok(rows
        .iter()
        .map(|row| Fresh { area: row.area, queue: row.queue, count: row.count, bare: row.bare })
        .collect())
}

/// The count of new tickets; a test reads its plan.
pub fn fresh_query(seen_by: Option<&Actor>) -> Query {
    let mut query = Query::new(
        "select t.area, t.queue, count(*) as count,
                sum(case when t.category is null then 1 else 0 end) as bare
         from ticket t
         where t.area in (select id from area) and t.assignee is null
         and t.status in (select id from status where kind = 'unread') and t.stage < 2",
    );
    if let Some(actor) = seen_by {
        actor.push_visible(&mut query);
    }
    query.push("group by t.area, t.queue");
    query
}

from_row! {
    struct UnplacedRow {
        area: AreaId,
        count: i64,
    }
}

/// Counts the mails that somebody has to place, by the index of outcomes.
pub(super) async fn count_unplaced(db: &Db) -> Result<Vec<Unplaced>> {
    let rows: Vec<UnplacedRow> = db.list(&unplaced_query()).await?;
    Ok(rows.iter().map(|row| Unplaced { area: row.area, count: row.count }).collect())
}

/// The count of mails to be placed; a test reads its plan.
pub fn unplaced_query() -> Query {
    Query::new(
        "select b.area, count(*) as count
         from inbound_mail m join mailbox b on b.id = m.mailbox
         where m.outcome = 'unassigned'
         group by b.area",
    )
}
