//! Forms: what was typed, and what is wrong with it.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::Problem;
use crate::json::unread;

/// The values of a form, as they were sent, and a sentence for each field that is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    values: Vec<(String, String)>,
    problems: Vec<(String, String)>,
}

impl Form {
    /// Reads `a=1&b=2`, from a body or from the query of an address.
    pub fn parse(encoded: &[u8]) -> Self {
        Self {
            values: form_urlencoded::parse(encoded).into_owned().collect(),
            problems: Vec::new(),
        }
    }

    /// A form that shows these values at first.
    pub fn with_values<'a>(values: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        Self { values: owned.collect(), problems: Vec::new() }
    }

    /// The first value of a field without blanks around it; empty when it was not sent.
    pub fn text(&self, field: &str) -> &str {
        self.raw(field).trim()
    }

    /// The first value of a field exactly as sent, for passwords and drafts.
    pub fn raw(&self, field: &str) -> &str {
        let found = self.values.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// All values of a field, in the order they were sent.
    pub fn all<'a>(&'a self, field: &'a str) -> impl Iterator<Item = &'a str> {
        let named = self.values.iter().filter(move |(name, _)| name == field);
        named.map(|(_, value)| value.as_str())
    }

    /// Whether a field was sent; this is how check boxes speak.
    pub fn has(&self, field: &str) -> bool {
        self.values.iter().any(|(name, _)| name == field)
    }

    /// The form with another value for a field, and with its notes.
    #[must_use]
    pub fn with(&self, field: &str, value: &str) -> Self {
        let mut form = self.clone();
        form.values.retain(|(name, _)| name != field);
        form.and(field, value)
    }

    /// The form with one more value for a field.
    #[must_use]
    pub fn and(&self, field: &str, value: &str) -> Self {
        let mut form = self.clone();
        form.values.push((field.to_owned(), value.to_owned()));
        form
    }

    /// Notes what is wrong with a field. The first note stays.
    pub fn refuse(&mut self, field: &str, sentence: impl Into<String>) {
        if self.problem(field).is_none() {
            self.problems.push((field.to_owned(), sentence.into()));
        }
    }

    /// What is wrong with a field.
    pub fn problem(&self, field: &str) -> Option<&str> {
        let found = self.problems.iter().find(|(name, _)| name == field);
        found.map(|(_, sentence)| sentence.as_str())
    }

    /// All notes, in the order they were made.
    pub fn problems(&self) -> impl Iterator<Item = (&str, &str)> {
        self.problems.iter().map(|(field, sentence)| (field.as_str(), sentence.as_str()))
    }

    /// Whether nothing is wrong.
    pub fn is_fine(&self) -> bool {
        self.problems.is_empty()
    }
}

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        if request.method() == http::Method::GET {
            return Ok(Self::parse(request.uri().query().unwrap_or_default().as_bytes()));
        }
        if !is_form(request.headers()) {
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(Problem::new(status, "not_a_form"));
        }
        let body = Bytes::from_request(request, state).await.map_err(|error| unread(&error))?;
        Ok(Self::parse(&body))
    }
}

/// A request without a body, as htmx sends it for a button alone, counts as an empty form.
fn is_form(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_none_or(|value| {
        value.as_bytes().to_ascii_lowercase().starts_with(b"application/x-www-form-urlencoded")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;

    #[test]
    fn a_form_gives_its_values_back_repeated_ones_in_order() {
        let form = Form::parse(b"ticket=1&ticket=2&subject=+Gr%C3%BC%C3%9Fe+&empty=");
        assert_eq!(form.all("ticket").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!((form.text("subject"), form.raw("subject")), ("Grüße", " Grüße "));
        assert!(form.has("empty") && !form.has("missing"));
        assert_eq!(form.text("missing"), "");
    }

    #[test]
    fn a_value_is_replaced_or_added() {
        let mut form = Form::parse(b"phone=1&phone=2&version=3");
        form.refuse("version", "alt");
        let form = form.with("version", "4").and("phone", "");
        assert_eq!(form.all("version").collect::<Vec<_>>(), ["4"]);
        assert_eq!(form.all("phone").collect::<Vec<_>>(), ["1", "2", ""]);
        assert!(!form.is_fine());
    }

    #[test]
    fn the_first_note_about_a_field_stays() {
        let mut form = Form::default();
        assert!(form.is_fine());
        form.refuse("email", "eins");
        form.refuse("email", "zwei");
        assert_eq!(form.problem("email"), Some("eins"));
        assert_eq!(form.problems().count(), 1);
        assert!(!form.is_fine());
    }

    async fn received(request: http::request::Builder, body: &'static str) -> Result<String, u16> {
        let request = request.body(Body::from(body)).unwrap();
        let form =
            Form::from_request(request, &()).await.map_err(|problem| problem.status.as_u16())?;
        Ok(form.text("q").to_owned())
    }

    #[tokio::test]
    async fn a_form_comes_as_body_or_as_query_and_never_as_json() {
        let form = "application/x-www-form-urlencoded; charset=utf-8";
        let post = |kind| http::Request::post("/x").header(CONTENT_TYPE, kind);
        assert_eq!(received(http::Request::get("/x?q=1"), "").await, Ok("1".to_owned()));
        assert_eq!(received(post(form), "q=2").await, Ok("2".to_owned()));
        assert_eq!(received(http::Request::post("/x"), "").await, Ok(String::new()));
        assert_eq!(received(post("application/json"), "{}").await, Err(415));
    }
}
