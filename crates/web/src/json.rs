//! JSON bodies and query texts of the API. What does not fit is answered with a problem that names the field.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, FromRequestParts, Request};
use http::header::CONTENT_TYPE;
use http::request::Parts;
use http::{HeaderMap, StatusCode};
use serde::de::DeserializeOwned;

use crate::Problem;

/// The body of a request, read as JSON.
///
/// Answers 415 without a JSON content type, 413 when too large, 400 when it is not JSON, 422 with the
/// field when it does not fit the type. Types say `deny_unknown_fields`, so that a misspelt field is
/// named instead of ignored.
#[derive(Clone, Copy, Debug)]
pub struct Json<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Json<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if !is_json(request.headers()) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Problem::new(status, "not_json"));
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|error| unread(&error))?;
        read_json(&bytes).map(Self)
    }
}

/// The query of a request's address, read into a type; 422 with the field when it does not fit.
#[derive(Clone, Copy, Debug)]
pub struct Query<T>(pub T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        let pairs = form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes());
        let reader = serde_urlencoded::Deserializer::new(pairs);
        serde_path_to_error::deserialize(reader).map(Self).map_err(|error| {
            let path = error.path().to_string();
            mismatch(&path, &error.into_inner().to_string())
        })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let sent = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let kind = sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

/// The problem of a body that could not be read to its end.
pub(crate) fn unread(error: &BytesRejection) -> Problem {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large"),
        status => Problem::new(status, "unreadable_body"),
    }
}

fn read_json<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    // A list would be taken for the fields in their order.
    if bytes.trim_ascii_start().starts_with(b"[") {
        return Err(mismatch("", "the body must be an object"));
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let cause = error.into_inner();
        if cause.is_data() { mismatch(&path, &cause.to_string()) } else { malformed(&cause) }
    })?;
    reader.end().map_err(|error| malformed(&error))?;
    Ok(value)
}

fn malformed(cause: &serde_json::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "malformed_json").with_detail(cause.to_string())
}

/// The problem of a value that does not fit. Whether a field is unknown or missing stands only in the
/// message of serde, and so does its name.
fn mismatch(path: &str, message: &str) -> Problem {
    let parent = if path == "." { "" } else { path };
    let (code, name) = match message.split('`').collect::<Vec<_>>().as_slice() {
        ["unknown field ", name, ..] => ("unknown_field", *name),
        ["missing field ", name, ..] => ("missing_field", *name),
        _ => ("wrong_type", ""),
    };
    // The path of an unknown field sometimes already ends in its name.
    let field = match (parent, name) {
        (parent, "") => parent.to_owned(),
        ("", name) => name.to_owned(),
        (parent, name) if parent == name || parent.ends_with(&format!(".{name}")) => {
            parent.to_owned()
        }
        (parent, name) => format!("{parent}.{name}"),
    };
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid").with_field(&field, code, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use http::Request;
    use serde::Deserialize;

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct NewTicket {
        subject: String,
        contact: Option<Contact>,
        #[serde(default)]
        tags: Vec<String>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    #[serde(deny_unknown_fields)]
    struct Contact {
        email: String,
    }

    fn refused(body: &str) -> (u16, String, String) {
        let problem = read_json::<NewTicket>(body.as_bytes()).unwrap_err();
        let field = problem.problems.first();
        let code = field.map_or(problem.code.clone(), |field| field.code.clone());
        (problem.status.as_u16(), code, field.map_or(String::new(), |field| field.field.clone()))
    }

    fn of(status: u16, code: &str, field: &str) -> (u16, String, String) {
        (status, code.to_owned(), field.to_owned())
    }

    #[test]
    fn an_unknown_field_is_named_with_its_path() {
        assert_eq!(
            refused(r#"{"subject":"x","sujbect":"y"}"#),
            of(422, "unknown_field", "sujbect")
        );
        assert_eq!(
            refused(r#"{"subject":"x","contact":{"email":"a@b.de","mail":"y"}}"#),
            of(422, "unknown_field", "contact.mail")
        );
    }

    #[test]
    fn a_missing_field_and_a_wrong_type_are_named() {
        assert_eq!(refused("{}"), of(422, "missing_field", "subject"));
        assert_eq!(refused(r#" ["x"]"#), of(422, "wrong_type", ""));
        assert_eq!(refused(r#"{"subject":7}"#), of(422, "wrong_type", "subject"));
        assert_eq!(refused(r#"{"subject":"x","tags":["a",1]}"#), of(422, "wrong_type", "tags[1]"));
        assert_eq!(
            refused(r#"{"subject":"x","contact":{}}"#),
            of(422, "missing_field", "contact.email")
        );
    }

    #[test]
    fn what_is_not_json_is_malformed() {
        assert_eq!(refused("{\"subject\":"), of(400, "malformed_json", ""));
        assert_eq!(refused("{\"subject\":\"x\"} {}"), of(400, "malformed_json", ""));
        assert_eq!(refused(""), of(400, "malformed_json", ""));
    }

    async fn posted(kind: &str, body: &'static str) -> Result<NewTicket, Problem> {
        let request = Request::post("/").header(CONTENT_TYPE, kind).body(Body::from(body)).unwrap();
        Json::from_request(request, &()).await.map(|Json(ticket)| ticket)
    }

    #[tokio::test]
    async fn only_json_is_read() {
        let body = r#"{"subject":"x"}"#;
        let ticket = NewTicket { subject: "x".to_owned(), contact: None, tags: vec![] };
        assert_eq!(posted("application/json; charset=utf-8", body).await, Ok(ticket));
        assert_eq!(posted("text/plain", body).await.unwrap_err().status, 415);
    }

    #[tokio::test]
    async fn a_body_over_the_limit_is_too_large() {
        use axum::extract::DefaultBodyLimit;
        use axum::{Router, routing::post};
        use tower::ServiceExt;
        let handler = |Json(_): Json<NewTicket>| async {};
        let app: Router = Router::new().route("/", post(handler)).layer(DefaultBodyLimit::max(10));
        let body = Body::from(r#"{"subject":"longer than ten"}"#);
        let request =
            Request::post("/").header(CONTENT_TYPE, "application/json").body(body).unwrap();
        assert_eq!(app.oneshot(request).await.unwrap().status(), 413);
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Listing {
        limit: Option<u32>,
    }

    async fn queried(uri: &str) -> Result<Option<u32>, (String, String)> {
        let (mut parts, ()) = Request::get(uri).body(()).unwrap().into_parts();
        let read = Query::<Listing>::from_request_parts(&mut parts, &()).await;
        read.map(|Query(listing)| listing.limit).map_err(|mut problem| {
            let field = problem.problems.pop().unwrap();
            (field.code, field.field)
        })
    }

    #[tokio::test]
    async fn a_query_that_does_not_fit_is_a_problem() {
        assert_eq!(queried("/x?limit=5").await, Ok(Some(5)));
        let unknown = ("unknown_field".to_owned(), "limti".to_owned());
        assert_eq!(queried("/x?limti=5").await, Err(unknown));
        assert_eq!(
            queried("/x?limit=many").await,
            Err(("wrong_type".to_owned(), "limit".to_owned()))
        );
    }
}
