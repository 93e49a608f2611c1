//! What a mailbox wants to have done to its mails before they are decided: emojis taken out, heads put below
//! the text, the customer's number found. The raw mail stays as it came.

use mail::read::Mail;
use rules::reference::reference as find_reference;
use rules::text;

use crate::record::mailbox::Options;
use crate::record::message::Segment;

/// Octets of heads that are put below a text.
const HEADERS_BYTES_MAX: usize = 16 * 1024;

/// Does to a mail what the mailbox wants.
pub fn prepare(
    options: &Options,
    mail: &mut Mail,
    segments: &mut Vec<Segment>,
    html: &mut [(usize, String)],
) {
    if options.without_emojis {
        without_emojis(mail, segments, html);
    }
    if options.with_headers {
        segments.push(headers(mail));
    }
}

/// Takes emojis out of the subject and all parts of the body.
fn without_emojis(mail: &mut Mail, segments: &mut [Segment], html: &mut [(usize, String)]) {
    mail.subject = text::without_emojis(&mail.subject).trim().to_owned();
    for segment in segments {
        segment.text = text::without_emojis(&segment.text);
    }
    for (_, html) in html {
        *html = text::without_emojis(html);
    }
}

/// The head of a mail as a folded part of its text.
fn headers(mail: &Mail) -> Segment {
    let mut lines = String::new();
    for header in &mail.headers {
        let line = format!("{}: {}\n", header.name, header.value);
        if lines.len() + line.len() > HEADERS_BYTES_MAX {
            break;
        }
        lines.push_str(&line.replace('\0', ""));
    }
    Segment { kind: "disclaimer".to_owned(), text: lines, html: false }
}

/// The number that the sender has for the case, if the mailbox looks for one. What is quoted does not count:
/// it may be somebody else's.
pub fn reference(options: &Options, subject: &str, segments: &[Segment]) -> Option<String> {
    if !options.reads_reference {
        return None;
    }
    let new =
        segments.iter().filter(|segment| segment.kind == "new" || segment.kind == "signature");
    let parts = std::iter::once(subject).chain(new.map(|segment| segment.text.as_str()));
    find_reference(&options.reference_pattern, &parts.collect::<Vec<_>>().join("\n"))
}
