//! Examples of filters of mails.

use std::collections::HashMap;

use proptest::prelude::*;
use values::Language;

use super::*;
use crate::filter::{Dialect, Field, Names, parse_in, print, resolve};
use crate::intake::MailClass;
use crate::text::{TextLanguage, analyse, fold_text};

struct Lists(HashMap<&'static str, i64>);

impl Names for Lists {
    fn ids(&self, _: Field, name: &str) -> Vec<i64> {
        let wanted = fold_text(name);
        self.0.iter().filter(|(known, _)| fold_text(known) == wanted).map(|(_, id)| *id).collect()
    }

    fn name(&self, _: Field, id: i64) -> Option<String> {
        self.0.iter().find(|(_, known)| **known == id).map(|(name, _)| (*name).to_owned())
    }
}

fn lists() -> Lists {
    Lists(HashMap::from([("Service", 3), ("Technik", 4)]))
}

fn filter(text: &str) -> MailFilter {
    let parsed = parse_in(text, Dialect::Mails);
    assert!(parsed.marks.is_empty(), "{text}: {:?}", parsed.marks);
    let resolved = resolve(&parsed.tree, &lists());
    assert!(resolved.marks.is_empty(), "{text}: {:?}", resolved.marks);
    MailFilter::of(&resolved.tree)
}

fn pair(name: &str, address: &str) -> (String, String) {
    (name.to_owned(), address.to_owned())
}

const TEXT: &str = "Sehr geehrte Damen und Herren,\nbitte zahlen Sie Beleg RE-2026-17.";

/// Whether a reminder from Ann passes.
fn passes(text: &str) -> bool {
    let words = analyse(&format!("Letzte Mahnung zu RE-2026-17\n{TEXT}"), TextLanguage::German);
    let headers = [
        Header { name: "List-Id".to_owned(), value: "News <news.firma.de>".to_owned() },
        Header { name: "X-Spam".to_owned(), value: String::new() },
    ];
    let mail = MailToMatch {
        from: ("Ann Größe", "ann@Firma.de"),
        to: &[pair("Service", "service@haus.de")],
        cc: &[pair("", "chef@haus.de")],
        envelope_to: &["hilfe@haus.de".to_owned()],
        subject: "Letzte Mahnung zu RE-2026-17",
        text: Some(TEXT),
        words: Some(&words),
        headers: Some(&headers),
        attachments: &[pair("Rechnung.PDF", "application/pdf")],
        size_bytes: 30_000,
        class: Some(MailClass::Personal),
        mailbox: 3,
        is_answer: true,
        ..MailToMatch::default()
    };
    filter(text).matches(&mail) == Ok(true)
}

#[test]
fn a_mail_is_compared_field_by_field() {
    let table = [
        ("", true),
        ("von:ann@firma.de", true),
        ("von:@firma.de", true),
        ("von:firma", true),
        ("absender:groesse", true),
        ("absendername:Größe", true),
        ("absendername:firma.de", false),
        ("von:firma.*", true),
        ("von:ann@*", true),
        ("von:*.de", true),
        ("von:firm", true),
        ("von:@irma.de", false),
        ("an:service@haus.de", true),
        ("an:chef@haus.de", false),
        ("kopie:chef@haus.de", true),
        ("empfänger:chef@haus.de", true),
        ("empfänger:hilfe@haus.de", true),
        ("antwort_an:ann", false),
        ("betreff:mahnung", true),
        ("betreff:MAHNUNG,gutschrift", true),
        ("betreff:%mahnung", false),
        ("betreff:%mahnung%", true),
        ("betreff:letzte*17", true),
        ("betreff:*", true),
        ("betreff:!mahnung", false),
        ("-betreff:gutschrift", true),
        ("!betreff:gutschrift", true),
        ("!betreff:mahnung", false),
        ("!(betreff:gutschrift oder von:ann)", false),
        ("!unsinn !ist:bekannt !!zahlen", true),
        ("!\"zahlen sie\"", false),
        ("zahlen !", true),
        ("größe:!30000", false),
        ("!größe:>20kb", false),
        ("text:\"zahlen sie\"", true),
        ("text:überweisen", false),
        ("zahlen", true),
        ("beleg oder unsinn", true),
        ("unsinn", false),
        ("kopfzeile:\"List-ID: news.firma.de\"", true),
        ("kopfzeile:\"list-id: andere\"", false),
        ("kopfzeile:x-spam", true),
        ("kopfzeile:x-ham", false),
        ("anhang:ja", true),
        ("anhang:nein", false),
        ("anhang:rechnung", true),
        ("anhang:*.pdf", true),
        ("anhangsart:application/*", true),
        ("anhangsart:image", false),
        ("größe:>20kb", true),
        ("größe:<20kb", false),
        ("klasse:persönlich", true),
        ("klasse:personal", true),
        ("klasse:liste,rundschreiben", false),
        ("postfach:Service", true),
        ("mailbox:Technik", false),
        ("ist:unbekannt", true),
        ("ist:bekannt", false),
        ("ist:antwort betreff:mahnung", true),
        ("ist:automatisch oder (ist:unbekannt größe:>1kb)", true),
        ("ist:von_uns_begonnen", false),
    ];
    for (text, expected) in table {
        assert_eq!(passes(text), expected, "{text}");
    }
}

#[test]
fn what_was_not_read_is_asked_for_only_where_it_decides() {
    let mail = MailToMatch { subject: "Mahnung", ..MailToMatch::default() };
    let table = [
        ("betreff:mahnung", Ok(true)),
        ("text:zahlen", Err(Needs)),
        ("kopfzeile:x-spam", Err(Needs)),
        ("zahlen", Err(Needs)),
        ("betreff:gutschrift text:zahlen", Ok(false)),
        ("text:zahlen betreff:gutschrift", Ok(false)),
        ("text:zahlen oder betreff:mahnung", Ok(true)),
        ("-text:zahlen betreff:mahnung", Err(Needs)),
    ];
    for (text, expected) in table {
        assert_eq!(filter(text).matches(&mail), expected, "{text}");
    }
}

#[test]
fn what_matches_every_mail_is_recognised() {
    let table = [
        ("", true),
        ("betreff:*", true),
        ("von:%", true),
        ("betreff:** von:*", true),
        ("größe:>=0", true),
        ("größe:>0", true),
        ("-größe:<1", true),
        ("größe:>1kb", false),
        ("von:@", true),
        ("an:*@*", true),
        ("von:@firma.de", false),
        ("von:*@", false),
        ("ist:bekannt,unbekannt", true),
        ("ist:bekannt oder ist:unbekannt", true),
        ("ist:bekannt,antwort", false),
        ("anhang:ja,nein", true),
        ("anhang:ja,rechnung", false),
        ("betreff:a oder -betreff:a", true),
        ("betreff:a oder -betreff:b", false),
        ("-(betreff:a -betreff:a)", false),
        ("-betreff:a", false),
        ("betreff:a", false),
        ("von:* betreff:a", false),
        ("von:* oder betreff:a", true),
    ];
    for (text, expected) in table {
        assert_eq!(filter(text).is_everything(), expected, "{text}");
    }
}

#[test]
fn a_filter_is_printed_in_both_languages_and_read_again() {
    let texts = [
        "von:@firma.de betreff:mahnung,\"letzte Zahlung\" -ist:bekannt",
        "größe:>=5mb klasse:liste,rundschreiben postfach:Service",
        "(anhang:ja oder anhangsart:application/*) kopfzeile:\"List-Id: news\"",
        "text:hallo ist:von_uns_begonnen,nennt_ticket",
        "-größe:30000 -hallo",
    ];
    for text in texts {
        let tree = resolve(&parse_in(text, Dialect::Mails).tree, &lists()).tree;
        for language in [Language::German, Language::English] {
            let printed = print(&tree, language, &lists());
            let again = resolve(&parse_in(&printed, Dialect::Mails).tree, &lists());
            assert_eq!(again.tree, tree, "{printed}");
        }
        assert_eq!(print(&tree, Language::German, &lists()), text);
    }
}

#[test]
fn a_filter_of_mails_knows_no_fields_of_tickets_and_the_other_way_round() {
    for text in ["frist:<2d", "zuständig:ich", "nummer:17"] {
        assert_eq!(parse_in(text, Dialect::Mails).marks.len(), 1, "{text}");
    }
    for text in ["an:ann@firma.de", "ist:unbekannt", "größe:>1mb"] {
        assert_eq!(crate::filter::parse(text).marks.len(), 1, "{text}");
    }
}

#[test]
fn an_exclamation_mark_turns_round_in_filters_of_mails_alone() {
    let tree = |text: &str| parse_in(text, Dialect::Mails).tree;
    for (text, same) in [
        ("!betreff:a", "-betreff:a"),
        ("!!betreff:a", "betreff:a"),
        ("-!a b", "a b"),
        ("!(a oder b)", "-(a oder b)"),
        ("größe:!5mb", "-größe:5mb"),
        ("a ! b!", "a b!"),
    ] {
        assert_eq!(tree(text), tree(same), "{text}");
    }
    let search = crate::filter::parse("!dringend").tree;
    assert_eq!(search, crate::filter::Tree::Word("!dringend".to_owned()));
}

/// Pieces of filters of mails in any order, whole and broken.
fn filter_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ",
        " ",
        " ",
        "(",
        ")",
        "-",
        "!",
        "\"",
        ",",
        ":",
        "<",
        ">=",
        "#",
        " oder ",
        "mahnung",
        "betreff:",
        "größe:",
        "5mb",
        "ist:bekannt",
        "postfach:",
        "Service",
        "anhang:ja",
        "a/b",
        "kopfzeile:\"X: 1\"",
        "von:@a.de",
        "firma:leer",
        "!a",
    ]);
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same_filter_of_mails(text in filter_text()) {
        let read = |text: &str| resolve(&parse_in(text, Dialect::Mails).tree, &lists()).tree;
        let tree = read(&text);
        for language in [Language::German, Language::English] {
            let printed = print(&tree, language, &lists());
            prop_assert_eq!(&read(&printed), &tree, "{:?} printed {:?}", &text, printed);
        }
    }
}
