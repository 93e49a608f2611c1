//! Text of HTML: for the plain text of a mail, for search and for notices.

use crate::clean::clean;
use crate::clean::tokens::{Kind, Tokens, attribute, is_void, unescaped};

/// The text that a reader of the HTML sees, a line for each block.
pub fn text_from_html(html: &str) -> String {
    text_from_clean_html(&clean(html).html)
}

/// The text of HTML that went through [`clean`].
pub(crate) fn text_from_clean_html(html: &str) -> String {
    let mut writer = LineWriter::default();
    for token in Tokens::new(html) {
        writer.token(token.kind);
    }
    writer.finish()
}

/// Writes text line by line, as a browser would break it.
#[derive(Default)]
pub(crate) struct LineWriter {
    out: String,
    line: String,
    /// White space was read that counts only if text follows.
    has_blank: bool,
    pre: usize,
    quotes: usize,
    /// Elements whose text is not seen, with the number of elements open in them.
    hidden: usize,
    lists: Vec<Option<usize>>,
}

impl LineWriter {
    pub(crate) fn token(&mut self, kind: Kind<'_>) {
        match kind {
            Kind::Text(_) if self.hidden > 0 => {}
            Kind::Text(text) => self.text(&unescaped(text)),
            Kind::Start { name, attributes } => self.start(name, attributes),
            Kind::End { name } => self.end(name),
        }
    }

    pub(crate) fn finish(mut self) -> String {
        self.end_line();
        self.out.truncate(self.out.trim_end_matches('\n').len());
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    fn start(&mut self, name: &str, attributes: &str) {
        if self.hidden > 0 {
            self.hidden += usize::from(!is_void(name));
            return;
        }
        if is_hidden(attributes) && !is_void(name) {
            if is_block(name) {
                self.end_line();
            }
            self.hidden = 1;
            return;
        }
        match name {
            "br" => self.break_line(),
            "img" => {
                if let Some(alt) = attribute(attributes, "alt") {
                    self.text(alt.trim());
                }
            }
            "td" | "th" => self.has_blank = true,
            "li" => {
                self.end_line();
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{number}. ")
                    }
                    _ => "- ".to_string(),
                };
                self.line.push_str(&mark);
            }
            "ul" => self.lists.push(None),
            "ol" => self.lists.push(Some(0)),
            "hr" => {
                self.end_line();
                self.line.push_str("---");
                self.end_line();
            }
            _ => {}
        }
        if is_block(name) {
            self.end_line();
        }
        if is_paragraph(name) {
            self.blank_line();
        }
        self.pre += usize::from(name == "pre");
        self.quotes += usize::from(name == "blockquote");
    }

    fn end(&mut self, name: &str) {
        if self.hidden > 0 {
            self.hidden -= 1;
            return;
        }
        if matches!(name, "ul" | "ol") {
            self.lists.pop();
        }
        if is_block(name) || name == "li" {
            self.end_line();
        }
        if is_paragraph(name) {
            self.blank_line();
        }
        self.pre = self.pre.saturating_sub(usize::from(name == "pre"));
        self.quotes = self.quotes.saturating_sub(usize::from(name == "blockquote"));
    }

    fn text(&mut self, text: &str) {
        if self.pre > 0 {
            for (number, line) in text.split('\n').enumerate() {
                if number > 0 {
                    self.break_line();
                }
                self.line.push_str(line);
            }
            return;
        }
        let mut words = text.split(|c: char| c.is_ascii_whitespace());
        let Some(first) = words.next() else { return };
        self.word(first);
        for word in words {
            self.has_blank = true;
            self.word(word);
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        if std::mem::take(&mut self.has_blank) && !self.line.is_empty() && !self.line.ends_with(' ')
        {
            self.line.push(' ');
        }
        self.line.push_str(word);
    }

    /// Ends the line if anything stands on it.
    fn end_line(&mut self) {
        if !self.line.trim().is_empty() {
            self.break_line();
        }
        self.line.clear();
        self.has_blank = false;
    }

    /// Ends the line even if it is empty, but writes at most one empty line.
    fn break_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = line.trim_end_matches([' ', '\t']);
        if line.is_empty() {
            return self.blank_line();
        }
        for _ in 0..self.quotes.min(20) {
            self.out.push_str("> ");
        }
        self.out.push_str(line);
        self.out.push('\n');
        self.has_blank = false;
    }

    fn blank_line(&mut self) {
        self.line.clear();
        self.has_blank = false;
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }
}

fn is_hidden(attributes: &str) -> bool {
    attributes.contains("display:none")
        && attribute(attributes, "style")
            .is_some_and(|style| style.split(';').any(|d| d == "display:none"))
}

pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "blockquote"
            | "caption"
            | "center"
            | "dd"
            | "div"
            | "dl"
            | "dt"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hr"
            | "ol"
            | "p"
            | "pre"
            | "table"
            | "tr"
            | "ul"
    )
}

fn is_paragraph(name: &str) -> bool {
    matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "p" | "blockquote" | "table")
}

#[cfg(test)]
mod tests {
    use super::text_from_html;

    #[track_caller]
    fn reads(html: &str, expected: &str) {
        assert_eq!(text_from_html(html), expected, "{html}");
    }

    #[test]
    fn blocks_are_lines_and_paragraphs_have_empty_lines_between() {
        reads(
            "<p>Guten Tag,</p><p>das <b>Ger&auml;t</b>\n raucht.</p>",
            "Guten Tag,\n\ndas Gerät raucht.\n",
        );
        reads("a<br>b<div>c</div>d", "a\nb\nc\nd\n");
        reads("", "");
    }

    #[test]
    fn lists_tables_and_quotes_are_recognisable() {
        reads("<ul><li>a</li><li>b</li></ul><ol><li>c<li>d</ol>", "- a\n- b\n1. c\n2. d\n");
        reads("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc\n");
        reads("<blockquote>a<blockquote>b</blockquote></blockquote>", "> a\n\n> > b\n");
        reads("<pre>a\n  b</pre>", "a\n  b\n");
    }

    #[test]
    fn what_is_not_seen_is_no_text() {
        reads(
            "<style>p{}</style><script>x</script>a<div style=\"display: none\">b<p>c</div>d",
            "a\nd\n",
        );
        reads("<img src=\"cid:a\" alt=\"Logo\">&nbsp;a", "Logo\u{a0}a\n");
    }
}
