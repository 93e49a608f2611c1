//! Undo: the changes that lead back travel with the toast, signed, and are believed for a while.
//!
//! Nothing is stored for it. Undoing is an ordinary change with its own right and event.

use data_encoding::BASE64URL_NOPAD;
use serde::{Deserialize, Serialize};
use values::Timestamp;

use super::Change;
use crate::record::AgentId;
use crate::service::keys::{Keys, Purpose};

/// How long an undo is believed: the toast stands for 10 seconds, longer under the pointer.
const BELIEVED_MILLIS: i64 = 10 * 60 * 1000;

#[derive(Serialize, Deserialize)]
struct Way {
    tickets: Vec<TicketBack>,
    agent: i64,
    until: i64,
}

/// The number of a ticket, and the changes that lead it back.
pub type TicketBack = (String, Vec<Change>);

/// The way back of what one agent changed, as a text for a form.
pub fn seal(keys: &Keys, tickets: Vec<TicketBack>, agent: AgentId, now: Timestamp) -> String {
    let until = now.plus_millis(BELIEVED_MILLIS).millis();
    let way = Way { tickets, agent: agent.number(), until };
    let text = crate::record::message::json(&way);
    let signature = keys.sign(Purpose::Undo, text.as_bytes());
    format!("{}.{}", BASE64URL_NOPAD.encode(text.as_bytes()), BASE64URL_NOPAD.encode(&signature))
}

/// The changes in such a text, if it was made for this agent and is not too old.
pub fn open(keys: &Keys, agent: AgentId, text: &str, now: Timestamp) -> Option<Vec<TicketBack>> {
    let (way, signature) = text.split_once('.')?;
    let way = BASE64URL_NOPAD.decode(way.as_bytes()).ok()?;
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
    if signature.len() != 32 || !keys.verifies(Purpose::Undo, &way, &signature) {
        return None;
    }
    let way: Way = serde_json::from_slice(&way).ok()?;
    let fits = way.agent == agent.number() && way.until > now.millis();
    fits.then_some(way.tickets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_is_for_one_agent_and_ten_minutes() {
        let keys = Keys::new(vec![[1; 32]]);
        let (agent, now) = (AgentId::from_number(7), Timestamp::from_millis(1_000));
        let tickets = vec![("TS1".to_owned(), vec![Change::Trash])];
        let sealed = seal(&keys, tickets.clone(), agent, now);
        assert_eq!(open(&keys, agent, &sealed, now), Some(tickets));
        assert_eq!(open(&keys, AgentId::from_number(8), &sealed, now), None);
        assert_eq!(open(&keys, agent, &sealed, now.plus_millis(600_001)), None);
        assert_eq!(open(&keys, agent, &sealed.replacen('.', "A.", 1), now), None);
        assert_eq!(open(&keys, agent, "", now), None);
    }
}
