//! One ticket with its conversation, its history and its search documents.

use std::cmp::Ordering;

use data_encoding::BASE32_NOPAD;
use laufzettel::record::message::{File, Mailbox, Recipients, Segment, json, search_text};
use laufzettel::record::packed::pack;
use laufzettel::record::ticket::NO_DEADLINE;
use rules::number::fold_number;
use rules::text::{analyse, fold_text, guess_language};
use values::{Id, IdMaker, Timestamp};

use super::lists::{self, AGENTS, AREAS_COUNT, Customer, TAGS};
use super::outbox::Answer;
use super::rows::{
    ATTACHMENT, HISTORY_EVENT, MESSAGE, MESSAGE_HTML, MESSAGE_REFERENCE, Row, SEARCH_FILE,
    SEARCH_SERVER, TICKET, TICKET_PARTICIPANT, TICKET_TAG,
};
use super::world::{is_long, number};
use crate::chance::Chance;
use crate::report::Engine;
use crate::row;
use crate::text::{self, Planted};

/// The rare word stands in one of so many messages.
const RARE_EVERY: u64 = 30_011;
/// A minute and two days: between them lies the time from one message to the next.
const PAUSE_MILLIS: (i64, i64) = (60_000, 2 * 86_400_000);

/// Rows that come together, at the moment of their id.
pub struct Pending {
    /// The id of the first row.
    pub id: i64,
    /// The rows.
    pub rows: Vec<Row>,
}

impl PartialEq for Pending {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Pending {}

impl PartialOrd for Pending {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Pending {
    fn cmp(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }
}

/// Makes tickets.
pub struct Maker {
    tickets: u64,
    engine: Engine,
    now: Timestamp,
    ids: IdMaker,
    chance: Chance,
    messages: u64,
}

/// What a ticket and its messages share.
struct Case {
    id: i64,
    number: String,
    subject: String,
    area: i64,
    customer: Customer,
    assignee: Option<i64>,
    created_at: Timestamp,
}

/// A message, as far as its ticket needs it.
struct Written {
    at: Timestamp,
    is_answer: bool,
    preview: String,
    pending: Pending,
}

/// Where a ticket stands: its status and its stage.
const OPEN: [(i64, i64); 8] = [(1, 0), (1, 0), (2, 0), (3, 0), (4, 0), (4, 0), (5, 1), (6, 0)];

impl Maker {
    /// A maker for a database of so many tickets.
    pub fn new(tickets: u64, engine: Engine, now: Timestamp, ids: IdMaker) -> Self {
        Self { tickets, engine, now, ids, chance: Chance::new(tickets), messages: 0 }
    }

    /// An id of a moment.
    pub fn id(&self, at: Timestamp) -> i64 {
        let id: Id<()> = self.ids.next(at);
        id.number()
    }

    /// The rows of a ticket. All ids lie less than a minute before its creation, or after it.
    pub fn ticket(&mut self, place: u64, created_at: Timestamp) -> Vec<Pending> {
        let count = usize::try_from(lists::contacts(self.tickets)).unwrap_or(1);
        let customer = lists::customer(self.chance.below(count) as u64 + 1, self.tickets);
        let is_assigned = self.chance.percent(80);
        let case = Case {
            id: self.id(created_at),
            number: number(place),
            subject: text::subject(&mut self.chance),
            // Four of ten lie in the first area.
            area: if self.chance.percent(40) { 1 } else { self.chance.between(2, AREAS_COUNT + 1) },
            customer,
            assignee: is_assigned.then(|| self.chance.between(2, AGENTS + 1)),
            created_at,
        };
        let messages = if is_long(place, self.tickets) { 10 } else { 3 };
        let written = self.conversation(&case, messages);
        // Two of a hundred are open, all of them among the newest tenth.
        let is_open = place >= self.tickets / 10 * 9 && self.chance.percent(20);
        let mut all = vec![self.pending_ticket(&case, &written, is_open)];
        all.extend(written.into_iter().map(|message| message.pending));
        all
    }

    fn conversation(&mut self, case: &Case, count: usize) -> Vec<Written> {
        let mut at = case.created_at.plus_millis(-20_000);
        let mut written = Vec::with_capacity(count);
        for place in 0..count {
            written.push(self.message(case, place, at));
            let left = self.now.millis_since(at).clamp(2, PAUSE_MILLIS.1);
            let pause = self.chance.between(PAUSE_MILLIS.0.min(left - 1), left);
            at = at.plus_millis(pause);
        }
        written
    }

    fn message(&mut self, case: &Case, place: usize, at: Timestamp) -> Written {
        self.messages += 1;
        let id = self.id(at);
        let is_answer = place % 2 == 1;
        let is_rare = self.messages == 17 || self.messages.is_multiple_of(RARE_EVERY);
        let planted = if is_rare { Planted::Rare } else { Planted::Nothing };
        let paragraphs = text::paragraphs(&mut self.chance, planted);
        let segments = segments(&paragraphs, &case.customer.name, place == 0);
        let files = if place == 0 { self.files(at) } else { Vec::new() };
        let author = match is_answer {
            true => "Support".to_owned(),
            false => case.customer.name.clone(),
        };
        let agent = is_answer.then_some(case.assignee.unwrap_or(2));
        let recipients = json(&recipients(case, is_answer));
        let direction = if is_answer { "out" } else { "in" };
        let address = (!is_answer).then(|| case.customer.address.clone());
        let mut rows = vec![row!(MESSAGE;
            id, case.id, "external".to_owned(), direction.to_owned(), "mail".to_owned(),
            author.clone(), address, agent, at.millis(), at.millis(), case.subject.clone(),
            recipients, pack(&json(&segments)), json(&files), 0, 1,
        )];
        if place == 0 {
            let html = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect::<String>();
            rows.push(row!(MESSAGE_HTML; id, 0, pack(&format!("<div>{html}</div>"))));
        }
        let message_id = format!("{id:x}.filled@mail.example");
        if is_answer {
            let answer = Answer { id: self.id(at), ticket: case.id, message: id, agent, at };
            let (mail, recipient) = answer.rows(&case.customer, &case.subject, &message_id);
            rows.extend([mail, recipient]);
        }
        rows.push(row!(MESSAGE_REFERENCE; message_id, case.id, id));
        rows.extend(files.iter().map(|file| self.attachment(file, id, at)));
        let text = search_text(&case.subject, &author, &segments, &files);
        rows.push(self.document(id, &text, case.area));
        let preview = paragraphs.join(" ").chars().take(200).collect();
        Written { at, is_answer, preview, pending: Pending { id, rows } }
    }

    fn files(&mut self, at: Timestamp) -> Vec<File> {
        if !self.chance.percent(20) {
            return Vec::new();
        }
        vec![File {
            id: self.id(at),
            name: format!("Übersicht {}.pdf", self.messages),
            media_type: "application/pdf".to_owned(),
            size_bytes: 51_200,
            sha256: values::hex(&self.chance.bytes(32)),
            inline: false,
        }]
    }

    fn attachment(&self, file: &File, message: i64, at: Timestamp) -> Row {
        let hash = file.sha256.as_bytes().get(..32).unwrap_or_default().to_vec();
        row!(ATTACHMENT;
            file.id, message, file.name.clone(), fold_text(&file.name), file.media_type.clone(),
            file.size_bytes, hash.clone(), hash, "2".to_owned(), 0, at.millis(),
        )
    }

    fn document(&self, id: i64, text: &str, area: i64) -> Row {
        let tokens = analyse(text, guess_language(text));
        let area = format!("§a{area}");
        let scope = [area.as_str(), "§ext"];
        match self.engine {
            Engine::Sqlite => {
                let (stem, word) = tokens.fts5_columns(&scope);
                row!(SEARCH_FILE; id, stem, word)
            }
            Engine::Postgres => row!(SEARCH_SERVER; id, tokens.tsvector_literal(&scope)),
        }
    }

    fn pending_ticket(&mut self, case: &Case, written: &[Written], is_open: bool) -> Pending {
        let (status, stage) = match (is_open, self.chance.below(100)) {
            (true, _) => self.chance.pick(&OPEN),
            (false, 0) => (11, 3),
            (false, 1..3) => (10, 2),
            (false, _) => (9, 2),
        };
        let tags: Vec<usize> = match self.chance.percent(30) {
            true => vec![self.chance.below(TAGS.len())],
            false => Vec::new(),
        };
        let mut rows = vec![self.ticket_row(case, written, status, stage, &tags)];
        for tag in &tags {
            rows.push(row!(TICKET_TAG; i64::try_from(*tag).unwrap_or(0) + 1, case.id));
        }
        let customer = &case.customer;
        rows.push(row!(TICKET_PARTICIPANT;
            case.id, customer.address.clone(), customer.name.clone(), "requester".to_owned(),
        ));
        rows.extend(self.history(case, written, status));
        let company = customer.company_name.as_deref().unwrap_or_default();
        let (number, subject) = (case.number.as_str(), case.subject.as_str());
        let text = [number, subject, &customer.name, &customer.address, company].join("\n");
        rows.push(self.document(case.id, &text, case.area));
        Pending { id: case.id, rows }
    }

    fn ticket_row(
        &mut self,
        case: &Case,
        written: &[Written],
        status: i64,
        stage: i64,
        tags: &[usize],
    ) -> Row {
        let customer = &case.customer;
        let last = |is_answer: bool| {
            let of_kind = written.iter().rev().find(|message| message.is_answer == is_answer);
            of_kind.map(|message| message.at.millis())
        };
        let newest = written.last();
        let updated_at = newest.map_or(case.created_at, |message| message.at).millis();
        let due_at = match stage < 2 && self.chance.percent(40) {
            true => self.now.millis() + self.chance.between(-2 * 86_400, 14 * 86_400) * 1_000,
            false => NO_DEADLINE,
        };
        let names: Vec<&str> = tags.iter().filter_map(|tag| TAGS.get(*tag).copied()).collect();
        let public_id = BASE32_NOPAD.encode(&self.chance.bytes(10)).to_lowercase();
        row!(TICKET;
            case.id, case.number.clone(), fold_number(&case.number), public_id,
            case.subject.clone(), fold_text(&case.subject),
            newest.map(|message| message.preview.clone()).unwrap_or_default(), case.area,
            self.chance.between(1, 6), self.chance.between(1, 9),
            if self.chance.percent(80) { 2 } else { self.chance.between(1, 5) },
            self.chance.between(1, 5), status, stage, case.assignee, "mail".to_owned(),
            customer.name.clone(), customer.address.clone(),
            fold_text(&format!("{} {}", customer.name, customer.address)), customer.contact,
            customer.company, json(&names), i64::from(status == 1), due_at,
            last(false).unwrap_or(updated_at), case.created_at.millis(), updated_at,
            (status > 1).then(|| case.created_at.millis()), (stage > 1).then_some(updated_at),
            last(false), last(true), i64::try_from(written.len()).unwrap_or(0), 4,
        )
    }

    fn history(&self, case: &Case, written: &[Written], status: i64) -> Vec<Row> {
        let event = |at: Timestamp, kind: &str, agent: Option<i64>, detail: String| row!(HISTORY_EVENT; self.id(at), case.id, at.millis(), kind.to_owned(), agent, detail);
        let mut rows = vec![event(case.created_at, "created", None, r#"{"by":"mail"}"#.to_owned())];
        if let Some(assignee) = case.assignee {
            let detail = format!(r#"{{"from":null,"to":"{assignee}"}}"#);
            rows.push(event(case.created_at, "assignee_changed", Some(assignee), detail));
        }
        if status > 1 {
            let at = written.last().map_or(case.created_at, |message| message.at);
            let detail = format!(r#"{{"from":"1","to":"{status}"}}"#);
            rows.push(event(at, "status_changed", case.assignee, detail));
        }
        rows
    }
}

fn segments(paragraphs: &[String], name: &str, is_html: bool) -> Vec<Segment> {
    let segment =
        |kind: &str, text: String, html: bool| Segment { kind: kind.to_owned(), text, html };
    let signature = format!("-- \n{name}\nHafenstraße 12, 01067 Dresden");
    vec![segment("new", paragraphs.join("\n\n"), is_html), segment("signature", signature, false)]
}

fn recipients(case: &Case, is_answer: bool) -> Recipients {
    let to = match is_answer {
        true => Mailbox { name: case.customer.name.clone(), email: case.customer.address.clone() },
        false => Mailbox { name: String::new(), email: lists::ADDRESS.to_owned() },
    };
    Recipients { to: vec![to], ..Recipients::default() }
}
