//! What a person does with a running process: forms over HTTP.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use super::Process;

/// The announcements that a page gets.
pub struct Stream(BufReader<TcpStream>);

impl Stream {
    /// Waits for a line that says this.
    pub fn hears(&mut self, said: &str) {
        let mut line = String::new();
        while !line.contains(said) {
            line.clear();
            let read = self.0.read_line(&mut line).expect("nothing is announced for half a minute");
            assert!(read > 0, "the stream ended before it said {said}");
        }
    }
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct Visitor {
    pub cookie: String,
}

impl Visitor {
    /// Answers a ticket.
    pub fn answers(&self, process: &Process, number: &str, form: &str) {
        let kind = "application/x-www-form-urlencoded";
        let path = format!("/tickets/{number}/reply");
        let (status, page) = self.post(process, &path, kind, form.as_bytes());
        assert_eq!(status, 303, "{page}");
    }

    /// Leaves an answer unfinished.
    pub fn saves_draft(&self, process: &Process, number: &str, form: &str) {
        let kind = "application/x-www-form-urlencoded";
        let path = format!("/tickets/{number}/draft/reply");
        let (status, said) = self.post(process, &path, kind, form.as_bytes());
        assert_eq!(status, 200, "{said}");
    }

    /// Puts a file of this size beside an answer, and gives its number.
    pub fn uploads(&self, process: &Process, number: &str, size_bytes: usize) -> String {
        let path = format!("/tickets/{number}/files");
        let file = vec![b'x'; size_bytes];
        let (status, chip) = self.post(process, &path, "application/octet-stream", &file);
        assert_eq!(status, 200, "{chip}");
        let field = chip.find("name=\"uploads\"").map(|place| chip.split_at(place).1);
        let value = field.and_then(|field| field.split("value=\"").nth(1)?.split('"').next());
        value.unwrap_or_else(|| panic!("no number in {chip}")).to_owned()
    }

    pub fn reads(&self, process: &Process, path: &str) -> String {
        let (status, page) = self.ask(process, "GET", path, "text/plain", &[]);
        assert_eq!(status, 200, "{page}");
        page
    }

    /// Opens the stream of announcements, as a page does.
    pub fn listens(&self, process: &Process) -> Stream {
        let mut stream = TcpStream::connect(("127.0.0.1", process.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let head = format!(
            "GET /live HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: __Host-laufzettel={}\r\n\r\n",
            process.port, self.cookie
        );
        stream.write_all(head.as_bytes()).unwrap();
        let mut open = Stream(BufReader::new(stream));
        open.hears("text/event-stream");
        open
    }

    fn post(&self, process: &Process, path: &str, kind: &str, body: &[u8]) -> (u16, String) {
        self.ask(process, "POST", path, kind, body)
    }

    fn ask(
        &self,
        process: &Process,
        method: &str,
        path: &str,
        kind: &str,
        body: &[u8],
    ) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", process.port)).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nCookie: __Host-laufzettel={}\r\n\
             Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\
             Connection: close\r\n\r\n",
            process.port,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes()).unwrap();
        stream.write_all(body).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let status = answer.split(' ').nth(1).and_then(|status| status.parse().ok());
        (status.unwrap_or_default(), answer)
    }
}
