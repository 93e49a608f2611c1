//! Pages: what they cost, how fast they come, and whether that stays so (B1 to B7).

pub mod cost;
pub mod during_ingest;
pub mod growth;
pub mod search;
pub mod weight;

use std::time::Duration;

use crate::Result;
use crate::figures::{Figures, millis};
use crate::load::http::{Load, Request};
use crate::process;
use crate::seed::long_ticket_numbers;
use crate::server::Server;

/// What a load of pages showed.
pub struct Pages {
    /// What the clients saw.
    pub figures: Figures,
    /// Milliseconds of processor time of the product for one page.
    pub cpu_millis: f64,
}

/// Runs a load and measures what it cost. `processes` are those of the product.
pub fn load(
    server: &Server,
    processes: &[u32],
    requests: &[Request],
    clients: usize,
    time: Duration,
) -> Result<Pages> {
    let before = process::cpu(processes);
    let figures = Load { address: server.address, requests, clients, time }.run()?;
    let used = process::cpu(processes).saturating_sub(before);
    // Each request was sent once before the run.
    let pages = (figures.millis.len() + requests.len()).max(1) as f64;
    Ok(Pages { figures, cpu_millis: millis(used) / pages })
}

/// The addresses of tickets with ten messages.
pub fn ticket_paths(tickets: u64) -> Vec<String> {
    long_ticket_numbers(tickets).iter().map(|number| format!("/tickets/{number}")).collect()
}
