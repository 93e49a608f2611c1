//! Times of the sample data: they lie relative to the present moment, on working days.

use jiff::civil::{Date, Weekday, time};
use jiff::tz::TimeZone;
use jiff::{Span, ToSpan};
use values::{Language, Timestamp};

/// Work begins at half past seven, in minutes of the day.
const DAY_BEGINS: i64 = 450;
/// A working day has ten hours.
const DAY_MINUTES: i64 = 600;

const WEEKDAYS: [[&str; 7]; 2] = [
    ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];
const MONTHS: [[&str; 12]; 2] = [
    [
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
    ],
    [
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
    ],
];

/// The present moment in the zone of the sample company.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// The present moment.
    pub now: Timestamp,
    /// The zone.
    pub zone: TimeZone,
    today: Date,
}

impl Calendar {
    /// The calendar at this moment.
    pub fn new(now: Timestamp, zone: TimeZone) -> Self {
        let today = zone.to_datetime(instant(now)).date();
        Self { now, zone, today }
    }

    /// The moment that a time of the data means: `-90m`, `+25m`, `2d 14:10`, `+1d 17:00`.
    pub fn at(&self, text: &str) -> Option<Timestamp> {
        if let Some(minutes) = text.strip_suffix('m') {
            let minutes: i64 = minutes.parse().ok()?;
            return Some(self.now.plus_millis(minutes * 60_000));
        }
        let (days, clock) = text.split_once("d ")?;
        let days: i64 = match days.strip_prefix('+') {
            Some(ahead) => ahead.parse().ok()?,
            None => -days.parse::<i64>().ok()?,
        };
        let (hour, minute) = clock.split_once(':')?;
        let minute = hour.parse::<i64>().ok()? * 60 + minute.parse::<i64>().ok()?;
        Some(self.moment(self.day(days), minute))
    }

    /// The day so many working days from today, later or earlier.
    pub fn day(&self, days: i64) -> Date {
        work_day(self.today, days)
    }

    /// The day of a moment.
    pub fn day_of(&self, at: Timestamp) -> Date {
        self.zone.to_datetime(instant(at)).date()
    }

    fn moment(&self, day: Date, minute: i64) -> Timestamp {
        let hour = i8::try_from(minute / 60).unwrap_or_default().clamp(0, 23);
        let minute = i8::try_from(minute % 60).unwrap_or_default().clamp(0, 59);
        let local = day.to_datetime(time(hour, minute, 0, 0));
        let at = self.zone.to_ambiguous_timestamp(local).compatible().unwrap_or_default();
        Timestamp::from_millis(at.as_millisecond())
    }

    /// A moment as working minutes before today's work began; 0 for today.
    pub fn work_minutes_before(&self, at: Timestamp) -> i64 {
        let local = self.zone.to_datetime(instant(at));
        let mut days = 0;
        while self.day(-days) > local.date() {
            days += 1;
        }
        let minute = i64::from(local.hour()) * 60 + i64::from(local.minute());
        let gone = (minute - DAY_BEGINS).clamp(0, DAY_MINUTES - 1);
        if days == 0 { 0 } else { days * DAY_MINUTES - gone }
    }

    /// The moment so many working minutes before today's work began.
    pub fn before_work(&self, minutes: i64) -> Timestamp {
        let minutes = minutes.max(1);
        let days = (minutes + DAY_MINUTES - 1) / DAY_MINUTES;
        self.moment(self.day(-days), DAY_BEGINS + days * DAY_MINUTES - minutes)
    }

    /// A text with its places filled in: `{day+2}`, `{date-3}`, `{week+1}`, `{first}`,
    /// `{nextmonth}`, `{nextyear}`, counted from a day, and others by their values.
    pub fn fill_in(
        &self,
        text: &str,
        day: Date,
        language: Language,
        values: &[(&str, String)],
    ) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, behind)) = rest.split_once('{') {
            let Some((name, behind)) = behind.split_once('}') else { break };
            filled.push_str(before);
            let known = values.iter().find(|(known, _)| *known == name);
            let value = match known {
                Some((_, value)) => value.clone(),
                None => named_day(name, day, language).unwrap_or_else(|| format!("{{{name}}}")),
            };
            // A date that ends a sentence brings its full stop along.
            let has_stop = value.ends_with('.') && behind.starts_with('.');
            filled.push_str(&value);
            rest = if has_stop { behind.get(1..).unwrap_or_default() } else { behind };
        }
        filled.push_str(rest);
        filled
    }
}

fn instant(at: Timestamp) -> jiff::Timestamp {
    jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default()
}

fn shifted(day: Date, span: Span) -> Date {
    day.checked_add(span).unwrap_or(day)
}

/// The day so many working days later or earlier; holidays are not known here.
pub fn work_day(from: Date, days: i64) -> Date {
    let step = days.signum();
    let (mut day, mut left) = (from, days.abs());
    while left > 0 {
        day = shifted(day, step.days());
        if !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    day
}

/// A date as people write it: `26.11.` or `26 November`.
pub fn short_date(day: Date, language: Language) -> String {
    match language {
        Language::German => format!("{}.{}.", day.day(), day.month()),
        Language::English => format!("{} {}", day.day(), month(day, language)),
    }
}

/// The calendar week: `KW 48` or `week 48`.
pub fn week(day: Date, language: Language) -> String {
    let number = day.iso_week_date().week();
    match language {
        Language::German => format!("KW {number}"),
        Language::English => format!("week {number}"),
    }
}

/// The name of a day of the week.
pub fn weekday(day: Date, language: Language) -> &'static str {
    let place = usize::try_from(day.weekday().to_monday_zero_offset()).unwrap_or_default();
    name_of(&WEEKDAYS, language).get(place).copied().unwrap_or_default()
}

/// The name of a month.
pub fn month(day: Date, language: Language) -> &'static str {
    let place = usize::try_from(day.month() - 1).unwrap_or_default();
    name_of(&MONTHS, language).get(place).copied().unwrap_or_default()
}

fn name_of<const N: usize>(
    names: &'static [[&'static str; N]; 2],
    language: Language,
) -> &'static [&'static str; N] {
    let [german, english] = names;
    match language {
        Language::German => german,
        Language::English => english,
    }
}

fn named_day(name: &str, day: Date, language: Language) -> Option<String> {
    let first = shifted(day.first_of_month(), 1.month());
    match name {
        "first" => return Some(short_date(first, language)),
        "nextmonth" => return Some(month(first, language).to_owned()),
        "nextyear" => return Some((day.year() + 1).to_string()),
        _ => {}
    }
    let at = name.find(['+', '-'])?;
    let (kind, count) = name.split_at_checked(at)?;
    let count: i64 = count.parse().ok()?;
    match kind {
        "day" => Some(weekday(work_day(day, count), language).to_owned()),
        "date" => Some(short_date(work_day(day, count), language)),
        "week" => Some(week(shifted(day, count.weeks()), language)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    /// Tuesday, 24 November 2026, 10:42 in Berlin.
    fn calendar() -> Calendar {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Calendar::new(Timestamp::from_millis(1_795_513_320_000), zone)
    }

    fn printed(calendar: &Calendar, at: Timestamp) -> String {
        calendar.zone.to_datetime(instant(at)).to_string()
    }

    #[test]
    fn times_are_counted_from_now_or_in_working_days() {
        let calendar = calendar();
        let table = [
            ("-90m", "2026-11-24T09:12:00"),
            ("+25m", "2026-11-24T11:07:00"),
            ("1d 13:55", "2026-11-23T13:55:00"),
            ("2d 16:40", "2026-11-20T16:40:00"),
            ("+1d 17:00", "2026-11-25T17:00:00"),
            ("+4d 12:00", "2026-11-30T12:00:00"),
        ];
        for (text, expected) in table {
            assert_eq!(printed(&calendar, calendar.at(text).unwrap()), expected, "{text}");
        }
        for text in ["", "d", "1d", "1d 7", "xm", "1d a:b"] {
            assert_eq!(calendar.at(text), None, "{text:?}");
        }
    }

    #[test]
    fn working_minutes_lead_back_to_the_same_moment() {
        let calendar = calendar();
        for text in ["1d 13:55", "2d 16:40", "6d 07:30", "13d 09:33"] {
            let at = calendar.at(text).unwrap();
            assert_eq!(calendar.before_work(calendar.work_minutes_before(at)), at, "{text}");
        }
        assert_eq!(calendar.work_minutes_before(calendar.at("1d 13:55").unwrap()), 215);
        assert_eq!(calendar.work_minutes_before(calendar.at("-90m").unwrap()), 0);
    }

    #[test]
    fn places_in_texts_become_days() {
        let calendar = calendar();
        let day = date(2026, 11, 24);
        let fill = |text: &str, language| calendar.fill_in(text, day, language, &[]);
        let german = "{day+2}, {date+3}, {week+1}, ab {first} im {nextmonth} {nextyear}";
        assert_eq!(
            fill(german, Language::German),
            "Donnerstag, 27.11., KW 49, ab 1.12. im Dezember 2027"
        );
        assert_eq!(fill("on {date-1} in {week+0}", Language::English), "on 23 November in week 48");
        assert_eq!(fill("bis {date+1}.", Language::German), "bis 25.11.");
        assert_eq!(fill("{unknown} {", Language::German), "{unknown} {");
        let value = [("order", "AU-1".to_owned())];
        assert_eq!(calendar.fill_in("{order}?", day, Language::German, &value), "AU-1?");
    }
}
