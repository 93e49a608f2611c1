//! Whether the process lives and whether it can work, for those who watch over it.

mod figures;
mod print;
mod store;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::{Operation, Result, Tx};
use tokio::time::Instant;
use web::bearer_token;

use crate::App;
use crate::http::error::Answer;
use crate::http::server::Peer;
use crate::record::actor::Denied;
use crate::service::setting;
use crate::service::watch::RouteClass;

pub use figures::FigureCache;

/// The addresses of the watchers.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

/// The headers in which proxies name whom they speak for.
const FORWARDED: [&str; 3] = ["forwarded", "x-forwarded-for", "x-real-ip"];

/// The setting that is written to see whether the database can be written.
const PROBE: &str = "last_probe";

struct Probe {
    now: String,
}

impl Operation for Probe {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        setting::set(tx, PROBE, &self.now).await
    }
}

async fn ready(State(app): State<App>) -> Response {
    match app.db.write(&Probe { now: app.now().millis().to_string() }).await {
        Ok(()) => "ready\n".into_response(),
        Err(failure) => (
            StatusCode::SERVICE_UNAVAILABLE,
            format!("the database cannot be written: {failure}\n"),
        )
            .into_response(),
    }
}

/// Figures in the text format of Prometheus.
async fn metrics(State(app): State<App>, request: Request) -> Answer {
    if !is_near(&app, &request) && !is_administrator(&app, request.headers()).await? {
        return Err(Denied::NotFound.into());
    }
    let figures = app.figures.get(&app.db, app.now()).await?;
    let text = print::all(&app, &figures);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response())
}

/// Whether a request comes from this machine or from a proxy's own, and not from somebody behind a
/// proxy: that one names in a header whom it speaks for.
fn is_near(app: &App, request: &Request) -> bool {
    let headers = request.headers();
    if FORWARDED.iter().any(|name| headers.contains_key(*name)) {
        return false;
    }
    let Some(Peer(peer)) = request.extensions().get() else { return false };
    let peer = peer.to_canonical();
    peer.is_loopback() || app.config.trusts(peer)
}

async fn is_administrator(app: &App, headers: &HeaderMap) -> Result<bool> {
    let Some(secret) = bearer_token(headers) else { return Ok(false) };
    let actor = app.sessions.of_token(&app.db, secret, app.now()).await?;
    Ok(actor.is_some_and(|actor| actor.is_administrator()))
}

/// Counts every request with its answer.
pub async fn count(State(app): State<App>, request: Request, next: Next) -> Response {
    let (class, begun) = (RouteClass::of(request.uri().path()), Instant::now());
    let response = next.run(request).await;
    app.watch.answered(class, response.status().as_u16(), begun.elapsed());
    response
}
