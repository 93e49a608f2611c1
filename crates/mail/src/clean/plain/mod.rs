//! Cleaning without a tree: for HTML that a parser leaves as it stands.
//!
//! Most mails are written by programs that close what they open. For those the parser builds a
//! tree only to print the same tags again. This printer follows the rules of the parser (HTML,
//! section 13.2.6) with the stack of open elements alone, as far as they neither move nor repeat
//! anything. What it does not know exactly it refuses, and the parser has to do it.
//!
//! It prints only known tags, known attributes through the same filter as the parser's, and
//! escaped text: whatever it misunderstands, the result is harmless.

mod attributes;
mod characters;

use crate::clean::plain::attributes::Attributes;
use crate::clean::plain::characters::push_text;
use crate::clean::tag::{
    CELLS, CLOSES_PARAGRAPH, FORMATTING, HEADINGS, TABLE_BODIES, TABLE_PARTS, Tag, TagSet, VOID,
};

/// The parser drops it at the beginning of a document.
pub(super) const BYTE_ORDER_MARK: char = '\u{feff}';

/// The cleaned HTML of tamed HTML, or `None` if only a parser can tell.
pub(super) fn print(tamed: &str) -> Option<String> {
    // Line ends are changed by the parser; the HTML of a mail has LF alone.
    if memchr::memchr(b'\r', tamed.as_bytes()).is_some() {
        return None;
    }
    let mut printer = Printer {
        out: String::with_capacity(tamed.len() + tamed.len() / 8),
        open: Vec::with_capacity(32),
        attributes: Attributes::default(),
    };
    let mut rest = tamed;
    while !rest.is_empty() {
        let length = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let (text, tag) = rest.split_at_checked(length)?;
        if !text.is_empty() {
            printer.text(text)?;
        }
        rest = printer.tag(tag)?;
    }
    while !printer.open.is_empty() {
        printer.pop();
    }
    // A byte order mark at the beginning would vanish when the print is parsed.
    (!printer.out.starts_with(BYTE_ORDER_MARK)).then_some(printer.out)
}

/// An open element.
#[derive(Clone, Copy)]
struct Open {
    tag: Tag,
    /// The elements open from the nearest cell on, this one included.
    near: TagSet,
    place: Place,
}

/// Which rules hold in an element.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Not in a table.
    Body,
    /// Between the cells of a table.
    Table,
    Cell,
    Caption,
}

struct Printer<'a> {
    out: String,
    open: Vec<Open>,
    attributes: Attributes<'a>,
}

const LI: Tag = Tag::known("li");
const P: Tag = Tag::known("p");
const A: Tag = Tag::known("a");
const COLGROUP: Tag = Tag::known("colgroup");
const TABLE: Tag = Tag::known("table");
const TBODY: Tag = Tag::known("tbody");
const TR: Tag = Tag::known("tr");
const TERMS: TagSet = TagSet::of(&["dd", "dt"]);
/// Elements that end when the element around them ends.
const IMPLIED_ENDS: TagSet = TagSet::of(&["dd", "dt", "li", "p"]);
const TABLE_CONTENT: TagSet =
    TABLE_BODIES.with(CELLS).with(TagSet::of(&["caption", "col", "colgroup", "tr"]));
/// Elements that the search for the start of an inline element does not pass.
const SPECIAL: TagSet = CLOSES_PARAGRAPH.with(TABLE_CONTENT);

impl<'a> Printer<'a> {
    fn top(&self) -> Option<Tag> {
        self.open.last().map(|open| open.tag)
    }

    fn is_top(&self, set: TagSet) -> bool {
        self.top().is_some_and(|top| top.is_in(set))
    }

    fn near(&self) -> TagSet {
        self.open.last().map(|open| open.near).unwrap_or_default()
    }

    fn place(&self) -> Place {
        self.open.last().map_or(Place::Body, |open| open.place)
    }

    fn push(&mut self, tag: Tag) {
        let (near, place) = match tag.name() {
            "td" | "th" => (TagSet::default(), Place::Cell),
            "caption" => (TagSet::default(), Place::Caption),
            "table" | "tbody" | "tfoot" | "thead" | "tr" | "colgroup" => {
                (self.near(), Place::Table)
            }
            // An item of an inner list is no part of the item around it.
            "ol" | "ul" => (self.near().without(LI.set()), self.place()),
            _ => (self.near(), self.place()),
        };
        self.open.push(Open { tag, near: near.with(tag.set()), place });
    }

    fn pop(&mut self) {
        if let Some(open) = self.open.pop() {
            self.out.push_str("</");
            self.out.push_str(open.tag.name());
            self.out.push('>');
        }
    }

    fn text(&mut self, text: &str) -> Option<()> {
        if self.place() == Place::Table && !is_blank(text) {
            return None;
        }
        // The parser drops the first line end, however it is written.
        if (text.starts_with('\n') || text.starts_with("&#")) && self.is_top(TagSet::of(&["pre"])) {
            return None;
        }
        push_text(&mut self.out, text)
    }

    /// Prints the tag at the beginning of `rest`; returns what is behind it.
    fn tag(&mut self, rest: &'a str) -> Option<&'a str> {
        let Some(behind) = rest.strip_prefix('<') else { return Some(rest) };
        if let Some(name) = behind.strip_prefix('/') {
            let (name, rest) = name.split_once('>')?;
            self.end(Tag::named(name.as_bytes())?)?;
            return Some(rest);
        }
        let is_over = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let length = behind.as_bytes().iter().position(is_over)?;
        let (name, given) = behind.split_at_checked(length)?;
        let tag = Tag::named_in_any_case(name.as_bytes())?;
        let is_wanted = self.make_room(tag)?;
        let rest = self.attributes.read(tag, given)?;
        if is_wanted {
            self.start(tag);
        }
        Some(rest)
    }

    fn start(&mut self, tag: Tag) {
        self.out.push('<');
        self.out.push_str(tag.name());
        self.attributes.print(tag, &mut self.out);
        self.out.push('>');
        if !tag.is_in(VOID) {
            self.push(tag);
        }
    }

    /// An element that the parser adds without being told.
    fn implied(&mut self, tag: Tag) {
        self.out.push('<');
        self.out.push_str(tag.name());
        self.out.push('>');
        self.push(tag);
    }

    /// Ends what the element ends before it begins; whether it begins at all.
    fn make_room(&mut self, tag: Tag) -> Option<bool> {
        if tag.is_in(TABLE_CONTENT) {
            return self.make_room_in_table(tag);
        }
        if self.place() == Place::Table {
            return None;
        }
        if tag == LI && LI.is_in(self.near()) {
            self.end_implied(LI.set(), P.set())?;
        } else if tag.is_in(TERMS) && self.near().meets(TERMS) {
            self.end_implied(TERMS, P.set())?;
        } else if tag.is_in(HEADINGS) && self.near().meets(HEADINGS)
            || tag == A && A.is_in(self.near())
            || tag.is_in(FORMATTING) && self.is_crowded(tag)
        {
            return None;
        }
        if tag.is_in(CLOSES_PARAGRAPH) && P.is_in(self.near()) {
            if self.top() != Some(P) {
                return None;
            }
            self.pop();
        }
        Some(true)
    }

    /// Ends the nearest of `wanted`, if only `passed` are open in it.
    fn end_implied(&mut self, wanted: TagSet, passed: TagSet) -> Option<()> {
        let inner = self
            .open
            .iter()
            .rev()
            .take_while(|open| open.tag.is_in(passed) && !open.tag.is_in(wanted));
        let inner = inner.count();
        let found = self.open.iter().rev().nth(inner)?;
        if !found.tag.is_in(wanted) {
            return None;
        }
        (0..=inner).for_each(|_| self.pop());
        Some(())
    }

    /// Whether so many elements of this name are open that the parser forgets one.
    fn is_crowded(&self, tag: Tag) -> bool {
        tag.is_in(self.near())
            && self
                .open
                .iter()
                .rev()
                .take_while(|open| tag.is_in(open.near))
                .filter(|open| open.tag == tag)
                .count()
                >= 3
    }

    fn make_room_in_table(&mut self, tag: Tag) -> Option<bool> {
        match self.place() {
            Place::Body => return Some(false),
            Place::Caption => return None,
            Place::Cell if tag.name() == "col" => return None,
            Place::Cell => self.end_cell(),
            Place::Table => {}
        }
        if self.top() == Some(COLGROUP) && tag.name() != "col" {
            self.pop();
        }
        let is_row = tag == TR;
        if !tag.is_in(CELLS) {
            if self.top() == Some(TR) {
                self.pop();
            }
            if !is_row && self.is_top(TABLE_BODIES) {
                self.pop();
            }
        }
        if tag.name() == "col" && self.top() == Some(TABLE) {
            self.implied(COLGROUP);
        }
        if (is_row || tag.is_in(CELLS)) && self.top() == Some(TABLE) {
            self.implied(TBODY);
        }
        if tag.is_in(CELLS) && self.is_top(TABLE_BODIES) {
            self.implied(TR);
        }
        Some(true)
    }

    /// Ends the open cell with everything in it.
    fn end_cell(&mut self) {
        while self.top().is_some_and(|top| !top.is_in(CELLS)) {
            self.pop();
        }
        self.pop();
    }

    fn end(&mut self, tag: Tag) -> Option<()> {
        if tag.is_in(VOID) {
            return None;
        }
        if tag.is_in(TABLE_CONTENT) || tag == TABLE {
            return self.end_in_table(tag);
        }
        if self.place() == Place::Table {
            return None;
        }
        if self.top() == Some(tag) {
            self.pop();
            return Some(());
        }
        if tag == P {
            if P.is_in(self.near()) {
                return None;
            }
            // An end alone is an empty paragraph.
            self.out.push_str("<p></p>");
            return Some(());
        }
        if tag.is_in(CLOSES_PARAGRAPH) && !tag.is_in(self.near()) && !tag.is_in(HEADINGS) {
            return Some(());
        }
        if tag == LI {
            return self.end_implied(LI.set(), TERMS.with(P.set()));
        }
        if tag.is_in(TERMS) {
            return self.end_implied(tag.set(), IMPLIED_ENDS.without(tag.set()));
        }
        if tag.is_in(CLOSES_PARAGRAPH) {
            return self.end_implied(tag.set(), IMPLIED_ENDS);
        }
        // The end of an inline element that is not open here.
        let is_unknown = !tag.is_in(self.near()) && self.top().is_none_or(|top| top.is_in(SPECIAL));
        is_unknown.then_some(())
    }

    fn end_in_table(&mut self, tag: Tag) -> Option<()> {
        match self.place() {
            Place::Body => return Some(()),
            Place::Caption => {
                return (self.top() == Some(tag)).then(|| self.pop());
            }
            Place::Cell if tag.is_in(CELLS) => {
                let cell = self.open.iter().rev().find(|open| open.tag.is_in(CELLS))?;
                if cell.tag == tag {
                    self.end_cell();
                }
                return Some(());
            }
            Place::Cell | Place::Table => {}
        }
        self.end_around_cells(tag)
    }

    /// The end of a row, a body or a table.
    fn end_around_cells(&mut self, tag: Tag) -> Option<()> {
        if self.top() == Some(COLGROUP) {
            return (tag == COLGROUP || tag == TABLE).then(|| {
                self.pop();
                if tag == TABLE {
                    self.pop();
                }
            });
        }
        let parts = self.open.iter().rev().take_while(|open| open.tag != TABLE);
        let is_open =
            tag == TABLE || parts.clone().any(|open| open.tag == tag && tag.is_in(TABLE_PARTS));
        if !is_open {
            return Some(());
        }
        if self.place() == Place::Cell {
            self.end_cell();
        }
        while self.top().is_some_and(|top| top != tag) {
            self.pop();
        }
        self.pop();
        Some(())
    }
}

fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests;
