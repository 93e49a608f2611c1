//! What an account on a mail server needs, whatever the protocol.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

/// A password or token. `Debug` prints `***`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Wraps a secret text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself, for the wire only.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

/// How the connection is protected. What is asked for is had, or there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tls {
    /// TLS from the first octet on (RFC 8314), usually port 993 or 465.
    Implicit,
    /// Clear text until STARTTLS, usually port 143 or 587.
    Starttls,
    /// Clear text to this machine only; any other address is refused before a word is said.
    NoneOnLoopback,
    /// Clear text to wherever it goes. Only if the operator's configuration allows it.
    NoneAnywhere,
}

/// Why there is no access token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoToken {
    /// Nobody has signed in, or the sign-in has ended: a person has to sign in again.
    SignInAgain {
        /// What the authorization server said.
        words: String,
    },
    /// The authorization server does not take us, for example because our secret has ended.
    ClientRefused {
        /// What it said.
        words: String,
    },
    /// The authorization server cannot be reached, or does not answer as it should; trying again
    /// later may help.
    Unavailable {
        /// What the matter is.
        detail: String,
    },
}

impl NoToken {
    /// A stable word for the kind, to find its sentence.
    pub fn code(&self) -> &'static str {
        match self {
            Self::SignInAgain { .. } => "sign_in_again",
            Self::ClientRefused { .. } => "client_refused",
            Self::Unavailable { .. } => "token_unavailable",
        }
    }

    /// What was said.
    pub fn words(&self) -> &str {
        match self {
            Self::SignInAgain { words } | Self::ClientRefused { words } => words,
            Self::Unavailable { detail } => detail,
        }
    }

    /// Whether only a person can mend it.
    pub fn needs_a_person(&self) -> bool {
        !matches!(self, Self::Unavailable { .. })
    }
}

/// An access token that is on its way.
pub type ComingToken<'a> = Pin<Box<dyn Future<Output = Result<Secret, NoToken>> + Send + 'a>>;

/// Where access tokens come from (RFC 6749).
pub trait TokenSource: fmt::Debug + Send + Sync {
    /// A token that is good for the next minutes. A `refused` one is not given again.
    fn token<'a>(&'a self, refused: Option<&'a Secret>) -> ComingToken<'a>;
}

/// How the account proves who it is.
#[derive(Clone, Debug)]
pub enum Login {
    /// A password, by the mechanism that the protocol prefers.
    Password(Secret),
    /// XOAUTH2, or OAUTHBEARER, with a fresh access token.
    OAuthToken(Secret),
    /// The same with tokens that are fetched when they are needed.
    OAuth(Arc<dyn TokenSource>),
}

impl Login {
    /// What is said to the server. A token is fetched, another one than that which was refused.
    pub(crate) async fn ready(&self, refused: Option<&Login>) -> Result<Login, NoToken> {
        match self {
            Self::OAuth(source) => {
                let refused = match refused {
                    Some(Self::OAuthToken(token)) => Some(token),
                    _ => None,
                };
                source.token(refused).await.map(Self::OAuthToken)
            }
            ready => Ok(ready.clone()),
        }
    }

    /// Whether there may be another token after one was refused.
    pub(crate) fn has_another(&self) -> bool {
        matches!(self, Self::OAuth(_))
    }
}
