//! What the command line says.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Parser;

use crate::report::Engine;

/// Measures the performance targets and prints a line of JSON for each.
#[derive(Parser)]
#[command(name = "bench")]
pub struct Options {
    /// The targets to measure, for example B1 B3; without any all of them.
    pub ids: Vec<String>,
    /// Databases of up to 100,000 tickets, and short runs.
    #[arg(long)]
    pub quick: bool,
    /// Keeps the filled databases in this folder and takes those that are there.
    #[arg(long, value_name = "FOLDER")]
    pub keep: Option<PathBuf>,
    /// Measures this program; without it, `laufzettel` is built first.
    #[arg(long, value_name = "FILE")]
    pub binary: Option<PathBuf>,
    /// Measures B4, E1, E2, F2 and G1 to G4 on this database only: sqlite or postgres.
    #[arg(long, value_name = "NAME", value_parser = ["sqlite", "postgres"])]
    pub engine: Option<String>,
    /// How long the agents of E2 work.
    #[arg(long, default_value_t = 120)]
    pub seconds: u64,
    /// Serves the bare page that pages are compared with.
    #[arg(long, value_name = "ADDRESS", hide = true)]
    pub serve_page: Option<SocketAddr>,
}

impl Options {
    /// Whether a target is to be measured.
    pub fn wants(&self, id: &str) -> bool {
        self.ids.is_empty() || self.ids.iter().any(|wanted| wanted.eq_ignore_ascii_case(id))
    }

    /// Whether a target that is measured on both databases is to be measured on this one.
    pub fn wants_engine(&self, engine: Engine) -> bool {
        self.engine.as_ref().is_none_or(|wanted| wanted == engine.word())
    }

    /// The sizes of the databases, in tickets.
    pub fn sizes(&self) -> &'static [u64] {
        if self.quick { &[10_000, 100_000] } else { &[10_000, 100_000, 1_000_000] }
    }

    /// The smallest database.
    pub fn smallest(&self) -> u64 {
        self.sizes().first().copied().unwrap_or(0)
    }

    /// The largest database.
    pub fn largest(&self) -> u64 {
        self.sizes().last().copied().unwrap_or(0)
    }

    /// The database where the size does not matter: large enough for indexes of some depth.
    pub fn usual(&self) -> u64 {
        100_000
    }

    /// The database on PostgreSQL: filling it takes several times as long.
    pub fn on_postgres(&self) -> u64 {
        if self.quick { 10_000 } else { 100_000 }
    }

    /// The one figure for a short run, the other for a whole one.
    pub fn either<T>(&self, quick: T, whole: T) -> T {
        if self.quick { quick } else { whole }
    }
}
