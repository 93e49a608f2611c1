//! `laufzettel deliver`: takes mails from a pipe or from files into the journal.

use std::io::Read;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{ConfigFile, open_mailbox, sentence, user};
use crate::App;
use crate::command::say::say;
use crate::feature::intake::{self, Arrival, Outcome, Way};

/// How long `deliver` waits for the decision.
const DECISION_WAIT: Duration = Duration::from_secs(10);

/// Takes mails into the journal: standard input without FILE. Prints one JSON line per mail.
///
/// Exit code 0: all mails are durable, whatever was decided about them. 75: the mail server keeps
/// the mail and tries again. 64: an unknown option.
///
/// Example: laufzettel deliver --mailbox support < mail.eml
#[derive(Args)]
pub struct Deliver {
    /// The mailbox.
    #[arg(long)]
    mailbox: String,
    /// The sender in the envelope.
    #[arg(long, value_name = "ADDR")]
    from: Option<String>,
    /// A recipient in the envelope.
    #[arg(long = "to", value_name = "ADDR")]
    to: Vec<String>,
    /// Prints JSON, as it does without this option.
    #[arg(long)]
    json: bool,
    /// The mails.
    files: Vec<PathBuf>,
    #[command(flatten)]
    config: ConfigFile,
}

impl Deliver {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        let app = self.config.open().await?;
        let result = self.deliver_all(&app).await;
        user::close(&app, result).await
    }

    async fn deliver_all(&self, app: &App) -> Result<(), String> {
        let directory = app.directory().await.map_err(sentence)?;
        let mailbox = open_mailbox(&directory, &self.mailbox)?;
        let arrival = Arrival {
            mailbox: mailbox.id,
            way: Way::Deliver,
            envelope_from: self.from.clone(),
            envelope_to: self.to.clone(),
            internal_date: None,
            is_archive: false,
        };
        for bytes in self.mails() {
            let stored = intake::store(app, &arrival, &bytes?).await.map_err(sentence)?;
            // The mail is durable: nothing that goes wrong now may make its sender try again.
            let decided = intake::decide_within(app, stored, DECISION_WAIT).await;
            let outcome = decided.or_else(|_| stored.mail().map(Outcome::accepted).ok_or(()));
            if let Ok(outcome) = outcome {
                say!("{}", outcome.json()).ok();
            }
        }
        Ok(())
    }

    fn mails(&self) -> Box<dyn Iterator<Item = Result<Vec<u8>, String>> + Send + '_> {
        if self.files.is_empty() {
            return Box::new(std::iter::once_with(|| {
                let mut bytes = Vec::new();
                std::io::stdin()
                    .read_to_end(&mut bytes)
                    .map(|_| bytes)
                    .map_err(|error| format!("cannot read the mail from standard input: {error}"))
            }));
        }
        Box::new(self.files.iter().map(|file| {
            std::fs::read(file).map_err(|error| format!("cannot read {}: {error}", file.display()))
        }))
    }
}
