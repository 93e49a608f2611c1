//! Reading mails: any bytes become a [`Mail`], however broken they are.
//!
//! Structure, transfer encodings and parameters are read here, in linear time and bounded memory;
//! addresses, dates and old character sets by the MIME library. Nothing here knows tickets, and
//! nothing looks into a mail that is attached to the mail.

mod address;
mod attachment;
mod body;
mod charset;
mod date;
mod detect;
mod file_name;
mod flowed;
mod header;
mod ids;
mod limits;
pub(crate) mod lines;
mod mail;
mod nesting;
mod oddity;
mod parameters;
mod transfer;
pub(crate) mod tree;
mod words;

use std::borrow::Cow;

use sha2::{Digest, Sha256};

pub use address::{NamedAddress, Recipients, typed_addresses};
pub use attachment::Attachment;
pub use mail::{HeaderField, Mail, Part, ReturnPath};
pub use oddity::{Oddity, OddityCode};
pub use transfer::Encoding;

pub(crate) use header::{Header, read_header};
pub(crate) use lines::LineEnds;
pub(crate) use oddity::Oddities;
pub(crate) use words::unstructured;

use body::{Body, read_body};
use limits::{LISTED_FIELDS_MAX, LISTED_VALUE_BYTES_MAX, SUBJECT_CHARS_MAX};
use tree::{Tree, read_tree};

/// Reads a mail. Never fails: what cannot be read is missing, and an oddity says so.
pub fn read(bytes: &[u8]) -> Mail {
    let mut oddities = Oddities::default();
    let (header, tree) = opened(bytes, &mut oddities);
    nesting::note_deep_mails(bytes, &tree, &mut oddities);
    let body = read_body(bytes, &tree, &mut oddities);
    if body.text.is_none() && body.html.is_none() && !bytes.is_empty() {
        oddities.add(OddityCode::NoText, "");
    }
    let mut mail = Mail::default();
    read_people(&header, &mut mail, &mut oddities);
    read_identity(&header, &mut mail, &mut oddities);
    mail.headers = listed(&header, &mut oddities);
    mail.attachments = attachment::read_attachments(bytes, &tree, &body, &mut oddities);
    mail.parts = tree.nodes.iter().map(part_of).collect();
    let Body { text, html, .. } = body;
    (mail.text, mail.html) = (text, html);
    mail.fingerprint = fingerprint(&mail);
    mail.oddities = oddities.into_list();
    mail
}

/// The decoded bytes of the part with this path; borrowed if they are not encoded.
pub fn part<'a>(bytes: &'a [u8], path: &str) -> Option<Cow<'a, [u8]>> {
    let (_, tree) = opened(bytes, &mut Oddities::default());
    let node = tree.nodes.into_iter().find(|node| node.path == path)?;
    let encoded = bytes.get(node.body.clone())?;
    Some(transfer::decoded(encoded, node.encoding, usize::MAX).0)
}

/// What names a mail, and the mails it answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Thread {
    /// `Message-ID`.
    pub message_id: Option<String>,
    /// `In-Reply-To` and `References`.
    pub answered: Vec<String>,
}

/// The thread of a mail: a look at its header, which costs little whatever the mail's size.
pub fn thread(bytes: &[u8]) -> Thread {
    let (mut ignored, start) = (Oddities::default(), start_of(bytes));
    let ends = LineEnds::of(bytes.get(start..).unwrap_or_default());
    let header = read_header(bytes, start..bytes.len(), ends, &mut ignored);
    let mut answered = ids::in_reply_to(&header);
    answered.extend(ids::references(&header, &mut ignored));
    Thread { message_id: ids::message_id(&header, &mut ignored), answered }
}

/// The fields of the header, as [`read`] lists them, without a look at the body.
pub fn headers(bytes: &[u8]) -> Vec<HeaderField> {
    let (mut ignored, start) = (Oddities::default(), start_of(bytes));
    let ends = LineEnds::of(bytes.get(start..).unwrap_or_default());
    listed(&read_header(bytes, start..bytes.len(), ends, &mut ignored), &mut ignored)
}

/// Where the header begins, behind blank lines and the mark of UTF-8.
fn start_of(bytes: &[u8]) -> usize {
    let blank = bytes.iter().take_while(|byte| matches!(byte, b'\r' | b'\n')).count();
    let text = bytes.get(blank..).unwrap_or_default();
    blank + if text.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 }
}

/// The header and the parts of a mail.
pub(crate) fn opened<'a>(bytes: &'a [u8], oddities: &mut Oddities) -> (Header<'a>, Tree) {
    let start = start_of(bytes);
    let text = bytes.get(start..).unwrap_or_default();
    let ends = LineEnds::of(text);
    note_line_ends(bytes, ends, oddities);
    let mut header = read_header(bytes, start..bytes.len(), ends, oddities);
    if header.fields.is_empty() {
        oddities.add(if bytes.is_empty() { OddityCode::Empty } else { OddityCode::NotAMail }, "");
        header.body = start;
    }
    let mut tree = read_tree(bytes, &header, ends, oddities);
    // Bytes without any header that are no text, either: a file.
    let is_binary = header.fields.is_empty() && memchr::memchr(0, text).is_some();
    if let (true, Some(node)) = (is_binary, tree.nodes.first_mut()) {
        node.media_type = "application/octet-stream".into();
    }
    (header, tree)
}

fn note_line_ends(bytes: &[u8], ends: LineEnds, oddities: &mut Oddities) {
    if ends == LineEnds::Cr {
        oddities.add(OddityCode::BareCr, "");
        return;
    }
    let head = bytes.get(..16_384).unwrap_or(bytes);
    let (mut with_cr, mut without) = (false, false);
    for at in memchr::memchr_iter(b'\n', head) {
        let has_cr = at.checked_sub(1).and_then(|before| head.get(before)) == Some(&b'\r');
        (with_cr, without) = (with_cr | has_cr, without | !has_cr);
    }
    if with_cr && without {
        oddities.add(OddityCode::BareLf, "");
    }
}

fn part_of(node: &tree::Node) -> Part {
    Part {
        path: node.path.clone(),
        media_type: node.media_type.clone(),
        is_multipart: node.is_multipart,
        encoding: node.encoding,
        encoded_bytes: node.body.len(),
    }
}

fn read_people(header: &Header<'_>, mail: &mut Mail, oddities: &mut Oddities) {
    let mut people = |name: &str| {
        let found = address::read_addresses(header.all(name));
        if found.cut > 0 {
            oddities.add(OddityCode::RecipientsCut, name);
        }
        found
    };
    let from = people("from");
    mail.sender = people("sender").list.into_iter().next();
    mail.reply_to = people("reply-to");
    (mail.to, mail.cc, mail.bcc) = (people("to"), people("cc"), people("bcc"));
    if let Some(second) = from.list.get(1) {
        oddities.add(OddityCode::TwoFrom, &second.raw);
    }
    match from.list.first() {
        None => oddities.add(OddityCode::NoFrom, ""),
        Some(first) if first.address.is_none() => {
            oddities.add(OddityCode::InvalidFrom, &first.raw);
        }
        Some(_) => {}
    }
    mail.from = from.list.into_iter().next();
}

fn read_identity(header: &Header<'_>, mail: &mut Mail, oddities: &mut Oddities) {
    mail.message_id = ids::message_id(header, oddities);
    mail.in_reply_to = ids::in_reply_to(header);
    mail.references = ids::references(header, oddities);
    let subject = header.first("subject").map(unstructured).unwrap_or_default();
    if subject.chars().nth(SUBJECT_CHARS_MAX).is_some() {
        oddities.add(OddityCode::HeaderCut, "subject");
    }
    mail.subject = subject.chars().take(SUBJECT_CHARS_MAX).collect();
    mail.date = header.first("date").and_then(date::read_date);
    mail.date_raw = header.first("date").map(|value| shortened(&unstructured(value), 200));
    match (&mail.date_raw, mail.date) {
        (None, _) => oddities.add(OddityCode::NoDate, ""),
        (Some(raw), None) => oddities.add(OddityCode::InvalidDate, raw),
        _ => {}
    }
    mail.received_at = header.first("received").and_then(date::received_date);
    mail.return_path = ids::return_path(header);
}

fn listed(header: &Header<'_>, oddities: &mut Oddities) -> Vec<HeaderField> {
    if header.fields.len() > LISTED_FIELDS_MAX {
        oddities.add(OddityCode::HeaderCut, "");
    }
    let fields = header.fields.iter().take(LISTED_FIELDS_MAX).map(|field| {
        let value = field.value.get(..LISTED_VALUE_BYTES_MAX).unwrap_or(field.value);
        let name = field.name.get(..200).unwrap_or(field.name);
        HeaderField { name: String::from_utf8_lossy(name).into_owned(), value: unstructured(value) }
    });
    fields.collect()
}

fn shortened(text: &str, max: usize) -> String {
    text.chars().take(max).collect()
}

/// See [`Mail::fingerprint`]. Each field is preceded by its length, so that none runs into the next.
fn fingerprint(mail: &Mail) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |bytes: &[u8]| {
        hash.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(bytes);
    };
    let from = mail.from.as_ref();
    let address = from.and_then(|from| from.address.as_ref()).map(|address| address.as_str());
    add(address.or(from.map(|from| from.raw.as_str())).unwrap_or_default().as_bytes());
    match mail.date {
        Some(date) => add(&date.millis().to_be_bytes()),
        None => add(mail.date_raw.as_deref().unwrap_or_default().as_bytes()),
    }
    add(mail.subject.as_bytes());
    add(mail.message_id.as_deref().unwrap_or_default().as_bytes());
    let texts = [&mail.text, &mail.html].into_iter().flatten();
    let mut parts: Vec<[u8; 32]> = texts.map(|text| Sha256::digest(text).into()).collect();
    parts.extend(mail.attachments.iter().map(|attachment| attachment.sha256));
    parts.sort_unstable();
    parts.iter().for_each(|part| add(part));
    hash.finalize().into()
}
