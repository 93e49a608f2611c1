//! An IMAP server that keeps its folders in memory and says what a test wants it to say, in threads
//! of its own on a free port of the loopback address, without TLS.
//!
//! It knows what is needed to look for a mail and to put one into a folder. A rule
//! ([`ImapServer::on`]) replaces what it does at one step.

mod client;

use std::collections::BTreeMap;
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread;
use std::time::Duration;

use client::Client;

/// How long a test waits for the server before it fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// What a client asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// LOGIN.
    Login,
    /// LIST.
    List,
    /// SELECT.
    Select,
    /// UID SEARCH for a Message-ID.
    Search,
    /// APPEND, before the mail.
    Append,
    /// APPEND, when the mail lies in its folder and nothing is answered yet.
    Stored,
    /// CREATE.
    Create,
    /// UID FETCH of whole mails.
    Fetch,
}

/// What the server does instead.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Says this behind the tag, for example `NO [OVERQUOTA] full`.
    Say(String),
    /// Closes the connection.
    Close,
    /// Says nothing until the rules are cleared.
    Wait,
}

/// A mail in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Its octets.
    pub bytes: Vec<u8>,
    /// The marks it was given, as the client wrote them.
    pub flags: String,
    /// The moment it was given, as the client wrote it.
    pub date: String,
}

/// A running server. Dropped, it closes its port and all connections.
pub struct ImapServer {
    shared: Arc<Shared>,
    port: u16,
}

impl ImapServer {
    /// Starts a server with an empty INBOX, which takes every login.
    pub fn start() -> Self {
        Self::start_on(0)
    }

    /// Starts a server on a port, for example on that of one that is gone.
    pub fn start_on(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("the port");
        let port = listener.local_addr().expect("its address").port();
        let folders = BTreeMap::from([("INBOX".to_owned(), Vec::new())]);
        let inner = Inner { folders, ..Inner::default() };
        let shared = Arc::new(Shared { inner: Mutex::new(inner), changed: Condvar::new() });
        let accepting = Arc::clone(&shared);
        thread::spawn(move || accept(&listener, &accepting));
        Self { shared, port }
    }

    /// Offers these capabilities beside `IMAP4rev1`.
    pub fn offering(self, capabilities: &str) -> Self {
        self.shared.inner().capabilities = capabilities.to_owned();
        self
    }

    /// Has this folder.
    pub fn with_folder(self, name: &str) -> Self {
        self.shared.inner().folders.entry(name.to_owned()).or_default();
        self
    }

    /// Has this folder and says that it is the one for mails that were sent (RFC 6154).
    pub fn with_sent_folder(self, name: &str) -> Self {
        self.shared.inner().sent = Some(name.to_owned());
        self.with_folder(name)
    }

    /// The port on 127.0.0.1.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Says what to do at a step, from now on.
    pub fn on(&self, step: Step, answer: Answer) {
        self.shared.inner().rules.insert(step, answer);
    }

    /// Forgets all rules.
    pub fn clear_rules(&self) {
        self.shared.inner().rules.clear();
        self.shared.changed.notify_all();
    }

    /// Puts a mail into a folder, as the server itself does when it has sent one.
    pub fn put(&self, folder: &str, mail: &[u8]) {
        self.put_marked(folder, mail, "");
    }

    /// Puts a mail into a folder that somebody has read or answered there.
    pub fn put_marked(&self, folder: &str, mail: &[u8], flags: &str) {
        let kept = Kept { bytes: mail.to_vec(), flags: flags.to_owned(), date: String::new() };
        self.shared.inner().folders.entry(folder.to_owned()).or_default().push(kept);
    }

    /// The mails of a folder, in the order in which they came.
    pub fn contents(&self, folder: &str) -> Vec<Kept> {
        self.shared.inner().folders.get(folder).cloned().unwrap_or_default()
    }

    /// Waits until a folder has so many mails, and gives them.
    pub fn wait_for(&self, folder: &str, count: usize) -> Vec<Kept> {
        let has = |inner: &Inner| inner.folders.get(folder).map_or(0, Vec::len) >= count;
        self.wait(has, || format!("{count} mails in {folder}"));
        self.contents(folder)
    }

    /// Waits until a client has come to a step so often.
    pub fn wait_for_step(&self, step: Step, count: usize) {
        let has = |inner: &Inner| inner.visits.get(&step).copied().unwrap_or_default() >= count;
        self.wait(has, || format!("{step:?} {count} times"));
    }

    /// How often clients have come to a step so far.
    pub fn visits(&self, step: Step) -> usize {
        self.shared.inner().visits.get(&step).copied().unwrap_or_default()
    }

    /// All command lines so far, of all connections, without their tags and without logins.
    pub fn commands(&self) -> Vec<String> {
        self.shared.inner().commands.clone()
    }

    /// What was said by AUTHENTICATE so far, of all connections: `user=hilfe@firma.example auth=Bearer …`.
    pub fn logins(&self) -> Vec<String> {
        self.shared.inner().logins.clone()
    }

    fn wait(&self, is_so: impl Fn(&Inner) -> bool, what: impl Fn() -> String) {
        let inner = self.shared.inner();
        let (inner, _) = self
            .shared
            .changed
            .wait_timeout_while(inner, PATIENCE, |inner| !is_so(inner))
            .expect("the lock");
        assert!(is_so(&inner), "not {}: {:#?}", what(), inner.commands);
    }
}

impl Drop for ImapServer {
    fn drop(&mut self) {
        let open = {
            let mut inner = self.shared.inner();
            inner.is_stopping = true;
            std::mem::take(&mut inner.open)
        };
        self.shared.changed.notify_all();
        for stream in open {
            stream.shutdown(std::net::Shutdown::Both).ok();
        }
        // The listener wakes up for one more client.
        TcpStream::connect(("127.0.0.1", self.port)).ok();
    }
}

#[derive(Default)]
struct Inner {
    capabilities: String,
    folders: BTreeMap<String, Vec<Kept>>,
    sent: Option<String>,
    rules: BTreeMap<Step, Answer>,
    visits: BTreeMap<Step, usize>,
    commands: Vec<String>,
    logins: Vec<String>,
    open: Vec<TcpStream>,
    is_stopping: bool,
}

struct Shared {
    inner: Mutex<Inner>,
    changed: Condvar,
}

impl Shared {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().expect("the lock")
    }

    /// What a rule says about a step. Waits for as long as a rule says so.
    fn come_to(&self, step: Step) -> Option<Answer> {
        let mut inner = self.inner();
        *inner.visits.entry(step).or_default() += 1;
        self.changed.notify_all();
        let is_held = |inner: &mut Inner| {
            !inner.is_stopping && matches!(inner.rules.get(&step), Some(Answer::Wait))
        };
        let inner = self.changed.wait_while(inner, is_held).expect("the lock");
        inner.rules.get(&step).cloned()
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for stream in listener.incoming() {
        let Ok(stream) = stream else { continue };
        let mut inner = shared.inner();
        if inner.is_stopping {
            return;
        }
        inner.open.extend(stream.try_clone());
        drop(inner);
        let shared = Arc::clone(shared);
        // The client may close at any moment.
        thread::spawn(move || Client::new(stream, &shared).and_then(|mut client| client.talk()));
    }
}
