//! Moments as people read them: the shorter the nearer.

use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use maud::{Markup, html};
use values::{Language, Timestamp};

use super::duration;
use super::words::{month_name, month_short, weekday_name, weekday_short, words};

/// How one reader sees moments: his language, his zone, and what time it is.
#[derive(Clone, Debug)]
pub struct Times {
    /// The reader's language.
    pub language: Language,
    /// The zone in which his clock hangs.
    pub zone: TimeZone,
    /// The moment at which the page is made.
    pub now: Timestamp,
}

impl Times {
    /// `09:12` today, `Gestern`, `Mo` within six days, `12.09.` this year, `12.09.2025` otherwise.
    pub fn short(&self, moment: Timestamp) -> String {
        let (at, today) = (self.local(moment), self.today());
        match days_between(at.date(), today) {
            0 => self.clock(moment),
            1 => words(self.language).yesterday.to_owned(),
            2..=6 => weekday_short(at.weekday(), self.language).to_owned(),
            _ => self.near_date(at.date(), today),
        }
    }

    /// With the time of day: `heute 09:12`, `Mo 14:10` within six days, `13.11., 14:10` else.
    pub fn exact(&self, moment: Timestamp) -> String {
        let (at, today) = (self.local(moment), self.today());
        let clock = self.clock(moment);
        match days_between(at.date(), today) {
            0 => format!("{} {clock}", words(self.language).today),
            1..=6 => format!("{} {clock}", weekday_short(at.weekday(), self.language)),
            _ => format!("{}, {clock}", self.near_date(at.date(), today)),
        }
    }

    /// A day to come, or one that has passed: `09:12` today, `Morgen`, `Mi 25.11.`, `12.09.2027`.
    pub fn day(&self, moment: Timestamp) -> String {
        let (at, today) = (self.local(moment), self.today());
        match days_between(today, at.date()) {
            0 => self.clock(moment),
            1 => words(self.language).tomorrow.to_owned(),
            -1 => words(self.language).yesterday.to_owned(),
            -6..=6 => {
                let weekday = weekday_short(at.weekday(), self.language);
                format!("{weekday} {}", self.near_date(at.date(), today))
            }
            _ => self.near_date(at.date(), today),
        }
    }

    /// How long until then, or since then: `25 Min`, `2 Std 10`. The sign is left to the caller.
    pub fn distance(&self, moment: Timestamp) -> String {
        duration(moment.millis_since(self.now).saturating_abs() / 60_000, self.language)
    }

    /// `09:12`.
    pub fn clock(&self, moment: Timestamp) -> String {
        let at = self.local(moment);
        format!("{:02}:{:02}", at.hour(), at.minute())
    }

    /// `24.11.2026` or `24 Nov 2026`.
    pub fn date(&self, moment: Timestamp) -> String {
        far_date(self.local(moment).date(), self.language)
    }

    /// `24.11.2026 09:12` or `24 Nov 2026 09:12`.
    pub fn date_and_clock(&self, moment: Timestamp) -> String {
        format!("{} {}", self.date(moment), self.clock(moment))
    }

    /// `Dienstag, 24. November 2026, 09:12`, for tooltips.
    pub fn full(&self, moment: Timestamp) -> String {
        let at = self.local(moment);
        let weekday = weekday_name(at.weekday(), self.language);
        let month = month_name(at.month(), self.language);
        let dot = if self.language == Language::German { "." } else { "" };
        format!("{weekday}, {}{dot} {month} {}, {}", at.day(), at.year(), self.clock(moment))
    }

    /// The short form as `<time>`, with the full one as tooltip.
    pub fn tag(&self, moment: Timestamp) -> Markup {
        self.tag_with(moment, &self.short(moment))
    }

    /// Any words as `<time>` of this moment.
    pub fn tag_with(&self, moment: Timestamp, shown: &str) -> Markup {
        html! { time datetime=(iso(moment)) title=(self.full(moment)) { (shown) } }
    }

    fn today(&self) -> Date {
        self.local(self.now).date()
    }

    fn local(&self, moment: Timestamp) -> DateTime {
        self.zone.to_datetime(instant(moment))
    }

    fn near_date(&self, date: Date, today: Date) -> String {
        match self.language {
            _ if date.year() != today.year() => far_date(date, self.language),
            Language::German => format!("{:02}.{:02}.", date.day(), date.month()),
            Language::English => format!("{} {}", date.day(), month_short(date.month())),
        }
    }
}

/// The moment in UTC as RFC 3339 says, in whole seconds: `2026-11-24T08:12:00Z`.
pub fn iso(moment: Timestamp) -> String {
    let at = TimeZone::UTC.to_datetime(instant(moment));
    let (date, time) = (at.date(), at.time());
    format!("{date}T{:02}:{:02}:{:02}Z", time.hour(), time.minute(), time.second())
}

/// The moment in UTC in whole minutes, as HTML's `time` takes it: `2026-11-24T08:12Z`.
pub fn iso_minute(moment: Timestamp) -> String {
    let at = TimeZone::UTC.to_datetime(instant(moment));
    format!("{}T{:02}:{:02}Z", at.date(), at.hour(), at.minute())
}

fn far_date(date: Date, language: Language) -> String {
    match language {
        Language::German => format!("{:02}.{:02}.{}", date.day(), date.month(), date.year()),
        Language::English => {
            format!("{} {} {}", date.day(), month_short(date.month()), date.year())
        }
    }
}

/// Moments beyond what the calendar knows, year 9999, are shown as its end.
fn instant(moment: Timestamp) -> jiff::Timestamp {
    let end = if moment.millis() < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX };
    jiff::Timestamp::from_millisecond(moment.millis()).unwrap_or(end)
}

fn days_between(from: Date, to: Date) -> i64 {
    from.duration_until(to).as_hours() / 24
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A moment given as Berlin's clock shows it.
    fn berlin(text: &str) -> Timestamp {
        let local: DateTime = text.parse().unwrap();
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Timestamp::from_millis(local.to_zoned(zone).unwrap().timestamp().as_millisecond())
    }

    /// It is Tuesday, 24 November 2026, 10:42 in Berlin.
    fn times(language: Language) -> Times {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        Times { language, zone, now: berlin("2026-11-24T10:42:00") }
    }

    #[test]
    fn a_moment_is_the_shorter_the_nearer() {
        let (german, english) = (times(Language::German), times(Language::English));
        for (moment, de, en) in [
            ("2026-11-24T09:12:00", "09:12", "09:12"),
            ("2026-11-24T00:00:00", "00:00", "00:00"),
            ("2026-11-23T23:59:00", "Gestern", "Yesterday"),
            ("2026-11-22T12:00:00", "So", "Sun"),
            ("2026-11-18T12:00:00", "Mi", "Wed"),
            ("2026-11-17T12:00:00", "17.11.", "17 Nov"),
            ("2026-01-02T12:00:00", "02.01.", "2 Jan"),
            ("2025-09-12T12:00:00", "12.09.2025", "12 Sep 2025"),
            ("2026-12-01T12:00:00", "01.12.", "1 Dec"),
        ] {
            assert_eq!(german.short(berlin(moment)), de);
            assert_eq!(english.short(berlin(moment)), en);
        }
    }

    #[test]
    fn an_exact_moment_has_its_time_of_day() {
        let (german, english) = (times(Language::German), times(Language::English));
        for (moment, de, en) in [
            ("2026-11-24T09:12:00", "heute 09:12", "today 09:12"),
            ("2026-11-23T23:59:00", "Mo 23:59", "Mon 23:59"),
            ("2026-11-17T12:00:00", "17.11., 12:00", "17 Nov, 12:00"),
            ("2025-09-12T12:00:00", "12.09.2025, 12:00", "12 Sep 2025, 12:00"),
        ] {
            assert_eq!(german.exact(berlin(moment)), de);
            assert_eq!(english.exact(berlin(moment)), en);
        }
    }

    #[test]
    fn a_day_to_come_has_its_weekday_for_a_week() {
        let (german, english) = (times(Language::German), times(Language::English));
        for (moment, de, en) in [
            ("2026-11-24T17:00:00", "17:00", "17:00"),
            ("2026-11-25T08:00:00", "Morgen", "Tomorrow"),
            ("2026-11-26T08:00:00", "Do 26.11.", "Thu 26 Nov"),
            ("2026-11-30T08:00:00", "Mo 30.11.", "Mon 30 Nov"),
            ("2026-12-01T08:00:00", "01.12.", "1 Dec"),
            ("2026-11-23T08:00:00", "Gestern", "Yesterday"),
            ("2026-11-20T08:00:00", "Fr 20.11.", "Fri 20 Nov"),
            ("2027-01-04T08:00:00", "04.01.2027", "4 Jan 2027"),
        ] {
            assert_eq!(german.day(berlin(moment)), de);
            assert_eq!(english.day(berlin(moment)), en);
        }
    }

    #[test]
    fn the_zone_of_the_reader_decides_what_today_is() {
        let moment = berlin("2026-11-24T00:30:00");
        let mut lisbon = times(Language::German);
        lisbon.zone = TimeZone::get("Europe/Lisbon").unwrap();
        assert_eq!(lisbon.short(moment), "Gestern");
        assert_eq!(times(Language::German).short(moment), "00:30");
    }

    #[test]
    fn a_day_with_a_changed_clock_is_still_one_day() {
        let zone = TimeZone::get("Europe/Berlin").unwrap();
        let spring = Times { language: Language::German, zone, now: berlin("2026-03-30T00:30:00") };
        assert_eq!(spring.short(berlin("2026-03-29T00:10:00")), "Gestern");
        assert_eq!(spring.short(berlin("2026-03-28T23:50:00")), "Sa");
    }

    #[test]
    fn a_tooltip_says_it_all_and_machines_read_utc() {
        let moment = berlin("2026-11-24T10:24:00");
        assert_eq!(times(Language::German).full(moment), "Dienstag, 24. November 2026, 10:24");
        assert_eq!(times(Language::English).full(moment), "Tuesday, 24 November 2026, 10:24");
        assert_eq!(times(Language::German).date_and_clock(moment), "24.11.2026 10:24");
        assert_eq!(iso(moment), "2026-11-24T09:24:00Z");
        assert_eq!(
            times(Language::German).tag(moment).into_string(),
            "<time datetime=\"2026-11-24T09:24:00Z\" title=\"Dienstag, 24. November 2026, 10:24\">10:24</time>"
        );
    }

    #[test]
    fn a_distance_has_no_sign() {
        let german = times(Language::German);
        assert_eq!(german.distance(berlin("2026-11-24T11:07:30")), "25 Min");
        assert_eq!(german.distance(berlin("2026-11-24T08:32:00")), "2 Std 10");
    }

    #[test]
    fn a_moment_beyond_the_calendar_is_shown_as_its_end() {
        assert_eq!(iso(Timestamp::from_millis(i64::MAX)), "9999-12-30T22:00:00Z");
    }
}
