//! What only an operator can mend. Refusals are values of the operation's own outcome, not this.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

/// The result of everything that touches the database.
pub type Result<T> = std::result::Result<T, Failure>;

/// Something that went wrong below the product, with its cause and what was being done.
///
/// It can be cloned, because all members of one group commit share the failure of the commit.
#[derive(Clone, Debug)]
pub struct Failure {
    kind: FailureKind,
    doing: Option<&'static str>,
    cause: Arc<dyn Error + Send + Sync>,
}

/// The few kinds of failure that code decides on. Everything else is [`FailureKind::Other`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum FailureKind {
    /// A row with this key is there already. Expected duplicates use `on conflict do nothing`.
    Duplicate,
    /// A foreign key points to nothing, or something still points to the deleted row.
    BrokenReference,
    /// A value is missing or breaks a `check`.
    BrokenRule,
    /// Another transaction came first; running the operation again may succeed.
    LostRace,
    /// Another process holds the database, or no connection became free in time.
    Busy,
    /// The disk or the database is full.
    StorageFull,
    /// The connection to PostgreSQL broke. If this happened at the commit, nobody knows whether
    /// the change is stored, so it is never run again by itself.
    ConnectionLost,
    /// An operation answered `Ok` although one of its statements had failed.
    SwallowedFailure,
    /// An operation ran longer than its limit and was taken back.
    TimedOut,
    /// Another, newer version of the program has changed the tables.
    NewerDatabase,
    /// The tables must be changed first, and nobody has agreed to that yet.
    DumpNeeded,
    /// Anything else.
    Other,
}

impl Failure {
    pub(crate) fn new(kind: FailureKind, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self { kind, doing: None, cause: Arc::from(cause.into()) }
    }

    /// A failure of something beside the database that code decides on in the same way, like a
    /// full disk under a folder of files.
    pub fn of_kind(kind: FailureKind, cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(kind, cause)
    }

    /// A failure that nobody decides on.
    pub fn other(cause: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::new(FailureKind::Other, cause)
    }

    /// The kind, for code that reacts to it.
    pub fn kind(&self) -> FailureKind {
        self.kind
    }
}

impl fmt::Display for Failure {
    /// What was being done, and all causes: the driver for PostgreSQL says the most important
    /// part only in the cause of its error.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(doing) = self.doing {
            write!(formatter, "{doing}: ")?;
        }
        write!(formatter, "{}", self.cause)?;
        let mut cause = self.cause.source();
        while let Some(error) = cause {
            write!(formatter, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl Error for Failure {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&*self.cause)
    }
}

/// Adds what was being done to a failure: `.doing("storing the reply to a ticket")?`.
pub trait Doing<T> {
    /// Says what was being done, in words for an operator. The innermost words win.
    fn doing(self, doing: &'static str) -> Result<T>;
}

impl<T> Doing<T> for Result<T> {
    fn doing(self, doing: &'static str) -> Result<T> {
        self.map_err(|failure| Failure { doing: failure.doing.or(Some(doing)), ..failure })
    }
}
