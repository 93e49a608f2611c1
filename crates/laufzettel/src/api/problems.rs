//! Problems that several handlers answer with, and how they are described.

use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use rules::number::MaskProblem;
use serde::Serialize;
use web::Problem;

use super::answer::shown;
use crate::feature::change::{Reason, Refused};
use crate::http::error::HttpError;

/// A field cannot be taken.
pub fn invalid(field: &str, code: &str, message: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid").with_field(field, code, message)
}

/// There is no such entry, or it cannot be chosen.
pub fn unknown(field: &str) -> Problem {
    invalid(field, "unknown", "there is nothing by this name that can be chosen")
}

/// Another one bears this name.
pub fn taken(field: &str) -> Problem {
    invalid(field, "taken", "another one has it already")
}

/// A value of a ticket cannot be taken.
pub fn refused(refused: Refused) -> Problem {
    let (code, message) = match refused.reason {
        Reason::Unknown => ("unknown", "there is nothing by this name that can be chosen"),
        Reason::Empty => ("empty", "a text is needed"),
        Reason::TooLong => ("too_long", "the text is too long, or there are too many"),
        Reason::NoRight => ("no_right", "the agent may not work there"),
    };
    invalid(refused.field, code, message)
}

/// Something was changed since the client read it.
pub fn stale() -> Problem {
    Problem::new(StatusCode::PRECONDITION_FAILED, "stale")
}

/// Something cannot be done as things stand.
pub fn conflict(code: &str, detail: &str) -> Problem {
    Problem::new(StatusCode::CONFLICT, code).with_detail(detail)
}

/// A mask of ticket numbers that cannot be read: the kind of problem, and the byte at which it
/// begins.
pub fn invalid_mask(field: &str, problem: &MaskProblem) -> Problem {
    invalid(field, problem.kind.code(), &format!("at byte {}", problem.at))
}

/// A problem with one more member, as RFC 9457 section 3.2 allows.
#[derive(Serialize)]
struct Extended<T> {
    #[serde(flatten)]
    problem: Problem,
    ticket: T,
}

/// A lost race, with the present state of the ticket.
pub fn lost_race(problem: Problem, ticket: &impl Serialize) -> Response {
    let status = problem.status;
    let body = shown(&Extended { problem, ticket });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

/// A problem with the state that stands in the way.
#[derive(Serialize)]
struct InState<'a> {
    #[serde(flatten)]
    problem: Problem,
    state: &'a str,
}

/// Something that cannot be done as things stand, with the present state.
pub fn in_state(problem: Problem, state: &str) -> Response {
    let status = problem.status;
    let body = shown(&InState { problem, state });
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response()
}

/// Gives every refusal the form of a problem, those of the router and of extractors, too.
pub async fn complete(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    let status = response.status();
    let is_json = response
        .headers()
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"application/"));
    if is_json || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let code = match status {
        StatusCode::NOT_FOUND => "not_found",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::PAYLOAD_TOO_LARGE => "too_large",
        _ => "unreadable",
    };
    let mut problem = Problem::new(status, code).into_response();
    if let Some(allow) = response.headers().get(header::ALLOW) {
        problem.headers_mut().insert(header::ALLOW, allow.clone());
    }
    problem
}

/// A body that is larger than its route takes.
pub fn too_large(bytes_max: usize) -> HttpError {
    HttpError::TooLarge(bytes_max)
}
