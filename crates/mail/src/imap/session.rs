//! A logged-in connection, with one folder selected.

use std::ops::RangeInclusive;

use imap_proto::{MailboxDatum, NameAttribute, Response};
use values::Timestamp;

use super::connect::said;
use super::date::day;
use super::name::{quoted_folder, readable_folder};
use super::problem::ImapProblem;
use super::response::{Incoming, Status, StatusLine};
use super::wire::{Command, Wire};

/// Most folders that are named when one is missing.
const FOLDERS_MAX: usize = 1000;

/// One account, logged in. A problem other than [`ImapProblem::ServerSaid`] and
/// [`ImapProblem::FolderMissing`] closes the connection, and so does dropping a method's future
/// before its end; every further call then says that the connection is lost.
pub struct Session {
    /// Taken out while a command runs, so that an unfinished one takes the connection with it.
    pub(super) wire: Option<Wire<'static>>,
    pub(super) offered: Vec<String>,
    pub(super) mail_bytes_max: u32,
    /// The highest UID that the caller has been told of since the folder was selected.
    pub(super) uid_highest: u32,
}

/// A selected folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name, as it was asked for.
    pub name: String,
    /// UIDs mean the same mails as long as this number is the same (RFC 3501 section 2.3.1.1).
    pub uid_validity: u32,
    /// The UID that the next mail will get at least, if the server says.
    pub uid_next: Option<u32>,
    /// How many mails are in it.
    pub exists: u32,
    /// Whether mails can be marked, moved and deleted.
    pub access: Access,
}

/// What may be done in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    ReadWrite,
    /// Nothing but reading.
    ReadOnly,
}

/// What the server can do beyond RFC 3501.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// RFC 6851.
    pub r#move: bool,
    /// RFC 4315.
    pub uidplus: bool,
    /// RFC 2177.
    pub idle: bool,
}

impl Session {
    pub(super) fn new(wire: Wire<'static>, offered: Vec<String>, mail_bytes_max: u32) -> Self {
        Self { wire: Some(wire), offered, mail_bytes_max, uid_highest: 0 }
    }

    /// What the server can do.
    pub fn capabilities(&self) -> Capabilities {
        // IMAP4rev2 has all three inside (RFC 9051 appendix E).
        let offers = |name: &str| self.offered.iter().any(|o| o == name || o == "IMAP4REV2");
        Capabilities { r#move: offers("MOVE"), uidplus: offers("UIDPLUS"), idle: offers("IDLE") }
    }

    /// Whether the connection is still there, as far as we know.
    pub fn is_connected(&self) -> bool {
        self.wire.is_some()
    }

    /// Selects a folder for everything that follows.
    pub async fn select(&mut self, folder: &str) -> Result<Folder, ImapProblem> {
        let (mut validity, mut next, mut exists) = (None, None, 0);
        let command = Command::new(format!("SELECT {}", quoted_folder(folder)), "opening a folder");
        let line = self
            .run(command, |data| match data {
                Incoming::Status(line) => {
                    validity = line.number("UIDVALIDITY").or(validity);
                    next = line.number("UIDNEXT").or(next);
                }
                Incoming::Data(Response::MailboxData(MailboxDatum::Exists(count))) => {
                    exists = count
                }
                _ => {}
            })
            .await?;
        if line.status == Status::No {
            let folders = self.folders().await?;
            return Err(match folders.iter().any(|name| same_folder(name, folder)) {
                true => said(&line),
                false => ImapProblem::FolderMissing { folders },
            });
        }
        finished(&line)?;
        let Some(uid_validity) = validity else {
            self.wire = None;
            return Err(ImapProblem::broken("a folder without UIDVALIDITY"));
        };
        self.uid_highest = 0;
        let access = match line.has_code("READ-ONLY") {
            true => Access::ReadOnly,
            false => Access::ReadWrite,
        };
        Ok(Folder { name: folder.to_owned(), uid_validity, uid_next: next, exists, access })
    }

    /// The names of the folders that can be selected, at most 1,000.
    pub async fn folders(&mut self) -> Result<Vec<String>, ImapProblem> {
        let mut folders = Vec::new();
        let line = self
            .run(Command::new("LIST \"\" \"*\"", "listing the folders"), |data| {
                if let Incoming::Data(Response::MailboxData(MailboxDatum::List(list))) = data
                    && !list.name_attributes.contains(&NameAttribute::NoSelect)
                    && folders.len() < FOLDERS_MAX
                {
                    folders.push(readable_folder(&list.name));
                }
            })
            .await?;
        finished(&line).map(|()| folders)
    }

    /// Makes a folder and subscribes to it, so that mail programs show it. It may exist already.
    pub async fn create_folder(&mut self, folder: &str) -> Result<(), ImapProblem> {
        let name = quoted_folder(folder);
        let line =
            self.run(Command::new(format!("CREATE {name}"), "making a folder"), |_| {}).await?;
        if line.status != Status::Ok {
            let folders = self.folders().await?;
            if !folders.iter().any(|name| same_folder(name, folder)) {
                return Err(said(&line));
            }
        }
        // Subscribing is a courtesy; what the server says to it changes nothing for us.
        self.run(Command::new(format!("SUBSCRIBE {name}"), "making a folder"), |_| {}).await?;
        Ok(())
    }

    /// The UIDs in a range that exist, in rising order; `1..=u32::MAX` for all.
    pub async fn uids(&mut self, range: RangeInclusive<u32>) -> Result<Vec<u32>, ImapProblem> {
        let end = match *range.end() {
            u32::MAX => "*".to_owned(),
            end => end.to_string(),
        };
        self.look_again().await?;
        let mut uids = self.search(&format!("UID {}:{end}", (*range.start()).max(1))).await?;
        // `n:*` names the last mail even if its UID is below n (RFC 3501 section 6.4.8).
        uids.retain(|uid| range.contains(uid));
        self.uid_highest = self.uid_highest.max(uids.last().copied().unwrap_or(0));
        Ok(uids)
    }

    /// How many mails came before the day of this moment, by the server's clock and zone.
    pub async fn count_before(&mut self, moment: Timestamp) -> Result<usize, ImapProblem> {
        self.search(&format!("BEFORE {}", day(moment))).await.map(|uids| uids.len())
    }

    /// Asks the server to look at the folder again: a search alone may answer from what it knew
    /// when the folder was selected (RFC 3501 section 6.1.2).
    pub(super) async fn look_again(&mut self) -> Result<(), ImapProblem> {
        let line = self.run(Command::new("NOOP", "asking for news"), |_| {}).await?;
        finished(&line)
    }

    pub(super) async fn search(&mut self, criteria: &str) -> Result<Vec<u32>, ImapProblem> {
        let mut uids = Vec::new();
        let command = Command::new(format!("UID SEARCH {criteria}"), "searching");
        let line = self
            .run(command, |data| {
                if let Incoming::Data(Response::MailboxData(MailboxDatum::Search(found))) = data {
                    uids.extend(found);
                }
            })
            .await?;
        finished(&line)?;
        uids.sort_unstable();
        uids.dedup();
        Ok(uids)
    }

    /// Says goodbye. The connection is closed whatever the server answers.
    pub async fn logout(mut self) -> Result<(), ImapProblem> {
        let line = self.run(Command::new("LOGOUT", "logging out"), |_| {}).await?;
        finished(&line)
    }

    /// Runs a command; the connection comes back only if the command came to its end.
    pub(super) async fn run(
        &mut self,
        command: Command,
        on_data: impl FnMut(Incoming<'_>),
    ) -> Result<StatusLine, ImapProblem> {
        let mut wire = self.wire.take().ok_or_else(ImapProblem::lost)?;
        let line = wire.run(command, on_data).await?;
        self.wire = Some(wire);
        Ok(line)
    }
}

/// The end of a command that has to succeed.
pub(super) fn finished(line: &StatusLine) -> Result<(), ImapProblem> {
    match line.status {
        Status::Ok => Ok(()),
        _ => Err(said(line)),
    }
}

/// Only INBOX is the same in any case (RFC 3501 section 5.1).
pub(super) fn same_folder(one: &str, other: &str) -> bool {
    let is_inbox = |name: &str| name.eq_ignore_ascii_case("INBOX");
    one == other || is_inbox(one) && is_inbox(other)
}
