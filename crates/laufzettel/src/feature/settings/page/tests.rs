//! Every page of the settings in both languages.

use web::Form;

use super::*;
use crate::record::frame::Place as Where;
use crate::record::frame::samples::{LANGUAGES, check, frame};

fn overview_of(language: Language, typed: &str) -> OverviewPage {
    let texts = texts::settings(language);
    OverviewPage {
        cards: vec![Card {
            icon: "tag",
            heading: texts.tickets(),
            links: vec![(texts.numbers(), "/settings/numbers".to_owned(), Some(1204))],
        }],
        typed: typed.to_owned(),
        found: Vec::new(),
        changes: Vec::new(),
    }
}

#[test]
fn the_overview_shows_cards_and_what_was_found() {
    for language in LANGUAGES {
        let frame = frame(language, Where::Settings);
        for typed in ["", "<x>"] {
            let page = overview(&frame, &overview_of(language, typed));
            check(language, &page);
            assert!(!page.0.contains("<x>"), "{}", page.0);
        }
    }
    let html =
        overview(&frame(Language::German, Where::Settings), &overview_of(Language::German, ""));
    assert!(html.0.contains("1.204"), "{}", html.0);
}

#[test]
fn numbering_shows_what_a_mask_gives_or_what_is_wrong() {
    for language in LANGUAGES {
        let frame = frame(language, Where::Settings);
        let mut form = Form::with_values([("number_mask", "{0000}")]);
        let preview = Some(("0001".to_owned(), "0042".to_owned()));
        let page = NumbersPage { form: form.clone(), version: 3, preview };
        check(language, &numbers_page(&frame, &page));
        form.refuse("number_mask", texts::settings(language).mask_no_counter());
        let page = NumbersPage { form, version: 3, preview: None };
        let html = numbers_page(&frame, &page);
        check(language, &html);
        assert!(html.0.contains("{0000}"), "{}", html.0);
    }
}

#[test]
fn the_rules_of_new_tickets_are_boxes() {
    for language in LANGUAGES {
        let form = Form::with_values([("starts_read", "on"), ("required", "queue")]);
        let page = NewTicketsPage { form, version: 1 };
        let html = new_tickets_page(&frame(language, Where::Settings), &page);
        check(language, &html);
        assert_eq!(html.0.matches(" checked").count(), 2, "{}", html.0);
    }
}

#[test]
fn the_rules_of_mails_are_boxes_and_lists() {
    for language in LANGUAGES {
        let mut form = Form::with_values([("sends", "on"), ("hinted", "<x>"), ("hint", "42")]);
        form.refuse("address", "43");
        let page = MailsPage { form, version: 1 };
        let html = mails_page(&frame(language, Where::Settings), &page);
        check(language, &html);
        assert_eq!(html.0.matches(" checked").count(), 1, "{}", html.0);
        assert!(html.0.contains("&lt;x&gt;") && html.0.contains("address-error"), "{}", html.0);
    }
}

#[test]
fn what_is_pointed_out_are_boxes() {
    for language in LANGUAGES {
        let page = HintsPage { form: Form::with_values([("unplaced_mails", "on")]), version: 1 };
        let html = hints_page(&frame(language, Where::Settings), &page);
        check(language, &html);
        assert_eq!(html.0.matches(" checked").count(), 1, "{}", html.0);
    }
}
