//! Mails that nobody of this project wrote. They lie beside the project, not in it.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod bounces;
mod mails;
mod mime4j;
mod replies;

use std::path::{Path, PathBuf};

/// The folder with the corpora: `LAUFZETTEL_CORPORA`, or `../shared/corpora` beside the project.
///
/// `None` only if nobody has them and `LAUFZETTEL_CORPORA_OPTIONAL=1` says that this is known.
fn corpora() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let folder = std::env::var_os("LAUFZETTEL_CORPORA").map_or(beside, PathBuf::from);
    if folder.is_dir() {
        return Some(folder);
    }
    let is_optional = std::env::var("LAUFZETTEL_CORPORA_OPTIONAL").is_ok_and(|value| value == "1");
    assert!(
        is_optional,
        "The mail corpora are missing: set LAUFZETTEL_CORPORA to their folder ({} does not exist), \
         or LAUFZETTEL_CORPORA_OPTIONAL=1 to go without them.",
        folder.display()
    );
    println!("Skipped: {} does not exist.", folder.display());
    None
}

/// All mails of one corpus, by name.
fn mails(folder: &Path, corpus: &str) -> Vec<(String, Vec<u8>)> {
    let entries = std::fs::read_dir(folder.join(corpus).join("mails")).unwrap();
    let mut found: Vec<_> = entries
        .map(|entry| {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&path).unwrap())
        })
        .collect();
    found.sort();
    found
}
