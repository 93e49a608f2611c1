//! What the history of the administration tells of a sender: its fields with their values.

use crate::record::administration::Value;
use crate::record::sender::Sender;

/// The fields of a sender that people set. Its password has no value.
pub fn values(sender: &Sender) -> Vec<Value> {
    let value = |field: &str, text: String| (field.to_owned(), Some(text));
    vec![
        value("address", sender.address.clone()),
        value("name", sender.name.clone()),
        value("active", sender.active.to_string()),
        value("is_default", sender.is_default.to_string()),
        ("server".to_owned(), sender.relay().map(|relay| relay.to_string())),
    ]
}
