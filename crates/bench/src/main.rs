//! `make bench`: measures the performance targets and prints a line of JSON for each.
//!
//! The product runs as a process of its own, as it is delivered, on databases that are filled here.
//! Next to each figure stands what this machine can do at best, measured in the same run. This
//! crate is not part of the product.

#![cfg_attr(
    test,
    allow(
        clippy::unwrap_used,
        clippy::indexing_slicing,
        reason = "a test that panics says what is wrong"
    )
)]
#![allow(
    clippy::disallowed_methods,
    reason = "a benchmark measures real time, and waits for processes that start"
)]

mod a_mail;
mod b_pages;
mod b_writes;
mod bench;
mod c_size;
mod cases;
mod chance;
mod d_postgres;
mod database;
mod e_work;
mod f_office;
mod figures;
mod g_intake;
mod ground;
mod limits;
mod load;
mod mails;
mod options;
mod process;
mod report;
mod seed;
mod server;
mod server_postgres;
mod team;
mod text;
mod words;

use std::process::ExitCode;

use clap::Parser;

use bench::Bench;
use options::Options;

/// What went wrong, for whoever started the benchmark.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Measures the targets that it names.
type Measure = fn(&Bench) -> Result<()>;

/// Which targets are measured together.
const MEASURES: [(&[&str], Measure); 26] = [
    (&["A1", "A2"], a_mail::throughput::measure),
    (&["A3"], a_mail::latency::measure),
    (&["A4"], a_mail::visible::measure),
    (&["A5"], a_mail::fetch::measure),
    (&["A6"], a_mail::import::measure),
    (&["B1", "B2"], b_pages::cost::measure),
    (&["B3"], b_pages::search::measure),
    (&["B4"], b_writes::measure),
    (&["B5"], b_pages::weight::measure),
    (&["B6"], b_pages::growth::measure),
    (&["B7"], b_pages::during_ingest::measure),
    (&["C1"], c_size::memory::measure),
    (&["C2"], c_size::large_mails::measure),
    (&["C3"], c_size::start::measure),
    (&["C4"], c_size::disk::measure),
    (&["D1", "D2"], d_postgres::measure),
    (&["E1"], e_work::sending::measure),
    (&["E2"], e_work::fifty::measure),
    (&["F1"], f_office::pages::measure),
    (&["F2"], f_office::contacts::measure),
    (&["F3"], f_office::two::measure),
    (&["F4"], f_office::moving::measure),
    (&["G1"], g_intake::ruled::measure),
    (&["G2"], g_intake::machine::measure),
    (&["G3"], g_intake::backlog::measure),
    (&["G4"], g_intake::journal::measure),
];

fn main() -> ExitCode {
    let options = Options::parse();
    let result = match options.serve_page {
        Some(address) => limits::page::serve(address).map(|()| true),
        None => measure_all(options),
    };
    match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Measures what is wanted; `false` if a measurement failed. The others go on.
fn measure_all(options: Options) -> Result<bool> {
    if let Some(unknown) = options.ids.iter().find(|id| !is_known(id)) {
        return Err(format!("there is no target {unknown}").into());
    }
    let bench = Bench::new(options)?;
    let mut is_complete = true;
    for (ids, measure) in MEASURES {
        if !ids.iter().any(|id| bench.options.wants(id)) {
            continue;
        }
        if let Err(error) = measure(&bench) {
            eprintln!("bench: {} could not be measured: {error}", ids.join(", "));
            is_complete = false;
        }
    }
    Ok(is_complete)
}

fn is_known(id: &str) -> bool {
    MEASURES.iter().any(|(ids, _)| ids.iter().any(|known| known.eq_ignore_ascii_case(id)))
}
