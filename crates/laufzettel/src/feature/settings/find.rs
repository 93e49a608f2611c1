//! The search over all settings: pages, their fields, and the entries of lists, by words of both
//! languages. What somebody sets of himself is found here, too.

mod own;
mod pages;
mod places;

use rules::text::fold_text;

use crate::http::screen::Screen;

pub use places::Place;

/// Hits that are shown.
const HITS_MAX: usize = 40;
/// Letters that are looked for.
const LETTERS_MAX: usize = 200;

/// The places that fit all words, those first that are called so.
pub fn find(screen: &Screen, typed: &str) -> Vec<Place> {
    let typed: String = typed.chars().take(LETTERS_MAX).collect();
    let places = pages::all(screen.language, &screen.directory, screen.actor.is_administrator());
    sorted(places, &typed).into_iter().take(HITS_MAX).collect()
}

fn sorted(places: Vec<Place>, typed: &str) -> Vec<Place> {
    let wanted = fold_text(typed);
    let wanted: Vec<&str> = wanted.split_whitespace().collect();
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Place> = places.into_iter().filter(|place| place.fits(&wanted)).collect();
    found.sort_by_key(|place| place.distance(&wanted));
    found
}

#[cfg(test)]
mod tests {
    use values::Language;

    use super::*;
    use crate::record::directory::Directory;

    fn hrefs(typed: &str, language: Language) -> Vec<String> {
        let found = sorted(pages::all(language, &Directory::default(), true), typed);
        found.into_iter().map(|place| place.href).collect()
    }

    #[test]
    fn a_setting_is_found_by_words_of_both_languages() {
        let table = [
            ("postfäch", "/mailboxes"),
            ("mailboxes", "/mailboxes"),
            ("quote below", "/settings/areas"),
            ("zitat", "/settings/areas"),
            ("people rights", "/settings/people"),
            ("signatur unter ihren", "/profile#signature"),
            ("abmelden", "/profile#sessions"),
        ];
        for language in [Language::German, Language::English] {
            for (typed, href) in table {
                let found = hrefs(typed, language);
                assert_eq!(found.first().map(String::as_str), Some(href), "{typed}: {found:?}");
            }
            assert_eq!(hrefs("xyzzy", language), [""; 0]);
            assert_eq!(hrefs("  ", language), [""; 0]);
        }
    }

    #[test]
    fn what_only_administrators_may_see_is_found_by_them_alone() {
        let closed = ["/settings/people", "/settings/oauth", "/jobs"];
        let is_closed = |place: &Place| closed.iter().any(|path| place.href.starts_with(path));
        let all =
            |administrates| pages::all(Language::German, &Directory::default(), administrates);
        assert!(all(true).iter().any(is_closed));
        assert!(!all(false).iter().any(is_closed));
    }
}
