//! The journal of the design's screen.

use values::Language;

use super::*;
use crate::feature::ticket::page::Segment;
use crate::record::frame::Link;
use crate::record::frame::samples::{at, clue, say};

fn mail(
    id: &str,
    time: &str,
    who: (&str, &str),
    outcome: Outcome,
    reason: Reason,
    remark: Remark,
) -> Row {
    Row {
        id: id.to_owned(),
        href: format!("/mails/{id}#entry"),
        state: if id == "75" { Current::Yes } else { Current::No },
        outcome,
        reason,
        select: Select::Withheld,
        time: at(time),
        from: who.0.to_owned(),
        subject: who.1.to_owned(),
        remark,
    }
}

fn found(code: &str, detail: &str) -> Reason {
    Reason::Found(clue(code, detail, 100))
}

fn number(number: &str) -> String {
    number.to_owned()
}

/// One row of every kind.
pub fn rows() -> Vec<Row> {
    let mailbox = || Remark::Mailbox("Service".to_owned());
    let kessler = ("Weingut Kessler", "AW: Lieferadresse ändern – AU-77310");
    let bounce = ("postmaster@sommer-pohl.example", "Unzustellbar: Angebot für 14 Arbeitsplätze");
    let ohlsen = ("Spedition Ohlsen", "WG: Sendung 88-4410 zu Ticket 48170");
    let brandt = ("Stadtwerke Lindenau, K. Brandt", "AW: Sechs Schreibtische mit Transportschaden");
    let away = ("Autohaus Brandt, M. Brandt", "Automatische Antwort: Abholung der Mietmöbel");
    let hotel = ("Hotel am Wehr", "AW: Nachlieferung 22 Stapelstühle");
    vec![
        mail("80", "10:43", ("a@b.example", "x"), Outcome::Waiting, Reason::NotYet, mailbox()),
        mail(
            "79",
            "10:41",
            kessler,
            Outcome::Joined(number("48220")),
            found("own_message_id", ""),
            mailbox(),
        ),
        mail(
            "78",
            "10:38",
            bounce,
            Outcome::Bounced(Some(number("48205"))),
            found("returned_mail", "48205"),
            Remark::Bounce,
        ),
        mail(
            "77",
            "10:31",
            ("Praxis Dr. Yıldız", "Rechnung doppelt erhalten"),
            Outcome::NewTicket(number("48221")),
            Reason::NothingKnown,
            mailbox(),
        ),
        mail(
            "76",
            "10:12",
            ohlsen,
            Outcome::Linked { ticket: number("48222"), older: number("48170") },
            found("stranger", "info@ohlsen.example"),
            Remark::Stranger,
        ),
        mail(
            "75",
            "09:12",
            brandt,
            Outcome::Joined(number("48213")),
            found("subject_number", "48213"),
            Remark::Attachments(3),
        ),
        mail(
            "74",
            "09:12",
            brandt,
            Outcome::Duplicate(Some(number("48213"))),
            found("same_fingerprint", ""),
            Remark::Oddities(1),
        ),
        mail(
            "73",
            "08:02",
            away,
            Outcome::Noted(number("48190")),
            found("mail_class", "out_of_office"),
            mailbox(),
        ),
        mail(
            "72",
            "07:55",
            ("scanner@lager3.example", ""),
            Outcome::Quarantined,
            Reason::GivenUp { attempts: 3 },
            Remark::Quarantined,
        ),
        mail(
            "71",
            "07:50",
            kessler,
            Outcome::Joined(number("48220")),
            found("references", ""),
            mailbox(),
        ),
        mail("70", "07:49", kessler, Outcome::Filtered, found("own_mail", ""), mailbox()),
        mail("69", "07:48", kessler, Outcome::Gone, Reason::Vanished, mailbox()),
        mail(
            "68",
            "07:47",
            kessler,
            Outcome::Duplicate(None),
            found("same_delivery", ""),
            mailbox(),
        ),
        mail(
            "67",
            "07:46",
            kessler,
            Outcome::Undecided,
            found("unknown_sender", "a@b.example"),
            mailbox(),
        ),
        mail(
            "66",
            "07:45",
            hotel,
            Outcome::Linked { ticket: number("48170"), older: number("47610") },
            found("closed_long_ago", "47610"),
            mailbox(),
        ),
    ]
}

fn steps(language: Language) -> Vec<Step> {
    let step = |kind, result, time: &str| Step { kind, result, words: None, time: at(time) };
    let done = |kind, time: &str| step(kind, StepResult::Done, time);
    let (mailbox, folder) = ("Retouren".to_owned(), say(language, "Posteingang", "INBOX"));
    let mut attempt = step(StepKind::Attempt { number: 1 }, StepResult::Later, "09:12:08");
    attempt.words = Some("time limit of 20 s".to_owned());
    vec![
        done(StepKind::Seen { mailbox, folder, uid: "20418".to_owned() }, "09:12:07"),
        done(StepKind::Stored, "09:12:08"),
        attempt,
        done(StepKind::Read { attachments: 3, quoted: 14 }, "09:12:08"),
        done(StepKind::Applied { ticket: "48213".to_owned() }, "09:12:08"),
        done(StepKind::Moved { folder: "Done".to_owned() }, "09:12:10"),
    ]
}

/// The open mail of the design's screen.
pub fn open(language: Language) -> Entry {
    Entry {
        id: "75".to_owned(),
        subject: "AW: Sechs Schreibtische mit Transportschaden".to_owned(),
        from: "Katrin Brandt, k.brandt@sw-lindenau.example".to_owned(),
        to: "retouren@brueckner-objekt.example".to_owned(),
        mailbox: "Retouren".to_owned(),
        size: "4,1 MB".to_owned(),
        attachments: 3,
        outcome: Outcome::Joined("48213".to_owned()),
        reason: found("own_message_id", ""),
        retry: Retry::Offered,
        place: Some(PlaceForm::default()),
        lies_in: Some("48213".to_owned()),
        is_moved: true,
        first: Some("/mails/70#entry".to_owned()),
        elsewhere: Some("/tickets/48213/move?message=900".to_owned()),
        words: Some(Words {
            segments: vec![Segment::Text(say(language, "Guten Tag", "Good morning"))],
            is_cut: true,
            files: vec!["48213.pdf".to_owned()],
        }),
        steps: steps(language),
        evidence: vec![
            clue("own_message_id", "<a@b.example>", 90),
            clue("participant", "k.brandt@sw-lindenau.example", 10),
            clue("subject_number", "48213", 50),
            clue("forged_message_id", "<x@y.example>", 0),
        ],
        oddities: vec![say(
            language,
            "Die Uhr des Absenders geht 6 Minuten nach.",
            "The sender’s clock is 6 minutes late.",
        )],
    }
}

/// The journal of the design's screen.
pub fn journal(language: Language) -> JournalPage {
    let tab = |kind, count: &str, state| Tab {
        kind,
        count: count.to_owned(),
        href: "/mails".to_owned(),
        state,
    };
    JournalPage {
        query: String::new(),
        chips: vec![Chip {
            field: Field::Period,
            value: Field::Period.value(language, "7d"),
            choices: vec![Link {
                label: Field::Period.value(language, "7d"),
                href: "/mails?period=7d".to_owned(),
                state: Current::Yes,
            }],
            remove: "/mails".to_owned(),
        }],
        offers: vec![Offer {
            field: Field::Outcome,
            values: vec![Link {
                label: Field::Outcome.value(language, "bounce"),
                href: "/mails?outcome=bounce".to_owned(),
                state: Current::No,
            }],
        }],
        place: Some(PlaceForm {
            problem: Some(say(language, "Diese Nummer gibt es nicht.", "There is no such number.")),
            ..PlaceForm::default()
        }),
        tabs: vec![
            tab(TabKind::All, "", Current::Yes),
            tab(TabKind::Undecided, "1", Current::No),
            tab(TabKind::WithoutTicket, "6", Current::No),
            tab(TabKind::Quarantined, "1", Current::No),
        ],
        list: MailList {
            here: "/mails".to_owned(),
            days: vec![Day {
                name: Some(say(language, "Heute", "Today")),
                total: "84".to_owned(),
                rows: rows(),
            }],
            empty: Empty::NoMails,
            find: Some("/mails/find?q=x".to_owned()),
            more: Some("/mails?after=66".to_owned()),
        },
        entry: Some(open(language)),
        since_yesterday: 296,
    }
}

/// The original of a mail.
pub fn raw() -> RawPage {
    RawPage {
        subject: "AW: Sechs Schreibtische".to_owned(),
        back: "/mails/75#entry".to_owned(),
        download: "/mails/75/raw?download=1".to_owned(),
        source: "From: k.brandt@sw-lindenau.example\r\nSubject: =?utf-8?Q?AW?=\r\n\r\n<b>Guten Tag</b>\r\n".to_owned(),
        cut: Some(("256 KB".to_owned(), "4,1 MB".to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::Place;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    #[test]
    fn the_journal_is_printed_in_both_languages() {
        for language in LANGUAGES {
            let frame = frame(language, Place::Mails);
            let mut journal = journal(language);
            for row in journal.list.days.iter_mut().flat_map(|day| &mut day.rows) {
                row.subject = "AW: 48213".to_owned();
            }
            check(language, &page(&frame, &journal));
            check(language, &raw_page(&frame, &raw()));
            journal.entry = None;
            journal.list.days.clear();
            for empty in [
                Empty::NoMails,
                Empty::NothingToDecide,
                Empty::AllInTickets,
                Empty::NoQuarantine,
                Empty::NotFound,
            ] {
                journal.list.empty = empty;
                check(language, &page(&frame, &journal));
            }
        }
    }

    #[test]
    fn every_outcome_says_where_the_mail_is() {
        for language in LANGUAGES {
            for row in rows() {
                assert!(!row.outcome.short(language).is_empty());
                let sentence = row.outcome.sentence(language).0;
                assert!(sentence.ends_with('.') || sentence.ends_with("</b>."), "{sentence}");
                assert_eq!(
                    row.outcome.ticket().is_some(),
                    sentence.contains("/tickets/"),
                    "{sentence}"
                );
            }
        }
    }

    #[test]
    fn every_step_has_a_name_in_both_languages() {
        let all = [
            StepKind::Arrived { mailbox: "Retouren".to_owned(), way: "LMTP".to_owned() },
            StepKind::Read { attachments: 0, quoted: 1 },
            StepKind::Decided,
            StepKind::Undecided,
            StepKind::SameAgain { ticket: None },
            StepKind::SameAgain { ticket: Some("48213".to_owned()) },
            StepKind::ByHand { who: "Ben".to_owned(), deed: Deed::Discarded },
            StepKind::ByHand { who: "Ben".to_owned(), deed: Deed::Retried },
            StepKind::ByHand { who: "Ben".to_owned(), deed: Deed::Moved("48213".to_owned()) },
            StepKind::ByHand { who: "Ben".to_owned(), deed: Deed::Made("48213".to_owned()) },
            StepKind::Quarantined,
            StepKind::Marked,
            StepKind::Deleted,
            StepKind::Kept,
            StepKind::Gone,
        ];
        for language in LANGUAGES {
            let mut mail = open(language);
            mail.steps.clear();
            for kind in &all {
                mail.steps.push(Step {
                    kind: kind.clone(),
                    result: StepResult::Failed,
                    words: None,
                    time: at("09:12"),
                });
            }
            let html = entry(language, &mail, "/mails");
            assert_eq!(html.0.matches("<li data-r=\"fehl\">").count(), all.len(), "{}", html.0);
            check(language, &html);
        }
    }

    #[test]
    fn an_entry_says_why_and_by_which_way_in_whole_sentences() {
        let mut mail = open(Language::German);
        let moved = entry(Language::German, &mail, "/mails").0;
        assert!(moved.contains("uns. Inzwischen liegt sie in Ticket <b>"), "{moved}");
        mail.is_moved = false;
        let german = entry(Language::German, &mail, "/mails").0;
        let joined = "48213</a></b>. Sie antwortet auf eine Mail von uns.</span>";
        assert!(german.contains(joined), "{german}");
        let folder = "<small>Postfach Retouren, Ordner Posteingang, Nr. 20418</small>";
        assert!(german.contains(folder), "{german}");
        let mut mail = open(Language::English);
        mail.is_moved = false;
        mail.steps.truncate(1);
        let mailbox = || "Retouren".to_owned();
        mail.steps[0].kind = StepKind::Arrived { mailbox: mailbox(), way: "LMTP".to_owned() };
        let english = entry(Language::English, &mail, "/mails").0;
        assert!(english.contains("</a></b>. It answers a mail of ours.</span>"), "{english}");
        assert!(english.contains("<small>Mailbox Retouren, over LMTP</small>"), "{english}");
    }

    #[test]
    fn an_entry_that_waits_looks_again_beside_its_list() {
        let mut mail = open(Language::German);
        let asks = "hx-get=\"/mails/75?tab=undecided\"";
        assert!(!entry(Language::German, &mail, "/mails?tab=undecided").0.contains(asks));
        mail.outcome = Outcome::Waiting;
        assert!(entry(Language::German, &mail, "/mails?tab=undecided").0.contains(asks));
    }

    #[test]
    fn no_quoted_lines_are_not_counted() {
        let mut mail = open(Language::German);
        mail.steps.truncate(1);
        for (attachments, quoted, words) in [
            (0, 0, "<small>Ohne Anhang</small>"),
            (3, 0, "<small>3 Anhänge</small>"),
            (3, 14, "<small>3 Anhänge, 14 Zeilen Zitat erkannt</small>"),
        ] {
            mail.steps[0].kind = StepKind::Read { attachments, quoted };
            let html = entry(Language::German, &mail, "/mails").0;
            assert!(html.contains(words), "{html}");
        }
    }

    #[test]
    fn the_original_is_shown_as_text() {
        let html = raw_page(&frame(Language::German, Place::Mails), &raw()).0;
        assert!(html.contains("&lt;b&gt;Guten Tag&lt;/b&gt;"), "{html}");
        assert!(html.contains("Gezeigt werden 256 KB von 4,1 MB."), "{html}");
    }

    #[test]
    fn only_a_mail_that_can_be_tried_again_has_the_button() {
        let mut mail = open(Language::German);
        assert!(entry(Language::German, &mail, "/mails").0.contains("action=\"/mails/75/retry\""));
        mail.retry = Retry::Withheld;
        assert!(!entry(Language::German, &mail, "/mails").0.contains("retry"));
    }
}
