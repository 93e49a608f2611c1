//! What commands print. Unlike `println!`, it ends no process when nobody takes it.

use std::fmt::Arguments;
use std::io::{ErrorKind, Write, stderr, stdout};

/// Prints a line, formatted like `println!`. Fails with a sentence if it cannot be written.
macro_rules! say {
    ($($part:tt)*) => { $crate::command::say::line(format_args!($($part)*)) };
}
pub(super) use say;

/// Prints a line. Whoever closes the pipe has read enough.
pub fn line(text: Arguments<'_>) -> Result<(), String> {
    match writeln!(stdout(), "{text}") {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => {
            Err(format!("cannot write to standard output: {error}"))
        }
        _ => Ok(()),
    }
}

/// Prints something for whoever may be looking: progress, and why a command failed.
pub fn aside(text: Arguments<'_>) {
    let mut out = stderr();
    // Nothing can be done if nobody can be told.
    out.write_fmt(text).and_then(|()| out.flush()).ok();
}
