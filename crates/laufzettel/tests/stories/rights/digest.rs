//! All rows of the database in one figure per table: what changed nothing left them alone.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use db::{Db, Engine, Query, from_row, sql};

from_row! {
    struct Table {
        name: String,
        columns: String,
    }
}

from_row! {
    struct Digest {
        name: String,
        digest: String,
    }
}

/// The content of every table, except the index of the search, which is derived from them.
pub async fn digest(db: &Db) -> BTreeMap<String, String> {
    static SQLITE: OnceLock<&'static str> = OnceLock::new();
    static POSTGRES: OnceLock<&'static str> = OnceLock::new();
    let known = if db.engine() == Engine::Sqlite { &SQLITE } else { &POSTGRES };
    let text = match known.get() {
        Some(text) => text,
        None => {
            let text: &'static str = Box::leak(statement(db).await.into_boxed_str());
            known.get_or_init(|| text)
        }
    };
    let rows: Vec<Digest> = db.list(&Query::new(text)).await.unwrap();
    rows.into_iter().map(|row| (row.name, row.digest)).collect()
}

async fn statement(db: &Db) -> String {
    let tables: Vec<Table> = db
        .all(
            sql!(
                sqlite: "select m.name as name,
                     group_concat('quote(\"' || c.name || '\")', ' || ') as columns
                 from sqlite_master m join pragma_table_info(m.name) c on 1 = 1
                 where m.type = 'table' and m.name not like 'search%' and m.name not like 'sqlite%'
                 group by m.name order by m.name limit 1000",
                postgres: "select cast(table_name as text) as name, '' as columns
                 from information_schema.tables
                 where table_schema = 'public' and table_name not like 'search%'
                 order by table_name limit 1000",
            ),
            [],
        )
        .await
        .unwrap();
    assert!(tables.len() > 40, "only {} tables", tables.len());
    let part = |table: &Table| match db.engine() {
        Engine::Sqlite => format!(
            "select '{0}' as name, coalesce((select group_concat(line, x'0a') from
                 (select {1} as line from \"{0}\" order by 1)), '') as digest",
            table.name, table.columns
        ),
        Engine::Postgres => format!(
            "select '{0}' as name, coalesce((select md5(string_agg(line, ',' order by line)) from
                 (select cast(t as text) as line from \"{0}\" t) lines), '') as digest",
            table.name
        ),
    };
    tables.iter().map(part).collect::<Vec<_>>().join(" union all ")
}

/// The names of the tables that differ.
pub fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    let names = after.keys().filter(|name| before.get(*name) != after.get(*name));
    names.cloned().collect()
}
