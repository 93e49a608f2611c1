//! Signing in to mail accounts with OAuth 2 (RFC 6749): providers, and our registration with them.

use db::{Result, View, from_row, sql};
use values::{Id, Timestamp};

use super::directory::Directory;

/// A registration of ours.
pub enum Registration {}

/// A provider where people sign in instead of giving a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provider {
    /// Microsoft 365.
    Microsoft,
    /// Google.
    Google,
}

impl Provider {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Microsoft, Self::Google];

    /// The word for it in addresses, in the API and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Microsoft => "microsoft",
            Self::Google => "google",
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Microsoft => "Microsoft 365",
            Self::Google => "Google",
        }
    }

    /// The provider with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|provider| provider.code() == code)
    }
}

/// Who signs in where tokens are asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignIn {
    /// A person, once for each account.
    Person,
    /// Laufzettel itself, for all accounts that the provider's administration lets it open (RFC 6749 section 4.4).
    Application,
}

impl SignIn {
    /// The word for it in forms and in the database.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Application => "application",
        }
    }

    /// The one with this word; a person without one.
    pub fn from_code(code: &str) -> Self {
        if code == Self::Application.code() { Self::Application } else { Self::Person }
    }
}

from_row! {
    /// Our registration with a provider. Nothing of it is secret but the sealed secret.
    #[derive(Clone, Debug)]
    pub struct OAuthClient {
        /// The registration.
        pub id: Id<Registration>,
        /// The word for the provider.
        pub name: String,
        /// What the provider calls us.
        pub client_id: String,
        /// The sealed secret; some registrations have none.
        pub client_secret: Option<Vec<u8>>,
        /// When the secret ends, if that was told.
        pub secret_ends_at: Option<Timestamp>,
        /// The directory of the company (Microsoft).
        pub tenant: Option<String>,
        /// Where people sign in; without one at the provider.
        pub authorize_url: Option<String>,
        /// Where tokens come from; without one from the provider.
        pub token_url: Option<String>,
        /// The word for who signs in, see [`OAuthClient::signs_in`].
        pub sign_in: String,
        /// Grows with each change.
        pub version: i64,
    }
}

impl OAuthClient {
    /// Who signs in.
    pub fn signs_in(&self) -> SignIn {
        SignIn::from_code(&self.sign_in)
    }
}

from_row! {
    /// Somebody signed in to an account.
    #[derive(Clone, Debug)]
    pub struct OAuthLogin {
        /// The word for the provider.
        pub client: String,
        /// The account, in small letters.
        pub account: String,
        /// When the sign-in ends, if the provider said so.
        pub ends_at: Option<Timestamp>,
        /// Why somebody has to sign in again.
        pub problem: Option<String>,
        /// When somebody signed in.
        pub signed_in_at: Timestamp,
    }
}

impl Directory {
    /// Our registration with a provider.
    pub fn oauth_client(&self, provider: &str) -> Option<&OAuthClient> {
        self.oauth_clients.iter().find(|client| client.name == provider)
    }

    /// Whether Laufzettel signs in at a provider itself.
    pub fn is_application(&self, provider: &str) -> bool {
        self.oauth_client(provider).is_some_and(|client| client.signs_in() == SignIn::Application)
    }

    /// Whether there can be tokens for an account: by a person who has signed in, or for Laufzettel itself.
    pub fn may_open(&self, provider: &str, account: &str) -> bool {
        self.is_application(provider) || self.oauth_login(provider, account).is_some()
    }

    /// The sign-in to an account, whatever the case.
    pub fn oauth_login(&self, provider: &str, account: &str) -> Option<&OAuthLogin> {
        let account = account.to_lowercase();
        let is_meant = |login: &&OAuthLogin| login.client == provider && login.account == account;
        self.oauth_logins.iter().find(is_meant)
    }
}

/// All registrations. There is one for each provider at most.
pub async fn clients(view: &mut View<'_>) -> Result<Vec<OAuthClient>> {
    view.all(
        sql!(
            "select id, name, client_id, client_secret, secret_ends_at, tenant, authorize_url,
                    token_url, sign_in, version
             from oauth_client order by name limit 100"
        ),
        [],
    )
    .await
}

/// All sign-ins. There is one for each mail account at most.
pub async fn logins(view: &mut View<'_>) -> Result<Vec<OAuthLogin>> {
    view.all(
        sql!(
            "select client, account, ends_at, problem, signed_in_at
             from oauth_login order by client, account limit 1000"
        ),
        [],
    )
    .await
}
