//! The stream by which open pages learn that something changed (decision 31).
//!
//! An announcement carries no content: the page fetches what it shows with its reader's rights.

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use futures_util::stream::unfold;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use web::{Announcement, live_stream};

use crate::App;
use crate::http::screen::Screen;
use crate::service::live;

/// The topics that pages listen to.
const SHOWN: [&str; 5] = [live::TICKET, live::MAIL, live::MAILBOX, live::OUTBOX, live::PRESENCE];

/// The address of the stream.
pub fn routes() -> Router<App> {
    Router::new().route("/live", get(stream))
}

async fn stream(screen: Screen) -> Response {
    let app = screen.app.clone();
    let notices = app.db.listen();
    let stream = unfold((app, notices), |(app, mut notices)| async move {
        let announcement = tokio::select! {
            announcement = next(&mut notices) => announcement?,
            () = app.stopping() => return None,
        };
        Some((announcement, (app, notices)))
    });
    live_stream(stream)
}

async fn next(notices: &mut Receiver<db::Notice>) -> Option<Announcement> {
    loop {
        match notices.recv().await {
            Ok(notice) if SHOWN.contains(&notice.topic) => {
                let id = notice.id.to_string();
                return Some(Announcement { number: None, topic: notice.topic, id });
            }
            Ok(_) => {}
            // Too much happened at once: whatever it was, tickets are among it.
            Err(RecvError::Lagged(_)) => {
                return Some(Announcement { number: None, topic: live::TICKET, id: String::new() });
            }
            Err(RecvError::Closed) => return None,
        }
    }
}
