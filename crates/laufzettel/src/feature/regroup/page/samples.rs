//! The pages of moving and merging, in both languages.

use values::Language;

use super::*;
use crate::record::frame::Place;
use crate::record::frame::samples::{LANGUAGES, at, check, frame, status_of};

fn movable(id: &str, is_chosen: bool) -> Movable {
    Movable {
        id: id.to_owned(),
        author: "Katrin Brandt".to_owned(),
        preview: "anbei die Fotos".to_owned(),
        time: at("09:12"),
        is_chosen,
    }
}

fn moving() -> MovePage {
    MovePage {
        number: "48213".to_owned(),
        messages: vec![movable("1", false), movable("2", true)],
        has_older: true,
        target: "48".to_owned(),
        targets: vec![("48117".to_owned(), "Preisblatt".to_owned())],
        subject: String::new(),
        problem: Some(("target", "…".to_owned())),
    }
}

fn choice(language: Language, number: &str) -> Choice {
    Choice {
        number: number.to_owned(),
        subject: "Fotos zu den Tischen".to_owned(),
        status: status_of(language, "offen"),
    }
}

#[test]
fn the_pages_are_printed_in_both_languages() {
    for language in LANGUAGES {
        let frame = frame(language, Place::Inbox);
        check(language, &move_page(&frame, &moving()));
        let mut page = MergePage {
            number: "48213".to_owned(),
            query: String::new(),
            choices: Vec::new(),
            preview: None,
            problem: Some("…".to_owned()),
        };
        check(language, &merge_page(&frame, &page));
        page.choices.push(choice(language, "48219"));
        check(language, &merge_page(&frame, &page));
        page.preview = Some(Preview {
            here: choice(language, "48213"),
            with: choice(language, "48219"),
            messages: 5,
            stays_here: false,
        });
        check(language, &merge_page(&frame, &page));
    }
}

#[test]
fn the_page_that_merges_several_is_printed_in_both_languages() {
    for language in LANGUAGES {
        let frame = frame(language, Place::Inbox);
        let chosen = |number: &str, stays| Chosen {
            ticket: choice(language, number),
            requester: "Katrin Brandt".to_owned(),
            changed: at("10:41"),
            stays,
        };
        let texts = crate::texts::regroup(language);
        let mut page = SeveralPage {
            back: "/inbox".to_owned(),
            tickets: vec![chosen("48213", true), chosen("48219", false)],
            left_out: vec![texts.left_unknown("48220"), texts.left_merged("48221", "48213")],
            warnings: vec![texts.other_requesters(), texts.other_areas()],
            messages: 5,
            problem: Some("…".to_owned()),
        };
        check(language, &several_page(&frame, &page));
        page.tickets.truncate(1);
        check(language, &several_page(&frame, &page));
        page.tickets.clear();
        check(language, &several_page(&frame, &page));
    }
}

#[test]
fn lines_in_the_conversation_and_hints_are_printed_in_both_languages() {
    for language in LANGUAGES {
        for what in [What::Merged, What::Came, What::Moved, What::SplitOff] {
            let line = Joined {
                what,
                who: "Aylin Demir".to_owned(),
                number: "48219".to_owned(),
                subject: "Fotos".to_owned(),
                messages: 1,
                files: 1,
                time: at("10:41"),
                regrouping: Some("7".to_owned()),
                here: "48213".to_owned(),
            };
            check(language, &joined(language, &line));
        }
        check(language, &moved_on(language, "48213"));
        check(language, &origin(language, "48219"));
        let mover = mover(
            language,
            &Mover { number: "48213".to_owned(), message: "9".to_owned(), is_only: false },
        );
        check(language, &maud::html! { (mover.0) (mover.1) });
        check(language, &hints(language, "48213", &[]));
    }
}

#[test]
fn three_hints_are_three_cells_and_more_become_one() {
    let alike = |number: &str| Alike {
        number: number.to_owned(),
        subject: "Regal".to_owned(),
        is_of_person: number != "2",
    };
    let cells = |numbers: &[&str]| {
        let alike: Vec<Alike> = numbers.iter().map(|number| alike(number)).collect();
        let html = hints(Language::German, "48213", &alike).0;
        (html.matches("class=\"hintcell\"").count(), html.contains("2 weitere"))
    };
    assert_eq!(cells(&["1", "2", "3"]), (3, false));
    assert_eq!(cells(&["1", "2", "3", "4"]), (3, true));
}
