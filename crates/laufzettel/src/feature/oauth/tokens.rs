//! Access tokens for mail servers: kept until they end, renewed by whoever needs one first.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use db::{Operation, Result, Tx};
use mail::account::{ComingToken, Login, NoToken, Secret, TokenSource};

use super::exchange::Talk;
use super::store::{self, Sealed, StoredTokens};
use crate::App;
use crate::record::AgentId;
use crate::record::oauth::Provider;
use crate::service::lease::{FreeLease, TakeLease};
use crate::service::live;

/// A token that ends sooner is renewed before it is used.
const SPARE: Duration = Duration::from_secs(120);
/// How often and after which time another process is asked whether it has renewed the token.
const TURNS: u32 = 40;
const TURN: Duration = Duration::from_millis(250);

/// How an account is signed in to with the tokens of a provider.
pub fn login(app: &App, provider: &str, account: &str) -> Login {
    Login::OAuth(Arc::new(Tokens {
        app: app.clone(),
        provider: provider.to_owned(),
        account: account.to_lowercase(),
    }))
}

struct Tokens {
    app: App,
    provider: String,
    account: String,
}

impl fmt::Debug for Tokens {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Tokens({} at {})", self.account, self.provider)
    }
}

impl TokenSource for Tokens {
    fn token<'a>(&'a self, refused: Option<&'a Secret>) -> ComingToken<'a> {
        Box::pin(self.find(refused))
    }
}

fn own_trouble(failure: &db::Failure) -> NoToken {
    NoToken::Unavailable { detail: failure.to_string() }
}

impl Tokens {
    fn key(&self) -> (&str, &str) {
        (&self.provider, &self.account)
    }

    /// A token that is good. One process renews it, and in it one task; the others read what came.
    async fn find(&self, refused: Option<&Secret>) -> std::result::Result<Secret, NoToken> {
        if let Some(token) = self.usable(&self.stored().await?, refused) {
            return Ok(token);
        }
        let _turn = self.app.token_turn.lock().await;
        let name = format!("oauth/{}/{}", self.provider, self.account);
        for _ in 0..TURNS {
            if let Some(token) = self.usable(&self.stored().await?, refused) {
                return Ok(token);
            }
            let take = TakeLease { name: &name, holder: self.app.process, now: self.app.now() };
            match self.app.db.write(&take).await.map_err(|failure| own_trouble(&failure))? {
                Some(fence) => {
                    let renewed = self.renew(refused).await;
                    self.app.db.write(&FreeLease { fence: &fence }).await.ok();
                    return renewed;
                }
                None => tokio::time::sleep(TURN).await,
            }
        }
        Err(NoToken::Unavailable { detail: "another process renews the token".to_owned() })
    }

    async fn stored(&self) -> std::result::Result<StoredTokens, NoToken> {
        let (client, account) = self.key();
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
        let refresh = stored.refresh_token.as_deref().and_then(|token| self.app.keys.open(token));
        let refresh = refresh.ok_or_else(|| NoToken::SignInAgain {
            words: "the token does not open with our key".to_owned(),
        })?;
        let ended = self.ask(&refresh).await;
        if let Err(NoToken::SignInAgain { words }) = &ended {
            let spoil = Settle::Spoilt { key: self.key(), words };
            self.app.db.write(&spoil).await.map_err(|failure| own_trouble(&failure))?;
            self.app.forget_lists();
        }
        ended
    }

    async fn ask(&self, refresh: &str) -> std::result::Result<Secret, NoToken> {
        let refused = |words: &str| NoToken::ClientRefused { words: words.to_owned() };
        let directory = self.app.directory().await.map_err(|failure| own_trouble(&failure))?;
        let client = directory.oauth_client(&self.provider);
        let provider = Provider::from_code(&self.provider);
        let (Some(client), Some(provider)) = (client, provider) else {
            return Err(refused("Laufzettel is not registered with this provider"));
        };
        let granted = Talk::new(&self.app, provider, client)?.refresh(refresh).await?;
        let sealed = Sealed::of(&granted, &self.app.keys, self.app.now());
        let sealed = sealed.ok_or_else(|| refused("there is no key to seal with"))?;
        let renewed = Settle::Renewed { key: self.key(), tokens: &sealed };
        self.app.db.write(&renewed).await.map_err(|failure| own_trouble(&failure))?;
        Ok(Secret::new(granted.access))
    }
}

/// What became of a sign-in.
enum Settle<'a> {
    /// It goes on with these tokens.
    Renewed { key: (&'a str, &'a str), tokens: &'a Sealed },
    /// It is over.
    Spoilt { key: (&'a str, &'a str), words: &'a str },
}

impl Operation for Settle<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        match self {
            Self::Renewed { key, tokens } => store::renew(tx, *key, tokens).await,
            Self::Spoilt { key, words } => {
                let code = NoToken::SignInAgain { words: String::new() }.code();
                live::announce(tx, live::LISTS, AgentId::from_number(0));
                store::spoil(tx, *key, (code, words)).await
            }
        }
    }
}
