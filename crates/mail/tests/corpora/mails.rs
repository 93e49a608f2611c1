//! Every mail opens, nothing is lost, and every file is found again.

use mail::clean::clean;
use mail::read::{Mail, part, read};
use sha2::{Digest, Sha256};

use crate::{corpora, mails};

const CORPORA: &[&str] = &["enmime", "mail-parser", "mime4j", "nodemailer", "talon"];

#[test]
fn every_mail_opens_and_every_file_is_found_again() {
    let Some(folder) = corpora() else { return };
    let (mut count, mut files) = (0, 0);
    for corpus in CORPORA {
        for (name, bytes) in mails(&folder, corpus) {
            let mail = read(&bytes);
            assert_eq!(mail.fingerprint, read(&bytes).fingerprint, "{name}");
            assert!(!mail.parts.is_empty(), "{name}");
            for attachment in &mail.attachments {
                let found = part(&bytes, &attachment.path).expect(&name);
                let hash: [u8; 32] = Sha256::digest(&found).into();
                assert_eq!(hash, attachment.sha256, "{name} {}", attachment.path);
                assert_eq!(found.len() as u64, attachment.size_bytes, "{name}");
                files += 1;
            }
            assert_unique_names(&mail, &name);
            count += 1;
        }
    }
    println!("{count} mails, {files} files");
    assert_eq!((count, files), (309, 244));
}

fn assert_unique_names(mail: &Mail, name: &str) {
    let mut names: Vec<_> = mail.attachments.iter().map(|a| a.name.to_lowercase()).collect();
    let count = names.len();
    names.sort();
    names.dedup();
    assert_eq!(names.len(), count, "{name}");
}

#[test]
fn a_mail_cut_anywhere_still_opens() {
    let Some(folder) = corpora() else { return };
    for corpus in CORPORA {
        for (name, bytes) in mails(&folder, corpus) {
            let steps = if bytes.len() > 100_000 { 5 } else { 23 };
            for step in 0..steps {
                let cut = bytes.get(..bytes.len() * step / steps).expect(&name);
                let mail = read(cut);
                for attachment in &mail.attachments {
                    assert!(part(cut, &attachment.path).is_some(), "{name} at {step}");
                }
            }
        }
    }
}

#[test]
fn cleaning_the_html_of_every_mail_twice_gives_the_same_bytes() {
    let Some(folder) = corpora() else { return };
    let mut count = 0;
    for corpus in CORPORA {
        for (name, bytes) in mails(&folder, corpus) {
            let Some(html) = read(&bytes).html else { continue };
            let once = clean(&html);
            assert_eq!(once, clean(&once.html), "{name}");
            count += 1;
        }
    }
    println!("{count} mails with HTML");
    assert!(count > 60);
}
