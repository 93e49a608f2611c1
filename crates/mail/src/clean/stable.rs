//! Whether cleaned HTML stays as it is when it is parsed again.
//!
//! The print of a parsed document is not always parsed to the same document: a link inside a link,
//! a block inside a paragraph, text between table rows. This looks for all of these; it may say no
//! without need, which costs a further round, but never yes without reason.

use crate::clean::tokens::{Kind, Tokens, is_void};

/// The parser drops it at the beginning of a document.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Whether nothing in the HTML would be moved by a parser.
pub(super) fn is_stable(html: &str) -> bool {
    if html.starts_with(BYTE_ORDER_MARK) || memchr::memchr(b'\r', html.as_bytes()).is_some() {
        return false;
    }
    let mut open: Vec<&str> = Vec::new();
    for token in Tokens::new(html) {
        match token.kind {
            Kind::Text(text) => {
                let is_blank = text.trim_ascii().is_empty();
                let after = open.last().copied().unwrap_or_default();
                let is_misplaced = is_table_part(after) && !is_blank;
                let begins_pre = after == "pre" && text.starts_with('\n');
                if is_misplaced || begins_pre || !is_escaped(text) {
                    return false;
                }
            }
            Kind::Start { name, .. } => {
                if !may_stand(name, &open) {
                    return false;
                }
                if !is_void(name) {
                    open.push(name);
                }
            }
            Kind::End { name } => {
                if open.pop() != Some(name) {
                    return false;
                }
            }
        }
    }
    open.is_empty()
}

fn is_escaped(text: &str) -> bool {
    !text.contains(['>', '\u{a0}', '\0', '\r'])
}

fn is_table_part(name: &str) -> bool {
    matches!(name, "table" | "tbody" | "thead" | "tfoot" | "tr" | "colgroup")
}

/// Whether a parser leaves the element where it stands.
fn may_stand(name: &str, open: &[&str]) -> bool {
    let parent = open.last().copied().unwrap_or_default();
    let fits_table = match name {
        "caption" | "colgroup" | "tbody" | "thead" | "tfoot" => parent == "table",
        "tr" => matches!(parent, "tbody" | "thead" | "tfoot"),
        "td" | "th" => parent == "tr",
        "col" => parent == "colgroup",
        _ => !is_table_part(parent),
    };
    if !fits_table {
        return false;
    }
    // Only what lies within the nearest cell matters, and tables end the search.
    let near = open.iter().rev().take_while(|open| !matches!(**open, "td" | "th" | "caption"));
    let mut same_formatting = 0;
    for ancestor in near {
        let is_conflict = match name {
            "a" => *ancestor == "a",
            "li" => *ancestor == "li" && !has_list_between(open),
            "dd" | "dt" => matches!(*ancestor, "dd" | "dt"),
            _ if is_heading(name) => is_heading(ancestor),
            _ => false,
        };
        if is_conflict || closes_paragraph(name) && *ancestor == "p" {
            return false;
        }
        same_formatting += usize::from(*ancestor == name);
    }
    // The parser keeps at most three equal formatting elements in its list.
    !(matches!(
        name,
        "a" | "b"
            | "big"
            | "code"
            | "em"
            | "font"
            | "i"
            | "s"
            | "small"
            | "strike"
            | "strong"
            | "tt"
            | "u"
    ) && same_formatting >= 3)
}

fn has_list_between(open: &[&str]) -> bool {
    let inner = open.iter().rev().take_while(|name| **name != "li");
    inner.into_iter().any(|name| matches!(*name, "ul" | "ol"))
}

fn is_heading(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}

fn closes_paragraph(name: &str) -> bool {
    matches!(
        name,
        "blockquote"
            | "center"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "li"
            | "ol"
            | "p"
            | "pre"
            | "table"
            | "ul"
    )
}
