//! Where a ticket stands in the list it was opened from. The address of the ticket carries that
//! list, so that paging through keeps to it.

use axum::extract::Path;
use axum::http::HeaderMap;
use axum::response::IntoResponse;
use serde::Deserialize;
use web::{Query, safe_return_path};

use super::page::{self, Pager, Position};
use crate::feature::list::neighbours_at;
use crate::http::encode;
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::counters::shown;

/// The list that an address names.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    from: Option<String>,
}

/// The way back and to the neighbours.
pub async fn pager(
    screen: Screen,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let back = list_at(asked.from.as_deref().unwrap_or_default());
    let near = neighbours_at(&screen, &back, &number).await?;
    let address = |number: String| format!("/tickets/{}?from={}", encode(&number), encode(&back));
    let pager = Pager {
        previous: near.previous.map(address),
        next: near.next.map(address),
        place: near.counts.map(|(before, after)| Position {
            position: shown(before + 1, screen.language),
            total: shown(before + 1 + after, screen.language),
        }),
        back: back.clone(),
    };
    Ok(page::pager(screen.language, &pager).into_response())
}

/// The list a ticket was opened from: the one its address names, else the page before.
pub fn came_from(screen: &Screen, from: Option<&str>, headers: &HeaderMap) -> String {
    let referer = headers.get("referer").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let before = referer.strip_prefix(screen.app.base_url.origin()).unwrap_or_default();
    list_at(from.unwrap_or(before))
}

/// A path if it leads to a list, else the path of the inbox.
fn list_at(path: &str) -> String {
    let is_list = path.starts_with("/inbox") || path.starts_with("/search");
    safe_return_path(path).filter(|_| is_list).unwrap_or("/inbox").to_owned()
}
