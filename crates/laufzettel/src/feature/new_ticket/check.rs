//! What is wrong with what was typed.

use values::EmailAddress;

use super::form::{Kind, Typed, entry};
use crate::record::actor::Actor;
use crate::record::directory::Directory;
use crate::record::new_tickets::Field;
use crate::record::phone;

/// Letters of a subject and of names.
const LINE_LETTERS_MAX: usize = 200;
/// Letters of a note.
const TEXT_LETTERS_MAX: usize = 100_000;

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Odd {
    /// It must be filled in.
    Missing,
    /// It is too long.
    TooLong,
    /// It is no address.
    NoAddress,
    /// It is no telephone number.
    NoPhone,
    /// It is an address of ours.
    OwnAddress,
    /// It cannot be chosen, or no more.
    NotThere,
    /// Whoever was chosen may not work in the area.
    MayNot,
    /// It is no moment.
    NoMoment,
    /// There is no address of ours to send from.
    NoSender,
    /// A file is not there any more, or belongs to a message already.
    FileGone,
    /// The files together are too large, or too many.
    FilesTooLarge,
}

/// Fields with what is wrong with them.
pub type Problems = Vec<(&'static str, Odd)>;

impl Typed {
    /// Everything that is wrong with it.
    pub fn problems(&self, actor: &Actor, directory: &Directory) -> Problems {
        let mut found = Problems::new();
        let lines = [
            ("name", &self.name),
            ("company_name", &self.company_name),
            ("phone", &self.phone),
            ("subject", &self.subject),
            ("tags", &self.tags),
        ];
        for (field, text) in lines {
            found.extend(is_long(text, LINE_LETTERS_MAX).then_some((field, Odd::TooLong)));
        }
        found.extend(is_long(&self.text, TEXT_LETTERS_MAX).then_some(("text", Odd::TooLong)));
        found.extend(self.subject.is_empty().then_some(("subject", Odd::Missing)));
        found.extend(self.text.trim().is_empty().then_some(("text", Odd::Missing)));
        found.extend(self.odd_address(directory).map(|odd| ("email", odd)));
        let is_no_phone =
            self.kind != Kind::Internal && !self.phone.is_empty() && !phone::is_number(&self.phone);
        found.extend(is_no_phone.then_some(("phone", Odd::NoPhone)));
        if self.area(actor, directory).is_none() {
            found.push(("area", Odd::NotThere));
        }
        found.extend(self.odd_choices(directory));
        for field in &directory.new_tickets.required {
            if self.is_left_out(*field) && !found.iter().any(|(name, _)| *name == input(*field)) {
                found.push((input(*field), Odd::Missing));
            }
        }
        found
    }

    fn odd_address(&self, directory: &Directory) -> Option<Odd> {
        if self.kind == Kind::Internal || (self.email.is_empty() && self.kind == Kind::Phone) {
            return None;
        }
        match EmailAddress::parse(&self.email) {
            _ if self.email.is_empty() => Some(Odd::Missing),
            Err(_) => Some(Odd::NoAddress),
            Ok(address) => {
                let mut mailboxes = directory.mailboxes.iter();
                let is_own = mailboxes.any(|mailbox| mailbox.addresses().contains(&address));
                is_own.then_some(Odd::OwnAddress)
            }
        }
    }

    fn odd_choices(&self, directory: &Directory) -> Problems {
        let is_odd = |text: &str, is_there: bool| !text.is_empty() && !is_there;
        let checks = [
            (
                "request_type",
                is_odd(
                    &self.request_type,
                    entry(&directory.request_types, &self.request_type).is_some(),
                ),
            ),
            (
                "category",
                is_odd(&self.category, entry(&directory.categories, &self.category).is_some()),
            ),
            (
                "priority",
                is_odd(&self.priority, entry(&directory.priorities, &self.priority).is_some()),
            ),
            ("queue", is_odd(&self.queue, entry(&directory.queues, &self.queue).is_some())),
            ("assignee", is_odd(&self.assignee, self.assignee(directory).is_some())),
        ];
        let odd = checks.into_iter().filter(|(_, is_odd)| *is_odd);
        odd.map(|(field, _)| (field, Odd::NotThere)).collect()
    }

    /// Whether a field that must be filled in is not.
    fn is_left_out(&self, field: Field) -> bool {
        match field {
            Field::Requester => self.kind != Kind::Internal && !self.names_somebody(),
            Field::Company => self.kind != Kind::Internal && self.company().is_none(),
            Field::RequestType => self.request_type.is_empty(),
            Field::Category => self.category.is_empty(),
            Field::Queue => self.queue.is_empty(),
            Field::Assignee => self.assignee.is_empty(),
            Field::Tags => self.tags().is_empty(),
        }
    }
}

fn is_long(text: &str, most: usize) -> bool {
    text.chars().count() > most
}

/// The input that holds a field.
pub fn input(field: Field) -> &'static str {
    match field {
        Field::Requester => "name",
        Field::Company => "company_name",
        field => field.code(),
    }
}
