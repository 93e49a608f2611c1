//! One connection on which an account is logged in.

use std::collections::BTreeMap;

use super::wire::Wire;
use crate::imap::ImapProblem;

/// Octets of the lists of an account: a million mails.
const LIST_BYTES_MAX: usize = 96 * 1024 * 1024;
/// Octets of the head of a mail.
const HEAD_BYTES_MAX: usize = 256 * 1024;
/// Codes by which a server refuses to give a mail that is there (RFC 2449 section 8.1, RFC 3206).
const NOT_GONE: [&str; 4] = ["AUTH", "SYS", "IN-USE", "LOGIN-DELAY"];
/// Octets of a unique id (RFC 1939 section 7).
const UIDL_BYTES_MAX: usize = 70;

/// A mail of the account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Its number on this connection.
    pub number: u32,
    /// Its unique id, the same on every connection.
    pub uidl: String,
    /// Its size in octets.
    pub size: u32,
}

/// A connection on which the account is logged in.
pub struct Session {
    wire: Wire<'static>,
    mail_bytes_max: u32,
}

impl Session {
    pub(super) fn new(wire: Wire<'static>, mail_bytes_max: u32) -> Self {
        Self { wire, mail_bytes_max }
    }

    /// Octets of the largest mail that is fetched whole.
    pub fn mail_bytes_max(&self) -> u32 {
        self.mail_bytes_max
    }

    /// All mails of the account, in the order of their numbers.
    pub async fn list(&mut self) -> Result<Vec<Listed>, ImapProblem> {
        let ids = self.lines("UIDL").await?;
        let sizes: BTreeMap<u32, u32> = numbered(&self.lines("LIST").await?)
            .filter_map(|(number, size)| Some((number, size.parse().ok()?)))
            .collect();
        let listed = numbered(&ids).filter_map(|(number, uidl)| {
            let is_fine = !uidl.is_empty() && uidl.len() <= UIDL_BYTES_MAX;
            let size = sizes.get(&number).copied().unwrap_or_default();
            is_fine.then(|| Listed { number, uidl: uidl.to_owned(), size })
        });
        Ok(listed.collect())
    }

    /// The octets of a mail, or `None` if it is not there any more.
    pub async fn fetch(&mut self, mail: &Listed) -> Result<Option<Vec<u8>>, ImapProblem> {
        // Sizes are sometimes estimated, and dots are put in.
        let bytes_max = (mail.size.max(self.mail_bytes_max) as usize) * 2;
        self.octets(&format!("RETR {}", mail.number), bytes_max, "fetching a mail").await
    }

    /// The octets of the head of a mail, or `None` where the server gives none.
    pub async fn head(&mut self, mail: &Listed) -> Result<Option<Vec<u8>>, ImapProblem> {
        let command = format!("TOP {} 0", mail.number);
        self.octets(&command, HEAD_BYTES_MAX, "fetching a header").await
    }

    /// Marks a mail for deletion, which happens when the connection ends with [`Self::quit`].
    pub async fn delete(&mut self, mail: &Listed) -> Result<(), ImapProblem> {
        self.wire.run(&format!("DELE {}", mail.number), "deleting a mail").await?.finished()
    }

    /// Ends the connection. What was marked is deleted, and only now.
    pub async fn quit(mut self) -> Result<(), ImapProblem> {
        self.wire.run("QUIT", "ending the connection").await?.finished()
    }

    async fn lines(&mut self, command: &str) -> Result<String, ImapProblem> {
        let doing = "listing mails";
        self.wire.run(command, doing).await?.finished()?;
        let text = self.wire.text(LIST_BYTES_MAX, doing).await?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }

    async fn octets(
        &mut self,
        command: &str,
        bytes_max: usize,
        doing: &'static str,
    ) -> Result<Option<Vec<u8>>, ImapProblem> {
        let reply = self.wire.run(command, doing).await?;
        if reply.is_ok {
            return self.wire.text(bytes_max, doing).await.map(Some);
        }
        match NOT_GONE.iter().any(|code| reply.has_code(code)) {
            true => Err(ImapProblem::ServerSaid { words: reply.words }),
            false => Ok(None),
        }
    }
}

/// Lines of a number and a word.
fn numbered(text: &str) -> impl Iterator<Item = (u32, &str)> {
    text.lines().filter_map(|line| {
        let (number, word) = line.trim_end().split_once(' ')?;
        Some((number.parse().ok()?, word.split(' ').next().unwrap_or_default()))
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::imap::Patience;

    /// What asking for the first mail brings where the server says this.
    async fn fetched(said: &[u8]) -> Result<Option<Vec<u8>>, ImapProblem> {
        let (ours, mut theirs) = tokio::io::duplex(1024);
        tokio::io::AsyncWriteExt::write_all(&mut theirs, said).await.unwrap();
        let wire = Wire::new(Box::new(ours), Patience::default());
        let mail = Listed { number: 1, uidl: "a".to_owned(), size: 10 };
        Session::new(wire, 1024).fetch(&mail).await
    }

    #[tokio::test]
    async fn a_mail_that_is_refused_for_the_sign_in_is_not_gone() {
        assert_eq!(fetched(b"-ERR no such message\r\n").await, Ok(None));
        for said in ["[AUTH] expired", "[SYS/TEMP] later", "[IN-USE] locked"] {
            let refused = fetched(format!("-ERR {said}\r\n").as_bytes()).await;
            assert_eq!(refused, Err(ImapProblem::ServerSaid { words: said.to_owned() }));
        }
    }

    #[test]
    fn a_line_of_a_list_is_a_number_and_a_word() {
        let text =
            "1 whqtswO00WBw418f9t5JxYwZ\r\n2 QhdPYR:00WBw1Ph7x7\r\nodd\r\nx y\r\n3 120 bytes\r\n";
        let all: Vec<_> = numbered(text).collect();
        let expected = [(1, "whqtswO00WBw418f9t5JxYwZ"), (2, "QhdPYR:00WBw1Ph7x7"), (3, "120")];
        assert_eq!(all, expected);
    }
}
