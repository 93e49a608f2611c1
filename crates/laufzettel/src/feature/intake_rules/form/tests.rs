use proptest::prelude::*;
use rules::filter::resolve;
use rules::text::fold_text;

use super::super::web::with_rows;
use super::*;

/// A small installation with names that need care.
struct Lists;

const NAMES: [(Field, &str, i64); 5] = [
    (Field::Mailbox, "Service", 3),
    (Field::Mailbox, "Nord, Süd", 4),
    (Field::Company, "Leer", 5),
    (Field::Company, "#7", 6),
    (Field::Priority, "Hoch, höher", 8),
];

impl Names for Lists {
    fn ids(&self, field: Field, name: &str) -> Vec<i64> {
        let is_it =
            |one: &&(Field, &str, i64)| one.0 == field && fold_text(one.1) == fold_text(name);
        NAMES.iter().filter(is_it).map(|one| one.2).collect()
    }

    fn name(&self, field: Field, id: i64) -> Option<String> {
        let is_it = |one: &&(Field, &str, i64)| one.0 == field && one.2 == id;
        NAMES.iter().find(is_it).map(|one| one.1.to_owned())
    }
}

/// What a text means, with ids in place of names.
fn meant(condition: &str) -> Tree {
    resolve(&tree(condition), &Lists).tree
}

fn actions(text: &str) -> Vec<Action> {
    parse_actions(text, &Lists).unwrap()
}

/// The rows of a rule, as they come back from the form.
fn sent(condition: &str, done: &str, language: Language) -> Option<Rows> {
    let rows = rows(&meant(condition), &actions(done), language, &Lists)?;
    let back = typed(&with_rows(Form::with_values([]), &rows));
    assert_eq!(back, rows, "{condition} {done}");
    Some(back)
}

fn printed(done: &[Action]) -> String {
    print_actions(done, Language::German, &NoNames)
}

#[test]
fn rows_and_text_say_the_same() {
    let table = [
        ("", "schlagwort:mahnung"),
        ("betreff:mahnung,\"letzte Zahlung\" -ist:bekannt", "priorität:?#3 ende:ja"),
        ("von:@firma.de oder größe:>5mb", "merkmal:privat mail:spam"),
        (
            "kopfzeile:\"X-Nr: 1\" \"ganze Worte\"",
            "auslesen:text,\"Nr: (\\d+), x\",nr betreff:\"Nr. {nr}, neu\"",
        ),
        ("-klasse:liste", "anfragender:ann@kunde.de,\"Ann Groß\" ticket:kopieren"),
        ("größe:>=5mb", "firma_anlegen:?\"Weber, Sohn\""),
        ("größe:<=20kb größe:>500", "schlagwort:\"a, b\" schlagwort:c"),
        ("größe:>5mb,>1gb", "priorität:\"Hoch, höher\""),
        ("hallo welt -tschüss", "ende:ja"),
        ("(hallo oder \"wort\") -(a oder b)", "mail:annehmen"),
        ("\"mahnung\" b/c", "mail:ablehnen"),
        ("betreff:\"ja\",leer anhang:ja,\"ja\",rechnung", "merkmal:dsgvo"),
        ("firma:leer postfach:Service,\"Nord, Süd\"", "schlagwort:x"),
        ("firma:\"Leer\" firma:#99 -firma:\"#7\"", "schlagwort:x"),
        ("betreff:\"<5\",\"#3\",\" mit Rand \",-5,a:b", "schlagwort:x"),
    ];
    for (condition, done) in table {
        for language in [Language::German, Language::English] {
            let rows = sent(condition, done, language);
            assert!(rows.is_some(), "no rows: {condition} / {done}");
            let rows = rows.unwrap();
            let (again, acts) = rows.texts(language);
            assert_eq!(meant(&again), meant(condition), "{condition} / {again}");
            assert_eq!(printed(&actions(&acts)), printed(&actions(done)), "{acts}");
        }
    }
}

#[test]
fn what_rows_cannot_say_exactly_has_none() {
    let table = [
        "betreff:a (von:b oder von:c)",
        "-(betreff:a von:b)",
        "a,b",
        "größe:5mb",
        "größe:>5mb,<1kb",
        "-größe:>5mb",
        "betreff:a oder (von:b von:c)",
    ];
    for condition in table {
        assert_eq!(sent(condition, "schlagwort:x", Language::German), None, "{condition}");
    }
}

#[test]
fn a_size_is_shown_with_its_own_comparison() {
    let row = |condition: &str| {
        let row = sent(condition, "schlagwort:x", Language::German).unwrap().conditions.remove(0);
        (row.comparison, row.value)
    };
    for (condition, comparison) in [
        ("größe:>5mb", "more"),
        ("größe:>=5mb", "least"),
        ("größe:<5mb", "less"),
        ("größe:<=5mb", "most"),
    ] {
        assert_eq!(row(condition), (comparison.to_owned(), "5mb".to_owned()), "{condition}");
    }
}

#[test]
fn empty_rows_are_left_out_and_quotes_do_no_harm() {
    let rows = Rows {
        all: true,
        conditions: vec![
            ConditionRow::default(),
            ConditionRow {
                field: "subject".into(),
                comparison: "is".into(),
                value: "a \"b, c\", ,d".into(),
            },
            ConditionRow {
                field: WORDS.into(),
                comparison: "not".into(),
                value: "eins, zwei drei, foo:bar".into(),
            },
        ],
        actions: vec![
            ActionRow::default(),
            ActionRow {
                action: "extract".into(),
                only_empty: false,
                values: ["text".into(), "\"(.*)\"".into(), "x".into()],
            },
        ],
        goes_on: true,
    };
    let (condition, actions) = rows.texts(Language::English);
    assert_eq!(condition, "subject:\"a b, c\",d -(eins or \"zwei drei\" or \"foo:bar\")");
    assert_eq!(actions, "extract:text,\"\\x22(.*)\\x22\",x");
}

/// Pieces of conditions in any order, whole and broken.
fn condition_text() -> impl Strategy<Value = String> {
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
        "\"mahnung\"",
        "\"zwei worte\"",
        "betreff:",
        "größe:",
        "größe:>=5mb",
        "größe:5mb",
        "<=20kb",
        "-größe:>1kb",
        "ist:bekannt",
        "ist:",
        "antwort",
        "klasse:liste",
        "firma:leer",
        "firma:\"Leer\"",
        "postfach:",
        "Service",
        "\"Nord, Süd\"",
        "#3",
        "anhang:ja",
        "anhang:\"ja\"",
        "a,b",
        "a/b",
        "http://x.de",
        "\" rand \"",
        "kopfzeile:\"X: 1\"",
        "von:@a.de",
    ]);
    prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat())
}

fn row_value() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a", "b c", ",", ", ", "\"", "-", "!", "<5", ">", "(", ")", ":", "#3", "5mb", "ja", "oder",
        " ",
    ]);
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn what_the_form_shows_is_what_the_text_says(condition in condition_text()) {
        for language in [Language::German, Language::English] {
            if let Some(rows) = sent(&condition, "schlagwort:x", language) {
                let again = rows.texts(language).0;
                prop_assert_eq!(&meant(&again), &meant(&condition), "{:?} as {:?}", &condition, again);
            }
        }
    }

    #[test]
    fn what_is_typed_in_a_row_stays_in_its_field(
        field in prop::sample::select(vec![WORDS, "subject", "header", "from", "to"]),
        comparison in prop::sample::select(vec!["is", "not"]),
        value in row_value(),
    ) {
        let row = ConditionRow { field: field.into(), comparison: comparison.into(), value };
        let rows = Rows { all: true, conditions: vec![row], actions: vec![], goes_on: true };
        let text = rows.texts(Language::German).0;
        let parsed = parse_in(&text, Dialect::Mails);
        prop_assert_eq!(&parsed.marks, &vec![], "{}", &text);
        let inner = match &parsed.tree {
            Tree::Not(inner) => inner.as_ref(),
            tree => tree,
        };
        let is_words = |tree: &Tree| matches!(tree, Tree::Word(_) | Tree::Phrase(_));
        let fits = match inner {
            Tree::All(trees) => trees.is_empty(),
            Tree::Any(trees) => field == WORDS && trees.iter().all(is_words),
            Tree::Field { field: of, .. } => of.name(Language::English) == field,
            tree => field == WORDS && is_words(tree),
        };
        prop_assert!(fits, "{:?}", inner);
    }
}
