//! As whom a mail leaves: what the agent chose, else the mailbox of the ticket, else its area, else
//! the installation (F-OUT-01 to F-OUT-04). Pure.

use values::EmailAddress;

use crate::record::area::Area;
use crate::record::directory::{Directory, by_id};
use crate::record::mailbox::Mailbox;
use crate::record::sender::{CONFIGURED, Sender};
use crate::record::{AreaId, MailboxId, SenderId};

/// Where a ticket came from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The mailbox of the last mail in it.
    pub mailbox: Option<MailboxId>,
    /// The address of ours that the customer wrote to.
    pub received_by: Option<String>,
}

/// As whom a mail leaves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct From {
    /// The name.
    pub name: String,
    /// The address.
    pub address: String,
    /// The account whose mail server takes it.
    pub account: i64,
}

/// As whom a mail about a ticket of this area leaves; `None` if there is no address at all, or the
/// chosen one is none of ours.
pub fn choose(
    directory: &Directory,
    area: AreaId,
    origin: &Origin,
    chosen: Option<&str>,
) -> Option<From> {
    if let Some(chosen) = chosen.filter(|chosen| !chosen.is_empty()) {
        let mut all = candidates(directory, area, origin).into_iter();
        return all.find(|from| from.address.eq_ignore_ascii_case(chosen));
    }
    let mailbox = mailbox(directory, area, origin);
    let received = mailbox.filter(|mailbox| mailbox.answer_as_received).and_then(|mailbox| {
        let received = origin.received_by.as_deref()?;
        let own = mailbox.addresses().into_iter().find(|own| own.as_str() == received)?;
        Some(of_mailbox(directory, mailbox, &own))
    });
    let area = by_id(&directory.areas, area.number());
    received
        .or_else(|| of_sender(directory, mailbox?.sender?))
        .or_else(|| of_sender(directory, area.and_then(|area: &Area| area.sender)?))
        .or_else(|| default(directory))
        .or_else(|| main_address(directory, mailbox?))
}

/// All as whom it may leave: the one that leaves by itself comes first.
pub fn candidates(directory: &Directory, area: AreaId, origin: &Origin) -> Vec<From> {
    let mut all: Vec<From> = choose(directory, area, origin, None).into_iter().collect();
    let mailboxes =
        directory.mailboxes.iter().filter(|mailbox| mailbox.enabled && mailbox.area == area);
    let addresses = mailboxes.flat_map(|mailbox| {
        let addresses = mailbox.addresses().into_iter();
        addresses.map(move |address| of_mailbox(directory, mailbox, &address))
    });
    let senders = directory.senders.iter().filter(|sender| sender.active).map(as_from);
    for from in senders.chain(addresses) {
        if !all.iter().any(|known| known.address == from.address) {
            all.push(from);
        }
    }
    all
}

/// The mailbox of a ticket: that of its last mail, else the first one of its area.
pub fn mailbox<'a>(directory: &'a Directory, area: AreaId, origin: &Origin) -> Option<&'a Mailbox> {
    let last = origin.mailbox.and_then(|id| directory.mailbox_by_id(id));
    let in_area =
        || directory.mailboxes.iter().find(|mailbox| mailbox.enabled && mailbox.area == area);
    last.filter(|mailbox| mailbox.area == area).or_else(in_area).or(last)
}

fn default(directory: &Directory) -> Option<From> {
    directory.senders.iter().find(|sender| sender.is_default && sender.active).map(as_from)
}

fn of_sender(directory: &Directory, id: SenderId) -> Option<From> {
    directory.senders.iter().find(|sender| sender.id == id && sender.active).map(as_from)
}

fn as_from(sender: &Sender) -> From {
    From { name: sender.name.clone(), address: sender.address.clone(), account: sender.account() }
}

fn main_address(directory: &Directory, mailbox: &Mailbox) -> Option<From> {
    let main = mailbox.addresses().into_iter().next()?;
    Some(of_mailbox(directory, mailbox, &main))
}

/// An address of a mailbox; a sender with the same address knows its name and its mail server.
fn of_mailbox(directory: &Directory, mailbox: &Mailbox, address: &EmailAddress) -> From {
    let sender =
        directory.senders.iter().find(|sender| sender.address == address.as_str() && sender.active);
    sender.map_or_else(
        || From { name: mailbox.label.clone(), address: address.to_string(), account: CONFIGURED },
        as_from,
    )
}
