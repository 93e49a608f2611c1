//! `laufzettel serve`: the real thing.

use std::fs::File;
use std::net::SocketAddr;

use clap::Args;
use db::Engine;
use tokio::net::TcpListener;

use super::{ConfigFile, folder_lock, sentence};
use crate::App;
use crate::command::say::say;
use crate::feature::setup::link;
use crate::run::{self, Listeners};
use crate::service::clock::Clock;
use crate::service::lease::FreeAllLeases;

/// Runs Laufzettel with the configured database, mailboxes and listeners.
///
/// Example: laufzettel serve --config /etc/laufzettel.toml
#[derive(Args)]
pub struct Serve {
    /// Changes the tables of a PostgreSQL database for this version; take a dump first.
    #[arg(long)]
    migrate: bool,
    #[command(flatten)]
    config: ConfigFile,
}

impl Serve {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        let mut config = self.config.load()?;
        config.migrate = self.migrate;
        config.check_base_url().map_err(|problem| problem.to_string())?;
        let web = bind(config.listen, "listen").await?;
        let lmtp = match config.lmtp_listen {
            Some(address) => Some(bind(address, "lmtp.listen").await?),
            None => None,
        };
        let app = App::open(config, Clock::System).await.map_err(|problem| problem.to_string())?;
        let _lock = lock(&app).await?;
        say!("Laufzettel listens on {}", app.config.base_url).ok();
        if let Some(link) = link::make(&app).await.map_err(sentence)? {
            say!("Set it up within an hour: {link}").ok();
        }
        let router = crate::http::router(&app);
        run::serve(app, router, Listeners { web, lmtp, sandbox: None }, ended_by_signal()).await;
        Ok(())
    }
}

/// Keeps a second server off an embedded database. Whoever holds the lock knows that the leases of
/// a server before it are of no use any more, so a restart goes on at once.
async fn lock(app: &App) -> Result<Option<File>, String> {
    if app.db.engine() == Engine::Postgres {
        return Ok(None);
    }
    let file = folder_lock(&app.config)?;
    app.db.write(&FreeAllLeases).await.map_err(sentence)?;
    Ok(Some(file))
}

/// Binds a port, or says which one is taken.
pub async fn bind(address: SocketAddr, key: &str) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => {
            format!("{address} is taken by another program; stop it, or change {key}")
        }
        _ => format!("cannot listen on {address} ({key}): {error}"),
    })
}

/// Ends at the first SIGTERM or Ctrl+C.
pub async fn ended_by_signal() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupted => {}
                _ = terminated.recv() => {}
            }
            return;
        }
    }
    // Without signals there is nothing to wait for but the end of the process.
    interrupted.await.ok();
}
