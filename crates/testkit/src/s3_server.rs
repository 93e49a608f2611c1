//! Storage that speaks enough of S3 for one bucket: PUT, GET, DELETE of objects and the list of version
//! 2, in a thread on a free port of the loopback address, without TLS. Who names another key than
//! [`ACCESS_KEY`] is refused; signatures are not computed.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// Whom the server knows.
pub const ACCESS_KEY: &str = "laufzettel";
/// The only bucket.
pub const BUCKET: &str = "tickets";

/// When an object was put, as far as the server says (RFC 3339).
const NEVER_OLD: &str = "2100-01-01T00:00:00.000Z";
const LONG_AGO: &str = "2001-01-01T00:00:00.000Z";

struct Object {
    bytes: Vec<u8>,
    put_at: &'static str,
}

#[derive(Default)]
struct State {
    objects: BTreeMap<String, Object>,
    is_broken: bool,
}

/// A running server.
pub struct S3Server {
    state: Arc<Mutex<State>>,
    port: u16,
}

impl S3Server {
    /// Starts a server with an empty bucket.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                // A client that breaks its connection has no answer, and wants none.
                thread::spawn(move || serve(stream, &shared).ok());
            }
        });
        Self { state, port }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The keys of all objects.
    pub fn keys(&self) -> Vec<String> {
        lock(&self.state).objects.keys().cloned().collect()
    }

    /// All objects were put long ago.
    pub fn age(&self) {
        for object in lock(&self.state).objects.values_mut() {
            object.put_at = LONG_AGO;
        }
    }

    /// Refuses everything from now on, or not any more.
    pub fn set_broken(&self, is_broken: bool) {
        lock(&self.state).is_broken = is_broken;
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(mut stream: TcpStream, shared: &Mutex<State>) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let (mut length, mut is_known) = (0, false);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let Some((name, value)) = line.trim().split_once(':') else { break };
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.trim().parse().unwrap_or(0),
            "authorization" => {
                let wanted = format!("AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/");
                is_known = value.trim().starts_with(&wanted);
            }
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let mut state = lock(shared);
    let (status, bytes) = match path.strip_prefix(&format!("/{BUCKET}")) {
        _ if !is_known => ("403 Forbidden", Vec::new()),
        _ if state.is_broken => ("400 Bad Request", Vec::new()),
        Some(key) => answer(&mut state, method, key.trim_start_matches('/'), query, body),
        None => ("404 Not Found", Vec::new()),
    };
    drop(state);
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Length: {}\r\nETag: \"tag\"\r\n\
         Last-Modified: Fri, 01 Jan 2100 00:00:00 GMT\r\nConnection: close\r\n\r\n",
        bytes.len()
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(&bytes)
}

fn answer(
    state: &mut State,
    method: &str,
    key: &str,
    query: &str,
    body: Vec<u8>,
) -> (&'static str, Vec<u8>) {
    match method {
        "GET" if key.is_empty() => ("200 OK", list(state, query).into_bytes()),
        "GET" => match state.objects.get(key) {
            Some(object) => ("200 OK", object.bytes.clone()),
            None => ("404 Not Found", Vec::new()),
        },
        "PUT" => {
            state.objects.insert(key.to_owned(), Object { bytes: body, put_at: NEVER_OLD });
            ("200 OK", Vec::new())
        }
        "DELETE" => {
            state.objects.remove(key);
            ("204 No Content", Vec::new())
        }
        _ => ("405 Method Not Allowed", Vec::new()),
    }
}

fn list(state: &State, query: &str) -> String {
    let prefix = query.split('&').find_map(|field| field.strip_prefix("prefix="));
    let prefix = prefix.unwrap_or_default().replace("%2F", "/");
    let entry = |(key, object): (&String, &Object)| {
        format!(
            "<Contents><Key>{key}</Key><LastModified>{}</LastModified>\
             <ETag>&quot;tag&quot;</ETag><Size>{}</Size></Contents>",
            object.put_at,
            object.bytes.len()
        )
    };
    let entries: String =
        state.objects.iter().filter(|(key, _)| key.starts_with(&prefix)).map(entry).collect();
    format!(
        "<?xml version=\"1.0\"?><ListBucketResult><IsTruncated>false</IsTruncated>{entries}</ListBucketResult>"
    )
}
