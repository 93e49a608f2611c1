//! The live stream: says that something changed, never what.

use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::{Stream, StreamExt};
use http::header::CACHE_CONTROL;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde::Serialize;
use std::convert::Infallible;
use std::time::Duration;

/// Proxies and load balancers close what is silent for a minute or less.
const KEEP_ALIVE: Duration = Duration::from_secs(20);

/// Something changed. The page fetches what it shows of it, with its reader's own rights.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Announcement {
    /// The number with which the stream goes on after a break; not part of the message.
    #[serde(skip)]
    pub number: Option<u64>,
    /// The kind of thing, in lower case: `ticket`, `counters`.
    pub topic: &'static str,
    /// The thing's id or number; empty for kinds of which there is one.
    pub id: String,
}

/// The response that carries announcements to a page for as long as it listens.
pub fn live_stream(announcements: impl Stream<Item = Announcement> + Send + 'static) -> Response {
    let events = announcements.map(|announcement| Ok::<Event, Infallible>(event(&announcement)));
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    // nginx would otherwise collect events before it passes them on.
    let buffering = HeaderName::from_static("x-accel-buffering");
    response.headers_mut().insert(buffering, HeaderValue::from_static("no"));
    response
}

/// The number of the last announcement that a page got before it connected again.
pub fn last_event_id(headers: &HeaderMap) -> Option<u64> {
    headers.get("last-event-id")?.to_str().ok()?.parse().ok()
}

fn event(announcement: &Announcement) -> Event {
    let data = serde_json::to_string(announcement).unwrap_or_default();
    let event = Event::default().data(data);
    match announcement.number {
        Some(number) => event.id(number.to_string()),
        None => event,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn an_announcement_is_a_message_with_topic_and_id() {
        let announced = Announcement { number: Some(7), topic: "ticket", id: "48213".to_owned() };
        let response = live_stream(futures_util::stream::iter([announced]));
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()[CACHE_CONTROL], "no-store");
        let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        assert_eq!(body, "data: {\"topic\":\"ticket\",\"id\":\"48213\"}\nid: 7\n\n");
    }

    #[test]
    fn the_stream_goes_on_after_the_last_number() {
        let headers =
            |value| HeaderMap::from_iter([(HeaderName::from_static("last-event-id"), value)]);
        assert_eq!(last_event_id(&headers(HeaderValue::from_static("7"))), Some(7));
        assert_eq!(last_event_id(&headers(HeaderValue::from_static("x"))), None);
        assert_eq!(last_event_id(&HeaderMap::new()), None);
    }
}
