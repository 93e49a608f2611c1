//! Tokens of HTML as the cleaner prints it: tags and text, every attribute in double quotes, no
//! comments. Not a parser for HTML from outside.

use std::borrow::Cow;
use std::ops::Range;

/// A token and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    pub(crate) kind: Kind<'a>,
    pub(crate) range: Range<usize>,
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind<'a> {
    /// Text, still escaped.
    Text(&'a str),
    /// A start tag; its attributes as printed.
    Start { name: &'a str, attributes: &'a str },
    /// An end tag.
    End { name: &'a str },
}

/// The tokens of cleaned HTML.
pub(crate) struct Tokens<'a> {
    html: &'a str,
    position: usize,
}

impl<'a> Tokens<'a> {
    pub(crate) fn new(html: &'a str) -> Self {
        Self { html, position: 0 }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let start = self.position;
        let rest = self.html.get(start..).filter(|rest| !rest.is_empty())?;
        if !rest.starts_with('<') {
            let length = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
            self.position = start + length;
            let kind = Kind::Text(rest.get(..length).unwrap_or(rest));
            return Some(Token { kind, range: start..self.position });
        }
        let length = tag_length(rest);
        self.position = start + length;
        let tag = rest.get(1..length).unwrap_or_default().trim_end_matches('>');
        let kind = match tag.strip_prefix('/') {
            Some(name) => Kind::End { name: name.trim() },
            None => {
                let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
                Kind::Start { name, attributes }
            }
        };
        Some(Token { kind, range: start..self.position })
    }
}

/// The length of the tag at the beginning of `rest`; `>` inside quotes does not end it.
fn tag_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let mut is_quoted = false;
    for at in memchr::memchr2_iter(b'"', b'>', bytes) {
        match bytes.get(at) {
            Some(b'"') => is_quoted = !is_quoted,
            _ if !is_quoted => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The attributes of a start tag: names, and values still escaped.
pub(crate) fn attributes(text: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut rest = text.trim_start();
    std::iter::from_fn(move || {
        let at = memchr::memchr(b'=', rest.as_bytes())?;
        let (name, tail) = (rest.get(..at)?, rest.get(at + 1..)?.strip_prefix('"')?);
        let (value, tail) = tail.split_once('"')?;
        rest = tail.trim_start();
        Some((name.trim(), value))
    })
}

/// The unescaped value of one attribute.
pub(crate) fn attribute<'a>(text: &'a str, name: &str) -> Option<Cow<'a, str>> {
    attributes(text).find(|(known, _)| *known == name).map(|(_, value)| unescaped(value))
}

/// Whether the element has no end tag.
pub(crate) fn is_void(name: &str) -> bool {
    matches!(name, "br" | "hr" | "img" | "col" | "wbr")
}

/// The text that escaped text stands for; only what the printer writes is known.
pub(crate) fn unescaped(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let known =
            [("amp;", '&'), ("lt;", '<'), ("gt;", '>'), ("quot;", '"'), ("nbsp;", '\u{a0}')];
        let found = known.iter().find_map(|(name, c)| Some((behind.strip_prefix(name)?, *c)));
        match found {
            Some((tail, character)) => {
                out.push(character);
                rest = tail;
            }
            None => {
                out.push('&');
                rest = behind;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_text_and_attributes_are_told_apart() {
        let html = "a<p title=\"x > y\" lang=\"de\">b &amp; c</p><br>";
        let kinds: Vec<Kind<'_>> = Tokens::new(html).map(|token| token.kind).collect();
        assert_eq!(
            kinds,
            [
                Kind::Text("a"),
                Kind::Start { name: "p", attributes: "title=\"x > y\" lang=\"de\"" },
                Kind::Text("b &amp; c"),
                Kind::End { name: "p" },
                Kind::Start { name: "br", attributes: "" },
            ]
        );
        let found: Vec<_> = attributes("title=\"x > y\" lang=\"de\"").collect();
        assert_eq!(found, [("title", "x > y"), ("lang", "de")]);
        assert_eq!(unescaped("b &amp;amp; &lt;c&nbsp;&quot;&x;"), "b &amp; <c\u{a0}\"&x;");
    }
}
