//! Messages that belong elsewhere: moving, splitting off, merging, and the way back.

mod followed;
mod kept;
mod pages;
mod refused;
mod several;

use laufzettel::record::actor::Scope;
use serde_json::{Value, json};

use crate::api::{Program, program};
use crate::world::World;
use crate::world::browser::Browser;

/// A mail of somebody about something, with an id of its own.
fn mail(from: &str, subject: &str, id: &str, more: &str) -> String {
    format!(
        "From: {from}\nTo: hilfe@firma.example\nSubject: {subject}\nMessage-ID: <{id}@kunde.example>\n{more}\nText {id}.\n"
    )
}

/// Two tickets of two people, the house that has them, and a program that works in it.
struct House {
    world: World,
    ben: Browser,
    erp: Program,
    one: String,
    other: String,
}

impl House {
    async fn of(world: World) -> Self {
        world.mailbox("hilfe", "support").await;
        let ben = world.agent("Ben").await;
        let erp = program(&world, ben.agent, &Scope::ALL).await;
        let one = mail("Ann <ann@kunde.example>", "Regal wackelt", "a1", "");
        let one = world.mail("hilfe", &one).await.ticket.unwrap();
        world.minutes_pass(5);
        let other = mail("Carl <carl@kunde.example>", "Schraube fehlt", "c1", "");
        let other = world.mail("hilfe", &other).await.ticket.unwrap();
        world.minutes_pass(5);
        Self { world, ben, erp, one, other }
    }

    /// A mail comes; the ticket in which it lies then.
    async fn comes(&self, from: &str, subject: &str, id: &str, more: &str) -> String {
        let outcome = self.world.mail("hilfe", &mail(from, subject, id, more)).await;
        outcome.ticket.unwrap_or(outcome.outcome)
    }

    async fn messages(&self, number: &str) -> Vec<Value> {
        let page = self.erp.get(&format!("/tickets/{number}/messages")).await.done();
        page["items"].as_array().unwrap().clone()
    }

    /// The beginnings of all messages of a ticket.
    async fn says(&self, number: &str) -> Vec<String> {
        let text = |one: &Value| one["body_text"].as_str().unwrap().trim().to_owned();
        self.messages(number).await.iter().map(text).collect()
    }

    async fn ids(&self, number: &str) -> Vec<String> {
        let id = |one: &Value| one["id"].as_str().unwrap().to_owned();
        self.messages(number).await.iter().map(id).collect()
    }

    async fn ticket(&self, number: &str) -> Value {
        self.erp.get(&format!("/tickets/{number}")).await.done()
    }

    async fn merge(&self, source: &str, target: &str) -> Value {
        self.erp.post(&format!("/tickets/{source}/merge"), json!({ "into": target })).await.done()
    }

    async fn moves(&self, source: &str, messages: &[&String], target: &str) -> Value {
        let body = json!({ "messages": messages, "into": target });
        self.erp.post(&format!("/tickets/{source}/split"), body).await.done()
    }

    /// What the last merging, moving or splitting of a ticket is taken back by.
    async fn regrouping(&self, number: &str) -> String {
        let history = self.erp.get(&format!("/tickets/{number}/history?limit=200")).await.done();
        let events = history["items"].as_array().unwrap();
        let found = events.iter().rev().find_map(|event| event["regrouping"].as_str());
        found.unwrap().to_owned()
    }

    async fn separates(&self, number: &str) -> Value {
        let body = json!({ "regrouping": self.regrouping(number).await });
        self.erp.post(&format!("/tickets/{number}/separate"), body).await.done()
    }

    async fn kinds(&self, number: &str) -> Vec<String> {
        let history = self.erp.get(&format!("/tickets/{number}/history?limit=200")).await.done();
        let events = history["items"].as_array().unwrap().iter();
        events.map(|event| event["kind"].as_str().unwrap().to_owned()).collect()
    }

    /// Numbers of the tickets that a filter finds.
    async fn finds(&self, query: &str) -> Vec<String> {
        let list = self.erp.get(&format!("/tickets?query={query}")).await.done();
        let numbers = list["items"].as_array().unwrap().iter();
        numbers.map(|ticket| ticket["number"].as_str().unwrap().to_owned()).collect()
    }
}

/// A ticket as it is shown, without what each change changes.
fn lasting(ticket: &Value) -> Value {
    let mut ticket = ticket.clone();
    for changing in ["version", "updated_at", "unread"] {
        ticket[changing] = Value::Null;
    }
    ticket
}
