//! The one seam to the database: SQLite inside, PostgreSQL when one machine is not enough.
//!
//! No other crate names a driver. What crosses the seam is a [`Db`], an [`Operation`] that changes
//! something in a [`Tx`], a [`Reading`] that looks through a [`View`], and rows that are plain
//! structs. There is no object mapping and no query language: SQL is written out, in [`sql!`].

mod database;
mod failure;
mod fullness;
mod migration;
mod notice;
mod operation;
mod param;
mod postgres;
mod query;
mod row;
mod sql;
mod sqlite;
#[cfg(feature = "testing")]
pub mod testing;
mod transfer;
mod values;
mod view;

pub use database::{Db, Engine};
pub use failure::{Doing, Failure, FailureKind, Result};
pub use migration::{Dump, MigrateOptions, Step};
pub use notice::Notice;
pub use operation::{Operation, Reading};
pub use param::{IntoParam, Param};
pub use postgres::PostgresOptions;
pub use query::{Query, json_list};
pub use row::{FromColumn, FromRow, Row, Value};
pub use sql::Sql;
pub use sqlite::GroupLimits;
pub use transfer::{Begun, Compared, Digest, Progress, Transfer};
pub use view::{Tx, View};
