//! Delivery reports of 110 kinds of servers: which address did not get the mail.

use std::path::{Path, PathBuf};

use mail::class::{MailClass, classify};
use mail::read::read;
use mail::report::delivery_report;

use crate::{corpora, mails};

/// What flufl.bounce expects of each of its mails.
const EXPECTED: &str = include_str!("bounces.tsv");
/// Mails of the other collections that are reports indeed.
const REPORTS: &[&str] = &["0002-delivery-status.eml", "0006-badbound.eml"];

/// The folder with the mails of flufl.bounce: `LAUFZETTEL_BOUNCES`.
///
/// `None` only if nobody has them and `LAUFZETTEL_BOUNCES_OPTIONAL=1` says that this is known.
fn bounces() -> Option<PathBuf> {
    if let Some(folder) = std::env::var_os("LAUFZETTEL_BOUNCES").map(PathBuf::from) {
        return Some(folder);
    }
    let is_optional = std::env::var("LAUFZETTEL_BOUNCES_OPTIONAL").is_ok_and(|value| value == "1");
    assert!(
        is_optional,
        "The bounces are missing: set LAUFZETTEL_BOUNCES to what scripts/bounces prints, or \
         LAUFZETTEL_BOUNCES_OPTIONAL=1 to go without them."
    );
    println!("Skipped: nobody has the bounces.");
    None
}

/// The addresses that a report says were not reached, sorted, as our reader sees them.
fn found(path: &Path) -> Vec<String> {
    let bytes = std::fs::read(path).unwrap();
    let report = delivery_report(&bytes, &read(&bytes));
    let recipients = report.map(|report| report.recipients).unwrap_or_default();
    let mut found: Vec<String> =
        recipients.into_iter().map(|one| one.address_raw.to_lowercase()).collect();
    found.sort();
    found.dedup();
    found
}

#[test]
fn bounces_are_recognised_with_the_address_that_failed() {
    let Some(folder) = bounces() else { return };
    let rows = EXPECTED.lines().filter(|line| !line.starts_with('#'));
    let (mut right, mut all) = (0, 0);
    for row in rows {
        let (name, expected) = row.split_once('\t').unwrap();
        let mut expected: Vec<String> =
            expected.split_whitespace().map(str::to_lowercase).collect();
        expected.sort();
        let found = found(&folder.join(name));
        all += 1;
        if found == expected {
            right += 1;
        } else {
            println!("{name}: expected {expected:?}, found {found:?}");
        }
    }
    println!("{right} of {all} bounces with the right addresses");
    assert_eq!(all, 113);
    assert!(right * 100 >= all * 96, "{right} of {all}");
}

#[test]
fn no_other_mail_is_taken_for_a_bounce() {
    let Some(folder) = corpora() else { return };
    let (mut count, mut wrong) = (0, Vec::new());
    for corpus in ["enmime", "mail-parser", "mime4j", "nodemailer", "talon"] {
        for (name, bytes) in mails(&folder, corpus) {
            let class = classify(&bytes, &read(&bytes));
            let is_report = class.report.is_some()
                || matches!(class.class, MailClass::BounceHard | MailClass::BounceSoft);
            if is_report != REPORTS.contains(&name.as_str()) {
                wrong.push(format!("{corpus} {name}: {class:?}"));
            }
            count += 1;
        }
    }
    println!("{count} other mails, {} of them are reports", REPORTS.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(count, 309);
}
