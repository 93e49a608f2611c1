//! The commands of the binary `laufzettel`.
//!
//! Each command is one file: its arguments and what it does. Errors go to standard error in one
//! sentence that says what to do; data goes to standard output, as JSON where asked.

mod check;
mod deliver;
mod demo;
mod import;
mod mailbox;
mod moving;
mod say;
mod serve;
mod token;
mod user;

use std::collections::BTreeMap;
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, Parser, Subcommand};
use db::FailureKind;

use crate::App;
use crate::config::Config;
use crate::record::directory::Directory;
use crate::record::mailbox::Mailbox as StoredMailbox;
use crate::service::clock::Clock;

/// The mail server keeps the mail and tries again (sysexits.h).
const EX_TEMPFAIL: u8 = 75;
/// The command line is wrong (sysexits.h).
const EX_USAGE: u8 = 64;
/// The command line of anything else than `deliver` is wrong.
const USAGE: u8 = 2;

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
    Move(moving::Move),
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
    // A mail server that reads another code than these gives the mail back.
    match catch_unwind(AssertUnwindSafe(|| run(command))).unwrap_or(Err(())) {
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
        kind => {
            let arguments: Vec<String> = std::env::args().skip(1).collect();
            ExitCode::from(usage_exit_code(kind, &arguments))
        }
    }
}

/// 64 tells a mail server to give the mail back, so `deliver` answers it only for an unknown
/// option: every other mistake on its command line can be mended while the mail waits.
fn usage_exit_code(kind: ErrorKind, arguments: &[String]) -> u8 {
    match (is_deliver(arguments), kind) {
        (true, ErrorKind::UnknownArgument) => EX_USAGE,
        (true, _) => EX_TEMPFAIL,
        _ => USAGE,
    }
}

/// Whether the first command on a command line is `deliver`, wherever the mistake stands.
fn is_deliver(arguments: &[String]) -> bool {
    let known = CommandLine::command();
    let mut words = arguments.iter().map(String::as_str);
    words.find(|word| known.find_subcommand(word).is_some()) == Some("deliver")
}

fn run(command: Command) -> Result<(), ()> {
    let is_server = matches!(command, Command::Demo(_) | Command::Serve(_));
    crate::start_logging(is_server);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let result = match runtime {
        Ok(runtime) => runtime.block_on(dispatch(command)),
        Err(error) => Err(format!("cannot start: {error}")),
    };
    result.map_err(|sentence| say::aside(format_args!("laufzettel: {sentence}\n")))
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
        Command::Move(moving) => moving.run().await,
    }
}

/// Keeps a second server, or a move, off an embedded database, until the file is dropped.
fn folder_lock(config: &Config) -> Result<File, String> {
    let path = config.data_dir.join("serve.lock");
    let shown = path.display();
    let file = File::create(&path).map_err(|error| format!("cannot make {shown}: {error}"))?;
    file.try_lock().map_err(|_| {
        format!("another laufzettel serves {}; stop it first", config.data_dir.display())
    })?;
    Ok(file)
}

/// Turns a failure into the sentence of a command.
fn sentence(failure: db::Failure) -> String {
    match failure.kind() {
        FailureKind::StorageFull => {
            format!(
                "no space is left for the database ({failure}); free space on its disk and try again"
            )
        }
        FailureKind::Busy => {
            format!("another program holds the database ({failure}); try again when it has ended")
        }
        _ => failure.to_string(),
    }
}

/// A name for people, on one line.
fn name(text: &str, example: &str) -> Result<String, String> {
    crate::api::name("name", text)
        .map_err(|_| format!("a name has 1 to 200 letters; write it like --name \"{example}\""))
}

/// The mailbox with this name.
fn mailbox<'a>(directory: &'a Directory, name: &str) -> Result<&'a StoredMailbox, String> {
    directory
        .mailbox(name)
        .ok_or_else(|| format!("there is no mailbox {name}; see: laufzettel mailbox list"))
}

/// The mailbox with this name, if it takes mails.
fn open_mailbox<'a>(directory: &'a Directory, name: &str) -> Result<&'a StoredMailbox, String> {
    let mailbox = mailbox(directory, name)?;
    if !directory.mail_rules.processing {
        return Err("the settings say that no mails are processed; switch it on under /settings/mails or by the API (PATCH /api/v1/settings with \"mails\": {\"processing\": true})".to_owned());
    }
    match mailbox.enabled {
        true => Ok(mailbox),
        false => Err(format!(
            "the mailbox {name} is switched off; switch it on by the API (PATCH /api/v1/mailboxes/{name} with \"enabled\": true), or name another one, see: laufzettel mailbox list"
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exit_code(line: &str) -> u8 {
        let arguments: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let whole = std::iter::once("laufzettel".to_owned()).chain(arguments.clone());
        match CommandLine::try_parse_from(whole) {
            Ok(_) => 0,
            Err(error) => usage_exit_code(error.kind(), &arguments),
        }
    }

    #[test]
    fn a_mistake_on_the_command_line_of_deliver_never_ends_with_2() {
        let table = [
            ("deliver --mailbox a", 0),
            ("deliver --mailbox a --json", 0),
            ("deliver --mailbox a --foo", 64),
            ("--foo deliver --mailbox a", 64),
            ("--foo x deliver", 64),
            ("deliver", 75),
            ("deliver --mailbox", 75),
            ("--foo user list", 2),
            ("token create --name deliver", 2),
            ("unknown", 2),
        ];
        for (line, expected) in table {
            assert_eq!(exit_code(line), expected, "{line}");
        }
    }

    #[test]
    fn a_mailbox_is_tried_by_its_name_with_or_without_the_option() {
        assert_eq!(exit_code("mailbox test support"), 0);
        assert_eq!(exit_code("mailbox test --name support"), 0);
        assert_eq!(exit_code("mailbox test"), 2);
    }

    #[test]
    fn a_full_disk_says_to_free_space() {
        let failure = db::Failure::of_kind(FailureKind::StorageFull, "disk is full");
        assert!(sentence(failure).contains("free space"));
    }

    #[test]
    fn a_name_is_not_empty() {
        assert_eq!(name(" Mareike  Thoms ", "x").unwrap(), "Mareike Thoms");
        for empty in ["", "  ", "\u{7}"] {
            assert!(name(empty, "ERP").unwrap_err().contains("--name \"ERP\""), "{empty:?}");
        }
    }
}
