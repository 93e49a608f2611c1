//! TLS for mail connections: which certificates are believed, and what went wrong in words a
//! screen can explain. There is no way to switch the check of certificates off.

use std::io;
use std::sync::Arc;

use rustls::crypto::ring;
use rustls::{CertificateError, ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, ServerName};
use rustls_platform_verifier::BuilderVerifierExt;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

/// Whose certificates are believed.
#[derive(Clone, Debug, Default)]
pub enum Trust {
    /// Those that the operating system believes.
    #[default]
    Platform,
    /// Only those signed by one of these, for a company with its own certification authority.
    Only(Vec<CertificateDer<'static>>),
}

/// The text holds no certificate in PEM form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidCertificates;

impl Trust {
    /// Believes only what the certificates in this PEM text have signed; other blocks are passed
    /// over.
    pub fn from_pem(pem: &[u8]) -> Result<Self, InvalidCertificates> {
        let certificates: Vec<_> = CertificateDer::pem_slice_iter(pem)
            .collect::<Result<_, _>>()
            .map_err(|_| InvalidCertificates)?;
        match certificates.is_empty() {
            true => Err(InvalidCertificates),
            false => Ok(Self::Only(certificates)),
        }
    }

    /// What a client needs to believe only these.
    pub fn client_config(&self) -> Result<ClientConfig, rustls::Error> {
        let builder = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()?;
        let builder = match self {
            Self::Platform => builder.with_platform_verifier()?,
            Self::Only(certificates) => {
                let mut roots = RootCertStore::empty();
                for certificate in certificates {
                    roots.add(certificate.clone())?;
                }
                builder.with_root_certificates(roots)
            }
        };
        Ok(builder.with_no_client_auth())
    }
}

/// Why no TLS connection came about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TlsProblem {
    /// The certificate has expired.
    Expired,
    /// The certificate is valid only from a later moment on; often a wrong clock.
    NotValidYet,
    /// The certificate is signed by nobody we believe; often a self-signed one.
    UnknownIssuer,
    /// The certificate is for other hosts.
    WrongName,
    /// The certificate has been revoked by its issuer.
    Revoked,
    /// The other side does not speak TLS on this port; often the port for STARTTLS.
    NotTls,
    /// The other side and we have no TLS version or cipher in common.
    NothingInCommon,
    /// Something else, in the words of the TLS library.
    Other(String),
}

impl TlsProblem {
    /// A stable word for the kind, to find its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Expired => "expired",
            Self::NotValidYet => "not_valid_yet",
            Self::UnknownIssuer => "unknown_issuer",
            Self::WrongName => "wrong_name",
            Self::Revoked => "revoked",
            Self::NotTls => "not_tls",
            Self::NothingInCommon => "nothing_in_common",
            Self::Other(_) => "other",
        }
    }

    fn from_rustls(error: &rustls::Error) -> Self {
        match error {
            rustls::Error::InvalidCertificate(certificate) => Self::from_certificate(certificate),
            rustls::Error::InvalidMessage(_) => Self::NotTls,
            rustls::Error::PeerIncompatible(_) => Self::NothingInCommon,
            rustls::Error::AlertReceived(
                rustls::AlertDescription::HandshakeFailure
                | rustls::AlertDescription::ProtocolVersion,
            ) => Self::NothingInCommon,
            other => Self::Other(other.to_string()),
        }
    }

    fn from_certificate(error: &CertificateError) -> Self {
        match error {
            CertificateError::Expired | CertificateError::ExpiredContext { .. } => Self::Expired,
            CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
                Self::NotValidYet
            }
            CertificateError::UnknownIssuer => Self::UnknownIssuer,
            CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
                Self::WrongName
            }
            CertificateError::Revoked => Self::Revoked,
            // Tools make self-signed certificates as those of an authority, and the library has no
            // name of its own for one that a server shows.
            CertificateError::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => {
                Self::UnknownIssuer
            }
            other => Self::Other(other.to_string()),
        }
    }
}

/// Why the handshake ended without a connection.
#[derive(Debug)]
pub enum HandshakeFailed {
    /// TLS itself: certificate, version, cipher, or no TLS at all.
    Tls(TlsProblem),
    /// The connection below it broke.
    Connection(io::Error),
}

/// Makes a TLS connection over an open one and checks that the certificate is for `host`, a name
/// or an address.
pub async fn connect<S>(
    trust: &Trust,
    host: &str,
    stream: S,
) -> Result<TlsStream<S>, HandshakeFailed>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let other = |text: String| HandshakeFailed::Tls(TlsProblem::Other(text));
    let config = trust.client_config().map_err(|error| other(error.to_string()))?;
    let name = ServerName::try_from(host.to_owned()).map_err(|error| other(error.to_string()))?;
    TlsConnector::from(Arc::new(config)).connect(name, stream).await.map_err(handshake_failed)
}

fn handshake_failed(error: io::Error) -> HandshakeFailed {
    let tls = error.get_ref().and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match tls {
        Some(tls) => HandshakeFailed::Tls(TlsProblem::from_rustls(tls)),
        None => HandshakeFailed::Connection(error),
    }
}
