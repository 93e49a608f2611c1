//! `laufzettel import`: whole archives into the journal, resumable.

use std::io::IsTerminal;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, ValueEnum};

use super::{ConfigFile, open_mailbox, sentence, user};
use crate::App;
use crate::command::say::{self, say};
use crate::feature::intake::line::{Line, thread_of};
use crate::feature::intake::{self, Arrival, Way, archive};

/// Mails in work at the same time: enough to share commits.
const AT_A_TIME: usize = 64;

/// The form of an archive.
#[derive(Clone, Copy, ValueEnum)]
pub enum Form {
    /// One file with many mails, each after a line that begins with "From ".
    Mbox,
    /// A folder with `cur` and `new`.
    Maildir,
    /// One file a mail, or a folder of such files.
    Eml,
}

/// Takes whole archives into the journal. Started again, it goes on where it ended: mails that are
/// there already are left out.
///
/// Example: laufzettel import mbox old.mbox --mailbox support --archive
#[derive(Args)]
pub struct Import {
    /// The form of the archive.
    form: Form,
    /// The file or the folder.
    path: PathBuf,
    /// The mailbox.
    #[arg(long)]
    mailbox: String,
    /// The mails are history: no automatic answers, no notifications, times kept.
    #[arg(long)]
    archive: bool,
    /// Prints the result as JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

#[derive(Default)]
struct Counts {
    taken: u64,
    known: u64,
}

impl Import {
    /// Runs the command.
    pub async fn run(self) -> Result<(), String> {
        let app = self.config.open().await?;
        let result = self.import(&app).await;
        user::close(&app, result).await
    }

    async fn import(&self, app: &App) -> Result<(), String> {
        let directory = app.directory().await.map_err(sentence)?;
        let mailbox = open_mailbox(&directory, &self.mailbox)?;
        let arrival = Arc::new(Arrival {
            mailbox: mailbox.id,
            way: Way::Import,
            envelope_from: None,
            envelope_to: Vec::new(),
            internal_date: None,
            is_archive: self.archive,
        });
        let mails = match self.form {
            Form::Mbox => archive::mbox(&self.path),
            Form::Maildir => archive::maildir(&self.path),
            Form::Eml => archive::eml(&self.path),
        };
        let mut mails =
            mails.map_err(|error| format!("cannot read {}: {error}", self.path.display()))?;
        let counts = self.take_all(app, &arrival, &mut mails).await?;
        self.report(&counts)
    }

    async fn take_all(
        &self,
        app: &App,
        arrival: &Arc<Arrival>,
        mails: &mut archive::Mails,
    ) -> Result<Counts, String> {
        let mut line = Line::default();
        let mut counts = Counts::default();
        while let Some(mail) = tokio::task::block_in_place(|| mails.next()) {
            let bytes =
                mail.map_err(|error| format!("cannot read {}: {error}", self.path.display()))?;
            let thread = thread_of(&bytes);
            while line.len() >= AT_A_TIME || line.has_answered(&thread) {
                self.one_done(&mut line, &mut counts, mails).await?;
            }
            line.begin(thread, take(app.clone(), Arc::clone(arrival), bytes));
        }
        while !line.is_empty() {
            self.one_done(&mut line, &mut counts, mails).await?;
        }
        Ok(counts)
    }

    async fn one_done(
        &self,
        line: &mut Line<db::Result<bool>>,
        counts: &mut Counts,
        mails: &archive::Mails,
    ) -> Result<(), String> {
        if let Some(done) = line.one_done().await {
            self.count(counts, done.flatten().map_err(sentence)?, mails.done_percent());
        }
        Ok(())
    }

    fn count(&self, counts: &mut Counts, is_new: bool, percent: u8) {
        match is_new {
            true => counts.taken += 1,
            false => counts.known += 1,
        }
        let total = counts.taken + counts.known;
        if !self.json && total.is_multiple_of(100) && std::io::stderr().is_terminal() {
            let filled = usize::from(percent) * 30 / 100;
            let bar = "#".repeat(filled);
            say::aside(format_args!("\r[{bar:-<30}] {percent:3} %  {total} mails"));
        }
    }

    fn report(&self, counts: &Counts) -> Result<(), String> {
        let Counts { taken, known } = counts;
        if self.json {
            say!("{}", serde_json::json!({ "taken": taken, "known": known }))
        } else {
            say!("\n{taken} mails taken, {known} were there already.")
        }
    }
}

/// Stores a mail and has it decided; `false` if it was there already.
async fn take(app: App, arrival: Arc<Arrival>, bytes: Vec<u8>) -> db::Result<bool> {
    let stored = intake::store(&app, &arrival, &bytes).await?;
    let is_new = stored.is_new();
    intake::decide(&app, stored).await?;
    Ok(is_new)
}
