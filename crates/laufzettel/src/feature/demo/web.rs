//! The start page of the demo: who one can be.

use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use serde::Deserialize;
use values::Language;
use web::{Query, accepted_language};

use super::page::{DemoAgent, DemoPage, page};
use crate::App;
use crate::feature::agents;
use crate::http::error::Answer;
use crate::http::screen::bare;
use crate::record::show;

/// The addresses of the demo. They exist only while the demo runs.
pub fn routes() -> Router<App> {
    Router::new().route("/demo", get(start))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    language: Option<String>,
}

async fn start(State(app): State<App>, headers: HeaderMap, Query(asked): Query<Asked>) -> Answer {
    let accepted = headers.get("accept-language").and_then(|value| value.to_str().ok());
    let language = asked.language.as_deref().and_then(Language::from_code);
    let language = language.or_else(|| accepted.and_then(accepted_language));
    Ok(show_start(&app, language.unwrap_or(app.config.language)).await?)
}

async fn show_start(app: &App, language: Language) -> db::Result<Response> {
    let directory = app.directory().await?;
    let mailbox = directory.mailboxes.first();
    let agents = agents::list(&app.db).await?.into_iter().filter(|agent| agent.active);
    let start = DemoPage {
        bare: bare(language, "/demo"),
        company: super::COMPANY.to_owned(),
        agents: agents
            .map(|agent| DemoAgent {
                person: show::person(&agent.name),
                role: agent.email.clone(),
                address: agent.email,
            })
            .collect(),
        password: super::PASSWORD.to_owned(),
        intake: app.config.lmtp_listen.map(|address| address.to_string()),
        mailbox: mailbox
            .and_then(|mailbox| mailbox.addresses().first().map(ToString::to_string))
            .unwrap_or_default(),
    };
    Ok(page(&start).into_response())
}
