//! Errors of the API as RFC 9457 problems.

use axum::response::{IntoResponse, Response};
use http::header::CONTENT_TYPE;
use http::{HeaderValue, StatusCode};
use serde::Serialize;

/// A problem that a client can read: `application/problem+json` (RFC 9457).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The status of the response.
    #[serde(serialize_with = "as_number")]
    pub status: StatusCode,
    /// Names the kind of problem for programs and never changes: `invalid_cursor`.
    pub code: String,
    /// Names the kind of problem for people; the words of the status unless the caller knows better.
    pub title: String,
    /// What is wrong with this request.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What is wrong with single fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub problems: Vec<FieldProblem>,
}

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FieldProblem {
    /// The path of the field: `contact.email`, `tags[2]`.
    pub field: String,
    /// Names the kind of problem: `unknown_field`.
    pub code: String,
    /// Says what is wrong.
    pub message: String,
}

impl Problem {
    /// A problem that says no more than its status and its code.
    pub fn new(status: StatusCode, code: &str) -> Self {
        let title = status.canonical_reason().unwrap_or_default().to_owned();
        Self { status, code: code.to_owned(), title, detail: None, problems: Vec::new() }
    }

    /// The same problem with a sentence about this request.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// The same problem with one more field.
    #[must_use]
    pub fn with_field(mut self, field: &str, code: &str, message: impl Into<String>) -> Self {
        let (field, code) = (field.to_owned(), code.to_owned());
        self.problems.push(FieldProblem { field, code, message: message.into() });
        self
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let kind = (CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        (self.status, [kind], body).into_response()
    }
}

fn as_number<S: serde::Serializer>(status: &StatusCode, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u16(status.as_u16())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_is_printed_as_rfc_9457_says() {
        let problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid").with_field(
            "contact.email",
            "invalid_email",
            "no address",
        );
        assert_eq!(
            serde_json::to_string(&problem).unwrap(),
            "{\"status\":422,\"code\":\"invalid\",\"title\":\"Unprocessable Entity\",\"problems\":\
             [{\"field\":\"contact.email\",\"code\":\"invalid_email\",\"message\":\"no address\"}]}"
        );
        let response = problem.into_response();
        assert_eq!(response.status(), 422);
        assert_eq!(response.headers()[CONTENT_TYPE], "application/problem+json");
    }
}
