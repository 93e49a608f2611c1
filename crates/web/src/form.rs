//! Forms: what was typed, what is wrong with it, and the fields that show both again.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};
use maud::{Markup, html};

use crate::json::unread;
use crate::{Problem, icon_small};

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

    fn is_first_problem(&self, field: &str) -> bool {
        self.problems.first().is_some_and(|(first, _)| first == field)
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

/// One field of a form with its label, hint and problem.
#[derive(Clone, Copy, Debug, Default)]
pub struct Field<'a> {
    /// The name with which it is sent; also the start of its id.
    pub name: &'a str,
    /// The label above it.
    pub label: &'a str,
    /// A sentence below it.
    pub hint: Option<&'a str>,
    /// The browser asks for a value.
    pub required: bool,
    /// What a browser may fill in: `username`, `current-password`.
    pub autocomplete: Option<&'a str>,
}

/// The control of a field.
#[derive(Clone, Copy, Debug)]
pub enum Control<'a> {
    /// One line of this type: `text`, `email`, `password`. A password is never shown again.
    Line(&'a str),
    /// Several lines.
    Area,
    /// One of these values, each with its words.
    Choice(&'a [(String, String)]),
}

impl Field<'_> {
    /// The field as it stands in a form: what was typed is shown again, a problem is tied to the control,
    /// and the first faulty field gets the focus.
    pub fn show(&self, form: &Form, control: Control<'_>) -> Markup {
        let problem = form.problem(self.name);
        html! {
            div .field {
                label for=(self.id()) { (self.label) }
                (self.control(form, control, self.described_by(problem.is_some()).as_deref()))
                @if let Some(hint) = self.hint {
                    p .hint id={ (self.id()) "-hint" } { (hint) }
                }
                @if let Some(problem) = problem {
                    p .error id={ (self.id()) "-error" } { (icon_small("circle-alert")) (problem) }
                }
            }
        }
    }

    fn id(&self) -> String {
        format!("f-{}", self.name)
    }

    fn described_by(&self, faulty: bool) -> Option<String> {
        let hint = self.hint.map(|_| format!("{}-hint", self.id()));
        let error = faulty.then(|| format!("{}-error", self.id()));
        let ids: Vec<String> = error.into_iter().chain(hint).collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    fn control(&self, form: &Form, control: Control<'_>, described: Option<&str>) -> Markup {
        let (id, name, required) = (self.id(), self.name, self.required);
        let invalid = form.problem(name).map(|_| "true");
        let focus = form.is_first_problem(name);
        match control {
            Control::Line(kind) => html! {
                input .input id=(id) name=(name) type=(kind) required[required] autofocus[focus]
                    value=[(kind != "password").then(|| form.raw(name))] autocomplete=[self.autocomplete]
                    aria-invalid=[invalid] aria-describedby=[described];
            },
            Control::Area => html! {
                textarea .textarea id=(id) name=(name) required[required] autofocus[focus]
                    aria-invalid=[invalid] aria-describedby=[described] {
                    // A line break right after the tag is not part of the text, so one is given away.
                    "\n" (form.raw(name))
                }
            },
            Control::Choice(options) => html! {
                select .select id=(id) name=(name) required[required] autofocus[focus]
                    aria-invalid=[invalid] aria-describedby=[described] {
                    @for (value, words) in options {
                        option value=(value) selected[form.raw(name) == value] { (words) }
                    }
                }
            },
        }
    }
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
    fn the_first_note_about_a_field_stays() {
        let mut form = Form::default();
        assert!(form.is_fine());
        form.refuse("email", "eins");
        form.refuse("email", "zwei");
        assert_eq!(form.problem("email"), Some("eins"));
        assert_eq!(form.problems().count(), 1);
        assert!(!form.is_fine());
    }

    #[test]
    fn a_faulty_field_shows_what_was_typed_and_is_tied_to_its_problem() {
        let mut form = Form::parse(b"email=a%22b");
        form.refuse("email", "Das ist keine Adresse.");
        let field = Field { name: "email", label: "E-Mail", required: true, ..Field::default() };
        let printed = field.show(&form, Control::Line("email")).into_string();
        assert!(printed.starts_with(
            "<div class=\"field\"><label for=\"f-email\">E-Mail</label><input class=\"input\" id=\"f-email\" \
             name=\"email\" type=\"email\" required autofocus value=\"a&quot;b\" aria-invalid=\"true\" \
             aria-describedby=\"f-email-error\"><p class=\"error\" id=\"f-email-error\">"
        ));
        assert!(printed.ends_with("Das ist keine Adresse.</p></div>"));
    }

    #[test]
    fn a_password_is_never_printed_back() {
        let field = Field { name: "password", label: "Passwort", ..Field::default() };
        let printed = field.show(&Form::parse(b"password=geheim"), Control::Line("password"));
        assert!(!printed.into_string().contains("geheim"));
    }

    #[test]
    fn a_choice_shows_the_sent_value_and_an_area_keeps_its_first_line_break() {
        let field = Field { name: "a", label: "A", hint: Some("H"), ..Field::default() };
        let options = [("x".to_owned(), "X".to_owned()), ("y".to_owned(), "Y".to_owned())];
        let choice = field.show(&Form::parse(b"a=y"), Control::Choice(&options)).into_string();
        assert!(choice.contains("<option value=\"y\" selected>Y</option>"));
        assert!(choice.contains("aria-describedby=\"f-a-hint\""));
        let area = field.show(&Form::parse(b"a=%0Ab"), Control::Area).into_string();
        assert!(area.contains(">\n\nb</textarea>"));
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
