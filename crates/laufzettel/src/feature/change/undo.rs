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
    number: String,
    agent: i64,
    until: i64,
    changes: Vec<Change>,
}

/// The way back of one agent's change, as a text for a form.
pub fn seal(
    keys: &Keys,
    number: &str,
    agent: AgentId,
    changes: Vec<Change>,
    now: Timestamp,
) -> String {
    let until = now.plus_millis(BELIEVED_MILLIS).millis();
    let way = Way { number: number.to_owned(), agent: agent.number(), until, changes };
    let text = crate::record::message::json(&way);
    let signature = keys.sign(Purpose::Undo, text.as_bytes());
    format!("{}.{}", BASE64URL_NOPAD.encode(text.as_bytes()), BASE64URL_NOPAD.encode(&signature))
}

/// The changes in such a text, if it was made for this ticket and this agent and is not too old.
pub fn open(
    keys: &Keys,
    number: &str,
    agent: AgentId,
    text: &str,
    now: Timestamp,
) -> Option<Vec<Change>> {
    let (way, signature) = text.split_once('.')?;
    let way = BASE64URL_NOPAD.decode(way.as_bytes()).ok()?;
    let signature = BASE64URL_NOPAD.decode(signature.as_bytes()).ok()?;
    if signature.len() != 32 || !keys.verifies(Purpose::Undo, &way, &signature) {
        return None;
    }
    let way: Way = serde_json::from_slice(&way).ok()?;
    let fits = way.number == number && way.agent == agent.number() && way.until > now.millis();
    fits.then_some(way.changes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_is_for_one_ticket_one_agent_and_ten_minutes() {
        let keys = Keys::new(vec![[1; 32]]);
        let (agent, now) = (AgentId::from_number(7), Timestamp::from_millis(1_000));
        let sealed = seal(&keys, "TS1", agent, vec![Change::Trash], now);
        assert_eq!(open(&keys, "TS1", agent, &sealed, now), Some(vec![Change::Trash]));
        assert_eq!(open(&keys, "TS2", agent, &sealed, now), None);
        assert_eq!(open(&keys, "TS1", AgentId::from_number(8), &sealed, now), None);
        assert_eq!(open(&keys, "TS1", agent, &sealed, now.plus_millis(600_001)), None);
        assert_eq!(open(&keys, "TS1", agent, &sealed.replacen('.', "A.", 1), now), None);
        assert_eq!(open(&keys, "TS1", agent, "", now), None);
    }
}
