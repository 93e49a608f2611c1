//! The parts of a mail (RFC 2045, RFC 2046): where each begins and ends, in one pass over the bytes.
//!
//! Nothing is decoded here. A mail inside a mail (`message/rfc822`) is one part; whoever wants to
//! look into it reads it as a mail of its own, so nested mails cost nothing.

use std::ops::Range;

use crate::read::header::{Header, read_header};
use crate::read::limits::{DEPTH_MAX, PARTS_MAX};
use crate::read::lines::{LineEnds, line_at, trimmed};
use crate::read::oddity::{Oddities, OddityCode};
use crate::read::parameters::Parameterized;
use crate::read::transfer::Encoding;
use crate::read::words::to_text;

/// One part of a mail.
#[derive(Clone, Debug)]
pub(crate) struct Node {
    /// Numbers of the parts from the outside in: `1.2`. The part of a mail that has only one is `1`.
    pub(crate) path: String,
    /// The multipart that contains it, by its place in the tree.
    pub(crate) parent: Option<usize>,
    /// `type/subtype`, lower case.
    pub(crate) media_type: String,
    pub(crate) content_type: Parameterized,
    pub(crate) disposition: Option<Parameterized>,
    pub(crate) content_id: Option<String>,
    pub(crate) encoding: Encoding,
    /// The bytes behind the header, still encoded.
    pub(crate) body: Range<usize>,
    /// Whether it contains other parts.
    pub(crate) is_multipart: bool,
}

impl Node {
    /// The name that the sender gave to the part, if any.
    pub(crate) fn file_name(&self) -> Option<&str> {
        let disposition = self.disposition.as_ref().and_then(|field| field.get("filename"));
        disposition.or_else(|| self.content_type.get("name")).filter(|name| !name.trim().is_empty())
    }

    /// Whether the sender wants it listed as a file.
    pub(crate) fn is_attachment(&self) -> bool {
        self.disposition.as_ref().is_some_and(|field| field.word == "attachment")
    }

    fn from_header(header: &Header<'_>, default_type: &str) -> Self {
        let content_type = header.first("content-type").map(Parameterized::read);
        let disposition = header.first("content-disposition").map(Parameterized::read);
        let named = content_type.as_ref().map(|field| field.word.clone()).unwrap_or_default();
        let mut node = Self {
            path: String::new(),
            parent: None,
            media_type: media_type(&named, default_type),
            content_type: content_type.unwrap_or_default(),
            disposition,
            content_id: header.first("content-id").map(content_id).filter(|id| !id.is_empty()),
            encoding: Encoding::named(header.first("content-transfer-encoding")),
            body: header.body..header.body,
            is_multipart: false,
        };
        // A file whose type is missing or is none.
        if !named.contains('/') && !named.starts_with("text") && node.file_name().is_some() {
            node.media_type = "application/octet-stream".into();
        }
        node
    }
}

/// A well-formed `type/subtype`, or the default of RFC 2045 section 5.2.
fn media_type(named: &str, default_type: &str) -> String {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
    match named.split_once('/') {
        Some((kind, subtype)) if !kind.is_empty() && !subtype.is_empty() => {
            let clean =
                |text: &str| text.chars().filter(|c| is_token(*c)).take(80).collect::<String>();
            format!("{}/{}", clean(kind), clean(subtype))
        }
        _ if named.starts_with("multipart") => "multipart/mixed".into(),
        _ => default_type.into(),
    }
}

fn content_id(value: &[u8]) -> String {
    let text = to_text(value);
    text.trim().trim_start_matches('<').trim_end_matches('>').chars().take(500).collect()
}

/// All parts, a multipart before what it contains.
pub(crate) struct Tree {
    pub(crate) nodes: Vec<Node>,
}

impl Tree {
    /// The parts directly inside a multipart.
    pub(crate) fn children(&self, parent: usize) -> impl Iterator<Item = usize> + '_ {
        let nodes = self.nodes.iter().enumerate();
        nodes.filter(move |(_, node)| node.parent == Some(parent)).map(|(index, _)| index)
    }
}

/// Finds the parts of the mail with this header.
pub(crate) fn read_tree(
    bytes: &[u8],
    header: &Header<'_>,
    ends: LineEnds,
    oddities: &mut Oddities,
) -> Tree {
    let mut root = Node::from_header(header, "text/plain");
    root.path = "1".into();
    root.body = header.body..bytes.len();
    if !root.media_type.starts_with("multipart/") {
        return Tree { nodes: vec![root] };
    }
    let boundary = declared_boundary(&root).unwrap_or_default();
    let nodes = walk(bytes, &root, boundary, ends, oddities);
    if nodes.len() > 1 {
        return Tree { nodes };
    }
    oddities.add(OddityCode::MissingBoundary, "1");
    if let Some(guess) = guessed_boundary(bytes, root.body.clone(), ends) {
        let nodes = walk(bytes, &root, guess, ends, oddities);
        if nodes.len() > 1 {
            return Tree { nodes };
        }
    }
    // No parts at all: what is there is shown as text, so that nothing is lost.
    root.media_type = "text/plain".into();
    Tree { nodes: vec![root] }
}

fn declared_boundary(node: &Node) -> Option<Vec<u8>> {
    let boundary = node.content_type.get("boundary")?;
    (!boundary.trim().is_empty()).then(|| boundary.as_bytes().to_vec())
}

/// The boundary that the body itself shows: the first line that begins with two hyphens and
/// occurs once more.
fn guessed_boundary(bytes: &[u8], body: Range<usize>, ends: LineEnds) -> Option<Vec<u8>> {
    let mut position = body.start;
    for _ in 0..200 {
        let line = line_at(bytes, position, body.end, ends)?;
        let text = bytes.get(line.text.clone())?;
        let name = text.strip_prefix(b"--").map(trimmed).filter(|name| name.len() > 2);
        if let Some(name) = name {
            let rest = bytes.get(line.next..body.end)?;
            let delimiter = [b"\n--", name].concat();
            return memchr::memmem::find(rest, &delimiter).map(|_| name.to_vec());
        }
        position = line.next;
    }
    None
}

/// A multipart whose end has not been seen.
struct Open {
    boundary: Vec<u8>,
    node: usize,
    children: usize,
}

struct Walker<'a, 'o> {
    bytes: &'a [u8],
    ends: LineEnds,
    nodes: Vec<Node>,
    open: Vec<Open>,
    /// The part whose end has not been seen; it contains no others.
    leaf: Option<usize>,
    oddities: &'o mut Oddities,
}

fn walk(
    bytes: &[u8],
    root: &Node,
    boundary: Vec<u8>,
    ends: LineEnds,
    oddities: &mut Oddities,
) -> Vec<Node> {
    let mut root = root.clone();
    root.is_multipart = true;
    root.path = String::new();
    let start = root.body.start;
    let open = vec![Open { boundary, node: 0, children: 0 }];
    let mut walker = Walker { bytes, ends, nodes: vec![root], open, leaf: None, oddities };
    walker.run(start);
    walker.nodes
}

impl Walker<'_, '_> {
    fn run(&mut self, start: usize) {
        let (mut position, mut previous_end) = (start, start);
        while let Some(line) = line_at(self.bytes, position, self.bytes.len(), self.ends) {
            let text = self.bytes.get(line.text.clone()).unwrap_or_default();
            let delimiter = text.strip_prefix(b"--").and_then(|rest| self.delimiter(rest));
            let Some((level, is_end)) = delimiter else {
                (position, previous_end) = (line.next, line.text.end);
                continue;
            };
            self.close(level + 1, previous_end);
            (position, previous_end) = (line.next, line.text.end);
            if is_end {
                self.close_whole(level, line.next);
                if self.open.is_empty() {
                    self.look_behind(line.next);
                    return;
                }
            } else if self.nodes.len() < PARTS_MAX {
                position = self.begin(level, line.next);
                previous_end = position;
            } else {
                self.oddities.add(OddityCode::TooManyParts, "");
                // What follows is left to whoever looks at the raw mail.
                return self.close(0, self.bytes.len());
            }
        }
        if !self.open.is_empty() {
            self.oddities.add(OddityCode::TruncatedMultipart, "");
        }
        self.close(0, self.bytes.len());
    }

    /// Which open multipart a line behind `--` delimits, the innermost first, and whether it ends it.
    fn delimiter(&self, rest: &[u8]) -> Option<(usize, bool)> {
        // What stands behind a blank does not count (RFC 2046 section 5.1.1).
        let matched = |boundary: &[u8]| match rest.strip_prefix(boundary)? {
            [] | [b' ' | b'\t' | b'\r', ..] => Some(false),
            [b'-', b'-'] | [b'-', b'-', b' ' | b'\t' | b'\r', ..] => Some(true),
            _ => None,
        };
        let open = self.open.iter().enumerate().rev();
        open.filter(|(_, open)| !open.boundary.is_empty())
            .find_map(|(level, open)| matched(&open.boundary).map(|is_end| (level, is_end)))
    }

    /// Reads the header of the part that begins at `start`; returns where to go on.
    fn begin(&mut self, level: usize, start: usize) -> usize {
        let header = read_header(self.bytes, start..self.bytes.len(), self.ends, self.oddities);
        let Some(parent) = self.open.get_mut(level) else { return start };
        parent.children += 1;
        let (parent, number) = (parent.node, parent.children);
        let (default_type, prefix) = match self.nodes.get(parent) {
            Some(node) if node.media_type == "multipart/digest" => ("message/rfc822", &node.path),
            Some(node) => ("text/plain", &node.path),
            None => return start,
        };
        let mut node = Node::from_header(&header, default_type);
        let dot = if prefix.is_empty() { "" } else { "." };
        (node.path, node.parent) = (format!("{prefix}{dot}{number}"), Some(parent));
        let boundary = declared_boundary(&node);
        let is_multipart = node.media_type.starts_with("multipart/");
        let index = self.nodes.len();
        match boundary {
            Some(boundary) if is_multipart && self.open.len() < DEPTH_MAX => {
                node.is_multipart = true;
                self.open.push(Open { boundary, node: index, children: 0 });
                self.leaf = None;
            }
            Some(_) if is_multipart => {
                self.oddities.add(OddityCode::DepthLimit, &node.path);
                self.leaf = Some(index);
            }
            _ => self.leaf = Some(index),
        }
        self.nodes.push(node);
        header.body
    }

    /// Ends the open part, and all multiparts from this level on, whose end line is missing.
    fn close(&mut self, level: usize, end: usize) {
        self.end_leaf(end);
        while self.open.len() > level {
            if let Some(open) = self.open.pop() {
                self.oddities.add(OddityCode::TruncatedMultipart, "");
                self.end_multipart(&open, end);
            }
        }
    }

    /// Ends a multipart at its end line.
    fn close_whole(&mut self, level: usize, end: usize) {
        while self.open.len() > level {
            if let Some(open) = self.open.pop() {
                self.end_multipart(&open, end);
            }
        }
    }

    fn end_leaf(&mut self, end: usize) {
        if let Some(node) = self.leaf.take().and_then(|leaf| self.nodes.get_mut(leaf)) {
            node.body.end = end.max(node.body.start);
        }
    }

    fn end_multipart(&mut self, open: &Open, end: usize) {
        let Some(node) = self.nodes.get_mut(open.node) else { return };
        node.body.end = end.max(node.body.start);
        if open.children == 0 && open.node > 0 {
            // Its boundary never occurred: shown as what it is, text.
            self.oddities.add(OddityCode::MissingBoundary, &node.path);
            node.is_multipart = false;
            node.media_type = "text/plain".into();
        }
    }

    fn look_behind(&mut self, start: usize) {
        let rest = trimmed(self.bytes.get(start..).unwrap_or_default());
        if !rest.is_empty() {
            let excerpt = String::from_utf8_lossy(rest.get(..80).unwrap_or(rest));
            self.oddities.add(OddityCode::TextAfterEnd, &excerpt);
        }
    }
}
