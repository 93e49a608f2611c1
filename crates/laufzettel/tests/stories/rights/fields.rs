//! Fields that nobody offered: every column there is, sent to every call that takes JSON (S16).

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::header;
use db::{Engine, from_row, sql};
use serde_json::{Value, json};

use super::digest::{changed, digest};
use super::house::House;
use super::matrix::Findings;
use super::persona::Persona;
use super::table::{self, Entry};

from_row! {
    struct Column {
        name: String,
    }
}

/// What others have taken from outside.
const WANTED: [&str; 8] = [
    "role",
    "is_admin",
    "organisation_id",
    "verified",
    "created_at",
    "id",
    "password_hash",
    "scopes",
];

#[tokio::test]
async fn a_field_that_a_call_does_not_have_is_refused_by_its_name() {
    let house = House::build(Engine::Sqlite).await;
    let statement = sql!(
        sqlite: "select distinct c.name as name from sqlite_master m
             join pragma_table_info(m.name) c on 1 = 1 where m.type = 'table' limit 10000",
        postgres: "select distinct cast(column_name as text) as name
             from information_schema.columns where table_schema = 'public' limit 10000",
    );
    let columns: Vec<Column> = house.world.app.db.all(statement, []).await.unwrap();
    let mut names: BTreeSet<String> = columns.into_iter().map(|column| column.name).collect();
    names.extend(WANTED.map(str::to_owned));
    assert!(names.len() > 200, "only {} columns", names.len());
    let before = digest(&house.world.app.db).await;
    let (mut findings, mut calls) = (Findings::default(), 0);
    for entry in table::programs().iter().filter(|entry| entry.body.starts_with('{')) {
        calls += 1;
        try_all(&house, entry, &names, &mut findings).await;
    }
    findings.none();
    assert!(calls > 30, "only {calls} calls take JSON");
    let after = digest(&house.world.app.db).await;
    assert_eq!(changed(&before, &after), Vec::<String>::new());
}

async fn try_all(house: &House, entry: &Entry, names: &BTreeSet<String>, findings: &mut Findings) {
    let (path, body) = entry.asks(house, None);
    let body: Value = serde_json::from_str(&body).unwrap();
    let offered = offered(entry);
    let program = house.program(Persona::Administrator);
    for name in names.iter().filter(|name| !offered.contains(*name)) {
        let mut body = body.clone();
        body[name] = json!("1");
        let request = program
            .request(&entry.method, path.trim_start_matches("/api/v1"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(body.to_string()));
        let answer = program.send(request.unwrap()).await;
        let told = answer.json()["problems"][0]["field"].clone();
        findings.check(answer.status == 422 && told == name.as_str(), || {
            format!("{} takes {name}: {} {told}", entry.title(), answer.status)
        });
    }
}

/// The fields that the description of a call offers.
fn offered(entry: &Entry) -> BTreeSet<String> {
    let document = serde_json::to_value(laufzettel::api::document()).unwrap();
    let operation = &document["paths"][&entry.address][entry.method.to_lowercase()];
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let schema = match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    let fields = schema["properties"].as_object();
    let fields = fields.unwrap_or_else(|| panic!("{} describes no body", entry.title()));
    fields.keys().cloned().collect()
}
