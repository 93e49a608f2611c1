//! Words of the calendar and of units.

use jiff::civil::Weekday;
use values::Language;

const WEEKDAYS_DE: [&str; 7] =
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"];
const WEEKDAYS_EN: [&str; 7] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS_DE: [&str; 12] = [
    "Januar",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// What differs between the languages besides the order of things.
pub(super) struct Words {
    pub today: &'static str,
    pub yesterday: &'static str,
    pub tomorrow: &'static str,
    pub minutes: &'static str,
    pub hours: &'static str,
    pub days: &'static str,
    pub bytes: &'static str,
}

pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::German => &Words {
            today: "heute",
            yesterday: "Gestern",
            tomorrow: "Morgen",
            minutes: "Min",
            hours: "Std",
            days: "Tage",
            bytes: "Byte",
        },
        Language::English => &Words {
            today: "today",
            yesterday: "Yesterday",
            tomorrow: "Tomorrow",
            minutes: "min",
            hours: "h",
            days: "days",
            bytes: "bytes",
        },
    }
}

/// The whole name of a day of the week.
pub fn weekday_name(weekday: Weekday, language: Language) -> &'static str {
    let names = match language {
        Language::German => &WEEKDAYS_DE,
        Language::English => &WEEKDAYS_EN,
    };
    named(names, i32::from(weekday.to_monday_zero_offset()))
}

/// `Mo` or `Mon`.
pub(super) fn weekday_short(weekday: Weekday, language: Language) -> &'static str {
    let letters = match language {
        Language::German => 2,
        Language::English => 3,
    };
    start(weekday_name(weekday, language), letters)
}

/// The whole name of a month, 1 to 12.
pub(super) fn month_name(month: i8, language: Language) -> &'static str {
    let names = match language {
        Language::German => &MONTHS_DE,
        Language::English => &MONTHS_EN,
    };
    named(names, i32::from(month) - 1)
}

/// `Sep`; used in English only, German dates have numbers.
pub(super) fn month_short(month: i8) -> &'static str {
    start(month_name(month, Language::English), 3)
}

fn named(names: &[&'static str], at: i32) -> &'static str {
    usize::try_from(at).ok().and_then(|at| names.get(at)).copied().unwrap_or_default()
}

fn start(name: &'static str, letters: usize) -> &'static str {
    name.get(..letters).unwrap_or(name)
}
