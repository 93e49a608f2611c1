//! What the environment says: `LAUFZETTEL__LMTP__LISTEN` sets `listen` in `[lmtp]`.

use std::collections::BTreeMap;

use toml::{Table, Value};

use super::keys::is_text;
use super::{ConfigProblem, problem};

/// The beginning of the names of environment variables.
const PREFIX: &str = "LAUFZETTEL__";
/// The end of a key whose value is in a file.
const FILE: &str = "_file";

/// Sets every key that the environment names.
pub fn set_all(
    table: &mut Table,
    environment: &BTreeMap<String, String>,
) -> Result<(), ConfigProblem> {
    for (name, value) in environment {
        if let Some(path) = name.strip_prefix(PREFIX) {
            set(table, &path.to_lowercase(), value)?;
        }
    }
    Ok(())
}

fn set(table: &mut Table, path: &str, text: &str) -> Result<(), ConfigProblem> {
    let Some((section, key)) = path.split_once("__") else {
        return insert(table, path, value(is_text("", path), text));
    };
    let entry = table.entry(section.to_owned()).or_insert_with(|| Value::Table(Table::new()));
    match entry {
        Value::Table(entry) => insert(entry, key, value(is_text(section, key), text)),
        _ => problem(format!(
            "{section} has no keys of its own; unset LAUFZETTEL__{}",
            path.to_uppercase()
        )),
    }
}

/// Sets a key. A secret and the file that holds it are two forms of one thing, so the one that the
/// environment names replaces the other one.
fn insert(table: &mut Table, key: &str, value: Value) -> Result<(), ConfigProblem> {
    match key.strip_suffix(FILE) {
        Some(secret) => table.remove(secret),
        None => table.remove(&format!("{key}{FILE}")),
    };
    table.insert(key.to_owned(), value);
    Ok(())
}

/// What a variable says. A text may be written with or without quotes; all else is TOML.
fn value(is_text: bool, text: &str) -> Value {
    let parsed = format!("v = {text}").parse::<Table>().ok().and_then(|mut one| one.remove("v"));
    parsed
        .filter(|value| value.is_str() || !is_text)
        .unwrap_or_else(|| Value::String(text.to_owned()))
}
