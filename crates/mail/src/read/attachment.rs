//! The files of a mail: every part that is not shown as text.

use std::borrow::Cow;
use std::collections::HashSet;

use sha2::{Digest, Sha256};

use crate::read::body::Body;
use crate::read::detect::{detected, extension};
use crate::read::file_name::{UniqueNames, safe_name};
use crate::read::header::read_header;
use crate::read::lines::LineEnds;
use crate::read::oddity::{Oddities, OddityCode};
use crate::read::transfer::{Decoded, Encoding, decode, decoded};
use crate::read::tree::{Node, Tree};
use crate::read::words::unstructured;

/// A file of a mail. Its bytes are read out of the mail with [`crate::read::part`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attachment {
    /// The part's path, like `1.2`.
    pub path: String,
    /// A name without path and dangerous characters, unique in the mail, never empty.
    pub name: String,
    /// The type that the sender declares: text, not to be used as a header of ours.
    pub declared_type: String,
    /// The type that the first bytes show, if it is a raster image or a PDF.
    pub detected_type: Option<&'static str>,
    /// Size of the decoded bytes.
    pub size_bytes: u64,
    /// Hash of the decoded bytes.
    pub sha256: [u8; 32],
    /// The `Content-ID`, without angle brackets.
    pub content_id: Option<String>,
    /// Whether the HTML of the mail shows it, so that it need not be listed.
    pub is_inline: bool,
    /// Whether it is the signature over another part (S/MIME, PGP), which is no file.
    pub is_signature: bool,
    /// Whether it is a further form of the text (`multipart/alternative`), like an invitation.
    pub is_alternative: bool,
}

/// What one pass over the encoded bytes of a part tells.
struct Content {
    head: Vec<u8>,
    size_bytes: u64,
    sha256: [u8; 32],
}

/// All parts that are not shown.
pub(crate) fn read_attachments(
    bytes: &[u8],
    tree: &Tree,
    body: &Body,
    oddities: &mut Oddities,
) -> Vec<Attachment> {
    let has_ids = tree.nodes.iter().any(|node| node.content_id.is_some());
    let html = body.html.as_deref().filter(|_| has_ids);
    let shown_ids = html.map(content_ids).unwrap_or_default();
    let mut names = UniqueNames::default();
    let mut found = Vec::new();
    for (index, node) in tree.nodes.iter().enumerate() {
        if node.is_multipart || body.shown.contains(&index) {
            continue;
        }
        let encoded = bytes.get(node.body.clone()).unwrap_or_default();
        let content = read_content(encoded, node, oddities);
        if content.size_bytes == 0 && node.file_name().is_none() {
            continue;
        }
        let is_inline = node.content_id.as_ref().is_some_and(|id| shown_ids.contains(id.as_str()));
        let is_alternative = body.alternatives.contains(&index);
        found.push(Attachment {
            path: node.path.clone(),
            name: names.take(name_of(encoded, node, &content)),
            declared_type: node.media_type.clone(),
            detected_type: detected(&content.head),
            size_bytes: content.size_bytes,
            sha256: content.sha256,
            content_id: node.content_id.clone(),
            is_inline,
            is_signature: is_signature(node, tree),
            is_alternative,
        });
    }
    found
}

/// Decodes, counts and hashes in one pass, so that a large file is never held as a whole.
fn read_content(encoded: &[u8], node: &Node, oddities: &mut Oddities) -> Content {
    let mut hash = Sha256::new();
    let (mut head, mut size_bytes) = (Vec::new(), 0u64);
    let state = decode(encoded, node.encoding, &mut |piece| {
        hash.update(piece);
        size_bytes = size_bytes.saturating_add(u64::try_from(piece.len()).unwrap_or(u64::MAX));
        let room = 32usize.saturating_sub(head.len());
        head.extend_from_slice(piece.get(..room).unwrap_or(piece));
    });
    if state == Decoded::Broken {
        oddities.add(OddityCode::BrokenBase64, &node.path);
    }
    if node.encoding == Encoding::Unknown {
        oddities.add(OddityCode::UnknownEncoding, &node.path);
    }
    Content { head, size_bytes, sha256: hash.finalize().into() }
}

/// The sender's name for the file, or one made of what is known.
fn name_of(encoded: &[u8], node: &Node, content: &Content) -> String {
    let is_mail = matches!(node.media_type.as_str(), "message/rfc822" | "message/global");
    let given = node.file_name().map(safe_name).filter(|name| !name.is_empty());
    if let Some(name) = given {
        return name;
    }
    let subject = if is_mail { nested_subject(encoded, node) } else { None };
    if let Some(subject) = subject {
        // Slashes of a subject do not make it a path.
        let name = safe_name(&subject.replace(['/', '\\'], "_"));
        if !name.is_empty() {
            return format!("{name}.eml");
        }
    }
    let kind = detected(&content.head).unwrap_or(&node.media_type);
    let stem = if kind.starts_with("image/") { "image" } else { "attachment" };
    format!("{stem}-{}{}", node.path, extension(kind))
}

/// The subject of a mail inside the mail.
fn nested_subject(encoded: &[u8], node: &Node) -> Option<String> {
    let head = encoded.get(..64 * 1024).unwrap_or(encoded);
    let (head, _) = decoded(head, node.encoding, 64 * 1024);
    let ends = LineEnds::of(&head);
    let header = read_header(&head, 0..head.len(), ends, &mut Oddities::default());
    header.first("subject").map(unstructured).filter(|subject| !subject.is_empty())
}

fn is_signature(node: &Node, tree: &Tree) -> bool {
    let parent = node.parent.and_then(|parent| tree.nodes.get(parent));
    let is_in_signed = parent.is_some_and(|parent| parent.media_type == "multipart/signed");
    let is_p7s = || node.file_name().is_some_and(|n| n.to_ascii_lowercase().ends_with(".p7s"));
    match node.media_type.as_str() {
        "application/pkcs7-signature" | "application/x-pkcs7-signature" => true,
        "application/pgp-signature" => is_in_signed,
        "application/octet-stream" => is_in_signed && is_p7s(),
        _ => false,
    }
}

/// The ids of the parts that the HTML shows (RFC 2392), with their escapes undone.
fn content_ids(html: &str) -> HashSet<Cow<'_, str>> {
    let mut found = HashSet::new();
    let mut rest = html;
    while let Some(at) = memchr::memchr(b':', rest.as_bytes()) {
        let before = rest.get(..at).unwrap_or_default();
        let is_cid = before.get(before.len().saturating_sub(3)..);
        rest = rest.get(at + 1..).unwrap_or_default();
        if !is_cid.is_some_and(|scheme| scheme.eq_ignore_ascii_case("cid")) {
            continue;
        }
        let end = rest.find(['"', '\'', ' ', '>', ')', '\n', '&']).unwrap_or(rest.len());
        let id = rest.get(..end).unwrap_or_default();
        if id.len() <= 500 {
            found.insert(crate::clean::percent_decoded(id));
        }
    }
    found
}
