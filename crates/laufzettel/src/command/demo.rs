//! `laufzettel demo`: a complete sample company, ready to be clicked through.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use clap::Args;
use tempfile::TempDir;
use tokio::net::TcpListener;

use super::sentence;
use super::serve::ended_by_signal;
use crate::App;
use crate::command::say::say;
use crate::config::{Config, ConfiguredRelay};
use crate::feature::demo;
use crate::record::mailbox::Tls;
use crate::record::sender::Relay;
use crate::run::{self, Listeners};
use crate::service::clock::Clock;

/// Ports that are tried when the wanted one is taken.
const PORTS_TRIED: u16 = 50;

/// Starts a complete sample company: areas, agents, customers and some 200 tickets, whose mails
/// went through the real intake. Nothing outside this machine is contacted.
///
/// Example: laufzettel demo --listen 127.0.0.1:9000
#[derive(Args)]
pub struct Demo {
    /// Where to listen; a taken port gives the next free one.
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// The folder to keep the company in; without it a new one that is removed at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

impl Demo {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        let web = bind_near(self.listen).await?;
        let lmtp = bind_near(SocketAddr::new(self.listen.ip(), 2424)).await?;
        let sandbox = bind_near(SocketAddr::new(self.listen.ip(), 2525)).await?;
        let temporary = match self.data {
            Some(_) => None,
            None => Some(TempDir::with_prefix("laufzettel-demo-").map_err(|error| {
                format!("cannot make a folder for the sample company: {error}")
            })?),
        };
        let kept = self.data.as_deref();
        let folder = temporary.as_ref().map(TempDir::path).or(kept).unwrap_or(Path::new("demo"));
        let app = App::open(config(folder, &web, &lmtp, &sandbox)?, Clock::System)
            .await
            .map_err(|problem| problem.to_string())?;
        fill(&app).await?;
        tell(&app);
        let router = crate::http::router(&app);
        let listeners = Listeners { web, lmtp: Some(lmtp), sandbox: Some(sandbox) };
        run::serve(app, router, listeners, ended_by_signal()).await;
        Ok(())
    }
}

/// A listener on this port or one of the next.
async fn bind_near(wanted: SocketAddr) -> Result<TcpListener, String> {
    for further in 0..PORTS_TRIED {
        let port = wanted.port().saturating_add(further);
        if let Ok(listener) = TcpListener::bind(SocketAddr::new(wanted.ip(), port)).await {
            return Ok(listener);
        }
    }
    Err(format!("no port from {wanted} on is free; choose another one with --listen"))
}

fn config(
    folder: &Path,
    web: &TcpListener,
    lmtp: &TcpListener,
    sandbox: &TcpListener,
) -> Result<Config, String> {
    let address = |listener: &TcpListener| listener.local_addr().map_err(|error| error.to_string());
    let mut config = Config::for_folder(folder).map_err(|problem| problem.to_string())?;
    config.listen = address(web)?;
    config.lmtp_listen = Some(address(lmtp)?);
    config.base_url = format!("http://{}", config.listen);
    config.smtp = Some(relay(address(sandbox)?));
    config.is_demo = true;
    Ok(config)
}

/// The sandbox takes everything that is sent.
fn relay(sandbox: SocketAddr) -> ConfiguredRelay {
    let relay = Relay {
        host: sandbox.ip().to_string(),
        port: sandbox.port(),
        tls: Tls::None,
        user: None,
        oauth: None,
    };
    ConfiguredRelay { relay, password: None }
}

/// Writes the company, unless the folder holds one already.
async fn fill(app: &App) -> Result<(), String> {
    if !crate::feature::agents::list(&app.db).await.map_err(sentence)?.is_empty() {
        return Ok(());
    }
    demo::fill(app, app.now()).await.map(drop).map_err(sentence)
}

/// Nobody has to read it.
fn tell(app: &App) {
    say!("Laufzettel demo: {}", app.config.base_url).ok();
    say!("Sign in by a click on the start page; everybody's password is {}.", demo::PASSWORD).ok();
    if let Some(lmtp) = app.config.lmtp_listen {
        say!("Mails are taken by LMTP on {lmtp}. Ctrl+C ends it.").ok();
    }
    say!("What you send is caught and shown at {}/sandbox.", app.config.base_url).ok();
}
