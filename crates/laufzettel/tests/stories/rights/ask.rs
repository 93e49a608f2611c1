//! Asking as somebody, and what must not be in any answer.

use axum::body::Body;
use axum::http::{Request, header};

use super::house::{House, multipart};
use super::persona::Persona;
use super::table::Entry;

/// What somebody is answered.
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// What can be told from the answer, whatever the thing was called in the request.
    pub fn masked(&self, name: &str) -> (u16, String, String) {
        let mask = |text: &str| text.replace(name, "·");
        let headers = self.headers.iter().map(|(key, value)| format!("{key}: {}\n", mask(value)));
        let headers = headers.filter(|line| !line.starts_with("content-length"));
        (self.status, headers.collect(), mask(&self.body))
    }

    /// One of these words in the answer, with what stands around it.
    pub fn canary(&self, unheard: &[&str]) -> Option<String> {
        let headers: String = self.headers.iter().map(|(_, value)| format!("{value}\n")).collect();
        let text = format!("{headers}{}", self.body);
        let folded = text.to_lowercase();
        let at = unheard.iter().find_map(|word| folded.find(word))?;
        Some(text.chars().skip(at.saturating_sub(60)).take(140).collect())
    }
}

/// How a request comes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// As a page or by a token.
    Plain,
    /// As htmx asks for a part of a page.
    Part,
    /// From another site's page.
    CrossSite,
    /// From a client that says nothing of where it comes from.
    Silent,
}

/// Asks for a thing by this name, or by its own.
pub async fn ask(
    house: &House,
    persona: Persona,
    entry: &Entry,
    name: Option<&str>,
    way: Way,
) -> Answer {
    let (path, body) = entry.asks(house, name);
    let (mut request, answers) = if entry.address.starts_with("/api/v1") {
        let program = house.program(persona);
        let request = program.request(&entry.method, path.trim_start_matches("/api/v1"));
        (request.header("if-match", "*"), None)
    } else {
        let browser = house.browser(persona);
        (browser.request(&entry.method, &path), Some(browser))
    };
    request = match way {
        Way::Plain => request.header("sec-fetch-site", "same-origin"),
        Way::Part => request.header("sec-fetch-site", "same-origin").header("hx-request", "true"),
        Way::CrossSite => request.header("sec-fetch-site", "cross-site"),
        Way::Silent => request,
    };
    let request = with_body(request, &body);
    if entry.has("stream") {
        return begun(house, request).await;
    }
    let (status, headers, bytes) = match answers {
        Some(browser) => {
            let answered = browser.send(request).await;
            (answered.status.as_u16(), answered.headers, answered.bytes)
        }
        None => {
            let answer = house.program(persona).send(request).await;
            (answer.status, answer.headers, answer.bytes)
        }
    };
    let header = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let headers = headers.iter().map(header).collect();
    Answer { status, headers, body: String::from_utf8_lossy(&bytes).into_owned() }
}

/// An answer without an end: only its head is read.
async fn begun(house: &House, request: Request<Body>) -> Answer {
    let answer = tower::ServiceExt::oneshot(house.world.router.clone(), request).await.unwrap();
    let header = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
        (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())
    };
    let headers = answer.headers().iter().map(header).collect();
    Answer { status: answer.status().as_u16(), headers, body: String::new() }
}

fn with_body(request: axum::http::request::Builder, body: &str) -> Request<Body> {
    let (kind, body) = if let Some(file) = body.strip_prefix("file:") {
        let (name, content) = file.split_once(':').unwrap();
        let content = content.replace("\\n", "\n");
        ("multipart/form-data; boundary=grenze", multipart(name, &content))
    } else if let Some(mail) = body.strip_prefix("mail:") {
        ("message/rfc822", format!("From: neu@kunde.example\r\n{mail}\r\n\r\nGuten Tag\r\n"))
    } else if body.starts_with('{') {
        ("application/json", body.to_owned())
    } else if body.is_empty() {
        return request.body(Body::empty()).unwrap();
    } else {
        ("application/x-www-form-urlencoded", body.to_owned())
    };
    request.header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()
}
