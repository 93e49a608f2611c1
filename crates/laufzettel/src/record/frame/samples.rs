//! Samples for the tests of all pages: the company of the design's screens.

#![allow(clippy::unwrap_used)]

use maud::Markup;
use values::Language;

use super::*;

/// One of two sentences, by language.
pub fn say(language: Language, german: &str, english: &str) -> String {
    match language {
        Language::German => german.to_owned(),
        Language::English => english.to_owned(),
    }
}

/// A person with this hue; the initials are taken from the name.
pub fn person(name: &str, hue: u16) -> Person {
    let initials = name.split(' ').filter_map(|word| word.chars().next()).take(2).collect();
    Person { name: name.to_owned(), initials, hue }
}

/// A moment on 24 November 2026.
pub fn at(short: &str) -> Moment {
    Moment {
        short: short.to_owned(),
        full: format!("24.11.2026 {short}"),
        machine: "2026-11-24T08:12Z".to_owned(),
    }
}

/// A status by its glyph.
pub fn status_of(language: Language, glyph: &str) -> Status {
    let name = match glyph {
        "neu" => say(language, "Neu", "New"),
        "offen" => say(language, "Offen", "Open"),
        "wartet" => say(language, "Wartet auf Kunde", "Waiting for customer"),
        "rueckfrage" => say(language, "Rückfrage intern", "Internal query"),
        "geloest" => say(language, "Gelöst", "Solved"),
        _ => say(language, "Zugewiesen", "Assigned"),
    };
    Status { glyph: glyph.to_owned(), name }
}

/// A priority by its glyph.
pub fn priority_of(language: Language, glyph: &str) -> Priority {
    let name = match glyph {
        "dringend" => say(language, "Dringend", "Urgent"),
        "hoch" => say(language, "Hoch", "High"),
        "niedrig" => say(language, "Niedrig", "Low"),
        _ => "Normal".to_owned(),
    };
    Priority { glyph: glyph.to_owned(), name, hue: None }
}

/// An area or tag with its colour.
pub fn tinted(name: &str, hue: u8) -> Tinted {
    Tinted { name: name.to_owned(), hue }
}

/// A deadline.
pub fn due(state: DeadlineState, text: &str, percent: u8) -> Deadline {
    Deadline { state, text: text.to_owned(), percent }
}

/// A clue of a decision.
pub fn clue(clue: &str, detail: &str, weight: u8) -> Evidence {
    Evidence { clue: clue.to_owned(), detail: detail.to_owned(), weight }
}

/// The frame of the design's screens.
pub fn frame(language: Language, place: Place) -> Frame {
    let areas = [
        ("bestellungen", "Bestellungen", 1, "11"),
        ("retouren", "Retouren", 2, "9"),
        ("buchhaltung", "Buchhaltung", 3, "8"),
        ("it", "IT-Service", 5, "6"),
        ("haustechnik", "Haustechnik", 4, "4"),
    ];
    Frame {
        zone: "Europe/Berlin".to_owned(),
        language,
        theme: Theme::System,
        density: Density::Compact,
        keys: Keys::On,
        person: person("Mareike Thoms", 160),
        can_create: true,
        counters: Counters {
            place,
            open: "38".to_owned(),
            mine: "14".to_owned(),
            unassigned: "5".to_owned(),
            resubmissions: "5".to_owned(),
            in_my_queues: None,
            in_no_queue: None,
            without_category: None,
            unplaced_mails: Some(NewTickets {
                count: "3".to_owned(),
                href: "/mails?tab=undecided".to_owned(),
            }),
            unseen: 5,
            is_doubtful: false,
            mailboxes_in_trouble: 1,
            has_settings: true,
            areas: areas
                .into_iter()
                .map(|(key, name, hue, open)| AreaCount {
                    key: key.to_owned(),
                    name: name.to_owned(),
                    about: None,
                    hue,
                    open: open.to_owned(),
                    href: format!("/inbox?q=bereich:{key}"),
                })
                .collect(),
        },
        here: "/inbox?list=all".to_owned(),
        toasts: Vec::new(),
        question: None,
        administrates: true,
        has_sandbox: false,
        banners: Vec::new(),
    }
}

/// Words of German screens that no sample's content has.
const GERMAN: [&str; 22] = [
    "auswählen",
    "Schließen",
    "schließen",
    "Öffnen",
    "öffnen",
    "Zurück",
    "Eingang<",
    "Anmelden",
    "Abmelden",
    "Zuständig",
    "Schlagwort",
    "Warteschlange",
    "Anhänge",
    "Postfäch",
    "Weitere",
    "Suche<",
    "Kürzel",
    "Nachricht",
    "Belege",
    "Zustand",
    "hinzufügen",
    "Versuch",
];

/// What must be true of every page: no empty name, no German sentence on an English page.
pub fn check(language: Language, page: &Markup) {
    let html = &page.0;
    for empty in [
        "aria-label=\"\"",
        "title=\"\"",
        "alt=\"\"",
        "<h1></h1>",
        "<h2></h2>",
        "<b></b>",
        "<title></title>",
    ] {
        assert!(!html.contains(empty), "{empty} in {html}");
    }
    if language == Language::English {
        for word in GERMAN {
            assert!(!html.contains(word), "{word} in {html}");
        }
    }
    assert!(
        !html.contains("onclick") && !html.contains("<style") && !html.contains("hx-on"),
        "{html}"
    );
}

/// Both languages, for tests that render everything.
pub const LANGUAGES: [Language; 2] = [Language::German, Language::English];

#[cfg(test)]
mod tests {
    use super::*;

    fn bare(language: Language) -> Bare {
        Bare {
            language,
            languages: ["/signin?language=de".to_owned(), "/signin?language=en".to_owned()],
        }
    }

    /// Every kind of refusal.
    fn refusals() -> Vec<Refusal> {
        vec![
            Refusal::NotFound,
            Refusal::Forbidden { grants: vec!["Tobias Krüger".to_owned()] },
            Refusal::Forbidden { grants: Vec::new() },
            Refusal::Gone { instead: Some(("48213".to_owned(), "/tickets/48213".to_owned())) },
            Refusal::Unreadable,
            Refusal::TooLarge { limit: "25 MB".to_owned() },
            Refusal::Unavailable,
            Refusal::Failed { incident: "7K2M-91".to_owned() },
        ]
    }

    #[test]
    fn every_refusal_says_what_to_do_in_both_languages() {
        for language in LANGUAGES {
            let frame = frame(language, Place::Elsewhere);
            for refusal in refusals() {
                check(language, &refusal_page(Around::Frame(&frame), &refusal));
                check(language, &refusal_page(Around::Bare(&bare(language)), &refusal));
            }
        }
        let failed = Refusal::Failed { incident: "7K2M-91".to_owned() };
        assert!(
            refusal_page(Around::Bare(&bare(Language::German)), &failed)
                .0
                .contains("die Nummer 7K2M-91.")
        );
    }

    #[test]
    fn the_title_counts_what_is_unread() {
        let mut frame = frame(Language::German, Place::Inbox);
        let title = |frame: &Frame| {
            let html = page(frame, Layout::Overview, "Eingang", &Markup::default()).0;
            html.split_once("<title")
                .and_then(|(_, rest)| rest.split_once("</title>"))
                .unwrap()
                .0
                .to_owned()
        };
        assert_eq!(title(&frame), " data-count=\"5\">(5) Eingang · Laufzettel");
        frame.counters.unseen = 0;
        assert_eq!(title(&frame), " data-count=\"0\">Eingang · Laufzettel");
    }

    #[test]
    fn a_toast_offers_its_way_back_as_a_form() {
        let undo = Undo {
            action: "/tickets/48213/undo".to_owned(),
            fields: vec![("event".to_owned(), "77".to_owned())],
        };
        let toast = Toast { text: "In den Papierkorb gelegt".to_owned(), undo: Some(undo) };
        let html = toasts_out_of_band(Language::German, &[toast]).0;
        assert!(
            html.starts_with("<div id=\"toasts\" hx-swap-oob=\"beforeend\"><div class=\"toast\">"),
            "{html}"
        );
        assert!(html.contains("<form method=\"post\" action=\"/tickets/48213/undo\">"), "{html}");
        assert!(html.contains("<input type=\"hidden\" name=\"event\" value=\"77\">"), "{html}");
    }

    #[test]
    fn what_people_wrote_is_escaped() {
        let evil = person("<b>Eve</b>", 10);
        assert!(!avatar(&evil).0.contains("<b>"));
        let place = Place::from_code("area:<x>");
        assert!(
            !page(
                &super::frame(Language::German, place),
                Layout::Detail,
                "<i>",
                &Markup::default()
            )
            .0
            .contains("<i>")
        );
    }

    #[test]
    fn a_place_is_found_again_by_its_word() {
        for place in [
            Place::Inbox,
            Place::Mine,
            Place::Unassigned,
            Place::Area("it".to_owned()),
            Place::Mails,
        ] {
            assert_eq!(Place::from_code(&place.code()), place);
        }
        assert_eq!(Place::from_code("?"), Place::Elsewhere);
    }
}
