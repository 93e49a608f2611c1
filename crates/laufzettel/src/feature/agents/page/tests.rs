//! People, a person and an invitation in both languages.

use maud::html;
use rules::right::Flag;
use web::Form;

use super::*;
use crate::record::frame::samples::{LANGUAGES, check, frame, person, say, tinted};
use crate::record::frame::{Current, Place};

fn people(language: Language) -> PeoplePage {
    let texts = texts::agents(language);
    let tab = |label: &str, state| Link { label: label.to_owned(), href: "/x".to_owned(), state };
    let row = PersonRow {
        person: person("Mareike <b>Thoms</b>", 160),
        href: "/settings/people/7".to_owned(),
        role: texts.role_agent(),
        is_invited: true,
        levels: vec![Some(Level::Manage), None],
        flags: Flag::ALL.map(|flag| (words::flag(language, flag), flag == Flag::Create)).into(),
    };
    PeoplePage {
        tabs: vec![tab(texts.active(), Current::Yes), tab(texts.inactive(), Current::No)],
        typed: String::new(),
        left: false,
        areas: vec![tinted("Retouren", 2), tinted("IT-Service", 5)],
        people: vec![row],
    }
}

fn one(language: Language, standing: Standing) -> PersonPage {
    PersonPage {
        id: "7".to_owned(),
        name: "Mareike Thoms".to_owned(),
        version: 3,
        form: Form::with_values([("role", "agent"), ("flags_own", "on"), ("flags", "create")]),
        areas: vec![("area_7".to_owned(), "Retouren".to_owned())],
        standing,
        successors: vec![(String::new(), texts::agents(language).hand_over_nobody().to_owned())],
        changes: html! { p { (say(language, "Keine", "None")) } },
    }
}

#[test]
fn people_and_a_person_are_printed_in_both_languages() {
    for language in LANGUAGES {
        let frame = frame(language, Place::Settings);
        let html = people_page(&frame, &people(language));
        check(language, &html);
        assert!(!html.0.contains("<b>Thoms"), "{}", html.0);
        let nobody = PeoplePage { people: Vec::new(), left: true, ..people(language) };
        check(language, &people_page(&frame, &nobody));
        for standing in
            [Standing::Invited, Standing::Active(2), Standing::Active(0), Standing::Left]
        {
            check(language, &person_page(&frame, &one(language, standing)));
        }
        check(language, &invite_page(&frame, &InvitePage { form: Form::default() }));
    }
}

#[test]
fn the_question_who_takes_over_opens_with_its_answer() {
    let language = Language::German;
    let mut page = one(language, Standing::Active(2));
    let closed = person_page(&frame(language, Place::Settings), &page).0;
    assert!(!closed.contains("<details class=\"delentry\" open"), "{closed}");
    page.form.refuse("successor", texts::agents(language).no_successor());
    let open = person_page(&frame(language, Place::Settings), &page).0;
    assert!(open.contains("<details class=\"delentry\" open"), "{open}");
}
