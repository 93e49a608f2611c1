//! From the OpenAPI document to what the page shows. Pure.

use serde_json::Value;

use super::page::{Described, Field, Group, Operation};

/// The methods in the order in which they are shown.
const METHODS: [&str; 4] = ["get", "post", "patch", "delete"];

/// What the document says, grouped by the first part of the addresses.
pub fn described(document: &Value) -> Described {
    let mut groups: Vec<Group> = Vec::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for method in METHODS {
            let Some(operation) = item.get(method) else { continue };
            let name = text(operation.get("tags").and_then(|tags| tags.get(0)));
            let shown = shown(document, method, path, operation);
            match groups.iter_mut().find(|group| group.name == name) {
                Some(group) => group.operations.push(shown),
                None => groups.push(Group { name, operations: vec![shown] }),
            }
        }
    }
    let info = document.get("info");
    Described {
        version: text(info.and_then(|info| info.get("version"))),
        description: text(info.and_then(|info| info.get("description"))),
        groups,
    }
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn list(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn shown(document: &Value, method: &str, path: &str, operation: &Value) -> Operation {
    let parameters = list(operation.get("parameters")).map(|parameter| Field {
        name: text(parameter.get("name")),
        place: text(parameter.get("in")),
        is_required: parameter.get("required") == Some(&Value::Bool(true)),
        description: text(parameter.get("description")),
    });
    let scopes = list(operation.get("security"))
        .flat_map(|one| list(one.get("token")))
        .filter_map(Value::as_str);
    let responses = operation.get("responses").and_then(Value::as_object).into_iter().flatten();
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(operation.get("summary")),
        description: text(operation.get("description")),
        scopes: scopes.map(str::to_owned).collect(),
        parameters: parameters.collect(),
        fields: fields(document, operation),
        responses: responses
            .map(|(status, response)| (status.clone(), text(response.get("description"))))
            .collect(),
    }
}

/// The fields of the body.
fn fields(document: &Value, operation: &Value) -> Vec<Field> {
    let schema = operation.pointer("/requestBody/content/application~1json/schema");
    let Some(schema) = schema.and_then(|schema| followed(document, schema)) else {
        return Vec::new();
    };
    let required: Vec<&str> = list(schema.get("required")).filter_map(Value::as_str).collect();
    let properties = schema.get("properties").and_then(Value::as_object).into_iter().flatten();
    properties
        .map(|(name, property)| Field {
            name: name.clone(),
            place: kind(property),
            is_required: required.contains(&name.as_str()),
            description: text(property.get("description")),
        })
        .collect()
}

/// The schema itself, where another place refers to it.
fn followed<'a>(document: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    match schema.get("$ref").and_then(Value::as_str) {
        Some(reference) => document.pointer(reference.trim_start_matches('#')),
        None => Some(schema),
    }
}

/// The type of a property in one word: one of JSON, or the name of a schema.
fn kind(property: &Value) -> String {
    if let Some(reference) = property.get("$ref").and_then(Value::as_str) {
        return reference.rsplit('/').next().unwrap_or_default().to_owned();
    }
    match property.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => {
            let kinds = kinds.iter().filter_map(Value::as_str);
            kinds.filter(|kind| *kind != "null").collect::<Vec<_>>().join(", ")
        }
        _ => list(property.get("oneOf")).map(kind).filter(|kind| kind != "null").collect(),
    }
}
