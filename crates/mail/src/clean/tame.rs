//! Prepares HTML for the parser: only tags that may stay, no comments, no raw text, bounded
//! nesting.
//!
//! The parser behind the sanitiser does what browsers do, and that is quadratic for some input:
//! hundreds of thousands of open elements, of formatting elements that are opened again in each
//! paragraph, of attributes of one tag, of text between table rows. Nothing of it is needed for a
//! mail. This pass is linear and decides nothing about safety: what it prints is sanitised.

use crate::clean::scan::{comment_length, raw_text_length, reference, tag_length};
use crate::clean::tag::{COUNTED, FORMATTING, TAG_COUNT, Tag};

/// Elements inside one another; browsers stop at about 500.
const DEPTH_MAX: usize = 300;
/// How often elements may be opened again behind a block; each time costs a node.
const REOPENED_MAX: usize = 100_000;
/// Tags and texts in tables outside of cells; each is searched for in a list.
const MISPLACED_MAX: usize = 2_000;
/// Tags in all; each costs a node of some hundred bytes.
const TAGS_MAX: usize = 150_000;
/// Character references; the parser handles each apart from the text around it, slowly.
const REFERENCES_MAX: usize = 10_000;
/// Attributes of one tag; each is compared with each.
const ATTRIBUTES_MAX: usize = 100;

/// The HTML is too entangled to be parsed with bounded effort.
#[derive(Debug)]
pub(crate) struct TooComplex;

/// The HTML with only the tags for which `is_allowed` says so; the content of elements for which
/// `is_dropped` says so is left out.
pub(crate) fn tame(
    html: &str,
    is_allowed: fn(&str) -> bool,
    is_dropped: fn(&str) -> bool,
) -> Result<String, TooComplex> {
    let out = String::with_capacity(html.len());
    let mut tamer = Tamer { html, out, is_allowed, is_dropped, ..Tamer::default() };
    tamer.run()?;
    Ok(tamer.out)
}

/// The text with only these tags, without attributes and without any bound: for HTML that is not
/// parsed.
pub(crate) fn flat(html: &str, is_allowed: fn(&str) -> bool) -> String {
    let out = String::with_capacity(html.len());
    let mut tamer = Tamer { html, out, is_allowed, is_flat: true, ..Tamer::default() };
    // A flat tamer refuses nothing.
    if tamer.run().is_err() { String::new() } else { tamer.out }
}

struct Tamer<'a> {
    html: &'a str,
    out: String,
    is_allowed: fn(&str) -> bool,
    is_dropped: fn(&str) -> bool,
    is_flat: bool,
    tags: usize,
    references: usize,
    /// How many elements of each kind are open; those that are dropped are counted as one kind.
    open: [usize; TAG_COUNT + 1],
    depth: usize,
    formatting: usize,
    reopened: usize,
    misplaced: usize,
    /// For each open table: whether a cell is open in it.
    in_cell: Vec<bool>,
}

impl Default for Tamer<'_> {
    fn default() -> Self {
        Self {
            html: "",
            out: String::new(),
            is_allowed: |_| false,
            is_dropped: |_| false,
            is_flat: false,
            tags: 0,
            references: 0,
            open: [0; TAG_COUNT + 1],
            depth: 0,
            formatting: 0,
            reopened: 0,
            misplaced: 0,
            in_cell: Vec::new(),
        }
    }
}

impl Tamer<'_> {
    fn run(&mut self) -> Result<(), TooComplex> {
        let mut position = 0;
        while let Some(rest) = self.html.get(position..).filter(|rest| !rest.is_empty()) {
            let text = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.text(rest.get(..text).unwrap_or(rest))?;
            let tag = rest.get(text..).unwrap_or_default();
            if tag.is_empty() {
                break;
            }
            position += text + self.tag(tag)?;
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), TooComplex> {
        if self.in_cell.last() == Some(&false) && !text.trim_ascii().is_empty() {
            self.misplace()?;
        }
        let mut rest = text;
        while let Some(at) = memchr::memchr2(b'&', 0, rest.as_bytes()) {
            self.out.push_str(rest.get(..at).unwrap_or_default());
            let found = rest.get(at..).unwrap_or_default();
            let (character, length) = match found.strip_prefix('&') {
                None => (None, 1),
                Some(behind) => match reference(behind) {
                    Some((character, length)) => (Some(character), length + 1),
                    None => {
                        self.references += 1;
                        (Some('&'), 1)
                    }
                },
            };
            self.out.extend(character);
            rest = found.get(length..).unwrap_or_default();
        }
        self.out.push_str(rest);
        let is_bounded = self.is_flat || self.references <= REFERENCES_MAX;
        if is_bounded { Ok(()) } else { Err(TooComplex) }
    }

    /// Handles what begins with `<`; returns how long it is.
    fn tag(&mut self, tag: &str) -> Result<usize, TooComplex> {
        let behind = tag.get(1..).unwrap_or_default();
        if behind.starts_with("!--") {
            return Ok(comment_length(tag));
        }
        let is_end = behind.starts_with('/');
        let name_start = if is_end { 2 } else { 1 };
        let name = tag.get(name_start..).unwrap_or_default();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
            if is_end || behind.starts_with(['!', '?']) {
                return Ok(tag.find('>').map_or(tag.len(), |at| at + 1));
            }
            self.text("&lt;")?;
            return Ok(1);
        }
        let is_over = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let name_length = name.as_bytes().iter().position(is_over).unwrap_or(name.len());
        let name = name.get(..name_length).unwrap_or_default();
        let mut lower = [0; NAME_BYTES_MAX];
        let name = lowered(name, &mut lower);
        let (length, attributes) = tag_length(tag, name_start + name_length);
        let whole = tag.get(..length).unwrap_or(tag);
        if !is_end && is_raw_text(name) {
            return Ok(length + raw_text_length(tag.get(length..).unwrap_or_default(), name));
        }
        // An unfinished tag at the end of the document is none.
        if !whole.ends_with('>') {
            return Ok(length);
        }
        if self.is_flat {
            if (self.is_allowed)(name) {
                self.out.push_str("<br>");
            }
            return Ok(length);
        }
        self.tags += 1;
        if self.tags > TAGS_MAX {
            return Err(TooComplex);
        }
        match is_end {
            true => self.end(name)?,
            false if attributes > ATTRIBUTES_MAX => return Err(TooComplex),
            false => self.start(name, whole)?,
        }
        Ok(length)
    }

    fn start(&mut self, name: &str, tag: &str) -> Result<(), TooComplex> {
        if (self.is_dropped)(name) {
            // The sanitiser removes it with its content.
            self.out.push_str("<x-dropped>");
            return self.opened(DROPPED);
        }
        let known = Tag::named(name.as_bytes()).filter(|_| (self.is_allowed)(name));
        let Some(known) = known else { return Ok(()) };
        self.cell_context(name)?;
        if known.is_in(FORMATTING) {
            self.formatting += 1;
        } else {
            self.reopen()?;
        }
        if known.is_in(COUNTED) && self.depth >= DEPTH_MAX {
            return Ok(());
        }
        match tag.contains('\0') {
            true => self.out.extend(tag.chars().filter(|c| *c != '\0')),
            false => self.out.push_str(tag),
        }
        if known.is_in(COUNTED) { self.opened(known.index()) } else { Ok(()) }
    }

    fn opened(&mut self, kind: usize) -> Result<(), TooComplex> {
        if let Some(count) = self.open.get_mut(kind) {
            *count += 1;
        }
        self.depth += 1;
        // Content that is dropped is not worth a limit of its own.
        if self.depth > DEPTH_MAX * 2 { Err(TooComplex) } else { Ok(()) }
    }

    fn end(&mut self, name: &str) -> Result<(), TooComplex> {
        let is_dropped = (self.is_dropped)(name);
        let known = Tag::named(name.as_bytes()).filter(|_| !is_dropped && (self.is_allowed)(name));
        if !is_dropped && known.is_none() {
            return Ok(());
        }
        let name = if is_dropped { "x-dropped" } else { name };
        match name {
            "td" | "th" | "caption" => {
                if let Some(in_cell) = self.in_cell.last_mut() {
                    *in_cell = false;
                }
            }
            "table" => {
                self.in_cell.pop();
            }
            _ => {}
        }
        if known.is_some_and(|tag| tag.is_in(FORMATTING)) {
            self.formatting = self.formatting.saturating_sub(1);
        } else {
            self.reopen()?;
        }
        let kind = known.map_or(DROPPED, Tag::index);
        if let Some(count) = self.open.get_mut(kind).filter(|count| **count > 0) {
            *count -= 1;
            self.depth -= 1;
        }
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
        Ok(())
    }

    fn cell_context(&mut self, name: &str) -> Result<(), TooComplex> {
        match name {
            "table" => {
                if self.in_cell.last() == Some(&false) {
                    self.misplace()?;
                }
                self.in_cell.push(false);
            }
            "td" | "th" | "caption" => {
                if let Some(in_cell) = self.in_cell.last_mut() {
                    *in_cell = true;
                }
            }
            "tr" | "tbody" | "thead" | "tfoot" | "col" | "colgroup" => {
                if let Some(in_cell) = self.in_cell.last_mut() {
                    *in_cell = false;
                }
            }
            _ if self.in_cell.last() == Some(&false) => self.misplace()?,
            _ => {}
        }
        Ok(())
    }

    fn misplace(&mut self) -> Result<(), TooComplex> {
        self.misplaced += 1;
        if self.misplaced > MISPLACED_MAX { Err(TooComplex) } else { Ok(()) }
    }

    fn reopen(&mut self) -> Result<(), TooComplex> {
        // One or two open formatting elements around everything are common in old mails.
        self.reopened += self.formatting.saturating_sub(2);
        if self.reopened > REOPENED_MAX { Err(TooComplex) } else { Ok(()) }
    }
}

/// The longest name that is looked at in any way.
const NAME_BYTES_MAX: usize = 10;
/// Where the elements are counted whose content is dropped.
const DROPPED: usize = TAG_COUNT;

/// The name in lower case; of a longer one than any that is known, as it is.
fn lowered<'n>(name: &'n str, lower: &'n mut [u8; NAME_BYTES_MAX]) -> &'n str {
    let Some(lower) = lower.get_mut(..name.len()) else { return name };
    lower.copy_from_slice(name.as_bytes());
    lower.make_ascii_lowercase();
    std::str::from_utf8(lower).unwrap_or(name)
}

/// Elements whose content is not HTML. It is dropped: no mail shows it.
fn is_raw_text(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "textarea"
            | "xmp"
            | "iframe"
            | "noembed"
            | "noframes"
            | "noscript"
            | "plaintext"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    fn tamed(html: &str) -> Option<String> {
        let is_allowed = |name: &str| matches!(name, "p" | "b" | "div" | "table" | "td" | "tr");
        tame(html, is_allowed, |name| name == "svg").ok()
    }

    #[track_caller]
    fn tames(html: &str, expected: &str) {
        assert_eq!(tamed(html).as_deref(), Some(expected), "{html}");
    }

    #[test]
    fn only_allowed_tags_and_text_are_left() {
        tames("<P class=x>a<o:p></o:p><b>c</B>", "<P class=x>a<b>c</b>");
        tames("a<!-- <p> -->b<!--[if mso]>x<![endif]-->c<!DOCTYPE x><?xml?>d", "abcd");
        tames("a<style>p{}</style>b<script>'<p>'</script x>c<title>t", "abc");
        tames("1 < 2 <3", "1 &lt; 2 &lt;3");
        tames("<svg><p>x</p></svg>y", "<x-dropped><p>x</p></x-dropped>y");
        tames("a<p x='", "a");
    }

    #[test]
    fn comments_end_where_browsers_end_them() {
        tames("<!-->a<!--->b<!-- --!>c<!-- x", "abc");
    }

    #[test]
    fn what_is_too_entangled_is_refused_or_made_flat() {
        let deep = tamed(&"<div>".repeat(100_000)).unwrap();
        assert_eq!(deep.len(), 300 * 5);
        assert!(tamed(&("<b>".repeat(3_000) + &"<p>".repeat(100_000))).is_none());
        assert!(tamed(&("<table>".to_string() + &"<p>x".repeat(100_000))).is_none());
        let many: String = (0..1_000).map(|n| format!(" a{n}")).collect();
        assert!(tamed(&format!("<p{many}>")).is_none());
    }
}
