//! What the server is told to do, and what it keeps.

use std::sync::{Arc, Mutex, mpsc};

use tokio::sync::watch;

use super::PATIENCE;

/// The moments at which the server can be told what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    /// A client has connected, and the greeting is due.
    Greeting,
    /// EHLO.
    Ehlo,
    /// HELO.
    Helo,
    /// STARTTLS.
    Starttls,
    /// The end of AUTH, when the server knows everything.
    Auth,
    /// MAIL FROM.
    Mail,
    /// RCPT TO.
    Rcpt,
    /// DATA.
    Data,
    /// The first line of the mail has come.
    MidBody,
    /// The final dot has come.
    Dot,
    /// RSET.
    Rset,
    /// QUIT.
    Quit,
}

/// Which visits of a phase a rule is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum When {
    /// Each.
    Always,
    /// Only this one, counted from 1 since the server started, over all connections.
    Nth(usize),
    /// Where the envelope so far, or the RCPT at hand, has this recipient.
    To(String),
}

/// What the server does.
#[derive(Clone, Debug)]
pub enum Answer {
    /// Says this instead, one line or several; CR LF is added. What it says holds: a recipient or
    /// a mail is accepted only with 2yz.
    Reply(String),
    /// Says this and then closes.
    ReplyThenClose(String),
    /// Sends these octets as they are, and goes on as if it were the usual answer.
    Octets(Vec<u8>),
    /// The usual answer, one octet in each packet.
    Drip,
    /// Closes without a word.
    Close,
    /// Says nothing for ever.
    Hang,
}

/// How a mail ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The connection ended before the final dot.
    NeverCame,
    /// The dot came, and no answer went out.
    Unanswered,
    /// The dot was answered with these words, whether or not the client was still there.
    Answered(String),
}

/// A mail that came, or a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The sender of the envelope; empty for the null sender.
    pub from: String,
    /// The recipients that were accepted.
    pub recipients: Vec<String>,
    /// The octets after DATA, without the dots that were added and the final one.
    pub bytes: Vec<u8>,
    /// How it ended.
    pub end: End,
}

impl Received {
    /// Whether the server has said that it takes the mail.
    pub fn is_accepted(&self) -> bool {
        matches!(&self.end, End::Answered(words) if words.starts_with('2'))
    }
}

/// A place at which the server waits. Dropped, it opens.
pub struct Gate {
    pub(super) phase: Phase,
    pub(super) reached: watch::Receiver<bool>,
    pub(super) _open: mpsc::Sender<()>,
}

impl Gate {
    /// Waits until the server has come to the gate.
    pub async fn reached(&mut self) {
        let reached = tokio::time::timeout(PATIENCE, self.reached.wait_for(|reached| *reached));
        let reached = reached.await.map(|reached| reached.is_ok());
        assert_eq!(reached, Ok(true), "the server never came to {:?}", self.phase);
    }

    /// Whether the server has come to the gate.
    pub fn is_reached(&self) -> bool {
        *self.reached.borrow()
    }

    /// Lets the server go on with its usual answer.
    pub fn release(self) {}
}

#[derive(Clone, Debug)]
pub(super) enum Act {
    Answer(Answer),
    Wait(Arc<Mutex<Option<Closed>>>),
}

#[derive(Clone, Debug)]
pub(super) struct Rule {
    pub(super) phase: Phase,
    pub(super) when: When,
    pub(super) act: Act,
}

/// The server's side of a gate: what to tell, and what to wait for.
pub(super) type Closed = (watch::Sender<bool>, mpsc::Receiver<()>);
