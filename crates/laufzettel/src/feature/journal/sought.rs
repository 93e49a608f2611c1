//! What a text in the journal's search field looks for.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rules::text::{SearchTerm, fold_text};
use values::{EmailAddress, Timestamp};

use crate::app::day_of;

/// Words of one search that are compared with entries outside tickets.
const WORDS_MAX: usize = 16;
/// A time of day means a quarter of an hour before and after it.
const AROUND_MILLIS: i64 = 15 * 60 * 1000;

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sought {
    /// Everything.
    Everything,
    /// The mails of this sender, or the mail with this Message-ID: `a@b` may be both.
    Name {
        /// The sender, if the text can be an address.
        address: Option<EmailAddress>,
        /// The Message-ID without angle brackets.
        message_id: String,
    },
    /// A word that may be a ticket number, else a word like others.
    NumberOrWord(String),
    /// Words.
    Words(String),
}

impl Sought {
    /// Reads what was typed. PostgreSQL stores no NUL, so nothing that has one can be found.
    pub fn read(text: &str) -> Self {
        let text = text.replace('\0', " ");
        let text = as_copied(text.trim());
        let bare = text.strip_prefix('<').and_then(|text| text.strip_suffix('>'));
        match (text, bare) {
            ("", _) => Self::Everything,
            (_, Some(id)) if is_one_word(id) => {
                Self::Name { address: None, message_id: id.to_owned() }
            }
            (text, _) if !is_one_word(text) => Self::Words(text.to_owned()),
            (text, _) if text.contains('@') && !text.starts_with('@') => {
                let address = EmailAddress::parse(text).ok();
                Self::Name { address, message_id: text.to_owned() }
            }
            (text, _) if text.contains(|letter: char| letter.is_ascii_digit()) => {
                Self::NumberOrWord(text.to_owned())
            }
            (text, _) => Self::Words(text.to_owned()),
        }
    }
}

/// What is meant by a text that was copied with what stands around it: `[#48220]`, `#48220`,
/// `Message-ID: <a@b>`.
fn as_copied(text: &str) -> &str {
    if let Some((name, value)) = text.split_once(':')
        && name.trim().eq_ignore_ascii_case("message-id")
    {
        return value.trim();
    }
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    match inner.trim().strip_prefix('#').map(str::trim) {
        Some(number) if is_one_word(number) => number,
        _ => text,
    }
}

fn is_one_word(text: &str) -> bool {
    !text.is_empty() && !text.contains(char::is_whitespace)
}

/// The words as the search index takes them.
pub fn terms(text: &str) -> Vec<SearchTerm> {
    vec![SearchTerm::Word(text.to_owned())]
}

/// Whether sender or subject of an entry hold all words, or parts of words, of a search.
pub fn holds(text: &str, fields: &[Option<&str>]) -> bool {
    let fields: Vec<&str> = fields.iter().copied().flatten().collect();
    let fields = fold_text(&fields.join(" "));
    let wanted = fold_text(text);
    !wanted.is_empty() && wanted.split(' ').take(WORDS_MAX).all(|word| fields.contains(word))
}

/// The time that a text means: a day, a time of day, or both: `gestern`, `23.11.`, `2026-11-23 14:10`.
pub fn moment(text: &str, now: Timestamp, zone: &TimeZone) -> Option<(Timestamp, Timestamp)> {
    let today = day_of(now, zone);
    let text = text.to_lowercase();
    let half = [("am", Half::Morning), ("pm", Half::Afternoon)];
    let half = half.into_iter().find_map(|(end, half)| {
        // `am 23.11.` is German; behind a clock it is the half of the day.
        let rest = text.trim_end().strip_suffix(end)?.trim_end();
        rest.ends_with(|last: char| last.is_ascii_digit()).then_some((rest, half))
    });
    let (text, half) = half.map_or((text.as_str(), None), |(rest, half)| (rest, Some(half)));
    let sign = if text.contains("uhr") { [':', '.'].as_slice() } else { [':'].as_slice() };
    let clock = |word: &str| clock(word, sign).and_then(|clock| in_half(clock, half));
    let words: Vec<&str> = text.split_whitespace().filter(|word| !is_filler(word)).collect();
    let (day, clock) = match words.as_slice() {
        [word] => match (day(word, today), clock(word)) {
            (Some(day), _) => (day, None),
            (None, Some(clock)) => (today, Some(clock)),
            (None, None) => return None,
        },
        [first, second] => (day(first, today)?, Some(clock(second)?)),
        _ => return None,
    };
    let begin = |day: Date| {
        let at = day.to_zoned(zone.clone()).ok()?;
        Some(Timestamp::from_millis(at.timestamp().as_millisecond()))
    };
    match clock {
        None => Some((begin(day)?, begin(day.tomorrow().ok()?)?)),
        Some((hour, minute)) => {
            let at = day.at(hour, minute, 0, 0).to_zoned(zone.clone()).ok()?;
            let at = Timestamp::from_millis(at.timestamp().as_millisecond());
            Some((at.plus_millis(-AROUND_MILLIS), at.plus_millis(AROUND_MILLIS)))
        }
    }
}

fn is_filler(word: &str) -> bool {
    matches!(word.to_lowercase().as_str(), "um" | "uhr" | "am" | "at" | "on")
}

fn day(word: &str, today: Date) -> Option<Date> {
    match word.to_lowercase().as_str() {
        "heute" | "today" => return Some(today),
        "gestern" | "yesterday" => return today.yesterday().ok(),
        _ => {}
    }
    // Without its signs a date looks like the number of a ticket.
    if let (true, Ok(day)) = (word.contains('-'), word.parse::<Date>()) {
        return Some(day);
    }
    let parts: Vec<&str> = word.split('.').collect();
    let number = |text: &str| text.parse::<i8>().ok();
    match parts.as_slice() {
        [day, month, ""] => {
            let this_year = Date::new(today.year(), number(month)?, number(day)?).ok()?;
            // A day that is still to come was last year.
            match this_year > today {
                true => Date::new(today.year() - 1, number(month)?, number(day)?).ok(),
                false => Some(this_year),
            }
        }
        [day, month, year] if year.len() == 4 => {
            Date::new(year.parse().ok()?, number(month)?, number(day)?).ok()
        }
        _ => None,
    }
}

/// A half of the day, as English clocks name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Half {
    Morning,
    Afternoon,
}

/// The time of day on a clock of 24 hours; `None` for one that no clock of 12 hours shows.
fn in_half((hour, minute): (i8, i8), half: Option<Half>) -> Option<(i8, i8)> {
    match (half, hour) {
        (None, _) => Some((hour, minute)),
        (Some(Half::Morning), 12) => Some((0, minute)),
        (Some(Half::Afternoon), 12) => Some((12, minute)),
        (Some(Half::Morning), 1..12) => Some((hour, minute)),
        (Some(Half::Afternoon), 1..12) => Some((hour + 12, minute)),
        _ => None,
    }
}

/// A time of day, with one of these signs between hour and minute.
fn clock(word: &str, signs: &[char]) -> Option<(i8, i8)> {
    let (hour, minute) = word.split_once(signs)?;
    let (hour, minute): (i8, i8) = (hour.parse().ok()?, minute.parse().ok()?);
    let is_clock = (0..24).contains(&hour) && (0..60).contains(&minute);
    is_clock.then_some((hour, minute))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(address: Option<&str>, message_id: &str) -> Sought {
        let address = address.map(|text| EmailAddress::parse(text).unwrap());
        Sought::Name { address, message_id: message_id.to_owned() }
    }

    #[test]
    fn addresses_message_ids_numbers_and_words_are_told_apart() {
        let table = [
            ("  ", Sought::Everything),
            (" Ann@Kunde.example ", name(Some("ann@kunde.example"), "Ann@Kunde.example")),
            ("<M1@kunde.example>", name(None, "M1@kunde.example")),
            ("<M1.no.at>", name(None, "M1.no.at")),
            ("x@y@z!", name(None, "x@y@z!")),
            ("ts2611-0001", Sought::NumberOrWord("ts2611-0001".to_owned())),
            ("Drucker raucht", Sought::Words("Drucker raucht".to_owned())),
            ("an ann@kunde.example", Sought::Words("an ann@kunde.example".to_owned())),
            ("@kunde.example", Sought::Words("@kunde.example".to_owned())),
            ("a\0b@c", Sought::Words("a b@c".to_owned())),
            ("<>", Sought::Words("<>".to_owned())),
            ("#48220", Sought::NumberOrWord("48220".to_owned())),
            ("[#48220]", Sought::NumberOrWord("48220".to_owned())),
            ("[ # ]", Sought::Words("[ # ]".to_owned())),
            ("message-id: <M1@kunde.example>", name(None, "M1@kunde.example")),
            ("AW: Drucker", Sought::Words("AW: Drucker".to_owned())),
        ];
        for (text, expected) in table {
            assert_eq!(Sought::read(text), expected, "{text}");
        }
    }

    #[test]
    fn an_entry_holds_words_whatever_their_spelling_and_their_order() {
        let fields = [Some("Jörg Müller"), None, Some("Rechnung fehlt")];
        assert!(holds("mueller", &fields));
        assert!(holds("RECHN jorg", &fields));
        assert!(!holds("rechnung ann", &fields));
        assert!(!holds("", &fields));
    }
}
