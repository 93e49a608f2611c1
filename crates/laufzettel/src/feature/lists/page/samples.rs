//! Samples of the lists.

use maud::html;
use values::Language;
use web::Form;

use super::*;
use crate::feature::lists::words::{choice, choices};
use crate::record::frame::samples::say;

/// A list with all signs.
pub fn list(language: Language, list: List) -> ListPage {
    let signs = [
        Sign::Nothing,
        Sign::Dot(3),
        Sign::Status("neu".to_owned()),
        Sign::Priority("hoch".to_owned(), Some(2)),
    ];
    let row = |(id, sign): (i64, Sign)| EntryRow {
        id,
        name: "<i>Retouren</i>".to_owned(),
        sign,
        kind: "42".to_owned(),
        tickets: (Tickets::of(id * 604), "/inbox?q=x".to_owned()),
        active: id % 2 == 0,
        locked: id == 2,
        depth: 1,
    };
    let rows = (0..).zip(signs).map(row).collect();
    let heading = Some(say(language, "Vertrieb", "Sales"));
    let kinds = choices(language, "kind");
    ListPage {
        list,
        groups: vec![Group { heading, rows }],
        form: Form::default(),
        kinds,
        trouble: None,
    }
}

/// An entry, or the form for a new one.
pub fn entry(language: Language, list: List, is_new: bool) -> EntryPage {
    let state = State {
        id: 7,
        version: 3,
        name: "Retouren".to_owned(),
        sign: Sign::Dot(2),
        tickets: Tickets::NONE,
        locked: false,
        is_default: false,
        kind: None,
    };
    let people = vec![choice("7", "Mareike Thoms")];
    EntryPage {
        list,
        state: (!is_new).then_some(state),
        form: Form::with_values([("name", "Retouren"), ("hue", "2"), ("active", "on")]),
        parents: people.clone(),
        areas: people.clone(),
        priorities: people.clone(),
        senders: people.clone(),
        people,
        changes: html! { p { (say(language, "Keine", "None")) } },
    }
}
