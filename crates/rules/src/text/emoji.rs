//! Texts without emojis (F-MAIL-36).

/// A text without emojis and what joins or colours them. Signs that are writing, such as arrows, `©` and
/// digits, stay; blanks that an emoji leaves behind are put together.
///
/// ```
/// use rules::text::without_emojis;
/// assert_eq!(without_emojis("Hilfe 😀👍🏽 bitte"), "Hilfe bitte");
/// assert_eq!(without_emojis("§ 5 → © 2026"), "§ 5 → © 2026");
/// ```
pub fn without_emojis(text: &str) -> String {
    if !text.chars().any(is_emoji) {
        return text.to_owned();
    }
    let mut plain = String::with_capacity(text.len());
    let mut is_after_emoji = false;
    for letter in text.chars() {
        let is_part = is_emoji(letter) || (is_after_emoji && is_joiner(letter));
        if is_part {
            is_after_emoji = true;
            continue;
        }
        let is_double = letter == ' ' && plain.ends_with([' ', '\n']);
        if !(is_after_emoji && is_double) {
            plain.push(letter);
        }
        is_after_emoji = false;
    }
    plain
}

fn is_emoji(letter: char) -> bool {
    matches!(
        u32::from(letter),
        0x1F000..=0x1FAFF | 0x2600..=0x27BF | 0x2B50 | 0x2B55 | 0x231A..=0x231B | 0x23E9..=0x23FA
            | 0xE0020..=0xE007F
    )
}

/// What joins emojis to one, or says how they look.
fn is_joiner(letter: char) -> bool {
    matches!(u32::from(letter), 0x200D | 0xFE0F | 0x20E3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn emojis_go_and_writing_stays() {
        let cases = [
            ("Stuhl wackelt 😡", "Stuhl wackelt "),
            ("😀", ""),
            ("a 👨‍👩‍👧 b", "a b"),
            ("❤️ Danke", " Danke"),
            ("🇩🇪Flagge", "Flagge"),
            ("Zeile\n🎉 Fest", "Zeile\nFest"),
            ("Größe → 5 €, ½ „ja“ ™", "Größe → 5 €, ½ „ja“ ™"),
            ("日本語 नमस्ते", "日本語 नमस्ते"),
            ("zwei  Blanks", "zwei  Blanks"),
        ];
        for (text, expected) in cases {
            assert_eq!(without_emojis(text), expected, "{text}");
        }
    }
}
