//! The bodies of parts: text is hidden in its encoding, a mail inside as a mail, all else is filled.

use super::located::{in_base64, in_quoted};
use super::scramble::{Scrambler, fill};
use super::{DEPTH_MAX, delimiter, header, markup};
use crate::read::Encoding;
use crate::read::lines::{LineEnds, line_at, trimmed};
use crate::read::tree::Node;

/// Hides what a part says, in place.
pub(super) fn hide(body: &mut [u8], node: &Node, depth: usize, words: &mut Scrambler) {
    let charset = node.content_type.get("charset").map(str::to_owned);
    let mut change = |decoded: &mut [u8]| {
        let charset = charset.as_deref();
        match node.media_type.as_str() {
            "text/html" | "application/xhtml+xml" => markup::hide(decoded, charset, words),
            "message/rfc822" | "message/global" if depth < DEPTH_MAX => {
                super::hide(decoded, depth + 1, words);
            }
            "text/rfc822-headers"
            | "message/delivery-status"
            | "message/feedback-report"
            | "message/disposition-notification" => fields(decoded, words),
            kind if kind.starts_with("text/") || kind.starts_with("message/") => {
                words.text(decoded, charset);
            }
            _ => fill(decoded),
        }
    };
    match node.encoding {
        Encoding::Identity | Encoding::Unknown => match node.content_type.get("boundary") {
            // A multipart without parts is shown as text.
            Some(boundary) => but_delimiters(body, boundary, words),
            None => change(body),
        },
        Encoding::QuotedPrintable => in_quoted(body, None, change),
        Encoding::Base64 => {
            let begin = body.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            in_base64(body.get_mut(begin..).unwrap_or_default(), change);
            behind_padding(body, words);
        }
        Encoding::Uuencode => uuencoded(body, words),
    }
}

fn but_delimiters(body: &mut [u8], boundary: &str, words: &mut Scrambler) {
    let ends = LineEnds::of(body);
    let mut position = 0;
    while let Some(line) = line_at(body, position, body.len(), ends) {
        position = line.next;
        let Some(text) = body.get_mut(line.text) else { continue };
        if delimiter(text, &[boundary]).is_none() {
            words.text(text, None);
        }
    }
}

/// Lists add their footer behind a part that is encoded: it is text.
fn behind_padding(body: &mut [u8], words: &mut Scrambler) {
    let Some(padding) = body.iter().position(|byte| *byte == b'=') else { return };
    words.text(body.get_mut(padding..).unwrap_or_default(), None);
}

/// Groups of fields, as reports have them.
fn fields(text: &mut [u8], words: &mut Scrambler) {
    let ends = LineEnds::of(text);
    let mut position = 0;
    while let Some(line) = line_at(text, position, text.len(), ends) {
        if trimmed(text.get(line.text.clone()).unwrap_or_default()).is_empty() {
            position = line.next;
            continue;
        }
        let end = header::end_of_field(text, &line, text.len(), ends);
        if let Some(field) = text.get_mut(line.text.start..end) {
            header::hide(field, words);
        }
        position = end;
    }
}

/// `begin 644 name`, lines that begin with their length, `end`.
fn uuencoded(text: &mut [u8], words: &mut Scrambler) {
    let ends = LineEnds::of(text);
    let (mut position, mut is_inside) = (0, false);
    while let Some(line) = line_at(text, position, text.len(), ends) {
        position = line.next;
        let Some(content) = text.get_mut(line.text.clone()) else { continue };
        let is_begin = content.starts_with(b"begin ");
        if is_begin {
            is_inside = true;
            words.text(content.get_mut(10..).unwrap_or_default(), None);
        } else if is_inside && content == b"end" {
            is_inside = false;
        } else if is_inside {
            let data = content.get_mut(1..).unwrap_or_default();
            data.iter_mut().filter(|byte| **byte > b' ').for_each(|byte| *byte = b'5');
        } else {
            words.text(content, None);
        }
    }
}
