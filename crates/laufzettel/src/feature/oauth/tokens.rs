//! Access tokens for mail servers: kept until they end, renewed by whoever needs one first.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use db::{Operation, Result, Tx};
use mail::account::{ComingToken, Login, NoToken, Secret, TokenSource};

use super::exchange::{Granted, Talk};
use super::store::{self, Sealed, StoredTokens};
use crate::App;
use crate::record::AgentId;
use crate::record::oauth::{OAuthClient, Provider};
use crate::service::lease::{Fence, FreeLease, RENEW_EVERY, TakeLease};
use crate::service::live;

/// A token that ends sooner is renewed before it is used.
const SPARE: Duration = Duration::from_secs(120);
/// How often and after which time another process is asked whether it has renewed the token.
const TURNS: u32 = 80;
const TURN: Duration = Duration::from_millis(250);

/// How an account is signed in to with the tokens of a provider.
pub fn login(app: &App, provider: &str, account: &str) -> Login {
    Login::OAuth(Arc::new(Tokens {
        app: app.clone(),
        provider: provider.to_owned(),
        account: Some(account.to_lowercase()),
    }))
}

/// Has the provider give a token to Laufzettel itself: whether the registration works shows at once.
pub async fn try_application(app: &App, provider: &str) -> std::result::Result<(), NoToken> {
    let tokens = Tokens { app: app.clone(), provider: provider.to_owned(), account: None };
    tokens.find_own(None).await.map(drop)
}

#[derive(Clone)]
struct Tokens {
    app: App,
    provider: String,
    /// The account somebody has signed in to; `None` for Laufzettel itself, which opens all of them.
    account: Option<String>,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Tokens({:?} at {})", self.account, self.provider)
    }
}

impl TokenSource for Tokens {
    fn token<'a>(&'a self, refused: Option<&'a Secret>) -> ComingToken<'a> {
        Box::pin(async move {
            let directory = self.app.directory().await.map_err(|failure| own_trouble(&failure))?;
            match directory.is_application(&self.provider) {
                true => Self { account: None, ..self.clone() }.find_own(refused).await,
                false => self.find_own(refused).await,
            }
        })
    }
}

fn own_trouble(failure: &db::Failure) -> NoToken {
    NoToken::Unavailable { detail: failure.to_string() }
}

impl Tokens {
    fn key(&self) -> (&str, &str) {
        (&self.provider, self.account.as_deref().unwrap_or_default())
    }

    /// A token that is good. One process renews it, and in it one task; the others read what came.
    async fn find_own(&self, refused: Option<&Secret>) -> std::result::Result<Secret, NoToken> {
        if let Some(token) = self.usable(&self.stored().await?, refused) {
            return Ok(token);
        }
        // What came must be stored, even if nobody waits for it any more: the token before it may be
        // worth nothing now.
        let (this, refused) = (self.clone(), refused.cloned());
        let renewed = tokio::spawn(async move { this.renew_in_turn(refused.as_ref()).await });
        renewed.await.unwrap_or_else(|error| {
            Err(NoToken::Unavailable { detail: format!("renewing the token ended: {error}") })
        })
    }

    async fn renew_in_turn(
        &self,
        refused: Option<&Secret>,
    ) -> std::result::Result<Secret, NoToken> {
        let name = format!("oauth/{}/{}", self.key().0, self.key().1);
        let turn = self.app.token_turn(&name);
        let _turn = turn.lock().await;
        for _ in 0..TURNS {
            if let Some(token) = self.usable(&self.stored().await?, refused) {
                return Ok(token);
            }
            let take = TakeLease { name: &name, holder: self.app.process, now: self.app.now() };
            match self.app.db.write(&take).await.map_err(|failure| own_trouble(&failure))? {
                Some(fence) => {
                    let renewed = self.under_lease(&fence, refused).await;
                    self.app.db.write(&FreeLease { fence: &fence }).await.ok();
                    return renewed;
                }
                None => tokio::time::sleep(TURN).await,
            }
        }
        Err(NoToken::Unavailable { detail: "another process renews the token".to_owned() })
    }

    /// Renews the token, and the lease as long as the provider takes for it.
    async fn under_lease(
        &self,
        fence: &Fence,
        refused: Option<&Secret>,
    ) -> std::result::Result<Secret, NoToken> {
        let held = async {
            loop {
                tokio::time::sleep(RENEW_EVERY).await;
                let now = self.app.now();
                let take = TakeLease { name: &fence.name, holder: self.app.process, now };
                // Who has lost it goes on: what comes counts only if the token is still the same.
                self.app.db.write(&take).await.ok();
            }
        };
        tokio::select! {
            renewed = self.renew(refused) => renewed,
            () = held => Err(NoToken::Unavailable { detail: String::new() }),
        }
    }

    async fn stored(&self) -> std::result::Result<StoredTokens, NoToken> {
        let (client, account) = self.key();
        if self.account.is_none() {
            let stored = store::application_token(&self.app.db, client).await;
            let stored = stored.map_err(|failure| own_trouble(&failure))?;
            return stored.ok_or_else(not_registered);
        }
        let stored = store::tokens(&self.app.db, client, account).await;
        let again = |words: String| NoToken::SignInAgain { words };
        match stored.map_err(|failure| own_trouble(&failure))? {
            Some(stored) if stored.problem.is_some() => {
                Err(again(stored.words.unwrap_or_default()))
            }
            Some(stored) => Ok(stored),
            None => Err(again("nobody has signed in yet".to_owned())),
        }
    }

    fn usable(&self, stored: &StoredTokens, refused: Option<&Secret>) -> Option<Secret> {
        let is_fresh = stored.access_ends_at? > self.app.now().plus(SPARE);
        let token = Secret::new(self.app.keys.open(stored.access_token.as_deref()?)?);
        (is_fresh && refused != Some(&token)).then_some(token)
    }

    /// Renews the token, unless another process has just done so.
    async fn renew(&self, refused: Option<&Secret>) -> std::result::Result<Secret, NoToken> {
        let stored = self.stored().await?;
        if let Some(token) = self.usable(&stored, refused) {
            return Ok(token);
        }
        if self.account.is_none() {
            return self.ask_as_application().await;
        }
        let sealed = stored.refresh_token.as_deref();
        let refresh = sealed.and_then(|token| Some((token, self.app.keys.open(token)?)));
        let (sealed, refresh) = refresh.ok_or_else(|| NoToken::SignInAgain {
            words: "the token does not open with our key".to_owned(),
        })?;
        let ended = self.ask(sealed, &refresh).await;
        if let Err(NoToken::SignInAgain { words }) = &ended {
            let spoil =
                Settle { key: self.key(), used: sealed, outcome: Outcome::Spoilt { words } };
            let is_ours =
                self.app.db.write(&spoil).await.map_err(|failure| own_trouble(&failure))?;
            self.app.forget_lists();
            if !is_ours {
                // Somebody has signed in meanwhile.
                let found = self.usable(&self.stored().await?, refused);
                return found.map_or(ended, Ok);
            }
        }
        ended
    }

    /// Asks the provider. `sealed` is the token that is used up by that, as it is stored.
    async fn ask(&self, sealed: &[u8], refresh: &str) -> std::result::Result<Secret, NoToken> {
        let (provider, client) = self.registration().await?;
        let granted = Talk::new(&self.app, provider, &client)?.refresh(refresh).await?;
        let tokens = self.sealed(&granted)?;
        let outcome = Outcome::Renewed { tokens: &tokens };
        let renewed = Settle { key: self.key(), used: sealed, outcome };
        self.app.db.write(&renewed).await.map_err(|failure| own_trouble(&failure))?;
        Ok(Secret::new(granted.access))
    }

    /// Asks the provider for a token of our own.
    async fn ask_as_application(&self) -> std::result::Result<Secret, NoToken> {
        let (provider, client) = self.registration().await?;
        let granted = Talk::new(&self.app, provider, &client)?.as_application().await?;
        let tokens = self.sealed(&granted)?;
        let keep = KeepOwn { registration: (&client.name, client.version), tokens: &tokens };
        self.app.db.write(&keep).await.map_err(|failure| own_trouble(&failure))?;
        Ok(Secret::new(granted.access))
    }

    async fn registration(&self) -> std::result::Result<(Provider, OAuthClient), NoToken> {
        let directory = self.app.directory().await.map_err(|failure| own_trouble(&failure))?;
        let client = directory.oauth_client(&self.provider).cloned();
        Provider::from_code(&self.provider).zip(client).ok_or_else(not_registered)
    }

    fn sealed(&self, granted: &Granted) -> std::result::Result<Sealed, NoToken> {
        let sealed = Sealed::of(granted, &self.app.keys, self.app.now());
        sealed.ok_or_else(|| refused("there is no key to seal with"))
    }
}

fn refused(words: &str) -> NoToken {
    NoToken::ClientRefused { words: words.to_owned() }
}

fn not_registered() -> NoToken {
    refused("Laufzettel is not registered with this provider")
}

/// Keeps the token of Laufzettel itself.
struct KeepOwn<'a> {
    registration: (&'a str, i64),
    tokens: &'a Sealed,
}

impl Operation for KeepOwn<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::keep_application_token(tx, self.registration, self.tokens).await
    }
}

/// Writes down what became of a sign-in, unless somebody has signed in anew meanwhile. The outcome
/// says whether it was written.
struct Settle<'a> {
    key: (&'a str, &'a str),
    /// The refresh token that was used, as it is stored.
    used: &'a [u8],
    outcome: Outcome<'a>,
}

/// What became of a sign-in.
enum Outcome<'a> {
    /// It goes on with these tokens.
    Renewed { tokens: &'a Sealed },
    /// It is over.
    Spoilt { words: &'a str },
}

impl Operation for Settle<'_> {
    type Outcome = bool;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<bool> {
        match self.outcome {
            Outcome::Renewed { tokens } => store::renew(tx, self.key, self.used, tokens).await,
            Outcome::Spoilt { words } => {
                let code = NoToken::SignInAgain { words: String::new() }.code();
                live::announce(tx, live::LISTS, AgentId::from_number(0));
                store::spoil(tx, self.key, self.used, (code, words)).await
            }
        }
    }
}
