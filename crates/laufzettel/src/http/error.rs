//! Errors as answers: a page in the reader's language, a fragment's status, or problem+json.
//!
//! A handler says what happened and knows neither language nor form. The answer carries the note
//! through the layers to [`explain`], which knows the request.

use std::any::Any;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use db::{Failure, FailureKind};
use web::Problem;

use super::screen;
use crate::App;
use crate::record::actor::Denied;
use crate::record::frame::Refusal;

const MEGABYTE: usize = 1024 * 1024;

/// Why a request was not answered as asked.
#[derive(Clone, Debug)]
pub enum HttpError {
    /// No right, or no such thing.
    Denied(Denied),
    /// The request cannot be understood.
    Unreadable,
    /// The request is larger than this many bytes, which is all that its address takes.
    TooLarge(usize),
    /// Only an operator can mend it.
    Failure(Failure),
    /// Something for a program, ready as it is.
    Problem(Problem),
}

/// What a handler gives.
pub type Answer = Result<Response, HttpError>;

impl From<Failure> for HttpError {
    fn from(failure: Failure) -> Self {
        Self::Failure(failure)
    }
}

impl From<Denied> for HttpError {
    fn from(denied: Denied) -> Self {
        Self::Denied(denied)
    }
}

impl From<Problem> for HttpError {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl HttpError {
    fn status(&self) -> StatusCode {
        match self {
            Self::Denied(Denied::NotFound) => StatusCode::NOT_FOUND,
            Self::Denied(Denied::NotAllowed) => StatusCode::FORBIDDEN,
            Self::Unreadable => StatusCode::BAD_REQUEST,
            Self::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Failure(failure) => match failure.kind() {
                FailureKind::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
                FailureKind::Busy | FailureKind::TimedOut => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            },
            Self::Problem(problem) => problem.status,
        }
    }
}

/// What travels with the answer until it is explained.
#[derive(Clone)]
struct Note(HttpError);

impl IntoResponse for HttpError {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Note(self));
        response
    }
}

/// Answers what has no route.
pub async fn no_such_page() -> HttpError {
    HttpError::Denied(Denied::NotFound)
}

/// Answers a panic; the log has its place.
pub fn panicked(panic: Box<dyn Any + Send>) -> Response {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("unknown");
    let failure = Failure::other(format!("a handler panicked: {words}"));
    let incident = log(&failure);
    let problem = Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "failed");
    problem.with_detail(format!("incident {incident}")).into_response()
}

/// Gives every error its form.
pub async fn explain(State(app): State<App>, request: Request, next: Next) -> Response {
    let asks = screen::Asks::of(&request);
    let response = next.run(request).await;
    let Some(Note(error)) = response.extensions().get::<Note>().cloned() else { return response };
    let incident = match &error {
        HttpError::Failure(failure) => log(failure),
        _ => String::new(),
    };
    if asks.is_api {
        return problem(error, incident).into_response();
    }
    let status = error.status();
    let refusal = refusal(&app, &error, incident).await;
    (status, screen::refusal_page(&app, &asks, &refusal).await).into_response()
}

/// Writes a failure to the log once, under a number that the reader sees, too.
fn log(failure: &Failure) -> String {
    let incident = format!("{:08X}", rand::random::<u32>());
    tracing::error!(incident, %failure, "a request failed");
    incident
}

fn problem(error: HttpError, incident: String) -> Problem {
    match error {
        HttpError::Problem(problem) => problem,
        HttpError::Denied(Denied::NotFound) => Problem::new(StatusCode::NOT_FOUND, "not_found"),
        HttpError::Denied(Denied::NotAllowed) => Problem::new(StatusCode::FORBIDDEN, "not_allowed"),
        HttpError::Unreadable => Problem::new(StatusCode::BAD_REQUEST, "unreadable"),
        HttpError::TooLarge(bytes_max) => {
            let detail = format!("at most {} MB are taken", bytes_max / MEGABYTE);
            Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large").with_detail(detail)
        }
        HttpError::Failure(failure) => {
            let code = match failure.kind() {
                FailureKind::StorageFull => "storage_full",
                FailureKind::Busy | FailureKind::TimedOut => "busy",
                _ => "failed",
            };
            Problem::new(HttpError::Failure(failure).status(), code)
                .with_detail(format!("incident {incident}"))
        }
    }
}

async fn refusal(app: &App, error: &HttpError, incident: String) -> Refusal {
    match error {
        HttpError::Denied(Denied::NotFound) => Refusal::NotFound,
        HttpError::Denied(Denied::NotAllowed) => {
            Refusal::Forbidden { grants: screen::administrators(app).await }
        }
        HttpError::Unreadable => Refusal::Unreadable,
        HttpError::TooLarge(bytes_max) => {
            Refusal::TooLarge { limit: format!("{} MB", bytes_max / MEGABYTE) }
        }
        HttpError::Problem(problem) => match problem.status {
            // A form without a limit of its own has that of the server.
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge { limit: "2 MB".to_owned() },
            StatusCode::NOT_FOUND => Refusal::NotFound,
            _ => Refusal::Unreadable,
        },
        HttpError::Failure(failure) => match failure.kind() {
            FailureKind::StorageFull | FailureKind::Busy | FailureKind::TimedOut => {
                Refusal::Unavailable
            }
            _ => Refusal::Failed { incident },
        },
    }
}
