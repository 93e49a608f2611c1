//! The sample data hold together.

use std::collections::{BTreeMap, HashSet};

use db::{from_row, sql};
use jiff::tz::TimeZone;
use values::Timestamp;

use super::calendar::Calendar;
use super::company::Company;
use super::conversation::{Conversation, Deed, Property, all};
use super::invent::{FIRST, LAST};
use crate::App;
use crate::config::Config;
use crate::service::clock::Clock;

fn past() -> (Company, Calendar, Vec<Conversation>) {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    // Tuesday, 24 November 2026, 10:42 in Berlin.
    let calendar = Calendar::new(Timestamp::from_millis(1_795_513_320_000), zone);
    let company = Company::load().unwrap();
    let conversations = all(&company, &calendar).unwrap();
    (company, calendar, conversations)
}

fn texts(conversation: &Conversation) -> impl Iterator<Item = &str> {
    conversation.steps.iter().filter_map(|step| match &step.deed {
        Deed::Customer(mail) => Some(mail.text.as_str()),
        Deed::Agent { text, .. } | Deed::Note { text, .. } => Some(text.as_str()),
        Deed::Set { .. } => None,
    })
}

#[test]
fn every_text_block_says_something_that_is_filled_in() {
    let blocks = super::blocks::all().unwrap();
    assert_eq!(blocks.len(), 8);
    let company = Company::load().unwrap();
    for block in &blocks {
        let is_known = |area: &str| company.areas.iter().any(|known| known.key == area);
        assert!(block.area.is_none_or(is_known), "{block:?}");
        let text = block.paragraphs.join("\n");
        let filled = rules::variables::fill(&text, rules::variables::Format::Text, |_| {
            Some("Wert".to_owned())
        });
        assert!(filled.starts_with("Wert,") && !filled.contains(['{', '}']), "{filled}");
    }
}

#[test]
fn the_company_is_the_one_on_the_screens() {
    let company = Company::load().unwrap();
    let areas: Vec<_> = company.areas.iter().map(|area| area.name).collect();
    assert_eq!(areas, ["Bestellungen", "Retouren", "Buchhaltung", "IT-Service", "Haustechnik"]);
    assert_eq!((company.agents.len(), company.mailboxes.len()), (9, 7));
    assert_eq!(company.firms.iter().filter(|firm| firm.number.is_some()).count(), 40);
    let (firm, person) = company.person("k.brandt@sw-lindenau.example").unwrap();
    assert_eq!(
        (firm.number, person.salutation(firm)),
        (Some("20114"), "Guten Tag Frau Brandt".into())
    );
    assert_eq!(
        person.signature(firm),
        "Einkauf\nStadtwerke Lindenau\nAm Kraftwerk 2, 04177 Lindenau\nTelefon 0341 5550-214"
    );
    let (firm, person) = company.person("e.carter@harrow-fields.example").unwrap();
    assert_eq!(person.salutation(firm), "Dear Ms Carter");
    let salutation = |address: &str| {
        let (firm, person) = company.person(address).unwrap();
        person.salutation(firm)
    };
    assert_eq!(salutation("pieter@vdm-projecten.example"), "Dear Mr van der Meer");
    assert_eq!(salutation("l.yildiz@praxis-yildiz.example"), "Guten Tag Frau Dr. Yıldız");
    assert_eq!(salutation("s.held@brueckner-objekt.example"), "Hallo Sabrina");
}

#[test]
fn an_address_belongs_to_one_person() {
    let company = Company::load().unwrap();
    let people = company.firms.iter().flat_map(|firm| &firm.people);
    let mut known = HashSet::new();
    for address in people.flat_map(|person| &person.addresses) {
        assert!(known.insert(address), "{address}");
        assert!(values::EmailAddress::parse(address).unwrap().as_str() == address, "{address}");
    }
    assert!(known.len() > 90, "{}", known.len());
}

#[test]
fn numbers_are_complete_and_in_the_order_of_time() {
    let (_, calendar, conversations) = past();
    let numbers: Vec<u32> = conversations.iter().filter_map(|one| one.number).collect();
    assert_eq!(numbers, (FIRST..=LAST).collect::<Vec<_>>());
    let begun: Vec<_> = conversations
        .iter()
        .filter(|one| one.number.is_some())
        .map(|one| (one.steps[0].at, one.number.unwrap()))
        .collect();
    for pair in begun.windows(2) {
        assert!(pair[0].0 <= pair[1].0, "{pair:?}");
    }
    for conversation in &conversations {
        for pair in conversation.steps.windows(2) {
            assert!(pair[0].at <= pair[1].at, "{:?} {:?}", conversation.number, pair[1]);
        }
        assert!(conversation.steps.iter().all(|step| step.at < calendar.now));
    }
}

#[test]
fn whatever_is_named_exists() {
    let (company, _, conversations) = past();
    for conversation in &conversations {
        let name = format!("{:?} {}", conversation.number, conversation.subject);
        company.mailbox(conversation.mailbox).unwrap();
        for step in &conversation.steps {
            match &step.deed {
                Deed::Customer(mail) => {
                    let froms = [mail.from.as_ref(), mail.cc.as_ref(), Some(&conversation.from)];
                    let is_report = mail.text.is_empty();
                    for from in froms.into_iter().flatten().filter(|_| !is_report) {
                        assert!(company.person(from).is_some(), "{name}: {from}");
                    }
                    if let Some(also) = mail.also {
                        company.mailbox(also).unwrap();
                    }
                }
                Deed::Agent { agent, .. } | Deed::Note { agent, .. } => {
                    company.agent(agent).unwrap();
                }
                Deed::Set { agent, changes } => {
                    company.agent(agent).unwrap();
                    changes.iter().for_each(|change| assert_known(&company, change, &name));
                }
            }
        }
    }
}

fn assert_known(company: &Company, change: &Property, name: &str) {
    let is_known = match change {
        Property::Assignee(agent) => company.agent(agent).is_ok(),
        Property::Category(key) => company.categories.iter().any(|entry| entry.key == key),
        Property::Queue(key) => company.queues.iter().any(|entry| entry[0] == key),
        Property::Area(key) => company.areas.iter().any(|entry| entry.key == key),
        _ => true,
    };
    assert!(is_known, "{name}: {change:?}");
}

#[test]
fn no_two_mails_of_customers_read_alike() {
    let (_, _, conversations) = past();
    let mut known = HashSet::new();
    for conversation in &conversations {
        for step in &conversation.steps {
            if let Deed::Customer(mail) = &step.deed
                && !mail.text.is_empty()
            {
                assert!(
                    known.insert(mail.text.clone()),
                    "{:?}: {}",
                    conversation.number,
                    mail.text
                );
            }
        }
    }
}

#[test]
fn texts_are_complete() {
    let (_, _, conversations) = past();
    for conversation in &conversations {
        for text in texts(conversation).chain([conversation.subject.as_str()]) {
            let name = format!("{:?}: {text}", conversation.number);
            assert!(!text.contains(['{', '}']), "{name}");
            assert!(!text.contains("Lorem") && !text.contains(".."), "{name}");
            assert!(!text.contains("  "), "{name}");
        }
    }
}

#[test]
fn the_inbox_shows_what_the_screens_show() {
    let (company, calendar, conversations) = past();
    let mut open = Vec::new();
    for conversation in &conversations {
        let mut state = State::new(&company, conversation);
        conversation.steps.iter().for_each(|step| state.step(&step.deed));
        if conversation.number.is_some() && !state.is_closed {
            open.push(state);
        }
    }
    let count = |is_meant: &dyn Fn(&State) -> bool| open.iter().filter(|one| is_meant(one)).count();
    assert_eq!(open.len(), 38);
    assert_eq!(count(&|one| one.assignee.as_deref() == Some("Mareike Thoms")), 14);
    assert_eq!(count(&|one| one.assignee.is_none()), 5);
    assert_eq!(count(&|one| one.is_waiting), 15);
    let due = |from: &str, to: &str| {
        let (from, to) = (calendar.at(from).unwrap(), calendar.at(to).unwrap());
        count(&|one| !one.is_waiting && one.due.is_some_and(|due| due >= from && due < to))
    };
    assert_eq!(
        (due("-600m", "-0m"), due("+0m", "+1d 00:00"), due("+1d 00:00", "+9d 00:00")),
        (3, 9, 11)
    );
    let mut areas: BTreeMap<String, usize> = BTreeMap::new();
    open.iter().for_each(|one| *areas.entry(one.area.clone()).or_default() += 1);
    let areas: Vec<_> = areas.iter().map(|(area, count)| (area.as_str(), *count)).collect();
    assert_eq!(
        areas,
        [("bestellungen", 11), ("buchhaltung", 8), ("haustechnik", 4), ("it", 6), ("retouren", 9)]
    );
}

/// What becomes of a ticket, as far as the inbox counts it.
struct State {
    area: String,
    assignee: Option<String>,
    due: Option<Timestamp>,
    is_waiting: bool,
    is_closed: bool,
}

impl State {
    fn new(company: &Company, conversation: &Conversation) -> Self {
        let area = company.mailbox(conversation.mailbox).unwrap().area.to_owned();
        Self { area, assignee: None, due: None, is_waiting: false, is_closed: false }
    }

    fn step(&mut self, deed: &Deed) {
        match deed {
            Deed::Customer(mail) if mail.kind == super::conversation::Kind::Person => {
                (self.is_waiting, self.is_closed) = (false, false);
            }
            Deed::Set { changes, .. } => changes.iter().for_each(|change| match change {
                Property::Area(area) => self.area = area.clone(),
                Property::Assignee(agent) => self.assignee = Some(agent.clone()),
                Property::Due(at) => self.due = Some(*at),
                Property::Spam => self.is_closed = true,
                Property::Status(key) => {
                    self.is_waiting = key == "wartet";
                    self.is_closed = ["geloest", "abgebrochen"].contains(&key.as_str());
                }
                _ => {}
            }),
            _ => {}
        }
    }
}
from_row! {
    struct Count {
        name: String,
        count: i64,
    }
}

async fn counts(app: &App, sql: db::Sql) -> Vec<(String, i64)> {
    let rows: Vec<Count> = app.db.all(sql, []).await.unwrap();
    rows.into_iter().map(|row| (row.name, row.count)).collect()
}

/// Proves decision 38: the past goes through the ordinary operations.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_past_is_written_through_intake_and_changes() {
    let folder = tempfile::tempdir().unwrap();
    let config = Config::for_folder(folder.path()).unwrap();
    let now = Timestamp::from_millis(1_795_513_320_000);
    let app = App::open(config, Clock::standing(now)).await.unwrap();

    let filled = super::fill(&app, now).await.unwrap();

    assert_eq!(filled.tickets, 221);
    assert_journal(&app, filled.mails).await;
    assert_inbox(&app).await;
    assert_conversation(&app).await;
}

/// Two mails came twice, one report was about nothing of ours, all others are in tickets.
async fn assert_journal(app: &App, mails: usize) {
    let states = sql!(
        "select state as name, count(*) as count from inbound_mail group by state order by state"
    );
    let applied = i64::try_from(mails).unwrap() - 3;
    assert_eq!(
        counts(app, states).await,
        [("applied".into(), applied), ("duplicate".into(), 2), ("filtered".into(), 1)]
    );
    let linked = sql!(
        "select o.number as name, count(*) as count from ticket t
         join ticket_link l on l.ticket = t.id join ticket o on o.id = l.other
         where t.number = '48218' group by o.number"
    );
    assert_eq!(counts(app, linked).await, [("48170".into(), 1)]);
}

async fn assert_inbox(app: &App) {
    let kinds = sql!(
        "select s.kind as name, count(*) as count from ticket t join status s on s.id = t.status
         where t.stage < 2 group by s.kind order by s.kind"
    );
    let kinds = counts(app, kinds).await;
    let kinds: Vec<_> = kinds.iter().map(|(kind, count)| (kind.as_str(), *count)).collect();
    assert_eq!(
        kinds,
        [
            ("assigned", 4),
            ("in_progress", 10),
            ("read", 1),
            ("to_clarify", 1),
            ("unread", 5),
            ("waiting_internal", 2),
            ("waiting_requester", 15),
        ]
    );
    let shown = sql!(
        "select number || ' ' || subject || ' | ' || preview as name, unseen as count
         from ticket where number in ('48149', '48213') order by number"
    );
    let shown = counts(app, shown).await;
    let shown: Vec<_> = shown.iter().map(|(name, unseen)| (name.as_str(), *unseen)).collect();
    assert_eq!(
        shown,
        [
            (
                "48149 Avis zur Rücksendung RT-3391 | Bitte nennen Sie uns die Anzahl der Paletten. \
                 Dann geht das Avis heute noch an die Spedition.",
                0
            ),
            (
                "48213 Sechs Schreibtische mit Transportschaden | Guten Tag Frau Demir, anbei die \
                 Fotos. Der Aufbau ist für Donnerstag geplant, wir brauchen die Platten also \
                 spätestens Mittwochabend. Die Spedition hat den Schaden bei der Annahme \
                 notiert, der Vermerk",
                1
            ),
        ]
    );
}

/// Who wrote in 48213, and how many parts each message has.
async fn assert_conversation(app: &App) {
    let messages = sql!(
        "select m.author_name || ' ' || coalesce(m.direction, m.visibility) as name,
                (select count(*) from attachment a where a.message = m.id) as count
         from message m join ticket t on t.id = m.ticket
         where t.number = '48213' order by m.id"
    );
    let messages = counts(app, messages).await;
    let messages: Vec<_> = messages.iter().map(|(name, files)| (name.as_str(), *files)).collect();
    assert_eq!(
        messages,
        [
            ("Katrin Brandt in", 0),
            ("Aylin Demir out", 0),
            ("Tobias Krüger internal", 0),
            ("Katrin Brandt in", 3),
            ("Tobias Krüger internal", 0),
            ("Mareike Thoms out", 0),
        ]
    );
}
