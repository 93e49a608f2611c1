//! What all measurements share: the options, the program, the filled databases.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::Result;
use crate::database::Database;
use crate::options::Options;
use crate::report::Line;
use crate::seed;
use crate::server::{Server, Setup};

/// How often each figure is taken; the middle one counts.
pub const REPEATS: usize = 3;

/// One run of the benchmark.
pub struct Bench {
    /// What the command line says.
    pub options: Options,
    binary: PathBuf,
    folder: TempDir,
}

/// A database that may be changed; it is gone when this is dropped.
pub struct Scratch {
    /// The database.
    pub database: Database,
    _folder: TempDir,
}

impl Bench {
    /// Builds the product, unless a program was named.
    pub fn new(options: Options) -> Result<Self> {
        let binary = match &options.binary {
            Some(binary) => binary.clone(),
            None => build()?,
        };
        Ok(Self { options, binary, folder: TempDir::with_prefix("laufzettel-bench-")? })
    }

    /// The folder for whatever is needed for a moment. It lies on the disk that is measured.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The program.
    pub fn binary(&self) -> &Path {
        &self.binary
    }

    /// A database with so many tickets. Who changes its tickets takes a [`Self::copy`].
    pub fn filled(&self, tickets: u64) -> Result<Database> {
        let folder = self.options.keep.as_deref().unwrap_or(self.folder()).to_owned();
        let database = Database::Sqlite(folder.join(format!("sqlite-{tickets}")));
        seed::fill(&database, tickets)?;
        Ok(database)
    }

    /// A copy of a database with so many tickets.
    pub fn copy(&self, tickets: u64) -> Result<Scratch> {
        let filled = self.filled(tickets)?;
        let folder = TempDir::new_in(self.folder())?;
        copy_files(filled.folder(), folder.path())?;
        Ok(Scratch { database: Database::Sqlite(folder.path().to_owned()), _folder: folder })
    }

    /// A database with its lists and a mailbox, and no ticket.
    pub fn empty(&self) -> Result<Scratch> {
        let folder = TempDir::new_in(self.folder())?;
        let database = seed::empty(&folder.path().join("data"))?;
        Ok(Scratch { database, _folder: folder })
    }

    /// Starts the product on a database and waits until it answers.
    pub fn start(&self, database: &Database) -> Result<Server> {
        Server::start(&self.setup(database))
    }

    /// How the product is started on a database.
    pub fn setup<'a>(&'a self, database: &'a Database) -> Setup<'a> {
        Setup { binary: &self.binary, database, mail_roots: None, relay: None }
    }

    /// Prints a line, if its target is wanted.
    pub fn print(&self, line: &Line) {
        if self.options.wants(line.id) {
            line.print();
        }
    }
}

fn copy_files(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_file() {
            let target = to.join(entry.file_name());
            fs::copy(entry.path(), &target)?;
            // Whoever measures the disk next must not wait for this copy.
            fs::File::open(&target)?.sync_all()?;
        }
    }
    Ok(())
}

/// Builds `laufzettel` as it is delivered, beside this program.
fn build() -> Result<PathBuf> {
    let program = std::env::current_exe()?;
    let release = program.parent().ok_or("this program lies in no folder")?;
    let target = release.parent().ok_or("this program lies in no target folder")?;
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../Cargo.toml");
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let status = Command::new(cargo)
        .args(["build", "--release", "--package", "laufzettel", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(target)
        .status()?;
    match status.success() {
        true => Ok(target.join("release/laufzettel")),
        false => Err("laufzettel could not be built".into()),
    }
}
