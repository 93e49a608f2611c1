//! Lines and dotted texts over one connection.

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::time::{Instant, timeout};

use crate::dial::Duplex;
use crate::imap::{ImapProblem, Patience};

/// Octets of one line of an answer; RFC 1939 section 3 says 512.
const LINE_BYTES_MAX: usize = 16 * 1024;
/// Longest text of a server that is kept, in characters.
const WORDS_MAX: usize = 500;

/// A connection.
pub(super) struct Wire<'s> {
    stream: Box<dyn Duplex + 's>,
    patience: Patience,
    /// What came and was not read yet.
    buffer: Vec<u8>,
}

/// What the server said to a command: yes or no, and its words.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reply {
    pub is_ok: bool,
    pub words: String,
}

impl Reply {
    fn of(line: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(line);
        let (is_ok, words) = match text.strip_prefix("+OK") {
            Some(words) => (true, words),
            None => (false, text.strip_prefix("-ERR")?),
        };
        let words = words.trim().chars().map(|c| if c.is_control() { ' ' } else { c });
        Some(Self { is_ok, words: words.take(WORDS_MAX).collect() })
    }

    /// Whether it has this code in brackets (RFC 2449 section 8).
    pub fn has_code(&self, code: &str) -> bool {
        let named = self.words.strip_prefix('[').and_then(|words| words.split(']').next());
        named.is_some_and(|named| {
            let named = named.to_ascii_uppercase();
            named == code || named.strip_prefix(code).is_some_and(|rest| rest.starts_with('/'))
        })
    }

    /// A refusal as a problem.
    pub fn finished(self) -> Result<(), ImapProblem> {
        if self.is_ok { Ok(()) } else { Err(ImapProblem::ServerSaid { words: self.words }) }
    }
}

impl<'s> Wire<'s> {
    pub fn new(stream: Box<dyn Duplex + 's>, patience: Patience) -> Self {
        Self { stream, patience, buffer: Vec::new() }
    }

    /// Whether nothing came that was not asked for.
    pub fn is_quiet(&self) -> bool {
        self.buffer.is_empty()
    }

    /// Sends a line and reads the answer.
    pub async fn run(&mut self, line: &str, doing: &'static str) -> Result<Reply, ImapProblem> {
        self.send(line, doing).await?;
        self.reply(doing).await
    }

    pub async fn send(&mut self, line: &str, doing: &'static str) -> Result<(), ImapProblem> {
        if line.contains(['\r', '\n']) {
            return Err(ImapProblem::ProtocolBroken {
                detail: "a line break in a command".to_owned(),
            });
        }
        let sent = async {
            self.stream.write_all(format!("{line}\r\n").as_bytes()).await?;
            self.stream.flush().await
        };
        match timeout(self.patience.silence, sent).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) => Err(ImapProblem::ConnectionLost { words: None }),
            Err(_) => Err(ImapProblem::TimedOut { doing }),
        }
    }

    pub async fn reply(&mut self, doing: &'static str) -> Result<Reply, ImapProblem> {
        let line = self.line(doing, Instant::now() + self.patience.response).await?;
        Reply::of(&line).ok_or_else(|| broken("an answer is neither +OK nor -ERR"))
    }

    /// What is asked of us while signing in, behind `+ `; or the end of signing in.
    pub async fn challenge(
        &mut self,
        doing: &'static str,
    ) -> Result<Result<Vec<u8>, Reply>, ImapProblem> {
        let line = self.line(doing, Instant::now() + self.patience.response).await?;
        match line.strip_prefix(b"+ ").or_else(|| (line == b"+").then_some(b"".as_slice())) {
            Some(challenge) => Ok(Ok(challenge.to_vec())),
            None => Reply::of(&line)
                .map(Err)
                .ok_or_else(|| broken("an answer is neither + nor +OK nor -ERR")),
        }
    }

    /// A text of several lines up to its dot, without the dots that were put in (RFC 1939 section 3). Longer
    /// ones than so many octets end the connection.
    pub async fn text(
        &mut self,
        bytes_max: usize,
        doing: &'static str,
    ) -> Result<Vec<u8>, ImapProblem> {
        let end = Instant::now() + self.patience.response;
        let mut text = Vec::new();
        loop {
            let taken = take_lines(&mut self.buffer, &mut text);
            if text.len() > bytes_max {
                return Err(broken("a text is longer than the server said"));
            }
            if taken == Taken::End {
                return Ok(text);
            }
            if self.buffer.len() > bytes_max.max(LINE_BYTES_MAX) {
                return Err(broken("a line of a text does not end"));
            }
            self.receive(doing, end).await?;
        }
    }

    async fn line(&mut self, doing: &'static str, end: Instant) -> Result<Vec<u8>, ImapProblem> {
        loop {
            if let Some(at) = memchr::memchr(b'\n', &self.buffer) {
                let mut line: Vec<u8> = self.buffer.drain(..=at).collect();
                line.truncate(at);
                if line.ends_with(b"\r") {
                    line.pop();
                }
                return Ok(line);
            }
            if self.buffer.len() > LINE_BYTES_MAX {
                return Err(broken("a line does not end"));
            }
            self.receive(doing, end).await?;
        }
    }

    async fn receive(&mut self, doing: &'static str, end: Instant) -> Result<(), ImapProblem> {
        let left = end.saturating_duration_since(Instant::now()).min(self.patience.silence);
        let mut octets = vec![0; 16 * 1024];
        match timeout(left, self.stream.read(&mut octets)).await {
            Ok(Ok(0)) | Ok(Err(_)) => Err(ImapProblem::ConnectionLost { words: None }),
            Ok(Ok(count)) => {
                self.buffer.extend_from_slice(octets.get(..count).unwrap_or_default());
                Ok(())
            }
            Err(_) => Err(ImapProblem::TimedOut { doing }),
        }
    }
}

fn broken(detail: &str) -> ImapProblem {
    ImapProblem::ProtocolBroken { detail: detail.to_owned() }
}

#[derive(Debug, PartialEq, Eq)]
enum Taken {
    /// The dot that ends the text.
    End,
    /// More must come.
    More,
}

/// Moves whole lines into a text, up to the line that is only a dot.
fn take_lines(buffer: &mut Vec<u8>, text: &mut Vec<u8>) -> Taken {
    let mut begin = 0;
    let mut taken = Taken::More;
    while let Some(length) = memchr::memchr(b'\n', buffer.get(begin..).unwrap_or_default()) {
        let line = buffer.get(begin..=begin + length).unwrap_or_default();
        begin += length + 1;
        if line == b".\r\n" || line == b".\n" {
            taken = Taken::End;
            break;
        }
        text.extend_from_slice(line.strip_prefix(b".").unwrap_or(line));
    }
    buffer.drain(..begin);
    taken
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn a_text_ends_at_its_dot_and_loses_the_dots_that_were_put_in() {
        let whole = b"Subject: x\r\n\r\n..ein Punkt\r\n...\r\nEnde\r\n.\r\n+OK next";
        let expected = b"Subject: x\r\n\r\n.ein Punkt\r\n..\r\nEnde\r\n";
        for cut in 0..whole.len() {
            let (mut buffer, mut text) = (whole[..cut].to_vec(), Vec::new());
            if take_lines(&mut buffer, &mut text) == Taken::More {
                buffer.extend_from_slice(&whole[cut..]);
                assert_eq!(take_lines(&mut buffer, &mut text), Taken::End, "{cut}");
            } else {
                buffer.extend_from_slice(&whole[cut..]);
            }
            assert_eq!(text, expected, "{cut}");
            assert_eq!(buffer, b"+OK next", "{cut}");
        }
    }

    #[test]
    fn an_answer_is_yes_or_no_with_a_code() {
        let reply = |line: &[u8]| Reply::of(line);
        assert_eq!(reply(b"+OK"), Some(Reply { is_ok: true, words: String::new() }));
        assert_eq!(reply(b"* OK"), None);
        let refused = reply(b"-ERR [SYS/TEMP] sp\xe4ter").unwrap();
        assert!(!refused.is_ok && refused.has_code("SYS") && refused.has_code("SYS/TEMP"));
        assert!(!refused.has_code("AUTH"));
    }
}
