//! Changes over HTTP: each request is sent once.

use std::net::SocketAddr;
use std::thread;

use super::http::{Client, Request};
use crate::Result;
use crate::figures::{Figures, millis_since, now};

/// A load of changes.
pub struct Posts<'a> {
    /// The server.
    pub address: SocketAddr,
    /// The requests. Whoever sends one also sends the one that lies so many places behind it as
    /// there are clients, so two clients need not meet in one ticket.
    pub requests: &'a [Request],
    /// Connections at the same time.
    pub clients: usize,
    /// The status of an answer to what was done; any other one ends the run.
    pub status: u16,
}

impl Posts<'_> {
    /// Sends all of them.
    pub fn run(&self) -> Result<Figures> {
        let start = now();
        let results: Vec<Result<Vec<f64>>> = thread::scope(|scope| {
            let client = |place| scope.spawn(move || self.one_client(place));
            let threads: Vec<_> = (0..self.clients).map(client).collect();
            let ended = threads.into_iter().map(thread::ScopedJoinHandle::join);
            ended.map(|ended| ended.unwrap_or_else(|_| Err("a client panicked".into()))).collect()
        });
        let mut all = Figures { seconds: start.elapsed().as_secs_f64(), ..Figures::default() };
        for millis in results {
            all.millis.extend(millis?);
        }
        Ok(all)
    }

    fn one_client(&self, place: usize) -> Result<Vec<f64>> {
        let mut client = Client::connect(self.address)?;
        let mut millis = Vec::new();
        for request in self.requests.iter().skip(place).step_by(self.clients) {
            let sent = now();
            let answer = client.send(request)?;
            millis.push(millis_since(sent));
            if answer.status != self.status {
                let body = String::from_utf8_lossy(client.body()).into_owned();
                let body: String = body.chars().take(300).collect();
                return Err(format!("{} answers {}: {body}", request.path, answer.status).into());
            }
        }
        Ok(millis)
    }
}
