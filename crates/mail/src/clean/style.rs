//! The `style` attribute: an own small reader that lets only harmless declarations through.
//!
//! An allow-list of properties and of the characters of values. Whatever could load something,
//! compute something or leave its place is not in it: no functions but `rgb()`, no escapes, no
//! comments, no `position`.

/// Longest style that is read; longer ones are dropped.
const STYLE_BYTES_MAX: usize = 4_096;

/// The harmless declarations in one fixed notation, or `None` if none is left.
pub(crate) fn clean_style(style: &str) -> Option<String> {
    if style.len() > STYLE_BYTES_MAX {
        return None;
    }
    let mut out = String::new();
    for declaration in declarations(style) {
        let Some((name, value)) = declaration.split_once(':') else { continue };
        let name = name.trim().to_ascii_lowercase();
        let Some(value) = clean_value(&name, value) else { continue };
        if !out.is_empty() {
            out.push(';');
        }
        out.push_str(&name);
        out.push(':');
        out.push_str(&value);
    }
    (!out.is_empty()).then_some(out)
}

/// The declarations; a semicolon inside quotes or parentheses does not end one.
fn declarations(style: &str) -> Vec<&str> {
    let (mut found, mut start) = (Vec::new(), 0);
    let (mut quote, mut depth) = (None, 0usize);
    for (at, byte) in style.bytes().enumerate() {
        match (byte, quote) {
            (b'"' | b'\'', None) => quote = Some(byte),
            (_, Some(open)) if byte == open => quote = None,
            (b'(', None) => depth += 1,
            (b')', None) => depth = depth.saturating_sub(1),
            (b';', None) if depth == 0 => {
                found.extend(style.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(style.get(start..));
    found
}

fn clean_value(name: &str, value: &str) -> Option<String> {
    let value = value.split('!').next().unwrap_or(value);
    let value = value.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
    let is_known = PROPERTIES.binary_search(&name).is_ok()
        || SIDED.iter().any(|stem| name.strip_prefix(stem).is_some_and(is_side));
    if !is_known || value.is_empty() || value.len() > 300 || !is_harmless(&value) {
        return None;
    }
    let allowed = match name {
        "display" => ["none", "block", "inline", "inline-block"].contains(&value.as_str()),
        "background" => is_color(&value),
        _ => true,
    };
    allowed.then_some(value)
}

fn is_side(rest: &str) -> bool {
    matches!(rest, "" | "-top" | "-right" | "-bottom" | "-left")
}

/// Words, numbers, colours and quoted names, nothing negative.
fn is_harmless(value: &str) -> bool {
    if value.contains(['(', ')']) && !has_only_colors(value) {
        return false;
    }
    let quotes = |quote: char| value.matches(quote).count();
    if quotes('"') % 2 == 1 || quotes('\'') % 2 == 1 {
        return false;
    }
    let is_allowed = |c: char| c.is_alphanumeric() || " #%.,-+'\"()_/".contains(c);
    let bytes = value.as_bytes();
    let is_negative = bytes.windows(2).enumerate().any(|(at, pair)| {
        let before = at.checked_sub(1).and_then(|before| bytes.get(before));
        let begins = before.is_none_or(|byte| matches!(byte, b' ' | b',' | b'('));
        matches!(pair, [b'-', b'0'..=b'9' | b'.']) && begins
    });
    value.chars().all(is_allowed) && !is_negative && !value.contains("/*")
}

/// Whether colours are the only functions: everything else with a parenthesis is refused.
fn has_only_colors(value: &str) -> bool {
    let lower = value.to_ascii_lowercase();
    let without_colors = lower.replace("rgba(", "").replace("rgb(", "");
    !without_colors.contains('(') && lower.matches(')').count() == lower.matches('(').count()
}

fn is_color(value: &str) -> bool {
    let is_name = value.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_hex = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_name || value.strip_prefix('#').is_some_and(is_hex) || value.starts_with("rgb")
}

const SIDED: &[&str] = &["margin", "padding", "border"];

/// The properties that stay, sorted.
const PROPERTIES: &[&str] = &[
    "background",
    "background-color",
    "border-bottom-color",
    "border-bottom-style",
    "border-bottom-width",
    "border-collapse",
    "border-color",
    "border-left-color",
    "border-left-style",
    "border-left-width",
    "border-radius",
    "border-right-color",
    "border-right-style",
    "border-right-width",
    "border-spacing",
    "border-style",
    "border-top-color",
    "border-top-style",
    "border-top-width",
    "border-width",
    "color",
    "direction",
    "display",
    "font",
    "font-family",
    "font-size",
    "font-style",
    "font-variant",
    "font-weight",
    "height",
    "letter-spacing",
    "line-height",
    "list-style-type",
    "max-height",
    "max-width",
    "min-height",
    "min-width",
    "overflow-wrap",
    "table-layout",
    "text-align",
    "text-decoration",
    "text-indent",
    "text-transform",
    "vertical-align",
    "white-space",
    "width",
    "word-break",
    "word-spacing",
    "word-wrap",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn cleans(style: &str, expected: &str) {
        let cleaned = clean_style(style).unwrap_or_default();
        assert_eq!(cleaned, expected, "{style}");
        assert_eq!(clean_style(&cleaned).unwrap_or_default(), expected, "again: {style}");
    }

    #[test]
    fn the_properties_are_sorted_as_the_search_in_them_needs() {
        assert!(PROPERTIES.is_sorted());
    }

    #[test]
    fn harmless_declarations_stay_in_one_notation() {
        cleans(
            " Color : #FF0000 ; font-family: 'Segoe UI', Arial ",
            "color:#FF0000;font-family:'Segoe UI', Arial",
        );
        cleans(
            "margin:0 0 0 .8ex;border-left:1px #ccc solid",
            "margin:0 0 0 .8ex;border-left:1px #ccc solid",
        );
        cleans(
            "color:rgb(1, 2, 3) !important;padding-left:1ex",
            "color:rgb(1, 2, 3);padding-left:1ex",
        );
        cleans("font-family:\"Times New Roman\",serif", "font-family:\"Times New Roman\",serif");
    }

    #[test]
    fn nothing_is_loaded_computed_or_moved() {
        for style in [
            "background:url(http://evil.example/a.png)",
            "background-color:u\\72l(x)",
            "color:ur/**/l(x)",
            "width:expression(alert(1))",
            "width:calc(100% + 1px)",
            "color:var(--x)",
            "--x:1",
            "position:fixed",
            "position:fixed !important",
            "z-index:9",
            "behavior:url(#x)",
            "-moz-binding:url(x)",
            "content:'x'",
            "margin-top:-9999px",
            "margin:0 -5px",
            "@import 'x'",
            "background:image-set('a.png' 1x)",
            "list-style-image:url(x)",
            "list-style-type:url(x)",
            "color:red}body{color:blue",
            "color:\u{0}red",
            "font-family:\"x",
            "display:flex",
        ] {
            cleans(style, "");
        }
    }

    #[test]
    fn a_bad_declaration_does_not_take_the_good_ones_with_it() {
        cleans("position:fixed;color:red;background:url(';');width:10px", "color:red;width:10px");
    }
}
