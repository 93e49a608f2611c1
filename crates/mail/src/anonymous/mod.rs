//! A mail that says nothing any more and is built as before: for those who mend what cannot be read.
//!
//! Letters and digits of names, addresses and texts become others; the structure, the syntax of the
//! header, encodings, character sets and lengths stay, byte for byte. The same word becomes the same
//! word everywhere in a mail, so that references still fit; which one depends on a key that nobody
//! keeps. Other contents than text become filling.

mod body;
mod header;
mod located;
mod markup;
mod scramble;

use std::ops::Range;

use crate::read::lines::{LineEnds, line_at, trimmed};
use crate::read::tree::{Node, Tree};
use crate::read::{Oddities, opened};

use scramble::Scrambler;

/// Mails inside mails that are looked into.
const DEPTH_MAX: usize = 8;

/// The mail without what it says. `key` is drawn anew for each.
///
/// No word of four letters or more of a name, an address or a text stands in the result. What the
/// format needs stays: names of header fields, media types, boundaries, dates.
pub fn anonymous(bytes: &[u8], key: [u8; 32]) -> Vec<u8> {
    let mut scrambler = Scrambler::new(key);
    // The first round only learns which words there are, so that none of them comes out by chance.
    let mut ignored = bytes.to_vec();
    hide(&mut ignored, 0, &mut scrambler);
    scrambler.end_learning();
    let mut hidden = bytes.to_vec();
    hide(&mut hidden, 0, &mut scrambler);
    hidden
}

/// Hides what a mail says, in place.
fn hide(bytes: &mut [u8], depth: usize, words: &mut Scrambler) {
    let (_, tree) = opened(bytes, &mut Oddities::default());
    let ends = LineEnds::of(bytes);
    let mut leaves: Vec<&Node> = tree.nodes.iter().filter(|node| !node.is_multipart).collect();
    leaves.sort_by_key(|node| node.body.start);
    let mut position = 0;
    let mut is_first = true;
    for leaf in &leaves {
        let begin = leaf.body.start.max(position);
        let gap = position..begin;
        between(bytes, gap, is_first, ends, &tree, words);
        is_first = false;
        let end = leaf.body.end.max(begin);
        if let Some(part) = bytes.get_mut(begin..end) {
            body::hide(part, leaf, depth, words);
        }
        position = end;
    }
    let rest = position..bytes.len();
    between(bytes, rest, is_first, ends, &tree, words);
}

/// Headers, delimiters, and what stands before the first and behind the last part.
fn between(
    bytes: &mut [u8],
    gap: Range<usize>,
    is_first: bool,
    ends: LineEnds,
    tree: &Tree,
    words: &mut Scrambler,
) {
    let boundaries: Vec<&str> =
        tree.nodes.iter().filter_map(|node| node.content_type.get("boundary")).collect();
    let mut is_header = is_first;
    let mut position = gap.start;
    while position < gap.end {
        let Some(line) = line_at(bytes, position, gap.end, ends) else { break };
        let text = bytes.get(line.text.clone()).unwrap_or_default();
        if let Some(length) = delimiter(text, &boundaries) {
            is_header = true;
            let behind = line.text.start + length..line.text.end;
            words.text(bytes.get_mut(behind).unwrap_or_default(), None);
            position = line.next;
        } else if is_header && !trimmed(text).is_empty() {
            let end = header::end_of_field(bytes, &line, gap.end, ends);
            if let Some(field) = bytes.get_mut(line.text.start..end) {
                header::hide(field, words);
            }
            position = end;
        } else {
            // The blank lines above a mail do not end its header.
            let is_above = is_first && gap.start == 0 && is_blank(bytes, line.text.start);
            is_header &= is_above;
            if let Some(text) = bytes.get_mut(line.text.clone()) {
                words.text(text, None);
            }
            position = line.next;
        }
    }
}

fn is_blank(bytes: &[u8], until: usize) -> bool {
    bytes.get(..until).is_some_and(|above| above.iter().all(|byte| matches!(byte, b'\r' | b'\n')))
}

/// So many bytes of a line delimit parts: two hyphens and a boundary (RFC 2046 section 5.1.1); of any,
/// if none was declared. What stands behind them says nothing to a reader.
pub(super) fn delimiter(line: &[u8], boundaries: &[&str]) -> Option<usize> {
    let rest = line.strip_prefix(b"--")?;
    if boundaries.is_empty() {
        return (!rest.trim_ascii().is_empty()).then_some(line.len());
    }
    boundaries.iter().find_map(|boundary| {
        let behind = rest.strip_prefix(boundary.as_bytes())?;
        let is_known = matches!(behind, [] | [b' ' | b'\t' | b'\r', ..] | [b'-', b'-', ..]);
        is_known.then_some(line.len() - behind.len())
    })
}
