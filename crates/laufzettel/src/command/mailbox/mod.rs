//! `laufzettel mailbox`: mailboxes from the command line.

mod add;
mod advice;
mod list;

use clap::Subcommand;
use serde_json::Value;

use super::{ConfigFile, mailbox, sentence, user};
use crate::App;
use crate::command::say::say;
use crate::feature::mailboxes::{self, TestResult};
use crate::record::directory::{Directory, by_id};
use crate::record::mailbox::Mailbox as StoredMailbox;

pub(super) use advice::advice;

/// Mailboxes: where mails come from.
#[derive(Subcommand)]
pub enum Mailbox {
    /// Adds a mailbox. Without --imap-host or --pop3-host its mails are brought: by LMTP, `deliver` or the API.
    ///
    /// Example: laufzettel mailbox add --name support --label Support
    /// --address support@example.de --area support
    Add(Box<add::Add>),
    /// Lists the mailboxes and how each one fares: well, new, troubled (and why), or off.
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
    /// Example: laufzettel mailbox test support
    Test {
        /// The mailbox.
        #[arg(required_unless_present = "option")]
        name: Option<String>,
        /// The mailbox, as the other commands name it.
        #[arg(id = "option", long = "name", value_name = "NAME", conflicts_with = "name")]
        option: Option<String>,
        /// Prints JSON.
        #[arg(long)]
        json: bool,
        #[command(flatten)]
        config: ConfigFile,
    },
}

impl Mailbox {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        match self {
            Self::Add(add) => add.run().await,
            Self::List { json, config } => {
                let app = config.open().await?;
                let result = list::list(&app, json).await;
                user::close(&app, result).await
            }
            Self::Test { name, option, json, config } => {
                let app = config.open().await?;
                let name = name.or(option).unwrap_or_default();
                let result = test(&app, &name, json).await;
                user::close(&app, result).await
            }
        }
    }
}

async fn test(app: &App, name: &str, json: bool) -> Result<(), String> {
    let directory = app.directory().await.map_err(sentence)?;
    let mailbox = mailbox(&directory, name)?;
    let result = mailboxes::test(app, mailbox).await;
    if json {
        say!("{}", shown(&directory, mailbox, "test", tested(&result, mailbox)))?;
    } else if result.steps.is_empty() {
        say!("{name} has no account: its mails are brought.")?;
    } else {
        for tested in &result.steps {
            let outcome = if tested.trouble.is_none() { "ok" } else { "failed" };
            say!("{:13} {outcome}", tested.step.code())?;
        }
        if let Some(mails) = result.mails {
            let before = result.mails_before.unwrap_or_default();
            say!("{mails} mails in the folder, {before} of them before the first day.")?;
        }
    }
    match result.trouble() {
        Some(trouble) => Err(advice(trouble.code, trouble.words.as_deref(), mailbox)),
        None => Ok(()),
    }
}

/// A mailbox as JSON with one thing more; never with its password.
fn shown(directory: &Directory, mailbox: &StoredMailbox, more: &str, value: Value) -> Value {
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
        more: value,
    })
}

fn tested(result: &TestResult, mailbox: &StoredMailbox) -> Value {
    let steps = result.steps.iter().map(|tested| {
        let trouble = tested.trouble.as_ref();
        serde_json::json!({
            "step": tested.step.code(),
            "ok": trouble.is_none(),
            "problem": trouble.map(|trouble| trouble.code),
            "detail": trouble.map(|t| advice(t.code, t.words.as_deref(), mailbox)),
        })
    });
    serde_json::json!({
        "steps": steps.collect::<Vec<_>>(),
        "mails": result.mails,
        "mails_before": result.mails_before,
    })
}
