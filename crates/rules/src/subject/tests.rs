use proptest::prelude::*;

use super::*;

fn found(subject: &str) -> Vec<String> {
    let letter = |strength| match strength {
        Strength::OwnTag => "own",
        Strength::Hook => "hook",
        Strength::Hash => "hash",
        Strength::Plain => "plain",
    };
    let candidates = candidates(subject).into_iter();
    candidates.map(|found| format!("{} {}", letter(found.strength), found.number)).collect()
}

#[test]
fn numbers_are_found_the_surest_first() {
    let table: [(&str, &[&str]); 22] = [
        ("[#AU-77310] Re: Drucker", &["own au-77310"]),
        ("Re: [#4711] Drucker", &["own 4711"]),
        ("AW: [ts #4711] Drucker", &["hook 4711"]),
        ("[Ticket #4711] Drucker", &["hook 4711"]),
        ("[Ticket#4711]", &["hook 4711"]),
        ("Ticket #202611210042 Drucker", &["hook 202611210042"]),
        ("ticket#4711", &["hook 4711"]),
        ("TICKET  #4711!", &["hook 4711"]),
        ("zu #4711 und #4712", &["hash 4711", "hash 4712"]),
        ("Mein Ticket 48213", &[]),
        ("Mein Ticket 482131", &["plain 482131"]),
        ("Auftrag TS2501-0001.", &["plain ts2501-0001"]),
        ("Haus 7, 12345 Berlin", &[]),
        ("TS1 und 123456 zu [#9]", &["own 9", "plain ts1", "plain 123456"]),
        ("#4711 Ticket #4711 [#4711]", &["own 4711"]),
        ("[#] [#-] # Ticket #", &[]),
        ("[#Süd-1]", &["own süd-1"]),
        ("[#4711", &["hash 4711"]),
        ("[ #4711 ]", &["hash 4711"]),
        ("bits #4711]", &["hash 4711"]),
        ("", &[]),
        ("Rechnung", &[]),
    ];
    for (subject, expected) in table {
        assert_eq!(found(subject), expected, "{subject}");
    }
}

#[test]
fn many_numbers_and_long_subjects_are_bounded() {
    let many: String = (0..1000).map(|n| format!("AU-{n} ")).collect();
    assert_eq!(candidates(&many).len(), 12);
    let late = format!("{} [#4711]", "x".repeat(2000));
    assert_eq!(found(&late), [] as [&str; 0]);
    assert_eq!(found(&format!("A{}", "1".repeat(60))), [] as [&str; 0]);
}

#[test]
fn prefixes_of_many_languages_are_known() {
    let table = [
        ("Re: Drucker", "Drucker", "reply"),
        ("AW: WG: Drucker", "Drucker", "reply"),
        ("WG: AW: [#4711] Drucker", "Drucker", "forward"),
        ("[#4711] Fwd: Drucker", "Drucker", "forward"),
        ("[EXTERN] WG: Drucker", "Drucker", "forward"),
        ("[External] Drucker", "Drucker", "none"),
        ("Antwort: SV: TR: RV: ENC: Drucker", "Drucker", "reply"),
        ("Re[2]: Drucker", "Drucker", "reply"),
        ("AW (3): Drucker", "Drucker", "reply"),
        ("RE^4: Drucker", "Drucker", "reply"),
        ("RE : Drucker", "Drucker", "reply"),
        ("回复：Drucker", "Drucker", "reply"),
        ("Doorst: Drucker", "Drucker", "forward"),
        ("VS: Drucker", "Drucker", "forward"),
        ("Re: [ts #12] AW: Drucker", "Drucker", "reply"),
        ("Rechnung: Drucker", "Rechnung: Drucker", "none"),
        ("Frage: Re: Drucker", "Frage: Re: Drucker", "none"),
        ("  Drucker \t [1]  raucht ", "Drucker [1] raucht", "none"),
        ("Re:", "", "reply"),
        ("", "", "none"),
    ];
    for (subject, base, kind) in table {
        assert_eq!(base_subject(subject), base, "{subject}");
        let found = match (is_reply(subject), is_forward(subject)) {
            (true, _) => "reply",
            (_, true) => "forward",
            _ => "none",
        };
        assert_eq!(found, kind, "{subject}");
    }
}

#[test]
fn our_tag_stands_once_in_front() {
    let table = [
        ("Drucker", "[#4711] Drucker"),
        ("Re: Drucker", "[#4711] Re: Drucker"),
        ("Re: [#4711] Drucker", "[#4711] Re: Drucker"),
        ("[#4711] [#4711] AW: [ts #12] Drucker [#9]", "[#4711] AW: Drucker"),
        ("", "[#4711]"),
        ("Drucker\r\nBcc: x@y.de", "[#4711] Drucker Bcc: x@y.de"),
        ("[Wichtig] Drucker [#]", "[#4711] [Wichtig] Drucker [#]"),
    ];
    for (subject, expected) in table {
        assert_eq!(with_tag(subject, "4711"), expected, "{subject}");
    }
}

#[test]
fn likeness_counts_matching_characters() {
    let table = [
        ("Drucker raucht", "Re: [#7] DRUCKER  raucht", 100),
        ("Drucker raucht", "Drucker raucht nicht", 82),
        ("Drucker", "Toner", 33),
        ("abcd", "bcde", 75),
        ("Drucker", "", 0),
        ("Re:", "AW:", 0),
        ("abc", "xyz", 0),
    ];
    for (one, other, percent) in table {
        assert_eq!(similarity_percent(one, other), percent, "{one} / {other}");
    }
}

proptest! {
    #[test]
    fn a_tagged_subject_is_found_again_and_keeps_its_base(subject in "\\PC{0,60}") {
        let tagged = with_tag(&subject, "AU-1");
        prop_assert_eq!(&candidates(&tagged)[0].number, "au-1");
        prop_assert_eq!(with_tag(&tagged, "AU-1"), tagged.clone());
        prop_assert_eq!(base_subject(&tagged), base_subject(&subject));
    }

    #[test]
    fn likeness_of_a_subject_with_itself_is_full(one in "[a-z ]{0,40}x", other in "\\PC{0,40}") {
        prop_assert_eq!(similarity_percent(&one, &one), 100);
        prop_assert!(similarity_percent(&one, &other) <= 100);
    }
}
