//! The names by which mails find back to their ticket (decision 16): Message-IDs, anchors and
//! reply addresses that carry a MAC, so that nobody outside can make one up.

use data_encoding::BASE32_NOPAD;
use values::EmailAddress;

use super::keys::{Keys, Purpose};

const MAC_BYTES: usize = 10;
const MAC_LETTERS: usize = 16;
const PUBLIC_ID_LETTERS: usize = 16;

/// A reference in a mail that only this installation can have made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OwnReference {
    /// A Message-ID of a mail of ours.
    Message,
    /// The anchor or the reply address of the ticket with this public id.
    Ticket(String),
}

/// `{26 letters}.{16 letters}@{domain}`, without the angle brackets. `random` is random.
pub fn message_id(keys: &Keys, random: [u8; 16], domain: &str) -> String {
    let name = base32(&random);
    let mac = signature(keys, "message", &name);
    format!("{name}.{mac}@{domain}")
}

/// `t.{public id}.{16 letters}@{domain}`, without the angle brackets. It stands first in the
/// References of all mails of a ticket and survives relays that replace the Message-ID.
pub fn anchor(keys: &Keys, public_id: &str, domain: &str) -> String {
    format!("t.{public_id}.{}@{domain}", signature(keys, "ticket", public_id))
}

/// The address of a mailbox with the ticket in it: `{local}+lz{public id}{mac}@{domain}`.
pub fn reply_address(keys: &Keys, public_id: &str, mailbox: &EmailAddress) -> String {
    let mac = signature(keys, "reply", public_id);
    format!("{}+lz{public_id}{mac}@{}", mailbox.local_part(), mailbox.domain())
}

/// The header field of automatic mails that holds the loop mark.
pub const LOOP_HEADER: &str = "X-Laufzettel-Loop";

/// The mark by which an automatic mail of ours is known when something sends it back, even with
/// another Message-ID: `{name of the mail}.{16 letters}`.
pub fn loop_mark(keys: &Keys, message_id: &str) -> String {
    let name = message_id.split(['.', '@']).next().unwrap_or_default();
    format!("{name}.{}", signature(keys, "loop", name))
}

/// Whether a mark is one that this installation made.
pub fn is_loop_mark(keys: &Keys, mark: &str) -> bool {
    let mark = mark.trim().to_ascii_lowercase();
    mark.rsplit_once('.').is_some_and(|(name, mac)| verifies(keys, "loop", name, mac))
}

/// What a Message-ID from `References` or `In-Reply-To` says, if its MAC fits.
pub fn own_reference(keys: &Keys, message_id: &str) -> Option<OwnReference> {
    let (local, _) = message_id.rsplit_once('@')?;
    let local = local.to_ascii_lowercase();
    let (name, mac) = local.rsplit_once('.')?;
    if let Some(public_id) = name.strip_prefix("t.") {
        return verifies(keys, "ticket", public_id, mac)
            .then(|| OwnReference::Ticket(public_id.to_owned()));
    }
    verifies(keys, "message", name, mac).then_some(OwnReference::Message)
}

/// The public id in a reply address, if its MAC fits.
pub fn replied_ticket(keys: &Keys, recipient: &EmailAddress) -> Option<String> {
    let (_, suffix) = recipient.local_part().rsplit_once("+lz")?;
    let (public_id, mac) = suffix.split_at_checked(PUBLIC_ID_LETTERS)?;
    verifies(keys, "reply", public_id, mac).then(|| public_id.to_owned())
}

/// A new public id of a ticket: 16 letters and digits that nobody can guess (F-NUM-07).
pub fn public_id(random: [u8; 10]) -> String {
    base32(&random)
}

fn signature(keys: &Keys, use_for: &str, name: &str) -> String {
    let mac = keys.sign(Purpose::MailIds, format!("{use_for} {name}").as_bytes());
    base32(mac.get(..MAC_BYTES).unwrap_or_default())
}

fn verifies(keys: &Keys, use_for: &str, name: &str, mac: &str) -> bool {
    mac.len() == MAC_LETTERS
        && BASE32_NOPAD.decode(mac.to_ascii_uppercase().as_bytes()).is_ok_and(|mac| {
            keys.verifies(Purpose::MailIds, format!("{use_for} {name}").as_bytes(), &mac)
        })
}

fn base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys() -> Keys {
        Keys::new(vec![[3; 32]])
    }

    #[test]
    fn own_message_ids_are_known_again_whatever_their_case() {
        let id = message_id(&keys(), [5; 16], "example.de");
        assert_eq!(id.find('.'), Some(26));
        assert_eq!(own_reference(&keys(), &id), Some(OwnReference::Message));
        assert_eq!(own_reference(&keys(), &id.to_uppercase()), Some(OwnReference::Message));
    }

    #[test]
    fn the_anchor_and_the_reply_address_name_the_ticket() {
        let public_id = public_id([1; 10]);
        assert_eq!(public_id.len(), 16);
        let anchor = anchor(&keys(), &public_id, "example.de");
        let ticket = OwnReference::Ticket(public_id.clone());
        assert_eq!(own_reference(&keys(), &anchor), Some(ticket));
        let mailbox = EmailAddress::parse("hilfe@example.de").unwrap();
        let address = EmailAddress::parse(&reply_address(&keys(), &public_id, &mailbox)).unwrap();
        assert_eq!(replied_ticket(&keys(), &address), Some(public_id));
    }

    #[test]
    fn a_loop_mark_is_known_again_and_is_no_message_id() {
        let id = message_id(&keys(), [5; 16], "example.de");
        let mark = loop_mark(&keys(), &id);
        assert!(is_loop_mark(&keys(), &mark) && is_loop_mark(&keys(), &mark.to_uppercase()));
        assert!(!is_loop_mark(&Keys::new(vec![[4; 32]]), &mark));
        assert!(!is_loop_mark(&keys(), id.split('@').next().unwrap()));
        assert!(!is_loop_mark(&keys(), ""));
    }

    #[test]
    fn what_others_made_up_is_not_ours() {
        let id = message_id(&keys(), [5; 16], "example.de");
        let changed = id.replacen(id.chars().next().unwrap(), "q", 1);
        for forged in [changed.as_str(), "", "@", "a.b@c", "t.x.y@z", "t.aaaaaaaaaaaaaaaa.@z"] {
            assert_eq!(own_reference(&keys(), forged), None, "{forged}");
        }
        let other = Keys::new(vec![[4; 32]]);
        assert_eq!(own_reference(&other, &id), None);
        let plain = EmailAddress::parse("hilfe+lzabc@example.de").unwrap();
        assert_eq!(replied_ticket(&keys(), &plain), None);
    }
}
