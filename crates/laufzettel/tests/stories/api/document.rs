//! The document that describes the API, and that it tells the truth.

use std::fs;
use std::path::Path;

use laufzettel::record::actor::Scope;
use serde_json::{Value, json};

use super::{Program, program};
use crate::world::World;

testkit::on_both_engines!(
    every_operation_of_the_document_has_a_route,
    every_operation_wants_one_of_its_scopes,
    the_document_and_its_page_are_shown_without_sign_in,
);

/// Method, address and description of every operation.
fn operations() -> Vec<(String, String, Value)> {
    let document = document();
    let mut found = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            found.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    found
}

fn document() -> Value {
    serde_json::to_value(laufzettel::api::document()).unwrap()
}

/// An address of an operation without its prefix, with something in place of its parameters.
fn address(path: &str) -> String {
    let parts = path.trim_start_matches("/api/v1").split('/');
    parts.map(|part| if part.starts_with('{') { "1" } else { part }).collect::<Vec<_>>().join("/")
}

async fn every_operation_of_the_document_has_a_route(world: World) {
    let stranger = Program::with_token(&world, "lz_unknown");
    let operations = operations();
    for (method, path, _) in &operations {
        let request = stranger.request(method, &address(path)).body(Default::default()).unwrap();
        let answer = stranger.send(request).await;
        assert_eq!(answer.problem(), "401 unauthorized", "{method} {path}");
    }
    assert_eq!(operations.len(), 115);
    let put = stranger.request("PUT", "/tickets/1").body(Default::default()).unwrap();
    assert_eq!(stranger.send(put).await.problem(), "405 method_not_allowed");
    assert_eq!(stranger.get("/tickets/1/nothing").await.problem(), "404 not_found");
    assert_eq!(stranger.get("/nothing").await.problem(), "404 not_found");
}

async fn every_operation_wants_one_of_its_scopes(world: World) {
    let anna = world.administrator("Anna").await;
    for (method, path, operation) in operations() {
        let needed: Vec<Scope> = operation["security"]
            .as_array()
            .unwrap_or_else(|| panic!("{method} {path} says nothing about tokens"))
            .iter()
            .flat_map(|one| one["token"].as_array().unwrap())
            .map(|code| Scope::from_code(code.as_str().unwrap()).unwrap())
            .collect();
        let others: Vec<Scope> =
            Scope::ALL.into_iter().filter(|scope| !needed.contains(scope)).collect();
        let asked = async |scopes: &[Scope]| {
            let program = program(&world, anna.agent, scopes).await;
            let request = program.request(&method, &address(&path)).body(Default::default());
            let answer = program.send(request.unwrap()).await;
            answer.json()["code"] == "missing_scope"
        };
        assert_eq!(asked(&others).await, !needed.is_empty(), "{method} {path}");
        for scope in needed {
            assert!(!asked(&[scope]).await, "{method} {path} with {}", scope.code());
        }
    }
}

async fn the_document_and_its_page_are_shown_without_sign_in(world: World) {
    let stranger = crate::world::browser::Browser::new(
        world.router.clone(),
        laufzettel::record::AgentId::from_number(1),
        "",
    );
    let answer = stranger.get("/api/openapi.json").await;
    assert_eq!(answer.status, 200);
    let told: Value = serde_json::from_slice(&answer.bytes).unwrap();
    assert_eq!(told["openapi"], "3.1.0");
    assert_eq!(told, document());
    let page = stranger.get("/api/docs").await;
    assert_eq!(page.header("content-security-policy"), web::PAGE_POLICY);
    let page = page.text();
    for (method, path, _) in operations() {
        assert!(page.contains(&format!("<b>{method}</b> <code>{path}</code>")), "{method} {path}");
    }
    for foreign in ["http://", "https://", "<script", "src=\"//"] {
        assert!(!page.contains(foreign), "{foreign}");
    }
}

#[test]
fn every_reference_in_the_document_leads_somewhere() {
    let document = document();
    let mut references = Vec::new();
    collect(&document, &mut references);
    assert!(references.len() > 100, "only {}", references.len());
    for reference in references {
        assert!(document.pointer(reference.trim_start_matches('#')).is_some(), "{reference}");
    }
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            found.extend(fields.get("$ref").and_then(Value::as_str).map(str::to_owned));
            fields.values().for_each(|value| collect(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_a_summary_and_the_headers_that_all_know() {
    let operations = operations();
    let names: std::collections::BTreeSet<&str> = operations
        .iter()
        .map(|(_, _, operation)| operation["operationId"].as_str().unwrap())
        .collect();
    assert_eq!(names.len(), operations.len());
    assert!(names.contains("post_tickets_number_claim"));
    for (method, path, operation) in &operations {
        assert_ne!(operation["summary"].as_str().unwrap_or_default(), "", "{method} {path}");
        let has = |name: &str| {
            let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
            parameters.iter().any(|one| one["name"] == name && one["in"] == "header")
        };
        assert_eq!(has("Idempotency-Key"), method == "POST", "{method} {path}");
        let is_versioned = ["PATCH", "DELETE"].contains(&method.as_str());
        assert_eq!(has("If-Match"), is_versioned && !path.contains("/tokens/"), "{method} {path}");
    }
}

#[test]
fn every_list_tells_how_its_pages_are_asked_for() {
    let document = document();
    let mut lists = 0;
    for (method, path, operation) in operations() {
        let schema = "/responses/200/content/application~1json/schema/$ref";
        let Some(reference) = operation.pointer(schema).and_then(Value::as_str) else { continue };
        let body = document.pointer(reference.trim_start_matches('#')).unwrap();
        if body["properties"]["items"].is_null() || body["properties"]["next"].is_null() {
            continue;
        }
        lists += 1;
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        for name in ["limit", "cursor"] {
            let is_told = parameters.iter().any(|one| one["name"] == name && one["in"] == "query");
            assert!(is_told, "{method} {path} says nothing of {name}");
        }
    }
    assert!(lists >= 13, "only {lists}");
}

#[test]
fn every_body_of_a_request_denies_unknown_fields() {
    let document = document();
    let mut bodies = 0;
    for (method, path, operation) in operations() {
        if let Some(schema) =
            operation.pointer("/requestBody/content/application~1json/schema").cloned()
        {
            bodies += 1;
            assert_closed(&document, &schema, &format!("{method} {path}"));
        }
    }
    assert!(bodies >= 30, "only {bodies}");
}

/// Follows a schema down to everything it is made of.
fn assert_closed(document: &Value, schema: &Value, place: &str) {
    let schema = match schema["$ref"].as_str() {
        Some(reference) => document.pointer(reference.trim_start_matches('#')).unwrap(),
        None => schema,
    };
    if let Some(properties) = schema["properties"].as_object() {
        assert_eq!(schema["additionalProperties"], json!(false), "{place}");
        for (name, property) in properties {
            assert_closed(document, property, &format!("{place} {name}"));
        }
    }
    for several in ["oneOf", "anyOf", "allOf"] {
        for one in schema[several].as_array().into_iter().flatten() {
            assert_closed(document, one, place);
        }
    }
    if schema["items"].is_object() {
        assert_closed(document, &schema["items"], place);
    }
}

#[test]
fn only_fields_that_take_null_say_so() {
    let document = document();
    let takes_null = |field: &str| {
        let path = format!("/components/schemas/TicketChange/properties/{field}");
        document.pointer(&path).unwrap().to_string().contains("null")
    };
    assert_eq!(["subject", "priority", "tags"].map(takes_null), [false; 3]);
    assert_eq!(["category", "assignee", "due_at"].map(takes_null), [true; 3]);
}

#[test]
fn routes_of_the_api_are_made_with_their_description_only() {
    let mut findings = Vec::new();
    look(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/feature"), &mut findings);
    assert_eq!(findings, Vec::<String>::new());
}

/// Lines of the features' API that make a route without a description.
fn look(folder: &Path, findings: &mut Vec<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            look(&path, findings);
            continue;
        }
        let shown = path.display().to_string();
        let is_api = shown.ends_with("/api.rs") || shown.contains("/api/");
        if !is_api || !shown.ends_with(".rs") {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let lines = text.lines().filter(|line| line.contains(".route("));
        findings.extend(lines.map(|line| format!("{shown}: {line}")));
    }
}
