//! One connection to one account: looks for mails in the dark, then copies what is due.

use std::time::Duration;

use mail::imap::{ImapProblem, Session, connect};

use super::evidence::{NoteFound, found};
use super::note::{MayPut, NoteTried, Outcome, ReadDue};
use super::store::{Copy, Dark};
use crate::App;
use crate::feature::fetch::{Account, Ended};
use crate::service::lease::Fence;

/// Copies of one visit.
const COPIES_MAX: i64 = 50;
/// A server that could not be reached is left in peace for so long.
const DOWN_FOR: Duration = Duration::from_secs(60);
/// A refused login is not tried again by itself before this time: it may lock the account.
const PERSON_NEEDED_WAIT: Duration = Duration::from_secs(30 * 60);

/// An account with what is to be done there.
pub struct Visit<'a> {
    /// The product.
    pub app: &'a App,
    /// The account.
    pub account: &'a Account,
    /// Its lease.
    pub fence: &'a Fence,
    /// The mails in the dark that left as this account, if they did.
    pub dark: &'a [Dark],
}

impl Visit<'_> {
    /// Does it. Every copy that was tried is written down, whatever ends the visit.
    pub async fn run(&self) -> Result<(), Ended> {
        let mailbox = self.account.mailbox.id;
        let due = ReadDue { mailbox, now: self.app.now(), limit: COPIES_MAX };
        let mut copies = self.app.db.read(&due).await?;
        if self.folder().is_none() {
            for copy in copies.drain(..) {
                self.note(&copy, &Outcome::Dropped).await?;
            }
        }
        if copies.is_empty() && self.dark.is_empty() {
            return Ok(());
        }
        let mut session = match connect(&self.account.settings).await {
            Ok(session) => session,
            Err(problem) => {
                for copy in &copies {
                    self.note(copy, &failed(&problem)).await?;
                }
                return Err(problem.into());
            }
        };
        if !self.dark.is_empty() {
            self.look(&mut session).await?;
        }
        for copy in &copies {
            self.copy(&mut session, copy).await?;
        }
        // Nobody waits for a goodbye.
        session.logout().await.ok();
        Ok(())
    }

    /// The folder for copies, if they are wanted.
    fn folder(&self) -> Option<&str> {
        self.account.mailbox.sent_folder.as_deref()
    }

    /// Looks for mails in the dark. What the server refuses is no evidence, and no obstacle.
    async fn look(&self, session: &mut Session) -> Result<(), Ended> {
        let found_in = match self.folder() {
            Some(folder) => Some(folder.to_owned()),
            None => refused_is_none(session.sent_folder().await)?.flatten(),
        };
        let Some(folder) = found_in else { return Ok(()) };
        if refused_is_none(session.select(&folder).await)?.is_none() {
            return Ok(());
        }
        let found = refused_is_none(found(session, self.dark).await)?.unwrap_or_default();
        let directory = self.app.directory().await?;
        for mail in found {
            let now = self.app.now();
            let (fence, directory) = (self.fence, &directory);
            let note = NoteFound { fence, mail, folder: &folder, directory, now };
            if !self.app.db.write(&note).await? {
                return Err(Ended::LeaseLost);
            }
        }
        Ok(())
    }

    /// Copies one mail. Goes on with the next one as long as the connection is there.
    async fn copy(&self, session: &mut Session, copy: &Copy) -> Result<(), Ended> {
        let Some(folder) = self.folder() else { return Ok(()) };
        match self.place(session, folder, copy).await {
            Ok(outcome) => self.note(copy, &outcome).await,
            Err(Ended::Problem(problem)) => {
                self.note(copy, &failed(&problem)).await?;
                match session.is_connected() {
                    true => Ok(()),
                    false => Err(problem.into()),
                }
            }
            Err(ended) => Err(ended),
        }
    }

    /// Looks first: the server may have filed the mail itself, or a try before this one got so far
    /// and was cut off before its note.
    async fn place(
        &self,
        session: &mut Session,
        folder: &str,
        copy: &Copy,
    ) -> Result<Outcome, Ended> {
        match session.select(folder).await {
            Ok(_) => {
                if !session.with_message_id(&copy.message_id).await?.is_empty() {
                    return Ok(Outcome::Found);
                }
            }
            Err(ImapProblem::FolderMissing { .. }) => {}
            Err(problem) => return Err(problem.into()),
        }
        let bytes = self.app.blobs.read(&self.app.db, &copy.raw_hash).await?;
        if !self.app.db.write(&MayPut { fence: self.fence, mail: copy.mail }).await? {
            return Err(Ended::LeaseLost);
        }
        session.append_making_folder(folder, Some(copy.written_at), &bytes).await?;
        Ok(Outcome::Copied)
    }

    async fn note(&self, copy: &Copy, outcome: &Outcome) -> Result<(), Ended> {
        let note = NoteTried {
            fence: self.fence,
            copy,
            folder: self.folder(),
            outcome,
            now: self.app.now(),
            chance: rand::random(),
        };
        match self.app.db.write(&note).await? {
            true => Ok(()),
            false => Err(Ended::LeaseLost),
        }
    }
}

/// How long an account is left in peace after a problem.
pub fn pause_after(problem: &ImapProblem) -> Duration {
    match problem {
        ImapProblem::LoginRefused { .. } => PERSON_NEEDED_WAIT,
        ImapProblem::NoToken(problem) if problem.needs_a_person() => PERSON_NEEDED_WAIT,
        _ => DOWN_FOR,
    }
}

fn failed(problem: &ImapProblem) -> Outcome {
    let said = problem.server_words().filter(|words| !words.is_empty());
    let words = said.map_or_else(|| problem.to_string(), str::to_owned);
    let pause = match problem {
        ImapProblem::LoginRefused { .. } => PERSON_NEEDED_WAIT,
        ImapProblem::NoToken(problem) if problem.needs_a_person() => PERSON_NEEDED_WAIT,
        _ => Duration::ZERO,
    };
    Outcome::Failed { words, pause }
}

/// A refusal of the server is nothing; everything else ends the connection.
fn refused_is_none<T>(answer: Result<T, ImapProblem>) -> Result<Option<T>, ImapProblem> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(ImapProblem::ServerSaid { .. } | ImapProblem::FolderMissing { .. }) => Ok(None),
        Err(problem) => Err(problem),
    }
}
