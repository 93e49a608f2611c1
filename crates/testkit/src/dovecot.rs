//! A real Dovecot of our own: Debian's `dovecot-imapd` 2.3 with its own configuration folder, its
//! own certificate and free ports on the loopback address. It never touches an installed service.
//!
//! Dovecot changes users, so the test must run as root; needs `dovecot-imapd`, `dovecot-lmtpd` and
//! `openssl`.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::os::unix::fs::{PermissionsExt, chown};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use crate::ports::free_ports;
use crate::wait;

/// The password of every user.
pub const PASSWORD: &str = "geheim";

/// How long Dovecot may need to begin or to end.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a mail may need from one server to the other.
const MAIL_PATIENCE: Duration = Duration::from_secs(30);

/// The socket for questions about passwords, in the folder of Dovecot's sockets.
const AUTH_SOCKET: &str = "smtp-auth";

/// What the certificate of the server is like. It is always for the name `localhost` only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certificate {
    /// As it should be.
    Valid,
    /// Ended years ago.
    Expired,
    /// Signed by itself, as servers make one when they are set up. No authority vouches for it.
    SelfSigned,
}

/// Who has an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Accounts {
    /// Every user name.
    Everybody,
    /// These user names; others can neither log in nor be delivered to.
    Only(Vec<String>),
    /// Every user name, but only with an access token that this address vouches for (RFC 7662).
    Introspected(String),
}

/// How the server is set up.
#[derive(Clone, Debug)]
pub struct DovecotOptions {
    /// Who has an account.
    pub accounts: Accounts,
    /// What its certificate is like.
    pub certificate: Certificate,
    /// What `CAPABILITY` says after the login instead of everything, for example
    /// `IMAP4rev1 UIDPLUS`. Commands beyond it still work.
    pub capability: Option<&'static str>,
    /// A folder that is there from the start and marked as that for sent mails (RFC 6154).
    pub sent_folder: Option<&'static str>,
    /// Whether it speaks POP3, too; needs `dovecot-pop3d`.
    pub pop3: bool,
}

impl Default for DovecotOptions {
    fn default() -> Self {
        Self {
            accounts: Accounts::Everybody,
            certificate: Certificate::Valid,
            capability: None,
            sent_folder: None,
            pop3: false,
        }
    }
}

/// A running server; dropped, it ends and its folder is removed. Every account has the password
/// [`PASSWORD`], which is also its OAuth token.
pub struct Dovecot {
    master: Child,
    folder: TempDir,
    imap_port: u16,
    imaps_port: u16,
    lmtp_port: u16,
    pop3_port: u16,
    pop3s_port: u16,
    authority: Vec<u8>,
    delivered: AtomicU64,
}

/// A mail as it lies in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its octets in the file.
    pub bytes: Vec<u8>,
    /// The letters of its marks: `D` draft, `F` flagged, `R` answered, `S` seen, `T` deleted.
    pub flags: String,
}

impl Dovecot {
    /// Starts a server.
    pub fn start() -> Self {
        Self::start_with(DovecotOptions::default())
    }

    /// Starts a server that is set up in a special way.
    pub fn start_with(options: DovecotOptions) -> Self {
        let folder = TempDir::with_prefix("dovecot-").expect("a temporary folder");
        // Dovecot's processes run as other users.
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).expect("rights");
        let authority = make_certificates(folder.path(), options.certificate);
        let mail = folder.path().join("mail");
        fs::create_dir(&mail).expect("the mail folder");
        let (uid, gid) = mail_user();
        chown(&mail, Some(uid), Some(gid)).expect("giving the mail folder away; run as root");
        let ports = free_ports();
        let configuration = folder.path().join("dovecot.conf");
        let text = configuration_text(folder.path(), ports, &options);
        fs::write(&configuration, text).expect("writing the configuration");
        let errors = fs::File::create(folder.path().join("errors")).expect("the error file");
        let master = Command::new("/usr/sbin/dovecot")
            .arg("-F")
            .arg("-c")
            .arg(&configuration)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(errors)
            .spawn()
            .expect("starting /usr/sbin/dovecot; install dovecot-imapd");
        let delivered = AtomicU64::new(0);
        let [imap_port, imaps_port, lmtp_port, pop3_port, pop3s_port] = ports;
        let mut server = Self {
            master,
            folder,
            imap_port,
            imaps_port,
            lmtp_port,
            pop3_port,
            pop3s_port,
            authority,
            delivered,
        };
        server.wait_until_ready();
        server
    }

    /// The port for clear text and STARTTLS, on 127.0.0.1.
    pub fn imap_port(&self) -> u16 {
        self.imap_port
    }

    /// The port for TLS, on 127.0.0.1.
    pub fn imaps_port(&self) -> u16 {
        self.imaps_port
    }

    /// The port for POP3 in clear text and with STLS, on 127.0.0.1.
    pub fn pop3_port(&self) -> u16 {
        self.pop3_port
    }

    /// The port for POP3 with TLS, on 127.0.0.1.
    pub fn pop3s_port(&self) -> u16 {
        self.pop3s_port
    }

    /// The port for LMTP without TLS, on 127.0.0.1. A recipient is a user name.
    pub fn lmtp_port(&self) -> u16 {
        self.lmtp_port
    }

    /// The socket at which other servers ask whether a password is right.
    pub fn auth_socket(&self) -> PathBuf {
        self.folder.path().join("run").join(AUTH_SOCKET)
    }

    /// The certificate to believe, as PEM. The server's own is signed by it, for `localhost`.
    pub fn authority_pem(&self) -> &[u8] {
        &self.authority
    }

    /// The process number of the master.
    pub fn process_id(&self) -> u32 {
        self.master.id()
    }

    /// Puts a mail into a folder of a user, as a delivery agent does: whole or not at all.
    /// `INBOX` is the inbox.
    pub fn deliver(&self, user: &str, folder: &str, mail: &[u8]) {
        let maildir = self.maildir(user, folder);
        make_maildir(&self.maildir(user, "INBOX"));
        make_maildir(&maildir);
        let number = self.delivered.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}.M{number}P{}.test", 1_700_000_000 + number, self.process_id());
        let temporary = maildir.join("tmp").join(&name);
        fs::write(&temporary, mail).expect("writing a mail");
        let (uid, gid) = mail_user();
        chown(&temporary, Some(uid), Some(gid)).expect("giving a mail away");
        fs::rename(&temporary, maildir.join("new").join(&name)).expect("delivering a mail");
    }

    /// Ends all connections of a user.
    pub fn kick(&self, user: &str) {
        Command::new("/usr/bin/doveadm")
            .arg("-c")
            .arg(self.folder.path().join("dovecot.conf"))
            .args(["kick", user])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("running doveadm");
    }

    /// Removes a mail for good, as another mail program does.
    pub fn expunge(&self, user: &str, folder: &str, uid: u32) {
        let done = Command::new("/usr/bin/doveadm")
            .arg("-c")
            .arg(self.folder.path().join("dovecot.conf"))
            .args(["expunge", "-u", user, "mailbox", folder, "uid", &uid.to_string()])
            .status()
            .expect("running doveadm");
        assert!(done.success(), "doveadm cannot remove mail {uid} of {folder}");
    }

    /// Makes a folder anew: it is empty and has another UIDVALIDITY. Nobody may be connected.
    pub fn make_anew(&self, user: &str, folder: &str) {
        let maildir = self.maildir(user, folder);
        for entry in fs::read_dir(&maildir).expect("the folder") {
            let path = entry.expect("an entry of the folder").path();
            match path.is_dir() {
                true => fs::remove_dir_all(&path).expect("removing a part of the folder"),
                false => fs::remove_file(&path).expect("removing a file of the folder"),
            }
        }
        // UIDVALIDITY is the moment in seconds at which the folder was made.
        wait::pass(Duration::from_millis(1_100));
        make_maildir(&maildir);
    }

    /// The mails of a folder, by the order of delivery. Empty if there is no such folder.
    pub fn contents(&self, user: &str, folder: &str) -> Vec<Stored> {
        let maildir = self.maildir(user, folder);
        let mut mails: Vec<(String, Stored)> = ["cur", "new"]
            .iter()
            .filter_map(|part| fs::read_dir(maildir.join(part)).ok())
            .flatten()
            .filter_map(|entry| {
                let entry = entry.ok()?;
                let name = entry.file_name().into_string().ok()?;
                let bytes = fs::read(entry.path()).ok()?;
                let flags = name.split_once(":2,").map_or("", |(_, flags)| flags).to_owned();
                Some((name, Stored { bytes, flags }))
            })
            .collect();
        mails.sort_by(|(one, _), (other, _)| one.cmp(other));
        mails.into_iter().map(|(_, mail)| mail).collect()
    }

    /// Waits for a mail in the inbox of a user.
    pub fn wait_for(&self, user: &str, is_wanted: impl Fn(&[u8]) -> bool) -> Stored {
        wait::until(
            MAIL_PATIENCE,
            || self.contents(user, "INBOX").into_iter().find(|mail| is_wanted(&mail.bytes)),
            || format!("no such mail for {user}\n{}", self.log()),
        )
    }

    /// What the server has written to its log.
    pub fn log(&self) -> String {
        let read = |name| fs::read_to_string(self.folder.path().join(name)).unwrap_or_default();
        format!("{}{}", read("errors"), read("log"))
    }

    fn maildir(&self, user: &str, folder: &str) -> PathBuf {
        let inbox = self.folder.path().join("mail").join(user);
        match folder {
            "INBOX" => inbox,
            other => inbox.join(format!(".{other}")),
        }
    }

    fn wait_until_ready(&mut self) {
        let begun = Instant::now();
        while !has_greeting(self.imap_port) {
            let ended = self.master.try_wait().expect("asking for the process");
            assert!(
                ended.is_none() && begun.elapsed() < PATIENCE,
                "Dovecot does not run: {}",
                self.log()
            );
            // Nothing tells when another process listens, so it is asked again and again.
            thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // The master ends its children only when it is asked to, not when it is killed.
        let asked = Command::new("kill").arg(self.process_id().to_string()).status();
        let begun = Instant::now();
        while asked.is_ok() && begun.elapsed() < PATIENCE {
            if !matches!(self.master.try_wait(), Ok(None)) {
                return;
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.master.kill().ok();
        self.master.wait().ok();
    }
}

fn has_greeting(port: u16) -> bool {
    let Ok(stream) = TcpStream::connect(("127.0.0.1", port)) else { return false };
    if stream.set_read_timeout(Some(PATIENCE)).is_err() {
        return false;
    }
    let mut line = String::new();
    match BufReader::new(&stream).read_line(&mut line) {
        Ok(_) => line.starts_with("* OK") && (&stream).write_all(b"x logout\r\n").is_ok(),
        Err(_) => false,
    }
}

/// User and group number of Debian's user `mail`.
fn mail_user() -> (u32, u32) {
    let users = fs::read_to_string("/etc/passwd").expect("reading /etc/passwd");
    let line = users.lines().find(|line| line.starts_with("mail:")).expect("the user mail");
    let mut fields = line.split(':').skip(2);
    let mut number = || fields.next().and_then(|field| field.parse().ok()).expect("a number");
    (number(), number())
}

fn make_maildir(maildir: &Path) {
    let (uid, gid) = mail_user();
    for folder in
        [maildir.to_owned(), maildir.join("tmp"), maildir.join("new"), maildir.join("cur")]
    {
        if !folder.exists() {
            fs::create_dir(&folder).expect("a mail folder");
            chown(&folder, Some(uid), Some(gid)).expect("giving a mail folder away");
        }
    }
}

/// Makes `ca.pem`, `cert.pem` and `key.pem` and returns the first.
pub(crate) fn make_certificates(folder: &Path, certificate: Certificate) -> Vec<u8> {
    let openssl = |arguments: &[&str]| {
        let output = Command::new("openssl").args(arguments).current_dir(folder).output();
        let output = output.expect("running openssl; install openssl");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];
    let authority = ["req", "-x509", "-days", "2", "-subj", "/CN=test authority"];
    if certificate == Certificate::SelfSigned {
        let own = ["req", "-x509", "-days", "2", "-subj", "/CN=localhost"];
        let name = ["-addext", "subjectAltName=DNS:localhost"];
        let files = ["-keyout", "key.pem", "-out", "cert.pem"];
        openssl(&[&own, &key[..], &name, &files].concat());
        openssl(&[&authority, &key[..], &["-keyout", "ca.key", "-out", "ca.pem"]].concat());
        return fs::read(folder.join("ca.pem")).expect("reading the certificate");
    }
    openssl(&[&authority, &key[..], &["-keyout", "ca.key", "-out", "ca.pem"]].concat());
    let request = ["req", "-new", "-subj", "/CN=localhost"];
    openssl(&[&request, &key[..], &["-keyout", "key.pem", "-out", "request.pem"]].concat());
    fs::write(
        folder.join("ca.conf"),
        "[ca]\ndefault_ca=a\n[a]\ndatabase=index\nnew_certs_dir=.\nrand_serial=yes\n\
         default_md=sha256\npolicy=p\n[p]\ncommonName=supplied\n[leaf]\n\
         basicConstraints=CA:FALSE\nsubjectAltName=DNS:localhost\n",
    )
    .expect("writing the authority's configuration");
    fs::write(folder.join("index"), "").expect("writing the authority's index");
    let period = match certificate {
        Certificate::Valid | Certificate::SelfSigned => ["-days", "2", "-batch", "-notext"],
        Certificate::Expired => ["-startdate", "200101000000Z", "-enddate", "200201000000Z"],
    };
    let sign = ["ca", "-config", "ca.conf", "-batch", "-notext", "-extensions", "leaf"];
    let files = ["-cert", "ca.pem", "-keyfile", "ca.key", "-in", "request.pem", "-out", "cert.pem"];
    openssl(&[&sign[..], &files, &period].concat());
    fs::read(folder.join("ca.pem")).expect("reading the certificate")
}

fn configuration_text(folder: &Path, ports: [u16; 5], options: &DovecotOptions) -> String {
    let base = folder.display();
    let [imap_port, imaps_port, lmtp_port, pop3_port, pop3s_port] = ports;
    let (pop3, pop3_listener) = match options.pop3 {
        true => (
            "pop3",
            format!(
                "service pop3-login {{\n\
                 inet_listener pop3 {{\n port={pop3_port}\n}}\n\
                 inet_listener pop3s {{\n port={pop3s_port}\n ssl=yes\n}}\n}}\n"
            ),
        ),
        false => ("", String::new()),
    };
    let capability = match options.capability {
        Some(capability) => format!("imap_capability={capability}\n"),
        None => String::new(),
    };
    let sent = options.sent_folder.map_or(String::new(), |name| {
        format!("mailbox \"{name}\" {{\n special_use=\\Sent\n auto=create\n}}\n")
    });
    let accounts = accounts_text(folder, &options.accounts);
    format!(
        "base_dir={base}/run\n\
         state_dir={base}/state\n\
         log_path={base}/log\n\
         protocols=imap lmtp {pop3}\n\
         listen=127.0.0.1\n\
         ssl=yes\n\
         ssl_cert=<{base}/cert.pem\n\
         ssl_key=<{base}/key.pem\n\
         disable_plaintext_auth=no\n\
         auth_mechanisms=plain login xoauth2\n\
         auth_failure_delay=0\n\
         mail_location=maildir:{base}/mail/%u\n\
         mail_fsync=never\n\
         first_valid_uid=1\n\
         mail_max_userip_connections=100\n\
         {capability}{accounts}\
         service imap-login {{\n\
         inet_listener imap {{\n port={imap_port}\n}}\n\
         inet_listener imaps {{\n port={imaps_port}\n ssl=yes\n}}\n}}\n\
         {pop3_listener}\
         service lmtp {{\n inet_listener lmtp {{\n port={lmtp_port}\n}}\n}}\n\
         service auth {{\n unix_listener {AUTH_SOCKET} {{\n mode=0666\n}}\n}}\n\
         service anvil {{\n chroot=\n\
         unix_listener anvil-auth-penalty {{\n mode=0\n}}\n}}\n\
         namespace inbox {{\n inbox=yes\n{sent}}}\n"
    )
}

/// The part of the configuration that says who has an account, and the file of accounts. The user
/// database knows everybody whose password is known.
fn accounts_text(folder: &Path, accounts: &Accounts) -> String {
    let base = folder.display();
    let passwords = match accounts {
        Accounts::Everybody => format!("driver=static\n args=password={PASSWORD}\n"),
        Accounts::Only(users) => {
            let line = |user: &String| format!("{user}:{{PLAIN}}{PASSWORD}\n");
            let lines: String = users.iter().map(line).collect();
            fs::write(folder.join("accounts"), lines).expect("writing the accounts");
            format!("driver=passwd-file\n args=username_format=%u {base}/accounts\n")
        }
        Accounts::Introspected(url) => {
            let text = format!(
                "introspection_mode = post\nintrospection_url = {url}\n\
                 username_attribute = username\nactive_attribute = active\nactive_value = true\n"
            );
            fs::write(folder.join("oauth2"), text).expect("writing how tokens are checked");
            format!("driver=oauth2\n mechanisms=xoauth2 oauthbearer\n args={base}/oauth2\n")
        }
    };
    // Who brings a mail has no token to ask with.
    let everybody = match accounts {
        Accounts::Introspected(_) => " allow_all_users=yes",
        Accounts::Everybody | Accounts::Only(_) => "",
    };
    format!(
        "passdb {{\n {passwords}}}\n\
         userdb {{\n driver=static\n args=uid=mail gid=mail home={base}/mail/%u{everybody}\n}}\n"
    )
}
