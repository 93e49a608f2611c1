//! How many files and connections the process may have open. The usual 1,024 are a promise to programs that use
//! `select`; each page that is open somewhere holds a connection for its live updates.

use rustix::process::{Resource, getrlimit, setrlimit};

/// Raises the limit as far as the system allows without asking. What goes wrong is only logged: the
/// server works with the limit it has.
pub fn raise_limit() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(problem) = setrlimit(Resource::Nofile, limit) {
        tracing::warn!(%problem, "cannot raise the limit of open files");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn as_many_files_as_the_system_allows_may_be_open() {
        let mut limit = getrlimit(Resource::Nofile);
        limit.current = Some(200);
        setrlimit(Resource::Nofile, limit).unwrap();
        raise_limit();
        assert_eq!(getrlimit(Resource::Nofile).current, limit.maximum);
    }
}
