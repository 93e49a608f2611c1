//! The stream by which open pages learn that something changed (decision 31).
//!
//! An announcement carries no content: the page fetches what it shows with its reader's rights.

use std::time::Duration;

use axum::Router;
use axum::response::Response;
use axum::routing::get;
use db::{Notice, from_row, params, sql};
use futures_util::stream::unfold;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use web::{Announcement, live_stream};

use crate::App;
use crate::http::screen::Screen;
use crate::record::MailId;
use crate::service::live;

/// The topics that pages listen to.
const SHOWN: [&str; 5] = [live::TICKET, live::MAIL, live::MAILBOX, live::OUTBOX, live::PRESENCE];

/// The address of the stream.
pub fn routes() -> Router<App> {
    Router::new().route("/live", get(stream))
}

/// How often the journal is asked for mails of other processes.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Mails of one look. Of more only the last is announced: pages show everything anew for it.
const MAILS_MAX: i64 = 50;

/// Announces what other processes did with mails, like `deliver`: an embedded database has no bell
/// between processes. Runs until it is dropped.
pub async fn hear_others(app: App) {
    let mut last = MailId::from_number(0);
    let mut ticks = tokio::time::interval(LOOK_EVERY);
    while let Err(failure) = newest(&app).await.map(|newest| last = newest) {
        tracing::error!(%failure, "cannot read the journal");
        ticks.tick().await;
    }
    loop {
        ticks.tick().await;
        match decided_behind(&app, last).await {
            Ok(mails) => last = announce(&app, last, &mails),
            Err(failure) => tracing::error!(%failure, "cannot read the journal"),
        }
    }
}

from_row! {
    struct Taken {
        id: MailId,
        ticket: Option<i64>,
        state: String,
    }
}

async fn newest(app: &App) -> db::Result<MailId> {
    let statement =
        sql!("select id, ticket, state from inbound_mail where id > $1 order by id desc limit 1");
    let none = MailId::from_number(0);
    let newest: Option<Taken> = app.db.optional(statement, params![none]).await?;
    Ok(newest.map_or(none, |newest| newest.id))
}

async fn decided_behind(app: &App, last: MailId) -> db::Result<Vec<Taken>> {
    let statement =
        sql!("select id, ticket, state from inbound_mail where id > $1 order by id limit $2");
    app.db.all(statement, params![last, MAILS_MAX]).await
}

/// Gives the mail up to which nothing is left to be announced.
fn announce(app: &App, mut last: MailId, mails: &[Taken]) -> MailId {
    let is_flood = i64::try_from(mails.len()).is_ok_and(|count| count == MAILS_MAX);
    for (place, mail) in mails.iter().enumerate() {
        let is_own = mail.id.process() == app.process;
        if !is_own && matches!(mail.state.as_str(), "seen" | "stored") {
            return last;
        }
        last = mail.id;
        if is_own || (is_flood && place + 1 < mails.len()) {
            continue;
        }
        app.db.announce_here(Notice { topic: live::MAIL, id: mail.id.number() });
        if let Some(id) = mail.ticket {
            app.forget_counters();
            app.db.announce_here(Notice { topic: live::TICKET, id });
        }
    }
    last
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
