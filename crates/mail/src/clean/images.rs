//! Images of cleaned HTML: where they come from, and where the page fetches them.

use std::borrow::Cow;

use crate::clean::tokens::{Kind, Tokens, attributes, unescaped};
use crate::clean::{escape, has_scheme, percent_decoded};

/// The attribute that keeps the address of an image of another server.
pub(super) const REMOTE_SOURCE: &str = "data-remote-src";

/// Where an image of a mail comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImageSource<'a> {
    /// A part of the same mail, by its `Content-ID` (RFC 2392).
    Inline(Cow<'a, str>),
    /// Another server, which would learn that the mail is read.
    Remote(Cow<'a, str>),
}

/// Gives the images of cleaned HTML the addresses from which the page fetches them; an image for
/// which `address` has none stays without.
///
/// Its result is for showing. What is stored is the cleaned HTML.
pub fn address_images(
    clean_html: &str,
    mut address: impl FnMut(ImageSource<'_>) -> Option<String>,
) -> String {
    rewritten(clean_html, |name, value| {
        let value = unescaped(value);
        let (source, is_inline) = match name {
            "src" => match value.get(4..).filter(|_| has_scheme(&value, "cid:")) {
                Some(id) => (ImageSource::Inline(percent_decoded(id)), true),
                None => return Rewritten::Dropped,
            },
            REMOTE_SOURCE => (ImageSource::Remote(Cow::Borrowed(value.as_ref())), false),
            _ => return Rewritten::Kept,
        };
        match address(source) {
            Some(address) => Rewritten::As("src", escape(&address)),
            None if is_inline => Rewritten::Dropped,
            None => Rewritten::Kept,
        }
    })
}

/// Moves the addresses of other servers to where no browser loads them, and makes links open in a
/// window that knows nothing of ours.
pub(super) fn finish(html: &str) -> String {
    rewritten(html, |name, value| match name {
        "src" if !has_scheme(value, "cid:") => Rewritten::As(REMOTE_SOURCE, value.to_string()),
        _ => Rewritten::Kept,
    })
}

/// How many images wait for a permission.
pub(super) fn count_blocked(html: &str) -> usize {
    if memchr::memmem::find(html.as_bytes(), REMOTE_SOURCE.as_bytes()).is_none() {
        return 0;
    }
    let images = Tokens::new(html).filter_map(|token| match token.kind {
        Kind::Start { name: "img", attributes } => Some(attributes),
        _ => None,
    });
    images.filter(|image| attributes(image).any(|(name, _)| name == REMOTE_SOURCE)).count()
}

enum Rewritten {
    Kept,
    Dropped,
    As(&'static str, String),
}

/// Attributes of every link, always at the end.
pub(super) const LINK_ATTRIBUTES: &str = " rel=\"noopener noreferrer\" target=\"_blank\"";

/// Prints the HTML again with other attributes on its images; each name at most once, the first
/// one wins.
fn rewritten(html: &str, mut rewrite: impl FnMut(&str, &str) -> Rewritten) -> String {
    let mut out = String::with_capacity(html.len());
    for token in Tokens::new(html) {
        let given = match token.kind {
            Kind::Start { name: "img", attributes } => attributes,
            Kind::Start { name: "a", attributes }
                if !attributes.ends_with(LINK_ATTRIBUTES.trim_start()) =>
            {
                let tag = html.get(token.range).unwrap_or_default().trim_end_matches('>');
                let is_link = crate::clean::tokens::attribute(attributes, "href").is_some();
                out.push_str(tag);
                out.push_str(if is_link { LINK_ATTRIBUTES } else { "" });
                out.push('>');
                continue;
            }
            _ => {
                out.push_str(html.get(token.range).unwrap_or_default());
                continue;
            }
        };
        out.push_str("<img");
        let mut printed: Vec<&str> = Vec::new();
        for (name, value) in attributes(given) {
            let (name, value) = match rewrite(name, value) {
                Rewritten::Kept => (name, Cow::Borrowed(value)),
                Rewritten::Dropped => continue,
                Rewritten::As(name, value) => (name, Cow::Owned(value)),
            };
            if printed.contains(&name) {
                continue;
            }
            printed.push(name);
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            out.push_str(&value);
            out.push('"');
        }
        out.push('>');
    }
    out
}
