//! Everything that runs in the background of a server: intake, fetching, housekeeping, and the
//! listeners. It ends within ten seconds when it is asked to.

use std::future::Future;
use std::time::Duration;

use axum::Router;
use db::Engine;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio::time::{interval, timeout};

use crate::App;
use crate::feature::{
    fetch, intake, live_updates, notify, outbox, receive, reconcile, resubmit, sandbox, sent_folder,
};
use crate::http::server;
use crate::record::customers;
use crate::record::session::NoteSeen;
use crate::service::{live, open_files, process};

/// How often the last use of sessions is written down.
const NOTE_SEEN_EVERY: Duration = Duration::from_secs(5);
/// How often the rounds of the workers are written down.
const NOTE_ROUNDS_EVERY: Duration = Duration::from_secs(30);
/// How long requests may take to end.
const END_TIME: Duration = Duration::from_secs(8);

/// Listeners that are bound already, so that a taken port is known before anything starts.
pub struct Listeners {
    /// The web server's.
    pub web: TcpListener,
    /// That for incoming mails.
    pub lmtp: Option<TcpListener>,
    /// The demo's for mails that leave.
    pub sandbox: Option<TcpListener>,
}

/// Serves until `shutdown` is ready.
pub async fn serve(
    app: App,
    router: Router,
    listeners: Listeners,
    shutdown: impl Future<Output = ()> + Send + 'static,
) {
    open_files::raise_limit();
    let mut background = JoinSet::new();
    background.spawn(forget_what_changed(app.clone()));
    background.spawn(note_seen(app.clone()));
    background.spawn(note_rounds(app.clone()));
    background.spawn(renew_process(app.clone()));
    background.spawn(bring_customers_in_line(app.clone()));
    background.spawn(intake::work(app.clone()));
    background.spawn(fetch::supervise(app.clone()));
    background.spawn(reconcile::work(app.clone()));
    background.spawn(resubmit::work(app.clone()));
    background.spawn(notify::work(app.clone()));
    background.spawn(sent_folder::supervise(app.clone()));
    if app.db.engine() == Engine::Sqlite {
        background.spawn(live_updates::hear_others(app.clone()));
    }
    background.spawn(crate::api::housekeeping::keep(app.clone()));
    // These end by themselves: what they have begun is not cut off.
    let mut ending = JoinSet::new();
    ending.spawn(outbox::supervise(app.clone()));
    if let Some(listener) = listeners.lmtp {
        let stopping = app.clone();
        let stopped = async move { stopping.stopping().await };
        ending.spawn(receive::listen(app.clone(), listener, stopped));
    }
    if let Some(listener) = listeners.sandbox {
        let stopping = app.clone();
        let stopped = async move { stopping.stopping().await };
        ending.spawn(sandbox::listen(app.clone(), listener, stopped));
    }
    let stopping = app.clone();
    let stop = app.clone();
    tokio::spawn(async move {
        shutdown.await;
        stop.stop();
    });
    let stopped = async move { stopping.stopping().await };
    serve_web(&app, server::serve(listeners.web, router, server::HEAD_TIME, stopped)).await;
    while timeout(END_TIME, ending.join_next()).await.is_ok_and(|ended| ended.is_some()) {}
    background.shutdown().await;
    if let Err(failure) = app.close().await {
        tracing::warn!(%failure, "cannot give the process number back");
    }
    if let Err(failure) = app.db.close().await {
        tracing::warn!(%failure, "cannot close the database");
    }
}

/// Requests that do not end in time are cut off; their changes are durable or were never answered.
async fn serve_web(app: &App, web: impl Future<Output = ()>) {
    tokio::select! {
        () = web => {}
        () = async {
            app.stopping().await;
            tokio::time::sleep(END_TIME).await;
        } => {}
    }
}

/// Keeps what is held in memory in step with the database.
pub async fn forget_what_changed(app: App) {
    let mut notices = app.db.listen();
    loop {
        match notices.recv().await {
            Ok(notice) if notice.topic == live::LISTS => app.forget_lists(),
            Ok(notice) if notice.topic == live::SESSION => app.sessions.drop_actors(),
            Ok(notice) if notice.topic == live::MAILBOX => app.forget_fetching(),
            Ok(notice) if notice.topic == live::OUTBOX => app.forget_relaying(),
            Ok(notice) if matches!(notice.topic, live::TICKET | live::MAIL) => app.note_change(),
            Ok(_) => {}
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => {
                app.forget_lists();
                app.forget_fetching();
                app.note_change();
            }
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        }
    }
}

/// Customers that an older version wrote are found, too.
async fn bring_customers_in_line(app: App) {
    if let Err(failure) = customers::keys::bring_in_line(&app.db).await {
        tracing::warn!(%failure, "cannot make the keys by which customers are found");
    }
}

async fn note_seen(app: App) {
    let mut ticks = interval(NOTE_SEEN_EVERY);
    loop {
        ticks.tick().await;
        let seen = app.sessions.take_seen();
        if seen.is_empty() {
            continue;
        }
        if let Err(failure) = app.db.write(&NoteSeen { seen }).await {
            tracing::warn!(%failure, "cannot note the use of sessions");
        }
    }
}

/// What the workers did, for the page of all processes.
async fn note_rounds(app: App) {
    let mut ticks = interval(NOTE_ROUNDS_EVERY);
    loop {
        ticks.tick().await;
        let rounds = app.watch.take_rounds();
        if rounds.is_empty() {
            continue;
        }
        if let Err(failure) = app.db.write(&rounds).await {
            tracing::warn!(%failure, "cannot note what the workers did");
        }
    }
}

async fn renew_process(app: App) {
    let mut ticks = interval(process::RENEW_EVERY);
    loop {
        ticks.tick().await;
        let renew = process::RenewNumber { number: app.process, now: app.now() };
        if let Err(failure) = app.db.write(&renew).await {
            tracing::warn!(%failure, "cannot renew the process number");
        }
    }
}
