//! The sample company and those who write to it, as the data files name them.

use rules::right::{Level, Role};
use values::Language;

use super::mails::Program;
use super::{BadData, Read, bad, fields, lines};

const COMPANY: &str = include_str!("data/company.txt");
const CUSTOMERS: &str = include_str!("data/customers.txt");

/// The sample company.
#[derive(Clone, Debug, Default)]
pub struct Company {
    /// Its name.
    pub name: &'static str,
    /// The domain of its addresses.
    pub domain: &'static str,
    /// Where it is.
    pub street: &'static str,
    /// Its telephone number without an extension.
    pub phone: &'static str,
    /// Its areas.
    pub areas: Vec<Area>,
    /// Its queues: key, name, English name.
    pub queues: Vec<[&'static str; 3]>,
    /// Its categories, parents first.
    pub categories: Vec<Category>,
    /// Its agents.
    pub agents: Vec<Agent>,
    /// Its mailboxes.
    pub mailboxes: Vec<Mailbox>,
    /// Its customers, and strangers who write.
    pub firms: Vec<Firm>,
}

/// An area.
#[derive(Clone, Debug)]
pub struct Area {
    /// The name for programs.
    pub key: &'static str,
    /// The German name.
    pub name: &'static str,
    /// The English name.
    pub name_en: &'static str,
    /// The colour, 1 to 6.
    pub hue: i64,
}

/// A category.
#[derive(Clone, Debug)]
pub struct Category {
    /// The name for programs.
    pub key: &'static str,
    /// The German name.
    pub name: &'static str,
    /// The English name.
    pub name_en: &'static str,
    /// The key of the category above.
    pub parent: Option<&'static str>,
}

/// An agent.
#[derive(Clone, Debug)]
pub struct Agent {
    /// The address.
    pub email: String,
    /// The name.
    pub name: &'static str,
    /// The role.
    pub role: Role,
    /// What the agent does, German and English.
    pub task: [&'static str; 2],
    /// The telephone extension.
    pub extension: &'static str,
    /// The level in each area that the agent may enter; nothing for an administrator.
    pub levels: Vec<(&'static str, Level)>,
}

/// A mailbox.
#[derive(Clone, Debug)]
pub struct Mailbox {
    /// The name for programs.
    pub name: &'static str,
    /// The name for people.
    pub label: &'static str,
    /// The key of the area.
    pub area: &'static str,
    /// The address.
    pub address: String,
    /// The key of the queue.
    pub queue: Option<&'static str>,
}

/// A customer with its people.
#[derive(Clone, Debug)]
pub struct Firm {
    /// The customer number.
    pub number: Option<&'static str>,
    /// The name.
    pub name: &'static str,
    /// The domain of its addresses.
    pub domain: &'static str,
    /// Where it is.
    pub street: &'static str,
    /// The language its people write.
    pub language: Language,
    /// Whether it is on record.
    pub is_known: bool,
    /// Who writes.
    pub people: Vec<Person>,
}

/// A person or a shared address of a firm.
#[derive(Clone, Debug)]
pub struct Person {
    /// `Frau`, `Herr`, `Ms`, `Mr`; nothing for a shared address.
    pub title: Option<&'static str>,
    /// The name.
    pub name: &'static str,
    /// What the person does.
    pub task: Option<&'static str>,
    /// The addresses, the main one first.
    pub addresses: Vec<String>,
    /// The telephone number.
    pub phone: &'static str,
    /// The mail program.
    pub program: Program,
    /// How the person begins a mail, without the comma.
    pub opening: &'static str,
    /// How the person ends one.
    pub closing: &'static str,
}

impl Company {
    /// Reads the data files.
    pub fn load() -> Read<Self> {
        let mut company = Self { name: super::COMPANY, ..Self::default() };
        for line in lines(COMPANY).filter(|line| !line.is_empty()) {
            company.add(line)?;
        }
        company.firms = firms()?;
        Ok(company)
    }

    fn add(&mut self, line: &'static str) -> Read<()> {
        let (word, rest) = line.split_once(' ').ok_or(BadData(line.to_owned()))?;
        match (word, fields(rest).as_slice()) {
            ("domain", [domain]) => self.domain = domain,
            ("street", [street]) => self.street = street,
            ("phone", [phone]) => self.phone = phone,
            ("area", [key, name, name_en, hue]) => {
                let hue = hue.parse().map_err(|_| BadData(line.to_owned()))?;
                self.areas.push(Area { key, name, name_en, hue });
            }
            ("queue", [key, name, name_en]) => self.queues.push([key, name, name_en]),
            ("category", [key, name, name_en, parent @ ..]) => {
                let parent = parent.first().copied();
                self.categories.push(Category { key, name, name_en, parent });
            }
            ("agent", [local, name, role, task, task_en, extension, levels @ ..]) => {
                self.agents.push(Agent {
                    email: format!("{local}@{}", self.domain),
                    name,
                    role: Role::from_code(role).ok_or(BadData(line.to_owned()))?,
                    task: [task, task_en],
                    extension,
                    levels: levels.first().map_or(Ok(Vec::new()), |text| read_levels(text))?,
                });
            }
            ("mailbox", [name, label, area, local, queue @ ..]) => self.mailboxes.push(Mailbox {
                name,
                label,
                area,
                address: format!("{local}@{}", self.domain),
                queue: queue.first().copied(),
            }),
            _ => return bad("unknown line", line),
        }
        Ok(())
    }

    /// The agent with this name.
    pub fn agent(&self, name: &str) -> Read<&Agent> {
        let found = self.agents.iter().find(|agent| agent.name == name);
        found.ok_or_else(|| BadData(format!("nobody is called {name}")))
    }

    /// The mailbox with this name.
    pub fn mailbox(&self, name: &str) -> Read<&Mailbox> {
        let found = self.mailboxes.iter().find(|mailbox| mailbox.name == name);
        found.ok_or_else(|| BadData(format!("there is no mailbox {name}")))
    }

    /// The person with this address, and the firm.
    pub fn person(&self, address: &str) -> Option<(&Firm, &Person)> {
        let is_meant = |person: &&Person| person.addresses.iter().any(|own| own == address);
        self.firms
            .iter()
            .find_map(|firm| firm.people.iter().find(is_meant).map(|person| (firm, person)))
    }
}

fn read_levels(text: &'static str) -> Read<Vec<(&'static str, Level)>> {
    let level = |pair: &'static str| {
        let (area, level) = pair.split_once('=')?;
        Some((area, Level::from_code(level)?))
    };
    let levels: Option<Vec<_>> = text.split(' ').map(level).collect();
    levels.ok_or_else(|| BadData(text.to_owned()))
}

fn firms() -> Read<Vec<Firm>> {
    let mut firms: Vec<Firm> = Vec::new();
    let mut is_known = true;
    for line in lines(CUSTOMERS).filter(|line| !line.is_empty()) {
        if line == "strangers" {
            is_known = false;
        } else if let Some(rest) = line.strip_prefix("- ") {
            let firm = firms.last_mut().ok_or(BadData(line.to_owned()))?;
            let person = read_person(rest, firm.domain)?;
            firm.people.push(person);
        } else {
            firms.push(read_firm(line, is_known)?);
        }
    }
    Ok(firms)
}

fn read_firm(line: &'static str, is_known: bool) -> Read<Firm> {
    let fields = fields(line);
    let [number, name, domain, street, language @ ..] = fields.as_slice() else {
        return bad("a firm", line);
    };
    let language = language.first().and_then(|code| Language::from_code(code));
    Ok(Firm {
        number: (*number != "0").then_some(*number),
        name,
        domain,
        street,
        language: language.unwrap_or(Language::German),
        is_known,
        people: Vec::new(),
    })
}

fn read_person(line: &'static str, domain: &str) -> Read<Person> {
    let fields = fields(line);
    let [who, addresses, phone, program, opening, closing] = fields.as_slice() else {
        return bad("a person", line);
    };
    let (title, name) = who.split_once(' ').ok_or(BadData(line.to_owned()))?;
    let (name, task) =
        name.split_once(", ").map_or((name, None), |(name, task)| (name, Some(task)));
    Ok(Person {
        title: (title != "*").then_some(title),
        name,
        task,
        addresses: addresses.split(' ').map(|local| format!("{local}@{domain}")).collect(),
        phone,
        program: Program::from_name(program).ok_or(BadData(line.to_owned()))?,
        opening,
        closing,
    })
}

impl Person {
    /// How an agent addresses the person: `Guten Tag Frau Brandt`.
    pub fn salutation(&self, firm: &Firm) -> String {
        let last = self.last_name();
        let first = self.name.split(' ').next().unwrap_or(self.name);
        let doctor = if self.name.starts_with("Dr. ") { "Dr. " } else { "" };
        let is_colleague = firm.number.is_none() && firm.is_known;
        match (firm.language, self.title) {
            (Language::English, Some(title)) => format!("Dear {title} {last}"),
            (Language::English, None) => "Hello".to_owned(),
            (Language::German, Some(_)) if is_colleague => format!("Hallo {first}"),
            (Language::German, None) if is_colleague => "Hallo".to_owned(),
            (Language::German, Some(title)) => format!("Guten Tag {title} {doctor}{last}"),
            (Language::German, None) => "Guten Tag".to_owned(),
        }
    }

    /// The last word of the name, with the small words before it: `van der Meer`.
    fn last_name(&self) -> &'static str {
        let is_small = |(at, _): &(usize, &str)| {
            self.name.get(at + 1..).is_some_and(|rest| rest.starts_with(char::is_lowercase))
        };
        let mut blanks = self.name.match_indices(' ');
        let begin = blanks.clone().find(is_small).or_else(|| blanks.next_back());
        begin.and_then(|(at, _)| self.name.get(at + 1..)).unwrap_or(self.name)
    }

    /// The lines below the name in the person's mails.
    pub fn signature(&self, firm: &Firm) -> String {
        let word = match firm.language {
            Language::German => "Telefon",
            Language::English => "Phone",
        };
        let lines = [
            self.task.unwrap_or_default().to_owned(),
            firm.name.to_owned(),
            firm.street.to_owned(),
            if self.phone.is_empty() { String::new() } else { format!("{word} {}", self.phone) },
        ];
        lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}
