//! The search of the design's screen.

use values::Language;

use super::*;
use crate::record::frame::samples::{at, say, status_of};

/// Words between stars are marked.
fn marked(text: &str) -> Vec<Piece> {
    let piece = |(position, part): (usize, &str)| match position % 2 {
        0 => Piece::Plain(part.to_owned()),
        _ => Piece::Hit(part.to_owned()),
    };
    text.split('*').enumerate().map(piece).collect()
}

fn tickets(language: Language) -> Vec<TicketHit> {
    let hit = |number: &str, glyph: &str, subject: &str, snippet: &str, time: &str| TicketHit {
        number: number.to_owned(),
        status: status_of(language, glyph),
        subject: marked(subject),
        snippet: marked(snippet),
        time: at(time),
        about: vec![
            "Stadtwerke Lindenau".to_owned(),
            "Retouren".to_owned(),
            "Aylin Demir".to_owned(),
        ],
    };
    vec![
        hit(
            "48213",
            "offen",
            "Sechs Schreibtische mit *Transportschaden*",
            "… leider sind an sechs *Platten* die Kanten ausgebrochen …",
            &say(language, "heute", "today"),
        ),
        hit(
            "47866",
            "geloest",
            "*Transportschaden* Sideboard, *Platte* gerissen",
            "… Regal steht, aber die obere *Platte* ist gerissen. *Transportschäden* meldet bitte …",
            "12.11.",
        ),
    ]
}

fn messages() -> Vec<MessageHit> {
    let hit = |place, snippet: &str, time: &str| MessageHit {
        number: "48213".to_owned(),
        subject: marked("Sechs Schreibtische mit Transportschaden"),
        href: "/tickets/48213#message-900".to_owned(),
        place,
        snippet: marked(snippet),
        time: at(time),
    };
    let katrin = || "Katrin Brandt".to_owned();
    vec![
        hit(
            Place::Note { author: "Tobias Krüger".to_owned() },
            "@Jonas sechs *Platten* Eiche 160 × 80 liegen in Halle 2.",
            "09:31",
        ),
        hit(
            Place::Mail { author: katrin(), to: "Retouren".to_owned(), attachments: 3 },
            "… wir brauchen die *Platten* also spätestens Mittwochabend …",
            "09:12",
        ),
        hit(
            Place::File { name: "Vermerk_Spedition.pdf".to_owned(), size: "184 KB".to_owned() },
            "… 6 *Platten* mit *Transportschaden* …",
            "09:12",
        ),
        hit(
            Place::Reply { author: "Jonas Petersen".to_owned(), to: katrin() },
            "… die neue *Platte* …",
            "13.11.",
        ),
    ]
}

/// The search of the design's screen.
pub fn search(language: Language) -> SearchPage {
    let tab = |kind, count: &str, state| Tab {
        kind,
        count: count.to_owned(),
        href: "/search".to_owned(),
        state,
    };
    SearchPage {
        query: "transportschaden platte".to_owned(),
        tabs: vec![
            tab(TabKind::All, "37", Current::Yes),
            tab(TabKind::Tickets, "9", Current::No),
            tab(TabKind::Messages, "28", Current::No),
        ],
        total: "37".to_owned(),
        also: vec!["Transportschäden".to_owned(), "Platten".to_owned()],
        exact: Some("/search?q=%22transportschaden%22".to_owned()),
        wider: Vec::new(),
        unknown: vec!["bearbeitr".to_owned()],
        hits: Hits {
            tickets: tickets(language),
            ticket_total: "9".to_owned(),
            messages: messages(),
            message_total: "28".to_owned(),
            go_on: Some(GoOn {
                href: "/search?after=x".to_owned(),
                until: Some("03.08.2026".to_owned()),
            }),
        },
    }
}

/// Every way to find more.
fn wider() -> Vec<Wider> {
    let wider = |(kind, href): (WiderKind, &str)| Wider { kind, href: href.to_owned() };
    let kinds = [
        (WiderKind::AllKinds, "/search?q=a"),
        (WiderKind::AnyForm, "/search?q=b"),
        (WiderKind::ClosedToo, "/search?q=c"),
        (WiderKind::WithoutFilter, "/search?q=d"),
    ];
    kinds.map(wider).to_vec()
}

/// The palette's results for `zuw`.
pub fn groups(language: Language) -> Vec<Group> {
    let mut ticket = places(language).remove(0);
    ticket.glyph = Glyph::Status(status_of(language, "offen"));
    ticket.name = marked("47902 Parkplatz *zuw*eisen für Dienstwagen");
    ticket.note = Some("Haustechnik".to_owned());
    ticket.keys.clear();
    vec![
        Group { kind: GroupKind::Commands, commands: commands(language, "48213") },
        Group { kind: GroupKind::Places, commands: places(language) },
        Group { kind: GroupKind::Tickets, commands: vec![ticket] },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame;
    use crate::record::frame::samples::{LANGUAGES, check};

    #[test]
    fn the_search_and_the_palette_are_printed_in_both_languages() {
        for language in LANGUAGES {
            let frame = frame::samples::frame(language, frame::Place::Search);
            let mut search = search(language);
            check(language, &page(&frame, &search));
            search.total = "0".to_owned();
            search.hits = Hits::default();
            search.wider = wider();
            check(language, &page(&frame, &search));
            search.total.clear();
            check(language, &page(&frame, &search));
            let below = below(language);
            check(language, &results(language, Some(&below), "zuw", &groups(language)));
        }
    }

    fn below(language: Language) -> TicketBelow {
        TicketBelow {
            number: "48221".to_owned(),
            status: status_of(language, "neu"),
            subject: "Rechnung <doppelt> erhalten".to_owned(),
        }
    }

    /// The page without its frame, where dialogs name keys, too.
    fn main_of(search: &SearchPage) -> String {
        let frame = frame::samples::frame(Language::German, frame::Place::Search);
        let html = page(&frame, search).0;
        let main = html.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
        main.to_owned()
    }

    #[test]
    fn a_search_without_hits_offers_what_to_do_next() {
        let found = main_of(&search(Language::German));
        assert!(found.contains("<kbd>J</kbd>") && !found.contains("class=\"empty\""), "{found}");
        let mut search = search(Language::German);
        search.total = "0".to_owned();
        search.tabs.clear();
        search.unknown.clear();
        search.hits = Hits::default();
        search.wider = wider();
        let html = main_of(&search);
        assert!(html.contains("<h2>Keine Treffer für „transportschaden platte“</h2>"), "{html}");
        assert!(html.contains("<a class=\"btn\" href=\"/search?q=c\">Auch gelöste</a>"), "{html}");
        for idle in ["<kbd>J</kbd>", "<kbd>Enter</kbd>", "bar-sub"] {
            assert!(!html.contains(idle), "{idle} in {html}");
        }
    }

    #[test]
    fn a_tab_without_hits_has_no_figure() {
        let mut search = search(Language::German);
        search.tabs[1].count.clear();
        assert_eq!(main_of(&search).matches("class=\"count\"").count(), 2);
    }

    #[test]
    fn other_forms_are_listed_as_a_sentence_has_them() {
        let listed = |words: &[&str]| {
            let words: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
            listed(Language::German, &words)
        };
        assert_eq!(listed(&["Tische"]), "„Tische“");
        assert_eq!(listed(&["Tischen", "Tische"]), "„Tischen“ und „Tische“");
        assert_eq!(listed(&["a", "b", "c"]), "„a“, „b“ und „c“");
    }

    #[test]
    fn the_palette_names_the_ticket_below_once() {
        let html = results(Language::German, Some(&below(Language::German)), "", &[]).0;
        assert!(html.contains("<p class=\"ctx\">Für <span"), "{html}");
        assert!(html.contains("data-st=\"neu\""), "{html}");
        assert!(html.contains("48221 <span class=\"trunc\">Rechnung &lt;doppelt&gt;"), "{html}");
        assert!(html.contains("hx-swap-oob=\"delete:#palette &gt; .ctx ~ .ctx\""), "{html}");
    }

    #[test]
    fn a_status_in_the_palette_keeps_its_colour() {
        let html = results(Language::German, None, "zuw", &groups(Language::German)).0;
        assert!(html.contains("<span class=\"row\"><i class=\"st\" data-st=\"offen\""), "{html}");
    }

    #[test]
    fn found_words_are_marked_and_the_rest_is_escaped() {
        let html = hit::pieces(&marked("a <b> *Platte*")).0;
        assert_eq!(html, "a &lt;b&gt; <mark>Platte</mark>");
    }

    #[test]
    fn notes_stand_on_note_paper() {
        let html = hits(Language::German, &search(Language::German).hits).0;
        assert_eq!(html.matches("data-kind=\"note\"").count(), 1, "{html}");
    }

    #[test]
    fn the_palette_leads_to_the_whole_search() {
        let html = results(Language::German, None, "ä &b", &[]).0;
        assert!(html.contains("data-href=\"/search?q=%C3%A4%20%26b\""), "{html}");
        assert!(html.contains("Überall nach „ä &amp;b“ suchen"), "{html}");
        assert!(results(Language::German, None, "", &[]).0.is_empty());
    }

    #[test]
    fn every_option_has_an_id_of_its_own() {
        let html = results(Language::German, None, "zuw", &groups(Language::German)).0;
        let mut ids: Vec<&str> =
            html.split(" id=\"option-").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        let before = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!((before, ids.len()), (23, 23));
    }
}
