//! What variables stand for in mails and text blocks of a ticket (F-OUT-12, K-28).

use rules::variables::{Format, Variable, fill};
use values::Language;

use crate::record::AreaId;
use crate::record::actor::Actor;
use crate::record::directory::{Directory, Listed, by_id};
use crate::record::ticket::Ticket;
use crate::texts;

/// What variables stand for.
pub struct Filling<'a> {
    /// Who writes.
    pub actor: &'a Actor,
    /// The lists.
    pub directory: &'a Directory,
    /// The language of who reads it.
    pub language: Language,
    /// The area of the ticket.
    pub area: AreaId,
    /// The number of the ticket.
    pub number: &'a str,
    /// The subject of the ticket.
    pub subject: &'a str,
    /// The name of the contact, or nothing.
    pub contact: &'a str,
    /// The address of the contact.
    pub email: Option<&'a str>,
}

impl<'a> Filling<'a> {
    /// What they stand for in a ticket.
    pub fn of(
        actor: &'a Actor,
        directory: &'a Directory,
        ticket: &'a Ticket,
        language: Language,
    ) -> Self {
        Self {
            actor,
            directory,
            language,
            area: ticket.area,
            number: &ticket.number,
            subject: &ticket.subject,
            contact: ticket.contact_name.as_ref().unwrap_or(&ticket.requester_name),
            email: ticket.requester_email.as_deref(),
        }
    }

    /// A text with its variables.
    pub fn text(&self, text: &str) -> String {
        fill(text, Format::Text, |variable| self.value(variable))
    }

    /// A piece of HTML with its variables.
    pub fn html(&self, html: &str) -> String {
        fill(html, Format::Html, |variable| self.value(variable))
    }

    fn value(&self, variable: Variable) -> Option<String> {
        let actor = self.actor;
        match variable {
            Variable::AgentName => Some(actor.name.clone()),
            Variable::AgentPhone => Some(actor.phone.clone().unwrap_or_default()),
            Variable::AgentEmail => Some(actor.email.clone()),
            Variable::AreaName => {
                let area = by_id(&self.directory.areas, self.area.number());
                area.map(|area| area.name(self.language).to_owned())
            }
            Variable::ContactSalutation => {
                let texts = texts::text_blocks(self.language);
                match self.contact.trim() {
                    "" => Some(texts.salutation_nobody().to_owned()),
                    name => Some(texts.salutation(name)),
                }
            }
            Variable::ContactName => Some(self.contact.to_owned()),
            Variable::ContactEmail => self.email.map(str::to_owned),
            Variable::TicketNumber => Some(self.number.to_owned()),
            Variable::TicketSubject => Some(self.subject.to_owned()),
        }
    }
}
