//! A database with the tables of the product and nothing else.

use db::{Db, Step};
use tempfile::TempDir;
use testkit::FromDb;

/// A fresh database.
pub struct World {
    pub db: Db,
    _folder: TempDir,
}

impl FromDb for World {
    fn steps() -> Vec<Step> {
        laufzettel::migrations::steps()
    }

    async fn new(db: Db, folder: TempDir) -> Self {
        Self { db, _folder: folder }
    }
}
