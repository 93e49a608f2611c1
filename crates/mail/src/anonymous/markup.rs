//! HTML: tags and the names of attributes stay, texts and values are hidden.

use super::scramble::Scrambler;

/// Attributes whose values lay out and say nothing.
const KEPT: [&str; 24] = [
    "width",
    "height",
    "align",
    "valign",
    "border",
    "cellpadding",
    "cellspacing",
    "bgcolor",
    "color",
    "size",
    "dir",
    "rel",
    "target",
    "colspan",
    "rowspan",
    "type",
    "http-equiv",
    "start",
    "hspace",
    "vspace",
    "nowrap",
    "clear",
    "hidden",
    "span",
];
/// How classes and ids begin by which mail programs mark quotes and signatures.
const MARKS: [&str; 12] = [
    "gmail",
    "moz-",
    "yahoo",
    "divrplyfwdmsg",
    "appendonsend",
    "mso",
    "wordsection",
    "protonmail",
    "ms-outlook",
    "x_",
    "tutanota",
    "zmail",
];

/// Hides what a piece of HTML says, in place.
pub(super) fn hide(html: &mut [u8], charset: Option<&str>, words: &mut Scrambler) {
    let mut at = 0;
    while at < html.len() {
        let rest = html.get_mut(at..).unwrap_or_default();
        let text = memchr::memchr(b'<', rest).unwrap_or(rest.len());
        hide_text(rest.get_mut(..text).unwrap_or_default(), charset, words);
        let tag = rest.get_mut(text..).unwrap_or_default();
        let length = tag_length(tag);
        hide_tag(tag.get_mut(..length).unwrap_or_default(), charset, words);
        at += text + length;
    }
}

/// Up to the sign that ends the tag; signs in quotes do not count.
fn tag_length(tag: &[u8]) -> usize {
    if tag.starts_with(b"<!--") {
        return memchr::memmem::find(tag, b"-->").map_or(tag.len(), |at| at + 3);
    }
    let mut quote = None;
    for (at, byte) in tag.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(*byte),
            (Some(open), byte) if open == *byte => quote = None,
            _ => {}
        }
    }
    tag.len()
}

fn hide_tag(tag: &mut [u8], charset: Option<&str>, words: &mut Scrambler) {
    let is_named = tag.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/');
    if !is_named {
        return hide_text(tag, charset, words);
    }
    let is_name = |byte: &u8| !byte.is_ascii_whitespace() && *byte != b'>';
    let mut at = tag.iter().take_while(|byte| is_name(byte)).count();
    while at < tag.len() {
        let rest = tag.get_mut(at..).unwrap_or_default();
        let is_sign = |byte: &u8| matches!(byte, b'=' | b'>' | b'/') || byte.is_ascii_whitespace();
        let signs = rest.iter().take_while(|byte| is_sign(byte)).count();
        let name = rest.iter().skip(signs).take_while(|byte| !is_sign(byte)).count();
        let key = rest.get(signs..signs + name).unwrap_or_default().to_ascii_lowercase();
        let behind = signs + name;
        let tail = rest.get_mut(behind..).unwrap_or_default();
        let value = value_length(tail);
        hide_value(tail.get_mut(..value).unwrap_or_default(), &key, charset, words);
        at += (behind + value).max(1);
    }
}

/// `="…"` behind the name of an attribute.
fn value_length(text: &[u8]) -> usize {
    let blanks = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    if text.get(blanks) != Some(&b'=') {
        return 0;
    }
    let more = text.iter().skip(blanks + 1).take_while(|byte| byte.is_ascii_whitespace()).count();
    let begin = blanks + 1 + more;
    let rest = text.get(begin..).unwrap_or_default();
    match rest.first() {
        Some(quote @ (b'"' | b'\'')) => {
            let end = rest.iter().skip(1).position(|byte| byte == quote);
            begin + end.map_or(rest.len(), |end| end + 2)
        }
        _ => begin + rest.iter().take_while(|b| !b.is_ascii_whitespace() && **b != b'>').count(),
    }
}

fn hide_value(value: &mut [u8], key: &[u8], charset: Option<&str>, words: &mut Scrambler) {
    let key = String::from_utf8_lossy(key).into_owned();
    let text = String::from_utf8_lossy(value).to_lowercase();
    let text = text.trim_start_matches(['=', '"', '\'', ' ']);
    let is_mark = || MARKS.iter().any(|mark| text.starts_with(mark));
    match key.as_str() {
        key if KEPT.contains(&key) => {}
        "class" | "id" if is_mark() => {}
        // A style without addresses and names lays out only.
        "style" if !text.contains("url") && !text.contains("font") => {}
        "href" | "src" | "background" | "action" => {
            let scheme = ["http:", "https:", "mailto:", "cid:", "tel:", "data:"];
            let scheme = scheme.into_iter().find(|scheme| text.starts_with(scheme));
            let quotes = value.len() - text.len();
            let begin = quotes + scheme.map_or(0, str::len);
            hide_text(value.get_mut(begin..).unwrap_or_default(), charset, words);
        }
        _ => hide_text(value, charset, words),
    }
}

/// Text between tags: named references stay, numbered ones become those of another letter.
fn hide_text(text: &mut [u8], charset: Option<&str>, words: &mut Scrambler) {
    let mut at = 0;
    while at < text.len() {
        let rest = text.get_mut(at..).unwrap_or_default();
        let plain = memchr::memchr(b'&', rest).unwrap_or(rest.len());
        words.text(rest.get_mut(..plain).unwrap_or_default(), charset);
        let reference = rest.get_mut(plain..).unwrap_or_default();
        at += plain + hide_reference(reference);
    }
}

fn hide_reference(text: &mut [u8]) -> usize {
    let length = text.iter().take(12).position(|byte| *byte == b';');
    let Some(length) = length else { return text.len().min(1) };
    let is_numbered = text.get(1) == Some(&b'#');
    let is_named = text.iter().take(length).skip(1).all(u8::is_ascii_alphanumeric);
    if is_numbered {
        let is_hex = matches!(text.get(2), Some(b'x' | b'X'));
        let digits = text.get_mut(if is_hex { 3 } else { 2 }..length).unwrap_or_default();
        // The letter x.
        let (code, width) = (120, digits.len());
        let other = match (is_hex, width) {
            (true, 2..) => format!("{code:0width$x}"),
            (false, 3..) => format!("{code:0width$}"),
            (false, 2) => "88".to_owned(),
            _ => return length + 1,
        };
        digits.copy_from_slice(other.as_bytes());
    }
    if is_numbered || is_named { length + 1 } else { 1 }
}
