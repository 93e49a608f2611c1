//! An HTTP client for one address (RFC 9112), and several of them at once.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use crate::Result;
use crate::figures::{Figures, millis_since, now};

/// How long an answer may take before the run fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// One request, ready to be sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// Path and query.
    pub path: String,
    bytes: Vec<u8>,
}

/// How the answer may be packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Accept {
    /// As browsers ask.
    Browser,
    /// Only gzip.
    Gzip,
    /// Not at all.
    Identity,
}

impl Accept {
    fn value(self) -> &'static str {
        match self {
            Self::Browser => "gzip, deflate, br, zstd",
            Self::Gzip => "gzip",
            Self::Identity => "identity",
        }
    }
}

impl Request {
    /// A page for a reader who has this cookie.
    pub fn page(address: SocketAddr, path: &str, cookie: &str, accept: Accept) -> Self {
        let text = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nAccept: text/html\r\n\
             Accept-Language: de\r\nAccept-Encoding: {}\r\n\r\n",
            accept.value()
        );
        Self { path: path.to_owned(), bytes: text.into_bytes() }
    }

    /// A part of a page, as its script fetches it.
    pub fn fragment(address: SocketAddr, path: &str, cookie: &str) -> Self {
        let text = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nAccept: */*\r\n\
             Accept-Language: de\r\nAccept-Encoding: {}\r\nHX-Request: true\r\n\r\n",
            Accept::Browser.value()
        );
        Self { path: path.to_owned(), bytes: text.into_bytes() }
    }

    /// A form as the script of a page sends it, from a page of this server.
    pub fn form(
        address: SocketAddr,
        path: &str,
        cookie: &str,
        target: &str,
        fields: &[(&str, &str)],
    ) -> Self {
        let pairs = fields.iter().map(|(name, value)| format!("{name}={}", encoded(value)));
        let body = pairs.collect::<Vec<_>>().join("&");
        let text = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nAccept: */*\r\n\
             Accept-Language: de\r\nAccept-Encoding: {}\r\nSec-Fetch-Site: same-origin\r\n\
             HX-Request: true\r\nHX-Target: {target}\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            Accept::Browser.value(),
            body.len(),
        );
        Self { path: path.to_owned(), bytes: text.into_bytes() }
    }

    /// A call of the API with a token.
    pub fn json(address: SocketAddr, path: &str, token: &str, body: &serde_json::Value) -> Self {
        let body = body.to_string();
        let text = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nAuthorization: Bearer {token}\r\n\
             Accept: application/json\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len(),
        );
        Self { path: path.to_owned(), bytes: text.into_bytes() }
    }

    /// The same, whose answer comes unpacked.
    pub fn unpacked(self) -> Self {
        let text = String::from_utf8_lossy(&self.bytes);
        let text = text.replacen(Accept::Browser.value(), Accept::Identity.value(), 1);
        Self { bytes: text.into_bytes(), ..self }
    }
}

/// A value of a form (URL standard, application/x-www-form-urlencoded).
pub fn encoded(value: &str) -> String {
    let mut text = String::with_capacity(value.len() * 3 / 2);
    for byte in value.bytes() {
        match byte {
            b' ' => text.push('+'),
            b'-' | b'.' | b'_' | b'*' => text.push(char::from(byte)),
            _ if byte.is_ascii_alphanumeric() => text.push(char::from(byte)),
            _ => text.push_str(&format!("%{byte:02X}")),
        }
    }
    text
}

/// What came back, without its body.
#[derive(Clone, Debug, Default)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// The encoding of the body.
    pub encoding: Option<String>,
    length: Option<usize>,
    is_chunked: bool,
}

/// A connection that stays open.
pub struct Client {
    reader: BufReader<TcpStream>,
    line: String,
    body: Vec<u8>,
}

impl Client {
    /// Connects.
    pub fn connect(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let reader = BufReader::with_capacity(64 * 1024, stream);
        Ok(Self { reader, line: String::new(), body: Vec::new() })
    }

    /// Sends a request and reads the whole answer.
    pub fn send(&mut self, request: &Request) -> Result<Answer> {
        self.reader.get_mut().write_all(&request.bytes)?;
        let answer = self.head()?;
        self.body.clear();
        match answer.length {
            _ if answer.is_chunked => self.chunks()?,
            Some(length) => self.more(length)?,
            None if answer.status == 204 => {}
            None => return Err("an answer without a length".into()),
        }
        Ok(answer)
    }

    /// The body of the last answer, as it came.
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// Asks for a stream of events; [`Self::event`] then gives them one by one.
    pub fn listen(&mut self, request: &Request) -> Result<()> {
        self.reader.get_mut().write_all(&request.bytes)?;
        let answer = self.head()?;
        match answer.status {
            200 => Ok(()),
            status => Err(format!("{} answers {status}", request.path).into()),
        }
    }

    /// The data of the next event of a stream.
    pub fn event(&mut self) -> Result<String> {
        loop {
            self.read_line()?;
            if let Some(data) = self.line.strip_prefix("data: ") {
                return Ok(data.trim_end().to_owned());
            }
        }
    }

    fn read_line(&mut self) -> Result<()> {
        self.line.clear();
        match self.reader.read_line(&mut self.line)? {
            0 => Err("the server closed the connection".into()),
            _ => Ok(()),
        }
    }

    fn head(&mut self) -> Result<Answer> {
        self.read_line()?;
        let status = self.line.split(' ').nth(1).and_then(|word| word.parse().ok());
        let status = status.ok_or_else(|| format!("no status in {:?}", self.line))?;
        let mut answer = Answer { status, ..Answer::default() };
        loop {
            self.read_line()?;
            let line = self.line.trim_end();
            let Some((name, value)) = line.split_once(':') else { return Ok(answer) };
            let value = value.trim();
            match name.to_ascii_lowercase().as_str() {
                "content-length" => answer.length = value.parse().ok(),
                "content-encoding" => answer.encoding = Some(value.to_owned()),
                "transfer-encoding" => answer.is_chunked = value.eq_ignore_ascii_case("chunked"),
                _ => {}
            }
        }
    }

    fn chunks(&mut self) -> Result<()> {
        loop {
            self.read_line()?;
            let length = usize::from_str_radix(self.line.trim(), 16)?;
            self.more(length)?;
            self.read_line()?;
            if length == 0 {
                return Ok(());
            }
        }
    }

    fn more(&mut self, length: usize) -> Result<()> {
        let start = self.body.len();
        self.body.resize(start + length, 0);
        let place = self.body.get_mut(start..).unwrap_or_default();
        Ok(self.reader.read_exact(place)?)
    }
}

/// A load of pages.
pub struct Load<'a> {
    /// The server.
    pub address: SocketAddr,
    /// The requests, taken in turn.
    pub requests: &'a [Request],
    /// Connections at the same time.
    pub clients: usize,
    /// How long.
    pub time: Duration,
}

impl Load<'_> {
    /// Runs the load. Any answer but 200, and any that is half as long as the shortest one before
    /// the run, ends it: figures of error pages would be worthless.
    pub fn run(&self) -> Result<Figures> {
        let shortest = self.shortest()?;
        let next = AtomicUsize::new(0);
        let start = now();
        let results: Vec<Result<Figures>> = thread::scope(|scope| {
            let client = || scope.spawn(|| self.one_client(&next, shortest));
            let threads: Vec<_> = (0..self.clients).map(|_| client()).collect();
            let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
            ended.map(|ended| ended.unwrap_or_else(|_| Err("a client panicked".into()))).collect()
        });
        let mut all = Figures { seconds: start.elapsed().as_secs_f64(), ..Figures::default() };
        for figures in results {
            let figures = figures?;
            all.millis.extend(figures.millis);
            all.bytes += figures.bytes;
        }
        Ok(all)
    }

    /// Every request once, which also warms what is kept in memory.
    fn shortest(&self) -> Result<usize> {
        let mut client = Client::connect(self.address)?;
        let mut shortest = usize::MAX;
        for request in self.requests {
            let answer = client.send(request)?;
            if answer.status != 200 {
                let body = String::from_utf8_lossy(client.body()).chars().take(300).collect();
                let body: String = body;
                return Err(format!("{} answers {}: {body}", request.path, answer.status).into());
            }
            shortest = shortest.min(client.body().len());
        }
        Ok(shortest)
    }

    fn one_client(&self, next: &AtomicUsize, shortest: usize) -> Result<Figures> {
        let mut client = Client::connect(self.address)?;
        let mut figures = Figures::default();
        let start = now();
        while start.elapsed() < self.time {
            let place = next.fetch_add(1, Ordering::Relaxed) % self.requests.len().max(1);
            let Some(request) = self.requests.get(place) else { return Ok(figures) };
            let sent = now();
            let answer = client.send(request)?;
            figures.millis.push(millis_since(sent));
            let length = client.body().len();
            if answer.status != 200 || length < shortest / 2 {
                let path = &request.path;
                return Err(format!("{path} answers {} with {length} bytes", answer.status).into());
            }
            figures.bytes += length as u64;
        }
        Ok(figures)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpListener;

    /// Answers one request with these bytes.
    fn answered(bytes: &'static [u8]) -> (Answer, Vec<u8>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let server = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut request = [0; 4096];
            assert!(stream.read(&mut request).unwrap() > 0);
            stream.write_all(bytes).unwrap();
        });
        let mut client = Client::connect(address).unwrap();
        let request = Request::page(address, "/inbox", "a=b", Accept::Browser);
        let answer = client.send(&request).unwrap();
        server.join().unwrap();
        (answer, client.body().to_vec())
    }

    #[test]
    fn a_body_of_known_length_is_read() {
        let (answer, body) =
            answered(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Encoding: br\r\n\r\nhallo");
        assert_eq!((answer.status, answer.encoding.as_deref()), (200, Some("br")));
        assert_eq!(body, b"hallo");
    }

    #[test]
    fn a_form_is_sent_with_its_length_and_nothing_is_left_unencoded() {
        let address = "127.0.0.1:1".parse().unwrap();
        let fields = [("to", "Ann <ann@kunde.example>"), ("text", "für\r\n50 %")];
        let request = Request::form(address, "/tickets/T-1/reply", "a=b", "composer", &fields);
        let text = String::from_utf8(request.bytes).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        assert_eq!(body, "to=Ann+%3Cann%40kunde.example%3E&text=f%C3%BCr%0D%0A50+%25");
        assert!(head.ends_with(&format!("Content-Length: {}", body.len())), "{head}");
    }

    #[test]
    fn an_answer_without_content_needs_no_length() {
        let (answer, body) = answered(b"HTTP/1.1 204 No Content\r\n\r\n");
        assert_eq!((answer.status, body.len()), (204, 0));
    }

    #[test]
    fn a_body_in_chunks_is_put_together() {
        let (answer, body) = answered(
            b"HTTP/1.1 404 Not Found\r\ntransfer-encoding: chunked\r\n\r\n3\r\nhal\r\n2\r\nlo\r\n0\r\n\r\n",
        );
        assert_eq!(answer.status, 404);
        assert_eq!(body, b"hallo");
    }
}
