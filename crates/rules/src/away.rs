//! When somebody who is away reads mails again, as his automatic answer says in German or English.
//!
//! Pure, and linear in the text. What is not said is not guessed: without a clear date there is none.

mod dates;

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};

use dates::{Found, dates};

/// Letters of an answer that are looked at.
const LETTERS_MAX: usize = 4_000;
/// Words before and behind a date that say what it means.
const NEAR: usize = 8;
/// Somebody is hardly away for longer.
const DAYS_MAX: i32 = 400;

/// Words before the last day away.
const UNTIL: [&str; 8] =
    ["bis", "until", "till", "through", "thru", "einschließlich", "einschliesslich", "inklusive"];
/// Words between the first and the last day away.
const RANGE: [&str; 3] = ["to", "-", "–"];
/// Words of somebody who comes back.
const AGAIN: [&str; 16] = [
    "wieder",
    "zurück",
    "zurueck",
    "zurückkehren",
    "rückkehr",
    "erreichbar",
    "back",
    "return",
    "returning",
    "again",
    "resume",
    "available",
    "reachable",
    "verfügbar",
    "anwesend",
    "returns",
];
/// Words before the first day away.
const FROM: [&str; 8] = ["vom", "von", "seit", "from", "since", "starting", "ab", "zwischen"];
/// Words that leave the meaning to what stands around them.
const NOT: [&str; 4] = ["nicht", "not", "kein", "no"];

/// The first day on which the mail's sender reads mails again, never on a weekend if only the last
/// day away is known. `written` is the day of the answer; a date without a year is the next such day.
///
/// ```
/// use jiff::civil::date;
/// let read = |text| rules::away::back_on(text, date(2026, 11, 23));
/// assert_eq!(read("Ich bin bis 30.11. im Urlaub."), Some(date(2026, 12, 1)));
/// assert_eq!(read("Ab dem 2. Dezember bin ich wieder erreichbar."), Some(date(2026, 12, 2)));
/// assert_eq!(read("I will be back on Monday, November 30th."), Some(date(2026, 11, 30)));
/// assert_eq!(read("I am out of office until Friday, 27 Nov 2026."), Some(date(2026, 11, 30)));
/// assert_eq!(read("Ich bin zur Zeit nicht im Büro."), None);
/// ```
pub fn back_on(text: &str, written: Date) -> Option<Date> {
    let text: String = text.chars().take(LETTERS_MAX).collect::<String>().to_lowercase();
    let (words, found) = dates(&text, written);
    let is_possible = |date: &Date| {
        let days = written.until(*date).map(|span: Span| span.get_days()).unwrap_or(-1);
        (0..=DAYS_MAX).contains(&days)
    };
    let mut back = None;
    let mut until: Option<Date> = None;
    for (place, date) in found.iter().enumerate().filter(|(_, date)| is_possible(&date.date)) {
        let before = place.checked_sub(1).and_then(|place| found.get(place));
        let next = found.get(place + 1);
        match meaning(&words, date, before, next) {
            Some(Meaning::Back) => back = back.or(Some(date.date)),
            Some(Meaning::Until) => until = until.max(Some(date.date)),
            None => {}
        }
    }
    back.or_else(|| until.and_then(next_working_day))
}

enum Meaning {
    /// The first day on which somebody is there.
    Back,
    /// The last day on which nobody is.
    Until,
}

/// What a date means by the words of its sentence, up to the dates beside it.
fn meaning(
    words: &[String],
    date: &Found,
    before: Option<&Found>,
    next: Option<&Found>,
) -> Option<Meaning> {
    let begin = before.map_or(0, |other| other.end).max(date.begin.saturating_sub(NEAR));
    let end = next.map_or(words.len(), |other| other.begin).min(date.end + NEAR);
    let lead = words.get(begin..date.begin).unwrap_or_default();
    let tail = words.get(date.end..end).unwrap_or_default();
    let lead = match lead.iter().rposition(|word| is_end(word)) {
        Some(place) => lead.get(place + 1..).unwrap_or_default(),
        None => lead,
    };
    let tail = tail.split(|word| is_end(word)).next().unwrap_or_default();
    let is_again = |part: &[String]| {
        let again = part.iter().position(|word| AGAIN.contains(&word.as_str()));
        again.is_some_and(|place| {
            let negated = part.get(place.saturating_sub(2)..place).unwrap_or_default();
            !negated.iter().any(|word| NOT.contains(&word.as_str()))
        })
    };
    let is_range = before.is_some_and(|other| date.begin - other.end <= 3);
    let marker = lead.iter().rev().find_map(|word| match word.as_str() {
        word if UNTIL.contains(&word) => Some(Marker::Until),
        word if is_range && RANGE.contains(&word) => Some(Marker::Until),
        word if FROM.contains(&word) => Some(Marker::From),
        word if AGAIN.contains(&word) => Some(Marker::Again),
        _ => None,
    });
    match marker {
        Some(Marker::Until) => Some(Meaning::Until),
        Some(Marker::From) if is_again(lead) || is_again(tail) => Some(Meaning::Back),
        Some(Marker::From) => None,
        Some(Marker::Again) if is_again(lead) => Some(Meaning::Back),
        _ if is_again(tail) => Some(Meaning::Back),
        _ => None,
    }
}

#[derive(Clone, Copy)]
enum Marker {
    Until,
    From,
    Again,
}

fn is_end(word: &str) -> bool {
    matches!(word, "." | "!" | "?" | ";")
}

fn next_working_day(date: Date) -> Option<Date> {
    let next = date.checked_add(1.day()).ok()?;
    let more = match next.weekday() {
        Weekday::Saturday => 2,
        Weekday::Sunday => 1,
        _ => 0,
    };
    next.checked_add(more.days()).ok()
}

#[cfg(test)]
mod tests;
