//! The promises of the SQLite writer when operations share a commit.
//!
//! The futures are polled by hand, so every test brings about exactly the order it is about.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod gate;
mod world;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::task::{Context, Waker};

use db::{Db, FailureKind, GroupLimits};
use gate::{Act, Gate, is_pending, soon, until_at_gate};
use world::{World, ticket_count};

#[tokio::test]
async fn nobody_is_answered_and_nothing_is_seen_before_the_commit_of_the_group() {
    let world = World::on_sqlite_with_patient_groups().await;
    let (gate, last) = (Gate::shut(), Gate::shut());
    let (early, late) = (gate.insert(1), last.insert(2));
    let mut first = Box::pin(world.db.write(&early));
    let mut second = Box::pin(world.db.write(&late));
    until_at_gate(&mut first, &early).await;
    assert!(is_pending(&mut second).await);

    gate.open();
    assert!(is_pending(&mut first).await, "the second is waiting, so the first hands on");
    assert!(is_pending(&mut second).await, "the second has its turn and stands at its gate");
    assert!(is_pending(&mut first).await);
    assert_eq!(world.ticket_count().await, 0);

    last.open();
    let (first, second) = soon(async { tokio::join!(first, second) }).await;
    first.unwrap();
    second.unwrap();
    assert_eq!(world.ticket_count().await, 2);
}

#[tokio::test]
async fn a_failing_commit_fails_every_member_and_no_notice_leaves() {
    let world = World::on_sqlite_with_patient_groups().await;
    let mut notices = world.db.listen();
    world.db.fail_next_commit().await.unwrap();
    let gate = Gate::shut();
    let operations = [gate.insert(1), gate.insert(2), gate.insert(3)];
    let [mut first, mut second, mut third] =
        operations.each_ref().map(|operation| Box::pin(world.db.write(operation)));
    until_at_gate(&mut first, &operations[0]).await;
    assert!(is_pending(&mut second).await && is_pending(&mut third).await);

    gate.open();
    let (first, second, third) = soon(async { tokio::join!(first, second, third) }).await;

    assert!(first.is_err() && second.is_err() && third.is_err());
    assert!(notices.try_recv().is_err());
    assert_eq!(world.ticket_count().await, 0);
    world.db.write(&gate.insert(4)).await.unwrap();
    assert_eq!(notices.try_recv().unwrap().id, 4);
}

#[tokio::test]
async fn a_failed_operation_is_rolled_back_alone() {
    let world = World::on_sqlite_with_patient_groups().await;
    let gate = Gate::shut();
    let (good, bad, last) = (gate.insert(1), gate.then(2, Act::InsertAgain), gate.insert(3));
    let mut first = Box::pin(world.db.write(&good));
    let mut second = Box::pin(world.db.write(&bad));
    let mut third = Box::pin(world.db.write(&last));
    until_at_gate(&mut first, &good).await;
    assert!(is_pending(&mut second).await);
    assert!(is_pending(&mut third).await);

    gate.open();
    let (first, second, third) = soon(async { tokio::join!(first, second, third) }).await;

    assert!(first.is_ok() && third.is_ok());
    assert_eq!(second.unwrap_err().kind(), FailureKind::Duplicate);
    assert_eq!(world.ticket_count().await, 2);
}

#[tokio::test]
async fn a_panicking_operation_is_rolled_back_alone() {
    let world = World::on_sqlite_with_patient_groups().await;
    let gate = Gate::shut();
    let (good, bad) = (gate.insert(1), gate.then(2, Act::Panic));
    let mut first = Box::pin(world.db.write(&good));
    let mut second = Box::pin(world.db.write(&bad));
    until_at_gate(&mut first, &good).await;
    assert!(is_pending(&mut second).await);

    gate.open();
    assert!(is_pending(&mut first).await);
    let mut context = Context::from_waker(Waker::noop());
    let panicked = catch_unwind(AssertUnwindSafe(|| second.as_mut().poll(&mut context).is_ready()));

    assert!(panicked.is_err());
    drop(second);
    soon(first).await.unwrap();
    assert_eq!(world.ticket_count().await, 1);
    world.db.write(&gate.insert(3)).await.unwrap();
}

#[tokio::test]
async fn an_operation_dropped_while_it_runs_is_rolled_back_alone() {
    let world = World::on_sqlite_with_patient_groups().await;
    let (gate, never) = (Gate::shut(), Gate::shut());
    let (good, dropped) = (gate.insert(1), never.insert(2));
    let mut first = Box::pin(world.db.write(&good));
    let mut second = Box::pin(world.db.write(&dropped));
    until_at_gate(&mut first, &good).await;
    assert!(is_pending(&mut second).await);
    gate.open();
    assert!(is_pending(&mut first).await && is_pending(&mut second).await);

    drop(second);

    soon(first).await.unwrap();
    assert_eq!(world.ticket_count().await, 1);
    world.db.write(&gate.insert(3)).await.unwrap();
}

#[tokio::test]
async fn a_group_handed_on_to_somebody_who_gave_up_is_committed() {
    let world = World::on_sqlite_with_patient_groups().await;
    let gate = Gate::shut();
    let (good, dropped) = (gate.insert(1), gate.insert(2));
    let mut first = Box::pin(world.db.write(&good));
    let mut second = Box::pin(world.db.write(&dropped));
    until_at_gate(&mut first, &good).await;
    assert!(is_pending(&mut second).await);
    gate.open();
    assert!(is_pending(&mut first).await, "handed on to the second, which has not noticed yet");

    drop(second);

    soon(first).await.unwrap();
    assert_eq!(world.ticket_count().await, 1);
}

#[tokio::test]
async fn a_group_whose_members_all_gave_up_is_committed_and_announced() {
    let world = World::on_sqlite_with_patient_groups().await;
    let mut notices = world.db.listen();
    let gate = Gate::shut();
    let (good, dropped) = (gate.insert(1), gate.insert(2));
    let mut first = Box::pin(world.db.write(&good));
    let mut second = Box::pin(world.db.write(&dropped));
    until_at_gate(&mut first, &good).await;
    assert!(is_pending(&mut second).await);
    gate.open();
    assert!(is_pending(&mut first).await);

    drop(first);
    drop(second);

    assert_eq!(soon(notices.recv()).await.unwrap().id, 1);
    assert_eq!(world.ticket_count().await, 1);
}

#[tokio::test]
async fn an_operation_that_swallowed_a_failure_is_not_answered_as_done() {
    let world = World::on_sqlite_with_patient_groups().await;
    let gate = Gate::opened();

    let result = world.db.write(&gate.then(1, Act::SwallowFailure)).await;

    assert_eq!(result.unwrap_err().kind(), FailureKind::SwallowedFailure);
    assert_eq!(world.ticket_count().await, 0);
}

#[tokio::test]
async fn a_full_disk_fails_the_whole_group_and_the_next_one_works() {
    let world = World::on_sqlite_with_patient_groups().await;
    let mut notices = world.db.listen();
    let gate = Gate::shut();
    let (small, large) = (gate.insert(1), gate.then(2, Act::FillTheDisk));
    let mut first = Box::pin(world.db.write(&small));
    let mut second = Box::pin(world.db.write(&large));
    until_at_gate(&mut first, &small).await;
    assert!(is_pending(&mut second).await);

    gate.open();
    let (first, second) = soon(async { tokio::join!(first, second) }).await;

    assert_eq!(second.unwrap_err().kind(), FailureKind::StorageFull);
    assert!(first.is_err(), "SQLite ends the whole transaction when the disk is full");
    assert!(world.db.is_storage_full());
    assert!(notices.try_recv().is_err());
    assert_eq!(world.ticket_count().await, 0);
    world.db.write(&gate.insert(3)).await.unwrap();
    assert_eq!(world.ticket_count().await, 1);
}

#[tokio::test]
async fn an_operation_waits_for_another_process_without_holding_up_the_runtime() {
    let world = World::on_sqlite_with_patient_groups().await;
    let other = Db::open_sqlite(&world.file()).unwrap();
    let (gate, opened) = (Gate::shut(), Gate::opened());
    let (theirs, ours) = (gate.insert(1), opened.insert(2));
    let mut their_write = Box::pin(other.write(&theirs));
    until_at_gate(&mut their_write, &theirs).await;
    let mut ours = Box::pin(world.db.write(&ours));
    assert!(is_pending(&mut ours).await);

    gate.open();
    let (theirs, ours) = soon(async { tokio::join!(their_write, ours) }).await;

    theirs.unwrap();
    ours.unwrap();
    assert_eq!(world.ticket_count().await, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_operations_than_a_group_holds_are_all_answered() {
    let world = World::on_sqlite().await;
    let count = GroupLimits::default().members_max as i64 * 3;
    let tasks: Vec<_> = (1..=count)
        .map(|id| {
            let db = world.db.clone();
            tokio::spawn(async move { db.write(&Gate::opened().insert(id)).await })
        })
        .collect();

    for task in tasks {
        task.await.unwrap().unwrap();
    }

    assert_eq!(ticket_count(&world.db).await, count);
}
