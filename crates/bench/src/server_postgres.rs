//! A PostgreSQL server of our own on the disk that is measured, with durable commits; it is gone
//! when this is dropped.

use std::fs::{self, File};
use std::os::unix::fs::chown;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;
use tokio_postgres::NoTls;

use crate::Result;
use crate::figures::now;
use crate::server::free_addresses;

/// How long the server may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(30);
/// How often it is asked whether it answers.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// A running server.
pub struct PostgresServer {
    child: Child,
    port: u16,
    folder: TempDir,
}

impl PostgresServer {
    /// Makes a cluster and starts it.
    pub fn start() -> Result<Self> {
        let programs = programs()?;
        let folder = TempDir::with_prefix("laufzettel-bench-postgres-")?;
        let data = folder.path().join("data");
        hand_over(folder.path())?;
        let made = as_server(&programs.join("initdb"))
            .args(["--no-sync", "-A", "trust", "-U", "postgres", "-E", "UTF8"])
            .args(["--locale=C.UTF-8", "-D"])
            .arg(&data)
            .stdout(Stdio::null())
            .status()?;
        if !made.success() {
            return Err("initdb failed".into());
        }
        let (address, _) = free_addresses()?;
        let port = address.port();
        let log = File::create(folder.path().join("log"))?;
        let child = as_server(&programs.join("postgres"))
            .arg("-D")
            .arg(&data)
            .args(["-p", &port.to_string(), "-k"])
            .arg(folder.path())
            .args(["-c", "listen_addresses=127.0.0.1", "-c", "shared_buffers=512MB"])
            .args(["-c", "fsync=on", "-c", "synchronous_commit=on", "-c", "max_wal_size=4GB"])
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        let server = Self { child, port, folder };
        server.wait_until_ready()?;
        Ok(server)
    }

    /// The number of its first process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// The address of one of its databases.
    pub fn address(&self, database: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{database}", self.port)
    }

    /// Makes a database, empty or as a copy of another one, and gives its address.
    pub fn database(&self, name: &str, template: &str) -> Result<String> {
        self.run(&format!("drop database if exists {name} with (force)"))?;
        self.run(&format!("create database {name} template {template}"))?;
        Ok(self.address(name))
    }

    fn run(&self, statement: &str) -> Result<()> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(async {
            let address = self.address("postgres");
            let (client, connection) = tokio_postgres::connect(&address, NoTls).await?;
            tokio::spawn(connection);
            Ok(client.batch_execute(statement).await?)
        })
    }

    fn wait_until_ready(&self) -> Result<()> {
        let start = now();
        while start.elapsed() < PATIENCE {
            if self.run("select 1").is_ok() {
                return Ok(());
            }
            thread::sleep(LOOK_EVERY);
        }
        let log = fs::read_to_string(self.folder.path().join("log")).unwrap_or_default();
        Err(format!("PostgreSQL does not start: {log}").into())
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        // A fast end: what is left is removed with the folder. If nothing can be asked, it is
        // killed below.
        Command::new("kill").args(["-INT", &self.id().to_string()]).status().ok();
        let start = now();
        while start.elapsed() < PATIENCE {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(LOOK_EVERY);
        }
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// The folder of PostgreSQL's programs, the newest version first.
fn programs() -> Result<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")?
        .flatten()
        .map(|entry| entry.path().join("bin"))
        .filter(|folder| folder.join("initdb").exists())
        .collect();
    found.sort();
    found.pop().ok_or_else(|| "no initdb found; on Debian: apt-get install postgresql".into())
}

fn is_root() -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("Uid:"));
    line.and_then(|line| line.split_whitespace().nth(1)) == Some("0")
}

/// PostgreSQL refuses to run as root; then it runs as the user `postgres`.
fn as_server(program: &Path) -> Command {
    if !is_root() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--init-groups"]).arg(program);
    command
}

fn hand_over(folder: &Path) -> Result<()> {
    if !is_root() {
        return Ok(());
    }
    let users = fs::read_to_string("/etc/passwd")?;
    let line = users.lines().find(|line| line.starts_with("postgres:"));
    let line = line.ok_or("there is no user postgres")?;
    let mut numbers = line.split(':').skip(2).filter_map(|field| field.parse().ok());
    Ok(chown(folder, numbers.next(), numbers.next())?)
}
