//! An authorization server of our own (RFC 6749 with RFC 7636, and RFC 7662 for mail servers), in a
//! thread on a free port of the loopback address, without TLS.
//!
//! It checks all that a real one checks, and refuses what is not as it should be.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use data_encoding::BASE64URL_NOPAD;
use sha2::{Digest, Sha256};

/// Whom the server knows.
pub const CLIENT: &str = "laufzettel-at-firma";
/// The secret of [`CLIENT`].
pub const CLIENT_SECRET: &str = "geheimer & langer Schlüssel";

/// What an application of its own right asks for, as Microsoft 365 wants it.
const APPLICATION_SCOPE: &str = "https://outlook.office365.com/.default";
/// Whose the tokens of [`CLIENT`] itself are.
pub const APPLICATION: &str = "the application itself";

/// What the server does instead of giving tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mood {
    /// It gives tokens.
    Kind,
    /// It answers with this error, for example `invalid_client`.
    Refuses(&'static str),
    /// It answers with 500 and a page.
    Broken,
}

#[derive(Debug)]
struct Pending {
    challenge: String,
    redirect: String,
    account: String,
}

#[derive(Debug)]
struct State {
    mood: Mood,
    access_seconds: u64,
    refresh_seconds: Option<u64>,
    delay: Duration,
    codes: BTreeMap<String, Pending>,
    refresh: BTreeMap<String, String>,
    access: BTreeMap<String, String>,
    asked: Vec<String>,
}

/// A running server.
pub struct OAuthServer {
    state: Arc<Mutex<State>>,
    port: u16,
}

static NUMBER: AtomicU64 = AtomicU64::new(1);

fn fresh(what: &str) -> String {
    format!("{what}-{}", NUMBER.fetch_add(1, Ordering::Relaxed))
}

impl OAuthServer {
    /// Starts a server whose access tokens are good for an hour.
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("its address").port();
        let state = Arc::new(Mutex::new(State {
            mood: Mood::Kind,
            access_seconds: 3600,
            refresh_seconds: None,
            delay: Duration::ZERO,
            codes: BTreeMap::new(),
            refresh: BTreeMap::new(),
            access: BTreeMap::new(),
            asked: Vec::new(),
        }));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let shared = Arc::clone(&shared);
                // A client that breaks its connection has no answer, and wants none.
                thread::spawn(move || serve(stream, &shared, port).ok());
            }
        });
        Self { state, port }
    }

    /// An address of the server.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// What it does from now on.
    pub fn set_mood(&self, mood: Mood) {
        self.state().mood = mood;
    }

    /// How long tokens are good from now on: access tokens, and sign-ins if that is told.
    pub fn set_seconds(&self, access: u64, refresh: Option<u64>) {
        let mut state = self.state();
        (state.access_seconds, state.refresh_seconds) = (access, refresh);
    }

    /// Who asks for tokens from now on waits so long for the answer.
    pub fn set_delay(&self, delay: Duration) {
        self.state().delay = delay;
    }

    /// No access token that was given so far is good any more.
    pub fn end_access_tokens(&self) {
        self.state().access.clear();
    }

    /// The person has taken back the permission: neither access nor refresh tokens are good.
    pub fn revoke(&self, account: &str) {
        let mut state = self.state();
        state.access.retain(|_, of| of != account);
        state.refresh.retain(|_, of| of != account);
    }

    /// The grants that were asked for, in order: `authorization_code`, `refresh_token`, `client_credentials`.
    pub fn asked(&self) -> Vec<String> {
        self.state().asked.clone()
    }

    /// Signs in and agrees, as a person does at this address. The outcome is the address the person
    /// is sent back to.
    pub fn agree(&self, authorize: &str) -> String {
        let query = authorize.split_once('?').expect("an address with a query").1;
        agree(&mut self.state(), query).unwrap_or_else(|problem| panic!("{problem}: {authorize}"))
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Fields of a query or a form.
fn fields(text: &str) -> BTreeMap<String, String> {
    let decoded = |text: &str| {
        let mut bytes = Vec::new();
        let mut rest = text.bytes();
        while let Some(byte) = rest.next() {
            bytes.push(match byte {
                b'+' => b' ',
                b'%' => {
                    let digits = [rest.next(), rest.next()].map(|digit| digit.unwrap_or(b'0'));
                    let digits = String::from_utf8_lossy(&digits).into_owned();
                    u8::from_str_radix(&digits, 16).expect("two hexadecimal digits")
                }
                byte => byte,
            });
        }
        String::from_utf8(bytes).expect("fields in UTF-8")
    };
    let pairs = text.split('&').filter_map(|pair| pair.split_once('='));
    pairs.map(|(name, value)| (decoded(name), decoded(value))).collect()
}

fn agree(state: &mut State, query: &str) -> Result<String, String> {
    let fields = fields(query);
    let field = |name: &str| fields.get(name).cloned().unwrap_or_default();
    for (name, wanted) in
        [("response_type", "code"), ("client_id", CLIENT), ("code_challenge_method", "S256")]
    {
        if field(name) != wanted {
            return Err(format!("{name} is {:?}", field(name)));
        }
    }
    let (redirect, given) = (field("redirect_uri"), field("state"));
    if given.len() < 16 || field("code_challenge").len() != 43 || field("scope").is_empty() {
        return Err("state, challenge and scope are needed".to_owned());
    }
    let code = fresh("code");
    let pending = Pending {
        challenge: field("code_challenge"),
        redirect: redirect.clone(),
        account: field("login_hint"),
    };
    state.codes.insert(code.clone(), pending);
    Ok(format!("{redirect}?code={code}&state={given}"))
}

fn serve(mut stream: TcpStream, shared: &Mutex<State>, port: u16) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let mut length = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(text) = line.strip_prefix("content-length:") {
            length = text.trim().parse().unwrap_or(0);
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let body = String::from_utf8_lossy(&body).into_owned();
    let target = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let (path, query) = target.split_once('?').unwrap_or((target.as_str(), ""));
    let delay = lock(shared).delay;
    let reply = match path {
        "/authorize" => consent(&mut lock(shared), query, port),
        "/token" => token(&mut lock(shared), &fields(&body)),
        "/introspect" => introspect(&lock(shared), &fields(&body)),
        _ => ("404 Not Found", "text/plain", String::new()),
    };
    if path == "/token" {
        thread::sleep(delay);
    }
    let (status, kind, text) = reply;
    let mut answer = String::new();
    write!(
        answer,
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
         Connection: close\r\n\r\n{text}",
        text.len()
    )
    .map_err(std::io::Error::other)?;
    stream.write_all(answer.as_bytes())
}

type Reply = (&'static str, &'static str, String);

/// The page on which a person agrees.
fn consent(state: &mut State, query: &str, port: u16) -> Reply {
    match agree(state, query) {
        Ok(back) => {
            let back = back.replace('&', "&amp;");
            let page = format!(
                "<!doctype html><html lang=de><title>Anmeldung</title><h1>Anmeldung an {port}</h1>\
                 <a id=agree href=\"{back}\">Zustimmen</a>"
            );
            ("200 OK", "text/html; charset=utf-8", page)
        }
        Err(problem) => ("400 Bad Request", "text/plain", problem),
    }
}

fn refused(error: &str) -> Reply {
    let text = format!("{{\"error\":\"{error}\",\"error_description\":\"no tokens for you\"}}");
    ("400 Bad Request", "application/json", text)
}

fn token(state: &mut State, fields: &BTreeMap<String, String>) -> Reply {
    let field = |name: &str| fields.get(name).map_or("", String::as_str);
    state.asked.push(field("grant_type").to_owned());
    match &state.mood {
        Mood::Kind => {}
        Mood::Refuses(error) => return refused(error),
        Mood::Broken => {
            return ("500 Internal Server Error", "text/html", "<p>kaputt</p>".to_owned());
        }
    }
    if (field("client_id"), field("client_secret")) != (CLIENT, CLIENT_SECRET) {
        return refused("invalid_client");
    }
    let account = match field("grant_type") {
        "authorization_code" => {
            // A code is good once.
            let pending = state.codes.remove(field("code"));
            let challenge =
                BASE64URL_NOPAD.encode(&Sha256::digest(field("code_verifier").as_bytes()));
            pending
                .filter(|pending| pending.challenge == challenge)
                .filter(|pending| pending.redirect == field("redirect_uri"))
                .map(|pending| pending.account)
        }
        // A refresh token is good once, too (RFC 9700 section 4.14.2).
        "refresh_token" => state.refresh.remove(field("refresh_token")),
        // No person and no refresh token: the secret brings the next one (RFC 6749 section 4.4.3).
        "client_credentials" if field("scope") == APPLICATION_SCOPE => Some(APPLICATION.to_owned()),
        "client_credentials" => return refused("invalid_scope"),
        _ => return refused("unsupported_grant_type"),
    };
    let Some(account) = account else {
        return refused("invalid_grant");
    };
    let (access, refresh) = (fresh("access"), fresh("refresh"));
    state.access.insert(access.clone(), account.clone());
    if account == APPLICATION {
        let seconds = state.access_seconds;
        let text = format!(
            "{{\"access_token\":\"{access}\",\"token_type\":\"Bearer\",\"expires_in\":{seconds}}}"
        );
        return ("200 OK", "application/json", text);
    }
    state.refresh.insert(refresh.clone(), account);
    let ends = state
        .refresh_seconds
        .map_or(String::new(), |seconds| format!(",\"refresh_token_expires_in\":{seconds}"));
    let text = format!(
        "{{\"access_token\":\"{access}\",\"token_type\":\"Bearer\",\"expires_in\":{},\
         \"refresh_token\":\"{refresh}\"{ends}}}",
        state.access_seconds
    );
    ("200 OK", "application/json", text)
}

fn introspect(state: &State, fields: &BTreeMap<String, String>) -> Reply {
    let account = fields.get("token").and_then(|token| state.access.get(token));
    let text = match account {
        Some(account) => format!("{{\"active\":true,\"username\":\"{account}\"}}"),
        None => "{\"active\":false}".to_owned(),
    };
    ("200 OK", "application/json", text)
}
