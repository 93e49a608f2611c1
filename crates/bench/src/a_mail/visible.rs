//! A4: from the 250 of a mail until an open list shows it and the search finds it.

use std::time::{Duration, Instant};

use crate::Result;
use crate::b_pages::search::search_path;
use crate::bench::Bench;
use crate::figures::{Figures, millis_since, now};
use crate::load::http::{Accept, Client};
use crate::load::lmtp;
use crate::mails::MailMaker;
use crate::report::{Engine, Line, Part};
use crate::seed::ADDRESS;
use crate::server::{Reader, Server};

/// What performance.md names, in milliseconds.
const GOAL_MILLIS: f64 = 100.0;
/// How long a mail may take before the run fails.
const PATIENCE: Duration = Duration::from_secs(30);

/// Measures it.
pub fn measure(bench: &Bench) -> Result<()> {
    let tickets = bench.options.usual();
    let scratch = bench.copy(tickets)?;
    let server = bench.start(&scratch.database)?;
    let mut stream = Client::connect(server.address)?;
    stream.listen(&server.page("/live", Reader::Agent, Accept::Identity))?;
    let mut open = Open {
        server: &server,
        stream,
        pages: Client::connect(server.address)?,
        search: search_path(&server)?,
    };
    let mut mails = lmtp::Client::connect(server.lmtp)?;
    let mut maker = MailMaker::new(44, ADDRESS);
    let mut figures = Figures::default();
    for number in 0..bench.options.either(100, 300) {
        // Nobody else uses this word.
        let word = format!("Kennwort{number}zz");
        let mail = with_subject(&maker.make(), &word);
        mails.deliver(ADDRESS, &mail)?;
        figures.millis.push(open.shows(&word, now())?);
    }
    drop(open);
    server.stop()?;
    let mut line = Line::new("A4", Engine::Sqlite, tickets);
    (line.p50_ms, line.p99_ms) = (Some(figures.p50()), Some(figures.p99()));
    let part = Part::cost("p99 until seen, ms", figures.p99(), GOAL_MILLIS, 1.0);
    line.parts = vec![part.with_floor(2.0)];
    bench.print(&line);
    Ok(())
}

/// What somebody has open: the stream, the list of what came last, and a search.
struct Open<'a> {
    server: &'a Server,
    stream: Client,
    pages: Client,
    search: String,
}

impl Open<'_> {
    /// Milliseconds until both show a word.
    fn shows(&mut self, word: &str, start: Instant) -> Result<f64> {
        while !self.stream.event()?.contains("\"ticket\"") {}
        let list = format!("/inbox?q=ist:offen%20betreff:{word}");
        let search = format!("{}{word}", self.search);
        for path in [list, search] {
            while !self.has_ticket(&path)? {
                if start.elapsed() > PATIENCE {
                    return Err(format!("{path} never shows the mail").into());
                }
            }
        }
        Ok(millis_since(start))
    }

    fn has_ticket(&mut self, path: &str) -> Result<bool> {
        let request = self.server.page(path, Reader::Agent, Accept::Identity);
        let answer = self.pages.send(&request)?;
        match answer.status {
            200 => Ok(String::from_utf8_lossy(self.pages.body()).contains("href=\"/tickets/TS")),
            status => Err(format!("{path} answers {status}").into()),
        }
    }
}

/// A mail with another subject, and as no answer to anything.
fn with_subject(mail: &[u8], subject: &str) -> Vec<u8> {
    let text = String::from_utf8_lossy(mail);
    let (head, _) = text.split_once("Subject:").unwrap_or((&text, ""));
    format!("{head}Subject: {subject}\r\nFrom: Ann <ann@example.com>\r\nTo: {ADDRESS}\r\n\r\n{subject}\r\n")
        .into_bytes()
}
