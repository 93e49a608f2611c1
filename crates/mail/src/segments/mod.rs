//! The parts of a body: new text, quotes, signatures, legal notices.
//!
//! Nothing is deleted. The segments lie side by side and cover the body; screens fold the quotes
//! and whatever was answered between two quotes stays visible. A body of which nothing is new, like a
//! mail handed on without a word, is new as a whole: there is nothing else to read. Plain text and HTML go through the
//! same rules, HTML with its markup as a further clue. The time is linear in the length.

mod attribution;
mod ending;
mod html;
mod line;
mod words;

use std::ops::Range;

use crate::clean::{CleanHtml, clean};
use crate::read::Mail;
use crate::segments::ending::Ending;
use crate::segments::line::{Line, Mark};

/// Segments of one body; what lies behind so many changes is one last segment.
const SEGMENTS_MAX: usize = 200;

/// What a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SegmentKind {
    /// What the sender wrote now.
    New,
    /// What somebody wrote before, with the line that introduces it.
    Quote,
    /// The closing phrase and what follows it.
    Signature,
    /// A legal notice or a warning that a server added.
    Disclaimer,
}

impl SegmentKind {
    /// The stable name, in snake case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Quote => "quote",
            Self::Signature => "signature",
            Self::Disclaimer => "disclaimer",
        }
    }
}

/// A part of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it is.
    pub kind: SegmentKind,
    /// Where it stands: in the text of the mail, or in the cleaned HTML if the mail has HTML. Each
    /// segment begins where the one before ends.
    pub range: Range<usize>,
    /// Its text.
    pub text: String,
    /// Its HTML, cleaned and complete by itself, if the mail has HTML.
    pub html: Option<String>,
}

/// The body of a mail in segments.
#[derive(Clone, Debug, Default)]
pub struct Segments {
    /// The segments in their order; none if the mail has no text.
    pub list: Vec<Segment>,
    /// The cleaned HTML as a whole, if the mail has HTML.
    pub html: Option<CleanHtml>,
    /// Whether somebody else's words stand in the body, also if nothing else does.
    pub has_quote: bool,
}

impl Segments {
    /// The text of all segments of one kind, in their order.
    pub fn text_of(&self, kind: SegmentKind) -> String {
        let segments = self.list.iter().filter(|segment| segment.kind == kind);
        segments.map(|segment| segment.text.as_str()).collect()
    }
}

/// The segments of a mail: of its HTML if it has any, else of its text.
pub fn segments(mail: &Mail) -> Segments {
    match (&mail.html, &mail.text) {
        (Some(html), _) => {
            let cleaned = clean(html);
            let cut = ranges(&line::lines_of_html(&cleaned.html), cleaned.html.len());
            let list = html::cut(&cleaned.html, cut.list);
            Segments { list, html: Some(cleaned), has_quote: cut.has_quote }
        }
        (None, Some(text)) => {
            let cut = ranges(&line::lines_of_text(text), text.len());
            Segments { list: of_text(text, cut.list), html: None, has_quote: cut.has_quote }
        }
        (None, None) => Segments::default(),
    }
}

/// The segments of plain text.
pub fn segments_of_text(text: &str) -> Vec<Segment> {
    of_text(text, ranges(&line::lines_of_text(text), text.len()).list)
}

fn of_text(text: &str, ranges: Vec<(SegmentKind, Range<usize>)>) -> Vec<Segment> {
    let segments = ranges.into_iter().map(|(kind, range)| {
        let text = text.get(range.clone()).unwrap_or_default().to_string();
        Segment { kind, range, text, html: None }
    });
    segments.collect()
}

/// The segments of HTML that went through [`clean`].
pub fn segments_of_html(clean_html: &str) -> Vec<Segment> {
    let lines = line::lines_of_html(clean_html);
    html::cut(clean_html, ranges(&lines, clean_html.len()).list)
}

/// A body, cut.
struct Cut {
    /// Stretches of lines of the same kind, with their place in the body.
    list: Vec<(SegmentKind, Range<usize>)>,
    has_quote: bool,
}

fn ranges(lines: &[Line], end: usize) -> Cut {
    let mut kinds = classify(lines);
    let has_quote = kinds.contains(&SegmentKind::Quote);
    let mut known = lines.iter().zip(&kinds);
    if !known.any(|(line, kind)| *kind == SegmentKind::New && !line.is_blank()) {
        kinds.fill(SegmentKind::New);
    }
    let mut found: Vec<(SegmentKind, Range<usize>)> = Vec::new();
    for (line, kind) in lines.iter().zip(kinds) {
        let is_full = found.len() >= SEGMENTS_MAX;
        match found.last_mut() {
            Some((last, _)) if *last == kind || is_full => {}
            Some((_, range)) => {
                range.end = line.start;
                found.push((kind, line.start..end));
            }
            // What stands before the first line, like opening tags, belongs to it.
            None => found.push((kind, 0..end)),
        }
    }
    if found.is_empty() && end > 0 {
        found.push((SegmentKind::New, 0..end));
    }
    Cut { list: found, has_quote }
}

fn classify(lines: &[Line]) -> Vec<SegmentKind> {
    let mut kinds = vec![SegmentKind::New; lines.len()];
    mark_quotes(lines, &mut kinds);
    let mut start = 0;
    while start < lines.len() {
        let is_quote = kinds.get(start) == Some(&SegmentKind::Quote);
        let rest = kinds.get(start..).unwrap_or_default();
        let length =
            rest.iter().take_while(|kind| (**kind == SegmentKind::Quote) == is_quote).count();
        if !is_quote {
            let run = lines.get(start..start + length).unwrap_or_default();
            ending::mark_ending(run, |index, ending| {
                if let Some(kind) = kinds.get_mut(start + index) {
                    *kind = match ending {
                        Ending::Signature => SegmentKind::Signature,
                        Ending::Disclaimer => SegmentKind::Disclaimer,
                    };
                }
            });
        }
        start += length.max(1);
    }
    settle_blanks(lines, &mut kinds);
    kinds
}

fn mark_quotes(lines: &[Line], kinds: &mut [SegmentKind]) {
    let mut index = 0;
    while let Some(line) = lines.get(index) {
        let length = match line.mark {
            Mark::RestQuoted => lines.len() - index,
            Mark::Quoted => 1,
            Mark::Attribution => introduced(lines, index, 1, Unmarked::IsNew),
            _ if line.is_blank() => 0,
            _ => match attribution::introduction(lines.get(index..).unwrap_or_default()) {
                Some(length) => introduced(lines, index, length, Unmarked::IsQuoted),
                None => 0,
            },
        };
        for kind in kinds.iter_mut().skip(index).take(length) {
            *kind = SegmentKind::Quote;
        }
        index += length.max(1);
    }
}

/// What text without quote marks behind an introduction is.
#[derive(PartialEq, Eq)]
enum Unmarked {
    IsQuoted,
    IsNew,
}

/// How many lines an introduction and what it introduces have: up to the end of the marked quote,
/// or, if the quote has no marks, all.
fn introduced(lines: &[Line], start: usize, length: usize, unmarked: Unmarked) -> usize {
    let behind = start + length;
    let is_marked = |line: &Line| matches!(line.mark, Mark::Quoted | Mark::Indented);
    let next = lines.iter().skip(behind).position(|line| !line.is_blank());
    let Some(first) = next.map(|offset| behind + offset) else { return lines.len() - start };
    if !lines.get(first).is_some_and(is_marked) {
        return if unmarked == Unmarked::IsQuoted { lines.len() - start } else { length };
    }
    let quoted = lines.iter().skip(first).take_while(|line| is_marked(line) || line.is_blank());
    first - start + quoted.count()
}

/// A blank line outside of quotes belongs to what stands before it; at the beginning, to what
/// follows.
fn settle_blanks(lines: &[Line], kinds: &mut [SegmentKind]) {
    let first = lines.iter().position(|line| !line.is_blank()).unwrap_or(0);
    let mut last = kinds.get(first).copied().unwrap_or(SegmentKind::New);
    for (line, kind) in lines.iter().zip(kinds) {
        if line.is_blank() && *kind != SegmentKind::Quote {
            *kind = last;
        } else {
            last = *kind;
        }
    }
}

#[cfg(test)]
mod tests;
