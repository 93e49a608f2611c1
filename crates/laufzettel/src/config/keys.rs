//! The names of the keys. An unknown one is most likely misspelt, so the nearest one is named.

use toml::Table;

use super::read::section;
use super::{ConfigProblem, problem};

/// The keys outside of sections.
const KEYS: [&str; 15] = [
    "listen",
    "base_url",
    "data_dir",
    "database_url",
    "blobs",
    "secret_key_file",
    "trusted_proxies",
    "allow_http",
    "allow_plaintext_mail",
    "language",
    "time_zone",
    "lmtp",
    "smtp",
    "mail_roots_file",
    "database_url_file",
];
/// The keys of `[lmtp]`.
const LMTP_KEYS: [&str; 1] = ["listen"];
/// The keys of `[smtp]`.
const SMTP_KEYS: [&str; 4] = ["url", "tls", "password", "password_file"];
/// The keys outside of sections whose values are no texts.
const NO_TEXTS: [&str; 5] =
    ["trusted_proxies", "allow_http", "allow_plaintext_mail", "lmtp", "smtp"];

/// Whether the value of a key is a text. `section` is empty outside of sections, which hold texts
/// only.
pub fn is_text(section: &str, key: &str) -> bool {
    !section.is_empty() || !NO_TEXTS.contains(&key)
}

/// Refuses keys that nobody reads.
pub fn check(table: &Table) -> Result<(), ConfigProblem> {
    check_section(table, "", &KEYS)?;
    if let Some(lmtp) = section(table, "lmtp")? {
        check_section(lmtp, "lmtp.", &LMTP_KEYS)?;
    }
    if let Some(smtp) = section(table, "smtp")? {
        check_section(smtp, "smtp.", &SMTP_KEYS)?;
    }
    Ok(())
}

fn check_section(table: &Table, prefix: &str, known: &[&str]) -> Result<(), ConfigProblem> {
    let Some(unknown) = table.keys().find(|key| !known.contains(&key.as_str())) else {
        return Ok(());
    };
    let nearest = known.iter().min_by_key(|key| distance(key, unknown)).copied().unwrap_or("");
    problem(format!("unknown key {prefix}{unknown}; the nearest known one is {prefix}{nearest}"))
}

/// The number of letters to insert, drop or change (Levenshtein).
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (line, letter) in one.chars().enumerate() {
        let mut next = vec![line + 1];
        for (column, ((diagonal, above), candidate)) in
            row.iter().zip(row.iter().skip(1)).zip(&other).enumerate()
        {
            let left = next.get(column).copied().unwrap_or(usize::MAX - 1);
            let change = diagonal + usize::from(letter != *candidate);
            next.push(change.min(above + 1).min(left + 1));
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}
