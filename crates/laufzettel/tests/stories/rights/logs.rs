//! What the product writes to its log while a story runs.

use std::io;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

use super::house::CANARY;

/// The lines of a story.
#[derive(Clone, Default)]
pub struct Logs(Arc<Mutex<Vec<u8>>>);

impl io::Write for Logs {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Logs {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// Keeps what is logged from now on. Where stories share a process, the first one keeps all.
pub fn kept() -> Logs {
    let logs = Logs::default();
    let writer = logs.clone();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::DEBUG);
    tracing::subscriber::set_global_default(subscriber.with_writer(writer).finish()).ok();
    logs
}

impl Logs {
    /// Nothing of what people wrote is in a log.
    pub fn have_no_canary(&self) {
        let bytes = self.0.lock().unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let lines = text.lines().filter(|line| line.to_lowercase().contains(CANARY));
        let lines: Vec<&str> = lines.take(20).collect();
        assert!(lines.is_empty(), "the log says\n{}", lines.join("\n"));
    }
}
