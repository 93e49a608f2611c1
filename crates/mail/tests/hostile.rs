//! Mails made to hurt: each is read in bounded time, gives a mail with oddities, and its parts are
//! found again.
#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test fails by panicking, and these measure time"
)]

use std::time::{Duration, Instant};

use mail::class::classify;
use mail::read::{OddityCode, part, read, thread};
use mail::segments::{segments, segments_of_text};
use proptest::prelude::*;

/// Two seconds of an optimised build; without optimisation everything takes many times as long.
fn limit() -> Duration {
    Duration::from_secs(if cfg!(debug_assertions) { 60 } else { 2 })
}

fn opens(name: &str, bytes: &[u8]) -> mail::read::Mail {
    let started = Instant::now();
    let mail = read(bytes);
    let reading = started.elapsed();
    segments(&mail);
    classify(bytes, &mail);
    let all = started.elapsed();
    if let Some(attachment) = mail.attachments.last() {
        assert!(part(bytes, &attachment.path).is_some(), "{name}");
    }
    println!("{name}: {} bytes, read in {reading:?}, with segments and class {all:?}", bytes.len());
    assert!(all < limit(), "{name}: {all:?}");
    mail
}

fn has(name: &str, bytes: &[u8], codes: &[OddityCode]) {
    let mail = opens(name, bytes);
    for code in codes {
        assert!(mail.is_odd(*code), "{name}: {:?}", mail.oddities);
    }
}

const HEAD: &str = "From: a@example.de\r\nDate: Sat, 21 Nov 2026 10:00:00 +0100\r\nMessage-ID: <1@example.de>\r\nMIME-Version: 1.0\r\n";

#[test]
fn ten_thousand_nested_multiparts() {
    let mut mail = HEAD.to_string();
    for level in 0..10_000 {
        mail.push_str(&format!(
            "Content-Type: multipart/mixed; boundary=b{level}\r\n\r\n--b{level}\r\n"
        ));
    }
    has("nested multiparts", mail.as_bytes(), &[OddityCode::DepthLimit]);
}

#[test]
fn a_hundred_thousand_parts() {
    let part = "--b\r\nContent-Type: text/plain\r\n\r\nx\r\n";
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n",
        part.repeat(100_000)
    );
    has("parts", mail.as_bytes(), &[OddityCode::TooManyParts]);
}

#[test]
fn a_hundred_thousand_multiparts_whose_boundary_never_comes() {
    let part = "--b\r\nContent-Type: multipart/mixed; boundary=never\r\n\r\nx\r\n";
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary=b\r\n\r\n{}--b--\r\n",
        part.repeat(100_000)
    );
    has("multiparts without parts", mail.as_bytes(), &[OddityCode::MissingBoundary]);
}

#[test]
fn a_boundary_of_a_megabyte() {
    let boundary = "x".repeat(1_000_000);
    let mail = format!(
        "{HEAD}Content-Type: multipart/mixed; boundary={boundary}\r\n\r\n--{boundary}\r\n\r\nx\r\n--{boundary}--\r\n"
    );
    has("boundary", mail.as_bytes(), &[OddityCode::HeaderCut]);
}

#[test]
fn a_single_line_of_a_hundred_megabytes() {
    let mail = format!("{HEAD}Subject: x\r\n\r\n{}", "x".repeat(100_000_000));
    has("line", mail.as_bytes(), &[OddityCode::TextCut]);
}

#[test]
fn fifty_megabytes_of_header() {
    let mail = format!("{HEAD}{}\r\nText", "X-A: b\r\n".repeat(6_250_000));
    has("header fields", mail.as_bytes(), &[OddityCode::HeaderCut]);
    let mail = format!("{HEAD}Subject: {}\r\n\r\nText", "x ".repeat(25_000_000));
    has("header field", mail.as_bytes(), &[OddityCode::HeaderCut]);
    let mail = format!("{HEAD}{}\r\nText", "garbage\r\n".repeat(1_000_000));
    opens("garbage in the header", mail.as_bytes());
}

#[test]
fn a_hundred_thousand_recipients_and_two_hundred_thousand_references() {
    let to: String = (0..100_000).map(|n| format!("\"P, {n}\" <p{n}@example.de>,\r\n ")).collect();
    let mail = format!("{HEAD}To: {to}x@example.de\r\n\r\nText");
    has("recipients", mail.as_bytes(), &[OddityCode::RecipientsCut]);
    let references: String = (0..200_000).map(|n| format!("<{n}@example.de>\r\n ")).collect();
    let mail = format!("{HEAD}References: {references}\r\n\r\nText");
    let read = opens("references", mail.as_bytes());
    assert_eq!(read.references.len(), 200);
    assert_eq!(read.references.first().map(String::as_str), Some("0@example.de"));
}

#[test]
fn a_million_pieces_of_a_parameter() {
    let pieces: String = (0..1_000_000).map(|n| format!(";\r\n name*{n}=x")).collect();
    let mail = format!("{HEAD}Content-Type: application/pdf{pieces}\r\n\r\nText");
    has("pieces", mail.as_bytes(), &[OddityCode::HeaderCut]);
}

#[test]
fn a_thousand_mails_inside_one_another() {
    let mail = format!("{HEAD}{}\r\nText", "Content-Type: message/rfc822\r\n\r\n".repeat(1_000));
    let mail = opens("nested mails", mail.as_bytes());
    assert_eq!(mail.attachments.len(), 1);
    assert!(mail.is_odd(OddityCode::DepthLimit), "{:?}", mail.oddities);
}

#[test]
fn the_thread_of_a_mail_is_that_of_the_whole_mail() {
    for mail in [WHOLE.to_string(), format!("\r\n\u{feff}{HEAD}In-Reply-To: <0@a>\r\n\r\nText")] {
        let (whole, thread) = (read(mail.as_bytes()), thread(mail.as_bytes()));
        assert_eq!(thread.message_id, whole.message_id);
        assert_eq!(thread.answered, [whole.in_reply_to, whole.references].concat());
        assert!(!thread.answered.is_empty());
    }
}

#[test]
fn html_that_hurts_parsers() {
    let cases = [
        ("deep", "<div>".repeat(200_000)),
        ("formatting", "<font color=a>".repeat(2_000) + &"<p>x".repeat(100_000)),
        ("foster", "<table>".to_string() + &"<b>x".repeat(200_000)),
        ("tables", "<table><tr><td>".repeat(50_000)),
        (
            "attributes",
            format!("<p {}>", (0..100_000).map(|n| format!("a{n} ")).collect::<String>()),
        ),
        ("comments", "<!---->".repeat(150_000)),
        ("open comments", "<!-- ".repeat(200_000)),
        ("brackets", "<".repeat(1_000_000)),
        ("text", "x ".repeat(2_000_000)),
        ("quotes", "<a href=\"".repeat(100_000)),
        ("links", "<a href=http://x>".repeat(60_000)),
        ("ends", "</p></div></b>".repeat(70_000)),
        ("lists", "<ul><li>".repeat(100_000)),
        ("entities", "&amp".repeat(250_000)),
    ];
    for (name, html) in cases {
        let mail = format!("{HEAD}Content-Type: text/html\r\n\r\n{html}");
        opens(&format!("HTML {name}"), mail.as_bytes());
    }
}

#[test]
fn a_megabyte_of_text_is_split_at_once() {
    let limit = Duration::from_millis(if cfg!(debug_assertions) { 10_000 } else { 200 });
    let cases = [
        ("quote marks", ">".repeat(1_000_000)),
        ("angle brackets", "<".repeat(1_000_000)),
        ("quoted lines", "> x\n".repeat(250_000)),
        ("nested quotes", (0..1_400).map(|n| ">".repeat(n) + "\n").collect()),
        ("beginnings", "Am 1.1. schrieb\n".repeat(60_000)),
        ("header labels", "Von: a\n".repeat(140_000)),
        ("alternating", "> a\nb\n".repeat(150_000)),
        ("closings", "Viele Grüße\n\n".repeat(70_000)),
        ("rules", "____\n\n".repeat(170_000)),
        ("notices", "Diese E-Mail ist vertraulich\n".repeat(34_000)),
        ("marks", "-- \n".repeat(250_000)),
        ("one line", "Am ".repeat(333_000)),
        ("replies", "Re: ".repeat(250_000)),
    ];
    for (name, text) in cases {
        let started = Instant::now();
        let joined: String =
            segments_of_text(&text).into_iter().map(|segment| segment.text).collect();
        let needed = started.elapsed();
        println!("{name}: {needed:?}");
        assert!(joined == text && needed < limit, "{name}: {needed:?}");
    }
}

#[test]
fn what_is_no_mail_is_read_as_what_it_is() {
    has("empty", b"", &[OddityCode::Empty, OddityCode::NoFrom]);
    has("text", b"Guten Tag, es raucht.\n", &[OddityCode::NotAMail]);
    assert_eq!(read(b"Guten Tag, es raucht.\n").text.as_deref(), Some("Guten Tag, es raucht.\n"));
    let image = read(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    assert_eq!(image.attachments.first().and_then(|a| a.detected_type), Some("image/png"));
    has("blank lines", b"\r\n\r\n\r\n", &[OddityCode::NotAMail]);
}

#[test]
fn all_line_ends_give_the_same_mail() {
    let mail = format!(
        "{HEAD}Subject: Drucker\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nEr raucht.\r\nSehr.\r\n--b\r\nContent-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nSGFs\r\nbG8=\r\n--b--\r\n"
    );
    let wanted = read(mail.as_bytes());
    assert_eq!(wanted.text.as_deref(), Some("Er raucht.\nSehr."));
    for ends in ["\n", "\r", "\r\r\n"] {
        let other = read(mail.replace("\r\n", ends).as_bytes());
        assert_eq!(
            (&other.subject, &other.message_id),
            (&wanted.subject, &wanted.message_id),
            "{ends:?}"
        );
        assert_eq!(other.attachments, wanted.attachments, "{ends:?}");
        assert_eq!(
            other.text.map(|text| text.replace("\n\n", "\n").trim_end().to_string()),
            wanted.text,
            "{ends:?}"
        );
    }
    assert!(read(mail.replace("\r\n", "\r").as_bytes()).is_odd(OddityCode::BareCr));
}

#[test]
fn nul_bytes_do_not_reach_the_text() {
    let mail = format!("{HEAD}Subject: a\0b\r\n\r\nEr\0 raucht.\0\r\n");
    let read = opens("NUL", mail.as_bytes());
    assert_eq!((read.subject.as_str(), read.text.as_deref()), ("ab", Some("Er raucht.\n")));
    assert!(read.is_odd(OddityCode::NulBytes));
}

fn walk(bytes: &[u8]) {
    let mail = read(bytes);
    for attachment in &mail.attachments {
        assert!(part(bytes, &attachment.path).is_some());
    }
    segments(&mail);
    classify(bytes, &mail);
}

/// A mail with a bit of everything, to be broken in all ways.
const WHOLE: &str = "Return-Path: <>\r\nReceived: from a by b; Sat, 21 Nov 2026 19:36:52 +0100\r\nFrom: =?utf-8?Q?Gr=C3=BCn?= <a@example.de>, b@example.de\r\nTo: Team: \"A, B\" <c@example.de>;, (x) d@example.de\r\nSubject: =?iso-8859-1?B?R3L832U=?= =?utf-8?Q?x?=\r\nDate: 31 Feb 2026 25:00:00 +9999\r\nReferences: <1@a>\r\n\t<2@a> x\r\nContent-Type: multipart/report; boundary=\"b;\"; name*0*=utf-8''%C3; name*1*=%BC\r\n\r\npre\r\n--b;\r\nContent-Type: text/plain; charset=utf-7; format=flowed; delsp=yes\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nHallo =\r\nWelt +APw- =C3=BC \r\n> On 1 Jan, a@b wrote:\r\n-- \r\nA\r\n--b;\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns;a\r\n\r\nFinal-Recipient: rfc822;a@example.de\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b;\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+SGFsbG88L3A+PGltZyBzcmM9Y2lkOmE+\r\n--b;--\r\nepilogue\r\n";

proptest! {
    #[test]
    fn random_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        walk(&bytes);
    }

    #[test]
    fn random_text_of_mail_words_never_panics(text in "(From: |To: |Date: |Content-Type: |multipart/mixed|; boundary=a|--a|--a--|\r\n|\r|\n|=\\?utf-8\\?Q\\?|\\?=|base64|Content-Transfer-Encoding: |<|>|@|,|\"|\\(|\\)|:|;|[a-z0-9 ]{0,5}){0,60}") {
        walk(text.as_bytes());
    }

    #[test]
    fn a_changed_mail_never_panics(changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>(), 0..3u8), 1..20)) {
        let mut bytes = WHOLE.as_bytes().to_vec();
        for (index, byte, kind) in changes {
            let at = index.index(bytes.len());
            match kind {
                0 => bytes.insert(at, byte),
                1 => { bytes.remove(at); }
                _ => bytes.splice(at..=at, [byte]).for_each(drop),
            }
        }
        walk(&bytes);
    }
}
