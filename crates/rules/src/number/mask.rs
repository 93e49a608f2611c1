//! A mask that was read, and what it prints.

use jiff::civil::Date;

use super::parse::{MaskProblem, read};

/// A mask for ticket numbers, with exactly one counter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mask {
    pub(super) pieces: Vec<Piece>,
    pub(super) counter: Counter,
}

/// A part of a mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Text(String),
    Counter,
    Day,
    Month,
    /// The last so many digits of the year: 1, 2 or 4.
    Year(u8),
}

/// The counter of a mask.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Counter {
    pub digits: usize,
    pub offset: u64,
    pub reset: Reset,
}

/// When a counter begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    /// Never.
    Never,
    /// With the first day of this month, 1 to 12, each year.
    Yearly(i8),
    /// With the first day of the fiscal year.
    FiscalYear,
    /// With each month.
    Monthly,
}

/// The month, 1 to 12, with which the fiscal year begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FiscalStart(i8);

impl FiscalStart {
    /// January: the fiscal year is the calendar year.
    pub const JANUARY: Self = Self(1);

    /// The fiscal year that begins with this month, if there is such a month.
    pub fn new(month: i8) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self(month))
    }
}

/// What a settings page shows of a mask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The first number that the mask gives.
    pub first: String,
    /// The number that the next ticket gets.
    pub next: String,
}

impl Mask {
    /// Reads a mask: letters, digits and `-._`, with the tags `{0000}`, `{0000+100}`, `{0000@m}`,
    /// `{dd}`, `{mm}`, `{yy}`, `{yyyy}`, `{y}`.
    ///
    /// `@m` begins anew with month `m`, `@0` with the fiscal year, `@99` with each month; the date
    /// must then be in the mask, so that no number comes twice.
    pub fn parse(text: &str) -> Result<Self, MaskProblem> {
        read(text)
    }

    /// When the counter begins anew.
    pub fn reset(&self) -> Reset {
        self.counter.reset
    }

    /// The key of the counter row from which a ticket of this day draws.
    ///
    /// ```
    /// use rules::number::{FiscalStart, Mask};
    /// let mask = Mask::parse("{yyyy}{mm}-{000@4}").unwrap();
    /// let day = jiff::civil::date(2026, 3, 31);
    /// assert_eq!(mask.counter_key(day, FiscalStart::JANUARY), "2025-04");
    /// ```
    pub fn counter_key(&self, day: Date, fiscal: FiscalStart) -> String {
        let month = match self.counter.reset {
            Reset::Never => return "always".to_owned(),
            Reset::Monthly => day.month(),
            Reset::Yearly(month) => month,
            Reset::FiscalYear => fiscal.0,
        };
        let year = if day.month() < month { day.year() - 1 } else { day.year() };
        format!("{year:04}-{month:02}")
    }

    /// The value to draw when the row holds `last`, or when there is no row yet.
    ///
    /// An offset that was raised later takes effect with the next number.
    pub fn next_counter(&self, last: Option<u64>) -> u64 {
        last.unwrap_or(0).max(self.counter.offset).saturating_add(1)
    }

    /// The value before the first one: the row's next value is
    /// `max(value, counter_offset) + 1`.
    pub fn counter_offset(&self) -> u64 {
        self.counter.offset
    }

    /// The number of a ticket with this counter value, created on this day. A counter that
    /// outgrows its zeros takes more room.
    pub fn print(&self, counter: u64, day: Date) -> String {
        let mut number = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Text(text) => number.push_str(text),
                Piece::Counter => {
                    number.push_str(&format!("{counter:0digits$}", digits = self.counter.digits));
                }
                Piece::Day => number.push_str(&format!("{:02}", day.day())),
                Piece::Month => number.push_str(&format!("{:02}", day.month())),
                Piece::Year(4) => number.push_str(&format!("{:04}", day.year())),
                Piece::Year(2) => number.push_str(&format!("{:02}", day.year().rem_euclid(100))),
                Piece::Year(_) => number.push_str(&format!("{}", day.year().rem_euclid(10))),
            }
        }
        number
    }

    /// The first number and the next one, the row of this day's counter holding `last`.
    pub fn preview(&self, last: Option<u64>, day: Date) -> Preview {
        Preview {
            first: self.print(self.next_counter(None), day),
            next: self.print(self.next_counter(last), day),
        }
    }
}
