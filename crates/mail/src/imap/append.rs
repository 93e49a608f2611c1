//! Puts a mail into a folder (RFC 3501 section 6.3.11).

use values::Timestamp;

use super::date::date_time;
use super::name::quoted_folder;
use super::problem::ImapProblem;
use super::response::Status;
use super::session::{Session, finished, same_folder};
use super::wire::Command;

/// A literal up to this size may follow unasked where the server offers it (RFC 7888 section 5). A
/// larger mail waits for the server's word: it may say no before megabytes have travelled.
const UNASKED_BYTES_MAX: usize = 4096;

impl Session {
    /// Puts a mail into a folder, marked as read. Answers its UIDVALIDITY and UID where the server
    /// says them (RFC 4315).
    ///
    /// If the connection is lost meanwhile, the server may have the mail: look for it before it is
    /// put there again.
    pub async fn append(
        &mut self,
        folder: &str,
        received: Option<Timestamp>,
        mail: &[u8],
    ) -> Result<Option<(u32, u32)>, ImapProblem> {
        let moment =
            received.map(|moment| format!(" \"{}\"", date_time(moment))).unwrap_or_default();
        let line = format!("APPEND {} (\\Seen){moment}", quoted_folder(folder));
        let doing = "storing a mail";
        let command = match self.takes_unasked(mail.len()) {
            true => Command::new(format!("{line} {{{}+}}", mail.len()), doing).with(mail),
            false => Command::new(format!("{line} {{{}}}", mail.len()), doing).then(mail),
        };
        let line = self.run(command, |_| {}).await?;
        if line.status != Status::Ok {
            // Some servers forget TRYCREATE, so the list decides.
            let folders = self.folders().await?;
            let is_there = folders.iter().any(|name| same_folder(name, folder));
            if line.has_code("TRYCREATE") || !is_there {
                return Err(ImapProblem::FolderMissing { folders });
            }
        }
        finished(&line)?;
        let code = line.code();
        let number = |index: usize| code.get(index).and_then(|number| number.parse().ok());
        Ok(match line.has_code("APPENDUID") {
            true => number(1).zip(number(2)),
            false => None,
        })
    }

    /// As [`Session::append`], and makes the folder if it is missing; then once more.
    pub async fn append_making_folder(
        &mut self,
        folder: &str,
        received: Option<Timestamp>,
        mail: &[u8],
    ) -> Result<Option<(u32, u32)>, ImapProblem> {
        match self.append(folder, received, mail).await {
            Err(ImapProblem::FolderMissing { .. }) => {
                self.create_folder(folder).await?;
                self.append(folder, received, mail).await
            }
            ended => ended,
        }
    }

    fn takes_unasked(&self, bytes: usize) -> bool {
        let offers = |name: &str| self.offered.iter().any(|offered| offered == name);
        bytes <= UNASKED_BYTES_MAX && (offers("LITERAL+") || offers("LITERAL-"))
    }
}
