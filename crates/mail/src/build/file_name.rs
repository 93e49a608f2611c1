//! Names of files that are sent: a name for the recipient's folder, never a path.

use crate::build::clean_text::{breaks_line, turns_direction};

/// Characters of a name; file systems end at 255 octets.
const CHARS_MAX: usize = 120;
/// Characters of the extension that a shortened name keeps.
const EXTENSION_CHARS_MAX: usize = 20;

/// The name without path, controls and what file systems do not take; `fallback` if nothing is left.
pub(crate) fn file_name(name: &str, fallback: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let visible = name.chars().filter(|c| !turns_direction(*c));
    let safe: String =
        visible.map(|c| if breaks_line(c) || "<>:\"|?*".contains(c) { '_' } else { c }).collect();
    let safe = safe.trim().trim_end_matches(['.', ' ']).trim_start_matches('.');
    if safe.is_empty() { fallback.to_string() } else { shortened(safe) }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= CHARS_MAX {
        return name.to_string();
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let length = extension.chars().count();
    if length == 0 || length > EXTENSION_CHARS_MAX {
        return name.chars().take(CHARS_MAX).collect();
    }
    let stem: String = name.chars().take(CHARS_MAX - length - 1).collect();
    format!("{stem}.{extension}")
}

/// The name for programs that know only ASCII: umlauts in two letters, `_` for what has none.
pub(crate) fn ascii_twin(name: &str) -> String {
    let mut twin = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            'ä' => twin.push_str("ae"),
            'ö' => twin.push_str("oe"),
            'ü' => twin.push_str("ue"),
            'Ä' => twin.push_str("Ae"),
            'Ö' => twin.push_str("Oe"),
            'Ü' => twin.push_str("Ue"),
            'ß' => twin.push_str("ss"),
            c if c.is_ascii() => twin.push(c),
            _ if twin.ends_with('_') => {}
            _ => twin.push('_'),
        }
    }
    twin
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_path_and_has_no_dangerous_characters() {
        for (name, safe) in [
            ("Angebot 2026.pdf", "Angebot 2026.pdf"),
            ("../../etc/passwd", "passwd"),
            ("..\\..\\a.pdf", "a.pdf"),
            ("x\r\nSubject: y", "x__Subject_ y"),
            ("rechnung\u{202e}fdp.exe", "rechnungfdp.exe"),
            ("a\u{2028}b\0c.txt", "a_b_c.txt"),
            ("見積書.pdf", "見積書.pdf"),
            (".profile", "profile"),
            ("..", "file"),
            ("", "file"),
        ] {
            assert_eq!(file_name(name, "file"), safe, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let safe = file_name(&format!("{}.pdf", "ä".repeat(500)), "file");
        assert_eq!((safe.chars().count(), safe.ends_with("ä.pdf")), (120, true));
        assert_eq!(file_name(&"x".repeat(500), "file").len(), 120);
        assert_eq!(file_name(&format!("a.{}", "x".repeat(500)), "file").len(), 120);
    }

    #[test]
    fn the_ascii_twin_is_readable() {
        assert_eq!(ascii_twin("Größe für Übersicht.pdf"), "Groesse fuer Uebersicht.pdf");
        assert_eq!(ascii_twin("見積書 2.pdf"), "_ 2.pdf");
    }
}
