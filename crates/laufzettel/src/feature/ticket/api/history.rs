//! The history of a ticket.

use axum::extract::Path;
use db::{Reading, Result, View};
use rules::right::Right;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::{IntoParams, ToSchema};
use web::{Paged, Problem, Query, decode_cursor, encode_cursor, limit};

use super::find::FindTicket;
use super::store;
use crate::api::{
    Call, Caller, Page, Problems, ShownAgent, TicketsRead, Time, agent_named, named, shown,
};
use crate::http::error::Answer;
use crate::record::AgentId;
use crate::record::actor::Denied;
use crate::service::history::Recorded;

/// Rows of a page without a wish.
const USUAL_ROWS: u32 = 100;

/// Which events are listed.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Asked {
    /// Rows of a page, 1 to 200.
    limit: Option<u32>,
    /// The `next` of the page before.
    cursor: Option<String>,
}

/// An event.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = HistoryEvent)]
pub struct ShownEvent {
    /// The event.
    id: String,
    /// When it happened.
    at: Time,
    /// What happened.
    kind: String,
    /// Who did it; `null` for Laufzettel itself.
    agent: Option<ShownAgent>,
    /// The program that did it for the agent, as its token or the program itself names it.
    caller: Option<String>,
    /// What was before, where the event says so: an entry of a list, a text, a moment.
    #[schema(value_type = Option<serde_json::Value>)]
    from: Value,
    /// What is since, where the event says so.
    #[schema(value_type = Option<serde_json::Value>)]
    to: Value,
    /// The channel that did it, where it was no agent.
    by: Option<String>,
    /// The message that came with it.
    message: Option<String>,
    /// What a merging, moving or splitting is taken back by.
    regrouping: Option<String>,
}

/// Lists the history of a ticket
///
/// Oldest first.
#[utoipa::path(
    get,
    path = "/api/v1/tickets/{number}/history",
    params(("number" = String, Path, description = "Number or public id"), Asked),
    responses((status = 200, description = "A page", body = Page<ShownEvent>), Problems),
    security(("token" = ["tickets:read"]))
)]
pub async fn list(
    caller: Caller<TicketsRead>,
    Path(number): Path<String>,
    Query(asked): Query<Asked>,
) -> Answer {
    let rows = limit(asked.limit, USUAL_ROWS)?;
    let list = format!("history {number}");
    let after = match asked.cursor.as_deref() {
        Some(cursor) => decode_cursor(&list, cursor).map_err(Problem::from)?,
        None => Vec::new(),
    };
    let after = after.first().copied().unwrap_or(0);
    let read = ReadHistory { call: &caller, name: &number, after, limit: rows };
    let events = caller.app.db.read(&read).await??;
    let page = Paged::from_rows(events, rows);
    let next = page.next(|event| encode_cursor(&list, &[event.id.number()]));
    let items = page.rows.iter().map(|event| show(&caller, event)).collect();
    Ok(shown(&Page { items, next }))
}

struct ReadHistory<'a> {
    call: &'a Call,
    name: &'a str,
    after: i64,
    limit: u32,
}

impl Reading for ReadHistory<'_> {
    type Outcome = std::result::Result<Vec<Recorded>, Denied>;

    async fn run(&self, view: &mut View<'_>) -> Result<Self::Outcome> {
        let actor = &self.call.actor;
        let find = FindTicket { actor, name: self.name, right: Right::ReadTicket };
        match find.run(view).await? {
            Ok(ticket) => Ok(Ok(store::events(view, ticket.id, self.after, self.limit).await?)),
            Err(denied) => Ok(Err(denied)),
        }
    }
}

fn show(call: &Call, event: &Recorded) -> ShownEvent {
    let detail: Value = serde_json::from_str(&event.detail).unwrap_or_default();
    let text = |name: &str| detail.get(name).and_then(Value::as_str).map(str::to_owned);
    let value = |name: &str| {
        detail.get(name).map_or(Value::Null, |value| named_value(call, &event.kind, value))
    };
    ShownEvent {
        id: event.id.to_string(),
        at: Time(event.at),
        kind: event.kind.clone(),
        agent: agent_named(&call.directory, event.agent),
        caller: text("caller"),
        from: value("from"),
        to: value("to"),
        by: text("by"),
        message: text("message"),
        regrouping: text("regrouping"),
    }
}

/// What is stored as an id is shown by its names, a moment in RFC 3339.
fn named_value(call: &Call, kind: &str, value: &Value) -> Value {
    let lists = &call.directory;
    let id = value.as_str().and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
    match kind {
        "status_changed" | "trashed" | "marked_as_spam" | "restored" => {
            json!(named(&lists.statuses, id))
        }
        "area_changed" => json!(named(&lists.areas, id)),
        "queue_changed" => json!(named(&lists.queues, id)),
        "category_changed" => json!(named(&lists.categories, id)),
        "request_type_changed" => json!(named(&lists.request_types, id)),
        "priority_changed" => json!(named(&lists.priorities, id)),
        "assignee_changed" => json!(agent_named(lists, Some(AgentId::from_number(id)))),
        "due_changed" => {
            json!(value.as_i64().map(|at| Time(values::Timestamp::from_millis(at))))
        }
        _ => value.clone(),
    }
}
