//! A connection with TLS or without, for blocking threads.

use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;

use rustls::{ServerConfig, ServerConnection, StreamOwned};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;

use super::Shared;
use crate::dovecot::{Certificate, make_certificates};

pub(super) enum Stream {
    Clear(TcpStream),
    Tls(Box<StreamOwned<ServerConnection, TcpStream>>),
    Gone,
}

impl Stream {
    pub(super) fn secured(self, shared: &Shared) -> Self {
        match (self, &shared.config) {
            (Self::Clear(stream), Some(config)) => {
                let session = ServerConnection::new(Arc::clone(config)).expect("a TLS session");
                Self::Tls(Box::new(StreamOwned::new(session, stream)))
            }
            (stream, _) => stream,
        }
    }

    pub(super) fn read(&mut self, chunk: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Clear(stream) => stream.read(chunk),
            Self::Tls(stream) => stream.read(chunk),
            Self::Gone => Ok(0),
        }
    }

    pub(super) fn write(&mut self, octets: &[u8]) -> io::Result<()> {
        match self {
            Self::Clear(stream) => stream.write_all(octets),
            Self::Tls(stream) => stream.write_all(octets).and_then(|()| stream.flush()),
            Self::Gone => Err(ended()),
        }
    }

    pub(super) fn close(&mut self) {
        let gone = match std::mem::replace(self, Self::Gone) {
            Self::Clear(stream) => stream.shutdown(Shutdown::Both),
            Self::Tls(stream) => stream.sock.shutdown(Shutdown::Both),
            Self::Gone => Ok(()),
        };
        gone.ok();
    }
}

pub(super) fn ended() -> io::Error {
    io::ErrorKind::ConnectionAborted.into()
}

pub(super) fn server_config(certificate: Certificate) -> (Arc<ServerConfig>, Vec<u8>) {
    let folder = TempDir::with_prefix("sink-").expect("a temporary folder");
    let authority = make_certificates(folder.path(), certificate);
    let own = CertificateDer::from_pem_file(folder.path().join("cert.pem")).expect("certificate");
    let key = PrivateKeyDer::from_pem_file(folder.path().join("key.pem")).expect("key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("TLS versions")
        .with_no_client_auth()
        .with_single_cert(vec![own], key)
        .expect("the server's certificate");
    (Arc::new(config), authority)
}
