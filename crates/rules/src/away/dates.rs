//! Dates in running text: `30.11.`, `30. November 2026`, `Nov 30th`, `2026-11-30`, `11/30/2026`,
//! `Montag`, `tomorrow`.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A date and the words it is made of.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// The date.
    pub date: Date,
    /// Its first word.
    pub begin: usize,
    /// The word behind it.
    pub end: usize,
}

const MONTHS: [&[&str]; 12] = [
    &["januar", "jänner", "january", "jan"],
    &["februar", "feber", "february", "feb"],
    &["märz", "maerz", "march", "mar", "mär", "mrz"],
    &["april", "apr"],
    &["mai", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nov"],
    &["dezember", "december", "dez", "dec"],
];
const WEEKDAYS: [(&[&str], Weekday); 7] = [
    (&["montag", "monday"], Weekday::Monday),
    (&["dienstag", "tuesday"], Weekday::Tuesday),
    (&["mittwoch", "wednesday"], Weekday::Wednesday),
    (&["donnerstag", "thursday"], Weekday::Thursday),
    (&["freitag", "friday"], Weekday::Friday),
    (&["samstag", "sonnabend", "saturday"], Weekday::Saturday),
    (&["sonntag", "sunday"], Weekday::Sunday),
];
/// Words that may stand inside a date.
const INSIDE: [&str; 5] = ["of", ",", "den", "dem", "the"];
/// A date without a year lies at most so many days back: it names last week, not next year.
const LATE_DAYS: i32 = 60;

/// The words of a text in lower case, and the dates among them in their order.
pub fn dates(text: &str, written: Date) -> (Vec<String>, Vec<Found>) {
    let words = words(text);
    let mut found = Vec::new();
    let mut place = 0;
    while place < words.len() {
        match date_at(&words, place, written) {
            Some((date, end)) => {
                found.push(Found { date, begin: place, end });
                place = end;
            }
            None => place += 1,
        }
    }
    (words, found)
}

/// Words, numbers with their marks (`30.11.`), and marks that end a sentence as words of their own.
fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    // A blank line ends a sentence like a full stop does.
    for line in text.split("\n\n") {
        for word in line.split_whitespace() {
            push(&mut words, word);
        }
        words.push(".".to_owned());
    }
    words
}

fn push(words: &mut Vec<String>, word: &str) {
    let word = word.trim_matches(|c: char| "()[]\"'„“”*_<>:".contains(c));
    if let Some((first, last)) = range(word) {
        words.extend([first.to_owned(), "-".to_owned(), last.to_owned()]);
        return;
    }
    let is_number = word.starts_with(|c: char| c.is_ascii_digit());
    let bare = word.trim_end_matches([',', '!', '?', ';']);
    let bare = if is_number { bare } else { bare.trim_end_matches('.') };
    if !bare.is_empty() {
        words.push(bare.to_owned());
    }
    if let Some(mark) = word.get(bare.len()..).and_then(|marks| marks.chars().next()) {
        words.push(mark.to_string());
    }
}

/// `23.11.-30.11.` without blanks.
fn range(word: &str) -> Option<(&str, &str)> {
    let (first, last) = word.split_once(['-', '–'])?;
    let is_day = |text: &str| {
        text.contains('.') && text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == ',')
    };
    (is_day(first) && is_day(last)).then_some((first, last))
}

fn date_at(words: &[String], place: usize, written: Date) -> Option<(Date, usize)> {
    let word = words.get(place)?;
    if let Some(date) = with_marks(word, written) {
        return Some((date, place + 1));
    }
    named_month(words, place, written)
        .or_else(|| Some((relative(words, place, written)?, place + 1)))
}

/// A date that is one word: `30.11.`, `30.11.26`, `2026-11-30`, `11/30/2026`.
fn with_marks(word: &str, written: Date) -> Option<Date> {
    let numbers = |mark: char| -> Option<Vec<i16>> {
        let parts = word.trim_end_matches(mark).split(mark);
        parts.map(|part| (part.len() <= 4).then(|| part.parse().ok()).flatten()).collect()
    };
    if let Some([year, month, day]) = numbers('-').as_deref() {
        return Date::new(*year, i8::try_from(*month).ok()?, i8::try_from(*day).ok()?).ok();
    }
    if word.contains('/') {
        let numbers = numbers('/')?;
        let [first, second, year] = *numbers.as_slice() else { return None };
        // Days first, as most of the world writes, unless that day is over.
        let is_ahead = |date: &Date| *date >= written;
        let day_first = civil(first, second, Some(year), written).filter(is_ahead);
        return day_first.or_else(|| civil(second, first, Some(year), written));
    }
    // `3.5` may be a version or a sum; a date without a year ends with its full stop.
    match numbers('.').as_deref() {
        Some([day, month]) if word.ends_with('.') || word.len() == 5 => {
            civil(*day, *month, None, written)
        }
        Some([day, month, year]) => civil(*day, *month, Some(*year), written),
        _ => None,
    }
}

/// A date with the name of its month: `30. November 2026`, `30th of Nov`, `November 30th, 2026`.
fn named_month(words: &[String], place: usize, written: Date) -> Option<(Date, usize)> {
    let (month, day, mut end) = match month(words.get(place)?) {
        Some(month) => (month, day(words.get(place + 1)?)?, place + 2),
        None => {
            let day = day(words.get(place)?)?;
            let next = (place + 1..place + 3).find(|next| {
                words.get(*next).is_some_and(|word| !INSIDE.contains(&word.as_str()))
            })?;
            (month(words.get(next)?)?, day, next + 1)
        }
    };
    let at = if words.get(end).is_some_and(|word| word == ",") { end + 1 } else { end };
    let year = words.get(at).and_then(|word| year(word));
    if year.is_some() {
        end = at + 1;
    }
    Some((civil(day, month, year, written)?, end))
}

fn month(word: &str) -> Option<i16> {
    let word = word.trim_end_matches('.');
    let place = MONTHS.iter().position(|names| names.contains(&word))?;
    i16::try_from(place + 1).ok()
}

fn day(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches(['.', ',']);
    let digits =
        ["st", "nd", "rd", "th"].iter().find_map(|end| digits.strip_suffix(end)).unwrap_or(digits);
    if digits.len() > 2 { None } else { digits.parse().ok() }
}

fn year(word: &str) -> Option<i16> {
    let digits = word.trim_end_matches('.');
    if digits.len() == 4 && digits.starts_with("20") { digits.parse().ok() } else { None }
}

/// `Montag`, `tomorrow`, `next week`.
fn relative(words: &[String], place: usize, written: Date) -> Option<Date> {
    let word = words.get(place)?.as_str();
    let before = place.checked_sub(1).and_then(|place| words.get(place)).map(String::as_str);
    let is_next =
        matches!(before, Some("nächste" | "nächster" | "next" | "kommende" | "kommender"));
    match word {
        "morgen" if before == Some("guten") => None,
        "morgen" | "tomorrow" => written.checked_add(1.day()).ok(),
        "woche" | "week" if is_next => written.nth_weekday(1, Weekday::Monday).ok(),
        _ => {
            // "Montag, 30. November" is the date that follows.
            let next = (place + 1..place + 4).filter_map(|next| words.get(next));
            let next = next.take_while(|word| INSIDE.contains(&word.as_str())).count();
            let follows = place + 1 + next;
            let word_of = |at: usize| words.get(at);
            let is_day = word_of(follows).is_some_and(|word| with_marks(word, written).is_some())
                || named_month(words, follows, written).is_some();
            let (_, weekday) = WEEKDAYS.iter().find(|(names, _)| names.contains(&word))?;
            if is_day { None } else { written.nth_weekday(1, *weekday).ok() }
        }
    }
}

/// The day; without a year the next such day, or one that is over since shortly.
fn civil(day: i16, month: i16, year: Option<i16>, written: Date) -> Option<Date> {
    let (day, month) = (i8::try_from(day).ok()?, i8::try_from(month).ok()?);
    if let Some(year) = year {
        let year = if year < 100 { year + 2000 } else { year };
        return Date::new(year, month, day).ok();
    }
    let this = Date::new(written.year(), month, day).ok()?;
    let days = this.until(written).ok()?.get_days();
    match days > LATE_DAYS {
        true => Date::new(written.year() + 1, month, day).ok(),
        false => Some(this),
    }
}
