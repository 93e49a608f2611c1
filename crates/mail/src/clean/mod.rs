//! Safe HTML: what is stored and shown of the HTML of a mail.
//!
//! Three steps. [`tame`] bounds the effort and leaves only known tags. The sanitiser library parses
//! what is left as a browser does and keeps what is on the allow-list. At last images from other
//! servers are switched off. The result is the second wall's business, too: it is shown in a frame
//! without scripts under a policy of its own.

mod images;
mod scan;
mod stable;
mod style;
mod tag;
mod tame;
pub(crate) mod tokens;

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use crate::clean::tag::Tag;

pub use images::{ImageSource, address_images};

/// Rises when the cleaner becomes stricter: older stored HTML is then cleaned again before it is
/// shown.
pub const CLEANER_VERSION: u32 = 1;

/// Longest HTML that is parsed; a longer one is shown as text.
const HTML_BYTES_MAX: usize = 4 * 1024 * 1024;

/// HTML without anything that could act, load or look like a part of our page.
///
/// Cleaning it again gives the same bytes. Images of the mail still point to `cid:`, and
/// [`address_images`] gives them an address; images of other servers have their address in
/// `data-remote-src`, where no browser loads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CleanHtml {
    /// The HTML of a body, without `html` and `body`.
    pub html: String,
    /// How many images of other servers it would like to show.
    pub blocked_remote: usize,
    /// The [`CLEANER_VERSION`] that made it.
    pub version: u32,
}

/// Cleans the HTML of a mail.
pub fn clean(html: &str) -> CleanHtml {
    let Some(mut cleaned) = clean_once(html) else { return finished(as_text(html)) };
    // What the parser repairs, it may repair once more when it reads its own print. Most mails are
    // stable at once, and that is cheap to see.
    for round in 0.. {
        if stable::is_stable(&cleaned) {
            break;
        }
        match clean_once(&cleaned) {
            Some(again) if again == cleaned => break,
            Some(again) if round < 8 => cleaned = again,
            _ => return finished(as_text(&cleaned)),
        }
    }
    finished(cleaned)
}

fn finished(html: String) -> CleanHtml {
    let blocked_remote = images::count_blocked(&html);
    CleanHtml { html, blocked_remote, version: CLEANER_VERSION }
}

/// Text as HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            '\0' => {}
            other => out.push(other),
        }
    }
    out
}

/// A part of a URL with its percent escapes undone.
pub(crate) fn percent_decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('%') {
        return Cow::Borrowed(text);
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        let digits = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(decoded) if *byte == b'%' => {
                bytes.push(decoded);
                rest = tail.get(2..).unwrap_or_default();
            }
            _ => bytes.push(*byte),
        }
    }
    Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
}

fn clean_once(html: &str) -> Option<String> {
    Some(parsed(&tamed(html)?))
}

fn tamed(html: &str) -> Option<String> {
    if html.len() > HTML_BYTES_MAX {
        return None;
    }
    tame::tame(html, is_allowed, is_dropped).ok()
}

/// Sanitised by way of a tree.
fn parsed(tamed: &str) -> String {
    images::finish(&SANITISER.clean(tamed).to_string())
}

/// The text of HTML that is too large or too entangled: one block that keeps its lines.
fn as_text(html: &str) -> String {
    let html = cut(html, HTML_BYTES_MAX);
    let is_line = |name: &str| matches!(name, "p" | "br" | "div" | "tr" | "li");
    let tamed = tame::flat(html, is_line);
    let mut text = String::with_capacity(tamed.len() + 50);
    for token in tokens::Tokens::new(&tamed) {
        match token.kind {
            tokens::Kind::Text(part) => {
                // Quotes stand in text as they are, as the parser prints them.
                let part = escape(&tokens::unescaped(part).replace('\r', ""));
                text.push_str(&part.replace("&quot;", "\""));
            }
            _ => text.push_str("<br>"),
        }
    }
    // The parser is left out: it would stumble over the same text again.
    format!("<div>{}</div>", without_outer_breaks(&text))
}

fn without_outer_breaks(html: &str) -> &str {
    let mut rest = html.trim();
    while let Some(inner) = rest.strip_prefix("<br>").or_else(|| rest.strip_suffix("<br>")) {
        rest = inner.trim();
    }
    rest
}

fn cut(text: &str, max: usize) -> &str {
    let mut end = max.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Elements whose content is left out as well.
fn is_dropped(name: &str) -> bool {
    matches!(
        name,
        "svg" | "math" | "template" | "select" | "audio" | "video" | "canvas" | "datalist"
    )
}

fn is_allowed(name: &str) -> bool {
    Tag::named(name.as_bytes()).is_some()
}

/// The attributes that may stay on some element.
const ATTRIBUTES: [&str; 27] = [
    "align",
    "bgcolor",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "cols",
    "colspan",
    "dir",
    "face",
    "height",
    "href",
    "id",
    "lang",
    "rowspan",
    "size",
    "src",
    "alt",
    "start",
    "style",
    "title",
    "type",
    "valign",
    "value",
    "width",
    images::REMOTE_SOURCE,
];

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder
        .tags(tag::TAGS.iter().copied().collect())
        .clean_content_tags(HashSet::from(["x-dropped", "script", "style"]))
        .generic_attributes(ATTRIBUTES.iter().copied().collect())
        .url_schemes(HashSet::from(["http", "https", "mailto", "tel", "cid"]))
        // Relative addresses are refused by the filter below, which also sees `//host`.
        .url_relative(UrlRelative::PassThrough)
        // Written by our own printer, in one fixed order.
        .link_rel(None)
        .attribute_filter(clean_attribute);
    builder
});

/// The value that an attribute may have on this element, or `None`.
fn clean_attribute<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let keep = |condition: bool| condition.then_some(Cow::Borrowed(value));
    match attribute {
        "style" => style::clean_style(value).map(Cow::Owned),
        "class" => known_marks(value, MARKED_CLASSES).map(Cow::Owned),
        "id" => known_marks(value, MARKED_IDS).map(Cow::Owned),
        "href" => keep(element == "a" && is_link(value)),
        "src" if element == "img" => image_source(value),
        images::REMOTE_SOURCE => keep(element == "img" && is_web(value)),
        "alt" => keep(element == "img"),
        "title" => keep(true),
        "align" | "valign" | "dir" | "type" | "lang" => keep(is_word(value)),
        "bgcolor" | "color" => keep(is_word(value.strip_prefix('#').unwrap_or(value))),
        "face" if element == "font" => {
            keep(value.chars().all(|c| c.is_alphanumeric() || " ,-'".contains(c)))
        }
        "border" | "cellpadding" | "cellspacing" | "colspan" | "rowspan" | "height" | "width"
        | "start" => keep(is_number(value)),
        "size" if matches!(element, "font" | "hr") => keep(is_number(value)),
        "value" if element == "li" => keep(is_number(value)),
        _ => None,
    }
}

fn is_word(value: &str) -> bool {
    value.len() <= 40 && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// `12`, `12px`, `50%`, `+1`; spans are bounded because a table of millions of columns is built.
fn is_number(value: &str) -> bool {
    let value = value.trim();
    let digits = value.trim_start_matches(['+', '-']).trim_end_matches("px").trim_end_matches('%');
    let is_decimal = digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    !digits.is_empty() && digits.len() <= 5 && is_decimal
}

fn is_link(value: &str) -> bool {
    let schemes = ["http:", "https:", "mailto:", "tel:"];
    value.len() <= 8_192
        && schemes.iter().any(|scheme| has_scheme(value, scheme))
        && is_printable(value)
}

fn is_web(value: &str) -> bool {
    let schemes = ["http://", "https://"];
    value.len() <= 8_192
        && schemes.iter().any(|scheme| has_scheme(value, scheme))
        && is_printable(value)
}

fn has_scheme(value: &str, scheme: &str) -> bool {
    let start = value.get(..scheme.len());
    start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
}

fn is_printable(value: &str) -> bool {
    !value.chars().any(|c| c.is_control())
}

/// `cid:` stays; an address without scheme gets one, so that it counts as remote.
fn image_source(value: &str) -> Option<Cow<'_, str>> {
    let value = value.trim();
    if has_scheme(value, "cid:") {
        return (value.len() <= 500 && is_printable(value)).then_some(Cow::Borrowed(value));
    }
    if let Some(rest) = value.strip_prefix("//") {
        let absolute = format!("https://{rest}");
        return is_web(&absolute).then_some(Cow::Owned(absolute));
    }
    is_web(value).then_some(Cow::Borrowed(value))
}

/// Of several words those that mark quotes and signatures; the segmenter looks for them.
fn known_marks(value: &str, known: &[&str]) -> Option<String> {
    let words = value.split_ascii_whitespace().take(50).filter(|word| known.contains(word));
    let words = words.collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}

const MARKED_CLASSES: &[&str] = &[
    "gmail_quote",
    "gmail_attr",
    "gmail_signature",
    "gmail_extra",
    "moz-cite-prefix",
    "moz-forward-container",
    "moz-email-headers-table",
    "moz-signature",
    "yahoo_quoted",
    "protonmail_quote",
    "protonmail_signature_block",
    "tutanota_quote",
    "zmail_extra",
    "AppleMailSignature",
    "MsoNormal",
];

const MARKED_IDS: &[&str] = &[
    "divRplyFwdMsg",
    "appendonsend",
    "mail-editor-reference-message-container",
    "ms-outlook-mobile-signature",
    "OLK_SRC_BODY_SECTION",
    "reply-intro",
    "AppleMailSignature",
    "Signature",
    "isForwardContent",
    "isReplyContent",
];

#[cfg(test)]
mod tests;
