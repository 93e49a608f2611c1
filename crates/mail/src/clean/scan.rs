//! Where tags, comments and references of HTML from outside end, as browsers see it (HTML, section
//! 13.2.5).

use mail_parser::decoders::html::add_html_token;

/// The character of a reference like `#252;` or `uuml;`, if it needs no escape, and how long the
/// reference is. Some programs write whole texts so, and the parser is slow with each.
pub(super) fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let name = text.get(..end)?;
    let character = match name.strip_prefix('#') {
        Some(digits) => {
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
                None => digits.parse(),
            };
            char::from_u32(code.ok()?)?
        }
        None => named_character(name)?,
    };
    let is_plain = character.is_alphanumeric()
        || ('\u{a0}'..='\u{ff}').contains(&character)
        || ('\u{2010}'..='\u{2027}').contains(&character)
        || character == '\u{20ac}';
    is_plain.then_some((character, end + 1))
}

fn named_character(name: &str) -> Option<char> {
    if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    if let Some(character) = common_character(name) {
        return Some(character);
    }
    let mut found = String::new();
    add_html_token(&mut found, format!("&{name};").as_bytes(), false);
    let mut characters = found.chars();
    characters.next().filter(|first| *first != '&' && characters.next().is_none())
}

/// The names that nearly all references in mails have.
fn common_character(name: &str) -> Option<char> {
    Some(match name {
        "nbsp" => '\u{a0}',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "euro" => '€',
        "ndash" => '–',
        _ => return None,
    })
}

/// The length up to and with the end tag of a raw text element.
pub(super) fn raw_text_length(rest: &str, name: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut from = 0;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr::memmem::find(rest, b"</")) {
        let end = from + at + 2;
        let found = bytes.get(end..end + name.len());
        let behind = bytes.get(end + name.len());
        let is_over = behind.is_none_or(|byte| byte.is_ascii_whitespace() || b"/>".contains(byte));
        if is_over && found.is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes())) {
            let tail = rest.get(end..).unwrap_or_default();
            return end + tail.find('>').map_or(tail.len(), |at| at + 1);
        }
        from = end;
    }
    rest.len()
}

/// The length of a comment as browsers see it.
pub(super) fn comment_length(tag: &str) -> usize {
    if tag.starts_with("<!-->") {
        return 5;
    }
    if tag.starts_with("<!--->") {
        return 6;
    }
    let bytes = tag.as_bytes();
    let mut from = 4;
    while let Some(at) = bytes.get(from..).and_then(|rest| memchr::memmem::find(rest, b"--")) {
        let end = from + at + 2;
        match bytes.get(end..).unwrap_or_default() {
            [b'>', ..] => return end + 1,
            [b'!', b'>', ..] => return end + 2,
            _ => from = end - 1,
        }
    }
    tag.len()
}

/// The length of a tag, and how many attributes it has (HTML, section 13.2.5).
pub(super) fn tag_length(tag: &str, from: usize) -> (usize, usize) {
    let bytes = tag.as_bytes();
    let (mut at, mut attributes) = (from, 0);
    let byte = |at: usize| bytes.get(at).copied();
    let is_blank = |byte: u8| byte.is_ascii_whitespace();
    while let Some(current) = byte(at) {
        if current == b'>' {
            return (at + 1, attributes);
        }
        if is_blank(current) || current == b'/' {
            at += 1;
            continue;
        }
        attributes += 1;
        at += 1;
        while byte(at).is_some_and(|b| !is_blank(b) && !b"/>=".contains(&b)) {
            at += 1;
        }
        let mut value = at;
        while byte(value).is_some_and(is_blank) {
            value += 1;
        }
        if byte(value) != Some(b'=') {
            continue;
        }
        at = value + 1;
        while byte(at).is_some_and(is_blank) {
            at += 1;
        }
        match byte(at) {
            Some(quote @ (b'"' | b'\'')) => {
                let rest = bytes.get(at + 1..).unwrap_or_default();
                at = memchr::memchr(quote, rest).map_or(bytes.len(), |end| at + end + 2);
            }
            _ => {
                while byte(at).is_some_and(|b| !is_blank(b) && b != b'>') {
                    at += 1;
                }
            }
        }
    }
    (tag.len(), attributes)
}
