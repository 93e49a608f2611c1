//! The language a browser asks for.

use values::Language;

/// The language of the browser's first wish that we speak (RFC 9110 section 12.5.4).
///
/// None when it names none of ours, so that the configuration decides.
pub fn accepted_language(header: &str) -> Option<Language> {
    let mut wishes: Vec<(u32, Language)> = header.split(',').filter_map(wish).collect();
    // A stable sort keeps the order of equal weights.
    wishes.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    wishes.first().map(|(_, language)| *language)
}

/// A language with its weight in thousandths; nothing for weight 0, which means "not this one".
fn wish(part: &str) -> Option<(u32, Language)> {
    let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
    let language = tag.trim().split('-').next().filter(|code| code.len() == 2)?;
    let weight: f32 = weight.trim().strip_prefix("q=")?.trim().parse().ok()?;
    let thousandths = (weight.clamp(0.0, 1.0) * 1000.0).round() as u32;
    (thousandths > 0).then_some((thousandths, Language::from_code(language)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_wish_that_we_speak_wins() {
        assert_eq!(accepted_language("de-AT,de;q=0.9,en;q=0.8"), Some(Language::German));
        assert_eq!(accepted_language("fr-CH, en;q=0.8, de;q=0.7"), Some(Language::English));
        assert_eq!(accepted_language("de;q=0.5,EN-gb;q=0.9"), Some(Language::English));
    }

    #[test]
    fn a_language_that_is_refused_or_unknown_is_none() {
        assert_eq!(accepted_language("fr, it;q=0.5, *;q=0.1"), None);
        assert_eq!(accepted_language("de;q=0"), None);
        assert_eq!(accepted_language("den"), None);
        assert_eq!(accepted_language(""), None);
        assert_eq!(accepted_language(";;,,q=1"), None);
    }
}
