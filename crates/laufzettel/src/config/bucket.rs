//! Where large blobs lie: `file`, or a bucket as `s3://bucket/prefix?region=…&endpoint=…`.

use std::collections::BTreeMap;

use axum::http::Uri;
use web::Form;

use super::{ConfigProblem, Secret, problem};
use crate::service::web_client::may_ask;

/// A bucket of S3-compatible storage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BucketPlace {
    /// The name of the bucket.
    pub name: String,
    /// What the keys of all objects begin with; empty or ending with `/`.
    pub prefix: String,
    /// The region, if one is named.
    pub region: Option<String>,
    /// The server, if it is not Amazon's: `https://s3.example.de`.
    pub endpoint: Option<String>,
    /// What it is opened with.
    pub access_key: String,
    /// The secret of that.
    pub secret_key: Secret,
}

/// Where the environment names the keys, as all programs for such storage take them.
const ACCESS_KEY: &str = "AWS_ACCESS_KEY_ID";
const SECRET_KEY: &str = "AWS_SECRET_ACCESS_KEY";

/// Adds the keys that the environment names.
pub fn with_keys(
    place: BucketPlace,
    environment: &BTreeMap<String, String>,
) -> Result<BucketPlace, ConfigProblem> {
    let key = |name: &str| environment.get(name).filter(|key| !key.is_empty()).cloned();
    match (key(ACCESS_KEY), key(SECRET_KEY)) {
        (Some(access_key), Some(secret)) => {
            Ok(BucketPlace { access_key, secret_key: Secret(secret), ..place })
        }
        _ => problem(format!(
            "blobs names a bucket, and the environment no keys for it: set {ACCESS_KEY} and {SECRET_KEY}"
        )),
    }
}

/// Reads the setting, without keys. `None` is the folder.
pub fn read(text: Option<&str>) -> Result<Option<BucketPlace>, ConfigProblem> {
    match text {
        None | Some("file") => Ok(None),
        Some(text) => match parsed(text) {
            Some(place) => Ok(Some(place)),
            None => problem(
                "blobs must be \"file\" or a bucket like s3://bucket?region=eu-central-1&endpoint=https://s3.example.de"
                    .to_owned(),
            ),
        },
    }
}

fn parsed(text: &str) -> Option<BucketPlace> {
    let uri: Uri = text.parse().ok().filter(|uri: &Uri| uri.scheme_str() == Some("s3"))?;
    let name = uri.authority().map(ToString::to_string)?;
    let is_name = |letter: char| letter.is_ascii_alphanumeric() || letter == '-' || letter == '.';
    if name.is_empty() || !name.chars().all(is_name) {
        return None;
    }
    let query = Form::parse(uri.query().unwrap_or_default().as_bytes());
    let given = |field: &str| Some(query.text(field).to_owned()).filter(|text| !text.is_empty());
    let endpoint = given("endpoint");
    if endpoint.as_deref().is_some_and(|endpoint| !may_ask(endpoint)) {
        return None;
    }
    let prefix = uri.path().trim_matches('/');
    Some(BucketPlace {
        name,
        prefix: if prefix.is_empty() { String::new() } else { format!("{prefix}/") },
        region: given("region"),
        endpoint,
        access_key: String::new(),
        secret_key: Secret(String::new()),
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_has_a_name_and_perhaps_a_server() {
        let place = read(Some("s3://tickets?region=eu-central-1")).unwrap().unwrap();
        assert_eq!((place.name.as_str(), place.prefix.as_str()), ("tickets", ""));
        assert_eq!((place.region.as_deref(), place.endpoint), (Some("eu-central-1"), None));
        let text = "s3://tickets/haus/a/?endpoint=https%3A%2F%2Fs3.example.de";
        let place = read(Some(text)).unwrap().unwrap();
        assert_eq!(place.prefix, "haus/a/");
        assert_eq!(place.endpoint.as_deref(), Some("https://s3.example.de"));
        let keys = [(ACCESS_KEY, "a"), (SECRET_KEY, "geheim")];
        let keys: BTreeMap<String, String> =
            keys.map(|(name, key)| (name.to_owned(), key.to_owned())).into();
        let place = with_keys(place, &keys).unwrap();
        assert!(!format!("{place:?}").contains("geheim"), "{place:?}");
        assert!(with_keys(place, &BTreeMap::new()).is_err());
        assert_eq!(read(Some("file")), Ok(None));
        for odd in [
            "s3://",
            "s3:bucket",
            "folder",
            "https://bucket",
            "s3://u:p@bucket",
            "s3://b?endpoint=http%3A%2F%2Fs3.example",
        ] {
            assert!(read(Some(odd)).is_err(), "{odd}");
        }
    }
}
