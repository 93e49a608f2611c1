//! Marks, moves and deletes mails. Nothing here may be called before a mail is stored durably.
//!
//! Plain EXPUNGE is never sent: it removes what other programs have marked (RFC 4315 section 1).

use super::connect::said;
use super::name::quoted_folder;
use super::problem::ImapProblem;
use super::response::{Status, StatusLine};
use super::session::{Session, finished};
use super::uid_set::{groups, sequence_set};
use super::wire::Command;

/// What became of mails that were to leave the folder, as a search afterwards shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Removal {
    /// Not in the folder any more.
    pub gone: Vec<u32>,
    /// Still in the folder and only marked as deleted, because the server cannot remove single
    /// mails (no UIDPLUS).
    pub marked: Vec<u32>,
    /// Still in the folder although the server said OK.
    pub still_there: Vec<u32>,
}

impl Session {
    /// Marks mails as read. Mails that are gone are passed over.
    pub async fn mark_read(&mut self, uids: &[u32]) -> Result<(), ImapProblem> {
        self.mark(uids, "\\Seen").await
    }

    /// Moves mails into another folder, which is made if it is missing. Without MOVE they are
    /// copied, marked and removed (RFC 6851 section 3.3); a copy may then be there twice after a
    /// lost connection, but is never missing.
    pub async fn move_to(&mut self, uids: &[u32], folder: &str) -> Result<Removal, ImapProblem> {
        let mut removal = Removal::default();
        for group in groups(uids) {
            let there = self.search_in(&group).await?;
            if !there.is_empty() {
                let verb = match self.capabilities().r#move {
                    true => "MOVE",
                    false => "COPY",
                };
                self.transfer(verb, &there, folder).await?;
                if verb == "COPY" {
                    self.remove(&there).await?;
                }
            }
            self.verify(&group, &mut removal).await?;
        }
        Ok(removal)
    }

    /// Deletes mails for good.
    pub async fn delete(&mut self, uids: &[u32]) -> Result<Removal, ImapProblem> {
        let mut removal = Removal::default();
        for group in groups(uids) {
            self.remove(&group).await?;
            self.verify(&group, &mut removal).await?;
        }
        Ok(removal)
    }

    async fn transfer(
        &mut self,
        verb: &str,
        uids: &[u32],
        folder: &str,
    ) -> Result<(), ImapProblem> {
        let line = self.transfer_once(verb, uids, folder).await?;
        if line.status == Status::Ok {
            return Ok(());
        }
        // Some servers forget TRYCREATE, so the list decides; making what exists does no harm.
        let is_missing =
            line.has_code("TRYCREATE") || !self.folders().await?.iter().any(|name| name == folder);
        if !is_missing {
            return Err(said(&line));
        }
        self.create_folder(folder).await?;
        let line = self.transfer_once(verb, uids, folder).await?;
        finished(&line)
    }

    async fn transfer_once(
        &mut self,
        verb: &str,
        uids: &[u32],
        folder: &str,
    ) -> Result<StatusLine, ImapProblem> {
        let line = format!("UID {verb} {} {}", sequence_set(uids), quoted_folder(folder));
        self.run(Command::new(line, "moving mails"), |_| {}).await
    }

    async fn remove(&mut self, uids: &[u32]) -> Result<(), ImapProblem> {
        self.mark(uids, "\\Deleted").await?;
        if self.capabilities().uidplus {
            let line = format!("UID EXPUNGE {}", sequence_set(uids));
            let line = self.run(Command::new(line, "removing mails"), |_| {}).await?;
            finished(&line)?;
        }
        Ok(())
    }

    async fn mark(&mut self, uids: &[u32], flag: &str) -> Result<(), ImapProblem> {
        for group in groups(uids) {
            let line = format!("UID STORE {} +FLAGS.SILENT ({flag})", sequence_set(&group));
            let line = self.run(Command::new(line, "marking mails"), |_| {}).await?;
            finished(&line)?;
        }
        Ok(())
    }

    async fn verify(&mut self, uids: &[u32], removal: &mut Removal) -> Result<(), ImapProblem> {
        let there = self.search_in(uids).await?;
        removal.gone.extend(uids.iter().filter(|uid| !there.contains(uid)));
        for listed in self.list(&there).await? {
            match listed.flags.deleted && !self.capabilities().uidplus {
                true => removal.marked.push(listed.uid),
                false => removal.still_there.push(listed.uid),
            }
        }
        Ok(())
    }
}
