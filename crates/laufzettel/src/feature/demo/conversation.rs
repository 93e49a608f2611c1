//! Conversations: tickets with what happened in them, in order of time.

use std::mem;

use values::{Language, Timestamp};

use super::calendar::Calendar;
use super::company::Company;
use super::invent::invent;
use super::{BadData, Read, bad, lines};

const WRITTEN: [&str; 3] = [
    include_str!("data/open.txt"),
    include_str!("data/waiting.txt"),
    include_str!("data/closed.txt"),
];

/// A ticket of the past.
#[derive(Clone, Debug)]
pub struct Conversation {
    /// Its number, or nothing for a mail that becomes no ticket.
    pub number: Option<u32>,
    /// The name of the mailbox it came by.
    pub mailbox: &'static str,
    /// The address of who asks.
    pub from: String,
    /// The subject of the first mail.
    pub subject: String,
    /// What happened.
    pub steps: Vec<Step>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Step {
    /// When.
    pub at: Timestamp,
    /// What.
    pub deed: Deed,
}

/// What can happen in a conversation.
#[derive(Clone, Debug)]
pub enum Deed {
    /// A mail comes in.
    Customer(Incoming),
    /// An agent answers.
    Agent {
        /// The agent's name.
        agent: &'static str,
        /// The text.
        text: String,
        /// The names of the files enclosed.
        files: Vec<String>,
    },
    /// An agent writes a note.
    Note {
        /// The agent's name.
        agent: &'static str,
        /// The text.
        text: String,
    },
    /// An agent changes properties.
    Set {
        /// The agent's name.
        agent: &'static str,
        /// The changes.
        changes: Vec<Property>,
    },
}

/// A mail that comes in.
#[derive(Clone, Debug, Default)]
pub struct Incoming {
    /// Its text without the signature.
    pub text: String,
    /// Who writes, if it is not who asks.
    pub from: Option<String>,
    /// Who gets a copy.
    pub cc: Option<String>,
    /// The mailbox to which it comes a second time.
    pub also: Option<&'static str>,
    /// What kind of mail it is.
    pub kind: Kind,
    /// The names of the files enclosed.
    pub files: Vec<String>,
}

/// What kind of mail comes in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// A person wrote it.
    #[default]
    Person,
    /// The person's mailbox answers that the person is away.
    Away,
    /// It goes to many.
    Newsletter,
    /// A mail server gives a mail back that could not be delivered to this address.
    Bounce(String),
}

/// A property of a ticket and its new value, by the names of the lists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Property {
    /// The key of the status.
    Status(String),
    /// The name of the agent responsible.
    Assignee(String),
    /// The key of the priority.
    Priority(String),
    /// The key of the category.
    Category(String),
    /// The key of the queue.
    Queue(String),
    /// The key of the request type.
    RequestType(String),
    /// The key of the area.
    Area(String),
    /// The subject.
    Subject(String),
    /// All tags.
    Tags(Vec<String>),
    /// The deadline.
    Due(Timestamp),
    /// Somebody looked at it.
    Seen,
    /// Somebody shall look at it again.
    Unseen,
    /// It is advertising.
    Spam,
}

/// All conversations, in the order of their numbers; mails that become no ticket stand last.
pub fn all(company: &Company, calendar: &Calendar) -> Read<Vec<Conversation>> {
    let mut all = written(company, calendar)?;
    let invented = invent(company, calendar, &all)?;
    all.extend(invented);
    all.sort_by_key(|conversation| conversation.number.unwrap_or(u32::MAX));
    Ok(all)
}

/// The conversations that are written out.
fn written(company: &Company, calendar: &Calendar) -> Read<Vec<Conversation>> {
    let mut all = Vec::new();
    for text in WRITTEN {
        let mut reader = Reader { company, calendar, all: Vec::new(), text: Vec::new() };
        let mut lines = lines(text);
        while let Some(line) = lines.next() {
            match line.strip_prefix("@ ") {
                Some(head) => reader.begin(head, lines.next().unwrap_or_default())?,
                None => reader.line(line)?,
            }
        }
        reader.end_text();
        all.append(&mut reader.all);
    }
    Ok(all)
}

struct Reader<'a> {
    company: &'a Company,
    calendar: &'a Calendar,
    all: Vec<Conversation>,
    text: Vec<&'static str>,
}

impl Reader<'_> {
    fn begin(&mut self, head: &'static str, subject: &'static str) -> Read<()> {
        self.end_text();
        let words: Vec<&'static str> = head.split(' ').collect();
        let [number, mailbox, from] = words.as_slice() else { return bad("a ticket", head) };
        let number = match *number {
            "-" => None,
            number => Some(number.parse().map_err(|_| BadData(head.to_owned()))?),
        };
        self.all.push(Conversation {
            number,
            mailbox,
            from: (*from).to_owned(),
            subject: self.filled(subject, from),
            steps: Vec::new(),
        });
        Ok(())
    }

    fn line(&mut self, line: &'static str) -> Read<()> {
        let Some((mark @ (">" | "<" | "!" | "="), head)) = line.split_once(' ') else {
            self.text.push(line);
            return Ok(());
        };
        self.end_text();
        let (at, rest) = self.time(head)?;
        let deed = match mark {
            ">" => Deed::Customer(incoming(rest)?),
            "<" => {
                let (agent, files) = with_files(rest);
                Deed::Agent { agent: self.agent(agent)?, text: String::new(), files }
            }
            "!" => Deed::Note { agent: self.agent(rest)?, text: String::new() },
            _ => self.set(rest)?,
        };
        let Some(last) = self.all.last_mut() else { return bad("a step without a ticket", line) };
        last.steps.push(Step { at, deed });
        Ok(())
    }

    /// The moment at the beginning of a line, and what follows.
    fn time(&self, head: &'static str) -> Read<(Timestamp, &'static str)> {
        let blanks =
            if head.split(' ').next().is_some_and(|word| word.ends_with('d')) { 2 } else { 1 };
        let end = head.match_indices(' ').nth(blanks - 1).map_or(head.len(), |(at, _)| at);
        let (time, rest) = head.split_at_checked(end).unwrap_or((head, ""));
        let at = self.calendar.at(time).ok_or_else(|| BadData(format!("a time: {head}")))?;
        Ok((at, rest.trim_start()))
    }

    fn agent(&self, name: &'static str) -> Read<&'static str> {
        self.company.agent(name).map(|agent| agent.name)
    }

    fn set(&self, rest: &'static str) -> Read<Deed> {
        let Some((agent, changes)) = rest.split_once(": ") else { return bad("changes", rest) };
        let changes = changes.split("; ").map(|change| self.property(change));
        Ok(Deed::Set { agent: self.agent(agent)?, changes: changes.collect::<Read<_>>()? })
    }

    fn property(&self, change: &'static str) -> Read<Property> {
        let (word, value) = change.split_once(' ').unwrap_or((change, ""));
        let text = || value.to_owned();
        Ok(match word {
            "status" => Property::Status(text()),
            "assignee" => Property::Assignee(self.agent(value)?.to_owned()),
            "priority" => Property::Priority(text()),
            "category" => Property::Category(text()),
            "queue" => Property::Queue(text()),
            "type" => Property::RequestType(text()),
            "area" => Property::Area(text()),
            "subject" => Property::Subject(text()),
            "tags" => Property::Tags(value.split(", ").map(str::to_owned).collect()),
            "due" => {
                let at = self.calendar.at(value);
                Property::Due(at.ok_or_else(|| BadData(format!("a deadline: {change}")))?)
            }
            "seen" => Property::Seen,
            "unseen" => Property::Unseen,
            "spam" => Property::Spam,
            _ => return bad("a property", change),
        })
    }

    /// Gives the lines that were collected to the step they stand below.
    fn end_text(&mut self) {
        let lines = mem::take(&mut self.text);
        let filled = {
            let from = self.all.last().map_or("", |conversation| conversation.from.as_str());
            self.filled(lines.join("\n").trim(), from)
        };
        let step = self.all.last_mut().and_then(|conversation| conversation.steps.last_mut());
        if let Some(
            Deed::Customer(Incoming { text, .. })
            | Deed::Agent { text, .. }
            | Deed::Note { text, .. },
        ) = step.map(|step| &mut step.deed)
        {
            *text = filled;
        }
    }

    fn filled(&self, text: &str, from: &str) -> String {
        let language =
            self.company.person(from).map_or(Language::German, |(firm, _)| firm.language);
        self.calendar.fill_in(text, self.calendar.day(0), language, &[])
    }
}

/// The options of a mail: words behind its time.
fn incoming(options: &'static str) -> Read<Incoming> {
    let mut mail = Incoming::default();
    let (options, files) = with_files(options);
    mail.files = files;
    let mut words = options.split_whitespace();
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or_else(|| BadData(format!("an option: {options}")));
        match word {
            "from" => mail.from = Some(value()?.to_owned()),
            "cc" => mail.cc = Some(value()?.to_owned()),
            "also" => mail.also = Some(value()?),
            "auto" => mail.kind = Kind::Away,
            "newsletter" => mail.kind = Kind::Newsletter,
            "bounce" => mail.kind = Kind::Bounce(value()?.to_owned()),
            _ => return bad("an option", options),
        }
    }
    Ok(mail)
}

/// What stands before the names of files, and those.
fn with_files(text: &'static str) -> (&'static str, Vec<String>) {
    let mut parts = text.split('+').map(str::trim);
    let before = parts.next().unwrap_or_default();
    (before, parts.map(str::to_owned).collect())
}
