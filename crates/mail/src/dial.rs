//! From a host name to an open TCP connection.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::account::Tls;

/// What the C libraries say where a name leads nowhere; everything else may pass. The codes behind
/// the words do not come through the standard library.
const NO_SUCH_NAME: [&str; 3] =
    ["Name or service not known", "No address associated with hostname", "Name does not resolve"];

/// Both directions of a connection.
pub(crate) trait Duplex: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Duplex for S {}

/// Why there is no connection.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum DialFailed {
    /// The name leads to no address.
    HostUnknown,
    /// The name could not be looked up just now; the words are the system's.
    LookupFailed(String),
    LookupTimedOut,
    /// Nobody listens on this port.
    Refused,
    /// The network does not lead there; the words are the system's.
    Unreachable(String),
    TimedOut,
    /// The address is another machine's, and clear text is allowed to this one only.
    PlaintextRefused,
}

/// Connects to the first address of the host that answers. The patience is for looking up the
/// name and for each address.
pub(crate) async fn dial(
    host: &str,
    port: u16,
    tls: Tls,
    patience: Duration,
) -> Result<TcpStream, DialFailed> {
    let found = timeout(patience, tokio::net::lookup_host((host, port))).await;
    let addresses: Vec<SocketAddr> = match found {
        Ok(Ok(addresses)) => addresses.collect(),
        Ok(Err(error)) => return Err(lookup_failed(&error)),
        Err(_) => return Err(DialFailed::LookupTimedOut),
    };
    let mut problem = DialFailed::HostUnknown;
    for address in addresses {
        if tls == Tls::NoneOnLoopback && !address.ip().is_loopback() {
            return Err(DialFailed::PlaintextRefused);
        }
        problem = match timeout(patience, TcpStream::connect(address)).await {
            Ok(Ok(tcp)) => match tcp.set_nodelay(true) {
                Ok(()) => return Ok(tcp),
                Err(error) => unreachable(&error),
            },
            Ok(Err(error)) => unreachable(&error),
            Err(_) => DialFailed::TimedOut,
        };
    }
    Err(problem)
}

fn lookup_failed(error: &io::Error) -> DialFailed {
    let words = error.to_string();
    match NO_SUCH_NAME.iter().any(|known| words.contains(known)) {
        true => DialFailed::HostUnknown,
        false => DialFailed::LookupFailed(words),
    }
}

fn unreachable(error: &io::Error) -> DialFailed {
    match error.kind() {
        io::ErrorKind::ConnectionRefused => DialFailed::Refused,
        _ => DialFailed::Unreachable(error.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_name_that_is_known_not_to_exist_is_unknown() {
        let failed = |words: &str| {
            lookup_failed(&io::Error::other(format!(
                "failed to lookup address information: {words}"
            )))
        };
        assert_eq!(failed("Name or service not known"), DialFailed::HostUnknown);
        let temporary =
            "failed to lookup address information: Temporary failure in name resolution";
        assert_eq!(
            failed("Temporary failure in name resolution"),
            DialFailed::LookupFailed(temporary.to_owned())
        );
    }
}
