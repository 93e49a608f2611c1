//! Moments in a filter.

use jiff::civil::Date;

use super::state::Fixed;

/// How a moment is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Comparison {
    /// At it: within the day, or within the span.
    At,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// The comparison that an operator means; `!` is told elsewhere.
    pub(super) fn from_operator(operator: &str) -> Self {
        match operator {
            "<" => Self::Less,
            "<=" => Self::AtMost,
            ">" => Self::Greater,
            ">=" => Self::AtLeast,
            _ => Self::At,
        }
    }

    /// How it is written.
    pub fn operator(self) -> &'static str {
        match self {
            Self::At => "",
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

/// A moment as a person writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A day of the calendar.
    Day(Date),
    /// Today, so many days on: -1 is yesterday, 1 is tomorrow.
    DayFromToday(i8),
    /// A span of time, see the module for what it means for which field.
    Span {
        /// How many, 0 to 99,999.
        count: u32,
        /// Of what.
        unit: Unit,
        /// Whether it was written with a minus: a moment before now.
        is_before_now: bool,
    },
}

/// A unit of time in a filter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `h`
    Hours,
    /// `d`
    Days,
    /// `w`
    Weeks,
    /// `m`
    Months,
}

impl Unit {
    const ALL: [(Self, char); 4] =
        [(Self::Hours, 'h'), (Self::Days, 'd'), (Self::Weeks, 'w'), (Self::Months, 'm')];

    /// The letter of the unit.
    pub(super) fn letter(self) -> char {
        Self::ALL.iter().find(|entry| entry.0 == self).map_or('d', |entry| entry.1)
    }
}

impl Moment {
    /// Reads `2026-11-21`, `21.11.2026`, `heute`, `-3d`.
    pub(super) fn read(text: &str, fixed: Option<Fixed>) -> Option<Self> {
        match fixed {
            Some(Fixed::Today) => Some(Self::DayFromToday(0)),
            Some(Fixed::Yesterday) => Some(Self::DayFromToday(-1)),
            Some(Fixed::Tomorrow) => Some(Self::DayFromToday(1)),
            _ => read_date(text).map(Self::Day).or_else(|| read_span(text)),
        }
    }
}

fn read_date(text: &str) -> Option<Date> {
    let numbers = |separator: char| -> Option<[i16; 3]> {
        let mut parts = text.split(separator).map(read_number);
        let date = [parts.next()??, parts.next()??, parts.next()??];
        parts.next().is_none().then_some(date)
    };
    let [year, month, day] =
        numbers('-').or_else(|| numbers('.').map(|[day, month, year]| [year, month, day]))?;
    // A year of two digits would be one of the first century, and time ends within 9999.
    if !(1000..=9998).contains(&year) {
        return None;
    }
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn read_number(text: &str) -> Option<i16> {
    let is_number = !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

fn read_span(text: &str) -> Option<Moment> {
    let (is_before_now, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let last = text.chars().next_back()?.to_ascii_lowercase();
    let unit = Unit::ALL.iter().find(|entry| entry.1 == last)?.0;
    let digits = text.get(..text.len() - 1)?;
    let is_number = (1..=5).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_digit());
    let count = digits.parse().ok().filter(|_| is_number)?;
    Some(Moment::Span { count, unit, is_before_now })
}
