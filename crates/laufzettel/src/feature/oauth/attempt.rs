//! Somebody is sent to the provider and is expected back with a code.

use std::time::Duration;

use db::{Operation, Result, Tx};
use mail::account::NoToken;
use values::Timestamp;

use super::exchange::Talk;
use super::store::{self, Sent};
use crate::App;
use crate::record::AgentId;
use crate::record::oauth::{OAuthClient, Provider};
use crate::service::keys::sha256;

/// For so long somebody may be away.
const AWAY: Duration = Duration::from_secs(15 * 60);

/// Sends an agent to the provider to sign in to an account. The outcome is the address there.
pub async fn begin(
    app: &App,
    (provider, client): (Provider, &OAuthClient),
    agent: AgentId,
    account: &str,
    back: &str,
) -> Result<std::result::Result<String, NoToken>> {
    let talk = match Talk::new(app, provider, client) {
        Ok(talk) => talk,
        Err(problem) => return Ok(Err(problem)),
    };
    let (address, state, verifier) = talk.sign_in(account);
    let Some(verifier) = app.keys.seal(&verifier, rand::random()) else {
        return Err(db::Failure::other("there is no key to seal with"));
    };
    let now = app.now();
    let sent = Sent {
        client: provider.code().to_owned(),
        account: account.to_lowercase(),
        verifier,
        back: back.to_owned(),
        expires_at: now.plus(AWAY),
    };
    app.db.write(&Send { state: &state, agent, sent: &sent, now }).await?;
    Ok(Ok(address))
}

struct Send<'a> {
    state: &'a str,
    agent: AgentId,
    sent: &'a Sent,
    now: Timestamp,
}

impl Operation for Send<'_> {
    type Outcome = ();

    async fn run(&self, tx: &mut Tx<'_>) -> Result<()> {
        let state_hash = sha256(self.state.as_bytes());
        store::send(tx, &state_hash, self.agent, self.sent, self.now).await
    }
}

/// Takes back what is known of somebody who was sent. A state is good once, for him alone, at the
/// provider he was sent to, and only for a while (RFC 9700 section 2.1).
pub struct ComeBack<'a> {
    /// The state that came with the code.
    pub state: &'a str,
    /// Who came.
    pub agent: AgentId,
    /// From where.
    pub provider: Provider,
    /// The present moment.
    pub now: Timestamp,
}

impl Operation for ComeBack<'_> {
    type Outcome = Option<Sent>;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Option<Sent>> {
        let state_hash = sha256(self.state.as_bytes());
        let sent = store::come_back(tx, &state_hash, self.agent, self.provider.code()).await?;
        Ok(sent.filter(|sent| sent.expires_at >= self.now))
    }
}
