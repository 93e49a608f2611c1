//! One filter language: in memory and as SQL it means the same.

use laufzettel::feature::change::{Change, ChangeTicket, Changed};
use laufzettel::feature::list::read::ReadList;
use laufzettel::record::actor::{self, Acting, Actor};
use laufzettel::record::directory::Directory;
use laufzettel::record::ticket_list::{Direction, Order};
use rules::filter::{TicketFacts, matches};
use rules::status::StatusKind;
use rules::text::{Tokens, analyse, guess_language};
use values::Timestamp;

use crate::world::World;
use crate::world::browser::Browser;

testkit::on_both_engines!(
    a_filter_means_the_same_in_memory_and_as_sql,
    pages_follow_each_other_without_gaps
);

/// A ticket as the story knows it, apart from the database.
#[derive(Clone)]
struct Told {
    number: String,
    id: i64,
    subject: String,
    name: String,
    address: String,
    status: i64,
    kind: StatusKind,
    unseen: bool,
    priority: i64,
    assignee: Option<i64>,
    category: Option<i64>,
    tags: Vec<(i64, String)>,
    due: Option<Timestamp>,
    created: Timestamp,
    updated: Timestamp,
    customer_wrote: Timestamp,
    files: Vec<String>,
    documents: Vec<Tokens>,
}

struct Load(laufzettel::record::AgentId);

impl db::Reading for Load {
    type Outcome = Actor;

    async fn run(&self, view: &mut db::View<'_>) -> db::Result<Actor> {
        Ok(actor::load(view, self.0).await?.unwrap())
    }
}

db::from_row! {
    struct Stored {
        id: i64,
        updated_at: Timestamp,
        unseen: bool,
    }
}

db::from_row! {
    struct Tag {
        id: i64,
        name: String,
    }
}

const SUBJECTS: [&str; 6] = [
    "Rechnung fehlt",
    "Drucker raucht",
    "Rechnung doppelt",
    "Lieferung nach Köln",
    "Passwort vergessen",
    "Angebot für Stühle",
];
const NAMES: [(&str, &str); 3] = [
    ("Ann Hansen", "ann@kunde.example"),
    ("Björn Müller", "bjoern@firma.example"),
    ("Çiğdem Öz", "cigdem@kunde.example"),
];

async fn tell(world: &World, ben: &Browser, place: usize) -> Told {
    let subject = SUBJECTS[place % SUBJECTS.len()];
    let (name, address) = NAMES[place % NAMES.len()];
    let text = format!("Guten Tag, es geht um Vorgang {place} und um Zahlungen.");
    let (kind, files): (String, Vec<String>) = match place % 4 {
        0 => (
            format!(
                "Content-Type: multipart/mixed; boundary=b\n\n--b\n\n{text}\n--b\n\
                 Content-Type: application/pdf; name=Beleg{place}.pdf\nContent-Disposition: attachment\n\nx\n--b--\n"
            ),
            vec![rules::text::fold_text(&format!("Beleg{place}.pdf"))],
        ),
        _ => (format!("\n{text}\n"), Vec::new()),
    };
    let mail = format!(
        "From: {} <{address}>\nTo: hilfe@firma.example\nSubject: {}\nMessage-ID: <f{place}@x>\n{kind}",
        encoded(name),
        encoded(subject)
    );
    let created = world.app.now();
    let number = world.mail("hilfe", &mail).await.ticket.unwrap();
    let actor = world.app.db.read(&Load(ben.agent)).await.unwrap();
    let directory = world.app.directory().await.unwrap();
    let changes = changes(place, &directory, ben, created);
    world.minutes_pass(1);
    if !changes.is_empty() {
        let change = ChangeTicket {
            acting: Acting { actor: &actor, now: world.app.now(), ids: &world.app.ids },
            number: &number,
            directory: &directory,
            version: None,
            changes: &changes,
        };
        assert!(matches!(world.app.db.write(&change).await.unwrap(), Changed::Done { .. }));
    }
    let stored: Stored = world
        .app
        .db
        .one(
            db::sql!("select id, updated_at, unseen from ticket where number = $1"),
            db::params![number.as_str()],
        )
        .await
        .unwrap();
    let mut told = Told {
        id: stored.id,
        updated: stored.updated_at,
        unseen: stored.unseen,
        subject: subject.to_owned(),
        name: name.to_owned(),
        address: address.to_owned(),
        status: 1,
        kind: StatusKind::Unread,
        priority: 2,
        assignee: None,
        category: None,
        tags: Vec::new(),
        due: None,
        created,
        customer_wrote: created,
        documents: Vec::new(),
        files,
        number,
    };
    remember(world, &mut told, &changes, &directory, &text, place).await;
    told
}

fn encoded(text: &str) -> String {
    let letters: String = text.bytes().map(|byte| format!("={byte:02X}")).collect();
    format!("=?utf-8?q?{letters}?=")
}

fn changes(place: usize, directory: &Directory, ben: &Browser, now: Timestamp) -> Vec<Change> {
    let mut changes = Vec::new();
    if place % 3 == 1 {
        let status = &directory.statuses[(place / 3) % 11];
        if status.active && status.kind.0 != StatusKind::Trash {
            changes.push(Change::Status(status.id.number()));
        }
    }
    if place % 5 == 2 {
        changes.push(Change::Priority(4));
        changes.push(Change::Assignee(Some(ben.agent.number())));
    }
    if place % 4 == 3 {
        changes.push(Change::Tags(vec!["Großkunde".into(), format!("T{}", place % 3)]));
    }
    if place % 6 == 4 {
        let minutes = i64::try_from(place).unwrap() * 700 - 9_000;
        changes.push(Change::Due(Some(now.millis() + minutes * 60_000)));
    }
    changes
}

async fn remember(
    world: &World,
    told: &mut Told,
    changes: &[Change],
    directory: &Directory,
    text: &str,
    place: usize,
) {
    for change in changes {
        match change {
            Change::Status(id) => {
                told.status = *id;
                told.kind =
                    directory.statuses.iter().find(|s| s.id.number() == *id).unwrap().kind.0;
            }
            Change::Priority(id) => told.priority = *id,
            Change::Assignee(id) => {
                told.assignee = *id;
                // The status follows unless it is named (F-STAT-08).
                if !changes.iter().any(|change| matches!(change, Change::Status(_))) {
                    let assigned = directory.status_of_kind(StatusKind::Assigned).unwrap();
                    (told.status, told.kind) = (assigned.id.number(), StatusKind::Assigned);
                }
            }
            Change::Due(at) => told.due = at.map(Timestamp::from_millis),
            Change::Tags(names) => {
                for name in names {
                    let tag: Tag = world
                        .app
                        .db
                        .one(
                            db::sql!("select id, name from tag where name = $1"),
                            db::params![name.as_str()],
                        )
                        .await
                        .unwrap();
                    told.tags.push((tag.id, tag.name));
                }
            }
            _ => {}
        }
    }
    let analysed = |text: &str| analyse(text, guess_language(text));
    let tags: Vec<&str> = told.tags.iter().map(|(_, name)| name.as_str()).collect();
    let files = if told.files.is_empty() { String::new() } else { format!("Beleg{place}.pdf") };
    told.documents = vec![
        analysed(
            &[told.number.as_str(), &told.subject, &told.name, &told.address, &tags.join(" ")]
                .join("\n"),
        ),
        analysed(&[told.subject.as_str(), &told.name, text, &files].join("\n")),
    ];
}

const FILTERS: &[&str] = &[
    "",
    "ist:offen",
    "ist:geschlossen",
    "ist:alle",
    "ist:ungelesen",
    "ist:überfällig",
    "status:neu",
    "status:offen,gelöst",
    "-status:neu",
    "art:in_progress",
    "priorität:dringend",
    "zuständig:leer",
    "zuständig:ich",
    "assignee:none priority:urgent",
    "schlagwort:großkunde",
    "schlagwort:leer ist:offen",
    "schlagwort:t0,t1",
    "-schlagwort:t1",
    "von:ann@kunde.example",
    "von:@kunde.example",
    "von:müller",
    "betreff:rechnung",
    "betreff:köln",
    "nummer:TS2611-0003",
    "frist:leer",
    "-frist:leer",
    "frist:<2d",
    "frist:>1d",
    "frist:heute",
    "frist:<morgen",
    "erstellt:heute",
    "erstellt:<10m",
    "erstellt:>1h",
    "geändert:<5h",
    "kunde:heute",
    "team:leer",
    "anhang:ja",
    "anhang:leer ist:offen",
    "anhang:beleg4",
    "rechnung",
    "rechnungen",
    "\"Vorgang 7\"",
    "-rechnung",
    "rechnung -doppelt",
    "rechnung oder drucker",
    "(rechnung oder status:gelöst) priorität:normal",
    "(status:neu oder status:offen) (rechnung oder anhang:ja)",
    "mueller",
    "-(betreff:rechnung oder von:@firma.example)",
    "gibtesnicht:xyz",
    "status:gibtesnicht",
];

async fn a_filter_means_the_same_in_memory_and_as_sql(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.administrator("Ben").await;
    let mut tickets = Vec::new();
    for place in 0..36 {
        tickets.push(tell(&world, &ben, place).await);
        world.minutes_pass(3);
    }
    let actor = world.app.db.read(&Load(ben.agent)).await.unwrap();
    world.app.forget_lists();
    let directory = world.app.directory().await.unwrap();
    for filter in FILTERS {
        let list = ReadList {
            app: &world.app,
            actor: &actor,
            directory: &directory,
            text: filter,
            besides: None,
            order: Some(Order::Created),
            direction: Direction::Backward,
            after: None,
            limit: 100,
            now: world.app.now(),
        };
        let page = world.app.db.read(&list).await.unwrap();
        let found: Vec<&str> = page.rows.iter().map(|row| row.number.as_str()).collect();
        let expected: Vec<&str> = tickets
            .iter()
            .filter(|told| holds(&page.understood.node, told))
            .map(|told| told.number.as_str())
            .collect();
        assert_eq!(found, expected, "{filter}");
    }
}

fn holds(node: &rules::filter::Node, told: &Told) -> bool {
    let tags: Vec<i64> = told.tags.iter().map(|(id, _)| *id).collect();
    let files: Vec<&str> = told.files.iter().map(String::as_str).collect();
    let facts = TicketFacts {
        id: told.id,
        number: &told.number,
        subject: &told.subject,
        status: told.status,
        kind: told.kind,
        unseen: told.unseen,
        marks: &[],
        area: 1,
        assignee: told.assignee,
        queue: None,
        category: told.category,
        request_type: Some(5),
        priority: Some(told.priority),
        tags: &tags,
        contact: None,
        company: None,
        requester_name: &told.name,
        requester_address: &told.address,
        due: told.due,
        resubmission: None,
        created: told.created,
        updated: told.updated,
        customer_wrote: Some(told.customer_wrote),
        agent_wrote: None,
        attachments: &files,
        documents: &told.documents,
    };
    matches(node, &facts)
}

async fn pages_follow_each_other_without_gaps(world: World) {
    world.mailbox("hilfe", "support").await;
    for place in 0..120 {
        let mail = format!(
            "From: k{place}@kunde.example\nTo: hilfe@firma.example\nSubject: Seite {place}\nMessage-ID: <s{place}@x>\n\nText.\n"
        );
        world.mail("hilfe", &mail).await;
        world.minutes_pass(1);
    }
    let ben = world.agent("Ben").await;
    let eve = world.agent_of("Eve", &[("support", rules::right::Level::Work)]).await;
    for person in [&ben, &eve] {
        let mut path = "/inbox".to_owned();
        let mut numbers: Vec<String> = Vec::new();
        loop {
            let page = person.get(&path).await.text();
            let rows = page.split("id=\"t-").skip(1);
            numbers.extend(rows.map(|row| row.split('"').next().unwrap().to_owned()));
            let Some(more) = page.split("data-more").next().filter(|_| page.contains("data-more"))
            else {
                break;
            };
            let href = more.rsplit("href=\"").next().unwrap().split('"').next().unwrap();
            path = href.replace("&amp;", "&");
        }
        let expected: Vec<String> = (1..=120).map(|place| format!("TS2611-{place:04}")).collect();
        assert_eq!(numbers, expected);
    }
}
