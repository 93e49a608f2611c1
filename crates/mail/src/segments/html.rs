//! Cuts cleaned HTML into pieces that are complete by themselves.

use std::ops::Range;

use crate::clean::tokens::{Kind, Tokens, is_void};
use crate::segments::{Segment, SegmentKind};
use crate::text::text_from_clean_html;

/// The pieces. Elements that are open where a piece begins are opened again, and closed at its
/// end.
pub(super) fn cut(html: &str, ranges: Vec<(SegmentKind, Range<usize>)>) -> Vec<Segment> {
    let mut tokens = Tokens::new(html).peekable();
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    let mut segments = Vec::with_capacity(ranges.len());
    for (kind, range) in ranges {
        let mut piece = String::new();
        for (_, tag) in &open {
            piece.push_str(html.get(tag.clone()).unwrap_or_default());
        }
        piece.push_str(html.get(range.clone()).unwrap_or_default());
        while let Some(token) = tokens.next_if(|token| token.range.start < range.end) {
            match token.kind {
                Kind::Start { name, .. } if !is_void(name) => open.push((name, token.range)),
                Kind::End { .. } => {
                    open.pop();
                }
                _ => {}
            }
        }
        for (name, _) in open.iter().rev() {
            piece.push_str("</");
            piece.push_str(name);
            piece.push('>');
        }
        let text = text_from_clean_html(&piece);
        segments.push(Segment { kind, range, text, html: Some(piece) });
    }
    segments
}
