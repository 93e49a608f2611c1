//! The ticket of the design's screen.

use values::Language;

use super::*;
use crate::feature::regroup::page::Mover;
use crate::record::frame::samples::{at, clue, due, person, priority_of, say, status_of, tinted};
use crate::record::frame::{Current, DeadlineState, Person};

fn katrin() -> Person {
    person("Katrin Brandt", 40)
}

fn text(text: &str) -> Segment {
    Segment::Text(text.to_owned())
}

fn message_of(kind: Kind, author: Person, to: &str, time: &str, segments: Vec<Segment>) -> Message {
    Message {
        id: "900".to_owned(),
        kind,
        author,
        to: to.to_owned(),
        title: String::new(),
        concerns: String::new(),
        correct: None,
        from: None,
        why: None,
        movable: None,
        corrected: None,
        heads: Vec::new(),
        time: at(time),
        fold: Fold::Open,
        first_unread: false,
        unread: false,
        segments,
        attachments: Vec::new(),
        archive: None,
        blocked: 0,
        is_cut: false,
        oddities: Vec::new(),
        mail: None,
        sort: None,
        delivery: None,
    }
}

fn file(name: &str, size: &str, preview: Preview) -> Attachment {
    Attachment { id: "12".to_owned(), name: name.to_owned(), size: size.to_owned(), preview }
}

/// The mail with photos.
pub fn mail(language: Language) -> Message {
    let body = "Guten Tag Frau Demir,\r\n\r\nanbei die Fotos. Der Aufbau ist für Donnerstag geplant, wir brauchen die \
                Platten also spätestens Mittwochabend. Die Spedition hat den Schaden bei der Annahme notiert, der \
                Vermerk liegt als PDF bei.\r\n\r\nMit freundlichen Grüßen\r\nKatrin Brandt";
    let quote =
        Quote { lines: 14, content: Box::new(text("Guten Tag Frau Brandt, das tut uns leid.")) };
    Message {
        first_unread: true,
        unread: true,
        attachments: vec![
            file("platte-1.jpg", "2,1 MB", Preview::Picture),
            file("Vermerk_Spedition.pdf", "184 KB", Preview::Pdf),
            file("masse.xlsx", "12 KB", Preview::None),
        ],
        archive: Some("/tickets/48213/attachments.zip?message=900".to_owned()),
        blocked: 2,
        is_cut: false,
        oddities: vec![say(
            language,
            "Die Uhr des Absenders geht 6 Minuten nach.",
            "The sender’s clock is 6 minutes late.",
        )],
        mail: Some("77".to_owned()),
        ..message_of(
            Kind::In,
            katrin(),
            "retouren@brueckner-objekt.example",
            &say(language, "heute 09:12", "today 09:12"),
            vec![text(body), Segment::Quote(quote)],
        )
    }
}

fn folded(author: Person, kind: Kind, preview: &str, time: &str) -> Entry {
    let mut message = message_of(kind, author, "Retouren", time, vec![text(preview)]);
    message.id = "899".to_owned();
    message.fold = Fold::Folded { preview: preview.to_owned() };
    Entry::Message(Box::new(message))
}

fn entries(language: Language) -> Vec<Entry> {
    let note = "@Jonas sechs Platten Eiche 160 × 80 liegen in Halle 2, reserviert bis morgen 12 Uhr. Vertrieb muss wegen \
                der Mahnstufe freigeben.";
    let reply = "Guten Tag Frau Brandt,\n\ndanke für die Bilder. Die Ersatzplatten sind reserviert. Sobald die Lieferung \
                 freigegeben ist, nenne ich Ihnen das Zeitfenster für Mittwoch.";
    let tobias = person("Tobias Krüger", 85);
    let event = |what| {
        Entry::Event(Event {
            who: "Tobias Krüger".to_owned(),
            what,
            time: at("Mo 16:40"),
            from: None,
        })
    };
    let open = |message| Entry::Message(Box::new(message));
    vec![
        folded(
            katrin(),
            Kind::In,
            "Guten Tag, gestern kamen unsere Schreibtische, leider sind an sechs Platten die",
            "Mo 13:55",
        ),
        folded(
            person("Aylin Demir", 20),
            Kind::Out,
            "Guten Tag Frau Brandt, das tut uns leid. Bitte senden Sie",
            "Mo 14:10",
        ),
        event(What::Status(status_of(language, "offen"))),
        event(What::Priority(say(language, "Dringend", "Urgent"))),
        open(mail(language)),
        open(message_of(
            Kind::Note,
            tobias,
            "",
            &say(language, "heute 09:31", "today 09:31"),
            vec![text(note)],
        )),
        open(message_of(
            Kind::Out,
            person("Mareike Thoms", 160),
            "Katrin Brandt",
            &say(language, "heute 09:48", "today 09:48"),
            vec![text(reply)],
        )),
    ]
}

fn field(choices: &[(&str, &str)], current: &str) -> Field {
    let choice = |(value, label): &(&str, &str)| Choice {
        value: (*value).to_owned(),
        label: (*label).to_owned(),
        state: if *value == current { Current::Yes } else { Current::No },
    };
    Field { choices: choices.iter().map(choice).collect() }
}

/// The sheet of the design's ticket.
pub fn properties(language: Language, access: Access) -> Sheet {
    let open = say(language, "Offen", "Open");
    let solved = say(language, "Gelöst", "Solved");
    let urgent = say(language, "Dringend", "Urgent");
    Sheet {
        number: "48213".to_owned(),
        live_id: "5500".to_owned(),
        access,
        status: status_of(language, "offen"),
        statuses: field(&[("offen", &open), ("geloest", &solved)], "offen"),
        priority: priority_of(language, "dringend"),
        priorities: field(&[("dringend", &urgent), ("normal", "Normal")], "dringend"),
        assignee: Some(person("Aylin Demir", 20)),
        assignees: field(&[("7", "Aylin Demir"), ("8", "Jonas Petersen")], "7"),
        areas: field(&[("retouren", "Retouren"), ("bestellungen", "Bestellungen")], "retouren"),
        queues: field(&[("erste", "Erste Hilfe")], ""),
        categories: field(
            &[("transport", "Transportschaden"), ("falsch", "Falsche Ware")],
            "transport",
        ),
        request_types: field(&[("reklamation", "Reklamation")], "reklamation"),
        due: "2026-11-25T12:00".to_owned(),
        deadline: due(DeadlineState::Over, "−1 Std 40", 100),
        resubmit: String::new(),
        resubmission: None,
        resubmit_choices: Vec::new(),
        contact: "k.brandt@sw-lindenau.example".to_owned(),
        tags: vec![tinted("Transportschaden", 2), tinted("Großkunde", 4)],
        marks: vec![rules::intake::rule::Mark::Gdpr],
        known_tags: vec!["Rahmenvertrag".to_owned()],
        problem: None,
    }
}

fn others(language: Language) -> Vec<OtherTicket> {
    let other = |number: &str, subject: &str, glyph: &str, time: &str| OtherTicket {
        number: number.to_owned(),
        subject: subject.to_owned(),
        status: status_of(language, glyph),
        time: at(time),
    };
    vec![
        other("48117", "Rahmenvertrag 2027: Preisblatt", "wartet", "Fr"),
        other("48064", "Montagetermin Foyer", "offen", "Do"),
        other("47902", "Stuhlrollen nachbestellt", "geloest", "02.11."),
    ]
}

/// The design's ticket.
pub fn ticket(language: Language) -> TicketPage {
    TicketPage {
        bar: Bar {
            muted: None,
            number: "48213".to_owned(),
            live_id: "5500".to_owned(),
            subject: "Sechs Schreibtische mit Transportschaden".to_owned(),
            back: "/inbox".to_owned(),
            closed: Closed::No,
            mine: Mine::Others("3".to_owned()),
            may_write_rules: true,
            archive: Some("/tickets/48213/attachments.zip".to_owned()),
        },
        apart: Apart::No,
        seen: Seen::NotYet,
        conversation: Conversation {
            number: "48213".to_owned(),
            live_id: "5500".to_owned(),
            earlier: None,
            moved_on: None,
            entries: entries(language),
        },
        sheet: properties(language, Access::Change),
        customer: Some(Customer {
            name: "Stadtwerke Lindenau".to_owned(),
            initials: "SL".to_owned(),
            hue: 40,
            company: IsCompany::Yes,
            number: None,
            reference: Some("B-4711".to_owned()),
            contact: "Katrin Brandt".to_owned(),
            address: "k.brandt@sw-lindenau.example".to_owned(),
            phone: Some("0341 5550-214".to_owned()),
            href: "/customers/companies/7".to_owned(),
            contact_href: Some("/customers/contacts/8".to_owned()),
        }),
        others: Others { open: 2, tickets: others(language) },
        ages: Ages::default(),
        alike: Vec::new(),
    }
}

/// The evidence of the design's popover.
pub fn reasons(language: Language) -> Why {
    Why {
        number: "48213".to_owned(),
        message: "900".to_owned(),
        moved: Some(
            html! { (say(language, "Aylin Demir hat sie gebracht.", "Aylin Demir brought it.")) },
        ),
        mailbox: Some("Retouren".to_owned()),
        mover: Some(Mover {
            number: "48213".to_owned(),
            message: "900".to_owned(),
            is_only: false,
        }),
        further: vec![(
            "history",
            say(language, "Im Journal", "In the journal"),
            "/mails/77".to_owned(),
        )],
        sentence: html! { (say(
            language,
            "Sie antwortet auf unsere Mail von Mo 14:10, und Katrin Brandt ist an diesem Ticket beteiligt.",
            "It answers our mail of Mon 14:10, and Katrin Brandt takes part in this ticket.",
        )) },
        evidence: vec![
            clue("own_message_id", "<a@b.example>", 90),
            clue("participant", "k.brandt@sw-lindenau.example", 10),
            clue("subject_number", "48213", 50),
            clue("similar_subject", "92", 19),
        ],
    }
}

/// The preview of the design's screen.
pub fn preview(language: Language) -> PeekPage {
    PeekPage {
        number: "48220".to_owned(),
        subject: "Lieferadresse ändern – AU-77310".to_owned(),
        status: status_of(language, "neu"),
        area: tinted("Bestellungen", 1),
        deadline: due(DeadlineState::Soon, "50 Min", 66),
        assignee: None,
        messages: vec![mail(language)],
        customer: "Weingut Kessler".to_owned(),
        others: others(language),
        access: Access::Change,
        mine: Mine::Nobodys,
        closed: Closed::No,
    }
}

/// The ticket on paper.
pub fn paper(language: Language) -> PrintPage {
    let message = |kind, author: &str, text: &str| PrintMessage {
        kind,
        author: author.to_owned(),
        to: "Retouren".to_owned(),
        time: at("24.11.2026 09:12"),
        parts: vec![(text.to_owned(), false)],
        attachments: vec![("platte-1.jpg".to_owned(), "2,1 MB".to_owned())],
    };
    PrintPage {
        number: "48213".to_owned(),
        subject: "Sechs Schreibtische mit Transportschaden".to_owned(),
        properties: vec![("Status".to_owned(), say(language, "Offen", "Open"))],
        messages: vec![
            message(Kind::In, "Katrin Brandt", "Guten Tag Frau Demir,\n\nanbei die Fotos."),
            message(Kind::Note, "Tobias Krüger", "Sechs Platten liegen in Halle 2."),
        ],
        printed: "24.11.2026 10:42, Mareike Thoms".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    #[test]
    fn the_ticket_and_its_fragments_are_printed_in_both_languages() {
        for language in LANGUAGES {
            let frame = frame(language, crate::record::frame::Place::Inbox);
            let mut ticket = ticket(language);
            check(language, &page(&frame, &ticket, &maud::html! {}));
            for apart in [Apart::Spam, Apart::Bin] {
                ticket.apart = apart;
                check(language, &page(&frame, &ticket, &maud::html! {}));
            }
            check(language, &sheet(language, &properties(language, Access::Read)));
            check(language, &why(language, &reasons(language)));
            check(language, &why_page(&frame, &reasons(language)));
            check(language, &peek(language, &preview(language)));
            check(language, &print_page(language, &paper(language)));
        }
    }

    #[test]
    fn every_event_has_a_sentence() {
        let name = || Some("x".to_owned());
        let all = [
            What::Created,
            What::Status(status_of(Language::German, "neu")),
            What::Assignee(name()),
            What::Assignee(None),
            What::Area("x".to_owned()),
            What::Queue(name()),
            What::Queue(None),
            What::Category(name()),
            What::RequestType(name()),
            What::Priority("x".to_owned()),
            What::TagAdded("x".to_owned()),
            What::TagRemoved("x".to_owned()),
            What::Contact("x".to_owned()),
            What::Due(None),
            What::Subject("x".to_owned()),
            What::Spam,
            What::Binned,
            What::Restored,
            What::Linked("48170".to_owned()),
            What::Merged("48219".to_owned()),
            What::Came("48219".to_owned()),
            What::Moved("48219".to_owned()),
            What::SplitOff("48219".to_owned()),
            What::Separated("48219".to_owned()),
        ];
        for language in LANGUAGES {
            for what in &all {
                let line = Event {
                    who: "Tobias".to_owned(),
                    what: what.clone(),
                    time: at("09:12"),
                    from: None,
                };
                let html = event(language, &line).0;
                assert!(html.contains("<b>Tobias</b> "), "{html}");
                check(language, &event(language, &line));
            }
        }
    }

    #[test]
    fn neighbours_of_a_kind_stand_together() {
        let html = conversation(Language::German, &ticket(Language::German).conversation).0;
        assert_eq!(html.matches("class=\"fold-stack\"").count(), 1, "{html}");
        assert_eq!(html.matches("class=\"events\"").count(), 1, "{html}");
        assert_eq!(html.matches("<article").count(), 5, "{html}");
    }

    #[test]
    fn an_unread_message_is_announced_once_with_its_author() {
        let mut thread = ticket(Language::German).conversation;
        let html = conversation(Language::German, &thread).0;
        let said =
            "<p class=\"vh\" role=\"status\">Neue Nachricht von Katrin Brandt, heute 09:12</p>";
        assert!(html.contains(said), "{html}");
        thread.entries.clear();
        assert!(
            conversation(Language::German, &thread)
                .0
                .contains("<p class=\"vh\" role=\"status\"></p>")
        );
    }

    #[test]
    fn text_keeps_its_line_ends_and_is_escaped() {
        let message = message_of(Kind::In, katrin(), "x", "x", vec![text("a <b>\n  c\n\n\nd")]);
        let html = super::message(Language::German, &message).0;
        assert!(
            html.contains("<p class=\"mailtext\">a &lt;b&gt;\n  c</p><p class=\"mailtext\">d</p>"),
            "{html}"
        );
    }

    #[test]
    fn who_may_only_read_finds_nothing_to_change() {
        let mut page = ticket(Language::German);
        page.sheet.access = Access::Read;
        let html = super::page(
            &frame(Language::German, crate::record::frame::Place::Inbox),
            &page,
            &maud::html! {},
        )
        .0;
        assert!(!html.contains("act-trash") && !html.contains("new-tag"), "{html}");
        assert_eq!(
            html.matches("<select").count(),
            html.matches("name=\"value\" data-key").count() + 3,
            "{html}"
        );
        assert_eq!(html.matches(" disabled").count(), 10, "{html}");
    }

    #[test]
    fn html_stands_in_a_frame_without_scripts() {
        let frame = Segment::Frame { src: "/messages/900/body/0".to_owned() };
        let html = super::message(
            Language::German,
            &message_of(Kind::In, katrin(), "x", "x", vec![frame]),
        )
        .0;
        assert!(
            html.contains(
                "sandbox=\"allow-same-origin allow-popups allow-popups-to-escape-sandbox\""
            ),
            "{html}"
        );
        assert!(html.contains("src=\"/messages/900/body/0\" loading=\"lazy\""), "{html}");
    }
}
