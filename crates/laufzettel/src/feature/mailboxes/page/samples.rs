//! The mailboxes of the design's screen.

use values::Language;

use super::*;
use crate::record::frame::samples::say;

fn figures(applied: &str, kinds: (u64, u64, u64, u64), verdict: Verdict) -> Figures {
    Figures {
        way: Way::Server,
        seen: Some("1.204".to_owned()),
        remarks: Vec::new(),
        unassigned: 0,
        stored: "1.204".to_owned(),
        applied: applied.to_owned(),
        duplicates: kinds.0,
        filtered: kinds.1,
        quarantined: kinds.2,
        gone: kinds.3,
        exceptions: "/mails?q=ticket:leer".to_owned(),
        verdict,
    }
}

fn mailbox_of(name: &str, state: State, figures: Figures) -> Mailbox {
    Mailbox {
        name: name.to_lowercase(),
        live_id: "7".to_owned(),
        label: name.to_owned(),
        address: format!("{}@brueckner-objekt.example", name.to_lowercase()),
        state,
        words: None,
        today: "41".to_owned(),
        fetch: Fetch::Offered,
        reconcile: Fetch::Offered,
        may_edit: true,
        figures,
    }
}

/// The mailboxes of the design's screen.
pub fn mailboxes(language: Language) -> MailboxesPage {
    let even = || Verdict::Even { time: "06:00".to_owned() };
    let mut it =
        mailbox_of("IT", State::WrongPassword, figures("204", (2, 0, 0, 0), Verdict::Unknown));
    it.words = Some("NO [AUTHENTICATIONFAILED] Invalid credentials".to_owned());
    let last = say(language, "10:42:06, vor 12 Sekunden", "10:42:06, 12 seconds ago");
    let service =
        mailbox_of("Service", State::Running { last }, figures("1.198", (3, 1, 1, 1), even()));
    let target = State::TargetMissing { folder: "Laufzettel erledigt".to_owned() };
    let returns = mailbox_of("Retouren", target, figures("1.204", (0, 0, 0, 0), even()));
    let mut house = mailbox_of("Haustechnik", State::Off, figures("64", (0, 0, 0, 0), even()));
    house.fetch = Fetch::Withheld;
    let listening = State::Listening { place: "LMTP 127.0.0.1:2424".to_owned() };
    let mut shop = mailbox_of("Shop", listening, figures("8", (0, 0, 0, 0), even()));
    shop.fetch = Fetch::Withheld;
    shop.figures.seen = None;
    let lacking = Lacking {
        time: "06:00".to_owned(),
        missing: 23,
        lost: 1,
        named: vec![("20418".to_owned(), "AU-77310".to_owned())],
        is_running: false,
    };
    let running = State::Running { last: "10:42:06".to_owned() };
    let mut sales =
        mailbox_of("Sales", running, figures("8", (0, 0, 0, 0), Verdict::Differs(lacking)));
    sales.figures.unassigned = 2;
    MailboxesPage { mailboxes: vec![it, service, returns, house, shop, sales], may_add: true }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::frame::Place;
    use crate::record::frame::samples::{LANGUAGES, check, frame};

    fn states() -> Vec<State> {
        let again = "10:45".to_owned();
        let server = "imap.example".to_owned();
        vec![
            State::Listening { place: "127.0.0.1:2424".to_owned() },
            State::Starting,
            State::Unreachable { server: server.clone(), again: again.clone() },
            State::WrongCertificate { server: server.clone() },
            State::NoTls { server: server.clone() },
            State::Unprotected { server: server.clone() },
            State::NoLogin { server },
            State::SignInAgain { href: "/settings/oauth/microsoft".to_owned() },
            State::RegistrationRefused { href: "/settings/oauth/microsoft".to_owned() },
            State::NotAdmitted { href: "/settings/oauth/microsoft".to_owned() },
            State::CannotStore,
            State::FolderMissing { folder: "INBOX".to_owned() },
            State::Interrupted { again },
            State::Recounting,
            State::Full,
        ]
    }

    #[test]
    fn every_state_says_what_is_the_matter_in_both_languages() {
        for language in LANGUAGES {
            check(language, &page(&frame(language, Place::Mailboxes), &mailboxes(language)));
            check(
                language,
                &page(
                    &frame(language, Place::Mailboxes),
                    &MailboxesPage { mailboxes: Vec::new(), may_add: true },
                ),
            );
            for state in states() {
                for verdict in [Verdict::Pending { mails: 3 }, Verdict::Missing { mails: 1 }] {
                    let one =
                        mailbox_of("Service", state.clone(), figures("1", (0, 0, 0, 0), verdict));
                    check(language, &mailbox(language, &one));
                }
            }
        }
    }

    #[test]
    fn exceptions_are_counted_by_kind() {
        let html = page(&frame(Language::German, Place::Mailboxes), &mailboxes(Language::German)).0;
        assert!(html.contains("6 ansehen</a>"), "{html}");
        assert!(html.contains("3 doppelt, 1 aussortiert, 1 angehalten, 1 verschwunden"), "{html}");
        assert_eq!(html.matches("<b>keine</b>").count(), 3, "{html}");
    }

    #[test]
    fn a_mailbox_without_a_server_counts_nothing_there() {
        let html = page(&frame(Language::German, Place::Mailboxes), &mailboxes(Language::German)).0;
        let cell = "<span class=\"k\">auf dem Server</span><b>nicht gezählt</b>";
        assert_eq!(html.matches(cell).count(), 1, "{html}");
        assert!(!html.contains("unbekannt"), "{html}");
    }

    #[test]
    fn the_words_of_the_server_stand_there_verbatim() {
        let html = page(&frame(Language::German, Place::Mailboxes), &mailboxes(Language::German)).0;
        assert!(
            html.contains(
                "<code class=\"words\">NO [AUTHENTICATIONFAILED] Invalid credentials</code>"
            ),
            "{html}"
        );
    }

    #[test]
    fn a_mailbox_that_is_off_cannot_be_fetched() {
        let html = page(&frame(Language::German, Place::Mailboxes), &mailboxes(Language::German)).0;
        assert!(html.contains("action=\"/mailboxes/service/fetch\""), "{html}");
        assert!(!html.contains("action=\"/mailboxes/haustechnik/fetch\""), "{html}");
    }
}
