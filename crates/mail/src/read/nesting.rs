//! How deep mails lie inside one another. An attached mail is one part and is not looked into; only
//! that there is more of it than anybody reads is noticed.

use std::ops::Range;

use crate::read::header::read_header;
use crate::read::limits::DEPTH_MAX;
use crate::read::lines::{LineEnds, line_at};
use crate::read::oddity::{Oddities, OddityCode};
use crate::read::parameters::Parameterized;
use crate::read::transfer::Encoding;
use crate::read::tree::{Node, Tree};

/// Notes the attached mails in which mails and multiparts are nested deeper than the limit.
pub(crate) fn note_deep_mails(bytes: &[u8], tree: &Tree, oddities: &mut Oddities) {
    for node in tree.nodes.iter().filter(|node| is_plain_mail(node)) {
        if is_too_deep(bytes, node.body.clone()) {
            oddities.add(OddityCode::DepthLimit, &node.path);
        }
    }
}

/// A mail must not be encoded as a whole (RFC 2046 section 5.2.1); one that is counts as a file.
fn is_plain_mail(node: &Node) -> bool {
    is_mail(&node.media_type) && matches!(node.encoding, Encoding::Identity)
}

fn is_mail(media_type: &str) -> bool {
    matches!(media_type, "message/rfc822" | "message/global")
}

/// Goes forward only: no byte is looked at for more than one header and one delimiter.
fn is_too_deep(bytes: &[u8], body: Range<usize>) -> bool {
    let ends = LineEnds::of(bytes.get(body.clone()).unwrap_or_default());
    // What is open: the boundary of a multipart, or none for a mail.
    let mut open: Vec<Option<Vec<u8>>> = vec![None];
    let mut position = Some(body.start);
    while let Some(start) = position {
        let header = read_header(bytes, start..body.end, ends, &mut Oddities::default());
        let content_type = header.first("content-type").map(Parameterized::read);
        let content_type = content_type.unwrap_or_default();
        let boundary = content_type.get("boundary").map(|boundary| boundary.as_bytes().to_vec());
        position = if is_mail(&content_type.word) {
            open.push(None);
            Some(header.body)
        } else {
            if content_type.word.starts_with("multipart/") {
                open.push(boundary.filter(|boundary| !boundary.is_empty()));
            }
            next_part(bytes, header.body..body.end, ends, &mut open)
        };
        if open.len() > DEPTH_MAX {
            return true;
        }
    }
    false
}

/// Where the next part begins. What ended before it is closed.
fn next_part(
    bytes: &[u8],
    range: Range<usize>,
    ends: LineEnds,
    open: &mut Vec<Option<Vec<u8>>>,
) -> Option<usize> {
    let mut position = range.start;
    while let Some(line) = line_at(bytes, position, range.end, ends) {
        position = line.next;
        let text = bytes.get(line.text)?;
        let Some(text) = text.strip_prefix(b"--").map(<[u8]>::trim_ascii_end) else { continue };
        let level = |name: &[u8]| open.iter().rposition(|own| own.as_deref() == Some(name));
        if let Some(level) = level(text) {
            open.truncate(level + 1);
            return Some(position);
        }
        if let Some(level) = text.strip_suffix(b"--").and_then(level) {
            open.truncate(level);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    const MAIL: &str = "Content-Type: message/rfc822\r\n\r\n";

    fn is_deep(mail: &str) -> bool {
        read(mail.as_bytes()).is_odd(OddityCode::DepthLimit)
    }

    /// Mails that each hold a text in two forms and, behind it, the next mail.
    fn forwarded(levels: usize) -> String {
        let mut mail = String::new();
        for level in 0..levels {
            mail += &format!(
                "Content-Type: multipart/mixed; boundary=m{level}\r\n\r\n--m{level}\r\n\
                 Content-Type: multipart/alternative; boundary=a{level}\r\n\r\n--a{level}\r\n\r\n\
                 Text\r\n--a{level}--\r\n--m{level}\r\n{MAIL}"
            );
        }
        mail + "Subject: the first\r\n\r\nText"
    }

    #[test]
    fn mails_nested_deeper_than_the_limit_are_noticed() {
        assert!(is_deep(&format!("{}\r\nText", MAIL.repeat(60))));
        assert!(!is_deep(&format!("{}\r\nText", MAIL.repeat(40))));
        assert!(is_deep(&forwarded(30)));
        assert!(!is_deep(&forwarded(20)));
    }

    #[test]
    fn many_mails_beside_one_another_are_not_deep() {
        let part = format!("--b\r\n{MAIL}Subject: one\r\n\r\nText\r\n");
        let digest = format!("{MAIL}Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        assert!(!is_deep(&format!("{digest}{}--b--\r\n", part.repeat(200))));
    }
}
