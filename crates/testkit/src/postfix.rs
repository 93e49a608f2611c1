//! A real Postfix of our own: Debian's `postfix` 3.7 with its own configuration, queue and
//! certificate on free ports of the loopback address. It never touches an installed service, asks no
//! name server and sends nothing beyond this machine.
//!
//! Postfix changes users, so the test must run as root; needs `postfix` and `openssl`.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::dovecot::{Certificate, Dovecot, make_certificates};
use crate::ports::free_ports;
use crate::wait;

/// How long Postfix may need to begin or to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// Who may hand over mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Submission {
    /// Everybody on this machine, with or without a login, in clear text or not.
    Open,
    /// Who has logged in; a login is offered only over TLS.
    LoggedIn,
}

/// How the server is set up.
#[derive(Clone)]
pub struct PostfixSettings<'a> {
    /// Where mailboxes are and who knows the passwords. It must outlive the server.
    pub dovecot: &'a Dovecot,
    /// Domains whose mails go to Dovecot, each to the user whose name is the recipient's address.
    /// Every recipient in them is accepted at first: of whom Dovecot does not know, the sender hears
    /// by a report. Recipients in other domains are refused at once.
    pub domains: &'a [&'a str],
    /// Who may hand over mails.
    pub submission: Submission,
    /// What its certificate is like; it is for `localhost` and not Dovecot's.
    pub certificate: Certificate,
    /// Largest mail that is accepted.
    pub size_bytes_max: u64,
}

impl<'a> PostfixSettings<'a> {
    /// A server that accepts everything from this machine.
    pub fn new(dovecot: &'a Dovecot, domains: &'a [&'a str]) -> Self {
        Self {
            dovecot,
            domains,
            submission: Submission::Open,
            certificate: Certificate::Valid,
            size_bytes_max: 50 * 1024 * 1024,
        }
    }
}

/// A running server; dropped, it ends and its folder is removed. Logins are Dovecot's accounts.
pub struct Postfix {
    master: Child,
    folder: TempDir,
    submission_port: u16,
    submissions_port: u16,
    authority: Vec<u8>,
}

impl Postfix {
    /// Starts a server.
    pub fn start(settings: PostfixSettings<'_>) -> Self {
        let folder = TempDir::with_prefix("postfix-").expect("a temporary folder");
        // Postfix's processes run as other users.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("rights");
        let authority = make_certificates(folder.path(), settings.certificate);
        make_folders(folder.path());
        let ports = free_ports();
        let configuration = folder.path().join("config");
        let write = |name, text| fs::write(configuration.join(name), text).expect("configuring");
        write("main.cf", main_text(folder.path(), &settings));
        write("master.cf", services_text(ports));
        let errors = fs::File::create(folder.path().join("errors")).expect("the error file");
        let master = Command::new("/usr/lib/postfix/sbin/master")
            .arg("-c")
            .arg(&configuration)
            // Stays in the foreground.
            .arg("-d")
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(errors)
            // It ends its children by ending its group.
            .process_group(0)
            .spawn()
            .expect("starting Postfix; install postfix");
        let [submission_port, submissions_port] = ports;
        let mut server = Self { master, folder, submission_port, submissions_port, authority };
        server.wait_until_ready();
        server
    }

    /// The port for clear text and STARTTLS, on 127.0.0.1.
    pub fn submission_port(&self) -> u16 {
        self.submission_port
    }

    /// The port for TLS from the first octet on, on 127.0.0.1.
    pub fn submissions_port(&self) -> u16 {
        self.submissions_port
    }

    /// The certificate to believe, as PEM. The server's own is signed by it, for `localhost`.
    pub fn authority_pem(&self) -> &[u8] {
        &self.authority
    }

    /// The process number of the master.
    pub fn process_id(&self) -> u32 {
        self.master.id()
    }

    /// What the server has written to its log.
    pub fn log(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        format!("{}{}", read("errors"), read("log"))
    }

    fn wait_until_ready(&mut self) {
        let port = self.submission_port;
        let folder = self.folder.path().to_owned();
        let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
        let said = || format!("Postfix does not run: {}{}", read("errors"), read("log"));
        let ready = || {
            let ended = self.master.try_wait().expect("asking for the process");
            assert!(ended.is_none(), "{}", said());
            has_greeting(port).then_some(())
        };
        wait::until(PATIENCE, ready, said);
    }

    /// Sends a signal to the master and all its children.
    fn signal_all(&self, signal: &str) {
        let group = format!("-{}", self.process_id());
        Command::new("kill").args([signal, "--", &group]).stderr(Stdio::null()).status().ok();
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        self.signal_all("-TERM");
        let begun = Instant::now();
        // The children are waited for, too: they write into the folder that is removed next.
        while begun.elapsed() < PATIENCE {
            let has_ended = !matches!(self.master.try_wait(), Ok(None));
            if has_ended && !is_group_alive(self.process_id()) {
                return;
            }
            wait::pass(Duration::from_millis(10));
        }
        self.signal_all("-KILL");
        self.master.wait().ok();
    }
}

/// Whether a process of the group runs. One that has ended and is not yet collected does not count:
/// the children of a dead master are collected when the system comes to it.
fn is_group_alive(group: u32) -> bool {
    let group = group.to_string();
    let is_alive = |stat: String| {
        // `number (name) state parent group`, and the name may hold anything.
        let fields: Vec<&str> = stat.rsplit(") ").next().unwrap_or_default().split(' ').collect();
        matches!(fields.as_slice(), [state, _, own, ..] if *own == group && *state != "Z")
    };
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes.filter_map(|entry| fs::read_to_string(entry.path().join("stat")).ok()).any(is_alive)
}

fn has_greeting(port: u16) -> bool {
    let Ok(stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    if stream.set_read_timeout(Some(PATIENCE)).is_err() {
        return false;
    }
    let mut line = String::new();
    match BufReader::new(&stream).read_line(&mut line) {
        Ok(_) => line.starts_with("220 ") && (&stream).write_all(b"QUIT\r\n").is_ok(),
        Err(_) => false,
    }
}

/// The folders that `postfix-files` of the package names, with its rights.
fn make_folders(base: &Path) {
    let postfix = number_in("/etc/passwd", "postfix");
    let postdrop = number_in("/etc/group", "postdrop");
    let make = |name: &str, owner: u32, group: Option<u32>, mode: u32| {
        let folder = base.join(name);
        fs::create_dir(&folder).expect("a folder of Postfix");
        chown(&folder, Some(owner), group).expect("giving a folder away; run as root");
        fs::set_permissions(&folder, fs::Permissions::from_mode(mode)).expect("rights");
    };
    make("config", 0, None, 0o755);
    make("data", postfix, None, 0o700);
    make("queue", 0, None, 0o755);
    make("queue/pid", 0, None, 0o755);
    for name in [
        "active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "private",
        "saved", "trace",
    ] {
        make(&format!("queue/{name}"), postfix, None, 0o700);
    }
    make("queue/maildrop", postfix, Some(postdrop), 0o730);
    make("queue/public", postfix, Some(postdrop), 0o710);
}

/// The number of a user or a group.
fn number_in(file: &str, name: &str) -> u32 {
    let text = fs::read_to_string(file).expect("reading the names");
    let found = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let number = found.and_then(|rest| rest.split(':').nth(1)?.parse().ok());
    number.unwrap_or_else(|| panic!("no {name} in {file}; install postfix"))
}

fn main_text(folder: &Path, settings: &PostfixSettings<'_>) -> String {
    let base = folder.display();
    let lmtp_port = settings.dovecot.lmtp_port();
    let auth_socket = settings.dovecot.auth_socket();
    let (networks, is_tls_asked) = match settings.submission {
        Submission::Open => ("permit_mynetworks, ", "no"),
        Submission::LoggedIn => ("", "yes"),
    };
    format!(
        "compatibility_level = 3.6\n\
         queue_directory = {base}/queue\n\
         data_directory = {base}/data\n\
         meta_directory = {base}/config\n\
         maillog_file = {base}/log\n\
         maillog_file_prefixes = {base}\n\
         myhostname = mail.test\n\
         inet_interfaces = 127.0.0.1\n\
         inet_protocols = ipv4\n\
         mynetworks = 127.0.0.0/8\n\
         mydestination =\n\
         alias_maps =\n\
         local_recipient_maps =\n\
         smtpd_peername_lookup = no\n\
         disable_dns_lookups = yes\n\
         default_transport = error:5.1.2 no way to this domain\n\
         relay_transport = error:5.1.2 no way to this domain\n\
         virtual_mailbox_domains = {domains}\n\
         virtual_mailbox_maps =\n\
         virtual_transport = lmtp:inet:127.0.0.1:{lmtp_port}\n\
         smtpd_relay_restrictions = {networks}permit_sasl_authenticated, reject\n\
         smtpd_sasl_auth_enable = yes\n\
         smtpd_sasl_type = dovecot\n\
         smtpd_sasl_path = {auth_socket}\n\
         smtpd_tls_auth_only = {is_tls_asked}\n\
         smtpd_tls_security_level = may\n\
         smtpd_tls_cert_file = {base}/cert.pem\n\
         smtpd_tls_key_file = {base}/key.pem\n\
         smtpd_error_sleep_time = 0\n\
         smtpd_hard_error_limit = 1000\n\
         in_flow_delay = 0\n\
         message_size_limit = {size}\n\
         mailbox_size_limit = 0\n\
         queue_run_delay = 2s\n\
         minimal_backoff_time = 2s\n\
         maximal_backoff_time = 4s\n\
         notify_classes =\n",
        domains = settings.domains.join(", "),
        auth_socket = auth_socket.display(),
        size = settings.size_bytes_max,
    )
}

/// `master.cf`: what listens, and the inner services, none in a changed root.
fn services_text([submission_port, submissions_port]: [u16; 2]) -> String {
    format!(
        "127.0.0.1:{submission_port} inet n - n - - smtpd\n\
         127.0.0.1:{submissions_port} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes\n\
         cleanup unix n - n - 0 cleanup\n\
         qmgr unix n - n 300 1 qmgr\n\
         tlsmgr unix - - n 1000? 1 tlsmgr\n\
         rewrite unix - - n - - trivial-rewrite\n\
         bounce unix - - n - 0 bounce\n\
         defer unix - - n - 0 bounce\n\
         trace unix - - n - 0 bounce\n\
         verify unix - - n - 1 verify\n\
         flush unix n - n 1000? 0 flush\n\
         proxymap unix - - n - - proxymap\n\
         error unix - - n - - error\n\
         retry unix - - n - - error\n\
         lmtp unix - - n - - lmtp\n\
         anvil unix - - n - 1 anvil\n\
         scache unix - - n - 1 scache\n\
         postlog unix-dgram n - n - 1 postlogd\n"
    )
}
