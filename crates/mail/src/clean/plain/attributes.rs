//! Attributes of one tag: read as the parser reads them (HTML, section 13.2.5), filtered, printed.

use std::borrow::Cow;

use crate::clean::images::{LINK_ATTRIBUTES, REMOTE_SOURCE};
use crate::clean::plain::characters::{push_value, unescaped_value};
use crate::clean::tag::Tag;
use crate::clean::{ATTRIBUTES, clean_attribute, has_scheme};

/// The attributes of the tag that is being printed.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    list: Vec<(&'static str, Option<Cow<'a, str>>)>,
}

impl<'a> Attributes<'a> {
    /// Reads the attributes of a tag, `given` beginning behind its name; returns what is behind the
    /// tag. `None` if only the parser can tell.
    pub(super) fn read(&mut self, tag: Tag, given: &'a str) -> Option<&'a str> {
        self.list.clear();
        let mut rest = given;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
            if let Some(behind) = rest.strip_prefix('>') {
                self.remove_refused();
                return Some(behind);
            }
            let (name, value, tail) = attribute(rest)?;
            rest = tail;
            let Some(name) = known_name(name) else { continue };
            if self.list.iter().any(|(known, _)| *known == name) {
                continue;
            }
            let value = unescaped_value(value)?;
            if matches!(name, "href" | "src") && !is_kept_address(&value)? {
                continue;
            }
            self.list.push((name, filtered(tag.name(), name, value)));
        }
    }

    /// Takes out what the filter refused. The order of the others is that of the sanitiser, which
    /// fills a gap with the last one.
    fn remove_refused(&mut self) {
        for at in (0..self.list.len()).rev() {
            if self.list.get(at).is_some_and(|(_, value)| value.is_none()) {
                self.list.swap_remove(at);
            }
        }
    }

    /// Prints them with what the cleaner adds to links and images.
    pub(super) fn print(&self, tag: Tag, out: &mut String) {
        let is_image = tag.name() == "img";
        let mut has_remote = false;
        for (name, value) in &self.list {
            let Some(value) = value else { continue };
            let is_remote = is_image && *name == "src" && !has_scheme(value, "cid:");
            let name = if is_remote { REMOTE_SOURCE } else { *name };
            if name == REMOTE_SOURCE && std::mem::replace(&mut has_remote, true) {
                continue;
            }
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            push_value(out, value);
            out.push('"');
        }
        if tag.name() == "a" && self.list.iter().any(|(name, _)| *name == "href") {
            out.push_str(LINK_ATTRIBUTES);
        }
    }
}

/// The name and the value of the attribute at the beginning of `text`, and what is behind it.
fn attribute(text: &str) -> Option<(&str, &str, &str)> {
    let is_blank = |c: char| c.is_ascii_whitespace();
    // A `=` where a name begins is a part of it.
    let first = text.chars().next()?.len_utf8();
    let behind = text.get(first..)?;
    let length = behind.find(|c: char| is_blank(c) || matches!(c, '/' | '>' | '='))?;
    let (name, rest) = text.split_at_checked(first + length)?;
    let Some(value) = rest.trim_start_matches(is_blank).strip_prefix('=') else {
        return Some((name, "", rest));
    };
    let value = value.trim_start_matches(is_blank);
    for quote in ['"', '\''] {
        if let Some(quoted) = value.strip_prefix(quote) {
            let (value, rest) = quoted.split_once(quote)?;
            return Some((name, value, rest));
        }
    }
    let length = value.find(|c: char| is_blank(c) || c == '>')?;
    let (value, rest) = value.split_at_checked(length)?;
    Some((name, value, rest))
}

/// The attribute with this name in any case, if it may stay on some element.
fn known_name(name: &str) -> Option<&'static str> {
    ATTRIBUTES.iter().copied().find(|known| known.eq_ignore_ascii_case(name))
}

fn filtered<'a>(element: &str, name: &str, value: Cow<'a, str>) -> Option<Cow<'a, str>> {
    match value {
        Cow::Borrowed(value) => clean_attribute(element, name, value),
        Cow::Owned(value) => {
            clean_attribute(element, name, &value).map(|clean| Cow::Owned(clean.into_owned()))
        }
    }
}

/// Whether the sanitiser keeps an attribute with this address before it asks the filter: its scheme
/// is allowed, or it has none. `None` if only a parser of URLs can tell.
fn is_kept_address(value: &str) -> Option<bool> {
    if has_scheme(value, "http://") {
        return is_plain_authority(value.get(7..)?);
    }
    if has_scheme(value, "https://") {
        return is_plain_authority(value.get(8..)?);
    }
    if let Some((scheme, rest)) = value.split_once(':') {
        let is_opaque = ["mailto", "tel", "cid"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
        if is_opaque {
            return (!rest.starts_with('/')).then_some(true);
        }
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        let begins = scheme.as_bytes().first()?;
        if begins.is_ascii_alphabetic() && scheme.bytes().all(is_letter) {
            let is_web = ["http", "https"].iter().any(|s| scheme.eq_ignore_ascii_case(s));
            return (!is_web).then_some(false);
        }
        // Not a scheme: a relative address, unless blanks before it are what confuses.
        return matches!(begins, b'#' | b'?' | b'/' | b'.').then_some(true);
    }
    Some(true)
}

/// Whether the part of a URL behind `//` begins with an ordinary host, so that the whole is a URL.
fn is_plain_authority(text: &str) -> Option<bool> {
    let end = text.find(['/', '?', '#']).unwrap_or(text.len());
    let authority = text.get(..end)?;
    let (host, port) = authority.split_once(':').unwrap_or((authority, "80"));
    let is_port = (1..=4).contains(&port.len()) && port.bytes().all(|byte| byte.is_ascii_digit());
    let is_label = |label: &str| {
        let is_inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        let begins = label.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
        let is_encoded = label.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("xn--"));
        begins && !label.ends_with('-') && label.bytes().all(is_inner) && !is_encoded
    };
    let last = host.rsplit('.').next()?;
    let is_name = last.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let is_plain = is_port && is_name && host.len() <= 200 && host.split('.').all(is_label);
    is_plain.then_some(true)
}
