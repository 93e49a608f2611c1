//! The commands of the binary `laufzettel`.
//!
//! Each command is one file: its arguments and what it does. Errors go to standard error in one
//! sentence that says what to do; data goes to standard output, as JSON where asked.

mod check;
mod deliver;
mod demo;
mod import;
mod mailbox;
mod serve;
mod token;
mod user;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, Parser, Subcommand};

use crate::App;
use crate::config::Config;
use crate::service::clock::Clock;

/// The mail server keeps the mail and tries again (sysexits.h).
const EX_TEMPFAIL: u8 = 75;
/// The command line is wrong (sysexits.h).
const EX_USAGE: u8 = 64;

/// Laufzettel, the e-mail-first ticket system.
#[derive(Parser)]
#[command(name = "laufzettel", version, about, max_term_width = 100)]
struct CommandLine {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Demo(demo::Demo),
    Serve(serve::Serve),
    Deliver(deliver::Deliver),
    Import(import::Import),
    #[command(subcommand)]
    User(user::User),
    #[command(subcommand)]
    Token(token::Token),
    #[command(subcommand)]
    Mailbox(mailbox::Mailbox),
    Check(check::Check),
}

/// Where the configuration is.
#[derive(Args, Clone)]
pub struct ConfigFile {
    /// The configuration; without it the environment and the defaults count.
    #[arg(long, value_name = "FILE", env = "LAUFZETTEL_CONFIG", global = true)]
    config: Option<PathBuf>,
}

impl ConfigFile {
    /// Reads the configuration.
    pub fn load(&self) -> Result<Config, String> {
        let environment: BTreeMap<String, String> = std::env::vars().collect();
        Config::load(self.config.as_deref(), &environment).map_err(|problem| problem.to_string())
    }

    /// Reads the configuration and opens the database.
    pub async fn open(&self) -> Result<App, String> {
        App::open(self.load()?, Clock::System).await.map_err(|problem| problem.to_string())
    }
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    let command = match CommandLine::try_parse() {
        Ok(line) => line.command,
        Err(error) => return usage(&error),
    };
    let is_deliver = matches!(command, Command::Deliver(_));
    match run(command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if is_deliver => ExitCode::from(EX_TEMPFAIL),
        Err(()) => ExitCode::FAILURE,
    }
}

fn usage(error: &clap::Error) -> ExitCode {
    // Nothing can be done if even this cannot be printed.
    error.print().ok();
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => ExitCode::SUCCESS,
        _ => usage_exit_code(error),
    }
}

/// 64 tells a mail server to give the mail back, so `deliver` answers it only for an unknown
/// option: every other mistake on its command line can be mended while the mail waits.
fn usage_exit_code(error: &clap::Error) -> ExitCode {
    let is_deliver = std::env::args().nth(1).is_some_and(|command| command == "deliver");
    match (is_deliver, error.kind()) {
        (true, ErrorKind::UnknownArgument) => ExitCode::from(EX_USAGE),
        (true, _) => ExitCode::from(EX_TEMPFAIL),
        _ => ExitCode::from(2),
    }
}

fn run(command: Command) -> Result<(), ()> {
    let is_server = matches!(command, Command::Demo(_) | Command::Serve(_));
    crate::start_logging(is_server);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(dispatch(command)),
        Err(error) => Err(format!("cannot start: {error}")),
    };
    result.map_err(|sentence| eprintln!("laufzettel: {sentence}"))
}

async fn dispatch(command: Command) -> Result<(), String> {
    match command {
        Command::Demo(demo) => demo.run().await,
        Command::Serve(serve) => serve.run().await,
        Command::Deliver(deliver) => deliver.run().await,
        Command::Import(import) => import.run().await,
        Command::User(user) => user.run().await,
        Command::Token(token) => token.run().await,
        Command::Mailbox(mailbox) => mailbox.run().await,
        Command::Check(check) => check.run().await,
    }
}

/// Turns a failure into the sentence of a command.
fn sentence(failure: db::Failure) -> String {
    failure.to_string()
}
