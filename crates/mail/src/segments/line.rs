//! Lines of a body, as the classifier sees them: plain text and HTML alike.

use crate::clean::tokens::{Kind, Token, Tokens, attribute, is_void, unescaped};
use crate::text::is_block;

/// What the markup around a line says about it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing.
    #[default]
    None,
    /// It is quoted.
    Quoted,
    /// It is indented as quotes are, and as other things are, too.
    Indented,
    /// It introduces a quote.
    Attribution,
    /// It and everything behind it is quoted.
    RestQuoted,
    /// It belongs to a signature.
    Signature,
}

/// One line.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    /// Where it begins in the body; it ends where the next one begins.
    pub(super) start: usize,
    /// Its text in lower case without quote marks, blanks around it and emphasis; only the
    /// beginning of a long line.
    pub(super) key: String,
    /// How many characters it has, up to a bound.
    pub(super) length: usize,
    pub(super) mark: Mark,
    /// Whether it is exactly the mark before a signature (`-- `).
    pub(super) is_signature_mark: bool,
}

/// Characters of a line that are looked at.
pub(super) const KEY_CHARS_MAX: usize = 400;

impl Line {
    pub(super) fn is_blank(&self) -> bool {
        self.length == 0
    }

    fn set_text(&mut self, text: &str) {
        let text = text.trim();
        self.is_signature_mark = matches!(text, "--" | "\u{2014}" | "\u{2013}");
        self.length = match text.len() {
            // As many characters as bytes, or fewer: only a long text has to be cut.
            0..=2_000 => text.chars().count(),
            _ => text.chars().take(2_000).count(),
        };
        let bare = text.trim_matches(|c: char| c == '*' || c.is_whitespace());
        self.key.clear();
        self.key.reserve(bare.len().min(KEY_CHARS_MAX));
        let ascii = bare.bytes().take(KEY_CHARS_MAX).take_while(u8::is_ascii).count();
        let (plain, rest) = bare.split_at_checked(ascii).unwrap_or((bare, ""));
        self.key.push_str(plain);
        self.key.make_ascii_lowercase();
        if self.key.bytes().any(|byte| byte != b' ' && is_ascii_blank(byte)) {
            self.key = self.key.replace(|c: char| c.is_whitespace(), " ");
        }
        let rest = rest.chars().take(KEY_CHARS_MAX - ascii);
        for character in rest.map(|c| if c.is_whitespace() { ' ' } else { c }) {
            match character.is_ascii() {
                true => self.key.push(character.to_ascii_lowercase()),
                false => self.key.extend(character.to_lowercase()),
            }
        }
    }
}

/// Whether the character is white space; a vertical tab is.
fn is_ascii_blank(byte: u8) -> bool {
    char::from(byte).is_whitespace()
}

/// The lines of plain text.
pub(super) fn lines_of_text(text: &str) -> Vec<Line> {
    let mut start = 0;
    let lines = text.split_inclusive('\n').map(|whole| {
        let mut line = Line { start, ..Line::default() };
        start += whole.len();
        let mut rest = whole.trim_end();
        // One blank before the mark is what some programs write.
        rest = rest.strip_prefix(' ').filter(|inner| inner.starts_with('>')).unwrap_or(rest);
        while let Some(inner) = rest.strip_prefix('>') {
            line.mark = Mark::Quoted;
            rest = inner.strip_prefix(' ').filter(|next| next.starts_with('>')).unwrap_or(inner);
        }
        line.set_text(rest);
        if line.mark == Mark::Quoted {
            line.length = line.length.max(1);
        }
        line
    });
    lines.collect()
}

/// The lines of cleaned HTML: what a browser shows below one another.
pub(super) fn lines_of_html(html: &str) -> Vec<Line> {
    let mut reader = HtmlLines::default();
    for token in Tokens::new(html) {
        reader.token(&token);
    }
    reader.end_line();
    reader.lines
}

#[derive(Default)]
struct HtmlLines {
    lines: Vec<Line>,
    /// Marks of the open elements, the inherited one last.
    marks: Vec<Mark>,
    hidden: usize,
    text: String,
    /// Where the present line begins; `None` as long as only end tags and blanks were seen.
    start: Option<usize>,
    /// The mark of the first text of the line.
    mark: Option<Mark>,
    rest_is_quoted: bool,
}

impl HtmlLines {
    fn token(&mut self, token: &Token<'_>) {
        match token.kind {
            Kind::Text(text) => {
                if self.start.is_none() && text.trim().is_empty() {
                    return;
                }
                self.begin(token.range.start);
                self.add(&unescaped(text));
            }
            Kind::Start { name, attributes } => {
                if is_block(name) || matches!(name, "li" | "br") && self.mark.is_some() {
                    // The end of a line by "br" belongs to it.
                    if name != "br" {
                        self.end_line();
                    }
                }
                self.begin(token.range.start);
                self.open(name, attributes);
                if name == "br" {
                    self.end_line();
                }
            }
            Kind::End { name } => {
                if !is_void(name) {
                    self.marks.pop();
                    self.hidden = self.hidden.saturating_sub(1);
                }
                if is_block(name) || name == "li" {
                    self.end_line();
                }
            }
        }
    }

    fn open(&mut self, name: &str, attributes: &str) {
        let inherited = self.marks.last().copied().unwrap_or_default();
        let own = mark_of(name, attributes);
        if own == Mark::RestQuoted {
            self.rest_is_quoted = true;
        }
        let mark = match (inherited, own) {
            (Mark::Quoted, _) => Mark::Quoted,
            (inherited, Mark::None) => inherited,
            (_, own) => own,
        };
        if name == "img" {
            self.touch(mark);
        }
        if is_void(name) {
            return;
        }
        self.marks.push(mark);
        let is_hidden = attributes.contains("display:none");
        if self.hidden > 0 || is_hidden {
            self.hidden += 1;
        }
    }

    fn begin(&mut self, at: usize) {
        self.start.get_or_insert(at);
    }

    fn add(&mut self, text: &str) {
        if text.trim().is_empty() {
            self.text.push(' ');
            return;
        }
        let mark = self.marks.last().copied().unwrap_or_default();
        self.touch(mark);
        if self.hidden == 0 && self.text.len() < KEY_CHARS_MAX * 6 {
            self.text.push_str(text);
        }
    }

    fn touch(&mut self, mark: Mark) {
        self.mark.get_or_insert(mark);
    }

    fn end_line(&mut self) {
        let Some(start) = self.start.take() else { return };
        let text = std::mem::take(&mut self.text);
        let mut words = String::with_capacity(text.len());
        for word in text.split_whitespace() {
            if !words.is_empty() {
                words.push(' ');
            }
            words.push_str(word);
        }
        let mut line = Line { start, ..Line::default() };
        line.set_text(words.trim_start_matches(['>', ' ']));
        // A line without text has no mark of its own unless an image stands on it.
        line.mark = self.mark.take().unwrap_or_else(|| match self.marks.last() {
            Some(Mark::Quoted) => Mark::Quoted,
            _ => Mark::None,
        });
        // Some programs write the marks of plain text into their HTML.
        if words.starts_with('>') {
            (line.mark, line.length) = (Mark::Quoted, line.length.max(1));
        }
        if self.rest_is_quoted {
            line.mark = Mark::RestQuoted;
        }
        self.lines.push(line);
    }
}

/// Whether a tag has an attribute that may say something about its lines; most have none.
fn has_mark(attributes: &str) -> bool {
    let is_quoted = |at: &usize| attributes.as_bytes().get(at + 1) == Some(&b'"');
    let equals = memchr::memchr_iter(b'=', attributes.as_bytes()).filter(is_quoted);
    equals
        .filter_map(|at| attributes.get(..at))
        .any(|before| ["class", "id", "type"].iter().any(|name| before.ends_with(name)))
}

/// What an element says about the lines in it.
fn mark_of(name: &str, attributes: &str) -> Mark {
    if !has_mark(attributes) {
        return if name == "blockquote" { Mark::Indented } else { Mark::None };
    }
    let class = attribute(attributes, "class").unwrap_or_default();
    let id = attribute(attributes, "id").unwrap_or_default();
    let has = |known: &[&str]| {
        class.split(' ').any(|word| known.contains(&word)) || known.contains(&id.as_ref())
    };
    if name == "blockquote" {
        let is_cite = attribute(attributes, "type").is_some_and(|kind| kind == "cite");
        let is_quote = is_cite || has(&["gmail_quote", "protonmail_quote", "tutanota_quote"]);
        return if is_quote { Mark::Quoted } else { Mark::Indented };
    }
    if has(&[
        "divRplyFwdMsg",
        "appendonsend",
        "OLK_SRC_BODY_SECTION",
        "mail-editor-reference-message-container",
    ]) {
        return Mark::RestQuoted;
    }
    if has(&["gmail_attr", "moz-cite-prefix", "reply-intro"]) {
        return Mark::Attribution;
    }
    if has(&[
        "yahoo_quoted",
        "protonmail_quote",
        "tutanota_quote",
        "moz-forward-container",
        "isReplyContent",
    ]) {
        return Mark::Quoted;
    }
    if has(&[
        "gmail_signature",
        "moz-signature",
        "Signature",
        "ms-outlook-mobile-signature",
        "AppleMailSignature",
        "protonmail_signature_block",
    ]) {
        return Mark::Signature;
    }
    Mark::None
}
