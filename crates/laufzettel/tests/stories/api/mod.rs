//! What programs do by the API, each with a token of its own.

mod agents;
mod document;
mod fields;
mod files;
mod lists;
mod mailboxes;
mod mails;
mod messages;
mod new_tickets;
mod numbers;
mod outbox;
mod pages;
mod people;
mod placing;
mod repeats;
mod rights;
mod senders;
mod sending;
mod tickets;
mod tokens;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, header};
use laufzettel::feature::tokens::{CreateToken, NewToken};
use laufzettel::record::AgentId;
use laufzettel::record::actor::Scope;
use laufzettel::record::administration::By;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::world::World;

/// A program with a token.
#[derive(Clone)]
pub struct Program {
    router: Router,
    token: String,
}

/// What a program is answered.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The body as JSON; `null` if there is none.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_default()
    }

    /// The body of a success.
    pub fn done(&self) -> Value {
        let text = String::from_utf8_lossy(&self.bytes);
        assert!((200..300).contains(&self.status), "{} {text}", self.status);
        self.json()
    }

    /// Status and code of a problem: `422 invalid`.
    pub fn problem(&self) -> String {
        let kind = self.header("content-type");
        assert_eq!(kind, "application/problem+json", "{} is no problem", self.status);
        let body = self.json();
        assert_eq!(body["status"], self.status);
        format!("{} {}", self.status, body["code"].as_str().unwrap_or_default())
    }

    /// The fields of a problem with their codes: `subject empty, area unknown`.
    pub fn fields(&self) -> String {
        assert_eq!(self.problem(), "422 invalid", "{}", String::from_utf8_lossy(&self.bytes));
        let body = self.json();
        let fields = body["problems"].as_array().unwrap().iter().map(|field| {
            let part = |name: &str| field[name].as_str().unwrap().to_owned();
            format!("{} {}", part("field"), part("code"))
        });
        fields.collect::<Vec<_>>().join(", ")
    }
}

impl Program {
    pub fn with_token(world: &World, token: &str) -> Self {
        Self { router: world.router.clone(), token: token.to_owned() }
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(format!("/api/v1{path}"))
            .header(header::HOST, "127.0.0.1:8080")
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, bytes }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Answer {
        self.with("POST", path, &[], Some(body)).await
    }

    /// A POST without a body.
    pub async fn act(&self, path: &str) -> Answer {
        self.with("POST", path, &[], None).await
    }

    pub async fn post_once(&self, key: &str, path: &str, body: Value) -> Answer {
        self.with("POST", path, &[("idempotency-key", key)], Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Answer {
        self.with("PATCH", path, &[], Some(body)).await
    }

    pub async fn patch_if(&self, tag: &str, path: &str, body: Value) -> Answer {
        self.with("PATCH", path, &[("if-match", tag)], Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Answer {
        self.with("DELETE", path, &[], None).await
    }

    pub async fn delete_if(&self, tag: &str, path: &str) -> Answer {
        self.with("DELETE", path, &[("if-match", tag)], None).await
    }

    /// A body of another kind than JSON.
    pub async fn post_bytes(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        bytes: impl Into<Body>,
    ) -> Answer {
        let mut request = self.request("POST", path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(bytes.into()).unwrap()).await
    }

    async fn with(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<Value>,
    ) -> Answer {
        let mut request = self.request(method, path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let body = match body {
            Some(body) => {
                request = request.header(header::CONTENT_TYPE, "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    /// Makes a ticket and gives its number.
    pub async fn ticket(&self, subject: &str) -> String {
        let body = json!({ "subject": subject, "body_text": "Guten Tag" });
        number(&self.post("/tickets", body).await.done())
    }
}

/// The number of a ticket.
pub fn number(ticket: &Value) -> String {
    ticket["number"].as_str().unwrap().to_owned()
}

/// A program that acts as an agent, with some scopes.
pub async fn program(world: &World, agent: AgentId, scopes: &[Scope]) -> Program {
    Program::with_token(world, &token(world, agent, scopes).await)
}

/// A new token of an agent.
pub async fn token(world: &World, agent: AgentId, scopes: &[Scope]) -> String {
    let token = NewToken::make(&world.app, "ERP", scopes, None);
    let by = By::command(&world.app.ids, world.app.now());
    world.app.db.write(&CreateToken { token: &token, agent, by }).await.unwrap();
    token.secret().to_owned()
}

/// A program that acts as an administrator and may do everything.
pub async fn administrator(world: &World) -> Program {
    let anna = world.administrator("Anna").await;
    program(world, anna.agent, &Scope::ALL).await
}

/// A program that acts as an agent who works everywhere.
pub async fn worker(world: &World, name: &str) -> Program {
    let agent = world.agent(name).await;
    program(world, agent.agent, &Scope::ALL).await
}
