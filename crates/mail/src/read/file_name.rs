//! Names of files: text that a sender chose, never a path.

use std::collections::HashSet;

use crate::read::limits::FILE_NAME_CHARS_MAX;

/// The name without path and without characters that are dangerous in file systems, in headers or
/// on screens. Empty if nothing is left.
pub(crate) fn safe_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let safe: String = name.chars().map(|c| if is_dangerous(c) { '_' } else { c }).collect();
    // Windows drops dots and blanks at the end; a dot in front hides the file elsewhere.
    let safe = safe.trim().trim_end_matches(['.', ' ']);
    let safe = match safe.strip_prefix('.') {
        Some(rest) => format!("_{rest}"),
        None => safe.to_string(),
    };
    let stem = safe.split('.').next().unwrap_or_default().to_ascii_lowercase();
    let safe = if is_device(stem.trim()) { format!("_{safe}") } else { safe };
    shortened(&safe)
}

/// Controls, what file systems and shells treat specially, and characters that turn the direction
/// of text or are invisible: `invoice\u{202e}fdp.exe`.
fn is_dangerous(c: char) -> bool {
    c.is_control()
        || "<>:\"|?*/\\".contains(c)
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_device(stem: &str) -> bool {
    let is_numbered = |prefix: &str| {
        stem.strip_prefix(prefix)
            .is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(stem, "con" | "prn" | "aux" | "nul") || is_numbered("com") || is_numbered("lpt")
}

/// At most so many characters, the extension kept.
fn shortened(name: &str) -> String {
    let length = name.chars().count();
    if length <= FILE_NAME_CHARS_MAX {
        return name.to_string();
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let extension: String = extension.chars().take(20).collect();
    let room = FILE_NAME_CHARS_MAX - extension.chars().count() - 1;
    let stem: String = name.chars().take(room).collect();
    if extension.is_empty() { stem } else { format!("{stem}.{extension}") }
}

/// Gives each name once: the second `a.pdf` becomes `a (2).pdf`. Upper and lower case are the same
/// name, as they are for many file systems.
#[derive(Default)]
pub(crate) struct UniqueNames {
    taken: HashSet<String>,
}

impl UniqueNames {
    pub(crate) fn take(&mut self, name: String) -> String {
        if self.taken.insert(name.to_lowercase()) {
            return name;
        }
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
            _ => (name.as_str(), String::new()),
        };
        // Names differ after as many attempts as there are names.
        let numbers = 2..self.taken.len() + 3;
        let mut numbered = numbers.map(|number| format!("{stem} ({number}){extension}"));
        let free = numbered.find(|numbered| !self.taken.contains(&numbered.to_lowercase()));
        let free = free.unwrap_or_else(|| name.clone());
        self.taken.insert(free.to_lowercase());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_no_path_and_has_no_dangerous_characters() {
        for (name, safe) in [
            ("Angebot 2026.pdf", "Angebot 2026.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\temp\\a.pdf", "a.pdf"),
            ("a<b>:\"|?*.txt", "a_b______.txt"),
            ("x\r\nSet-Cookie: a", "x__Set-Cookie_ a"),
            ("rechnung\u{202e}fdp.exe", "rechnung_fdp.exe"),
            (".htaccess", "_htaccess"),
            ("NUL.txt", "_NUL.txt"),
            ("com1", "_com1"),
            ("ende. . ", "ende"),
            ("..", ""),
            ("", ""),
        ] {
            assert_eq!(safe_name(name), safe, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension() {
        let safe = safe_name(&format!("{}.pdf", "ä".repeat(500)));
        assert_eq!((safe.chars().count(), safe.ends_with("ä.pdf")), (120, true));
    }

    #[test]
    fn equal_names_get_a_counter() {
        let mut names = UniqueNames::default();
        let taken = ["a.pdf", "A.pdf", "a.pdf", "b", "b"].map(|name| names.take(name.into()));
        assert_eq!(taken, ["a.pdf", "A (2).pdf", "a (3).pdf", "b", "b (2)"]);
    }
}
