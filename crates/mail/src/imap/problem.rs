//! What can go wrong with an account, as a screen explains it.

use std::fmt;

use crate::account::NoToken;
use crate::tls::TlsProblem;

/// Longest text of a server that we keep, in characters.
const WORDS_MAX: usize = 500;

/// Why something with the account did not work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImapProblem {
    /// The name of the host leads to no address.
    HostUnknown,
    /// Nobody listens on this port.
    Refused,
    /// The network does not lead there; the words are the system's.
    Unreachable {
        /// What the operating system said.
        detail: String,
    },
    /// The server kept silent, or sent too slowly. The connection is closed.
    TimedOut {
        /// What we waited for.
        doing: &'static str,
    },
    /// No TLS connection came about.
    TlsFailed {
        /// Certificate, version or no TLS at all.
        detail: TlsProblem,
    },
    /// STARTTLS is asked for and the server does not offer it.
    StarttlsMissing,
    /// Clear text is refused, by the server or by us.
    PlaintextRefused,
    /// The server knows no such login. The account must be stopped: trying again may lock it.
    LoginRefused {
        /// What the server said.
        words: String,
    },
    /// The server offers no way to log in that we know and the settings allow.
    LoginUnsupported,
    /// There is no access token to log in with; the server was not asked.
    NoToken(NoToken),
    /// There is no folder of this name.
    FolderMissing {
        /// The folders there are, at most 1,000.
        folders: Vec<String>,
    },
    /// The server refused a command; trying again later may help. The connection stays usable.
    ServerSaid {
        /// What the server said.
        words: String,
    },
    /// The connection ended.
    ConnectionLost {
        /// What the server said when it closed the connection, if it did.
        words: Option<String>,
    },
    /// The server sent what is not IMAP. The connection is closed.
    ProtocolBroken {
        /// What was wrong.
        detail: String,
    },
}

impl ImapProblem {
    /// A stable word for the kind, to find its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::HostUnknown => "host_unknown",
            Self::Refused => "refused",
            Self::Unreachable { .. } => "unreachable",
            Self::TimedOut { .. } => "timed_out",
            Self::TlsFailed { .. } => "tls_failed",
            Self::StarttlsMissing => "starttls_missing",
            Self::PlaintextRefused => "plaintext_refused",
            Self::LoginRefused { .. } => "login_refused",
            Self::LoginUnsupported => "login_unsupported",
            Self::NoToken(problem) => problem.code(),
            Self::FolderMissing { .. } => "folder_missing",
            Self::ServerSaid { .. } => "server_said",
            Self::ConnectionLost { .. } => "connection_lost",
            Self::ProtocolBroken { .. } => "protocol_broken",
        }
    }

    /// The server's own words, if it said any: one line without control characters.
    pub fn server_words(&self) -> Option<&str> {
        match self {
            Self::LoginRefused { words } | Self::ServerSaid { words } => Some(words),
            Self::ConnectionLost { words } => words.as_deref(),
            Self::NoToken(problem) => Some(problem.words()),
            _ => None,
        }
    }

    /// Whether only a person can mend it, so that trying again by itself is useless or harmful.
    pub fn needs_a_person(&self) -> bool {
        match self {
            Self::NoToken(problem) => problem.needs_a_person(),
            Self::TlsFailed { .. }
            | Self::StarttlsMissing
            | Self::PlaintextRefused
            | Self::LoginRefused { .. }
            | Self::LoginUnsupported
            | Self::FolderMissing { .. } => true,
            _ => false,
        }
    }

    pub(super) fn broken(detail: impl Into<String>) -> Self {
        Self::ProtocolBroken { detail: detail.into() }
    }

    pub(super) const fn lost() -> Self {
        Self::ConnectionLost { words: None }
    }
}

impl From<NoToken> for ImapProblem {
    fn from(problem: NoToken) -> Self {
        Self::NoToken(problem)
    }
}

impl fmt::Display for ImapProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable { detail } | Self::ProtocolBroken { detail } => {
                write!(formatter, "{}: {detail}", self.code())
            }
            Self::TimedOut { doing } => write!(formatter, "{} while {doing}", self.code()),
            Self::TlsFailed { detail: TlsProblem::Other(words) } => {
                write!(formatter, "{}: {words}", self.code())
            }
            Self::TlsFailed { detail } => write!(formatter, "{}: {}", self.code(), detail.code()),
            _ => match self.server_words() {
                Some(words) => write!(formatter, "{}: {words}", self.code()),
                None => formatter.write_str(self.code()),
            },
        }
    }
}

impl std::error::Error for ImapProblem {}

/// A server's octets as one readable line.
pub(super) fn readable(octets: &[u8]) -> String {
    let text: String = String::from_utf8_lossy(octets)
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(WORDS_MAX)
        .collect();
    text.trim().to_owned()
}
