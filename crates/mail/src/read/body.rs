//! Which parts are the text of a mail, and their text.

use std::borrow::Cow;
use std::collections::HashSet;

use crate::clean::escape;
use crate::read::charset;
use crate::read::flowed::unflow;
use crate::read::limits::BODY_BYTES_MAX;
use crate::read::oddity::{Oddities, OddityCode};
use crate::read::transfer::{Decoded, Encoding, decoded};
use crate::read::tree::{Node, Tree};
use crate::text::text_from_html;

/// Text that is shown once: a single part, or the alternatives of one text.
#[derive(Default)]
struct Group {
    plain: Vec<usize>,
    html: Vec<usize>,
}

/// The text of a mail, and where it came from.
#[derive(Default)]
pub(crate) struct Body {
    pub(crate) text: Option<String>,
    pub(crate) html: Option<String>,
    /// Parts that are shown whole and need not be listed as files.
    pub(crate) shown: HashSet<usize>,
    /// Parts inside a `multipart/alternative` that are neither the text nor the HTML.
    pub(crate) alternatives: HashSet<usize>,
}

/// Chooses the parts and reads them.
pub(crate) fn read_body(bytes: &[u8], tree: &Tree, oddities: &mut Oddities) -> Body {
    let mut body = Body::default();
    let mut groups = Vec::new();
    choose(tree, 0, &mut groups, &mut body.alternatives);
    let mut reader = Reader { bytes, tree, oddities, room: BODY_BYTES_MAX, shown: HashSet::new() };
    let texts: Vec<(String, Option<String>)> = groups.iter().map(|g| reader.group(g)).collect();
    body.shown = reader.shown;
    if texts.iter().any(|(_, html)| html.is_some()) {
        let html = texts.iter().map(|(text, html)| match html {
            Some(html) => Cow::Borrowed(html.as_str()),
            None => Cow::Owned(framed(text)),
        });
        body.html = Some(joined(html));
    }
    if groups.iter().any(|group| !group.plain.is_empty()) {
        let texts = texts.into_iter().zip(&groups).map(|((text, html), group)| match html {
            Some(html) if group.plain.is_empty() => Cow::Owned(text_from_html(&html)),
            _ => Cow::Owned(text),
        });
        body.text = Some(joined(texts));
    }
    body
}

/// Texts below one another; a single one is not copied.
fn joined<'t>(mut texts: impl Iterator<Item = Cow<'t, str>>) -> String {
    let Some(first) = texts.next() else { return String::new() };
    texts.fold(first.into_owned(), |mut all, text| {
        all.push('\n');
        all.push_str(&text);
        all
    })
}

/// Plain text between pieces of HTML.
fn framed(text: &str) -> String {
    format!("<div style=\"white-space:pre-wrap\">{}</div>", escape(text).replace('\n', "<br>"))
}

/// Collects what is shown of a part and of those inside it. Nesting is bounded by the tree.
fn choose(tree: &Tree, index: usize, groups: &mut Vec<Group>, alternatives: &mut HashSet<usize>) {
    let Some(node) = tree.nodes.get(index) else { return };
    if !node.is_multipart {
        if is_text(node, groups.is_empty()) {
            groups.push(match node.media_type.as_str() {
                "text/html" => Group { html: vec![index], ..Group::default() },
                _ => Group { plain: vec![index], ..Group::default() },
            });
        }
        return;
    }
    let mut children = tree.children(index);
    match node.media_type.as_str() {
        "multipart/alternative" => choose_alternative(tree, children, groups, alternatives),
        "multipart/related" | "multipart/report" => {
            if let Some(first) = children.next() {
                choose(tree, first, groups, alternatives);
            }
        }
        _ => children.for_each(|child| choose(tree, child, groups, alternatives)),
    }
}

/// The first alternative that is plain text and the last one that is HTML (RFC 2046 section 5.1.4:
/// the last is the best).
fn choose_alternative(
    tree: &Tree,
    children: impl Iterator<Item = usize>,
    groups: &mut Vec<Group>,
    alternatives: &mut HashSet<usize>,
) {
    let mut chosen = Group::default();
    for child in children {
        let mut inner = Vec::new();
        choose(tree, child, &mut inner, alternatives);
        let has_html = inner.iter().any(|group| !group.html.is_empty());
        let parts: Vec<usize> = inner
            .into_iter()
            .flat_map(|group| if group.html.is_empty() { group.plain } else { group.html })
            .collect();
        let is_leaf = tree.nodes.get(child).is_some_and(|node| !node.is_multipart);
        if parts.is_empty() && is_leaf {
            alternatives.insert(child);
        } else if has_html {
            chosen.html = parts;
        } else if chosen.plain.is_empty() {
            chosen.plain = parts;
        }
    }
    if !chosen.plain.is_empty() || !chosen.html.is_empty() {
        groups.push(chosen);
    }
}

/// Whether a part is text to be read, not a file. A named text counts only where a text is missing.
fn is_text(node: &Node, is_first: bool) -> bool {
    let is_text = matches!(node.media_type.as_str(), "text/plain" | "text/html");
    let is_inline = node.disposition.as_ref().is_some_and(|field| field.word == "inline");
    let may_be_named = is_first && (is_inline || node.disposition.is_none());
    is_text && !node.is_attachment() && (node.file_name().is_none() || may_be_named)
}

struct Reader<'a, 'o> {
    bytes: &'a [u8],
    tree: &'a Tree,
    oddities: &'o mut Oddities,
    room: usize,
    shown: HashSet<usize>,
}

impl Reader<'_, '_> {
    /// The text of a group, and its HTML if it has any.
    fn group(&mut self, group: &Group) -> (String, Option<String>) {
        let text = joined(group.plain.iter().map(|part| Cow::Owned(self.part(*part))));
        if group.html.is_empty() {
            return (text, None);
        }
        let html = group.html.iter().map(|part| {
            let text = self.part(*part);
            let is_html = self.tree.nodes.get(*part).is_some_and(|n| n.media_type == "text/html");
            Cow::Owned(if is_html { text } else { framed(&text) })
        });
        let html = joined(html);
        (text, Some(html))
    }

    /// The text of one part.
    fn part(&mut self, index: usize) -> String {
        let Some(node) = self.tree.nodes.get(index) else { return String::new() };
        let encoded = self.bytes.get(node.body.clone()).unwrap_or_default();
        let (content, state) = decoded(encoded, node.encoding, self.room.saturating_add(1));
        if state == Decoded::Broken {
            self.oddities.add(OddityCode::BrokenBase64, &node.path);
        }
        if node.encoding == Encoding::Unknown {
            self.oddities.add(OddityCode::UnknownEncoding, &node.path);
        }
        let is_html = node.media_type == "text/html";
        let declared = node.content_type.get("charset").map(str::to_string);
        let declared =
            declared.or_else(|| if is_html { charset::html_charset(&content) } else { None });
        match content.len() <= self.room {
            true => {
                self.shown.insert(index);
            }
            false => self.oddities.add(OddityCode::TextCut, &node.path),
        }
        let content = content.get(..self.room).unwrap_or(&content);
        self.room -= content.len();
        let (text, oddity) = charset::decode(content, declared.as_deref());
        if let Some(code) = oddity {
            self.oddities.add(code, declared.as_deref().unwrap_or_default());
        }
        let text = normalized(&text, &node.path, self.oddities);
        match is_flowed(node) {
            Some(delete_space) if !is_html => unflow(&text, delete_space),
            _ => text,
        }
    }
}

fn is_flowed(node: &Node) -> Option<bool> {
    let has = |name, expected: &str| {
        node.content_type.get(name).is_some_and(|value| value.eq_ignore_ascii_case(expected))
    };
    has("format", "flowed").then(|| has("delsp", "yes"))
}

/// The text with LF at the end of each line and without NUL.
fn normalized(text: &str, path: &str, oddities: &mut Oddities) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'\r', 0, rest.as_bytes()) {
        let (before, tail) = rest.split_at(at);
        out.push_str(before);
        let (found, tail) = tail.split_at(1);
        rest = tail;
        if found == "\0" {
            oddities.add(OddityCode::NulBytes, path);
        } else if !tail.starts_with('\n') && !tail.starts_with("\r\n") {
            out.push('\n');
        }
    }
    out.push_str(rest);
    out
}
