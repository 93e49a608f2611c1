//! Tickets that come back on a day that somebody chose (Wiedervorlage): they are unread again, and
//! those that waited are in progress. A customer's answer leaves the day as it is.

mod come_back;
mod store;

use jiff::civil::Weekday;
use jiff::{Timestamp as Moment, ToSpan, Zoned};
use values::Timestamp;

pub use come_back::{Back, ComeBack, due, work};

use crate::http::screen::Screen;
use crate::texts;

/// The hour at which a day of work begins.
const MORNING: i8 = 8;

/// Proposals for the day: what the form sends and what the screen shows.
pub fn choices(screen: &Screen, present: Option<Timestamp>) -> Vec<(String, String)> {
    let words = texts::ticket(screen.language);
    let now = Moment::from_millisecond(screen.now.millis()).unwrap_or_default();
    let now = now.to_zoned(screen.app.config.time_zone.clone());
    let morning = |days: i64| morning_after(&now, days);
    let monday = i64::from(now.weekday().until(Weekday::Monday));
    let monday = if monday == 0 { 7 } else { monday };
    let proposals = [
        (now.checked_add(1.hour()).ok(), words.resubmit_in_an_hour()),
        (morning(1), words.resubmit_tomorrow()),
        (morning(monday), words.resubmit_monday()),
    ];
    let shown = |(at, label): (Option<Zoned>, &str)| {
        Some((at?.strftime("%Y-%m-%dT%H:%M").to_string(), label.to_owned()))
    };
    let none = present.map(|_| (String::new(), words.resubmit_never().to_owned()));
    proposals.into_iter().filter_map(shown).chain(none).collect()
}

fn morning_after(now: &Zoned, days: i64) -> Option<Zoned> {
    let day = now.date().checked_add(days.days()).ok()?;
    day.at(MORNING, 0, 0, 0).to_zoned(now.time_zone().clone()).ok()
}
