#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::read::{self, Mail};

const DESK: Address<'static> = Address { name: "Müller, Support", address: "desk@example.de" };
const ANN: Address<'static> = Address { name: "Ann Grün", address: "ann@example.org" };

fn ordinary<'a>() -> Outgoing<'a> {
    Outgoing {
        from: DESK,
        reply_to: None,
        to: &[ANN],
        cc: &[],
        subject: "Größe",
        at_millis: 1_795_286_212_000,
        offset_seconds: 3600,
        message_id: "1.a@desk.example",
        in_reply_to: Some("0@example.org"),
        references: &[],
        boundary_seed: [7; 16],
        text: "Guten Tag,\n\ndas Gerät raucht.\n",
        html: None,
        parts: &[],
        auto_submitted: None,
        headers: &[],
    }
}

fn read_back(mail: &Outgoing<'_>) -> Mail {
    let read = read::read(&build(mail));
    assert_eq!(read.oddities, [], "{mail:?}");
    read
}

fn names(found: &read::Recipients) -> Vec<(String, String)> {
    let named = found.list.iter();
    named.map(|person| (person.name.clone().unwrap_or_default(), person.raw.clone())).collect()
}

#[test]
fn a_short_mail_looks_like_this() {
    let mail = Outgoing { text: "Hallo\n.\n", subject: "Hallo", ..ordinary() };
    let expected = "Date: Sat, 21 Nov 2026 19:36:52 +0100\r\n\
         From: =?utf-8?Q?M=C3=BCller=2C_Support?= <desk@example.de>\r\n\
         To: =?utf-8?B?QW5uIEdyw7xu?= <ann@example.org>\r\n\
         Subject: Hallo\r\n\
         Message-ID: <1.a@desk.example>\r\n\
         In-Reply-To: <0@example.org>\r\n\
         References: <0@example.org>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: text/plain; charset=\"utf-8\"\r\n\
         Content-Transfer-Encoding: 7bit\r\n\
         \r\n\
         Hallo\r\n.\r\n";
    assert_eq!(String::from_utf8(build(&mail)).unwrap(), expected);
}

#[test]
fn our_own_reader_reads_what_was_built() {
    let image =
        Part { name: "l.png", media_type: "image/png", bytes: b"\x89PNG", content_id: Some("l@d") };
    let list =
        Part { name: "Übersicht.csv", media_type: "text/csv", bytes: b"a\n", content_id: None };
    let mail = Outgoing {
        cc: &[DESK],
        html: Some("<p>Guten Tag <img src=\"cid:l@d\"></p>"),
        parts: &[image, list],
        ..ordinary()
    };
    let read = read_back(&mail);
    assert_eq!(read.subject, "Größe");
    assert_eq!(names(&read.to), [("Ann Grün".into(), "ann@example.org".into())]);
    assert_eq!(names(&read.cc), [("Müller, Support".into(), "desk@example.de".into())]);
    assert_eq!(read.message_id.as_deref(), Some("1.a@desk.example"));
    assert_eq!(read.in_reply_to, ["0@example.org"]);
    assert_eq!(read.references, ["0@example.org"]);
    assert_eq!(read.date.map(|date| date.millis()), Some(1_795_286_212_000));
    assert_eq!(read.text.as_deref(), Some(mail.text));
    assert_eq!(read.html.as_deref(), mail.html);
    let files = read.attachments.iter();
    let files: Vec<(&str, bool)> = files.map(|file| (file.name.as_str(), file.is_inline)).collect();
    assert_eq!(files, [("l.png", true), ("Übersicht.csv", false)]);
}

#[test]
fn the_same_input_gives_the_same_octets() {
    let mail = Outgoing { html: Some("<p>a</p>"), ..ordinary() };
    assert_eq!(build(&mail), build(&mail));
    assert_ne!(build(&mail), build(&Outgoing { boundary_seed: [8; 16], ..mail }));
}

#[test]
fn a_boundary_that_stands_in_a_part_is_not_taken() {
    let inner = build(&Outgoing { html: Some("<p>a</p>"), ..ordinary() });
    let part = Part { name: "a", media_type: "message/rfc822", bytes: &inner, content_id: None };
    let read = read_back(&Outgoing { parts: &[part], ..ordinary() });
    assert_eq!(read.attachments.len(), 1);
    assert_eq!(read.attachments[0].size_bytes, inner.len() as u64);
}

#[test]
fn a_mail_is_sent_as_one_only_if_it_needs_no_encoding() {
    for (mail, is_sent_as_mail) in [
        (&b"Subject: a\r\n\r\nb\r\n"[..], true),
        (b"\r\n", true),
        (b"Subject: a\r\n\r\nb", false),
        (b"Subject: a\n\nb\n", false),
        (b"Subject: a\r\n\r\nb\rc\r\n", false),
        (b"Subject: a\r\n\r\n\0\r\n", false),
        (b"Subject: a\r\n\r\n\xfc\r\n", false),
        (&[&[b'x'; 999][..], b"\r\n"].concat(), false),
        (&[&[b'x'; 998][..], b"\r\n"].concat(), true),
    ] {
        let part = Part { name: "a", media_type: "message/rfc822", bytes: mail, content_id: None };
        let bytes = build(&Outgoing { parts: &[part], ..ordinary() });
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(text.contains("Content-Type: message/rfc822"), is_sent_as_mail, "{mail:?}");
        assert!(text.contains("a.eml"));
    }
}

#[test]
fn an_address_that_ascii_cannot_say_is_shown_and_is_nobodys() {
    let person = Address { name: "Jörg", address: "jörg@example.de" };
    let text = String::from_utf8(build(&Outgoing { to: &[person, ANN], ..ordinary() })).unwrap();
    assert!(text.contains("To: =?utf-8?Q?J=C3=B6rg_j=C3=B6rg=40example=2Ede?=:;,"), "{text}");
}

proptest! {
    /// Whatever is said, the mail has the fields it should have, 7 bits and short lines.
    #[test]
    fn every_input_gives_a_sound_mail(
        text in any::<String>(),
        name in "[\\PC\r\n\0\"<>,:;@=?\u{202e}\u{2028}]{0,90}",
        bytes in any::<Vec<u8>>(),
    ) {
        let person = Address { name: &name, address: "x@example.org" };
        let stranger = Address { name: &text, address: &name };
        let part = Part { name: &name, media_type: &text, bytes: &bytes, content_id: Some(&name) };
        let bytes = build(&Outgoing {
            from: person,
            reply_to: Some(stranger),
            to: &[person, stranger],
            subject: &text,
            message_id: &name,
            in_reply_to: None,
            text: &text,
            html: Some(&name),
            parts: &[part, Part { content_id: None, ..part }],
            headers: &[("X-A", &name), (&name, "b")],
            ..ordinary()
        });
        let mail = String::from_utf8(bytes).unwrap();
        prop_assert!(mail.bytes().all(|byte| byte.is_ascii() && byte != 0));
        for line in mail.split("\r\n") {
            prop_assert!(line.len() <= 998 && !line.contains(['\r', '\n']), "{:?}", line);
        }
        let read = read::read(mail.as_bytes());
        let known = ["Date", "From", "Reply-To", "To", "Subject", "Message-ID", "X-A"];
        for field in &read.headers {
            let is_body = field.name == "MIME-Version" || field.name == "Content-Type";
            prop_assert!(is_body || known.contains(&field.name.as_str()) || field.name == name);
        }
        prop_assert_eq!(&read.from.unwrap().raw, "x@example.org");
        prop_assert_eq!(read.parts.iter().filter(|part| !part.is_multipart).count(), 4);
    }
}
