//! Brings a mail to our own LMTP listener (RFC 2033), as a mail server would.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;
use tokio::time::timeout;

/// The listener is in the same process; it answers at once or never.
const PATIENCE: Duration = Duration::from_secs(10);

/// Hands a mail over. `mail` has lines that end in CR LF.
pub async fn by_lmtp(place: SocketAddr, from: &str, to: &str, mail: &[u8]) -> io::Result<()> {
    let handing = async {
        let mut stream = BufReader::new(TcpStream::connect(place).await?);
        answered(&mut stream, "220").await?;
        say(&mut stream, b"LHLO sandbox.example\r\n", "250").await?;
        say(&mut stream, format!("MAIL FROM:<{from}>\r\n").as_bytes(), "250").await?;
        say(&mut stream, format!("RCPT TO:<{to}>\r\n").as_bytes(), "250").await?;
        say(&mut stream, b"DATA\r\n", "354").await?;
        stream.write_all(&stuffed(mail)).await?;
        say(&mut stream, b".\r\n", "250").await?;
        stream.write_all(b"QUIT\r\n").await
    };
    timeout(PATIENCE, handing).await.unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

async fn say(stream: &mut BufReader<TcpStream>, words: &[u8], wanted: &str) -> io::Result<()> {
    stream.write_all(words).await?;
    answered(stream, wanted).await
}

/// Reads an answer of any number of lines.
async fn answered(stream: &mut BufReader<TcpStream>, wanted: &str) -> io::Result<()> {
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if line.get(3..4) == Some("-") {
            continue;
        }
        return match line.starts_with(wanted) {
            true => Ok(()),
            false => Err(io::Error::other(line.trim().to_owned())),
        };
    }
}

/// A dot at the beginning of a line is said twice (RFC 5321 section 4.5.2).
fn stuffed(mail: &[u8]) -> Vec<u8> {
    let mut octets = Vec::with_capacity(mail.len() + 16);
    for line in mail.split_inclusive(|octet| *octet == b'\n') {
        if line.starts_with(b".") {
            octets.push(b'.');
        }
        octets.extend_from_slice(line);
    }
    if !octets.ends_with(b"\r\n") {
        octets.extend_from_slice(b"\r\n");
    }
    octets
}

#[cfg(test)]
mod tests {
    use super::stuffed;

    #[test]
    fn a_dot_does_not_end_the_mail() {
        assert_eq!(stuffed(b"a\r\n.\r\n..b"), b"a\r\n..\r\n...b\r\n");
        assert_eq!(stuffed(b"a\r\n"), b"a\r\n");
    }
}
