//! Every list and every entry in both languages.

use super::samples::{entry, list};
use super::*;
use crate::record::frame::Place;
use crate::record::frame::samples::{LANGUAGES, check, frame};

#[test]
fn every_list_and_every_form_is_printed() {
    for language in LANGUAGES {
        let frame = frame(language, Place::Settings);
        for one in List::ALL {
            let html = page(&frame, &list(language, one));
            check(language, &html);
            assert!(!html.0.contains("<i>Retouren"), "{}", html.0);
            for is_new in [true, false] {
                check(language, &entry_page(&frame, &entry(language, one, is_new)));
            }
        }
    }
}

#[test]
fn what_is_wrong_stands_beside_its_field() {
    for language in LANGUAGES {
        let mut shown = entry(language, List::Areas, false);
        shown.form.refuse("name", texts::lists(language).name_taken());
        shown.form.refuse("form", texts::lists(language).stale());
        let html = entry_page(&frame(language, Place::Settings), &shown).0;
        assert!(html.contains("id=\"name-error\""), "{html}");
        assert!(html.contains("aria-describedby=\"name-error\""), "{html}");
        assert!(html.contains("class=\"banner\""), "{html}");
    }
}

#[test]
fn an_entry_that_tickets_have_is_not_deleted() {
    let language = Language::German;
    let mut shown = entry(language, List::Queues, false);
    let print = |shown: &EntryPage| entry_page(&frame(language, Place::Settings), shown).0;
    assert!(print(&shown).contains("/settings/queues/7/delete"));
    shown.state = shown.state.map(|state| State { tickets: Tickets::Exactly(2), ..state });
    let html = print(&shown);
    assert!(!html.contains("/delete"), "{html}");
    assert!(html.contains("2 Tickets tragen ihn."), "{html}");
    shown.state = shown.state.map(|state| State { tickets: Tickets::of(1001), ..state });
    assert!(print(&shown).contains("Mehr als 1.000 Tickets tragen ihn."));
}
