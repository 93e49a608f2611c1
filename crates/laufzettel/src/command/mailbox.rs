//! `laufzettel mailbox`: mailboxes from the command line.

use std::io::Read;

use clap::{Args, Subcommand, ValueEnum};
use jiff::civil::Date;
use values::Timestamp;

use super::{ConfigFile, sentence, user};
use crate::App;
use crate::config::Secret;
use crate::feature::mailboxes::{self, MailboxForm, Saved, TestResult, Trouble, Which};
use crate::record::directory::{Directory, by_id};
use crate::record::mailbox::{Mailbox as StoredMailbox, Source, Tls};

/// Mailboxes: where mails come from.
#[derive(Subcommand)]
pub enum Mailbox {
    /// Adds a mailbox. Without --imap-host its mails are brought: by LMTP, `deliver` or the API.
    ///
    /// Example: laufzettel mailbox add --name support --label Support
    /// --address support@example.de --area support
    Add(Box<Add>),
    /// Lists the mailboxes.
    ///
    /// Example: laufzettel mailbox list --json
    List {
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
    /// Signs in to the account of a mailbox and says how far it got. Changes nothing there.
    ///
    /// Example: laufzettel mailbox test --name support
    Test {
        /// The mailbox.
        #[arg(long)]
        name: String,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
}

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, ValueEnum)]
enum Protection {
    /// From the first byte, usually port 993.
    Implicit,
    /// Switched on before signing in, usually port 143.
    Starttls,
    /// Not at all; only for the own machine.
    None,
}

/// What becomes of a mail on the server.
#[derive(Clone, Copy, ValueEnum)]
#[value(rename_all = "snake_case")]
enum AfterImport {
    /// It is marked as read.
    MarkRead,
    /// It is moved to the folder of --move-to.
    Move,
    /// It is deleted.
    Delete,
    /// It stays as it is.
    Keep,
}

/// What a new mailbox is like.
#[derive(Args)]
pub struct Add {
    /// The name for programs: small letters, digits, hyphens.
    #[arg(long)]
    name: String,
    /// The name for people; without it the name.
    #[arg(long)]
    label: Option<String>,
    /// An address of the mailbox; the first one is the main one.
    #[arg(long = "address", value_name = "ADDR", required = true)]
    addresses: Vec<String>,
    /// The key or name of the area of its tickets.
    #[arg(long)]
    area: String,
    /// The IMAP server to fetch mails from.
    #[arg(long, value_name = "HOST", requires = "imap_user")]
    imap_host: Option<String>,
    /// The port; without it 993, or 143 with starttls or none.
    #[arg(long, value_name = "PORT", requires = "imap_host")]
    imap_port: Option<u16>,
    /// The name to sign in with.
    #[arg(long, value_name = "USER", requires = "imap_host")]
    imap_user: Option<String>,
    /// How the connection is protected.
    #[arg(long, value_enum, default_value = "implicit")]
    imap_tls: Protection,
    /// The folder to read.
    #[arg(long, value_name = "FOLDER", default_value = "INBOX")]
    imap_folder: String,
    /// Reads the password of the account from standard input.
    #[arg(long, requires = "imap_host")]
    password_stdin: bool,
    /// What becomes of a mail on the server once it is a ticket.
    #[arg(long, value_enum, default_value = "mark_read")]
    after_import: AfterImport,
    /// The folder for --after-import move.
    #[arg(long, value_name = "FOLDER")]
    move_to: Option<String>,
    /// Mails before this day are left alone: `today` or YYYY-MM-DD. Without it today, for IMAP.
    #[arg(long, value_name = "DAY")]
    from_date: Option<String>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

impl Mailbox {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        match self {
            Self::Add(add) => {
                let app = add.config.open().await?;
                let result = add.run(&app).await;
                user::close(&app, result).await
            }
            Self::List { json, config } => {
                let app = config.open().await?;
                let result = list(&app, json).await;
                user::close(&app, result).await
            }
            Self::Test { name, json, config } => {
                let app = config.open().await?;
                let result = test(&app, &name, json).await;
                user::close(&app, result).await
            }
        }
    }
}

impl Add {
    async fn run(&self, app: &App) -> Result<(), String> {
        let form = self.form(app)?;
        match mailboxes::save(app, &form, Which::New).await.map_err(sentence)? {
            Saved::Done(..) => {}
            Saved::Refused(problems) => {
                let sentences: Vec<String> =
                    problems.into_iter().map(|problem| problem.message).collect();
                return Err(sentences.join("; "));
            }
            Saved::NameTaken | Saved::NotFound | Saved::Stale(_) => {
                return Err(format!(
                    "there is a mailbox {} already; see: laufzettel mailbox list",
                    self.name
                ));
            }
        }
        let directory = app.directory().await.map_err(sentence)?;
        let mailbox = find(&directory, &self.name)?;
        let result = mailboxes::test(app, mailbox).await;
        if self.json {
            println!("{}", shown(&directory, mailbox, Some(&result)));
        } else {
            self.say(mailbox, &result);
        }
        Ok(())
    }

    fn form(&self, app: &App) -> Result<MailboxForm, String> {
        let mut form = MailboxForm::new(&self.name, &self.area);
        form.label = self.label.clone().unwrap_or_else(|| self.name.clone());
        form.addresses.clone_from(&self.addresses);
        form.after_import = match self.after_import {
            AfterImport::MarkRead => "mark_read",
            AfterImport::Move => "move",
            AfterImport::Delete => "delete",
            AfterImport::Keep => "keep",
        }
        .to_owned();
        form.move_to.clone_from(&self.move_to);
        let source = self.source();
        let day = self.from_date.as_deref().or(source.as_ref().map(|_| "today"));
        form.from_date = day.map(|day| begin_of(day, app)).transpose()?;
        if let Some(source) = source {
            form.source = source;
            form.password = self.password_stdin.then(read_password).transpose()?;
        }
        Ok(form)
    }

    fn source(&self) -> Option<Source> {
        let (tls, port) = match self.imap_tls {
            Protection::Implicit => (Tls::Implicit, 993),
            Protection::Starttls => (Tls::Starttls, 143),
            Protection::None => (Tls::None, 143),
        };
        Some(Source::Imap {
            host: self.imap_host.clone()?,
            port: self.imap_port.unwrap_or(port),
            tls,
            user: self.imap_user.clone().unwrap_or_default(),
            folder: self.imap_folder.clone(),
        })
    }

    fn say(&self, mailbox: &StoredMailbox, result: &TestResult) {
        println!("Added {} <{}>.", mailbox.label, mailbox.addresses.replace(' ', ">, <"));
        match (result.trouble(), result.mails_before) {
            (Some(trouble), _) => {
                println!("But no mail can be fetched yet: {}", advice(trouble, mailbox));
                println!(
                    "It is tried again by itself; see: laufzettel mailbox test --name {}",
                    self.name
                );
            }
            (None, Some(before)) if before > 0 => println!(
                "{before} mails came before the first day and are left alone; to take them as well, set an earlier day with --from-date."
            ),
            (None, _) if result.mails.is_some() => println!("The account works."),
            (None, _) => println!("Mails are brought by LMTP, laufzettel deliver or the API."),
        }
    }
}

/// The beginning of a day in the configured zone.
fn begin_of(day: &str, app: &App) -> Result<Timestamp, String> {
    let date = match day {
        "today" => app.today(),
        day => day
            .parse::<Date>()
            .map_err(|_| format!("{day} is no day; write it like 2026-11-25, or today"))?,
    };
    let begin = date
        .to_zoned(app.config.time_zone.clone())
        .map_err(|_| format!("{day} is beyond the calendar; write a day like 2026-11-25"))?;
    Ok(Timestamp::from_millis(begin.timestamp().as_millisecond()))
}

fn read_password() -> Result<Secret, String> {
    let mut text = String::new();
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| format!("cannot read the password from standard input: {error}"))?;
    Ok(Secret(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn find<'a>(directory: &'a Directory, name: &str) -> Result<&'a StoredMailbox, String> {
    directory
        .mailbox(name)
        .ok_or_else(|| format!("there is no mailbox {name}; see: laufzettel mailbox list"))
}

async fn list(app: &App, json: bool) -> Result<(), String> {
    let directory = app.directory().await.map_err(sentence)?;
    for mailbox in &directory.mailboxes {
        if json {
            println!("{}", shown(&directory, mailbox, None));
            continue;
        }
        let from = match mailbox.source() {
            Source::Imap { host, user, .. } => format!("{user} on {host}"),
            Source::Push {} => "brought".to_owned(),
        };
        let off = if mailbox.enabled { "" } else { "  (off)" };
        println!("{:20} {:40} {from}{off}", mailbox.name, mailbox.addresses);
    }
    Ok(())
}

async fn test(app: &App, name: &str, json: bool) -> Result<(), String> {
    let directory = app.directory().await.map_err(sentence)?;
    let mailbox = find(&directory, name)?;
    let result = mailboxes::test(app, mailbox).await;
    if json {
        println!("{}", shown(&directory, mailbox, Some(&result)));
    } else if result.steps.is_empty() {
        println!("{name} has no account: its mails are brought.");
    } else {
        for tested in &result.steps {
            let outcome = if tested.trouble.is_none() { "ok" } else { "failed" };
            println!("{:13} {outcome}", tested.step.code());
        }
        if let Some(mails) = result.mails {
            let before = result.mails_before.unwrap_or_default();
            println!("{mails} mails in the folder, {before} of them before the first day.");
        }
    }
    match result.trouble() {
        Some(trouble) => Err(advice(trouble, mailbox)),
        None => Ok(()),
    }
}

/// A mailbox as JSON; never with its password.
fn shown(
    directory: &Directory,
    mailbox: &StoredMailbox,
    result: Option<&TestResult>,
) -> serde_json::Value {
    let addresses: Vec<&str> = mailbox.addresses.split_whitespace().collect();
    let area = by_id(&directory.areas, mailbox.area.number()).map(|area| area.key.as_str());
    serde_json::json!({
        "name": mailbox.name,
        "label": mailbox.label,
        "addresses": addresses,
        "enabled": mailbox.enabled,
        "area": area,
        "source": mailbox.source(),
        "after_import": mailbox.after_import,
        "move_to": mailbox.move_to,
        "from_date": mailbox.from_date.map(web::iso),
        "test": result.map(|result| tested(result, mailbox)),
    })
}

fn tested(result: &TestResult, mailbox: &StoredMailbox) -> serde_json::Value {
    let steps = result.steps.iter().map(|tested| {
        serde_json::json!({
            "step": tested.step.code(),
            "ok": tested.trouble.is_none(),
            "problem": tested.trouble.as_ref().map(|trouble| trouble.code),
            "detail": tested.trouble.as_ref().map(|trouble| advice(trouble, mailbox)),
        })
    });
    serde_json::json!({
        "steps": steps.collect::<Vec<_>>(),
        "mails": result.mails,
        "mails_before": result.mails_before,
    })
}

/// What is wrong with an account and how to mend it, in one sentence.
pub(super) fn advice(trouble: &Trouble, mailbox: &StoredMailbox) -> String {
    let Source::Imap { host, port, folder, user, .. } = mailbox.source() else {
        return trouble.code.to_owned();
    };
    let words = trouble.words.as_deref().unwrap_or("nothing more");
    match trouble.code {
        "host_unknown" => format!("the host {host} is unknown; check its name"),
        "refused" => format!("nobody listens on {host}, port {port}; check the port"),
        "unreachable" => format!("{host} cannot be reached ({words}); check the network"),
        "timed_out" => format!(
            "{host}, port {port}, does not answer in time ({words}); check host, port and firewall"
        ),
        "tls_failed" if words == "not_tls" => {
            format!("{host}, port {port}, does not speak TLS; use --imap-tls starttls or port 993")
        }
        "tls_failed" => format!(
            "the certificate of {host} cannot be trusted ({words}); ask whoever runs the server, or name its authority in mail_roots_file"
        ),
        "starttls_missing" => {
            format!("{host} does not offer STARTTLS; use --imap-tls implicit and port 993")
        }
        "plaintext_refused" => {
            format!("clear text to {host} is refused; use --imap-tls implicit and port 993")
        }
        "login_refused" => format!(
            "{host} does not take the user {user} or its password ({words}); set the right password"
        ),
        "login_unsupported" => {
            format!("{host} takes no sign-in with user and password; ask whoever runs it")
        }
        "folder_missing" => format!("there is no folder {folder} on {host}; there are: {words}"),
        "server_said" => format!("{host} said: {words}; try again later"),
        "connection_lost" => format!("{host} closed the connection ({words}); try again later"),
        "protocol_broken" => {
            format!("{host}, port {port}, does not speak IMAP ({words}); check the port")
        }
        code => format!("{code}: {words}"),
    }
}
