//! Where a session stands, and what it asks for.

use super::auth::Dialogue;
use super::envelope::EnvelopeAnswer;
use super::exchange::Exchange;
use super::reply::Reply;
use super::stuffing::Stuffing;

/// What the session waits for, or what may be begun.
#[derive(Debug)]
pub(super) enum State {
    Greeting,
    Ehlo,
    Helo,
    Starttls,
    Handshake,
    Auth(Dialogue),
    /// A mail can begin.
    Ready,
    Envelope(Exchange),
    /// A mail has begun; so many recipients are accepted.
    Addressed(usize),
    Data,
    Body(Stuffing),
    /// All but the final dot is sent.
    BodySent,
    Dot,
    Reset,
    Quit,
    Closed,
}

/// What is to be done next.
#[derive(Debug, PartialEq, Eq)]
pub enum Step {
    /// Send these octets.
    Send(Vec<u8>),
    /// Read, and give the octets to [`Session::feed`].
    Read,
    /// Nothing; what was begun has come to this.
    Done(Outcome),
}

/// What something has come to.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// TLS must begin now; then call [`Session::secured`].
    Handshake,
    /// A mail can begin.
    Opened,
    /// The envelope is answered.
    Envelope(EnvelopeAnswer),
    /// The mail may follow, or what the server said instead.
    Data(Result<(), Reply>),
    /// The final dot is answered.
    Finished(Reply),
    /// The mail that had begun is forgotten.
    Reset,
    /// The server has said goodbye.
    Quit,
}
