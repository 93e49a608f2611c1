//! The PostgreSQL server for tests: one for the whole run, or one for this process.
//!
//! `scripts/with-postgres` (and so `make test`) starts one for all test processes and names it in
//! a variable. Without it this process starts one of its own when it first needs it, by the same
//! script, which ends the server when this process has ended, however that happened.

use std::env;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// The variable with the address of the server, in `key=value` form.
const ADDRESS: &str = "LAUFZETTEL_TEST_POSTGRES";
/// The variable with the certificate of the authority that signed the server's.
const CERTIFICATE: &str = "LAUFZETTEL_TEST_POSTGRES_CA";

/// A server that everybody may fill with databases; it is thrown away.
pub struct Server {
    /// Its address in `key=value` form, with the database `postgres`. TLS is possible.
    pub address: String,
    /// The certificate of the authority that signed the server's, in PEM form.
    pub root_certificate_file: PathBuf,
    /// Holds the standard input of the script, which waits for its end.
    _script: Option<Child>,
}

/// The server of this run.
pub fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| match (env::var(ADDRESS), env::var(CERTIFICATE)) {
        (Ok(address), Ok(certificate)) => {
            Server { address, root_certificate_file: certificate.into(), _script: None }
        }
        _ => start(),
    })
}

fn start() -> Server {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../scripts/with-postgres");
    let mut child = Command::new(script)
        .arg("--until-stdin-closes")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut line = || match lines.next() {
        Some(Ok(line)) => line,
        _ => panic!("scripts/with-postgres could not start a server; its message stands above"),
    };
    let (address, certificate) = (line(), line());
    Server { address, root_certificate_file: certificate.into(), _script: Some(child) }
}

/// An address as a URL, as configurations have it.
pub fn as_url(address: &str) -> String {
    let word = |name: &str| {
        let mut words = address.split_whitespace().filter_map(|word| word.split_once('='));
        words.find(|(key, _)| *key == name).map(|(_, value)| value).unwrap_or_default()
    };
    let [user, host, port, name] = ["user", "host", "port", "dbname"].map(word);
    format!("postgres://{user}@{host}:{port}/{name}")
}

/// The address of another database on the same server.
pub fn with_database(address: &str, name: &str) -> String {
    let keep = |word: &&str| !word.starts_with("dbname=");
    let words: Vec<&str> = address.split_whitespace().filter(keep).collect();
    format!("{} dbname={name}", words.join(" "))
}
