//! mail-parser alone: the parts of a mail found, its texts decoded, and nothing kept.

use std::hint::black_box;
use std::time::Duration;

use mail_parser::MessageParser;

use crate::figures::{millis, now};
use crate::process::thread_cpu;

/// How long mails are read.
const TIME: Duration = Duration::from_millis(1_500);

/// Milliseconds of processor time for one of these mails.
pub fn mail(mails: &[Vec<u8>]) -> f64 {
    let parser = MessageParser::default();
    let (start, before) = (now(), thread_cpu());
    let mut count = 0_u32;
    while start.elapsed() < TIME {
        for mail in mails.iter().take(1_000) {
            let read = parser.parse(mail.as_slice());
            black_box(read.map(|read| {
                let texts = (read.body_text(0), read.body_html(0));
                texts.0.map_or(0, |text| text.len()) + texts.1.map_or(0, |text| text.len())
            }));
            count += 1;
        }
    }
    millis(thread_cpu().saturating_sub(before)) / f64::from(count.max(1))
}
