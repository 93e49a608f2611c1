//! Mails of machines, written after real ones: at least ten of each sort, German ones among them.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::path::Path;

use mail::class::classify;
use mail::read::read;

/// The sorts, and how each lies in a folder of its own.
const SORTS: [(&str, &str); 12] = [
    ("bounce_hard", "bounce_hard"),
    ("bounce_soft", "bounce_soft"),
    ("delayed", "delayed"),
    ("out_of_office", "out_of_office"),
    ("auto_acknowledgement", "auto_reply"),
    ("auto_generated", "auto_generated"),
    ("list", "list"),
    ("newsletter", "newsletter"),
    ("calendar_reply", "calendar_reply"),
    ("read_receipt", "read_receipt"),
    ("abuse_report", "abuse_report"),
    ("aggregate_report", "aggregate_report"),
];

fn mails(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/automatic").join(folder);
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut mails: Vec<_> = files
        .map(|file| {
            let name = file.file_stem().unwrap().to_string_lossy().into_owned();
            (name, std::fs::read(&file).unwrap())
        })
        .collect();
    mails.sort();
    mails
}

#[test]
fn every_sort_of_automatic_mail_is_recognised() {
    let mut wrong = Vec::new();
    for (folder, class) in SORTS {
        let mails = mails(folder);
        let german = mails.iter().filter(|(name, _)| name.starts_with("de-")).count();
        let mut right = 0;
        for (name, bytes) in &mails {
            let found = classify(bytes, &read(bytes));
            match found.class.as_str() == class && !found.evidence.is_empty() {
                true => right += 1,
                false => wrong.push(format!("{folder}/{name}: {found:?}")),
            }
        }
        println!("{folder}: {right} of {}, {german} of them German", mails.len());
        assert!(mails.len() >= 10 && german >= 3, "{folder}: {} and {german}", mails.len());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn delivery_reports_name_the_address_and_the_mail() {
    for folder in ["bounce_hard", "bounce_soft", "delayed"] {
        for (name, bytes) in mails(folder) {
            let report = classify(&bytes, &read(&bytes)).report.unwrap();
            let named = report.recipients.first().unwrap();
            assert_eq!(named.address_raw, "weg@kunde.example", "{folder}/{name}");
        }
    }
}
