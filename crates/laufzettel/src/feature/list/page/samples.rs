//! The inbox of the design's screen.

use values::Language;

use super::*;
use crate::record::frame::samples::{at, due, person, priority_of, say, status_of, tinted};
use crate::record::frame::{DeadlineState, Link, Person};

struct Sample {
    number: &'static str,
    looks: (&'static str, &'static str, bool),
    who: (&'static str, Option<&'static str>),
    what: (&'static str, &'static str),
    tag: Option<(&'static str, u8)>,
    area: (&'static str, u8),
    due: (DeadlineState, &'static str, u8),
    assignee: Option<(&'static str, u16)>,
    time: &'static str,
}

fn made(language: Language, sample: Sample) -> Row {
    let (status, priority, unseen) = sample.looks;
    Row {
        number: sample.number.to_owned(),
        reading: if unseen { Reading::Unseen } else { Reading::Seen },
        status: status_of(language, status),
        priority: priority_of(language, priority),
        customer: sample.who.0.to_owned(),
        contact: sample.who.1.map(str::to_owned),
        subject: sample.what.0.to_owned(),
        snippet: sample.what.1.to_owned(),
        messages: 1,
        tags: sample.tag.map(|(name, hue)| tinted(name, hue)).into_iter().collect(),
        area: Some(tinted(sample.area.0, sample.area.1)),
        deadline: due(sample.due.0, sample.due.1, sample.due.2),
        resubmission: None,
        assignee: sample.assignee.map(|(name, hue)| person(name, hue)),
        time: at(sample.time),
    }
}

/// The row at the top of the design's inbox.
pub fn first_row(language: Language) -> Row {
    made(
        language,
        Sample {
            number: "48213",
            looks: ("offen", "dringend", true),
            who: ("Stadtwerke Lindenau", Some("K. Brandt")),
            what: (
                "Sechs Schreibtische mit Transportschaden",
                "Anbei die Fotos. Der Aufbau ist für Donnerstag geplant, wir brauchen",
            ),
            tag: Some(("Transportschaden", 2)),
            area: ("Retouren", 2),
            due: (DeadlineState::Over, "−1 Std 40", 100),
            assignee: Some(("Aylin Demir", 20)),
            time: "09:12",
        },
    )
}

fn other_rows(language: Language) -> [Row; 3] {
    let row = |sample| made(language, sample);
    [
        row(Sample {
            number: "48197",
            looks: ("rueckfrage", "hoch", false),
            who: ("Hansen Logistik", Some("P. Wulf")),
            what: (
                "Gutschrift zu Rechnung RE-20418 fehlt weiterhin",
                "Laut Ihrer Zusage sollte die Gutschrift bis",
            ),
            tag: Some(("Mahnstufe 2", 3)),
            area: ("Buchhaltung", 3),
            due: (DeadlineState::Over, "−35 Min", 100),
            assignee: Some(("Mareike Thoms", 160)),
            time: "Gestern",
        }),
        row(Sample {
            number: "48221",
            looks: ("neu", "hoch", true),
            who: ("Praxis Dr. Yıldız", Some("Empfang")),
            what: (
                "Rechnung doppelt erhalten",
                "Guten Tag, wir haben RE-20455 zweimal bekommen, einmal per Post und",
            ),
            tag: None,
            area: ("Buchhaltung", 3),
            due: (DeadlineState::Soon, "25 Min", 78),
            assignee: None,
            time: "10:31",
        }),
        row(Sample {
            number: "48140",
            looks: ("wartet", "normal", false),
            who: ("Physio Nordstern", None),
            what: ("Höhe des Empfangstresens", "Sie: Die Sonderhöhe 118 cm ist möglich."),
            tag: None,
            area: ("Bestellungen", 1),
            due: (DeadlineState::Paused, "pausiert", 0),
            assignee: Some(("Svenja Albers", 320)),
            time: "Do",
        }),
    ]
}

fn group(kind: GroupKind, total: &str, rows: Vec<Row>) -> Group {
    Group { kind, total: Some(total.to_owned()), rows }
}

/// The rows of the design's inbox.
pub fn section(language: Language) -> Section {
    let [late, today, waiting] = other_rows(language);
    Section {
        here: "/inbox?list=all".to_owned(),
        news: "/inbox/news?since=77".to_owned(),
        groups: vec![
            group(GroupKind::Overdue, "3", vec![first_row(language), late]),
            group(GroupKind::Today, "9", vec![today]),
            group(GroupKind::Waiting, "15", vec![waiting]),
        ],
        more: Some("/inbox?after=abc".to_owned()),
        empty: Empty::Done,
        has_areas: true,
    }
}

fn link(label: &str, state: Current) -> Link {
    Link { label: label.to_owned(), href: format!("/inbox?q={label}"), state }
}

fn filter(language: Language) -> Filter {
    let open = say(language, "offen", "open");
    Filter {
        query: say(language, "ist:offen bereich:meine", "is:open area:mine"),
        chips: vec![
            Chip {
                field: Some("Status".to_owned()),
                comparison: Comparison::Is,
                value: open.clone(),
                choices: vec![
                    link(&open, Current::Yes),
                    link(&say(language, "alle", "all"), Current::No),
                ],
                remove: "/inbox?q=".to_owned(),
            },
            Chip {
                field: Some(say(language, "Bereich", "Area")),
                comparison: Comparison::Is,
                value: say(language, "alle meine (5)", "all mine (5)"),
                choices: Vec::new(),
                remove: "/inbox?q=".to_owned(),
            },
        ],
        offers: "/inbox/filters?q=ist%3Aoffen".to_owned(),
        unknown: Vec::new(),
    }
}

fn choice<T>(value: &str, shown: T) -> Choice<T> {
    Choice { value: value.to_owned(), shown }
}

/// What the design's bulk bar offers.
pub fn offered(language: Language) -> BulkChoices {
    let people: [Person; 2] = [person("Aylin Demir", 20), person("Jonas Petersen", 250)];
    BulkChoices {
        queues: Vec::new(),
        categories: Vec::new(),
        resubmissions: Vec::new(),
        statuses: vec![
            choice("offen", status_of(language, "offen")),
            choice("geloest", status_of(language, "geloest")),
        ],
        assignees: people.into_iter().map(|person| choice("7", person)).collect(),
        areas: vec![choice("retouren", tinted("Retouren", 2))],
        priorities: vec![choice("hoch", priority_of(language, "hoch"))],
        tags: vec![tinted("Großkunde", 4)],
        may_write_rules: true,
    }
}

/// The design's inbox.
pub fn inbox(language: Language) -> InboxPage {
    InboxPage {
        list: List::All,
        total: "38".to_owned(),
        unassigned: "5".to_owned(),
        links: ListLinks {
            all: "/inbox".to_owned(),
            mine: "/inbox?list=mine".to_owned(),
            unassigned: "/inbox?list=unassigned".to_owned(),
        },
        filter: filter(language),
        section: section(language),
        bulk: Bulk::Offered,
        counted: super::Counted::Open,
        fetched: Some("10:42".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::Place;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    #[test]
    fn the_inbox_is_printed_in_both_languages() {
        for language in LANGUAGES {
            check(language, &page(&frame(language, Place::Inbox), &inbox(language)));
            check(language, &choices(language, &offered(language)));
        }
    }

    #[test]
    fn an_empty_list_says_why_and_what_to_do() {
        let mut section = section(Language::German);
        section.groups.clear();
        section.more = None;
        assert!(list_section(Language::German, &section).0.contains("<h2>Alles abgelegt</h2>"));
        section.empty = Empty::Filtered { reset: "/inbox?q=".to_owned() };
        let html = list_section(Language::German, &section).0;
        assert!(
            html.contains("<a class=\"btn\" href=\"/inbox?q=\">Filter zurücksetzen</a>"),
            "{html}"
        );
    }

    #[test]
    fn a_group_that_goes_on_has_no_second_heading() {
        let mut section = section(Language::German);
        for group in &mut section.groups {
            group.total = None;
        }
        let html = more_rows(Language::German, &section).0;
        assert!(!html.contains("<h2"), "{html}");
        assert!(html.contains("id=\"t-48213\"") && html.contains("data-more"), "{html}");
    }

    #[test]
    fn news_announce_new_tickets_and_replace_changed_rows() {
        let news = News {
            again: "/inbox/news?since=78".to_owned(),
            href: "/inbox".to_owned(),
            count: 3,
            changed: vec![first_row(Language::German)],
        };
        let html = super::news(Language::German, &news).0;
        assert!(html.contains("3 neue Tickets"), "{html}");
        assert!(
            html.contains("id=\"t-48213\" data-new hx-swap-oob=\"morph:[id='t-48213']\""),
            "{html}"
        );
    }

    #[test]
    fn a_page_of_fifty_rows_stays_below_seventy_five_kilobytes() {
        let mut inbox = inbox(Language::German);
        let all: Vec<Row> =
            inbox.section.groups.iter().flat_map(|group| group.rows.clone()).collect();
        let rows = all.iter().cycle().take(50).cloned().collect();
        inbox.section.groups = vec![group(GroupKind::Overdue, "50", rows)];
        let size = page(&frame(Language::German, Place::Inbox), &inbox).0.len();
        assert!(size < 75_000, "{size} bytes");
    }
}
