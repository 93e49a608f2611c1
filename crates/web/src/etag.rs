//! Versions as entity tags, so that a client does not overwrite what it has not seen.

use http::header::IF_MATCH;
use http::{HeaderMap, HeaderValue, StatusCode};

use crate::Problem;

/// The strong tag of a version: `"v12"` (RFC 9110 section 8.8.3).
pub fn etag(version: i64) -> HeaderValue {
    HeaderValue::from_str(&format!("\"v{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// What `If-Match` asks for (RFC 9110 section 13.1.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IfMatch {
    /// The header is not there.
    Absent,
    /// `*`: any version, if there is one.
    Any,
    /// One of these versions. Tags that are not ours, and weak ones, match nothing.
    Versions(Vec<i64>),
}

impl IfMatch {
    /// Reads the header.
    pub fn read(headers: &HeaderMap) -> Self {
        let mut values = headers.get_all(IF_MATCH).iter().peekable();
        if values.peek().is_none() {
            return Self::Absent;
        }
        let mut versions = Vec::new();
        for tag in values.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(',')) {
            if tag.trim() == "*" {
                return Self::Any;
            }
            let version = tag.trim().strip_prefix("\"v").and_then(|rest| rest.strip_suffix('"'));
            versions.extend(version.and_then(|digits| digits.parse::<i64>().ok()));
        }
        Self::Versions(versions)
    }

    /// Whether a change of this version may go on.
    ///
    /// # Errors
    /// A problem with status 412 and code `stale` when the client knows another version.
    pub fn allow(&self, version: i64) -> Result<(), Problem> {
        match self {
            Self::Versions(known) if !known.contains(&version) => {
                Err(Problem::new(StatusCode::PRECONDITION_FAILED, "stale"))
            }
            _ => Ok(()),
        }
    }

    /// As [`Self::allow`], for methods that must name a version.
    ///
    /// # Errors
    /// Also a problem with status 428 and code `if_match_required` without the header.
    pub fn require(&self, version: i64) -> Result<(), Problem> {
        if *self == Self::Absent {
            let status = StatusCode::PRECONDITION_REQUIRED;
            return Err(Problem::new(status, "if_match_required"));
        }
        self.allow(version)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(value: &'static str) -> IfMatch {
        IfMatch::read(&HeaderMap::from_iter([(IF_MATCH, HeaderValue::from_static(value))]))
    }

    #[test]
    fn a_client_that_knows_the_version_may_change_it() {
        assert_eq!(etag(12), "\"v12\"");
        assert_eq!(sent("\"v12\"").allow(12), Ok(()));
        assert_eq!(sent("\"x\", \"v12\"").allow(12), Ok(()));
        assert_eq!(sent("*").allow(12), Ok(()));
    }

    #[test]
    fn a_stale_a_weak_or_a_foreign_tag_is_refused() {
        for tag in ["\"v11\"", "W/\"v12\"", "\"12\"", "v12", ""] {
            assert_eq!(sent(tag).allow(12).unwrap_err().code, "stale", "{tag}");
        }
        assert_eq!(sent("\"v11\"").allow(12).unwrap_err().status, 412);
    }

    #[test]
    fn without_the_header_only_methods_that_require_it_refuse() {
        let absent = IfMatch::read(&HeaderMap::new());
        assert_eq!(absent.allow(12), Ok(()));
        assert_eq!(absent.require(12).unwrap_err().status, 428);
        assert_eq!(sent("\"v12\"").require(12), Ok(()));
    }
}
