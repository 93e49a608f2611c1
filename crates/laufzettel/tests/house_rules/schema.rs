//! The one text of the migrations builds the same tables on both engines.

use db::{Db, from_row, sql};

use crate::world::World;

from_row! {
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Column {
        place: String,
        kind: String,
        is_required: bool,
    }
}

from_row! {
    #[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
    struct Index {
        name: String,
    }
}

#[tokio::test]
async fn both_engines_have_the_same_columns_and_indexes() {
    let sqlite: World = testkit::world(db::Engine::Sqlite).await;
    let postgres: World = testkit::world(db::Engine::Postgres).await;

    let found = columns(&sqlite.db).await;
    assert_eq!(found, columns(&postgres.db).await);
    assert!(found.len() > 20, "only {} columns were found", found.len());
    let found = indexes(&sqlite.db).await;
    assert_eq!(found, indexes(&postgres.db).await);
    assert!(found.len() > 5, "only {} indexes were found", found.len());
}

/// Tables of the full-text index differ by nature; their names begin with `search`.
async fn columns(db: &Db) -> Vec<Column> {
    let statement = sql!(
        sqlite: "select t.name || '.' || c.name as place, lower(c.type) as kind,
                        max(c.\"notnull\", c.pk > 0) as is_required
                 from sqlite_master t
                 join pragma_table_info(t.name) c
                 where t.type = 'table'
                   and substr(t.name, 1, 6) <> 'search'
                   and substr(t.name, 1, 7) <> 'sqlite_'",
        postgres: "select table_name || '.' || column_name as place,
                          case data_type
                              when 'bigint' then 'integer'
                              when 'bytea' then 'blob'
                              else data_type
                          end as kind,
                          case is_nullable when 'NO' then 1 else 0 end as is_required
                   from information_schema.columns
                   where table_schema = current_schema()
                     and substr(table_name, 1, 6) <> 'search'"
    );
    sorted(db.all(statement, []).await.unwrap())
}

/// Indexes that a migration names; those of keys and unique columns belong to their columns.
async fn indexes(db: &Db) -> Vec<Index> {
    let statement = sql!(
        sqlite: "select name
                 from sqlite_master
                 where type = 'index' and sql is not null and substr(tbl_name, 1, 6) <> 'search'",
        postgres: "select cast(c.relname as text) as name
                   from pg_class c
                   join pg_index i on i.indexrelid = c.oid
                   join pg_class t on t.oid = i.indrelid
                   join pg_namespace n on n.oid = c.relnamespace
                   where n.nspname = current_schema()
                     and substr(cast(t.relname as text), 1, 6) <> 'search'
                     and not exists (select 1 from pg_constraint where conindid = c.oid)"
    );
    sorted(db.all(statement, []).await.unwrap())
}

fn sorted<T: Ord>(mut rows: Vec<T>) -> Vec<T> {
    rows.sort();
    rows
}
