//! Whether the process lives and whether it can work, for those who watch over it.

use axum::Router;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use db::{Operation, Result, Tx};

use crate::App;
use crate::service::setting;

/// The addresses of the watchers.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

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
async fn metrics(State(app): State<App>) -> Response {
    let text = format!(
        "# TYPE laufzettel_statements_total counter\nlaufzettel_statements_total {}\n\
         # TYPE laufzettel_start_time_seconds gauge\nlaufzettel_start_time_seconds {}\n",
        app.db.statements_run(),
        app.started_at.millis() / 1000,
    );
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
