use proptest::prelude::*;

use super::*;

fn columns(text: &str) -> (String, String) {
    analyse(text, guess_language(text)).fts5_columns(&[])
}

/// Whether a text is found by what a person types; quotes make a phrase, `-` an exclusion.
fn finds(typed: &str, text: &str, last: LastWord) -> bool {
    let terms: Vec<_> = typed
        .split_inclusive(' ')
        .map(str::trim)
        .map(|word| match word.strip_prefix('-') {
            Some(word) => SearchTerm::Without(Box::new(SearchTerm::Word(word.into()))),
            None => SearchTerm::Word(word.into()),
        })
        .collect();
    let terms = match typed.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(phrase) => vec![SearchTerm::Phrase(phrase.into())],
        None => terms,
    };
    analyse(text, guess_language(text)).matches(&match_query(&terms, last))
}

#[test]
fn words_stems_and_wholes_stand_in_their_columns() {
    let table = [
        ("Guten Tag, Frau Müller!", "gut tag frau mull", "guten tag frau muller"),
        (
            "anna.schmidt@firma.example",
            "anna schmidt firma exampl anna.schmidt@firma.example",
            "anna schmidt firma example",
        ),
        ("Version 2.14.3", "version 2 14 3 2.14.3", "version 2 14 3"),
        (
            "AU-77310 und 4711-0815",
            "au 77310 au-77310 au77310 und 4711 0815 4711-0815 47110815",
            "au 77310 und 4711 0815",
        ),
        ("E-Mail", "e mail e-mail email", "e mail"),
        ("+49 30 / 12345", "49 30 12345", "49 30 12345"),
        ("§a12 §ext", "a12 ext", "a12 ext"),
        ("", "", ""),
        ("!!! ... --- ?", "", ""),
    ];
    for (text, stem, word) in table {
        assert_eq!(columns(text), (stem.to_owned(), word.to_owned()), "{text}");
    }
}

#[test]
fn an_english_text_has_both_stems_at_one_position() {
    let tokens = analyse("The issues with queues", guess_language("The issues with queues"));
    assert_eq!(
        tokens.tsvector_literal(&[]),
        "'=the':1 '=issus':2 '=issu':2 '=with':3 '=queu':4 '=queue':4 \
         '~the':1 '~issus':2 '~with':3 '~queues':4"
    );
}

#[test]
fn scope_entries_are_added_without_a_position_and_cannot_be_forged_or_break_the_quotes() {
    let tokens = analyse("§ext a'b", TextLanguage::German);
    assert_eq!(tokens.fts5_columns(&["§a12", "§int"]).0, "ext a b §a12 §int");
    assert_eq!(
        tokens.tsvector_literal(&["§a12", "it's\\"]),
        "'=ext':1 '=a':2 '=b':3 '~ext':1 '~a':2 '~b':3 '§a12' 'it''s\\\\'"
    );
    assert_eq!(analyse("", TextLanguage::German).fts5_columns(&["§a12"]).0, "§a12");
}

#[test]
fn what_a_person_types_finds_what_was_written() {
    let whole = [
        ("Rechnung", "Ihre Rechnungen", true),
        ("Rechnungen", "Ihre Rechnung", true),
        ("Mueller", "Frau Müller", true),
        ("Müller", "Frau Mueller", true),
        ("muller", "Frau MÜLLER", true),
        ("Stoerung", "Störungen im Netz", true),
        ("Koenigstrasse", "Königstraße 7", true),
        ("Uebung", "Übungen", true),
        ("ueber", "über", true),
        ("kuendigen", "meine Kündigung kündige ich", true),
        ("Haus", "Häuser", true),
        ("Passwort", "Passwörter", true),
        ("Mietvertrag", "Mietverträge", true),
        ("Betreuer", "den Betreuern", true),
        ("issue", "There are issues with the printer", true),
        ("value", "The values are wrong and continued", true),
        ("anna.schmidt@firma.example", "von anna.schmidt@firma.example an", true),
        ("schmidt", "von anna.schmidt@firma.example an", true),
        ("firma", "von anna.schmidt@firma.example an", true),
        ("firma.example", "von anna.schmidt@firma.example an", true),
        ("schmidt@firma", "von anna.schmidt@firma.example an", true),
        ("2.14.3", "Version 2.14.3", true),
        ("2.14.3", "Version 2.14 und 3", false),
        ("2.15.3", "Version 2.14.3", false),
        ("AU-77310", "Auftrag AU-77310", true),
        ("77310", "Auftrag AU-77310", true),
        ("Email", "Meine E-Mail-Adresse und E-Mail", true),
        ("E-Mail", "Meine Emails", true),
        ("Drucker Toner", "Toner im Drucker", true),
        ("Drucker Toner", "Drucker", false),
        ("Drucker -Toner", "Drucker", true),
        ("Drucker -Toner", "Toner im Drucker", false),
        ("-Toner", "Drucker", true),
        ("\"im Drucker\"", "Toner im Drucker ist leer", true),
        ("\"Drucker im\"", "Toner im Drucker ist leer", false),
        ("\"Druckern\"", "Toner im Drucker", false),
        ("\"Rechnung 4711-0815 bitte\"", "die Rechnung 4711-0815 bitte", true),
        ("Drucker !!!", "Drucker", true),
        ("Druc", "Drucker", false),
        ("東京", "新東京都", true),
        ("京東", "東京都", false),
    ];
    for (typed, text, expected) in whole {
        assert_eq!(finds(typed, text, LastWord::Whole), expected, "{typed} in {text}");
    }
    let beginning = [
        ("Druck", "Drucker", true),
        ("Toner Druck", "Drucker und Toner", true),
        ("Druc Toner", "Drucker und Toner", false),
        ("Muel", "Müller", true),
        ("4711-08", "4711-0815", true),
        ("anna.sch", "anna.schmidt@firma.example", true),
        ("D", "Drucker", false),
        ("uck", "Drucker", false),
    ];
    for (typed, text, expected) in beginning {
        assert_eq!(finds(typed, text, LastWord::Beginning), expected, "{typed} in {text}");
    }
}

#[test]
fn a_query_is_printed_for_both_databases() {
    let terms = [
        SearchTerm::Word("Müllers".into()),
        SearchTerm::Phrase("im \"Haus".into()),
        SearchTerm::Without(Box::new(SearchTerm::Word("Test".into()))),
        SearchTerm::Word("4711-08".into()),
    ];
    let query = match_query(&terms, LastWord::Beginning);
    assert_eq!(
        query.fts5(&[&["§a1", "§a2"], &["§ext"]]).as_deref(),
        Some(
            "(stem : (\"§a1\" OR \"§a2\") AND stem : (\"§ext\") \
             AND (stem : \"mull\" OR stem : \"muller\") AND (word : \"im haus\") \
             AND (stem : \"4711-08\" OR stem : \"471108\" OR word : \"4711 08\" *)) \
             NOT ((stem : \"test\"))"
        )
    );
    assert_eq!(
        query.tsquery(&[&["§a1", "§a2"]]).as_deref(),
        Some(
            "('§a1' | '§a2') & ('=mull' | '=muller') & (('~im' <-> '~haus')) \
             & ('=4711-08' | '=471108' | ('~4711' <-> '~08':*)) & !('=test')"
        )
    );
}

#[test]
fn a_query_without_anything_to_find_is_none() {
    let query = match_query(&[SearchTerm::Word("?!".into())], LastWord::Beginning);
    assert!(query.is_empty());
    assert_eq!(query.fts5(&[]), None);
    assert_eq!(query.tsquery(&[]), None);
    assert_eq!(query.fts5(&[&["§ext"]]).as_deref(), Some("stem : (\"§ext\")"));
    let without = [SearchTerm::Without(Box::new(SearchTerm::Word("Test".into())))];
    let query = match_query(&without, LastWord::Whole);
    assert_eq!(query.fts5(&[]), None);
    assert_eq!(query.tsquery(&[]).as_deref(), Some("!('=test')"));
}

#[test]
fn long_texts_long_words_and_long_queries_are_cut() {
    let tokens = analyse(&"wort ".repeat(30_000), TextLanguage::German);
    assert_eq!(tokens.len(), WORDS_MAX);
    let tokens = analyse(&"ж".repeat(200), TextLanguage::German);
    assert_eq!(tokens.fts5_columns(&[]).1.chars().count(), WORD_LETTERS_MAX);
    let wide: String = (0..20_000).map(|n| format!("{}{n} ", "x".repeat(50))).collect();
    let (stem, word) = analyse(&wide, TextLanguage::German).fts5_columns(&[]);
    assert!(stem.len() + word.len() <= BYTES_MAX + 600);
    let path = "a/".repeat(5_000);
    assert!(analyse(&path, TextLanguage::German).stems().all(|stem| stem.len() <= 64));
    let terms: Vec<_> = (0..500).map(|n| SearchTerm::Word(format!("w{n}"))).collect();
    let text = match_query(&terms, LastWord::Whole).tsquery(&[]).unwrap_or_default();
    assert_eq!(text.matches('&').count(), QUERY_TERMS_MAX - 1);
}

fn is_allowed(c: char) -> bool {
    ".-_@+/#".contains(c) || (c.is_alphanumeric() && !c.is_ascii_uppercase()) || !c.is_ascii()
}

proptest! {
    #[test]
    fn entries_hold_only_what_both_tokenizers_keep(text in "\\PC{0,80}") {
        for language in [TextLanguage::German, TextLanguage::English] {
            let tokens = analyse(&text, language);
            for entry in tokens.stems().chain(tokens.words()) {
                prop_assert!(entry.chars().all(is_allowed), "{entry:?}");
                prop_assert!(!entry.starts_with('§') && entry.chars().all(|c| !c.is_whitespace()));
            }
            prop_assert_eq!(tokens.words().count(), tokens.len());
        }
    }

    #[test]
    fn every_word_of_a_text_finds_the_text(text in "[a-zäöüßA-ZÄÖÜ0-9 .@/-]{0,60}") {
        let tokens = analyse(&text, guess_language(&text));
        for word in text.split_whitespace() {
            let query = match_query(&[SearchTerm::Word(word.into())], LastWord::Whole);
            prop_assert!(tokens.matches(&query), "{word:?} in {text:?}");
        }
        let query = match_query(&[SearchTerm::Phrase(text.clone())], LastWord::Whole);
        prop_assert!(tokens.matches(&query));
    }

    #[test]
    fn every_beginning_of_a_word_finds_it(word in "[a-zäöüß]{2,12}", letters in 2_usize..12) {
        let beginning: String = word.chars().take(letters).collect();
        // `äe` is one letter to the search, and no word is sought by one letter.
        prop_assume!(fold_text(&beginning).len() > 1);
        let query = match_query(&[SearchTerm::Word(beginning)], LastWord::Beginning);
        prop_assert!(analyse(&word, TextLanguage::German).matches(&query));
    }

    #[test]
    fn queries_of_any_text_hold_no_syntax_of_the_person(text in "\\PC{0,60}") {
        let terms = [SearchTerm::Word(text.clone()), SearchTerm::Phrase(text)];
        let query = match_query(&terms, LastWord::Beginning);
        if let Some(fts5) = query.fts5(&[]) {
            let outside: String = fts5.split('"').step_by(2).collect();
            let outside = outside.replace("stem :", "").replace("word :", "");
            let outside = outside.replace("AND", "").replace("OR", "");
            prop_assert!(outside.chars().all(|c| " ()*".contains(c)), "{fts5}");
        }
    }
}
