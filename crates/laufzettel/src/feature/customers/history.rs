//! What became of a customer, in sentences.

use serde_json::Value;

use super::page::parts::Event;
use crate::http::screen::Screen;
use crate::record::customers::events::{Changed, Recorded};
use crate::record::show;
use crate::texts;

/// The events as the page tells them, newest first.
pub fn events(screen: &Screen, recorded: &[Recorded], joined: &[i64]) -> Vec<Event> {
    recorded.iter().map(|one| event(screen, one, joined)).collect()
}

fn event(screen: &Screen, recorded: &Recorded, joined: &[i64]) -> Event {
    let texts = texts::customers(screen.language);
    let agent = recorded.agent.and_then(|agent| screen.directory.agent(agent));
    let who = agent.map_or("Laufzettel", |agent| agent.name.as_str());
    let detail: Value = serde_json::from_str(&recorded.detail).unwrap_or_default();
    let name = detail.get("name").and_then(Value::as_str).unwrap_or_default();
    let (icon, text) = match recorded.kind.as_str() {
        "created" => ("plus", texts.event_created(who)),
        "joined" => ("merge", texts.event_joined(who, name)),
        "separated" => ("rotate-ccw", texts.event_separated(who, name)),
        _ => ("pencil", texts.event_changed(who)),
    };
    let gone = detail.get("gone").and_then(Value::as_str);
    let is_there = |gone: &&str| gone.parse().is_ok_and(|gone: i64| joined.contains(&gone));
    let undo = gone.filter(is_there).filter(|_| recorded.kind == "joined");
    Event {
        icon,
        text,
        changes: changes(screen, &detail),
        at: show::exact_moment(&screen.times(), recorded.at),
        undo: undo.map(|gone| format!("/customers/joined/{gone}/undo")),
    }
}

fn changes(screen: &Screen, detail: &Value) -> Vec<String> {
    let changes = detail.get("changes").cloned().unwrap_or_default();
    let changes: Vec<Changed> = serde_json::from_value(changes).unwrap_or_default();
    changes.iter().map(|change| sentence(screen, change)).collect()
}

fn sentence(screen: &Screen, change: &Changed) -> String {
    let texts = texts::customers(screen.language);
    let label = match change.field.as_str() {
        "name" => texts.name(),
        "job" => texts.job(),
        "addresses" => texts.addresses(),
        "phones" => texts.phones(),
        "phone" => texts.phone(),
        "company" => texts.company(),
        "language" => texts.language(),
        "customer_number" => texts.customer_number(),
        "domain" => texts.domain(),
        "postal_address" => texts.postal_address(),
        _ => texts.notes(),
    };
    let value = |text: &Option<String>| -> String {
        let text = text.as_deref().map(|text| text.replace('\n', " "));
        let cut = text.map(|text| text.chars().take(120).collect::<String>());
        cut.unwrap_or_else(|| texts.empty_value().to_owned())
    };
    texts.change(label, &value(&change.from), &value(&change.to))
}
