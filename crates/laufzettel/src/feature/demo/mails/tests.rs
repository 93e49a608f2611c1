//! What the programs write is read again by the real reader.

use std::collections::HashSet;

use jiff::tz::TimeZone;
use mail::class::{MailClass, classify};
use mail::segments::{SegmentKind, segments};
use values::Timestamp;

use super::{Letter, Sent};
use crate::feature::demo::calendar::Calendar;
use crate::feature::demo::company::Company;
use crate::feature::demo::conversation::{Deed, Kind, all};
use crate::feature::demo::thread::Thread;

/// Words with single blanks between them.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Looks at each mail of a customer, with the name of its ticket for messages of assertions.
/// Reports of mail servers are left out.
fn each_mail(mut look: impl FnMut(&str, &Letter<'_>, &[u8])) -> usize {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    // Tuesday, 24 November 2026, 10:42 in Berlin.
    let calendar = Calendar::new(Timestamp::from_millis(1_795_513_320_000), zone);
    let company = Company::load().unwrap();
    let mut count = 0;
    for conversation in &all(&company, &calendar).unwrap() {
        let name = format!("{:?} {}", conversation.number, conversation.subject);
        let mut thread = Thread::new(&company, &calendar, conversation).unwrap();
        for (place, step) in conversation.steps.iter().enumerate() {
            match &step.deed {
                Deed::Customer(incoming) => {
                    if !matches!(incoming.kind, Kind::Bounce(_)) {
                        let letter = thread.clone().letter(step.at, incoming).unwrap();
                        look(&name, &letter, &letter.bytes());
                        count += 1;
                    }
                    thread.receive(step.at, incoming).unwrap();
                }
                Deed::Agent { agent, text, .. } => {
                    let agent = company.agent(agent).unwrap();
                    let id = format!("own{place}@brueckner-objekt.example");
                    thread.answered(step.at, agent, text, "t.anchor@brueckner-objekt.example", &id);
                }
                Deed::Note { .. } | Deed::Set { .. } => {}
            }
        }
    }
    count
}

#[test]
fn a_mail_is_read_as_it_was_written() {
    let count = each_mail(|name, letter, bytes| {
        let read = mail::read::read(bytes);
        let from = read.from.clone().unwrap();
        assert_eq!(read.subject, letter.subject, "{name}");
        assert_eq!(from.address.unwrap().as_str(), letter.from.address, "{name}");
        assert_eq!(from.name.unwrap_or_default(), letter.from.name, "{name}");
        assert_eq!(read.date, Some(Timestamp::from_seconds(letter.at.millis() / 1000)), "{name}");
        assert_eq!(read.message_id.as_ref(), Some(&letter.message_id), "{name}");
        assert_eq!(read.references, letter.references, "{name}");
        let files: Vec<_> = read.attachments.iter().map(|file| file.name.as_str()).collect();
        assert_eq!(files, letter.files, "{name}");
        assert!(read.oddities.is_empty(), "{name}: {:?}", read.oddities);
    });
    assert_eq!(count, 376);
}

#[test]
fn new_text_is_told_from_signature_and_quote() {
    each_mail(|name, letter, bytes| {
        if letter.sent != Sent::ByPerson {
            return;
        }
        let parts = segments(&mail::read::read(bytes));
        let new = words(&parts.text_of(SegmentKind::New));
        let own = words(&format!("{new} {}", parts.text_of(SegmentKind::Signature)));
        assert!(own.starts_with(&words(&letter.text)), "{name}\n{own}\n{}", letter.text);
        assert!(words(&letter.text).starts_with(&new), "{name}\n{new}");
        let quoted = words(&parts.text_of(SegmentKind::Quote));
        let quote = letter.quote.as_ref().map(|quote| words(&quote.text)).unwrap_or_default();
        assert!(
            quoted.replace("> ", "").replace(">", "").ends_with(&quote),
            "{name}\n{quoted}\n{quote}"
        );
    });
}

#[test]
fn absences_and_newsletters_are_told_from_people() {
    let mut classes = HashSet::new();
    each_mail(|name, letter, bytes| {
        let class = classify(bytes, &mail::read::read(bytes)).class;
        let expected = match letter.sent {
            Sent::ByPerson => MailClass::Person,
            Sent::ByAbsence => MailClass::OutOfOffice,
            Sent::ToMany => MailClass::Newsletter,
        };
        assert_eq!(class, expected, "{name}");
        classes.insert(class);
    });
    assert_eq!(classes.len(), 3);
}
