//! Dates of mails (RFC 5322 section 3.3 and what programs make of it).

use mail_parser::DateTime;
use values::Timestamp;

use crate::read::words::to_text;

/// The moment that a `Date` field names, or `None` if it names none.
pub(crate) fn read_date(value: &[u8]) -> Option<Timestamp> {
    let text = to_text(value.get(..200).unwrap_or(value));
    let text = text.split('(').next().unwrap_or(&text).trim();
    // A missing zone is read as UTC (RFC 5322 section 4.3: nothing is known about it).
    let parsed = DateTime::parse_rfc822(&format!("{text}\n"))
        .or_else(|| DateTime::parse_rfc822(&format!("{text} -0000\n")))
        .filter(is_date)
        .or_else(|| rfc_3339(text).filter(is_date))?;
    let days = days_since_1970(parsed.year.into(), parsed.month.into(), parsed.day.into());
    let clock = i64::from(parsed.hour) * 3600
        + i64::from(parsed.minute) * 60
        + i64::from(parsed.second.min(59));
    let zone = i64::from(parsed.tz_hour) * 3600 + i64::from(parsed.tz_minute) * 60;
    let zone = if parsed.tz_before_gmt { -zone } else { zone };
    Some(Timestamp::from_seconds(days * 86_400 + clock - zone))
}

/// The moment at the end of a `Received` field, behind its last semicolon.
pub(crate) fn received_date(value: &[u8]) -> Option<Timestamp> {
    let at = memchr::memrchr(b';', value)?;
    read_date(value.get(at + 1..)?)
}

/// The library's reader for this form counts digits and must not see anything else.
fn rfc_3339(text: &str) -> Option<DateTime> {
    let text = text.replacen(' ', "T", 1);
    let is_form = text.len() >= 19
        && text.bytes().take(4).all(|byte| byte.is_ascii_digit())
        && text.as_bytes().get(4) == Some(&b'-')
        && text.as_bytes().get(10) == Some(&b'T');
    if is_form { DateTime::parse_rfc3339(&text) } else { None }
}

fn is_date(date: &DateTime) -> bool {
    let month_days = match date.month {
        2 if is_leap(date.year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=month_days).contains(&date.day)
        && date.year >= 1000
        && date.hour < 24
        && date.minute < 60
        && date.second <= 60
        && date.tz_hour < 24
        && date.tz_minute < 60
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

/// Days from 1970-01-01 to a day of the Gregorian calendar. March is taken as the first month, so
/// that the leap day is the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let day_of_year = (153 * month + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        read_date(text.as_bytes()).map(|moment| moment.millis() / 1000)
    }

    #[test]
    fn dates_are_read_with_their_zone() {
        assert_eq!(seconds("Thu, 01 Jan 1970 00:00:00 +0000"), Some(0));
        assert_eq!(seconds("Sat, 21 Nov 2026 19:36:52 +0100"), Some(1_795_286_212));
        assert_eq!(seconds("21 Nov 2026 18:36:52 GMT (comment)"), Some(1_795_286_212));
        assert_eq!(seconds("29 Feb 2024 12:00:00 -0500"), Some(1_709_226_000));
        assert_eq!(seconds("2026-11-21T19:36:52+01:00"), Some(1_795_286_212));
        assert_eq!(seconds("2026-11-21 18:36:52"), Some(1_795_286_212));
    }

    #[test]
    fn what_is_no_date_gives_none() {
        for text in [
            "",
            "gestern",
            "99 Foo 2026",
            "32 Jan 2026 10:00:00 +0000",
            "30 Feb 2026 10:00:00 +0000",
        ] {
            assert_eq!(seconds(text), None, "{text}");
        }
    }

    #[test]
    fn a_trace_field_tells_when_it_was_written() {
        let value = b"from a by b; with x;\r\n Sat, 21 Nov 2026 19:36:52 +0100";
        assert_eq!(received_date(value).map(|m| m.millis()), Some(1_795_286_212_000));
    }
}
