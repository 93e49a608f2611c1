//! `laufzettel user`: agents from the command line.

use std::io::Read;

use clap::Subcommand;
use rules::right::Role;
use values::EmailAddress;

use super::{ConfigFile, sentence};
use crate::App;
use crate::command::say::say;
use crate::feature::agents::{self, AddAgent, Added, SetPassword};
use crate::feature::signin::password;
use crate::record::administration::By;

/// Agents: who may sign in.
#[derive(Subcommand)]
pub enum User {
    /// Adds an agent.
    ///
    /// Example: laufzettel user add --name "Mareike Thoms" --email mareike@example.de --admin
    Add {
        /// The name.
        #[arg(long)]
        name: String,
        /// The address to sign in with.
        #[arg(long)]
        email: String,
        /// Makes the agent an administrator.
        #[arg(long)]
        admin: bool,
        /// Reads the password from standard input; without it one is made and printed.
        #[arg(long)]
        password_stdin: bool,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Lists the agents.
    ///
    /// Example: laufzettel user list --json
    List {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Sets a new password and ends all sessions of the agent.
    ///
    /// Example: laufzettel user password --email mareike@example.de --password-stdin
    Password {
        /// The agent's address.
        #[arg(long)]
        email: String,
        /// Reads the password from standard input; without it one is made and printed.
        #[arg(long)]
        password_stdin: bool,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
}

impl User {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        match self {
            Self::Add { name, email, admin, password_stdin, json, config } => {
                let app = config.open().await?;
                let result = add(&app, &name, &email, role(admin), password_stdin, json).await;
                close(&app, result).await
            }
            Self::List { json, config } => {
                let app = config.open().await?;
                let result = list(&app, json).await;
                close(&app, result).await
            }
            Self::Password { email, password_stdin, json, config } => {
                let app = config.open().await?;
                let result = set_password(&app, &email, password_stdin, json).await;
                close(&app, result).await
            }
        }
    }
}

/// Gives the process number back, whatever the command did.
pub(super) async fn close(app: &App, result: Result<(), String>) -> Result<(), String> {
    let closed = app.close().await.map_err(sentence);
    result.and(closed)
}

fn role(admin: bool) -> Role {
    if admin { Role::Administrator } else { Role::Agent }
}

async fn add(
    app: &App,
    name: &str,
    email: &str,
    role: Role,
    password_stdin: bool,
    json: bool,
) -> Result<(), String> {
    let name = super::name(name, "Mareike Thoms")?;
    let address = parse(email)?;
    let (secret, is_made) = read_or_make(password_stdin)?;
    let password_hash = password::hash(&secret).await.map_err(sentence)?;
    let add = AddAgent {
        name: &name,
        email: &address,
        role,
        password_hash: Some(&password_hash),
        ids: &app.ids,
        now: app.now(),
    };
    match app.db.write(&add).await.map_err(sentence)? {
        Added::Done(agent) => {
            if json {
                let mut value = serde_json::Map::new();
                value.insert("id".to_owned(), agent.to_string().into());
                value.insert("email".to_owned(), address.as_str().into());
                value.insert("name".to_owned(), name.into());
                if is_made {
                    value.insert("password".to_owned(), secret.into());
                }
                let value = serde_json::Value::from(value);
                say!("{value}")?;
            } else {
                say!("Added {name} <{address}>.")?;
                if is_made {
                    say!("Password: {secret}")?;
                }
            }
            Ok(())
        }
        Added::EmailOurs => Err(format!(
            "{address} is the address of a mailbox or a sender, so everybody would read what is sent to this agent; name another one"
        )),
        Added::EmailTaken => Err(format!(
            "there is an agent with the address {address} already; set a password with: laufzettel user password --email {address}"
        )),
    }
}

async fn list(app: &App, json: bool) -> Result<(), String> {
    for agent in agents::list(&app.db).await.map_err(sentence)? {
        if json {
            say!(
                "{}",
                serde_json::json!({
                    "id": agent.id.to_string(), "name": agent.name, "email": agent.email,
                    "role": agent.role, "active": agent.active,
                })
            )?;
        } else {
            let state = if agent.active { "" } else { "  (off)" };
            say!("{:30} {:40} {}{state}", agent.name, agent.email, agent.role)?;
        }
    }
    Ok(())
}

async fn set_password(
    app: &App,
    email: &str,
    password_stdin: bool,
    json: bool,
) -> Result<(), String> {
    let address = parse(email)?;
    let (secret, is_made) = read_or_make(password_stdin)?;
    let password_hash = password::hash(&secret).await.map_err(sentence)?;
    let set = SetPassword {
        email: &address,
        password_hash: &password_hash,
        by: By::command(&app.ids, app.now()),
    };
    if !app.db.write(&set).await.map_err(sentence)? {
        return Err(format!(
            "there is no agent with the address {address}; see: laufzettel user list"
        ));
    }
    match (json, is_made) {
        (true, true) => {
            say!("{}", serde_json::json!({ "email": address.as_str(), "password": secret }))
        }
        (true, false) => say!("{}", serde_json::json!({ "email": address.as_str() })),
        (false, true) => say!("Password: {secret}"),
        (false, false) => Ok(()),
    }
}

pub(super) fn parse(email: &str) -> Result<EmailAddress, String> {
    EmailAddress::parse(email)
        .map_err(|_| format!("{email} is not an address; write it like anna@example.de"))
}

/// The password from standard input, or a new one (and whether it is new).
fn read_or_make(from_stdin: bool) -> Result<(String, bool), String> {
    if !from_stdin {
        return Ok((password::make(rand::random()), true));
    }
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| format!("cannot read the password from standard input: {error}"))?;
    let secret = text.trim_end_matches(['\r', '\n']).to_owned();
    match password::is_long_enough(&secret) {
        true => Ok((secret, false)),
        false => Err(format!("a password needs at least {} characters", password::LENGTH_MIN)),
    }
}
