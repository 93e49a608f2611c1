//! The changes: what is sent, and whether all of it is there afterwards.

use std::net::SocketAddr;

use serde_json::json;

use crate::Result;
use crate::cases::{self, Case, Which};
use crate::chance::Chance;
use crate::database::Connection;
use crate::load::http::Request;
use crate::server::Reader;
use crate::team;
use crate::text::{self, Planted};

/// Tickets that are answered in turn: so many that none becomes long, open ones and closed ones.
const CASES: usize = 2_000;

/// A change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A ticket, by the API.
    Create,
    /// An answer that leaves at once, by the API.
    ReplyByApi,
    /// An answer that can be recalled, by the form.
    ReplyByForm,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Create, Self::ReplyByApi, Self::ReplyByForm];

    /// The words of the report.
    pub fn words(self) -> &'static str {
        match self {
            Self::Create => "create by API",
            Self::ReplyByApi => "reply by API",
            Self::ReplyByForm => "reply by form",
        }
    }

    /// The status of the answer to what was done.
    pub fn status(self) -> u16 {
        match self {
            Self::Create | Self::ReplyByApi => 201,
            Self::ReplyByForm => 200,
        }
    }
}

/// How many changes were sent.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sent {
    created: i64,
    replies: i64,
}

/// Makes the requests.
pub struct Work {
    /// What was made so far.
    pub sent: Sent,
    cases: Vec<Case>,
    token: String,
    chance: Chance,
    next: usize,
}

impl Work {
    /// Makes what is needed beside a filled database. Each ticket is answered by one of so many
    /// clients.
    pub fn prepare(connection: &mut Connection, clients: usize) -> Result<Self> {
        team::add_sender(connection)?;
        let token = team::add_token(connection, Reader::Agent.number())?;
        let mut cases = cases::newest(connection, Which::All, CASES)?;
        cases.truncate(cases.len() / clients * clients);
        let (sent, chance) = (Sent::default(), Chance::new(4));
        Ok(Self { sent, cases, token, chance, next: 0 })
    }

    /// So many requests; each is to be sent once.
    pub fn requests(
        &mut self,
        address: SocketAddr,
        kind: Kind,
        count: usize,
    ) -> Result<Vec<Request>> {
        (0..count).map(|_| self.request(address, kind)).collect()
    }

    fn request(&mut self, address: SocketAddr, kind: Kind) -> Result<Request> {
        let paragraphs = text::paragraphs(&mut self.chance, Planted::Nothing);
        let text = paragraphs.join("\n\n");
        let case = self.cases.get(self.next % self.cases.len().max(1));
        let case = case.ok_or("there is no ticket to answer")?;
        self.next += 1;
        if kind == Kind::Create {
            self.sent.created += 1;
            let subject = text::subject(&mut self.chance);
            let body = json!({
                "subject": subject, "body_text": text, "contact": { "email": case.requester },
            });
            return Ok(Request::json(address, "/api/v1/tickets", &self.token, &body));
        }
        self.sent.replies += 1;
        if kind == Kind::ReplyByApi {
            let body = json!({ "visibility": "external", "body_text": text });
            let path = format!("/api/v1/tickets/{}/messages", case.number);
            return Ok(Request::json(address, &path, &self.token, &body));
        }
        let html: String = paragraphs.iter().map(|text| format!("<p>{text}</p>")).collect();
        let cookie = Reader::Agent.cookie();
        Ok(reply(address, &cookie, case, (&text, &html)))
    }
}

/// An answer as the composer sends it.
pub fn reply(
    address: SocketAddr,
    cookie: &str,
    case: &Case,
    (text, html): (&str, &str),
) -> Request {
    let path = format!("/tickets/{}/reply", case.number);
    Request::form(address, &path, cookie, "composer", &fields_of(case, text, html))
}

/// A message after which nothing came. A ticket is answered again and again, and whoever has not seen his own last
/// answer is held back; the guard looks it up all the same.
const SEEN_ALL: &str = "9223372036854775806";

/// The fields of the composer.
pub fn fields_of<'a>(case: &'a Case, text: &'a str, html: &'a str) -> [(&'a str, &'a str); 10] {
    [
        ("seen", SEEN_ALL),
        ("sender", ""),
        ("to", &case.requester),
        ("cc", ""),
        ("bcc", ""),
        ("subject", ""),
        ("text", text),
        ("html", html),
        ("signed", "1"),
        ("then", ""),
    ]
}

/// What stands in the database.
pub struct Written {
    tickets: i64,
    messages: i64,
    outbox: i64,
    recipients: i64,
}

impl Written {
    /// Counts it.
    pub fn count(connection: &mut Connection) -> Result<Self> {
        Ok(Self {
            tickets: connection.number("select count(*) from ticket")?,
            messages: connection.number("select count(*) from message")?,
            outbox: connection.number("select count(*) from outbound_mail where kind = 'reply'")?,
            recipients: connection.number(
                "select count(distinct r.mail) from outbound_recipient r
                 join outbound_mail m on m.id = r.mail where m.kind = 'reply'",
            )?,
        })
    }

    /// Whether exactly what was sent came to what was there before.
    pub fn check(&self, before: &Self, sent: &Sent) -> Result<()> {
        let added = [
            ("tickets", self.tickets - before.tickets, sent.created),
            ("messages", self.messages - before.messages, sent.created + sent.replies),
            ("mails in the outbox", self.outbox - before.outbox, sent.replies),
            ("mails with recipients", self.recipients - before.recipients, sent.replies),
        ];
        match added.into_iter().find(|(_, added, sent)| added != sent) {
            Some((what, added, sent)) => {
                Err(format!("{added} {what} were added by {sent} requests").into())
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_missing_afterwards_is_named() {
        let written =
            |tickets, messages, outbox| Written { tickets, messages, outbox, recipients: outbox };
        let (before, sent) = (written(10, 30, 0), Sent { created: 2, replies: 3 });
        assert!(written(12, 35, 3).check(&before, &sent).is_ok());
        let lost = written(12, 35, 2).check(&before, &sent).unwrap_err();
        assert_eq!(lost.to_string(), "2 mails in the outbox were added by 3 requests");
    }
}
