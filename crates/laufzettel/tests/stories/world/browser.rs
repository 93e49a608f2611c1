//! A browser of a story: sends requests through the whole router, with its cookie.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::{HeaderMap, Request, StatusCode, header};
use laufzettel::record::AgentId;
use tower::ServiceExt;

#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookie: String,
    pub agent: AgentId,
    pub language: &'static str,
}

pub struct Answered {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Answered {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The page as a reader sees it: text without tags, single blanks.
    pub fn words(&self) -> String {
        let text = mail::text::text_from_html(&self.text().replace('<', " <"));
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Browser {
    pub fn new(router: Router, agent: AgentId, token: &str) -> Self {
        Self { router, cookie: format!("__Host-laufzettel={token}"), agent, language: "de" }
    }

    pub async fn get(&self, path: &str) -> Answered {
        self.send(self.request("GET", path).body(Body::empty()).unwrap()).await
    }

    pub async fn post(&self, path: &str, form: &str) -> Answered {
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    /// A form as htmx sends it from an element.
    pub async fn press(&self, target: &str, path: &str, form: &str) -> Answered {
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("hx-request", "true")
            .header("hx-target", target);
        self.send(request.body(Body::from(form.to_owned())).unwrap()).await
    }

    /// A form with files, as a browser sends it without a script.
    pub async fn post_files(
        &self,
        path: &str,
        fields: &[(&str, &str)],
        files: &[(&str, &[u8])],
    ) -> Answered {
        let mut body = Vec::new();
        for (name, value) in fields {
            let part = format!(
                "--grenze\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        for (name, bytes) in files {
            let media_type =
                if name.ends_with(".png") { "image/png" } else { "application/octet-stream" };
            let head = format!(
                "--grenze\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
                 Content-Type: {media_type}\r\n\r\n"
            );
            body.extend([head.as_bytes(), bytes, b"\r\n"].concat());
        }
        body.extend_from_slice(b"--grenze--\r\n");
        let request = self
            .request("POST", path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=grenze")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(body)).unwrap()).await
    }

    /// Uploads a file as the script of a form does; its id.
    pub async fn upload(&self, path: &str, name: &str, bytes: &[u8]) -> String {
        let chip = self.post_files(path, &[], &[(name, bytes)]).await.text();
        let id = chip.split("data-upload=\"").nth(1).and_then(|rest| rest.split('"').next());
        id.unwrap_or_else(|| panic!("{chip}")).to_owned()
    }

    pub fn request(&self, method: &str, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header(header::HOST, "127.0.0.1:8080")
            .header(header::COOKIE, &self.cookie)
            .header(header::ACCEPT_LANGUAGE, self.language)
    }

    pub async fn send(&self, request: Request<Body>) -> Answered {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answered { status: parts.status, headers: parts.headers, bytes }
    }
}
