//! Waits for mails (RFC 2177).

use std::future::{Future, pending};
use std::pin::pin;
use std::time::Duration;

use super::problem::ImapProblem;
use super::response::{Incoming, Status};
use super::session::{Session, finished};
use super::wire::{Command, Wire};

/// Servers may log out who is silent for 30 minutes (RFC 2177 section 3).
const IDLE_MAX: Duration = Duration::from_secs(28 * 60);

/// Why waiting ended. Search the folder after each of them: servers forget to tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// A mail came or went.
    Changed,
    /// The time was over.
    Quiet,
    /// The caller wants the session back.
    Stopped,
}

impl Session {
    /// Waits until a mail comes or goes in the selected folder, at most `max` (and at most 28
    /// minutes).
    pub async fn idle_until_change(&mut self, max: Duration) -> Result<Woken, ImapProblem> {
        self.idle_until(max, pending()).await
    }

    /// As [`Session::idle_until_change`], and ends early when `stop` is ready.
    ///
    /// A mail that came since the last [`Session::uids`] may never be announced, so the folder is
    /// searched once more just before, and everything the server tells from then on counts.
    /// Without IDLE only the time passes, with a search at its end.
    pub async fn idle_until(
        &mut self,
        max: Duration,
        stop: impl Future<Output = ()>,
    ) -> Result<Woken, ImapProblem> {
        if let Some(wire) = &mut self.wire {
            wire.folder_changed = false;
        }
        if self.has_newer().await? {
            return Ok(Woken::Changed);
        }
        let mut stop = pin!(stop);
        if !self.capabilities().idle {
            tokio::select! {
                () = tokio::time::sleep(max) => {}
                () = &mut stop => return Ok(Woken::Stopped),
            }
            return self.has_newer().await.map(|newer| match newer {
                true => Woken::Changed,
                false => Woken::Quiet,
            });
        }
        let mut wire = self.wire.take().ok_or_else(ImapProblem::lost)?;
        begin(&mut wire).await?;
        let woken = tokio::select! {
            woken = wait(&mut wire, max.min(IDLE_MAX)) => woken?,
            () = &mut stop => Woken::Stopped,
        };
        end(&mut wire).await?;
        self.wire = Some(wire);
        Ok(woken)
    }

    async fn has_newer(&mut self) -> Result<bool, ImapProblem> {
        let known = self.uid_highest;
        self.look_again().await?;
        let newer = self.search(&format!("UID {}:*", known.saturating_add(1))).await?;
        Ok(newer.last().is_some_and(|uid| *uid > known))
    }
}

/// Sends IDLE and waits until the server has agreed.
async fn begin(wire: &mut Wire<'_>) -> Result<(), ImapProblem> {
    wire.start(&Command::new("IDLE", "starting to wait")).await?;
    loop {
        let octets = wire.receive("starting to wait").await?;
        match wire.read(&octets)? {
            Incoming::Continue => return Ok(()),
            Incoming::Done(line) => {
                finished(&line)?;
                return Err(ImapProblem::broken("IDLE ended before it began"));
            }
            _ => {}
        }
    }
}

/// Cancel-safe: octets that were read stay in the connection.
async fn wait(wire: &mut Wire<'_>, max: Duration) -> Result<Woken, ImapProblem> {
    let deadline = tokio::time::Instant::now() + max;
    loop {
        if wire.folder_changed {
            return Ok(Woken::Changed);
        }
        let left = deadline.saturating_duration_since(tokio::time::Instant::now());
        let Some(octets) = wire.receive_within(left, "waiting for mails").await? else {
            return Ok(Woken::Quiet);
        };
        match wire.read(&octets)? {
            Incoming::Done(_) => return Err(ImapProblem::broken("IDLE ended by itself")),
            Incoming::Status(line) if line.status == Status::Bye => {
                return Err(ImapProblem::ConnectionLost { words: Some(line.words) });
            }
            _ => {}
        }
    }
}

async fn end(wire: &mut Wire<'_>) -> Result<(), ImapProblem> {
    wire.send(b"DONE\r\n", "ending to wait").await?;
    loop {
        let octets = wire.receive("ending to wait").await?;
        if let Incoming::Done(line) = wire.read(&octets)? {
            return finished(&line);
        }
    }
}
