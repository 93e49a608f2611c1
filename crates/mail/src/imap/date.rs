//! Dates as IMAP writes them (RFC 3501 section 9, `date-time` and `date`).

use mail_parser::DateTime;
use values::Timestamp;

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Reads `17-Jul-1996 02:44:25 -0700`; the day may begin with a blank.
pub(super) fn read_date_time(text: &str) -> Option<Timestamp> {
    let mut words = text.split_whitespace();
    let mut date = words.next()?.splitn(3, '-');
    let day = date.next()?.parse().ok()?;
    let name = date.next()?;
    let month = MONTHS.iter().zip(1..).find(|(month, _)| month.eq_ignore_ascii_case(name))?.1;
    let year = date.next()?.parse().ok()?;
    let mut time = words.next()?.splitn(3, ':');
    let mut number = || time.next()?.parse::<u8>().ok();
    let (hour, minute, second) = (number()?, number()?, number()?);
    let zone = words.next()?;
    let (sign, digits) = zone.split_at_checked(1)?;
    let (zone_hour, zone_minute) = digits.split_at_checked(2)?;
    let moment = DateTime {
        year,
        month,
        day,
        hour,
        minute,
        second,
        tz_before_gmt: sign == "-",
        tz_hour: zone_hour.parse().ok()?,
        tz_minute: zone_minute.parse().ok()?,
    };
    match moment.is_valid() {
        true => Some(Timestamp::from_seconds(moment.to_timestamp())),
        false => None,
    }
}

/// `17-Jul-1996 09:44:25 +0000`.
pub(super) fn date_time(moment: Timestamp) -> String {
    let date = DateTime::from_timestamp(moment.millis().div_euclid(1000));
    format!(
        "{:02}-{}-{:04} {:02}:{:02}:{:02} +0000",
        date.day,
        month_name(&date),
        date.year,
        date.hour,
        date.minute,
        date.second
    )
}

/// `17-Jul-1996`, the day in UTC.
pub(super) fn day(moment: Timestamp) -> String {
    let date = DateTime::from_timestamp(moment.millis().div_euclid(1000));
    format!("{}-{}-{:04}", date.day, month_name(&date), date.year)
}

fn month_name(date: &DateTime) -> &'static str {
    MONTHS.get(usize::from(date.month.saturating_sub(1))).copied().unwrap_or("Jan")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_read_in_any_zone() {
        let seconds = |text| read_date_time(text).map(|moment| moment.millis() / 1000);
        assert_eq!(seconds("17-Jul-1996 02:44:25 -0700"), Some(837_596_665));
        assert_eq!(seconds(" 1-Jan-1970 01:00:00 +0100"), Some(0));
        assert_eq!(seconds("29-Feb-2024 23:59:59 +0000"), Some(1_709_251_199));
        for odd in ["", "17-Jul-1996", "40-Jul-1996 02:44:25 -0700", "17-Foo-1996 02:44:25 +0000"] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }

    #[test]
    fn moments_are_written_in_utc() {
        let moment = Timestamp::from_seconds(837_596_665);
        assert_eq!(date_time(moment), "17-Jul-1996 09:44:25 +0000");
        assert_eq!(day(moment), "17-Jul-1996");
        assert_eq!(day(Timestamp::from_seconds(0)), "1-Jan-1970");
    }
}
