//! Dates, durations, numbers and sizes as people read them. The words here are formatting, not sentences.

mod numbers;
mod times;
mod words;

pub use numbers::{bytes_size, decimal, duration, euros, number, percent};
pub use times::{Times, iso, iso_minute};
pub use words::weekday_name;
