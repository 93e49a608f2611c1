use jiff::tz::TimeZone;
use proptest::prelude::*;
use values::{Language, Timestamp};

use super::*;
use crate::status::StatusKind;
use crate::text::{TextLanguage, Tokens, analyse, fold_text};

/// 2026-11-21T10:00:00Z, a Saturday, 11:00 in Berlin.
const NOW: Timestamp = Timestamp::from_seconds(1_795_255_200);
const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// A small installation.
struct Lists;

const NAMES: [(Field, &str, i64); 9] = [
    (Field::Status, "Neu", 1),
    (Field::Status, "Offen", 2),
    (Field::Area, "Technik", 10),
    (Field::Area, "Technik Nord", 11),
    (Field::Assignee, "Ben Ott", 20),
    (Field::Priority, "Hoch", 30),
    (Field::Tag, "Ich", 40),
    (Field::Contact, "Müller", 50),
    (Field::Contact, "Müller", 51),
];

impl Names for Lists {
    fn ids(&self, field: Field, name: &str) -> Vec<i64> {
        let is_it =
            |entry: &&(Field, &str, i64)| entry.0 == field && fold_text(entry.1) == fold_text(name);
        NAMES.iter().filter(is_it).map(|entry| entry.2).collect()
    }

    fn name(&self, field: Field, id: i64) -> Option<String> {
        // Contacts are not unique by name, so their ids are printed.
        let is_it = |entry: &&(Field, &str, i64)| {
            entry.0 == field && entry.2 == id && field != Field::Contact
        };
        NAMES.iter().find(is_it).map(|entry| entry.1.to_owned())
    }
}

/// The tree with ids, and all marks as `from..to code`.
fn understood(text: &str) -> (Tree, Vec<String>) {
    let parsed = parse(text);
    let resolved = resolve(&parsed.tree, &Lists);
    let marks = parsed.marks.iter().chain(&resolved.marks);
    let marks = marks.map(|mark| format!("{:?} {}", mark.at, mark.reason.code())).collect();
    (resolved.tree, marks)
}

fn printed(text: &str) -> (String, String) {
    let (tree, _) = understood(text);
    (print(&tree, Language::German, &Lists), print(&tree, Language::English, &Lists))
}

#[test]
fn a_filter_is_printed_in_the_language_of_the_reader() {
    let table = [
        ("", "", ""),
        ("drucker toner", "drucker toner", "drucker toner"),
        ("status:neu,offen", "status:Neu,Offen", "status:Neu,Offen"),
        ("is:open ist:ungelesen", "ist:offen ist:ungelesen", "is:open is:unread"),
        ("IS:ueberfaellig", "ist:überfällig", "is:overdue"),
        ("art:zu_klaeren", "art:zu_klären", "kind:to_clarify"),
        ("assignee:me,none", "zuständig:ich,leer", "assignee:me,none"),
        ("bearbeiter:\"ben ott\"", "zuständig:\"Ben Ott\"", "assignee:\"Ben Ott\""),
        ("schlagwort:ich", "schlagwort:\"Ich\"", "tag:\"Ich\""),
        ("bereich:!technik", "-bereich:Technik", "-area:Technik"),
        ("status:neu,!offen", "status:Neu -status:Offen", "status:Neu -status:Offen"),
        ("frist:<2d due:>=heute", "frist:<2d frist:>=heute", "due:<2d due:>=today"),
        ("erstellt:21.11.2026,-3W", "erstellt:2026-11-21,-3w", "created:2026-11-21,-3w"),
        ("wiedervorlage:leer", "wiedervorlage:leer", "resubmission:none"),
        (
            "anhang:ja,nein,rechnung.pdf",
            "anhang:ja,nein,rechnung.pdf",
            "attachment:yes,no,rechnung.pdf",
        ),
        ("anhang:\"ja\"", "anhang:\"ja\"", "attachment:\"ja\""),
        ("a oder b c", "a oder b c", "a or b c"),
        ("(a OR b) c", "(a oder b) c", "(a or b) c"),
        ("-(a b)", "-(a b)", "-(a b)"),
        ("((a (b)))", "a b", "a b"),
        ("--a", "a", "a"),
        ("oder", "\"oder\"", "\"oder\""),
        ("text:\"im haus\" text:x,y", "\"im haus\" (x oder y)", "\"im haus\" (x or y)"),
        ("kontakt:mueller", "kontakt:#50,#51", "contact:#50,#51"),
        ("bereich:#99 id:7", "bereich:#99 id:7", "area:#99 id:7"),
        ("nummer:AU-1 von:@firma.de", "nummer:AU-1 von:@firma.de", "number:AU-1 from:@firma.de"),
        ("12:30 http://x.de/a a - b", "12:30 http://x.de/a a b", "12:30 http://x.de/a a b"),
        ("!!! () -() \"\"", "", ""),
    ];
    for (text, german, english) in table {
        assert_eq!(printed(text), (german.to_owned(), english.to_owned()), "{text}");
    }
}

#[test]
fn what_is_not_understood_is_looked_for_and_marked_at_its_place() {
    let table: [(&str, &str, &[&str]); 17] = [
        ("farbe:rot", "farbe:rot", &["0..5 unknown_field"]),
        ("x bereich:Vertrieb", "x Vertrieb", &["10..18 unknown_value"]),
        ("bereich:technik,foo", "bereich:Technik oder foo", &["16..19 unknown_value"]),
        ("bereich:\"zwei worte\"", "\"zwei worte\"", &["8..20 unknown_value"]),
        ("ist:blau", "blau", &["4..8 unknown_value"]),
        ("frist:<bald", "bald", &["7..11 not_a_time"]),
        ("frist:2026-02-30", "2026-02-30", &["6..16 not_a_time"]),
        ("bereich:<technik", "technik", &["9..16 comparison_not_here"]),
        ("frist:21.11.26", "21.11.26", &["6..14 not_a_time"]),
        ("frist:9999-12-31", "9999-12-31", &["6..16 not_a_time"]),
        ("ist:::", "", &["4..6 unknown_value"]),
        ("status:", "", &["0..7 missing_value"]),
        ("\"offen", "\"offen\"", &["0..6 unbalanced"]),
        ("(a", "a", &["0..1 unbalanced"]),
        ("a) b", "a b", &["1..2 unbalanced"]),
        ("zuständig:foo:bar", "\"foo:bar\"", &["11..18 unknown_value"]),
        ("id:abc", "abc", &["3..6 unknown_value"]),
    ];
    for (text, german, marks) in table {
        assert_eq!(printed(text).0, german, "{text}");
        assert_eq!(understood(text).1, marks, "{text}");
    }
}

#[test]
fn depth_length_and_number_of_terms_are_bounded() {
    let deep = format!("{}a{} b", "(".repeat(2000), ")".repeat(2000));
    let parsed = parse(&deep);
    assert_eq!(parsed.marks[0].reason, Reason::TooDeep);
    assert_eq!(parsed.marks[0].at, 16..17);
    let minus = "-".repeat(4000) + "a";
    assert_eq!(printed(&minus).0, "a");
    let many = "ab ".repeat(400);
    let parsed = parse(&many);
    assert_eq!(parsed.tree.names().len(), 0);
    assert!(matches!(&parsed.tree, Tree::All(words) if words.len() == TERMS_MAX));
    assert_eq!(parsed.marks[0].at, 600..602);
    let values = format!("status:{}", "a,".repeat(1000));
    assert_eq!(parse(&values).tree.names().len(), TERMS_MAX);
    let long = "ä".repeat(5000);
    let marks = parse(&long).marks;
    assert_eq!(marks, [Mark { at: 4096..10_000, reason: Reason::TooLong }]);
}

fn bound(text: &str) -> Node {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    bind(&understood(text).0, &Context { now: NOW, zone: &zone, me: Some(20) })
}

fn within(from: Option<i64>, to: Option<i64>) -> When {
    let moment = |offset| NOW.plus_millis(offset);
    When::Within(from.map(moment), to.map(moment))
}

#[test]
fn spans_are_deadlines_ahead_and_ages_behind() {
    let table = [
        ("<2d", within(None, Some(2 * DAY)), within(Some(1 - 2 * DAY), None)),
        ("<=2d", within(None, Some(2 * DAY + 1)), within(Some(-2 * DAY), None)),
        (">2d", within(Some(2 * DAY + 1), None), within(None, Some(-2 * DAY))),
        (">=2d", within(Some(2 * DAY), None), within(None, Some(1 - 2 * DAY))),
        ("2d", within(Some(0), Some(2 * DAY)), within(Some(-2 * DAY), None)),
        ("3h", within(Some(0), Some(3 * HOUR)), within(Some(-3 * HOUR), None)),
        ("<1w", within(None, Some(7 * DAY)), within(Some(1 - 7 * DAY), None)),
        ("<-1d", within(None, Some(-DAY)), within(None, Some(-DAY))),
        (">-1d", within(Some(1 - DAY), None), within(Some(1 - DAY), None)),
        ("-1d", within(Some(-DAY), Some(0)), within(Some(-DAY), Some(0))),
        // A calendar month: to 21 December and back to 21 October, when clocks ran an hour ahead.
        ("<1m", within(None, Some(30 * DAY)), within(Some(1 - 31 * DAY - HOUR), None)),
    ];
    for (span, ahead, behind) in table {
        let (due, created) = (bound(&format!("frist:{span}")), bound(&format!("erstellt:{span}")));
        assert_eq!(due, Node::Is(Condition::Due(vec![ahead])), "frist:{span}");
        assert_eq!(created, Node::Is(Condition::Created(vec![behind])), "erstellt:{span}");
    }
}

#[test]
fn days_begin_at_midnight_of_the_zone() {
    // Midnight in Berlin is 11 hours before now.
    let (start, end) = (-11 * HOUR, 13 * HOUR);
    let table = [
        ("heute", within(Some(start), Some(end))),
        ("2026-11-21", within(Some(start), Some(end))),
        ("<21.11.2026", within(None, Some(start))),
        ("<=heute", within(None, Some(end))),
        (">heute", within(Some(end), None)),
        (">=heute", within(Some(start), None)),
        ("gestern", within(Some(start - DAY), Some(start))),
        ("tomorrow", within(Some(end), Some(end + DAY))),
        ("leer", When::Never),
        // The day on which clocks go back has 25 hours.
        ("2026-10-25", within(Some(-27 * DAY - 12 * HOUR), Some(-26 * DAY - 11 * HOUR))),
    ];
    for (day, expected) in table {
        let node = bound(&format!("frist:{day}"));
        assert_eq!(node, Node::Is(Condition::Due(vec![expected])), "{day}");
    }
}

#[test]
fn the_reader_and_the_states_are_put_in() {
    assert_eq!(bound("zuständig:ich,leer"), Node::Is(Condition::Assignee(vec![Some(20), None])));
    assert_eq!(bound("ist:alle"), Node::All(vec![]));
    assert_eq!(
        bound("ist:überfällig -von:Ann@Müller.de von:@Müller.de von:Möller"),
        Node::All(vec![
            Node::All(vec![
                Node::Is(Condition::Stage(vec![
                    crate::status::Stage::Open,
                    crate::status::Stage::Waiting
                ])),
                Node::Is(Condition::Due(vec![When::Within(None, Some(NOW))])),
            ]),
            Node::Not(Box::new(Node::Is(Condition::From(vec![Sender::Address(
                "ann@xn--mller-kva.de".into()
            )])))),
            Node::Is(Condition::From(vec![Sender::Domain("xn--mller-kva.de".into())])),
            Node::Is(Condition::From(vec![Sender::Part("moller".into())])),
        ])
    );
    let zone = TimeZone::UTC;
    let nobody = Context { now: NOW, zone: &zone, me: None };
    let tree = understood("zuständig:ich").0;
    assert_eq!(bind(&tree, &nobody), Node::Is(Condition::Assignee(vec![])));
}

fn documents() -> Vec<Tokens> {
    ["AU-77310 Drucker raucht", "Ihre Rechnungen, Herr Ott", "Der Toner ist leer"]
        .map(|text| analyse(text, TextLanguage::German))
        .to_vec()
}

fn ticket(documents: &[Tokens]) -> TicketFacts<'_> {
    TicketFacts {
        id: 7,
        number: "AU-77310",
        subject: "Drucker raucht",
        status: 1,
        kind: StatusKind::Unread,
        unseen: true,
        marks: &[],
        area: 10,
        assignee: Some(20),
        queue: None,
        category: Some(60),
        request_type: None,
        priority: Some(30),
        tags: &[40],
        contact: Some(51),
        company: None,
        requester_name: "Jörg Müller",
        requester_address: "joerg@mueller.example",
        due: Some(NOW.plus_millis(HOUR)),
        resubmission: None,
        created: NOW.plus_millis(-3 * DAY),
        updated: NOW,
        customer_wrote: Some(NOW.plus_millis(-HOUR)),
        agent_wrote: None,
        attachments: &["Rechnung März.pdf"],
        documents,
    }
}

#[test]
fn a_ticket_passes_a_filter() {
    let table = [
        ("", true),
        ("ist:offen ist:ungelesen", true),
        ("ist:geschlossen,papierkorb", false),
        ("ist:überfällig", false),
        ("ist:alle", true),
        ("status:neu", true),
        ("status:!neu", false),
        ("art:neu", false),
        ("art:unread", true),
        ("bereich:technik zuständig:ich", true),
        ("bereich:\"technik nord\"", false),
        ("zuständig:leer", false),
        ("warteschlange:leer firma:leer anfrageart:leer", true),
        ("kategorie:leer", false),
        ("kategorie:#60 priorität:hoch", true),
        ("schlagwort:\"ich\"", true),
        ("schlagwort:leer", false),
        ("kontakt:müller", true),
        ("von:joerg@mueller.example", true),
        ("von:joerg@mueller.de", false),
        ("von:@mueller.example", true),
        ("von:Jorg von:Mueller", true),
        ("von:schmidt", false),
        ("nummer:au-77310", true),
        ("nummer:77310", false),
        ("betreff:rauch", true),
        ("betreff:toner", false),
        ("frist:<2d", true),
        ("frist:<1h", false),
        ("frist:heute", true),
        ("frist:leer", false),
        ("wiedervorlage:leer", true),
        ("erstellt:<2d", false),
        ("erstellt:>2d", true),
        ("kunde:<2h team:leer", true),
        ("anhang:ja", true),
        ("anhang:nein", false),
        ("anhang:maerz", true),
        ("id:7", true),
        ("id:8,7", true),
        ("rechnung ott", true),
        ("rechnung toner", false),
        ("rechnung (toner oder drucker)", true),
        ("rechnung -toner", false),
        ("drucker -papier", true),
        ("\"toner ist\"", true),
        ("\"ist toner\"", false),
        ("text:rechnung,papier", true),
        ("77310", true),
        ("(status:offen oder papier) drucker", false),
        ("farbe:drucker", false),
    ];
    let documents = documents();
    for (text, expected) in table {
        assert_eq!(matches(&bound(text), &ticket(&documents)), expected, "{text}");
    }
}

#[test]
fn names_to_look_up_are_listed() {
    let tree = parse("bereich:technik -(kontakt:\"A B\",leer oder status:!neu) id:7 x").tree;
    assert_eq!(
        tree.names(),
        [(Field::Area, "technik"), (Field::Contact, "A B"), (Field::Status, "neu")]
    );
}

/// Pieces of filters in any order, whole and broken.
fn filter_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "(",
        ")",
        "-",
        " ",
        " ",
        " ",
        "\"",
        ",",
        ":",
        "<",
        "!",
        "#",
        "oder",
        " or ",
        "drucker",
        "status:neu",
        "bereich:",
        "technik",
        "frist:<2d",
        "erstellt:",
        "-3w",
        "heute",
        "leer",
        "zuständig:ich",
        "ist:",
        "offen",
        "foo:bar",
        "x:y:z",
        "id:7",
        "anhang:ja",
        "text:",
        "ä",
        "von:a@b.de",
        "betreff:\"a b\"",
        "9999-12-31",
        "99999m",
        "\u{0}",
    ]);
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_is_printed_is_read_as_the_same_filter(text in filter_text()) {
        let tree = understood(&text).0;
        for language in [Language::German, Language::English] {
            let printed = print(&tree, language, &Lists);
            prop_assert_eq!(&understood(&printed).0, &tree, "{:?} printed {:?}", &text, printed);
        }
    }

    #[test]
    fn no_text_is_an_error(text in "\\PC{0,200}", pieces in filter_text()) {
        let documents = documents();
        for text in [text, pieces] {
            for mark in parse(&text).marks {
                prop_assert!(text.get(mark.at.clone()).is_some(), "{mark:?} in {text:?}");
            }
            matches(&bound(&text), &ticket(&documents));
        }
    }
}
