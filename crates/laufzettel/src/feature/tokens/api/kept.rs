//! The answer to the making of a token, as it is kept for the same request sent again. The secret
//! in it is sealed with the master key, so that the database alone gives nobody a token.

use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use web::Json;

use crate::App;
use crate::api::Repeat;
use crate::service::idempotency::Reply;
use crate::service::keys::Keys;

/// The beginning of a sealed secret.
const SEALED: &str = "sealed:";

/// The JSON body of a POST whose kept answer must be opened before it is sent again. Unlike
/// [`crate::api::Post`] it leaves finding that answer to the operation.
pub struct PostSealed<T> {
    /// The body.
    pub body: T,
    /// What is needed to know the request again.
    pub repeat: Repeat,
}

impl<T: DeserializeOwned> FromRequest<App> for PostSealed<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &App) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let whole = Request::from_parts(parts.clone(), body);
        let bytes = Bytes::from_request(whole, state).await.map_err(IntoResponse::into_response)?;
        let repeat = Repeat::of(&parts.headers, &parts.uri, &[&bytes]);
        let repeat = repeat.map_err(IntoResponse::into_response)?;
        let read = Json::from_request(Request::from_parts(parts, Body::from(bytes)), state).await;
        let Json(body) = read.map_err(IntoResponse::into_response)?;
        Ok(Self { body, repeat })
    }
}

/// A secret as it is kept in an answer. `nonce` is random.
pub fn sealed(keys: &Keys, secret: &str, nonce: [u8; 24]) -> Option<String> {
    let sealed = keys.seal(secret, nonce)?;
    Some(format!("{SEALED}{}", BASE64URL_NOPAD.encode(&sealed)))
}

#[derive(Deserialize)]
struct Kept {
    token: Option<String>,
}

/// The answer as it is sent: with the secret, or with `null` in its place if the master key is
/// another one by now.
pub fn opened(keys: &Keys, kept: Reply) -> Reply {
    let token = serde_json::from_str::<Kept>(&kept.body).ok().and_then(|kept| kept.token);
    let Some((text, code)) =
        token.as_deref().and_then(|text| Some((text, text.strip_prefix(SEALED)?)))
    else {
        return kept;
    };
    let secret = BASE64URL_NOPAD.decode(code.as_bytes()).ok().and_then(|bytes| keys.open(&bytes));
    let shown = secret.map_or("null".to_owned(), |secret| format!("\"{secret}\""));
    Reply { body: kept.body.replace(&format!("\"{text}\""), &shown), ..kept }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(body: String) -> Reply {
        Reply { status: 201, location: None, etag: None, body }
    }

    #[test]
    fn a_kept_secret_opens_with_the_master_key_only() {
        let keys = Keys::new(vec![[1; 32]]);
        let text = sealed(&keys, "lz_secret", [9; 24]).unwrap();
        assert!(!text.contains("lz_secret"));
        let kept = reply(format!("{{\"name\":\"ERP\",\"token\":\"{text}\"}}"));
        let sent = opened(&keys, kept.clone());
        assert_eq!(sent.body, "{\"name\":\"ERP\",\"token\":\"lz_secret\"}");
        let other = opened(&Keys::new(vec![[2; 32]]), kept);
        assert_eq!(other.body, "{\"name\":\"ERP\",\"token\":null}");
        let without = reply("{\"token\":null}".to_owned());
        assert_eq!(opened(&keys, without.clone()), without);
    }
}
