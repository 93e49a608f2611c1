//! A bare page: axum with one handler that answers 30 KiB, in a process of its own.

use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use tokio::net::TcpListener;

use crate::Result;
use crate::figures::{Figures, millis};
use crate::load::http::{Accept, Client, Load, Request};
use crate::process::{self, Memory};
use crate::server::free_addresses;

/// The bytes of the page.
const PAGE_BYTES: usize = 30 * 1024;
/// How often the process is asked whether it answers.
const LOOK_EVERY: Duration = Duration::from_millis(2);

/// Serves the page until the process is killed.
pub fn serve(address: SocketAddr) -> Result<()> {
    let row = "<tr><td>Rechnung 4711</td><td>offen</td></tr>";
    let page: String = row.chars().cycle().take(PAGE_BYTES).collect();
    let html = "text/html; charset=utf-8";
    let handler = move || async move { ([(CONTENT_TYPE, html)], page.clone()) };
    let router = Router::new().route("/", get(handler));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(address).await?;
        Ok(axum::serve(listener, router).await?)
    })
}

/// The process that serves the page. Dropped, it is killed.
pub struct Bare {
    child: Child,
    address: SocketAddr,
}

impl Bare {
    /// Starts it.
    pub fn start() -> Result<Self> {
        let (address, _) = free_addresses()?;
        let child = Command::new(std::env::current_exe()?)
            .args(["--serve-page", &address.to_string()])
            .stdin(Stdio::null())
            .spawn()?;
        let bare = Self { child, address };
        for _ in 0..1_000 {
            if Client::connect(address).is_ok() {
                return Ok(bare);
            }
            thread::sleep(LOOK_EVERY);
        }
        Err("the bare page is not served".into())
    }

    /// Its memory.
    pub fn memory(&self) -> Result<Memory> {
        process::memory(self.child.id())
    }

    /// A load of so many clients: what they saw, and milliseconds of processor time for a page.
    pub fn load(&self, clients: usize, time: Duration) -> Result<(Figures, f64)> {
        let request = Request::page(self.address, "/", "a=b", Accept::Browser);
        let before = process::cpu(&[self.child.id()]);
        let load = Load { address: self.address, requests: &[request], clients, time };
        let figures = load.run()?;
        let used = process::cpu(&[self.child.id()]).saturating_sub(before);
        let pages = figures.millis.len().max(1) as f64;
        Ok((figures, millis(used) / pages))
    }
}

impl Drop for Bare {
    fn drop(&mut self) {
        // Where it has ended already, there is nothing to kill.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
