//! The key with which a client repeats a POST without doing it twice.

use http::{HeaderMap, StatusCode};

use crate::Problem;

/// A client's own name for one POST: 1 to 255 printable ASCII characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct IdempotencyKey(String);

impl IdempotencyKey {
    /// The key, without the quotes that the header may put around it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The `Idempotency-Key` of a request, if it has one.
///
/// # Errors
/// A problem with status 400 and code `invalid_idempotency_key` when it is empty, too long, sent
/// twice, or has other characters.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<IdempotencyKey>, Problem> {
    let mut values = headers.get_all("idempotency-key").iter();
    let (Some(value), second) = (values.next(), values.next()) else { return Ok(None) };
    let text = value.to_str().unwrap_or_default().trim();
    let key = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
    let fits = (1..=255).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if fits && second.is_none() {
        Ok(Some(IdempotencyKey(key.to_owned())))
    } else {
        Err(Problem::new(StatusCode::BAD_REQUEST, "invalid_idempotency_key"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderName, HeaderValue};

    fn sent(values: &[&str]) -> Result<Option<String>, String> {
        let name = HeaderName::from_static("idempotency-key");
        let headers = values
            .iter()
            .map(|value| (name.clone(), HeaderValue::from_str(value).unwrap()))
            .collect();
        let key = idempotency_key(&headers).map_err(|problem| problem.code)?;
        Ok(key.map(|key| key.as_str().to_owned()))
    }

    #[test]
    fn a_key_counts_with_and_without_quotes() {
        assert_eq!(sent(&[]), Ok(None));
        assert_eq!(sent(&["abc-1"]), Ok(Some("abc-1".to_owned())));
        assert_eq!(sent(&["\"abc-1\""]), Ok(Some("abc-1".to_owned())));
    }

    #[test]
    fn an_odd_key_is_refused() {
        let refused = Err("invalid_idempotency_key".to_owned());
        assert_eq!(sent(&["",]), refused);
        assert_eq!(sent(&["a b"]), refused);
        assert_eq!(sent(&["a", "a"]), refused);
        assert_eq!(sent(&["ä"]), refused);
        assert_eq!(sent(&["x".repeat(256).as_str()]), refused);
    }
}
