//! Fills a database of the product with tickets, messages, sent mails, history and search documents, as if
//! they had come in over three years.
//!
//! The product builds the tables; the rows are written past it, without the safety that costs
//! time: whoever is interrupted begins anew. There are no raw mails, so attachments of filled
//! tickets cannot be opened.

mod journal;
mod lists;
mod outbox;
mod postgres;
mod rows;
mod sqlite;
mod ticket;
mod world;

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use laufzettel::config::{Config, Secret};
use values::Timestamp;

use crate::Result;
use crate::database::Database;
use rows::Row;

pub use journal::add_journal;
pub use lists::ADDRESS;
pub use world::long_ticket_numbers;

/// Rows that are handed over together.
const ROWS_AT_ONCE: usize = 4_000;
/// Changes with everything that changes the rows, so that kept databases are made anew.
const VERSION: u32 = 2;
/// The file that says that a folder is complete.
const MARK: &str = "filled";

/// Where rows go.
trait Sink {
    /// Takes rows, in an order in which none refers to a later one.
    fn take(&mut self, rows: Vec<Row>) -> Result<()>;
    /// Ends the work: indexes are built, and everything is on disk.
    fn finish(self: Box<Self>) -> Result<()>;
}

/// The present moment.
pub fn wall_clock() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::default().plus(since)
}

/// Fills a new database with so many tickets, unless it was filled before.
pub fn fill(database: &Database, tickets: u64) -> Result<()> {
    let mark = format!("{tickets} tickets, form {:016x}", form());
    let file = database.folder().join(MARK);
    if fs::read_to_string(&file).is_ok_and(|found| found == mark) {
        return Ok(());
    }
    if database.folder().exists() {
        fs::remove_dir_all(database.folder())?;
    }
    fs::create_dir_all(database.folder())?;
    build_tables(database)?;
    let start = crate::figures::now();
    write_rows(database, tickets)?;
    fs::write(&file, mark)?;
    let seconds = start.elapsed().as_secs_f64();
    eprintln!("filled {} with {tickets} tickets in {seconds:.0} s", database.folder().display());
    Ok(())
}

/// Changes when the tables or the rows change.
fn form() -> u64 {
    let mut hasher = DefaultHasher::new();
    VERSION.hash(&mut hasher);
    for step in laufzettel::migrations::steps() {
        (step.name(), step.text().sqlite).hash(&mut hasher);
    }
    hasher.finish()
}

/// Has the product build its tables.
fn build_tables(database: &Database) -> Result<()> {
    let mut config =
        Config::for_folder(database.folder()).map_err(|problem| problem.to_string())?;
    config.database_url = Secret(database.url().to_owned());
    let runtime = tokio::runtime::Runtime::new()?;
    runtime.block_on(async {
        let db = laufzettel::database::open(&config).await.map_err(|error| error.to_string())?;
        db.close().await.map_err(|failure| failure.to_string())
    })?;
    Ok(())
}

/// Adds contacts to a filled database, until there are so many.
pub fn add_contacts(database: &Database, tickets: u64, contacts: u64) -> Result<()> {
    let mut sink = sink(database)?;
    let now = wall_clock();
    let mut rows = Vec::with_capacity(ROWS_AT_ONCE);
    for number in lists::contacts(tickets) + 1..=contacts {
        rows.extend(lists::contact(number, tickets, now));
        if rows.len() >= ROWS_AT_ONCE {
            sink.take(std::mem::replace(&mut rows, Vec::with_capacity(ROWS_AT_ONCE)))?;
        }
    }
    sink.take(rows)?;
    sink.finish()
}

fn sink(database: &Database) -> Result<Box<dyn Sink>> {
    Ok(match database {
        Database::Sqlite(folder) => Box::new(sqlite::open(&folder.join("laufzettel.db"))?),
        Database::Postgres(address, _) => Box::new(postgres::open(address)?),
    })
}

/// One thread makes the rows and another writes them.
fn write_rows(database: &Database, tickets: u64) -> Result<()> {
    let mut sink = sink(database)?;
    let engine = database.engine();
    thread::scope(|scope| {
        let (sender, receiver) = mpsc::sync_channel::<Vec<Row>>(4);
        scope.spawn(move || {
            let mut waiting = Vec::with_capacity(ROWS_AT_ONCE);
            world::make(tickets, engine, wall_clock(), |row| {
                waiting.push(row);
                if waiting.len() < ROWS_AT_ONCE {
                    return true;
                }
                let full = std::mem::replace(&mut waiting, Vec::with_capacity(ROWS_AT_ONCE));
                sender.send(full).is_ok()
            });
            // The other side has ended with an error that it reports itself.
            sender.send(waiting).ok();
        });
        for rows in receiver {
            sink.take(rows)?;
        }
        sink.finish()
    })
}

/// A database with its lists and a mailbox, and no ticket.
pub fn empty(folder: &Path) -> Result<Database> {
    let database = Database::Sqlite(folder.to_owned());
    fill(&database, 0)?;
    Ok(database)
}
