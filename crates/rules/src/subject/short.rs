//! The subject of what is written down in a ticket.

/// Letters of a beginning.
const LETTERS_MAX: usize = 80;

/// What a message is about in a few words (F-ACT-08): what was said of it, else the beginning of its
/// text up to a word's end. Nothing if there is no text.
pub fn short_description(given: &str, text: &str) -> String {
    let given = given.trim();
    if !given.is_empty() {
        return given.to_owned();
    }
    let Some(line) = text.lines().map(str::trim).find(|line| !line.is_empty()) else {
        return String::new();
    };
    let mut short = String::new();
    for word in line.split_whitespace() {
        let letters = short.chars().count() + word.chars().count() + 1;
        if letters > LETTERS_MAX {
            let begun: String = word.chars().take(LETTERS_MAX).collect();
            return if short.is_empty() { format!("{begun} …") } else { format!("{short} …") };
        }
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(word);
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_counts_else_the_beginning_of_the_text() {
        assert_eq!(short_description(" Rückruf ", "Bitte anrufen."), "Rückruf");
        assert_eq!(short_description(" ", "\n\n  Bitte   anrufen.\nDanke"), "Bitte anrufen.");
        assert_eq!(short_description("", " \n "), "");
    }

    #[test]
    fn a_long_beginning_ends_at_a_word() {
        let short = short_description("", &"Schrauben ".repeat(20));
        assert_eq!(short, format!("{} …", ["Schrauben"; 8].join(" ")));
        assert_eq!(short_description("", &"ä".repeat(500)).chars().count(), 82);
    }
}
