//! Large mails and files in a bucket, for processes that share no folder.

use db::{Operation, Tx, params, sql};
use laufzettel::config::{BucketPlace, Secret};
use laufzettel::service::blobs::{self, Blobs, DeleteUnused, Hash, Prepared};
use testkit::s3_server::{ACCESS_KEY, BUCKET, S3Server};
use values::Timestamp;

use crate::world::World;

testkit::on_both_engines!(
    large_bytes_lie_in_the_bucket_and_small_ones_in_the_database,
    what_nothing_refers_to_leaves_the_bucket_after_a_day,
    a_bucket_that_does_not_work_takes_nothing,
);

fn blobs(world: &World, server: &S3Server) -> Blobs {
    let place = BucketPlace {
        name: BUCKET.to_owned(),
        prefix: "haus/".to_owned(),
        region: None,
        endpoint: Some(server.url()),
        access_key: ACCESS_KEY.to_owned(),
        secret_key: Secret("geheim".to_owned()),
    };
    world.app.blobs.clone().with_bucket(&place).unwrap()
}

/// Bytes that no compression makes small.
fn noise(seed: u32) -> Vec<u8> {
    (0..600_000_u32).flat_map(|n| n.wrapping_mul(n).wrapping_add(seed).to_le_bytes()).collect()
}

struct Insert<'a>(&'a Prepared);

impl Operation for Insert<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        blobs::insert(tx, self.0).await
    }
}

struct Unused(Hash);

impl Operation for Unused {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> db::Result<()> {
        tx.execute(
            sql!("update blob set unused_since = $1 where hash = $2"),
            params![Timestamp::from_seconds(1), self.0.as_slice()],
        )
        .await
        .map(drop)
    }
}

async fn large_bytes_lie_in_the_bucket_and_small_ones_in_the_database(world: World) {
    let server = S3Server::start();
    let blobs = blobs(&world, &server);
    blobs.try_bucket().await.unwrap().unwrap();
    assert!(server.keys().is_empty(), "trying leaves nothing behind");
    let small = blobs.prepare(b"klein").unwrap();
    let large = blobs.prepare(&noise(1)).unwrap();
    for blob in [&small, &large] {
        world.app.db.write(&Insert(blob)).await.unwrap();
    }
    let keys = server.keys();
    assert!(keys.len() == 1 && keys[0].starts_with("haus/"), "{keys:?}");
    assert_eq!(blobs.read(&world.app.db, &small.hash).await.unwrap(), b"klein");
    assert_eq!(blobs.read(&world.app.db, &large.hash).await.unwrap(), noise(1));

    // What lies in the folder from before stays readable, and without the bucket it is said.
    let before = world.app.blobs.prepare(&noise(2)).unwrap();
    world.app.db.write(&Insert(&before)).await.unwrap();
    assert_eq!(blobs.read(&world.app.db, &before.hash).await.unwrap(), noise(2));
    let failure = world.app.blobs.read(&world.app.db, &large.hash).await.unwrap_err();
    assert!(failure.to_string().contains("bucket"), "{failure}");
}

async fn what_nothing_refers_to_leaves_the_bucket_after_a_day(world: World) {
    let server = S3Server::start();
    let blobs = blobs(&world, &server);
    let (kept, lost) = (blobs.prepare(&noise(1)).unwrap(), blobs.prepare(&noise(2)).unwrap());
    world.app.db.write(&Insert(&kept)).await.unwrap();
    let now = world.app.now();
    blobs::remove_files(&blobs, &world.app.db, now).await.unwrap();
    assert_eq!(server.keys().len(), 2, "whoever put it may be about to refer to it");
    server.age();
    // The same bytes are put again in the moment in which the old ones go.
    let again = blobs.prepare(&noise(2)).unwrap();
    assert_eq!(lost.hash, again.hash);
    blobs::remove_files(&blobs, &world.app.db, now).await.unwrap();
    world.app.db.write(&Insert(&again)).await.unwrap();
    assert_eq!(server.keys().len(), 2, "{:?}", server.keys());
    for blob in [&kept, &again] {
        assert!(blobs.read(&world.app.db, &blob.hash).await.is_ok());
    }

    world.app.db.write(&Unused(kept.hash)).await.unwrap();
    world.app.db.write(&DeleteUnused { now }).await.unwrap();
    server.age();
    blobs::remove_files(&blobs, &world.app.db, now).await.unwrap();
    assert_eq!(server.keys().len(), 1);
}

async fn a_bucket_that_does_not_work_takes_nothing(world: World) {
    let server = S3Server::start();
    let blobs = blobs(&world, &server);
    server.set_broken(true);
    assert!(blobs.prepare(&noise(1)).is_err(), "nobody is told that a mail is safe");
    assert!(blobs.try_bucket().await.unwrap().is_err());
    assert!(blobs.prepare(b"klein").is_ok());
    server.set_broken(false);
    assert!(blobs.prepare(&noise(1)).is_ok());
}
