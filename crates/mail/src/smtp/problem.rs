//! What can go wrong with a mail server, as a screen explains it.

use std::fmt;

use super::reply::Reply;
use crate::account::NoToken;
use crate::tls::TlsProblem;

/// How far a connection or a mail had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// Name and TCP connection.
    Connect,
    /// The server's first words.
    Greeting,
    /// EHLO or HELO.
    Hello,
    /// STARTTLS.
    Starttls,
    /// The TLS handshake.
    Tls,
    /// The login.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Recipients,
    /// DATA.
    Data,
    /// The mail, without its final dot.
    Body,
    /// The final dot: from here on only the server knows whether it has the mail.
    Dot,
    /// RSET.
    Reset,
    /// QUIT.
    Quit,
}

impl Phase {
    /// A stable word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Connect => "connect",
            Self::Greeting => "greeting",
            Self::Hello => "hello",
            Self::Starttls => "starttls",
            Self::Tls => "tls",
            Self::Auth => "auth",
            Self::Mail => "mail",
            Self::Recipients => "recipients",
            Self::Data => "data",
            Self::Body => "body",
            Self::Dot => "dot",
            Self::Reset => "reset",
            Self::Quit => "quit",
        }
    }
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The name of the host leads to no address.
    HostUnknown,
    /// The name of the host could not be looked up just now.
    LookupFailed {
        /// What the operating system said.
        detail: String,
    },
    /// Nobody listens on this port.
    Refused,
    /// The network does not lead there.
    Unreachable {
        /// What the operating system said.
        detail: String,
    },
    /// The server kept silent, or did not take what we sent.
    TimedOut,
    /// No TLS connection came about.
    TlsFailed {
        /// Certificate, version or no TLS at all.
        detail: TlsProblem,
    },
    /// STARTTLS is asked for and not to be had.
    StarttlsMissing {
        /// The server's answer, if it offered and then refused.
        reply: Option<Reply>,
    },
    /// Clear text is refused, by the server or by us.
    PlaintextRefused,
    /// The server does not take this login. The account must be stopped: trying again may lock it.
    LoginRefused {
        /// What the server said, usually 535, 534 or 530.
        reply: Reply,
    },
    /// The server offers no way to log in that we know.
    LoginUnsupported,
    /// There is no access token to log in with; the server was not asked.
    NoToken(NoToken),
    /// The server's greeting turns us away.
    GreetingRefused {
        /// What the server said, usually 554.
        reply: Reply,
    },
    /// The server refused a command.
    ServerSaid {
        /// What the server said.
        reply: Reply,
    },
    /// The connection ended.
    ConnectionLost {
        /// What the server said when it closed the connection, usually 421.
        reply: Option<Reply>,
    },
    /// The server sent what is not SMTP.
    ProtocolBroken {
        /// What was wrong.
        detail: String,
    },
    /// The server sent an answer without end.
    TooLong,
    /// The calls came in an order that makes no mail: a mistake of ours.
    OutOfOrder,
}

/// Why something with the server did not work. The connection is closed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpProblem {
    /// How far it had come.
    pub phase: Phase,
    /// What went wrong.
    pub kind: ProblemKind,
}

impl SmtpProblem {
    pub(super) const fn new(phase: Phase, kind: ProblemKind) -> Self {
        Self { phase, kind }
    }

    /// A stable word for the kind, to find its sentence.
    pub fn code(&self) -> &'static str {
        match self.kind {
            ProblemKind::HostUnknown => "host_unknown",
            ProblemKind::LookupFailed { .. } => "lookup_failed",
            ProblemKind::Refused => "refused",
            ProblemKind::Unreachable { .. } => "unreachable",
            ProblemKind::TimedOut => "timed_out",
            ProblemKind::TlsFailed { .. } => "tls_failed",
            ProblemKind::StarttlsMissing { .. } => "starttls_missing",
            ProblemKind::PlaintextRefused => "plaintext_refused",
            ProblemKind::LoginRefused { .. } => "login_refused",
            ProblemKind::LoginUnsupported => "login_unsupported",
            ProblemKind::NoToken(ref problem) => problem.code(),
            ProblemKind::GreetingRefused { .. } => "greeting_refused",
            ProblemKind::ServerSaid { .. } => "server_said",
            ProblemKind::ConnectionLost { .. } => "connection_lost",
            ProblemKind::ProtocolBroken { .. } => "protocol_broken",
            ProblemKind::TooLong => "too_long",
            ProblemKind::OutOfOrder => "out_of_order",
        }
    }

    /// The server's own answer, if it gave one.
    pub fn reply(&self) -> Option<&Reply> {
        match &self.kind {
            ProblemKind::LoginRefused { reply }
            | ProblemKind::GreetingRefused { reply }
            | ProblemKind::ServerSaid { reply } => Some(reply),
            ProblemKind::ConnectionLost { reply } | ProblemKind::StarttlsMissing { reply } => {
                reply.as_ref()
            }
            _ => None,
        }
    }

    /// The server's own words, if it said any.
    pub fn server_words(&self) -> Option<&str> {
        match &self.kind {
            ProblemKind::NoToken(problem) => Some(problem.words()),
            _ => self.reply().map(|reply| reply.text.as_str()),
        }
    }

    /// Whether the server may have taken the mail: the final dot, or a part of it, was sent.
    pub fn may_have_been_taken(&self) -> bool {
        self.phase == Phase::Dot
    }

    /// Whether only a person can mend it, so that trying again by itself is useless or harmful.
    pub fn needs_a_person(&self) -> bool {
        match &self.kind {
            ProblemKind::NoToken(problem) => problem.needs_a_person(),
            ProblemKind::TlsFailed { .. }
            | ProblemKind::StarttlsMissing { .. }
            | ProblemKind::PlaintextRefused
            | ProblemKind::LoginRefused { .. }
            | ProblemKind::LoginUnsupported => true,
            _ => false,
        }
    }
}

impl fmt::Display for SmtpProblem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} at {}", self.code(), self.phase.code())?;
        match &self.kind {
            ProblemKind::LookupFailed { detail }
            | ProblemKind::Unreachable { detail }
            | ProblemKind::ProtocolBroken { detail } => write!(formatter, ": {detail}"),
            ProblemKind::TlsFailed { detail: TlsProblem::Other(words) } => {
                write!(formatter, ": {words}")
            }
            ProblemKind::TlsFailed { detail } => write!(formatter, ": {}", detail.code()),
            _ => match self.reply() {
                Some(reply) => write!(formatter, ": {reply}"),
                None => Ok(()),
            },
        }
    }
}

impl std::error::Error for SmtpProblem {}
