//! The plain text beside the HTML that we send.

use crate::clean::clean;
use crate::clean::tokens::{Kind, Tokens, attribute, unescaped};
use crate::text::{LineWriter, is_block};

/// The text of HTML for readers who see no HTML: paragraphs and lists as lines, `text <address>` for
/// links, `> ` before quotes, cells of a row divided by ` | `, images as their alternative text.
pub fn text_of_html(html: &str) -> String {
    let cleaned = clean(html).html;
    let mut letter = Letter::default();
    for token in Tokens::new(&cleaned) {
        letter.token(token.kind);
    }
    letter.writer.finish()
}

/// Adds to the text of a page what a letter needs: addresses of links and borders of cells.
#[derive(Default)]
struct Letter {
    writer: LineWriter,
    /// The address of the link that is open, and the text of the link so far.
    link: Option<(String, String)>,
    /// Text stands before the cell on the same line.
    has_cell_before: bool,
    is_new_cell: bool,
    after: After,
    /// A paragraph is open that is the first thing in its list item.
    is_first_in_item: bool,
}

/// What was read last.
#[derive(Default, PartialEq, Eq)]
enum After {
    Item,
    #[default]
    Other,
}

impl Letter {
    fn token(&mut self, kind: Kind<'_>) {
        let after = std::mem::take(&mut self.after);
        match kind {
            Kind::Text(text) if text.trim().is_empty() => {
                self.after = after;
                self.writer.token(kind);
            }
            Kind::Text(text) => self.text(text),
            // The mark of the item would stand on a line of its own.
            Kind::Start { name: "p", .. } if after == After::Item => self.is_first_in_item = true,
            Kind::Start { name, attributes } => self.start(name, attributes, kind),
            Kind::End { name: "p" } if self.is_first_in_item => {
                self.is_first_in_item = false;
                self.writer.token(Kind::Start { name: "br", attributes: "" });
            }
            Kind::End { name } => self.end(name, kind),
        }
    }

    fn text(&mut self, text: &str) {
        if std::mem::take(&mut self.is_new_cell) && self.has_cell_before {
            self.writer.token(Kind::Text(" | "));
        }
        self.has_cell_before = true;
        if let Some((_, shown)) = &mut self.link {
            shown.push_str(&unescaped(text));
        }
        self.writer.token(Kind::Text(text));
    }

    fn start(&mut self, name: &str, attributes: &str, kind: Kind<'_>) {
        match name {
            "a" => {
                let address = attribute(attributes, "href").unwrap_or_default().into_owned();
                self.link = Some((address, String::new()));
            }
            "td" | "th" => self.is_new_cell = true,
            "li" => self.after = After::Item,
            _ => {}
        }
        self.note_line(name);
        self.writer.token(kind);
    }

    fn end(&mut self, name: &str, kind: Kind<'_>) {
        if let ("a", Some((address, shown))) = (name, self.link.take()) {
            let is_told = is_same(&address, &shown) || address.starts_with('#');
            if !address.is_empty() && !is_told {
                let escaped = address.replace('&', "&amp;");
                self.writer.token(Kind::Text(&format!(" &lt;{escaped}&gt;")));
            }
        }
        self.note_line(name);
        self.writer.token(kind);
    }

    /// A block or a break begins a new line.
    fn note_line(&mut self, name: &str) {
        if is_block(name) || matches!(name, "br" | "li") {
            self.has_cell_before = false;
        }
    }
}

/// Whether the text of a link already says where it leads.
fn is_same(address: &str, shown: &str) -> bool {
    let bare = |text: &str| {
        let text = text.trim().trim_end_matches('/');
        let schemes = ["mailto:", "tel:", "https://", "http://"];
        let rest = schemes.iter().find_map(|scheme| text.strip_prefix(scheme)).unwrap_or(text);
        rest.to_lowercase()
    };
    bare(address) == bare(shown)
}

#[cfg(test)]
mod tests {
    use super::text_of_html;

    #[track_caller]
    fn reads(html: &str, expected: &str) {
        assert_eq!(text_of_html(html), expected, "{html}");
    }

    #[test]
    fn paragraphs_breaks_and_quotes_are_lines() {
        reads(
            "<p>Guten Tag,<br>Ann</p><p>das <b>Ger&auml;t</b></p><blockquote><p>a<br>b</p></blockquote>",
            "Guten Tag,\nAnn\n\ndas Gerät\n\n> a\n> b\n",
        );
        reads("", "");
    }

    #[test]
    fn lists_have_their_marks_whatever_the_editor_writes() {
        reads(
            "<ul><li>a</li><li>b</li></ul><ol><li>c</li><li>d</li></ol>",
            "- a\n- b\n1. c\n2. d\n",
        );
        reads("<ul><li><p>a</p></li><li><p>b</p></li></ul><p>c</p>", "- a\n- b\n\nc\n");
        reads("<ol>\n<li>\n<p>a</p><p>b</p>\n</li>\n</ol>", "1. a\n\nb\n");
    }

    #[test]
    fn a_link_tells_where_it_leads_once() {
        reads(
            "<p>Siehe <a href=\"https://example.de/a?b=1&amp;c=2\">Anleitung</a>.</p>",
            "Siehe Anleitung <https://example.de/a?b=1&c=2>.\n",
        );
        reads("<a href=\"https://example.de/\">example.de</a>", "example.de\n");
        reads("<a href=\"mailto:ann@example.de\">ann@example.de</a>", "ann@example.de\n");
        reads("<a href=\"javascript:alert(1)\">a</a>", "a\n");
    }

    #[test]
    fn cells_are_divided_and_images_have_words() {
        reads(
            "<table><tr><th>Teil</th><th>Menge</th></tr><tr><td>Rad</td><td>4</td></tr></table>",
            "Teil | Menge\nRad | 4\n",
        );
        reads("<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>", "a\n\nb\n");
        reads("<table><tr><td></td><td>b</td></tr></table>", "b\n");
        reads("<p><img src=\"cid:a\" alt=\"Logo\"> Firma</p>", "Logo Firma\n");
    }

    #[test]
    fn what_is_not_seen_is_no_text() {
        reads(
            "<style>p{}</style><script>x</script><p>a</p><div style=\"display:none\">b</div>",
            "a\n",
        );
    }
}
