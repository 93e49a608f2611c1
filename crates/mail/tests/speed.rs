//! What reading an ordinary mail costs, printed. Bounds are generous: they catch what is quadratic.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and these measure time"
)]

use std::time::Instant;

use mail::class::classify;
use mail::clean::clean;
use mail::read::read;
use mail::segments::segments;

fn mail_of_twenty_kilobytes() -> Vec<u8> {
    let row = "<tr><td style=\"padding:4px 8px;font-family:Arial,sans-serif\"><p class=MsoNormal><b>Position</b> 12: Ersatzteil f&uuml;r den Drucker, <a href=\"https://shop.example/item?id=1&amp;x=2\">Details</a></p></td><td align=right>12,50&nbsp;&euro;</td></tr>\r\n";
    let html = format!(
        "<html><head><style>p{{margin:0}}</style></head><body><div class=WordSection1><p>Guten Tag,</p><table width=600>{}</table><p>Mit freundlichen Gr&uuml;&szlig;en<br>Ann Muster</p></div></body></html>",
        row.repeat(50)
    );
    let text = "Guten Tag,\r\nPosition 12: Ersatzteil\r\n".repeat(60);
    format!("Return-Path: <ann@example.de>\r\n{}From: =?utf-8?Q?Ann_Gr=C3=BCn?= <ann@example.de>\r\nTo: Support <support@example.org>\r\nSubject: =?utf-8?Q?Ersatzteile_f=C3=BCr_den_Drucker?=\r\nDate: Sat, 21 Nov 2026 19:36:52 +0100\r\nMessage-ID: <1@example.de>\r\nReferences: <2@example.de> <3@example.de>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n--b--\r\n", "Received: from mx.example.de (mx.example.de [192.0.2.1]) by mail.example.org with ESMTPS id 1; Sat, 21 Nov 2026 19:36:52 +0100\r\n".repeat(6)).into_bytes()
}

#[test]
fn an_ordinary_mail_is_read_in_a_fraction_of_a_millisecond() {
    let bytes = mail_of_twenty_kilobytes();
    let mail = read(&bytes);
    let html = mail.html.clone().unwrap();
    let rounds = if cfg!(debug_assertions) { 5 } else { 500 };
    let measure = |name: &str, work: &dyn Fn()| {
        work();
        let started = Instant::now();
        (0..rounds).for_each(|_| work());
        let each = started.elapsed() / rounds;
        println!("{name}: {each:?} for a mail of {} bytes", bytes.len());
        each
    };
    let reading = measure("read", &|| drop(read(&bytes)));
    measure("clean", &|| drop(clean(&html)));
    measure("segments, with clean", &|| drop(segments(&mail)));
    measure("class", &|| drop(classify(&bytes, &mail)));
    assert!(reading.as_millis() < 100);
}
