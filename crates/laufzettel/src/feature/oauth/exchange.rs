//! Talking to the authorization server: codes and refresh tokens become access tokens.

use std::pin::Pin;

use mail::account::NoToken;
use oauth2::basic::{BasicErrorResponse, BasicErrorResponseType as Refusal, BasicTokenType};
use oauth2::basic::{BasicRevocationErrorResponse, BasicTokenIntrospectionResponse};
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, Client, ClientId, ClientSecret, CsrfToken,
    EndpointNotSet, EndpointSet, ExtraTokenFields, HttpRequest, HttpResponse, PkceCodeChallenge,
    PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, StandardRevocableToken,
    StandardTokenResponse, TokenResponse, TokenUrl,
};
use serde::{Deserialize, Serialize};

use super::provider::Endpoints;
use crate::App;
use crate::record::oauth::{OAuthClient, Provider};
use crate::service::web_client::{self, WebFailure};

/// What providers add to their answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Extra {
    /// Seconds until the refresh token ends. Google says so, and Microsoft in some set-ups.
    #[serde(default)]
    refresh_token_expires_in: Option<u64>,
}

impl ExtraTokenFields for Extra {}

type Answer = StandardTokenResponse<Extra, BasicTokenType>;
type Wanting = Client<
    BasicErrorResponse,
    Answer,
    BasicTokenIntrospectionResponse,
    StandardRevocableToken,
    BasicRevocationErrorResponse,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointSet,
>;

/// Tokens as they came.
#[derive(Clone)]
pub struct Granted {
    /// Opens the account for some minutes.
    pub access: String,
    /// Seconds until it ends.
    pub access_seconds: u64,
    /// Brings further access tokens; without one the former goes on.
    pub refresh: Option<String>,
    /// Seconds until the sign-in ends, if the provider says so.
    pub refresh_seconds: Option<u64>,
}

/// An access token without a word about its end lasts for so many seconds.
const USUAL_SECONDS: u64 = 600;

/// A registration with what it needs to talk.
pub struct Talk<'a> {
    app: &'a App,
    provider: Provider,
    wanting: Wanting,
}

impl<'a> Talk<'a> {
    /// Prepares it. `client` must be a registration with this provider.
    pub fn new(app: &'a App, provider: Provider, client: &OAuthClient) -> Result<Self, NoToken> {
        let odd = |what: &str| NoToken::ClientRefused { words: what.to_owned() };
        let Endpoints { authorize, token } = provider.endpoints(client);
        let secret = match &client.client_secret {
            Some(sealed) => {
                let secret =
                    app.keys.open(sealed).ok_or_else(|| odd("the secret does not open"))?;
                Some(ClientSecret::new(secret))
            }
            None => None,
        };
        let authorize = AuthUrl::new(authorize).map_err(|error| odd(&error.to_string()))?;
        let token = TokenUrl::new(token).map_err(|error| odd(&error.to_string()))?;
        let back = RedirectUrl::new(callback(app, provider)).map_err(|e| odd(&e.to_string()))?;
        let wanting = Client::new(ClientId::new(client.client_id.clone()))
            .set_auth_type(AuthType::RequestBody)
            .set_auth_uri(authorize)
            .set_token_uri(token)
            .set_redirect_uri(back);
        let wanting = match secret {
            Some(secret) => wanting.set_client_secret(secret),
            None => wanting,
        };
        Ok(Self { app, provider, wanting })
    }

    /// The address where somebody signs in, the state that comes back with the code, and the
    /// verifier that only we know (RFC 7636).
    pub fn sign_in(&self, account: &str) -> (String, String, String) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let scopes = self.provider.scopes().iter().map(|scope| Scope::new((*scope).to_owned()));
        let request = self
            .wanting
            .authorize_url(CsrfToken::new_random)
            .add_scopes(scopes)
            .add_extra_param("login_hint", account)
            .set_pkce_challenge(challenge);
        let request = self
            .provider
            .extra()
            .iter()
            .fold(request, |request, (name, value)| request.add_extra_param(*name, *value));
        let (url, state) = request.url();
        (url.to_string(), state.into_secret(), verifier.into_secret())
    }

    /// A code becomes tokens.
    pub async fn exchange(&self, code: &str, verifier: String) -> Result<Granted, NoToken> {
        let request = self
            .wanting
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier));
        granted(request.request_async(&self.asking()).await)
    }

    /// An access token for Laufzettel itself (RFC 6749 section 4.4). No person could mend what goes wrong by signing in.
    pub async fn as_application(&self) -> Result<Granted, NoToken> {
        let Some(scope) = self.provider.application_scope() else {
            let words = "this provider knows no sign-in of an application".to_owned();
            return Err(NoToken::ClientRefused { words });
        };
        let request = self.wanting.exchange_client_credentials();
        let request = request.add_scope(Scope::new(scope.to_owned()));
        match granted(request.request_async(&self.asking()).await) {
            Err(NoToken::SignInAgain { words }) => Err(NoToken::ClientRefused { words }),
            ended => ended,
        }
    }

    /// A refresh token becomes an access token.
    pub async fn refresh(&self, token: &str) -> Result<Granted, NoToken> {
        let token = RefreshToken::new(token.to_owned());
        let request = self.wanting.exchange_refresh_token(&token);
        granted(request.request_async(&self.asking()).await)
    }

    fn asking(&self) -> impl Fn(HttpRequest) -> Answering + use<> {
        let trust = self.app.mail_trust.clone();
        move |request| {
            let trust = trust.clone();
            Box::pin(async move { web_client::ask(&trust, request).await })
        }
    }
}

/// Where the provider sends people back to. Each has an address of its own, so that the answer of
/// one cannot be taken for that of another (RFC 9700 section 4.4.2.2).
pub fn callback(app: &App, provider: Provider) -> String {
    format!("{}/oauth/{}/callback", app.config.base_url, provider.code())
}

/// An answer of the provider that is on its way.
type Answering = Pin<Box<dyn Future<Output = Result<HttpResponse, WebFailure>> + Send>>;
type Failed = RequestTokenError<WebFailure, BasicErrorResponse>;

fn granted(answer: Result<Answer, Failed>) -> Result<Granted, NoToken> {
    let answer = answer.map_err(|failed| no_token(&failed))?;
    Ok(Granted {
        access: answer.access_token().secret().clone(),
        access_seconds: answer.expires_in().map_or(USUAL_SECONDS, |time| time.as_secs()),
        refresh: answer.refresh_token().map(|token| token.secret().clone()),
        refresh_seconds: answer.extra_fields().refresh_token_expires_in,
    })
}

/// Longest text of a server that is kept, in characters.
const WORDS_MAX: usize = 500;

fn no_token(failed: &Failed) -> NoToken {
    let refusal = match failed {
        RequestTokenError::ServerResponse(refusal) => refusal,
        RequestTokenError::Request(failure) => {
            return NoToken::Unavailable { detail: failure.to_string() };
        }
        other => return NoToken::Unavailable { detail: clip(&other.to_string()) },
    };
    let words = clip(&refusal.to_string());
    match refusal.error() {
        Refusal::InvalidGrant => NoToken::SignInAgain { words },
        Refusal::Extension(code) if wants_a_person(code) => NoToken::SignInAgain { words },
        Refusal::Extension(code) if passes(code) => NoToken::Unavailable { detail: words },
        _ => NoToken::ClientRefused { words },
    }
}

/// Errors of OpenID Connect (Core 1.0 section 3.1.2.6) by which servers ask for the person.
fn wants_a_person(code: &str) -> bool {
    matches!(code, "interaction_required" | "login_required" | "consent_required")
}

/// Errors that pass (RFC 6749 section 4.1.2.1).
fn passes(code: &str) -> bool {
    matches!(code, "temporarily_unavailable" | "server_error" | "slow_down")
}

fn clip(words: &str) -> String {
    let readable = words.chars().map(|letter| if letter.is_control() { ' ' } else { letter });
    readable.take(WORDS_MAX).collect()
}
