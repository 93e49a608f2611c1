//! Reading one value of the configuration, of the kind that is wanted.

use std::fs;
use std::net::SocketAddr;
use std::path::Path;

use toml::{Table, Value};

use super::{ConfigProblem, problem};

/// A text, if the key is there.
pub fn text(table: &Table, key: &str) -> Result<Option<String>, ConfigProblem> {
    match table.get(key) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(_) => problem(format!("{key} must be a text in quotes")),
    }
}

/// A list of texts; empty if the key is missing.
pub fn texts(table: &Table, key: &str) -> Result<Vec<String>, ConfigProblem> {
    let wrong = || ConfigProblem(format!("{key} must be a list of texts, like [\"10.0.0.1\"]"));
    match table.get(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(list)) => {
            list.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(wrong)).collect()
        }
        Some(_) => Err(wrong()),
    }
}

/// A switch; off if the key is missing.
pub fn flag(table: &Table, key: &str) -> Result<bool, ConfigProblem> {
    match table.get(key) {
        None => Ok(false),
        Some(Value::Boolean(flag)) => Ok(*flag),
        Some(_) => problem(format!("{key} must be true or false")),
    }
}

/// A section, if it is there.
pub fn section<'a>(table: &'a Table, key: &str) -> Result<Option<&'a Table>, ConfigProblem> {
    match table.get(key) {
        None => Ok(None),
        Some(Value::Table(section)) => Ok(Some(section)),
        Some(_) => problem(format!("{key} must be a section, written [{key}]")),
    }
}

/// An address with a port. `shown` is the key with its section.
pub fn socket(table: &Table, key: &str, shown: &str) -> Result<Option<SocketAddr>, ConfigProblem> {
    let Some(text) = text(table, key)? else { return Ok(None) };
    text.parse().map(Some).map_err(|_| {
        ConfigProblem(format!("{shown} must be an address with a port, like 127.0.0.1:8080"))
    })
}

/// A secret that a key has, or the file that the key with `_file` behind it names.
pub fn secret(table: &Table, key: &str, shown: &str) -> Result<Option<String>, ConfigProblem> {
    let file_key = format!("{key}_file");
    match text(table, &file_key)? {
        Some(file) => read_secret(Path::new(&file), &format!("{shown}_file")).map(Some),
        None => text(table, key),
    }
}

fn read_secret(file: &Path, shown: &str) -> Result<String, ConfigProblem> {
    fs::read_to_string(file).map(|text| text.trim().to_owned()).map_err(|error| {
        ConfigProblem(format!(
            "cannot read {} ({error}); name in {shown} a file that Laufzettel can read",
            file.display()
        ))
    })
}
