//! Hundreds of operations that succeed, fail, panic and are dropped at any moment: what was
//! answered is there, what failed is not, and the writer goes on.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod gate;
mod world;

use std::collections::BTreeSet;

use db::{Db, from_row, sql};
use gate::{Act, Gate};
use world::World;

/// Rounds, unless a variable asks for more.
const ROUNDS: u64 = 40;
/// The variable.
const ROUNDS_VARIABLE: &str = "LAUFZETTEL_FAULT_ROUNDS";
const OPERATIONS_PER_ROUND: i64 = 60;

testkit::on_both_engines!(what_was_answered_is_there_and_what_failed_is_not);

async fn what_was_answered_is_there_and_what_failed_is_not(world: World) {
    let mut notices = world.db.listen();
    let rounds = std::env::var(ROUNDS_VARIABLE).map_or(ROUNDS, |rounds| rounds.parse().unwrap());
    for seed in 0..rounds {
        let (answered, failed) = round(&world.db, seed).await;
        // The members of the last group may all have been dropped; this waits behind it.
        let last = -1 - seed as i64;
        world.db.write(&Gate::opened().insert(last)).await.unwrap();

        let stored = stored(&world.db).await;
        assert!(answered.is_subset(&stored), "seed {seed}: an answered change is missing");
        assert!(failed.is_disjoint(&stored), "seed {seed}: a failed change is there");
        while let Ok(notice) = notices.try_recv() {
            assert!(stored.contains(&notice.id), "seed {seed}: a notice without its change");
        }
    }
}

async fn round(db: &Db, seed: u64) -> (BTreeSet<i64>, BTreeSet<i64>) {
    let mut chance = Chance(seed);
    let mut tasks = Vec::new();
    for number in 0..OPERATIONS_PER_ROUND {
        let id = seed as i64 * OPERATIONS_PER_ROUND + number;
        let act = match chance.below(4) {
            0 => Act::InsertAgain,
            1 => Act::Panic,
            _ => Act::Succeed,
        };
        let yields_before_drop = (chance.below(3) == 0).then(|| chance.below(30));
        let db = db.clone();
        let task = tokio::spawn(async move { db.write(&Gate::opened().then(id, act)).await });
        if let Some(yields) = yields_before_drop {
            for _ in 0..yields {
                tokio::task::yield_now().await;
            }
            task.abort();
        }
        tasks.push((id, task));
    }
    let (mut answered, mut failed) = (BTreeSet::new(), BTreeSet::new());
    for (id, task) in tasks {
        match task.await {
            Ok(Ok(())) => answered.insert(id),
            Ok(Err(_)) => failed.insert(id),
            Err(ended) if ended.is_panic() => failed.insert(id),
            Err(_dropped) => false,
        };
    }
    (answered, failed)
}

from_row! {
    struct Stored {
        id: i64,
    }
}

async fn stored(db: &Db) -> BTreeSet<i64> {
    let rows: Vec<Stored> = db.all(sql!("select id from ticket"), []).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

/// Numbers that look random and are the same in every run (the multiplier is Knuth's MMIX).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }
}
