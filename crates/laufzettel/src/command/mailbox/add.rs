//! `laufzettel mailbox add`: a new mailbox.

use std::io::Read;

use clap::{Args, ValueEnum};
use jiff::civil::Date;
use values::Timestamp;
use web::FieldProblem;

use super::{ConfigFile, advice, mailbox, sentence, shown, tested, user};
use crate::App;
use crate::command::say::say;
use crate::config::Secret;
use crate::feature::mailboxes::{self, MailboxForm, Saved, TestResult, Which};
use crate::record::administration::By;
use crate::record::mailbox::{Mailbox as StoredMailbox, Source, Tls};

/// How a connection to a mail server is protected.
#[derive(Clone, Copy, ValueEnum)]
enum Protection {
    /// From the first byte, usually port 993, or 995 for POP3.
    Implicit,
    /// Switched on before signing in, usually port 143, or 110 for POP3.
    Starttls,
    /// Not at all; only for the own machine.
    None,
}

impl Protection {
    /// What it is, and the usual port for it: with TLS from the first byte, and without.
    fn with_port(self, implicit: u16, clear: u16) -> (Tls, u16) {
        match self {
            Self::Implicit => (Tls::Implicit, implicit),
            Self::Starttls => (Tls::Starttls, clear),
            Self::None => (Tls::None, clear),
        }
    }
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
    #[arg(long, value_name = "HOST", requires = "imap_user", group = "account")]
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
    /// The POP3 server to fetch mails from, instead of one by IMAP.
    #[arg(long, value_name = "HOST", requires = "pop3_user", group = "account")]
    pop3_host: Option<String>,
    /// The port; without it 995, or 110 with starttls or none.
    #[arg(long, value_name = "PORT", requires = "pop3_host")]
    pop3_port: Option<u16>,
    /// The name to sign in with.
    #[arg(long, value_name = "USER", requires = "pop3_host")]
    pop3_user: Option<String>,
    /// How the connection is protected.
    #[arg(long, value_enum, default_value = "implicit")]
    pop3_tls: Protection,
    /// Reads the password of the account from standard input.
    #[arg(long, requires = "account", conflicts_with = "oauth")]
    password_stdin: bool,
    /// Instead of a password: the provider where somebody signed in, or Laufzettel does itself: microsoft or google.
    #[arg(long, value_name = "PROVIDER", requires = "account")]
    oauth: Option<String>,
    /// A shared mailbox: the account that signed in there and may open it.
    #[arg(long, value_name = "ADDR", requires = "oauth")]
    oauth_account: Option<String>,
    /// What becomes of a mail on the server once it is a ticket; without it mark_read, for POP3 keep.
    #[arg(long, value_enum)]
    after_import: Option<AfterImport>,
    /// The folder for --after-import move.
    #[arg(long, value_name = "FOLDER")]
    move_to: Option<String>,
    /// Mails before this day are left alone: `today` or YYYY-MM-DD. Without it today, for an account.
    #[arg(long, value_name = "DAY")]
    from_date: Option<String>,
    /// Prints JSON.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    config: ConfigFile,
}

impl Add {
    /// Runs the command.
    pub async fn run(&self) -> Result<(), String> {
        let app = self.config.open().await?;
        let result = self.add(&app).await;
        user::close(&app, result).await
    }

    async fn add(&self, app: &App) -> Result<(), String> {
        let form = self.form(app)?;
        let by = By::command(&app.ids, app.now());
        match mailboxes::save(app, &form, Which::New, by).await.map_err(sentence)? {
            Saved::Done(..) => {}
            Saved::Refused(problems) => {
                let sentences: Vec<String> = problems.into_iter().map(refused).collect();
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
        let mailbox = mailbox(&directory, &self.name)?;
        let result = mailboxes::test(app, mailbox).await;
        if self.json {
            say!("{}", shown(&directory, mailbox, "test", tested(&result, mailbox)))
        } else {
            self.tell(mailbox, &result)
        }
    }

    fn form(&self, app: &App) -> Result<MailboxForm, String> {
        let mut form = MailboxForm::new(&self.name, &self.area);
        form.label = self.label.clone().unwrap_or_else(|| self.name.clone());
        form.addresses.clone_from(&self.addresses);
        let usual = match self.pop3_host {
            Some(_) => AfterImport::Keep,
            None => AfterImport::MarkRead,
        };
        form.after_import = match self.after_import.unwrap_or(usual) {
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
        let (oauth, oauth_account) = (self.oauth.clone(), self.oauth_account.clone());
        if let Some(host) = self.pop3_host.clone() {
            let (tls, port) = self.pop3_tls.with_port(995, 110);
            let port = self.pop3_port.unwrap_or(port);
            let user = self.pop3_user.clone().unwrap_or_default();
            return Some(Source::Pop3 { host, port, tls, user, oauth, oauth_account });
        }
        let (tls, port) = self.imap_tls.with_port(993, 143);
        Some(Source::Imap {
            host: self.imap_host.clone()?,
            port: self.imap_port.unwrap_or(port),
            tls,
            user: self.imap_user.clone().unwrap_or_default(),
            folder: self.imap_folder.clone(),
            oauth,
            oauth_account,
        })
    }

    fn tell(&self, mailbox: &StoredMailbox, result: &TestResult) -> Result<(), String> {
        say!("Added {} <{}>.", mailbox.label, mailbox.addresses.replace(' ', ">, <"))?;
        match (result.trouble(), result.mails_before) {
            (Some(trouble), _) => {
                say!(
                    "But no mail can be fetched yet: {}",
                    advice(trouble.code, trouble.words.as_deref(), mailbox)
                )?;
                say!("It is tried again by itself; see: laufzettel mailbox test {}", self.name)
            }
            (None, Some(before)) if before > 0 => say!(
                "{before} mails came before the first day and are left alone; to take them as well, set an earlier day with --from-date."
            ),
            (None, _) if result.mails.is_some() => say!("The account works."),
            (None, _) => say!("Mails are brought by LMTP, laufzettel deliver or the API."),
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

/// What is wrong with a field, and which option mends it where the words of the form do not say.
fn refused(problem: FieldProblem) -> String {
    match problem.field.as_str() {
        "source.password" => "an account needs its password; hand it over with --password-stdin, like: laufzettel mailbox add … --password-stdin < FILE".to_owned(),
        _ => problem.message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_password_names_the_option() {
        let problem = FieldProblem {
            field: "source.password".to_owned(),
            code: "missing".to_owned(),
            message: "an account needs its password".to_owned(),
        };
        assert!(refused(problem).contains("--password-stdin"));
    }
}
