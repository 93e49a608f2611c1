//! Text as it may stand in a header or in a body.

/// Text on one line: controls and line breaks of any kind are blanks, and characters that turn
/// the direction of text are gone.
pub(crate) fn one_line(text: &str) -> String {
    let visible = text.chars().filter(|c| !turns_direction(*c));
    let line: String = visible.map(|c| if breaks_line(c) { ' ' } else { c }).collect();
    line.trim().to_string()
}

/// Text with LF as its only line break and no control but the tab (RFC 2045 section 2.7).
pub(crate) fn lines(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect()
}

/// Controls, and the line and paragraph separators of Unicode.
pub(crate) fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}')
}

/// Marks, embeddings, overrides and isolates (UAX 9). A name or a subject needs none of them, and
/// with them one part of a line can look like another.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_no_breaks_and_keeps_its_direction() {
        assert_eq!(one_line(" a\r\nb\u{85}c\u{2028}d\0\te "), "a  b c d  e");
        assert_eq!(one_line("Rechnung\u{202e}fdp.exe"), "Rechnungfdp.exe");
        assert_eq!(one_line("👩‍👩‍👧‍👦"), "👩‍👩‍👧‍👦");
    }

    #[test]
    fn lines_end_in_one_way_and_have_no_controls() {
        assert_eq!(
            lines("a\r\nb\rc\nd\r\r\n\te\0\u{1b}[31m\u{2028}"),
            "a\nb\nc\nd\n\n\te[31m\u{2028}"
        );
    }
}
