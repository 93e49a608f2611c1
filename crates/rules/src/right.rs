//! Who may do what, where.
//!
//! A person has a level in each area and flags for the whole house; a role is a set of defaults
//! for both. Whoever may not see a thing is told that there is no such thing; that is the
//! caller's part.

mod actor;

pub use actor::{Actor, Flag, Level, Role};

/// Something that a person may be allowed to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Right {
    /// Read a ticket with all messages and files.
    ReadTicket,
    /// Answer, note, assign, change properties and status.
    WorkOnTicket,
    /// Put a ticket into the trash and take it out again.
    TrashTicket,
    /// Delete a ticket for good.
    DeleteTicket,
    /// Correct or delete a message that was written.
    CorrectMessage,
    /// Make a ticket by hand.
    CreateTicket,
    /// See the mail journal and its raw mails.
    ReadMails,
    /// Decide on a mail again: retry, assign, take out of quarantine.
    HandleMails,
    /// Take tickets out as files.
    Export,
    /// Change the settings of an area, its mailboxes included.
    ManageArea,
    /// Change the settings of the house: agents, lists, tokens.
    ManageHouse,
    /// See figures about single persons.
    SeePersonFigures,
    /// Write intake rules (K-23).
    ManageRules,
}

impl Right {
    /// All rights.
    pub const ALL: [Self; 13] = [
        Self::ReadTicket,
        Self::WorkOnTicket,
        Self::TrashTicket,
        Self::DeleteTicket,
        Self::CorrectMessage,
        Self::CreateTicket,
        Self::ReadMails,
        Self::HandleMails,
        Self::Export,
        Self::ManageArea,
        Self::ManageHouse,
        Self::SeePersonFigures,
        Self::ManageRules,
    ];
}

/// Where something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In no area.
    House,
    /// In this area.
    Area(i64),
    /// On a ticket.
    Ticket {
        /// Its area.
        area: i64,
        /// Whether it is the person's own.
        whose: Whose,
    },
}

/// Whether a ticket is a person's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The person is its requester, creator or assignee.
    Own,
    /// The person is none of them.
    Other,
}

/// Whether the actor may do this there. A right in a place where it means nothing is denied.
pub fn allows(actor: &Actor, right: Right, place: Place) -> bool {
    match place {
        Place::House => match right {
            Right::ManageHouse => actor.has(Flag::Settings),
            Right::SeePersonFigures => actor.has(Flag::PersonFigures),
            Right::ManageRules => actor.has(Flag::Rules) || actor.has(Flag::Settings),
            _ => false,
        },
        Place::Area(area) => actor.level(area).is_some_and(|level| in_area(actor, right, level)),
        Place::Ticket { area, whose } => {
            actor.level(area).is_some_and(|level| on_ticket(actor, right, level, whose))
        }
    }
}

fn in_area(actor: &Actor, right: Right, level: Level) -> bool {
    match right {
        // Who only reads makes nothing; who sees only his own tickets may make some.
        Right::CreateTicket => level != Level::Read && actor.has(Flag::Create),
        Right::ReadMails => level >= Level::Read,
        Right::HandleMails => level >= Level::Work,
        Right::Export => level >= Level::Read && actor.has(Flag::Export),
        Right::ManageArea => level == Level::Manage,
        _ => false,
    }
}

fn on_ticket(actor: &Actor, right: Right, level: Level, whose: Whose) -> bool {
    let is_worker = match level {
        Level::Own => whose == Whose::Own,
        Level::Read => false,
        Level::Work | Level::Manage => true,
    };
    match right {
        Right::ReadTicket => level >= Level::Read || whose == Whose::Own,
        Right::WorkOnTicket => is_worker,
        Right::TrashTicket => is_worker && actor.has(Flag::Delete),
        Right::DeleteTicket => level == Level::Manage && actor.has(Flag::Delete),
        Right::CorrectMessage => level == Level::Manage,
        Right::Export => level >= Level::Read && actor.has(Flag::Export),
        _ => false,
    }
}

#[cfg(test)]
mod tests;
