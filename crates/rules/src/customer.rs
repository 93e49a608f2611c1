//! How customers are found: what is kept of their names and numbers for it, and what somebody who
//! looks for them means.

use crate::text::fold_text;

/// The version of the keys that are made here. Whoever changes them raises it.
pub const KEY_RULE: i64 = 1;

/// Words of a name that one can begin with.
const WORDS_MAX: usize = 8;
/// Letters of a key.
const KEY_LETTERS_MAX: usize = 80;
/// Words of one look-up; the rest is left out.
const SOUGHT_MAX: usize = 6;
/// Digits that make a number one that may be a telephone's.
const DIGITS_MIN: usize = 3;
/// The country of numbers that name none.
const COUNTRY: &str = "49";
/// What stands before the keys of telephone numbers.
const PHONE: char = '+';

/// The keys of a name: it can begin with any of its words, and goes on with the others in turn.
///
/// `Dr. Zoë Müller` is found by `zoe mü`, `mueller` and `müller dr`.
pub fn name_keys(name: &str) -> Vec<String> {
    let words = words(name);
    let turned = |first: usize| {
        let (before, from) = words.split_at(first);
        cut(&[from, before].concat().join(" "))
    };
    distinct((0..words.len().min(WORDS_MAX)).map(turned))
}

/// The keys of a telephone number: all its digits with the country, and the beginning of each group
/// of digits, so that it is found by its extension.
pub fn phone_keys(number: &str) -> Vec<String> {
    let groups: Vec<String> = groups(number);
    let whole = international(number).map(|digits| format!("{PHONE}{digits}"));
    let from = |first: usize| groups.get(first..).unwrap_or_default().concat();
    let parts = (1..groups.len()).map(from).filter(|digits| digits.len() >= DIGITS_MIN);
    distinct(whole.into_iter().chain(parts.map(|digits| format!("{PHONE}{digits}"))))
}

/// The key of a text that is found as a whole from its beginning: a customer number, a domain.
pub fn plain_key(text: &str) -> Option<String> {
    let key = cut(&fold_text(text));
    (!key.is_empty()).then_some(key)
}

/// One thing that a customer must have, by any of these beginnings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sought {
    /// Beginnings of keys.
    pub keys: Vec<String>,
    /// The beginning of an address.
    pub address: Option<String>,
}

impl Sought {
    fn letters(&self) -> usize {
        self.keys.iter().map(String::len).max().unwrap_or(0)
    }
}

/// What somebody looks for: the most telling part first, every part must fit. Words that stand
/// together are sought as they stand, too.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// The parts.
    pub parts: Vec<Sought>,
    /// All words in their order, if there are several and nothing but words.
    pub phrase: Option<String>,
}

/// Reads what somebody typed. Nothing that can be found by gives no parts.
pub fn wanted(typed: &str) -> Wanted {
    let mut parts = Vec::new();
    let mut is_words = true;
    for piece in pieces(typed) {
        match piece {
            Piece::Number(number) => {
                is_words = false;
                parts.extend(sought_number(&number));
            }
            Piece::Word(word) if word.contains('@') => {
                is_words = false;
                parts.push(Sought { keys: Vec::new(), address: Some(word.to_lowercase()) });
            }
            Piece::Word(word) => {
                let address = Some(word.to_lowercase());
                let whole = plain_key(&word);
                let own = words(&word);
                is_words &= own.len() == 1;
                match own.as_slice() {
                    [] => {}
                    [only] if whole.as_ref() == Some(only) => {
                        parts.push(Sought { keys: vec![only.clone()], address });
                    }
                    own => {
                        let keys = whole.into_iter().chain([own.join(" ")]);
                        parts.push(Sought { keys: distinct(keys), address });
                    }
                }
            }
        }
    }
    parts.truncate(SOUGHT_MAX);
    let phrase = parts.iter().filter_map(|part| part.keys.first().cloned()).collect::<Vec<_>>();
    let phrase = (is_words && phrase.len() > 1).then(|| cut(&phrase.join(" ")));
    parts.sort_by_key(|part| (part.address.is_some() && part.keys.is_empty(), part.letters()));
    parts.reverse();
    Wanted { parts, phrase }
}

/// The digits of a telephone number as one dials it from abroad, without the plus.
fn international(number: &str) -> Option<String> {
    let is_abroad = number.trim_start().starts_with('+');
    let digits: String = groups(number).concat();
    match (is_abroad, digits.strip_prefix("00"), digits.strip_prefix('0')) {
        _ if digits.len() < DIGITS_MIN => None,
        (true, ..) => Some(digits),
        (false, Some(rest), _) => Some(rest.to_owned()),
        (false, None, Some(rest)) => Some(format!("{COUNTRY}{rest}")),
        (false, None, None) => Some(digits),
    }
}

/// The groups of digits, without the zero in brackets that nobody dials from abroad.
fn groups(number: &str) -> Vec<String> {
    let number = match number.trim_start().starts_with(['+', '0']) {
        true if is_with_country(number) => number.replace("(0)", " "),
        _ => number.to_owned(),
    };
    let groups = number.split(|c: char| !c.is_ascii_digit());
    groups.filter(|group| !group.is_empty()).map(str::to_owned).collect()
}

fn is_with_country(number: &str) -> bool {
    let number = number.trim_start();
    number.starts_with('+') || number.starts_with("00")
}

fn sought_number(number: &str) -> Option<Sought> {
    let key = |digits: String| format!("{PHONE}{digits}");
    let phone = international(number).map(key);
    let number = number.trim();
    let plain = (!number.contains(' ')).then(|| plain_key(number)).flatten();
    let plain = plain.filter(|plain| plain.chars().any(|c| c.is_ascii_digit()));
    let keys = distinct(phone.into_iter().chain(plain));
    (!keys.is_empty()).then_some(Sought { keys, address: None })
}

enum Piece {
    Word(String),
    Number(String),
}

/// The words of what was typed. What looks like parts of one telephone number stays together.
fn pieces(typed: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for word in typed.split_whitespace() {
        let is_number = word.chars().all(|c| c.is_ascii_digit() || "+-/().".contains(c));
        match (pieces.last_mut(), is_number) {
            (Some(Piece::Number(number)), true) => {
                number.push(' ');
                number.push_str(word);
            }
            (_, true) => pieces.push(Piece::Number(word.to_owned())),
            (_, false) => pieces.push(Piece::Word(word.to_owned())),
        }
    }
    pieces
}

/// The folded words of a text: letters and digits, without what stands between them.
fn words(text: &str) -> Vec<String> {
    let apart: String = text.chars().map(|c| if is_between(c) { ' ' } else { c }).collect();
    let folded = fold_text(&apart);
    folded.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || (c.is_ascii() && !c.is_ascii_alphanumeric()) || "„“”‚‘’–—·…«»".contains(c)
}

fn cut(text: &str) -> String {
    text.chars().take(KEY_LETTERS_MAX).collect()
}

fn distinct(keys: impl IntoIterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for key in keys {
        if !found.contains(&key) {
            found.push(key);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_found_by_the_beginning_of_any_word() {
        assert_eq!(name_keys("Dr. Zoë  Müller"), ["dr zo muller", "zo muller dr", "muller dr zo"]);
        assert_eq!(name_keys("Müller-Lüdenscheidt, Anna")[1], "ludenscheidt anna muller");
        assert_eq!(name_keys("Ann Ann"), ["ann ann"]);
        assert_eq!(name_keys(" 😀 "), ["😀"]);
        assert_eq!(name_keys("-- ,,"), Vec::<String>::new());
        assert_eq!(name_keys("יוסי כהן").len(), 2);
        assert!(name_keys(&"ä ".repeat(500)).len() <= WORDS_MAX);
    }

    #[test]
    fn the_ways_to_write_a_number_have_one_key() {
        for number in [
            "0341 5550-214",
            "0341/5550214",
            "+49 341 5550 214",
            "+49 (0)341 5550-214",
            "0049 341 5550214",
            "(0341) 5550 214",
        ] {
            assert_eq!(phone_keys(number)[0], "+493415550214", "{number}");
        }
        assert_eq!(phone_keys("0341 5550-214"), ["+493415550214", "+5550214", "+214"]);
        assert_eq!(phone_keys("+43 1 9999"), ["+4319999", "+19999", "+9999"]);
        assert_eq!(phone_keys("110"), ["+110"]);
        assert_eq!(phone_keys("x"), Vec::<String>::new());
    }

    fn keys(typed: &str) -> Vec<Vec<String>> {
        wanted(typed).parts.into_iter().map(|part| part.keys).collect()
    }

    #[test]
    fn what_is_typed_becomes_parts_that_all_must_fit() {
        assert_eq!(keys("zo müller"), [["muller"], ["zo"]]);
        assert_eq!(wanted("zoë mü").phrase.as_deref(), Some("zo mu"));
        assert_eq!(wanted("müller").phrase, None);
        assert_eq!(keys("Müller-L"), [["muller-l", "muller l"]]);
        assert_eq!(keys("0341 55 50"), [["+493415550"]]);
        assert_eq!(keys("20114"), [["+20114", "20114"]]);
        assert_eq!(keys("K-2"), [["k-2", "k 2"]]);
        let mixed = wanted("brandt 0341");
        assert_eq!(mixed.phrase, None);
        assert_eq!(mixed.parts.len(), 2);
        let address = wanted("K.Brandt@sw-lin");
        assert_eq!(address.parts[0].address.as_deref(), Some("k.brandt@sw-lin"));
        assert_eq!(address.parts[0].keys, Vec::<String>::new());
        for nothing in ["", "  ", "%", "--", "()"] {
            assert_eq!(wanted(nothing).parts, [], "{nothing}");
        }
    }
}
