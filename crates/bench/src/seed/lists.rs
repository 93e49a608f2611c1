//! What an administrator would have set up: areas, agents, queues, tags, a mailbox; and customers.

use rules::customer;
use rusqlite::types::Value;
use values::Timestamp;

use super::rows::{
    AGENT, AREA, CATEGORY, COMPANY, COMPANY_KEY, CONTACT, CONTACT_ADDRESS, CONTACT_KEY,
    CONTACT_PHONE, MAILBOX, MAILBOX_ADDRESS, QUEUE, Row, TAG,
};
use crate::chance::Chance;
use crate::row;
use crate::text;
use crate::words::DOMAINS;

/// The address of the mailbox.
pub const ADDRESS: &str = "support@example.com";
/// Agents; the first is an administrator.
pub const AGENTS: i64 = 21;
/// Areas; the first one is delivered with the product.
const AREAS: [(i64, &str, &str); 5] = [
    (2, "technik", "Technik"),
    (3, "vertrieb", "Vertrieb"),
    (4, "buchhaltung", "Buchhaltung"),
    (5, "personal", "Personal"),
    (6, "einkauf", "Einkauf"),
];
/// How many areas there are.
pub const AREAS_COUNT: i64 = 6;
/// Tags.
pub const TAGS: [&str; 12] = [
    "garantie",
    "rückruf",
    "wichtig",
    "rabatt",
    "messe",
    "umzug",
    "ersatzteil",
    "schulung",
    "vor ort",
    "altkunde",
    "muster",
    "export",
];
/// Queues.
const QUEUES: [(i64, &str, &str); 4] = [
    (1, "stufe-1", "Stufe 1"),
    (2, "stufe-2", "Stufe 2"),
    (3, "werkstatt", "Werkstatt"),
    (4, "innendienst", "Innendienst"),
];
/// Categories beside the delivered one.
const CATEGORIES: [(i64, &str, &str); 7] = [
    (2, "drucken", "Drucken"),
    (3, "zugang", "Zugang"),
    (4, "netz", "Netz"),
    (5, "lieferung", "Lieferung"),
    (6, "zahlung", "Zahlung"),
    (7, "vertrag", "Vertrag"),
    (8, "anlage", "Anlage"),
];

/// A person on record.
pub struct Customer {
    /// The row of the contact.
    pub contact: i64,
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The company, for four of five.
    pub company: Option<i64>,
    /// The company's name.
    pub company_name: Option<String>,
}

/// How many contacts a database of so many tickets has.
pub fn contacts(tickets: u64) -> u64 {
    (tickets / 20).max(100)
}

fn companies(tickets: u64) -> u64 {
    (tickets / 500).max(20)
}

/// A contact by its number.
pub fn customer(number: u64, tickets: u64) -> Customer {
    let mut chance = Chance::new(number ^ 0x436F_6E74);
    let name = text::person(&mut chance);
    let address = format!("kunde{number}@{}", chance.pick(&DOMAINS));
    let count = usize::try_from(companies(tickets)).unwrap_or(1);
    let company = chance.percent(80).then(|| chance.below(count) as u64 + 1);
    Customer {
        contact: i64::try_from(number).unwrap_or(0),
        name,
        address,
        company: company.and_then(|number| i64::try_from(number).ok()),
        company_name: company.map(company_name),
    }
}

fn company_name(number: u64) -> String {
    let name = text::company(&mut Chance::new(number ^ 0x4669_726D));
    format!("{name} {number}")
}

/// The rows of everything but tickets.
pub fn rows(tickets: u64, now: Timestamp) -> Vec<Row> {
    let mut rows = agents(now);
    rows.extend(plain_lists());
    rows.extend(mailbox(now));
    for number in 1..=companies(tickets) {
        rows.extend(company(number, now));
    }
    for number in 1..=contacts(tickets) {
        rows.extend(contact(number, tickets, now));
    }
    rows
}

fn company(number: u64, now: Timestamp) -> Vec<Row> {
    let (name, id) = (company_name(number), i64::try_from(number).unwrap_or(0));
    let (customer_number, domain) = (format!("K-{number:05}"), format!("firma{number}.example"));
    let mut keys = customer::name_keys(&name);
    keys.extend(customer::plain_key(&customer_number));
    keys.extend(customer::plain_key(&domain));
    let row = row!(COMPANY;
        id, name.clone(), name.to_lowercase(), customer_number, domain, now.millis(), 1,
        customer::KEY_RULE,
    );
    let keys = keys.into_iter().map(|key| row!(COMPANY_KEY; key, id));
    std::iter::once(row).chain(keys).collect()
}

/// The rows of a contact by its number.
pub fn contact(number: u64, tickets: u64, now: Timestamp) -> Vec<Row> {
    let customer = self::customer(number, tickets);
    let phone = format!("+49 351 {number:07}");
    let mut keys = customer::name_keys(&customer.name);
    keys.extend(customer::phone_keys(&phone));
    let (id, key) = (customer.contact, customer.name.to_lowercase());
    let row = row!(CONTACT;
        id, customer.name, key, customer.company, now.millis(), 1, customer::KEY_RULE,
    );
    let reach = [row!(CONTACT_ADDRESS; customer.address, id, 1), row!(CONTACT_PHONE; id, 1, phone)];
    let keys = keys.into_iter().map(|key| row!(CONTACT_KEY; key, id));
    std::iter::once(row).chain(reach).chain(keys).collect()
}

fn agents(now: Timestamp) -> Vec<Row> {
    let agent = |number: i64| {
        let name = text::person(&mut Chance::new(number.unsigned_abs()));
        let role = if number == 1 { "administrator" } else { "agent" };
        let email = format!("agent{number}@team.example");
        row!(AGENT; number, email, name, role.to_owned(), 1, 1, now.millis(), 1)
    };
    (1..=AGENTS).map(agent).collect()
}

fn plain_lists() -> Vec<Row> {
    let mut rows = Vec::new();
    for (id, key, name) in AREAS {
        rows.push(row!(AREA; id, key.to_owned(), name.to_owned(), id, 1, id, 1));
    }
    for (id, key, name) in QUEUES {
        rows.push(row!(QUEUE; id, key.to_owned(), name.to_owned(), id, 1, 1));
    }
    for (id, key, name) in CATEGORIES {
        rows.push(row!(CATEGORY; id, key.to_owned(), name.to_owned(), id, 1, 0, 1));
    }
    for (id, name) in (1_i64..).zip(TAGS) {
        rows.push(row!(TAG; id, name.to_owned(), name.to_owned()));
    }
    rows
}

fn mailbox(now: Timestamp) -> [Row; 2] {
    let words = |word: &str| Value::from(word.to_owned());
    [
        row!(MAILBOX;
            1, words("support"), words("Support"), 1, 1, words(r#"{"kind":"push"}"#),
            words("mark_read"), words("ticket"), words("linked_ticket"), 0, 80, words(""),
            now.millis(), 1,
        ),
        row!(MAILBOX_ADDRESS; ADDRESS.to_owned(), 1, 1),
    ]
}
