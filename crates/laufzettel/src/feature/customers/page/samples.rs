//! The customers of the design's screens.

use values::Language;

use super::customer::{CustomerPage, Fact, People, PersonRow, Proposal, Sort, Value};
use super::form::{Existing, FormPage, FormSort, Other};
use super::list::{ListPage, Row};
use super::parts::{Event, TicketRow, Tickets};
use crate::feature::customers::read::Kind;
use crate::record::frame::samples::{at, person, say, status_of, tinted};
use web::Form;

/// The list.
pub fn list(language: Language, kind: Kind) -> ListPage {
    let row = |name: &str, open: u64| Row {
        id: "7".to_owned(),
        href: "/customers/companies/7".to_owned(),
        disc: person(name, 40),
        below: Some("sw-lindenau.example".to_owned()),
        beside: Some("Katrin Brandt".to_owned()),
        beside_below: Some("0341 5550-0".to_owned()),
        number: "20114".to_owned(),
        open,
        last: (open > 0).then(|| at(&say(language, "heute", "today"))),
    };
    ListPage {
        kind,
        query: "lindenau & Söhne".to_owned(),
        counts: ("41".to_owned(), "85".to_owned()),
        rows: vec![row("Stadtwerke Lindenau", 3), row("Hansen Logistik", 0)],
        more: Some("/customers?kind=companies&after=7".to_owned()),
        is_cut: true,
        may_write: true,
        may_import: true,
        may_create: true,
    }
}

/// A company or a contact.
pub fn customer(language: Language, sort: Sort) -> CustomerPage {
    let ticket = TicketRow {
        number: "48213".to_owned(),
        href: "/tickets/48213".to_owned(),
        subject: "Sechs Schreibtische".to_owned(),
        status: status_of(language, "offen"),
        area: tinted("Retouren", 2),
        assignee: None,
        last: at("09:48"),
    };
    let event = Event {
        icon: "merge",
        text: "Mareike Thoms".to_owned(),
        changes: vec!["a → b".to_owned()],
        at: at("09:31"),
        undo: Some("/customers/joined/7/undo".to_owned()),
    };
    CustomerPage {
        here: "/customers/companies/7".to_owned(),
        disc: person("Stadtwerke Lindenau", 40),
        sort,
        new_ticket: "/tickets/new?company=7".to_owned(),
        list: "/customers?kind=companies",
        facts: vec![
            Fact { label: "A", value: Value::Text(vec!["20114".to_owned()]) },
            Fact { label: "B", value: Value::Phones(vec!["0341 5550-0".to_owned()]) },
            Fact { label: "C", value: Value::Addresses(vec!["k@sw.example".to_owned()]) },
            Fact { label: "D", value: Value::Link("Firma".to_owned(), "/x".to_owned()) },
        ],
        notes: Some("Nur mit Avis.\n<b>Immer</b>".to_owned()),
        tickets: Tickets {
            rows: vec![ticket],
            open: ("/a".to_owned(), "3".to_owned()),
            all: ("/b".to_owned(), "38".to_owned()),
            shows_all: false,
            more: Some("/c".to_owned()),
        },
        events: vec![event],
        may_write: true,
        may_create: true,
    }
}

/// The people of a company.
pub fn people() -> Sort {
    let one = PersonRow {
        href: "/customers/contacts/8".to_owned(),
        disc: person("Katrin Brandt", 40),
        job: Some("Einkauf".to_owned()),
        email: Some("k.brandt@sw-lindenau.example".to_owned()),
        phone: None,
        open: 1,
    };
    Sort::Company(People {
        people: vec![one],
        new: "/new".to_owned(),
        all: Some("/all".to_owned()),
    })
}

/// A contact whose address suggests a company.
pub fn suggested() -> Sort {
    Sort::Contact(Some(Proposal { company: "7".to_owned(), name: "Hansen KG".to_owned() }))
}

/// A form with something wrong at every field.
pub fn form(sort: FormSort) -> FormPage {
    let mut form = Form::with_values([("name", "Ann"), ("address", "kein"), ("phone", "0341")]);
    for field in
        ["name", "job", "address-0", "phone-0", "company", "notes", "domain", "version", "delete"]
    {
        form.refuse(field, "Das geht so nicht.");
    }
    let here = "/customers/contacts/8".to_owned();
    let existing = Some(Existing { here: here.clone(), name: "Ann".to_owned(), is_used: false });
    let other = |field| Other { field, name: "<b>Ann & Co".to_owned(), href: here.clone() };
    let others = ["name", "domain"].map(other).into();
    FormPage { sort, existing, form, back: here, others }
}

mod tests {
    use super::*;
    use crate::feature::customers::page::{customer as page, form as form_page, list as list_page};
    use crate::record::frame::Place;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    #[test]
    fn the_customers_are_printed_in_both_languages() {
        for language in LANGUAGES {
            let frame = frame(language, Place::Customers);
            for kind in [Kind::Companies, Kind::Contacts] {
                let full = list(language, kind);
                check(language, &list_page::page(&frame, &full));
                let empty = ListPage { rows: Vec::new(), ..full };
                check(language, &list_page::page(&frame, &empty));
                let nobody = ListPage { query: String::new(), ..empty };
                check(language, &list_page::page(&frame, &nobody));
            }
            for sort in [people(), suggested(), Sort::Contact(None)] {
                check(language, &page::page(&frame, &customer(language, sort)));
            }
            for sort in [FormSort::Contact, FormSort::Company] {
                let shown = form(sort);
                check(language, &form_page::page(&frame, &shown));
                check(language, &form_page::page(&frame, &FormPage { existing: None, ..shown }));
            }
        }
    }

    #[test]
    fn what_a_customer_is_called_is_no_html() {
        let html = page::page(
            &frame(Language::German, Place::Customers),
            &customer(Language::German, people()),
        )
        .0;
        assert!(html.contains("&lt;b&gt;Immer"), "{html}");
        let html =
            form_page::page(&frame(Language::German, Place::Customers), &form(FormSort::Contact)).0;
        assert!(html.contains("id=\"address-0\" name=\"address\""), "{html}");
        assert!(html.contains("aria-describedby=\"address-0-error\""), "{html}");
    }
}
