//! Base64 inside of bytes (RFC 4648 section 4, in lines as RFC 2045 section 6.8 has them) is kept decoded: a third
//! shorter before compression, and what is compressible in an attachment can be compressed at all.
//! Every byte comes back as it was.
//!
//! Folded bytes are chunks: a kind (1 byte), the number of bytes (4, little-endian), the bytes. Kind
//! 0 holds bytes as they are. All others hold what lines of the same length say: the lower seven
//! bits are a quarter of the length, the highest is set if lines end with LF instead of CR LF.

use std::io::{self, BufRead, Read, Write};

use data_encoding::BASE64_NOPAD;

/// The kind of bytes as they are.
const PLAIN: u8 = 0;
/// The bit of lines that end with LF alone.
const LF: u8 = 0x80;
/// Characters of the shortest and the longest line that is folded.
const LINE_CHARS: std::ops::RangeInclusive<usize> = 16..=508;
/// Fewer lines are not worth a chunk.
const LINES_MIN: usize = 4;
/// A chunk that is longer is closed.
const CHUNK_BYTES: usize = 64 * 1024;
/// No line that could be folded is longer, with its end.
const PIECE_BYTES: u64 = 1024;

/// Writes the chunks of these bytes.
pub(super) fn fold(bytes: &mut impl BufRead, out: &mut impl Write) -> io::Result<()> {
    let mut chunks = Chunks { out, plain: Vec::new(), kind: PLAIN, decoded: Vec::new() };
    let mut line = Vec::new();
    loop {
        line.clear();
        if bytes.take(PIECE_BYTES).read_until(b'\n', &mut line)? == 0 {
            chunks.end_lines()?;
            return chunks.write_plain();
        }
        chunks.add(&line)?;
    }
}

/// The bytes of which these are the chunks, behind `bytes`.
pub(super) fn unfold(chunks: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<()> {
    let mut decoded = Vec::new();
    loop {
        let mut head = [0; 5];
        if chunks.read(&mut head[..1])? == 0 {
            return Ok(());
        }
        chunks.read_exact(&mut head[1..])?;
        let [kind, length @ ..] = head;
        let length = u64::from(u32::from_le_bytes(length));
        let place = if kind == PLAIN { &mut *bytes } else { &mut decoded };
        if chunks.take(length).read_to_end(place)? as u64 != length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if kind != PLAIN {
            push_lines(kind, &decoded, bytes);
            decoded.clear();
        }
    }
}

/// What one line of this kind says, in bytes.
fn line_bytes(kind: u8) -> usize {
    usize::from(kind & !LF) * 3
}

fn push_lines(kind: u8, decoded: &[u8], bytes: &mut Vec<u8>) {
    let end: &[u8] = if kind & LF == 0 { b"\r\n" } else { b"\n" };
    for line in decoded.chunks(line_bytes(kind).max(1)) {
        let start = bytes.len();
        bytes.resize(start + BASE64_NOPAD.encode_len(line.len()), 0);
        BASE64_NOPAD.encode_mut(line, bytes.get_mut(start..).unwrap_or_default());
        bytes.extend_from_slice(end);
    }
}

/// Chunks on their way out: plain bytes, then lines of one kind.
struct Chunks<'a, W> {
    out: &'a mut W,
    plain: Vec<u8>,
    kind: u8,
    decoded: Vec<u8>,
}

impl<W: Write> Chunks<'_, W> {
    fn add(&mut self, line: &[u8]) -> io::Result<()> {
        if let Some((kind, text)) = as_base64(line) {
            if kind != self.kind {
                self.end_lines()?;
            }
            if decode(text, &mut self.decoded) {
                self.kind = kind;
                return if self.decoded.len() >= CHUNK_BYTES { self.end_lines() } else { Ok(()) };
            }
        }
        self.end_lines()?;
        self.plain.extend_from_slice(line);
        if self.plain.len() >= CHUNK_BYTES { self.write_plain() } else { Ok(()) }
    }

    /// Lines that were begun become a chunk, or plain bytes again if they are too few.
    fn end_lines(&mut self) -> io::Result<()> {
        let kind = std::mem::replace(&mut self.kind, PLAIN);
        let decoded = std::mem::take(&mut self.decoded);
        if decoded.len() < LINES_MIN * line_bytes(kind) {
            push_lines(kind, &decoded, &mut self.plain);
        } else if kind != PLAIN {
            self.write_plain()?;
            write_chunk(self.out, kind, &decoded)?;
        }
        Ok(())
    }

    fn write_plain(&mut self) -> io::Result<()> {
        let plain = std::mem::take(&mut self.plain);
        if plain.is_empty() { Ok(()) } else { write_chunk(self.out, PLAIN, &plain) }
    }
}

fn write_chunk(out: &mut impl Write, kind: u8, bytes: &[u8]) -> io::Result<()> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    out.write_all(&[kind])?;
    out.write_all(&length.to_le_bytes())?;
    out.write_all(bytes)
}

/// The kind and the text of a line that may be one of Base64, judged by its length.
fn as_base64(line: &[u8]) -> Option<(u8, &[u8])> {
    let (text, end) = match line.strip_suffix(b"\r\n") {
        Some(text) => (text, 0),
        None => (line.strip_suffix(b"\n")?, LF),
    };
    let fits = LINE_CHARS.contains(&text.len()) && text.len() % 4 == 0;
    let quarter = u8::try_from(text.len() / 4).ok().filter(|_| fits)?;
    Some((quarter | end, text))
}

/// Adds what a line says, if it is Base64. Whole groups of four have one spelling only (RFC 4648
/// section 3.5), so encoding brings back the same characters.
fn decode(text: &[u8], decoded: &mut Vec<u8>) -> bool {
    let start = decoded.len();
    decoded.resize(start + text.len() / 4 * 3, 0);
    let is_base64 =
        BASE64_NOPAD.decode_mut(text, decoded.get_mut(start..).unwrap_or_default()).is_ok();
    if !is_base64 {
        decoded.truncate(start);
    }
    is_base64
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use data_encoding::BASE64;

    use super::*;

    fn folded(bytes: &[u8]) -> Vec<u8> {
        let mut out = Vec::new();
        fold(&mut &*bytes, &mut out).unwrap();
        out
    }

    fn lines(bytes: &[u8], chars: usize, end: &str) -> String {
        let text = BASE64.encode(bytes);
        let lines = text.as_bytes().chunks(chars).map(|line| String::from_utf8_lossy(line));
        lines.map(|line| format!("{line}{end}")).collect()
    }

    fn comes_back(bytes: &[u8]) -> usize {
        let folded = folded(bytes);
        let mut back = Vec::new();
        unfold(&mut &*folded, &mut back).unwrap();
        assert_eq!(back, bytes);
        folded.len()
    }

    /// Bytes without a pattern (an LCG of Knuth's).
    fn noise(count: usize, seed: u64) -> Vec<u8> {
        let step = |state: &mut u64| {
            *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            Some((*state >> 56) as u8)
        };
        std::iter::repeat_n((), count).scan(seed, |state, ()| step(state)).collect()
    }

    #[test]
    fn an_attachment_is_kept_as_its_bytes() {
        let picture = noise(200_000, 1);
        for (chars, end) in [(76, "\r\n"), (64, "\n"), (16, "\r\n"), (508, "\n")] {
            let body = lines(&picture, chars, end);
            let mail = format!("Subject: Bild{end}{end}--x{end}{end}{body}{end}--x--{end}");
            assert!(comes_back(mail.as_bytes()) < 201_000, "{chars}");
        }
    }

    #[test]
    fn what_is_nearly_base64_comes_back_as_it_was() {
        let body = lines(&noise(1_000, 2), 76, "\r\n");
        for odd in [
            String::new(),
            "kein Ende".to_owned(),
            body.trim_end().to_owned(),
            body.replace("\r\n", "\n\r"),
            body.replacen("\r\n", "\n", 3),
            body.replacen("\r\n", "\r\r\n", 2),
            body.replacen("\r\n", " \r\n", 2),
            body.replacen('A', "=", 1),
            body.replacen('A', "\0", 1),
            body.replace('A', "-"),
            format!("{body}{}", lines(&noise(500, 3), 60, "\n")),
            lines(&noise(3_000, 4), 4_000, "\r\n"),
            "a".repeat(200_000),
            "QUJD\r\n".repeat(50),
        ] {
            comes_back(odd.as_bytes());
        }
    }

    #[test]
    fn pieces_in_any_order_come_back() {
        for seed in 0..300 {
            let choices = noise(12, seed);
            let mut bytes = Vec::new();
            for (place, choice) in choices.iter().enumerate() {
                let size = usize::from(*choice) * 3;
                let noise = noise(size, seed + place as u64);
                match choice % 5 {
                    0 => bytes.extend(noise),
                    1 => bytes.extend(lines(&noise, 76, "\r\n").into_bytes()),
                    2 => bytes.extend(lines(&noise, 20, "\n").into_bytes()),
                    3 => bytes.extend(lines(&noise, 76, "\n").into_bytes()),
                    _ => bytes.extend(b"Guten Tag,\r\n\r\nanbei das Bild.\r\n"),
                }
            }
            comes_back(&bytes);
        }
    }

    #[test]
    fn chunks_that_break_off_are_an_error() {
        let folded = folded(lines(&noise(1_000, 5), 76, "\r\n").as_bytes());
        for length in [1, 4, 5, 100, folded.len() - 1] {
            let mut short = folded.get(..length).unwrap();
            assert!(unfold(&mut short, &mut Vec::new()).is_err(), "{length}");
        }
    }
}
