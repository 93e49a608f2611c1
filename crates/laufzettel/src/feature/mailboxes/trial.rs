//! Trying an account: step by step, as far as it gets, and what lies there.

use mail::imap::{ImapProblem, ImapSettings, Session, Tls, connect};
use mail::pop3;
use values::Timestamp;

use crate::App;
use crate::feature::fetch;
use crate::record::mailbox::Mailbox;

/// A step of trying an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TestStep {
    /// The server answers.
    Connected,
    /// The connection is protected as wanted.
    Protected,
    /// Name and password are right.
    SignedIn,
    /// The folder is there.
    FolderFound,
}

impl TestStep {
    /// All steps, in order.
    pub const ALL: [Self; 4] =
        [Self::Connected, Self::Protected, Self::SignedIn, Self::FolderFound];

    /// The word for it on the command line and in the API.
    pub fn code(self) -> &'static str {
        match self {
            Self::Connected => "connected",
            Self::Protected => "protected",
            Self::SignedIn => "signed_in",
            Self::FolderFound => "folder_found",
        }
    }
}

/// Why a step did not work out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The code of [`ImapProblem`].
    pub code: &'static str,
    /// What the server or the system said, or which folders there are.
    pub words: Option<String>,
}

/// One step and how it went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tested {
    /// The step.
    pub step: TestStep,
    /// What is wrong, or `None` if it worked.
    pub trouble: Option<Trouble>,
}

/// How trying an account went.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TestResult {
    /// The steps as far as it got; none for a mailbox whose mails are brought.
    pub steps: Vec<Tested>,
    /// How many mails are in the folder.
    pub mails: Option<u64>,
    /// How many of them came before the day from which mails are fetched.
    pub mails_before: Option<u64>,
}

impl TestResult {
    /// What is wrong, if anything is.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.steps.iter().find_map(|tested| tested.trouble.as_ref())
    }

    fn of_problem(problem: &ImapProblem, step: TestStep) -> Self {
        let done = TestStep::ALL.into_iter().take_while(|before| *before != step);
        let mut steps: Vec<Tested> = done.map(|step| Tested { step, trouble: None }).collect();
        let trouble = Trouble { code: problem.code(), words: words(problem) };
        steps.push(Tested { step, trouble: Some(trouble) });
        Self { steps, ..Self::default() }
    }

    /// Without the step that protects the connection, where nothing was to protect it.
    fn protected_by(mut self, settings: &ImapSettings) -> Self {
        let is_real = |one: &Tested| one.step != TestStep::Protected || one.trouble.is_some();
        if is_plain(settings) {
            self.steps.retain(is_real);
        }
        self
    }
}

/// Tries the account of a mailbox. Nothing on the server is changed.
pub async fn test(app: &App, mailbox: &Mailbox) -> TestResult {
    match fetch::account(app, mailbox) {
        Some(account) if account.speaks_pop3() => {
            try_pop3(&account.settings).await.protected_by(&account.settings)
        }
        Some(account) => try_out(&account.settings, &account.folder, mailbox.from_date).await,
        None => TestResult::default(),
    }
}

/// Tries an account, and counts the mails before a day. Nothing on the server is changed.
pub async fn try_out(settings: &ImapSettings, folder: &str, from: Option<Timestamp>) -> TestResult {
    try_imap(settings, folder, from).await.protected_by(settings)
}

async fn try_imap(settings: &ImapSettings, folder: &str, from: Option<Timestamp>) -> TestResult {
    let mut session = match connect(settings).await {
        Ok(session) => session,
        Err(problem) => {
            return TestResult::of_problem(&problem, failed_step(&problem, is_plain(settings)));
        }
    };
    let result = look(&mut session, folder, from).await;
    // What the server answers to a farewell changes nothing.
    session.logout().await.ok();
    result.unwrap_or_else(|problem| TestResult::of_problem(&problem, TestStep::FolderFound))
}

/// Tries an account by POP3. It has one folder, and no days by which mails could be counted.
async fn try_pop3(settings: &ImapSettings) -> TestResult {
    let listed = match pop3::connect(settings).await {
        Ok(mut session) => {
            let listed = session.list().await;
            // What the server answers to a farewell changes nothing.
            session.quit().await.ok();
            listed
        }
        Err(problem) => {
            return TestResult::of_problem(&problem, failed_step(&problem, is_plain(settings)));
        }
    };
    match listed {
        Ok(mails) => TestResult {
            steps: TestStep::ALL.map(|step| Tested { step, trouble: None }).to_vec(),
            mails: Some(mails.len() as u64),
            mails_before: None,
        },
        Err(problem) => TestResult::of_problem(&problem, TestStep::FolderFound),
    }
}

async fn look(
    session: &mut Session,
    folder: &str,
    from: Option<Timestamp>,
) -> Result<TestResult, ImapProblem> {
    let folder = session.select(folder).await?;
    let mails_before = match from {
        Some(date) => Some(session.count_before(date).await? as u64),
        None => None,
    };
    Ok(TestResult {
        steps: TestStep::ALL.map(|step| Tested { step, trouble: None }).to_vec(),
        mails: Some(u64::from(folder.exists)),
        mails_before,
    })
}

/// Whether the connection is not protected at all.
fn is_plain(settings: &ImapSettings) -> bool {
    matches!(settings.tls, Tls::NoneAnywhere | Tls::NoneOnLoopback)
}

/// The step at which connecting ended.
fn failed_step(problem: &ImapProblem, is_plain: bool) -> TestStep {
    match problem {
        ImapProblem::TlsFailed { .. } | ImapProblem::StarttlsMissing => TestStep::Protected,
        // Clear text is refused by us before a connection, by the server when signing in.
        ImapProblem::PlaintextRefused if is_plain => TestStep::Protected,
        ImapProblem::TimedOut { doing: "starting TLS" } => TestStep::Protected,
        ImapProblem::LoginRefused { .. }
        | ImapProblem::LoginUnsupported
        | ImapProblem::NoToken(_)
        | ImapProblem::PlaintextRefused
        | ImapProblem::ServerSaid { .. } => TestStep::SignedIn,
        _ => TestStep::Connected,
    }
}

/// What the server or the system said, or which folders there are.
pub fn words(problem: &ImapProblem) -> Option<String> {
    match problem {
        ImapProblem::FolderMissing { folders } => Some(folders.join(", ")),
        ImapProblem::TlsFailed { detail } => Some(detail.code().to_owned()),
        ImapProblem::TimedOut { doing } => Some((*doing).to_owned()),
        ImapProblem::Unreachable { detail } | ImapProblem::ProtocolBroken { detail } => {
            Some(detail.clone())
        }
        problem => problem.server_words().map(str::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(problem: ImapProblem) -> Vec<(&'static str, Option<&'static str>)> {
        let result = TestResult::of_problem(&problem, failed_step(&problem, false));
        let step = |tested: &Tested| {
            (tested.step.code(), tested.trouble.as_ref().map(|trouble| trouble.code))
        };
        result.steps.iter().map(step).collect()
    }

    #[test]
    fn a_problem_ends_the_steps_where_it_occurred() {
        assert_eq!(steps(ImapProblem::Refused), [("connected", Some("refused"))]);
        assert_eq!(
            steps(ImapProblem::StarttlsMissing),
            [("connected", None), ("protected", Some("starttls_missing"))]
        );
        assert_eq!(
            steps(ImapProblem::LoginRefused { words: "no".to_owned() }),
            [("connected", None), ("protected", None), ("signed_in", Some("login_refused"))]
        );
    }
}
