//! `laufzettel token`: tokens for programs that use the API.

use clap::Subcommand;

use super::{ConfigFile, sentence, user};
use crate::App;
use crate::command::say::say;
use crate::feature::tokens::{self, Created, DAYS_MAX};
use crate::record::actor::Scope;

/// Tokens for programs that use the API.
#[derive(Subcommand)]
pub enum Token {
    /// Makes a token for an agent and prints it once.
    ///
    /// Example: laufzettel token create --user mareike@example.de --name ERP --scope tickets:read
    Create {
        /// The agent's address.
        #[arg(long)]
        user: String,
        /// What the token is for.
        #[arg(long)]
        name: String,
        /// What it may be used for; without it everything the agent may do.
        #[arg(long = "scope", value_name = "SCOPE")]
        scopes: Vec<String>,
        /// Days after which it ends, 1 to 3650; without them it never does.
        #[arg(long)]
        expires: Option<u32>,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
}

impl Token {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        let Self::Create { user, name, scopes, expires, json, config } = self;
        let app = config.open().await?;
        let result = create(&app, &user, &name, &scopes, expires, json).await;
        user::close(&app, result).await
    }
}

async fn create(
    app: &App,
    email: &str,
    name: &str,
    scopes: &[String],
    expires: Option<u32>,
    json: bool,
) -> Result<(), String> {
    let name = &super::name(name, "ERP")?;
    let address = user::parse(email)?;
    check_days(expires)?;
    let scopes = parse_scopes(scopes)?;
    let token = tokens::NewToken::make(app, name, &scopes, expires);
    match token.create_for(app, &address).await.map_err(sentence)? {
        Created::Done(id) if json => say!(
            "{}",
            serde_json::json!({ "id": id.to_string(), "name": name, "token": token.secret() })
        ),
        Created::Done(_) => say!("{}", token.secret()),
        Created::NoAgent => {
            Err(format!("there is no agent with the address {address}; see: laufzettel user list"))
        }
    }
}

fn check_days(expires: Option<u32>) -> Result<(), String> {
    match expires {
        Some(days) if !(1..=DAYS_MAX).contains(&days) => Err(format!(
            "a token ends after 1 to {DAYS_MAX} days, not {days}; leave --expires out for one that never ends"
        )),
        _ => Ok(()),
    }
}

fn parse_scopes(codes: &[String]) -> Result<Vec<Scope>, String> {
    if codes.is_empty() {
        return Ok(Scope::ALL.to_vec());
    }
    let known = || Scope::ALL.map(Scope::code).join(", ");
    codes
        .iter()
        .map(|code| {
            Scope::from_code(code)
                .ok_or_else(|| format!("unknown scope {code}; the known ones are {}", known()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_lives_a_day_or_longer() {
        assert!(check_days(None).is_ok() && check_days(Some(1)).is_ok());
        assert!(check_days(Some(3_650)).is_ok());
        for days in [0, 3_651] {
            assert!(check_days(Some(days)).unwrap_err().contains("1 to 3650 days"), "{days}");
        }
    }
}
