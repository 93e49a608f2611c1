//! Character references read and text escaped, as the parser and its printer do (HTML, sections
//! 13.2.5.72 and 13.3).

use std::borrow::Cow;

/// Prints text. `None` if a reference in it is beyond the few that are known here.
pub(super) fn push_text(out: &mut String, text: &str) -> Option<()> {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'&', b'>', 0xc2, rest.as_bytes()) {
        let (before, found) = rest.split_at_checked(at)?;
        out.push_str(before);
        rest = match found.strip_prefix('&') {
            Some(behind) => {
                let (character, tail) = reference(behind, false)?;
                push_escaped(out, character);
                tail
            }
            None => {
                let mut characters = found.chars();
                push_escaped(out, characters.next()?);
                characters.as_str()
            }
        };
    }
    out.push_str(rest);
    Some(())
}

/// The value that an attribute has in the parser. `None` as for text.
pub(super) fn unescaped_value(value: &str) -> Option<Cow<'_, str>> {
    if memchr::memchr(b'&', value.as_bytes()).is_none() {
        return Some(Cow::Borrowed(value));
    }
    let mut text = String::with_capacity(value.len());
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once('&') {
        text.push_str(before);
        let (character, tail) = reference(behind, true)?;
        text.push(character);
        rest = tail;
    }
    text.push_str(rest);
    Some(Cow::Owned(text))
}

/// Prints the value of an attribute, without the quotes around it.
pub(super) fn push_value(out: &mut String, value: &str) {
    let is_special = |byte: &u8| matches!(byte, b'&' | b'<' | b'>' | b'"' | 0xc2);
    if !value.as_bytes().iter().any(is_special) {
        out.push_str(value);
        return;
    }
    for character in value.chars() {
        match character {
            '"' => out.push_str("&quot;"),
            other => push_escaped(out, other),
        }
    }
}

fn push_escaped(out: &mut String, character: char) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\u{a0}' => out.push_str("&nbsp;"),
        other => out.push(other),
    }
}

/// The character that a reference stands for, or `&` where there is none, and what is behind it.
/// `text` begins behind the `&`. `None` if only the parser can tell.
fn reference(text: &str, is_attribute: bool) -> Option<(char, &str)> {
    let bytes = text.as_bytes();
    if let Some(number) = text.strip_prefix('#') {
        return numeric(number);
    }
    let length = bytes.iter().take(40).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    match (bytes.get(length), length) {
        (_, 0) => Some(('&', text)),
        (Some(b';'), _) => {
            let (name, tail) = text.split_at_checked(length)?;
            Some((named(name)?, tail.strip_prefix(';')?))
        }
        // In an attribute a name without semicolon before `=` is none, else a URL would be spoilt.
        (Some(b'='), _) if is_attribute && length < 40 => Some(('&', text)),
        // No name has one letter.
        (_, 1) => Some(('&', text)),
        _ => None,
    }
}

/// Names that are common in mails, apart from those that were read before the HTML was parsed.
fn named(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "nbsp" => '\u{a0}',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "zwnj" => '\u{200c}',
        "zwj" => '\u{200d}',
        "ensp" => '\u{2002}',
        "emsp" => '\u{2003}',
        "thinsp" => '\u{2009}',
        "prime" => '\u{2032}',
        "lsaquo" => '\u{2039}',
        "rsaquo" => '\u{203a}',
        "trade" => '\u{2122}',
        "larr" => '\u{2190}',
        "uarr" => '\u{2191}',
        "rarr" => '\u{2192}',
        "darr" => '\u{2193}',
        "minus" => '\u{2212}',
        "ne" => '\u{2260}',
        "le" => '\u{2264}',
        "ge" => '\u{2265}',
        "check" => '\u{2713}',
        _ => return None,
    })
}

/// The character of a number like `39;` or `x2014;`.
fn numeric(text: &str) -> Option<(char, &str)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let (digits, tail) = text.split_at_checked(end)?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hexadecimal) if is_digits(hexadecimal, 16) => u32::from_str_radix(hexadecimal, 16),
        None if is_digits(digits, 10) => digits.parse(),
        _ => return None,
    };
    let character = char::from_u32(code.ok()?)?;
    let is_itself = matches!(character, '\t' | '\n' | ' '..='~') || character >= '\u{a0}';
    Some((character, tail.strip_prefix(';')?)).filter(|_| is_itself)
}

fn is_digits(text: &str, radix: u32) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_digit(radix))
}
