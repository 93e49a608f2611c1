//! Numbered mails: those of the load kit where it is at hand, else simpler ones.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

pub struct Numbered {
    pub message_id: String,
    pub bytes: Vec<u8>,
}

/// A thousand mails, the same at each run.
pub fn thousand() -> Vec<Numbered> {
    let kit = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/bench/kit/mailgen.py");
    let kit = std::env::var_os("LAUFZETTEL_MAILGEN").map_or(kit, PathBuf::from);
    match kit.is_file() {
        true => of_kit(&kit),
        false => (0..1_000).map(|number| one(&number.to_string(), "Störung")).collect(),
    }
}

fn of_kit(kit: &Path) -> Vec<Numbered> {
    let folder = tempfile::tempdir().unwrap();
    let made = Command::new("python3")
        .arg(kit)
        .args(["--seed", "20261121", "--count", "1000", "--out"])
        .arg(folder.path())
        .status()
        .unwrap();
    assert!(made.success());
    let manifest = fs::read_to_string(folder.path().join("manifest.tsv")).unwrap();
    let mails = manifest.lines().filter_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let file = columns.get(1).filter(|file| file.ends_with(".eml"))?;
        let bytes = fs::read(folder.path().join(file)).unwrap();
        Some(Numbered { message_id: columns[5].to_owned(), bytes })
    });
    mails.collect()
}

/// A mail of its own.
pub fn one(number: &str, subject: &str) -> Numbered {
    let message_id = format!("{number}@kunde.example");
    let text = format!(
        "From: Kunde {number} <kunde{number}@kunde.example>\r\nTo: hilfe@firma.example\r\n\
         Subject: {subject} {number}\r\nMessage-ID: <{message_id}>\r\n\r\nNummer {number}.\r\n"
    );
    Numbered { message_id, bytes: text.into_bytes() }
}
