//! What the journal can be limited to beside words and tabs: what became of a mail, its class, its
//! time.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use rules::intake::MailClass;
use values::Timestamp;

use super::store::Within;

/// What can become of a mail, as the filter names it.
pub const OUTCOMES: [&str; 10] = [
    "new_ticket",
    "follow_up",
    "event",
    "unassigned",
    "bounce",
    "duplicate",
    "filtered",
    "quarantined",
    "waiting",
    "gone",
];

/// What a list is limited to beside its tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrow {
    /// What became of the mails, one of [`OUTCOMES`].
    pub outcome: Option<&'static str>,
    /// Their class.
    pub class: Option<MailClass>,
}

impl Narrow {
    /// Reads the words of an address; unknown ones mean nothing.
    pub fn read(outcome: Option<&str>, class: Option<&str>) -> Self {
        Self {
            outcome: OUTCOMES.into_iter().find(|known| Some(*known) == outcome),
            class: class.and_then(MailClass::from_code),
        }
    }

    /// The entries of a tab that are left.
    pub fn within(self, tab: Within) -> Within {
        let class = self.class.map(MailClass::code);
        match self.outcome {
            None => Within { class, ..tab },
            Some("waiting") => Within { states: &["seen", "stored"], outcome: None, class },
            Some("gone") => Within { states: &["gone"], outcome: None, class },
            outcome => Within { states: &[], outcome, class },
        }
    }
}

/// The classes that the filter offers. What a person wrote has none.
pub fn classes() -> impl Iterator<Item = MailClass> {
    MailClass::ALL.into_iter().filter(|class| *class != MailClass::Personal)
}

/// A stretch of time that ends now, or with a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Today.
    Today,
    /// Yesterday.
    Yesterday,
    /// The last seven days, today included.
    Week,
    /// The last thirty days, today included.
    Month,
    /// The last ninety days, today included.
    Quarter,
}

impl Period {
    /// All of them, the shortest first.
    pub const ALL: [Self; 5] =
        [Self::Today, Self::Yesterday, Self::Week, Self::Month, Self::Quarter];

    /// The word for it in addresses.
    pub fn code(self) -> &'static str {
        match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::Week => "7d",
            Self::Month => "30d",
            Self::Quarter => "90d",
        }
    }

    /// The period with this word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|period| period.code() == code)
    }

    /// From its first moment to the first one after it.
    pub fn bounds(self, today: Date, zone: &TimeZone) -> (Timestamp, Timestamp) {
        let (back, ahead): (Span, Span) = match self {
            Self::Today => (0.days(), 1.day()),
            Self::Yesterday => (1.day(), 0.days()),
            Self::Week => (6.days(), 1.day()),
            Self::Month => (29.days(), 1.day()),
            Self::Quarter => (89.days(), 1.day()),
        };
        (begin(today.saturating_sub(back), zone), begin(today.saturating_add(ahead), zone))
    }
}

fn begin(day: Date, zone: &TimeZone) -> Timestamp {
    let begin = day.to_zoned(zone.clone()).map(|at| at.timestamp().as_millisecond());
    Timestamp::from_millis(begin.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_words_limit_nothing() {
        assert_eq!(Narrow::read(Some("moon"), Some("moon")), Narrow::default());
        let known = Narrow::read(Some("bounce"), Some("bounce_hard"));
        let within = known.within(Within::default());
        assert_eq!((within.outcome, within.class), (Some("bounce"), Some("bounce_hard")));
        assert_eq!(within.states, [""; 0]);
    }

    #[test]
    fn what_waits_is_told_by_its_state() {
        let within = Narrow::read(Some("waiting"), None).within(Within::default());
        assert_eq!((within.states, within.outcome), (&["seen", "stored"][..], None));
    }

    #[test]
    fn a_period_is_whole_days_of_the_zone() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let today = "2026-10-26".parse().unwrap();
        let hours = |period: Period| {
            let (from, to) = period.bounds(today, &zone);
            to.millis_since(from) / 3_600_000
        };
        assert_eq!(hours(Period::Today), 24);
        // The clocks went back on that Sunday.
        assert_eq!(hours(Period::Yesterday), 25);
        assert_eq!(hours(Period::Week), 7 * 24 + 1);
        assert_eq!(Period::from_code("30d"), Some(Period::Month));
    }
}
