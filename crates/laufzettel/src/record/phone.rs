//! Telephone numbers as people type them.

/// Whether a text can be a telephone number. People write blanks, strokes and words beside the
/// digits, so only a text without any digit is none.
pub fn is_number(text: &str) -> bool {
    text.chars().any(|letter| letter.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::is_number;

    #[test]
    fn a_number_has_a_digit() {
        for number in ["0561 1234", "+49 (0) 561 / 12-34", "Zentrale 110", "1"] {
            assert!(is_number(number), "{number}");
        }
        for text in ["", "keine 😀", "anrufen", "٠٥٦١", "<b>"] {
            assert!(!is_number(text), "{text}");
        }
    }
}
