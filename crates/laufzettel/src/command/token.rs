//! `laufzettel token`: tokens for programs that use the API.

use clap::Subcommand;

use super::{ConfigFile, sentence, user};
use crate::App;
use crate::feature::tokens::{self, Created};
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
        /// Days after which it ends.
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
    let address = user::parse(email)?;
    let scopes = parse_scopes(scopes)?;
    let token = tokens::NewToken::make(app, name, &scopes, expires);
    match token.create_for(app, &address).await.map_err(sentence)? {
        Created::Done(id) if json => println!(
            "{}",
            serde_json::json!({ "id": id.to_string(), "name": name, "token": token.secret() })
        ),
        Created::Done(_) => println!("{}", token.secret()),
        Created::NoAgent => {
            return Err(format!(
                "there is no agent with the address {address}; see: laufzettel user list"
            ));
        }
    }
    Ok(())
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
