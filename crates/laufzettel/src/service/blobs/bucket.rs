//! Large blobs in a bucket of S3-compatible storage, so that processes on several machines share
//! them.
//!
//! Each put has a key of its own, which the row names. So whoever removes objects that no row names
//! needs no agreement with those who put: what is younger than a day stays, and who puts the same
//! bytes meanwhile uses another key.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path;
use object_store::{ClientOptions, Error, ObjectStore, ObjectStoreExt, RetryConfig};
use tokio::runtime::Handle;
use tokio::task::block_in_place;

use super::Hash;
use crate::config::BucketPlace;

/// A server that does not answer in this time has failed.
const PATIENCE: Duration = Duration::from_secs(60);

/// A bucket. Cheap to clone.
#[derive(Clone)]
pub struct Bucket {
    store: Arc<AmazonS3>,
    prefix: String,
}

impl Bucket {
    /// The bucket at this place. Nothing is asked yet.
    pub fn open(place: &BucketPlace) -> io::Result<Self> {
        // Whoever was faster has installed the same one.
        rustls::crypto::ring::default_provider().install_default().ok();
        let options = ClientOptions::new().with_timeout(PATIENCE);
        let retries =
            RetryConfig { max_retries: 3, retry_timeout: PATIENCE / 2, ..RetryConfig::default() };
        let mut builder = AmazonS3Builder::new()
            .with_client_options(options)
            .with_retry(retries)
            .with_bucket_name(&place.name)
            .with_access_key_id(&place.access_key)
            .with_secret_access_key(&place.secret_key.0)
            // Not every server knows how to remove many at once.
            .with_disable_bulk_delete(true);
        if let Some(region) = &place.region {
            builder = builder.with_region(region);
        }
        if let Some(endpoint) = &place.endpoint {
            // Beyond the own machine the configuration takes only https.
            builder = builder.with_endpoint(endpoint).with_allow_http(true);
        }
        let store = builder.build().map_err(io::Error::other)?;
        Ok(Self { store: Arc::new(store), prefix: place.prefix.clone() })
    }

    /// Puts bytes, and gives their key. They are durable when this returns.
    pub fn put(&self, hash: &Hash, bytes: Vec<u8>) -> io::Result<String> {
        let name = values::hex(hash);
        let (folder, rest) = name.split_at(2);
        let put = values::hex(&rand::random::<[u8; 8]>());
        let key = format!("{}{folder}/{rest}-{put}.zst", self.prefix);
        let path = Path::from(key.as_str());
        waiting(self.store.put(&path, bytes.into()))?;
        Ok(key)
    }

    /// The bytes with this key.
    pub async fn get(&self, key: &str) -> io::Result<Vec<u8>> {
        let found = self.store.get(&Path::from(key)).await.map_err(in_words)?;
        Ok(found.bytes().await.map_err(in_words)?.into())
    }

    /// The keys of what was put before a moment, in milliseconds.
    pub async fn older_than(&self, millis: i64) -> io::Result<Vec<String>> {
        let prefix = Path::from(self.prefix.trim_end_matches('/'));
        let mut listed = self.store.list(Some(&prefix));
        let mut keys = Vec::new();
        while let Some(object) = listed.next().await {
            let object = object.map_err(in_words)?;
            if object.last_modified.timestamp_millis() < millis {
                keys.push(object.location.to_string());
            }
        }
        Ok(keys)
    }

    /// Removes what has this key.
    pub async fn remove(&self, key: &str) -> io::Result<()> {
        self.store.delete(&Path::from(key)).await.map_err(in_words)
    }

    /// Puts, reads and removes a little, to know whether it works.
    pub async fn try_out(&self) -> io::Result<()> {
        let path = Path::from(format!("{}check-{}", self.prefix, rand::random::<u64>()));
        let bytes = b"Laufzettel".to_vec();
        self.store.put(&path, bytes.clone().into()).await.map_err(in_words)?;
        let read = self.get(path.as_ref()).await;
        self.remove(path.as_ref()).await?;
        match read? == bytes {
            true => Ok(()),
            false => Err(io::Error::other("what was put comes back as something else")),
        }
    }
}

/// Waits for the network in a function that does not: large blobs are rare, and made ready before
/// any transaction.
fn waiting<T>(asked: impl Future<Output = object_store::Result<T>>) -> io::Result<T> {
    block_in_place(|| Handle::current().block_on(asked)).map_err(in_words)
}

/// The library tells the whole answer of the server, several times. What it comes to is a sentence.
fn in_words(error: Error) -> io::Error {
    match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            io::Error::other("the server of the bucket refuses these keys, or what they ask for")
        }
        Error::NotFound { .. } => {
            io::Error::other("the server of the bucket has no such object, or no such bucket")
        }
        error => {
            let mut innermost: &dyn std::error::Error = &error;
            while let Some(cause) = innermost.source() {
                innermost = cause;
            }
            let words = innermost.to_string();
            let first = words.lines().next().unwrap_or_default();
            io::Error::other(format!("the server of the bucket fails: {first}"))
        }
    }
}
