//! Somebody came back from the provider with a code.

use db::{Operation, Result, Tx};
use mail::account::NoToken;
use values::Timestamp;

use super::attempt::ComeBack;
use super::exchange::Talk;
use super::store::{self, Sealed};
use super::users::Users;
use crate::App;
use crate::record::AgentId;
use crate::record::oauth::Provider;
use crate::service::live;

/// Why nobody is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotSignedIn {
    /// The state is unknown, was used, is somebody else's, or is too old.
    UnknownState,
    /// The provider gave no tokens. The person may try again, and goes back there.
    NoToken(NoToken, String),
}

/// A code becomes tokens. The outcome is where the person goes now.
pub async fn finish(
    app: &App,
    provider: Provider,
    agent: AgentId,
    (state, code): (&str, &str),
) -> Result<std::result::Result<String, NotSignedIn>> {
    let come = ComeBack { state, agent, provider, now: app.now() };
    let Some(sent) = app.db.write(&come).await? else {
        return Ok(Err(NotSignedIn::UnknownState));
    };
    let directory = app.directory().await?;
    let again = super::sign_in_page(provider.code(), &sent.account, &sent.back);
    let client = directory.oauth_client(provider.code());
    let (Some(client), Some(verifier)) = (client, app.keys.open(&sent.verifier)) else {
        return Ok(Err(NotSignedIn::UnknownState));
    };
    let granted = match Talk::new(app, provider, client) {
        Ok(talk) => talk.exchange(code, verifier).await,
        Err(problem) => Err(problem),
    };
    let granted = match granted {
        Ok(granted) if granted.refresh.is_none() => {
            let words = "no refresh token came with the access token".to_owned();
            return Ok(Err(NotSignedIn::NoToken(NoToken::ClientRefused { words }, again)));
        }
        Ok(granted) => granted,
        Err(problem) => return Ok(Err(NotSignedIn::NoToken(problem, again))),
    };
    let now = app.now();
    let Some(tokens) = Sealed::of(&granted, &app.keys, now) else {
        return Err(db::Failure::other("there is no key to seal with"));
    };
    let users = Users::of(&directory, provider, Some(&sent.account));
    let key = (provider.code(), sent.account.as_str());
    app.db.write(&SignIn { key, tokens: &tokens, users, now }).await?;
    app.forget_lists();
    app.forget_relaying();
    Ok(Ok(sent.back))
}

/// Keeps the tokens and tries at once what waited for them.
struct SignIn<'a> {
    key: (&'a str, &'a str),
    tokens: &'a Sealed,
    users: Users,
    now: Timestamp,
}

impl Operation for SignIn<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        store::sign_in(tx, self.key, self.tokens, self.now).await?;
        self.users.wake(tx, self.now).await?;
        live::announce(tx, live::LISTS, AgentId::from_number(0));
        Ok(())
    }
}
