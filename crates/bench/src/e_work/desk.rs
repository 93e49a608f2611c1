//! An agent at a desk: sends what a browser sends, and measures each answer.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use super::open_page::OpenPage;
use crate::Result;
use crate::cases::Case;
use crate::chance::Chance;
use crate::figures::{millis_since, now};
use crate::load::http::{Accept, Client, Request};
use crate::team;

/// Between two acts lies a time from one second to three.
const THINKING_MILLIS: (i64, i64) = (1_000, 3_000);
/// A page fetches again what changed at most once in this time.
const BURST: Duration = Duration::from_secs(1);

/// What an agent did and saw.
#[derive(Debug, Default)]
pub struct Seen {
    /// Milliseconds of each answer, by what it was.
    pub millis: BTreeMap<&'static str, Vec<f64>>,
    /// Answers that nobody expected.
    pub errors: Vec<String>,
    /// Announcements that came.
    pub events: usize,
}

impl Seen {
    /// How often something was answered.
    pub fn count(&self, what: &str) -> usize {
        self.millis.get(what).map_or(0, Vec::len)
    }

    /// Adds what another one saw.
    pub fn add(&mut self, other: Self) {
        for (what, millis) in other.millis {
            self.millis.entry(what).or_default().extend(millis);
        }
        self.errors.extend(other.errors);
        self.events += other.events;
    }
}

/// Where the agent is.
#[derive(Clone, Debug)]
enum Place {
    List,
    Ticket(Case),
}

/// An agent at work.
pub struct Desk<'a> {
    /// The number of the agent.
    pub agent: i64,
    /// Chance of his own.
    pub chance: Chance,
    /// What he saw.
    pub seen: Seen,
    address: SocketAddr,
    cookie: String,
    client: Client,
    live: OpenPage,
    place: Place,
    /// Where the list asks for news.
    news: String,
    stop: &'a AtomicBool,
}

impl<'a> Desk<'a> {
    /// Opens the list and its stream.
    pub fn open(address: SocketAddr, agent: i64, stop: &'a AtomicBool) -> Result<Self> {
        let cookie = team::cookie(agent);
        let mut client = Client::connect(address)?;
        let answer = client.send(&Request::page(address, "/inbox", &cookie, Accept::Identity))?;
        let page = String::from_utf8_lossy(client.body()).into_owned();
        let news = news_address(&page);
        let news = news.ok_or_else(|| format!("/inbox answers {} without news", answer.status))?;
        Ok(Self {
            agent,
            chance: Chance::new(agent.unsigned_abs()),
            seen: Seen::default(),
            address,
            live: OpenPage::open(address, &cookie)?,
            cookie,
            client,
            place: Place::List,
            news,
            stop,
        })
    }

    /// Whether the work is over.
    pub fn is_over(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Ends the work. A stream that ended before is an error.
    pub fn close(mut self) -> Seen {
        if self.live.is_lost() {
            self.seen.errors.push("/live has ended".to_owned());
        }
        self.seen.events = self.live.events();
        self.seen
    }

    /// Goes to the list.
    pub fn go_to_list(&mut self) {
        self.place = Place::List;
        self.page("list", "/inbox");
    }

    /// Goes into a ticket.
    pub fn go_to(&mut self, case: &Case) {
        self.place = Place::Ticket(case.clone());
        self.page("ticket", &format!("/tickets/{}", case.number));
        self.post("presence", case, "presence", "presence", &[("state", "looking")]);
        self.post("seen", case, "seen", "", &[]);
    }

    /// Leaves a ticket.
    pub fn leave(&mut self, case: &Case) {
        self.post("presence", case, "presence", "presence", &[("state", "gone")]);
        self.place = Place::List;
    }

    /// A whole page.
    pub fn page(&mut self, what: &'static str, path: &str) {
        self.send(what, &Request::page(self.address, path, &self.cookie, Accept::Browser));
    }

    /// A form about a ticket, sent from an element of its page.
    pub fn post(
        &mut self,
        what: &'static str,
        case: &Case,
        verb: &str,
        target: &str,
        fields: &[(&str, &str)],
    ) -> bool {
        let path = format!("/tickets/{}/{verb}", case.number);
        self.send(what, &Request::form(self.address, &path, &self.cookie, target, fields))
    }

    fn fragment(&mut self, what: &'static str, path: &str) {
        self.send(what, &Request::fragment(self.address, path, &self.cookie));
    }

    /// Thinks, while the page fetches what changed.
    pub fn think(&mut self) {
        let millis = self.chance.between(THINKING_MILLIS.0, THINKING_MILLIS.1);
        self.wait(Duration::from_millis(millis.unsigned_abs()));
    }

    /// Lets time go by, while the page fetches what changed.
    pub fn wait(&mut self, time: Duration) {
        let start = now();
        while !self.is_over() {
            let left = time.saturating_sub(start.elapsed());
            if left.is_zero() {
                return;
            }
            thread::sleep(left.min(BURST));
            self.refresh();
        }
    }

    /// What the script of a page fetches after announcements.
    fn refresh(&mut self) {
        let place = self.place.clone();
        let own = match &place {
            Place::Ticket(case) => Some(case.id.as_str()),
            Place::List => None,
        };
        let news = self.live.news(own);
        if news.has_ticket {
            self.fragment("counters", "/counters");
        }
        match place {
            Place::List if news.has_ticket => {
                let path = self.news.clone();
                self.fragment("news", &path);
            }
            Place::Ticket(case) => {
                if news.has_own {
                    self.fragment("thread", &format!("/tickets/{}/thread", case.number));
                    self.fragment("sheet", &format!("/tickets/{}/sheet", case.number));
                }
                if news.has_presence {
                    self.fragment("presence", &format!("/tickets/{}/presence", case.number));
                }
            }
            Place::List => {}
        }
    }

    /// Sends a request; whether it was answered well.
    fn send(&mut self, what: &'static str, request: &Request) -> bool {
        let sent = now();
        let answer = self.client.send(request);
        let millis = millis_since(sent);
        let odd = match answer {
            Ok(answer) if matches!(answer.status, 200 | 204) => {
                self.seen.millis.entry(what).or_default().push(millis);
                return true;
            }
            Ok(answer) => format!("{} answers {}", request.path, answer.status),
            Err(error) => {
                if let Ok(client) = Client::connect(self.address) {
                    self.client = client;
                }
                format!("{}: {error}", request.path)
            }
        };
        self.seen.errors.push(odd);
        false
    }
}

/// Where a list says that it asks for news.
fn news_address(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("id=\"news\"")?;
    let (_, rest) = rest.split_once("hx-get=\"")?;
    let (address, _) = rest.split_once('"')?;
    Some(address.replace("&amp;", "&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_says_where_its_news_are() {
        let page =
            r#"<div id="news" role="status" hx-get="/inbox/news?since=1&amp;q=x" hx-trigger="a">"#;
        assert_eq!(news_address(page).as_deref(), Some("/inbox/news?since=1&q=x"));
        assert_eq!(news_address("<p>"), None);
    }
}
