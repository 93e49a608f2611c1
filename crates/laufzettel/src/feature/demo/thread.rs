//! A conversation as mails: who answers what, under which subject, quoting whom.

use values::{Language, Timestamp};

use super::calendar::Calendar;
use super::chance::Chance;
use super::company::{Agent, Company, Mailbox};
use super::conversation::{Conversation, Incoming, Kind};
use super::mails::{Letter, Name, Program, Quote, Sent, bounce};
use super::{BadData, Read};

/// How far a conversation has come.
#[derive(Clone)]
pub struct Thread<'a> {
    company: &'a Company,
    calendar: &'a Calendar,
    conversation: &'a Conversation,
    mailbox: &'a Mailbox,
    language: Language,
    /// Message-IDs, the oldest first.
    references: Vec<String>,
    /// The Message-ID of our last mail.
    own: Option<String>,
    last: Option<Quote>,
    chance: Chance,
}

/// A mail as it comes in.
pub struct Mail {
    /// The sender in the envelope; nothing for a report.
    pub sender: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The mailbox it comes to a second time, and the bytes of that delivery.
    pub copy: Option<(&'static str, Vec<u8>)>,
}

impl<'a> Thread<'a> {
    /// A conversation that has not begun.
    pub fn new(
        company: &'a Company,
        calendar: &'a Calendar,
        conversation: &'a Conversation,
    ) -> Read<Self> {
        let person = company.person(&conversation.from);
        let seed = format!("{:?} {}", conversation.number, conversation.subject);
        Ok(Self {
            company,
            calendar,
            conversation,
            mailbox: company.mailbox(conversation.mailbox)?,
            language: person.map_or(Language::German, |(firm, _)| firm.language),
            references: Vec::new(),
            own: None,
            last: None,
            chance: Chance::of_text(&seed),
        })
    }

    /// The next mail of the customer.
    pub fn receive(&mut self, at: Timestamp, incoming: &Incoming) -> Read<Mail> {
        if let Kind::Bounce(failed) = &incoming.kind {
            return Ok(self.returned(at, failed));
        }
        let (letter, copy) = self.take(at, incoming)?;
        let sender = Some(letter.from.address.clone());
        let copy = copy.map(|(mailbox, letter)| (mailbox, letter.bytes()));
        Ok(Mail { sender, bytes: letter.bytes(), copy })
    }

    /// Goes on as if the next mail had been received.
    pub fn skip(&mut self, at: Timestamp, incoming: &Incoming) -> Read<()> {
        match &incoming.kind {
            Kind::Bounce(failed) => {
                self.returned(at, failed);
                Ok(())
            }
            _ => self.take(at, incoming).map(drop),
        }
    }

    /// The next mail, and its second delivery.
    fn take(
        &mut self,
        at: Timestamp,
        incoming: &Incoming,
    ) -> Read<(Letter<'a>, Option<(&'static str, Letter<'a>)>)> {
        let letter = self.letter(at, incoming)?;
        let copy = incoming.also.map(|mailbox| {
            let trace = trace(&mut self.chance);
            (mailbox, Letter { trace, ..letter.clone() })
        });
        if incoming.kind == Kind::Person {
            self.references.push(letter.message_id.clone());
            self.last = Some(Quote {
                from: letter.from.clone(),
                to: letter.to.clone(),
                at,
                subject: letter.subject.clone(),
                text: format!("{}\n\n{}", letter.text, letter.signature).trim_end().to_owned(),
            });
        }
        Ok((letter, copy))
    }

    /// The mail of the customer before it is bytes.
    pub fn letter(&mut self, at: Timestamp, incoming: &Incoming) -> Read<Letter<'a>> {
        let address = incoming.from.as_ref().unwrap_or(&self.conversation.from);
        let (firm, person) = self.company.person(address).ok_or_else(|| unknown(address))?;
        let own_server = address.rsplit('@').next().unwrap_or_default();
        let (first, second) = (self.chance.bits(), self.chance.bits());
        let to = match &self.last {
            Some(last) if last.from.address == self.mailbox.address => last.from.clone(),
            _ => Name { name: String::new(), address: self.mailbox.address.clone() },
        };
        let sent = match incoming.kind {
            Kind::Away => Sent::ByAbsence,
            Kind::Newsletter => Sent::ToMany,
            Kind::Person | Kind::Bounce(_) => Sent::ByPerson,
        };
        let is_on_phone = matches!(person.program, Program::IPhone | Program::Gmail);
        let has_closing = !person.closing.is_empty() && incoming.text.contains(person.closing);
        let is_signed = has_closing && !is_on_phone;
        Ok(Letter {
            program: person.program,
            language: firm.language,
            from: Name { name: person.name.to_owned(), address: address.clone() },
            to,
            cc: incoming.cc.as_ref().map(|address| self.named(address)),
            subject: self.subject(person.program, sent),
            message_id: format!("{first:016x}{second:08x}@{own_server}"),
            references: self.references.clone(),
            at,
            zone: &self.calendar.zone,
            text: incoming.text.clone(),
            signature: if is_signed { person.signature(firm) } else { String::new() },
            quote: self.last.clone().filter(|_| sent == Sent::ByPerson),
            files: incoming.files.clone(),
            sent,
            trace: trace(&mut self.chance),
        })
    }

    fn named(&self, address: &str) -> Name {
        let name = self.company.person(address).map_or("", |(_, person)| person.name);
        Name { name: name.to_owned(), address: address.to_owned() }
    }

    /// The subject of the customer's next mail: ours carry the number of the ticket.
    fn subject(&self, program: Program, sent: Sent) -> String {
        let subject = match (&self.own, self.conversation.number) {
            (Some(_), Some(number)) => tagged(number, &self.conversation.subject),
            _ => self.conversation.subject.clone(),
        };
        match (sent, &self.last) {
            (Sent::ByAbsence, _) => format!("Automatische Antwort: {subject}"),
            (_, Some(_)) if self.language == Language::English => format!("Re: {subject}"),
            (_, Some(_)) => format!("{}{subject}", program.answer_mark()),
            (_, None) => subject,
        }
    }

    /// Our last mail comes back. Before our first mail it is one that we never sent.
    fn returned(&mut self, at: Timestamp, failed: &str) -> Mail {
        let server = failed.rsplit('@').next().unwrap_or_default();
        let trace = trace(&mut self.chance);
        let ours = Letter {
            program: Program::Thunderbird,
            language: self.language,
            from: Name { name: String::new(), address: self.mailbox.address.clone() },
            to: Name { name: String::new(), address: failed.to_owned() },
            cc: None,
            subject: match self.conversation.number {
                Some(number) => tagged(number, &self.conversation.subject),
                None => self.conversation.subject.clone(),
            },
            message_id: self.own.clone().unwrap_or_else(|| format!("{trace}@{server}")),
            references: Vec::new(),
            at,
            zone: &self.calendar.zone,
            text: String::new(),
            signature: String::new(),
            quote: None,
            files: Vec::new(),
            sent: Sent::ByPerson,
            trace,
        };
        Mail { sender: None, bytes: bounce(&ours, &format!("mail.{server}"), failed), copy: None }
    }

    /// Writes down that an agent answered: the customer will quote it and refer to it. `anchor` is
    /// the first reference of all our mails of the ticket.
    pub fn answered(&mut self, at: Timestamp, agent: &Agent, text: &str, anchor: &str, id: &str) {
        if self.references.iter().all(|known| known != anchor) {
            self.references.insert(0, anchor.to_owned());
        }
        self.references.push(id.to_owned());
        self.own = Some(id.to_owned());
        self.last = Some(Quote {
            from: self.sender(agent),
            to: self.named(&self.conversation.from),
            at,
            subject: self.answer_subject(),
            text: format!("{text}\n\n{}", self.signature(agent)),
        });
    }

    /// As whom an agent writes.
    pub fn sender(&self, agent: &Agent) -> Name {
        let short = self.company.name.strip_suffix(" GmbH").unwrap_or(self.company.name);
        Name { name: format!("{}, {short}", agent.name), address: self.mailbox.address.clone() }
    }

    /// To whom agents write.
    pub fn requester(&self) -> Name {
        match &self.last {
            Some(last) if last.from.address != self.mailbox.address => last.from.clone(),
            _ => self.named(&self.conversation.from),
        }
    }

    /// The subject of our mails.
    pub fn answer_subject(&self) -> String {
        let number = self.conversation.number.unwrap_or_default();
        let mark = if self.language == Language::English { "Re" } else { "AW" };
        format!("{mark}: {}", tagged(number, &self.conversation.subject))
    }

    /// The lines below the answers of an agent.
    pub fn signature(&self, agent: &Agent) -> String {
        let Company { name, street, phone, .. } = self.company;
        let [german, english] = agent.task;
        match self.language {
            Language::German => format!(
                "Mit freundlichen Grüßen\n{}\n\n{german}\n{name}\n{street}\nTelefon {phone}-{}",
                agent.name, agent.extension
            ),
            Language::English => format!(
                "Kind regards\n{}\n\n{english}\n{name}\n{street}\nPhone +49 {}-{}",
                agent.name,
                phone.trim_start_matches('0'),
                agent.extension
            ),
        }
    }
}

/// The subject with the number of the ticket at its front (decision 4).
fn tagged(number: u32, subject: &str) -> String {
    format!("[#{number}] {subject}")
}

/// What a mail server calls a delivery.
fn trace(chance: &mut Chance) -> String {
    format!("4{:09X}", chance.bits() >> 28)
}

fn unknown(address: &str) -> BadData {
    BadData(format!("nobody has the address {address}"))
}
