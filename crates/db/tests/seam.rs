//! What the seam promises to be the same on both engines.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod gate;
mod world;

use std::time::Duration;

use db::{
    Db, Doing, FailureKind, Operation, Query, Reading, Result, Step, Tx, View, from_row, json_list,
    params, sql,
};
use gate::{Act, Gate};
use values::{EmailAddress, Id, Timestamp};
use world::{Count, FREELY, InsertTicket, TABLES, World};

testkit::on_both_engines!(
    a_missing_value_keeps_its_type,
    a_broken_constraint_has_its_kind,
    an_operation_that_swallowed_a_failure_is_not_answered_as_done,
    text_is_sorted_byte_by_byte,
    a_reading_sees_one_moment,
    a_failure_says_what_was_being_done,
    an_edited_migration_step_is_refused_and_a_failing_one_leaves_nothing,
    a_query_with_groups_and_lists_finds_the_same_rows,
    values_of_every_type_come_back_as_they_were,
    a_hanging_operation_is_taken_back_after_its_limit,
    a_statement_that_never_ends_is_interrupted,
    a_database_of_a_newer_version_is_refused,
    steps_out_of_order_or_with_two_texts_are_refused,
    a_plan_names_the_index,
    a_long_reading_reads_the_same,
    what_is_left_for_the_end_is_kept_with_its_operation_or_not_at_all,
);

async fn a_missing_value_keeps_its_type(world: World) {
    // Left alone, PostgreSQL takes the parameter for 32 bits, because the 7 is.
    let or_seven = sql!("select coalesce($1, 7) as number");

    let missing: Count = world.db.one(or_seven, params![None::<i64>]).await.unwrap();
    let large: Count = world.db.one(or_seven, params![Some(1_i64 << 40)]).await.unwrap();

    assert_eq!((missing.number, large.number), (7, 1 << 40));
}

/// Any one statement with integers as parameters.
struct Statement<'a>(db::Sql, &'a [i64]);

impl Operation for Statement<'_> {
    type Outcome = u64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64> {
        let params: Vec<_> = self.1.iter().map(|id| db::IntoParam::into_param(*id)).collect();
        tx.execute(self.0, params).await
    }
}

async fn a_broken_constraint_has_its_kind(world: World) {
    let ticket = sql!(
        "insert into ticket (id, subject, status, assignee_id)
         values ($1, 'Drucker', 'open', $2)"
    );
    let agent = sql!("insert into agent (id, name) values ($1, 'Ben')");
    let no_status = sql!("update ticket set status = 'lost' where id = $1");
    let no_subject = sql!("update ticket set subject = null where id = $1");
    let (first, ben) = (1, 7);
    world.insert(first, "Drucker").await;
    world.db.write(&Statement(agent, &[ben])).await.unwrap();
    let kind = async |statement, ids: &[i64]| {
        world.db.write(&Statement(statement, ids)).await.unwrap_err().kind()
    };

    assert_eq!(kind(ticket, &[first, ben]).await, FailureKind::Duplicate);
    assert_eq!(kind(ticket, &[first + 100, 404]).await, FailureKind::BrokenReference);
    assert_eq!(kind(no_status, &[first]).await, FailureKind::BrokenRule);
    assert_eq!(kind(no_subject, &[first]).await, FailureKind::BrokenRule);
}

async fn an_operation_that_swallowed_a_failure_is_not_answered_as_done(world: World) {
    let result = world.db.write(&Gate::opened().then(1, Act::SwallowFailure)).await;

    assert_eq!(result.unwrap_err().kind(), FailureKind::SwallowedFailure);
    assert_eq!(world.ticket_count().await, 0);
}

from_row! {
    struct Subject {
        subject: String,
    }
}

async fn text_is_sorted_byte_by_byte(world: World) {
    for (id, subject) in (1..).zip(["b", "ä", "A", "a", "Z"]) {
        world.insert(id, subject).await;
    }

    let statement = sql!("select subject from ticket order by subject limit 10");
    let sorted: Vec<Subject> = world.db.all(statement, []).await.unwrap();

    let sorted: Vec<_> = sorted.into_iter().map(|row| row.subject).collect();
    assert_eq!(sorted, ["A", "Z", "a", "b", "ä"]);
}

/// Counts, lets somebody else write, and counts again.
struct CountTwice<'a>(&'a Db);

impl Reading for CountTwice<'_> {
    type Outcome = (i64, i64);

    async fn run(&self, view: &mut View<'_>) -> Result<(i64, i64)> {
        let count = sql!("select count(*) as number from ticket");
        let first: Count = view.one(count, []).await?;
        self.0.write(&Gate::opened().insert(1)).await?;
        let second: Count = view.one(count, []).await?;
        Ok((first.number, second.number))
    }
}

async fn a_reading_sees_one_moment(world: World) {
    assert_eq!(world.db.read(&CountTwice(&world.db)).await.unwrap(), (0, 0));
    assert_eq!(world.ticket_count().await, 1);
}

struct InsertTwice;

impl Operation for InsertTwice {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        for _ in 0..2 {
            let statement = sql!("insert into agent (id, name) values (1, 'Ben')");
            tx.execute(statement, []).await.doing("adding an agent")?;
        }
        Ok(())
    }
}

async fn a_failure_says_what_was_being_done(world: World) {
    let failure = world.db.write(&InsertTwice).await.unwrap_err().to_string();

    assert!(failure.starts_with("adding an agent: "), "{failure}");
    assert!(failure.to_lowercase().contains("unique"), "{failure}");
}

async fn an_edited_migration_step_is_refused_and_a_failing_one_leaves_nothing(world: World) {
    let good = Step::new("0002_tag", "create table tag (name {text} primary key);");
    let edited = Step::new("0002_tag", "create table tag (name {text} not null primary key);");
    let other = Step::new("0003_other", "create table other (id {int});");
    let broken = Step::new("0004_broken", "create table other (id {int});");
    let migrate = async |steps: &[Step]| world.db.migrate(steps, FREELY).await;

    migrate(&[TABLES, good]).await.unwrap();
    migrate(&[TABLES, good]).await.unwrap();
    assert!(migrate(&[TABLES, edited]).await.is_err());
    let failure = migrate(&[TABLES, good, other, broken]).await.unwrap_err().to_string();
    assert!(failure.starts_with("0004_broken: "), "{failure}");
    migrate(&[TABLES, good, other]).await.unwrap();
}

async fn a_database_of_a_newer_version_is_refused(world: World) {
    let newer = Step::new("0002_newer", "create table newer (id {int});");
    world.db.migrate(&[TABLES, newer], FREELY).await.unwrap();

    let failure = world.db.migrate(&[TABLES], FREELY).await.unwrap_err();

    assert_eq!(failure.kind(), FailureKind::NewerDatabase);
    assert!(failure.to_string().contains("0002_newer"), "{failure}");
}

async fn steps_out_of_order_or_with_two_texts_are_refused(world: World) {
    let (one, two) = ("create table a (id {int})", "create table b (id {int})");
    let migrate = async |steps: &[Step]| world.db.migrate(steps, FREELY).await;

    assert!(migrate(&[Step::new("0002_a", one), TABLES]).await.is_err());
    assert!(migrate(&[TABLES, Step::for_search("0002_a", one, two)]).await.is_err());
    migrate(&[TABLES, Step::for_search("0002_search", one, two)]).await.unwrap();
}

async fn a_query_with_groups_and_lists_finds_the_same_rows(world: World) {
    for (id, subject) in [(1, "Drucker"), (2, "Telefon"), (3, "Maus"), (4, "Tastatur")] {
        world.insert(id, subject).await;
    }
    let mut either = Query::new("subject =");
    either.bind("Maus").push("or").push_in_ids("id", json_list([1, 4, 99]));
    let mut list = Query::new("select subject from ticket where status =");
    list.bind("open").push("and").group(&either).push("and id <").bind(4_i64);
    list.push("order by id desc limit").bind(10_i64);

    let found: Vec<Subject> = world.db.list(&list).await.unwrap();

    let found: Vec<_> = found.into_iter().map(|row| row.subject).collect();
    assert_eq!(found, ["Maus", "Drucker"]);
}

from_row! {
    #[derive(Debug, PartialEq)]
    struct Everything {
        id: Id<World>,
        at: Timestamp,
        address: Option<EmailAddress>,
        number: u32,
        bytes: [u8; 2],
        is_set: bool,
    }
}

async fn values_of_every_type_come_back_as_they_were(world: World) {
    let statement =
        sql!("select $1 as id, $2 as at, $3 as address, $4 as number, $5 as bytes, $6 as is_set");
    let (id, at) = (Id::from_number(1 << 62), Timestamp::from_millis(-1));
    let address = EmailAddress::parse("ann@example.com").ok();

    let params = params![id, at, address.clone(), 7_u32, [0_u8, 255], true];
    let read: Everything = world.db.one(statement, params).await.unwrap();
    assert_eq!(read, Everything { id, at, address, number: 7, bytes: [0, 255], is_set: true });

    let params = params![id, at, None::<EmailAddress>, -1_i64, [0_u8, 255], true];
    let failure = world.db.one::<Everything>(statement, params).await.err().unwrap().to_string();
    assert!(failure.contains("column number: Int(-1) is not a u32"), "{failure}");
}

/// Inserts a ticket and then waits for something that never happens.
struct Hang;

impl Operation for Hang {
    type Outcome = ();
    const TIME_LIMIT: Duration = Duration::from_millis(50);

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        InsertTicket { id: 1, subject: "Drucker", assignee: None }.run(tx).await?;
        std::future::pending().await
    }
}

async fn a_hanging_operation_is_taken_back_after_its_limit(world: World) {
    let failure = world.db.write(&Hang).await.unwrap_err();

    assert_eq!(failure.kind(), FailureKind::TimedOut);
    assert_eq!(world.ticket_count().await, 0);
    world.insert(1, "Drucker").await;
}

/// Counts to a number that no machine reaches.
struct CountForEver;

impl Operation for CountForEver {
    type Outcome = u64;
    const TIME_LIMIT: Duration = Duration::from_millis(50);

    async fn run(&self, tx: &mut Tx<'_>) -> Result<u64> {
        let statement = sql!(
            "insert into agent (id, name)
             with recursive n (i) as (select 1 union all select i + 1 from n)
             select max(i), 'Ben' from n where i < 0"
        );
        tx.execute(statement, []).await
    }
}

async fn a_statement_that_never_ends_is_interrupted(world: World) {
    let failure = world.db.write(&CountForEver).await.unwrap_err();

    assert_eq!(failure.kind(), FailureKind::TimedOut, "{failure}");
    world.insert(1, "Drucker").await;
    assert_eq!(world.ticket_count().await, 1);
}

async fn a_plan_names_the_index(world: World) {
    let by_index = sql!("select body from message where ticket_id = $1");
    let by_nothing = sql!("select id from ticket where subject = $1");

    let plan = world.db.explain(&by_index.into()).await.unwrap().join("\n");
    assert!(plan.contains("message_by_ticket"), "{plan}");
    let plan = world.db.explain(&by_nothing.into()).await.unwrap().join("\n");
    assert!(plan.to_lowercase().contains("scan"), "{plan}");
}

async fn a_long_reading_reads_the_same(world: World) {
    assert_eq!(world.db.read_long(&CountTwice(&world.db)).await.unwrap(), (0, 0));
    assert_eq!(world.ticket_count().await, 1);
}

/// Leaves a ticket for the end of the transaction, then succeeds or fails.
struct LeaveTicket {
    id: i64,
    fails: bool,
}

impl Operation for LeaveTicket {
    type Outcome = i64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64> {
        let statement = sql!("insert into ticket (id, subject, status) values ($1, 'x', 'open')");
        tx.execute_last(self.id, statement, params![self.id].to_vec()).await?;
        if self.fails {
            return Err(db::Failure::other("changed its mind"));
        }
        Ok(self.id)
    }
}

async fn what_is_left_for_the_end_is_kept_with_its_operation_or_not_at_all(world: World) {
    world.db.write(&LeaveTicket { id: 1, fails: true }).await.unwrap_err();
    assert_eq!(world.ticket_count().await, 0);
    assert_eq!(world.db.write(&LeaveTicket { id: 1, fails: false }).await.unwrap(), 1);
    assert_eq!(world.ticket_count().await, 1);
    let twice = world.db.write(&LeaveTicket { id: 1, fails: false }).await.unwrap_err();
    assert_eq!(twice.kind(), FailureKind::Duplicate);
    world.insert(2, "Drucker").await;
    assert_eq!(world.ticket_count().await, 2);
}
