//! Cuts cleaned HTML into pieces that are complete by themselves.

use std::ops::Range;

use crate::clean::tokens::{Kind, Tokens, is_void};
use crate::segments::{Segment, SegmentKind};
use crate::text::LineWriter;

/// An element that is open where a piece ends.
struct Open<'a> {
    name: &'a str,
    attributes: &'a str,
    tag: Range<usize>,
}

/// The pieces. Elements that are open where a piece begins are opened again, and closed at its
/// end.
pub(super) fn cut(html: &str, ranges: Vec<(SegmentKind, Range<usize>)>) -> Vec<Segment> {
    let mut tokens = Tokens::new(html).peekable();
    let mut open: Vec<Open<'_>> = Vec::new();
    let mut segments = Vec::with_capacity(ranges.len());
    for (kind, range) in ranges {
        let mut piece = String::with_capacity(range.len() + 64);
        let mut text = LineWriter::default();
        for Open { name, attributes, tag } in &open {
            piece.push_str(html.get(tag.clone()).unwrap_or_default());
            text.token(Kind::Start { name, attributes });
        }
        piece.push_str(html.get(range.clone()).unwrap_or_default());
        while let Some(token) = tokens.next_if(|token| token.range.start < range.end) {
            text.token(token.kind);
            match token.kind {
                Kind::Start { name, attributes } if !is_void(name) => {
                    open.push(Open { name, attributes, tag: token.range });
                }
                Kind::End { .. } => {
                    open.pop();
                }
                _ => {}
            }
        }
        for Open { name, .. } in open.iter().rev() {
            piece.push_str("</");
            piece.push_str(name);
            piece.push('>');
            text.token(Kind::End { name });
        }
        segments.push(Segment { kind, range, text: text.finish(), html: Some(piece) });
    }
    segments
}
