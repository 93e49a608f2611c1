//! The product as a process of its own, with its own configuration and free ports.

use std::fs::{self, File};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::Result;
use crate::database::Database;
use crate::figures::now;
use crate::load::http::{Accept, Client, Request};
use crate::process::{self, Memory};
use crate::team;

/// How long the product may take to start or to end.
const PATIENCE: Duration = Duration::from_secs(60);
/// How often a process that starts or ends is looked at.
const LOOK_EVERY: Duration = Duration::from_millis(1);

/// Who looks at a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// An agent who works in all areas by his rights in each.
    Agent,
    /// An administrator, whom nothing limits.
    Administrator,
}

impl Reader {
    /// The number of the agent's row.
    pub fn number(self) -> i64 {
        match self {
            Self::Administrator => 1,
            Self::Agent => 2,
        }
    }

    /// The cookie of the session that [`Server::start`] makes.
    pub fn cookie(self) -> String {
        team::cookie(self.number())
    }
}

/// How the product is started.
pub struct Setup<'a> {
    /// The program.
    pub binary: &'a Path,
    /// Its database.
    pub database: &'a Database,
    /// The certificate that mail servers may be signed by.
    pub mail_roots: Option<&'a [u8]>,
    /// The mail server that takes what leaves; without one it stays in the outbox.
    pub relay: Option<SocketAddr>,
}

/// A running product. Dropped, it is killed.
pub struct Server {
    child: Child,
    /// Where pages are served.
    pub address: SocketAddr,
    /// Where mails are taken.
    pub lmtp: SocketAddr,
    /// When the process was started.
    pub started: Instant,
    _configuration: TempDir,
}

impl Server {
    /// Starts it, with sessions for both readers, and waits until it answers.
    pub fn start(setup: &Setup<'_>) -> Result<Self> {
        sign_in(setup.database)?;
        let mut server = Self::spawn(setup)?;
        server.wait_until_ready()?;
        Ok(server)
    }

    /// Starts it and does not wait.
    pub fn spawn(setup: &Setup<'_>) -> Result<Self> {
        let folder = TempDir::with_prefix("laufzettel-bench-")?;
        let (address, lmtp) = free_addresses()?;
        let file = configuration(setup, folder.path(), address, lmtp)?;
        let log = File::create(folder.path().join("log"))?;
        let started = now();
        let child = Command::new(setup.binary)
            .args(["serve", "--config"])
            .arg(file)
            .env("LAUFZETTEL_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()?;
        Ok(Self { child, address, lmtp, started, _configuration: folder })
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let request = Request::page(self.address, "/healthz", "", Accept::Identity);
        loop {
            let answer = Client::connect(self.address).and_then(|mut client| client.send(&request));
            if answer.is_ok_and(|answer| answer.status == 200) {
                return Ok(());
            }
            self.check_alive()?;
            thread::sleep(LOOK_EVERY);
        }
    }

    /// Milliseconds from the start of the process to the first page.
    pub fn wait_for_page(&mut self, path: &str) -> Result<f64> {
        let request = Request::page(self.address, path, &Reader::Agent.cookie(), Accept::Browser);
        loop {
            let answer = Client::connect(self.address).and_then(|mut client| client.send(&request));
            if answer.is_ok_and(|answer| answer.status == 200) {
                return Ok(crate::figures::millis_since(self.started));
            }
            self.check_alive()?;
            thread::sleep(LOOK_EVERY);
        }
    }

    fn check_alive(&mut self) -> Result<()> {
        let has_ended = self.child.try_wait()?.is_some();
        if has_ended || self.started.elapsed() > PATIENCE {
            return Err(format!("laufzettel does not start: {}", self.log()).into());
        }
        Ok(())
    }

    /// What it wrote to its log.
    pub fn log(&self) -> String {
        fs::read_to_string(self._configuration.path().join("log")).unwrap_or_default()
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Its memory.
    pub fn memory(&self) -> Result<Memory> {
        process::memory(self.id())
    }

    /// A page as a reader asks for it.
    pub fn page(&self, path: &str, reader: Reader, accept: Accept) -> Request {
        Request::page(self.address, path, &reader.cookie(), accept)
    }

    /// A form as the script of a page sends it.
    pub fn form(
        &self,
        path: &str,
        reader: Reader,
        target: &str,
        fields: &[(&str, &str)],
    ) -> Request {
        Request::form(self.address, path, &reader.cookie(), target, fields)
    }

    /// The statements it has run so far.
    pub fn statements(&self) -> Result<u64> {
        let mut client = Client::connect(self.address)?;
        client.send(&Request::page(self.address, "/metrics", "", Accept::Identity))?;
        let text = String::from_utf8_lossy(client.body()).into_owned();
        let figure =
            text.lines().find_map(|line| line.strip_prefix("laufzettel_statements_total "));
        Ok(figure.ok_or("no laufzettel_statements_total in /metrics")?.parse()?)
    }

    /// Ends it as an administrator would.
    pub fn stop(mut self) -> Result<()> {
        Command::new("kill").arg(self.id().to_string()).status()?;
        let asked = now();
        while asked.elapsed() < PATIENCE {
            if let Some(status) = self.child.try_wait()? {
                return match status.success() {
                    true => Ok(()),
                    false => Err(format!("laufzettel ended with {status}: {}", self.log()).into()),
                };
            }
            thread::sleep(LOOK_EVERY);
        }
        Err("laufzettel does not end".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Where it has ended already, there is nothing to kill.
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Writes the configuration and gives its file.
pub fn configuration(
    setup: &Setup<'_>,
    folder: &Path,
    address: SocketAddr,
    lmtp: SocketAddr,
) -> Result<PathBuf> {
    let mut text = format!(
        "listen = \"{address}\"\ndata_dir = \"{}\"\ndatabase_url = \"{}\"\n",
        setup.database.folder().display(),
        setup.database.url()
    );
    if let Some(roots) = setup.mail_roots {
        let file = folder.join("roots.pem");
        fs::write(&file, roots)?;
        text.push_str(&format!("mail_roots_file = \"{}\"\n", file.display()));
    }
    text.push_str(&format!("[lmtp]\nlisten = \"{lmtp}\"\n"));
    if let Some(relay) = setup.relay {
        text.push_str(&format!("[smtp]\nurl = \"smtp://{relay}\"\ntls = \"none\"\n"));
    }
    let file = folder.join("laufzettel.toml");
    fs::write(&file, text)?;
    Ok(file)
}

/// Two ports that were free a moment ago.
pub fn free_addresses() -> Result<(SocketAddr, SocketAddr)> {
    let (one, other) = (TcpListener::bind("127.0.0.1:0")?, TcpListener::bind("127.0.0.1:0")?);
    Ok((one.local_addr()?, other.local_addr()?))
}

/// Makes a session for each reader.
fn sign_in(database: &Database) -> Result<()> {
    let mut connection = database.open()?;
    for reader in [Reader::Agent, Reader::Administrator] {
        team::sign_in(&mut connection, reader.number())?;
    }
    Ok(())
}
