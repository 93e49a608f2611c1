//! Built mails, read by a reader that is not ours: the `email` package of Python.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

use std::io::Write;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use mail::build::{Address, AutoSubmitted, Outgoing, Part, build};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const PYTHON: &str = include_str!("build_python.py");

fn read_by_python(mails: &[Vec<u8>]) -> Vec<Value> {
    let mails: Vec<String> = mails.iter().map(|mail| STANDARD.encode(mail)).collect();
    let input = serde_json::to_vec(&mails).unwrap();
    let mut child = Command::new("python3")
        .args(["-c", PYTHON])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || stdin.write_all(&input).unwrap());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    writer.join().unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

const DESK: Address<'static> =
    Address { name: "Müller GmbH, Support", address: "desk@example.de" };
const ANN: Address<'static> = Address { name: "Ann Grün", address: "Ann@example.org" };

fn ordinary<'a>() -> Outgoing<'a> {
    Outgoing {
        from: DESK,
        reply_to: None,
        to: &[ANN],
        cc: &[],
        subject: "Ihre Anfrage",
        at_millis: 1_795_286_212_000,
        offset_seconds: 3600,
        message_id: "1.a@desk.example",
        in_reply_to: None,
        references: &[],
        boundary_seed: *b"0123456789abcdef",
        text: "Guten Tag,\n\ndas Gerät raucht.\n",
        html: None,
        parts: &[],
        auto_submitted: None,
        headers: &[],
    }
}

fn file<'a>(name: &'a str, media_type: &'a str, bytes: &'a [u8]) -> Part<'a> {
    Part { name, media_type, bytes, content_id: None }
}

/// Reads one mail, after seeing that it is as every mail must be.
#[track_caller]
fn read(mail: &Outgoing<'_>) -> Value {
    let read = read_by_python(&[build(mail)]).remove(0);
    assert_sound(&read, "");
    read
}

#[track_caller]
fn assert_sound(read: &Value, case: &str) {
    assert_eq!(read["defects"], json!([]), "{case}");
    assert_eq!((&read["is_7bit"], &read["has_bare"]), (&json!(true), &json!(false)), "{case}");
    assert!(read["longest"].as_u64().unwrap() <= 998, "{case}: {}", read["longest"]);
    let names: Vec<&str> =
        read["names"].as_array().unwrap().iter().map(|name| name.as_str().unwrap()).collect();
    for name in ["Date", "From", "To", "Subject", "Message-ID", "MIME-Version", "Content-Type"] {
        let count = names.iter().filter(|known| known.eq_ignore_ascii_case(name)).count();
        assert_eq!(count, 1, "{case}: {name} in {names:?}");
    }
    assert!(!names.iter().any(|name| name.eq_ignore_ascii_case("bcc")), "{case}: {names:?}");
}

fn value<'a>(read: &'a Value, name: &str) -> &'a str {
    let fields = read["fields"].as_array().unwrap();
    let found = fields.iter().find(|field| field[0] == name);
    found.map_or("", |field| field[1].as_str().unwrap())
}

fn sha256(bytes: &[u8]) -> String {
    values::hex(&Sha256::digest(bytes))
}

#[test]
fn subjects_arrive_as_they_were_written() {
    let long = "Störung an der Anlage im Werk Süd ".repeat(27);
    let ascii = "The machine in hall two is out of order ".repeat(23);
    let subjects = [
        "Ihre Anfrage",
        "Größe, Übergabe: \"Test\" <a@b>",
        "🔥🧯 Brand im 2. Stock 👩‍👩‍👧‍👦",
        "見積書の件について、よろしくお願いいたします。ご確認ください。",
        "=?utf-8?Q?nicht_entschl=C3=BCsseln?=",
        "x=?y?= ü",
        "",
        "Re: [#2026-0001] a  b",
        long.trim(),
        ascii.trim(),
        &"x".repeat(900),
        &"ß".repeat(900),
        &"=?".repeat(450),
    ];
    let mails: Vec<Vec<u8>> =
        subjects.iter().map(|subject| build(&Outgoing { subject, ..ordinary() })).collect();
    for (subject, read) in subjects.iter().zip(read_by_python(&mails)) {
        assert_sound(&read, subject);
        assert_eq!(value(&read, "Subject"), *subject);
    }
}

#[test]
fn names_and_addresses_arrive_as_they_were_written() {
    let long = "Zentrale Beschaffungsstelle für Büromaterial und Möbel ".repeat(4);
    let names = [
        "Muster, Ann \"Anni\" (Einkauf)",
        "山田太郎",
        "Jürgen Groß-Müßigmann",
        "back\\slash",
        "a@b.de",
        "🔥",
        "",
        long.trim(),
    ];
    for name in names {
        let to = [Address { name, address: "x@example.org" }, ANN];
        let read = read(&Outgoing { to: &to, cc: &[DESK], reply_to: Some(ANN), ..ordinary() });
        assert_eq!(
            read["to"],
            json!([[name, "x@example.org"], ["Ann Grün", "Ann@example.org"]]),
            "{name}"
        );
        assert_eq!(read["from"], json!([["Müller GmbH, Support", "desk@example.de"]]));
        assert_eq!(read["cc"], read["from"]);
        assert_eq!(read["reply_to"], json!([["Ann Grün", "Ann@example.org"]]));
    }
}

#[test]
fn five_hundred_recipients_are_folded() {
    let addresses: Vec<(String, String)> =
        (0..500).map(|n| (format!("Größe, {n}"), format!("person{n}@example.org"))).collect();
    let to: Vec<Address<'_>> =
        addresses.iter().map(|(name, address)| Address { name, address }).collect();
    let read = read(&Outgoing { to: &to, ..ordinary() });
    assert_eq!(read["to"], json!(addresses));
    assert!(read["longest"].as_u64().unwrap() <= 78, "{}", read["longest"]);
}

#[test]
fn mails_without_visible_recipients_say_so() {
    let read = read(&Outgoing { to: &[], ..ordinary() });
    assert_eq!(value(&read, "To"), "undisclosed-recipients:;");
}

#[test]
fn nothing_that_is_said_becomes_a_field() {
    let nasty = [
        "a\r\nBcc: evil@example.org",
        "a\nX-Evil: 1",
        "a\rX-Evil: 1",
        "a\r\n\r\nbody",
        "a\u{2028}X-Evil: 1\u{85}X-Evil: 2\u{b}c",
        "\0\u{1b}[31m\u{7f}",
        "\u{202e}gnp.exe\u{2066}",
        "\r\n.\r\nMAIL FROM:<x>",
        "\">, <evil@example.org>, \"",
        "x@example.org>\r\nBcc: <evil@example.org",
        "\"a\"@evil.example>, <\"b\"@example.org",
        "\r\n",
    ];
    let plain = read(&Outgoing {
        cc: &[ANN],
        reply_to: Some(ANN),
        in_reply_to: Some("a@b"),
        parts: &[file("a", "text/plain", b"a")],
        headers: &[("X-Ticket", "1")],
        ..ordinary()
    });
    for text in nasty {
        let person = Address { name: text, address: "x@example.org" };
        let stranger = Address { name: "", address: text };
        let mail = Outgoing {
            from: person,
            reply_to: Some(person),
            to: &[person, stranger],
            cc: &[person],
            subject: text,
            in_reply_to: Some("a@b"),
            references: &[text.to_string()],
            text,
            parts: &[Part { content_id: Some(text), ..file(text, text, text.as_bytes()) }],
            headers: &[("X-Ticket", text), (text, "a"), ("X-Ticket", "1"), ("Bcc", "a@b.de")],
            ..ordinary()
        };
        let read = read(&mail);
        let mut names = read["names"].as_array().unwrap().clone();
        names.dedup();
        assert_eq!(Value::from(names), plain["names"], "{text:?}");
        let addresses = read["to"].as_array().unwrap().iter().map(|pair| pair[1].as_str().unwrap());
        let addresses: Vec<&str> = addresses.filter(|address| !address.is_empty()).collect();
        assert_eq!(addresses, ["x@example.org"], "{text:?}");
        assert_eq!(read["files"][0]["sha256"], sha256(text.as_bytes()), "{text:?}");
        let name = read["files"][0]["name"].as_str().unwrap();
        assert!(!name.contains(['/', '\\', '\r', '\n', '\u{202e}', '\u{2028}']), "{name}");
    }
}

#[test]
fn an_ill_formed_id_is_replaced_and_no_field_is_lost() {
    let read = read(&Outgoing { message_id: "a\r\nBcc: x", ..ordinary() });
    assert_eq!(value(&read, "Message-ID"), "<30313233343536373839616263646566@localhost>");
}

#[test]
fn texts_arrive_as_they_were_written() {
    let long = "x".repeat(5_000);
    let texts = [
        "",
        "\n",
        "Guten Tag",
        "a \nb\t\n.\n..\n--0123456789abcdef\nFrom x\n=20",
        "Grüße 🔥 見積書\n",
        &long,
        &"ü".repeat(5_000),
        &"Ein ganz gewöhnlicher Satz.\n".repeat(2_000),
    ];
    for text in texts {
        let html = format!("<p>{text}</p>");
        for html in [None, Some(html.as_str())] {
            let read = read(&Outgoing { text, html, ..ordinary() });
            if let Some(html) = html {
                assert_eq!(read["texts"]["text/html"].as_str().unwrap(), html);
            }
            if html.is_none() || !text.trim().is_empty() {
                assert_eq!(read["texts"]["text/plain"].as_str().unwrap(), text);
            }
            assert!(read["longest"].as_u64().unwrap() <= 78, "{text}");
        }
    }
}

#[test]
fn the_parts_are_nested_as_mail_programs_expect() {
    let image = Part { content_id: Some("logo@desk"), ..file("logo.png", "image/png", b"\x89PNG") };
    let pdf = file("Angebot.pdf", "application/pdf", b"%PDF-1.4");
    let html = Some("<p>Guten Tag <img src=\"cid:logo@desk\" alt=\"Logo\"></p>");
    for (html, parts, shape) in [
        (None, vec![], vec!["text/plain"]),
        (None, vec![pdf], vec!["multipart/mixed", "text/plain", "application/pdf"]),
        (None, vec![image], vec!["multipart/mixed", "text/plain", "image/png"]),
        (html, vec![], vec!["multipart/alternative", "text/plain", "text/html"]),
        (
            html,
            vec![image],
            vec![
                "multipart/alternative",
                "text/plain",
                "multipart/related",
                "text/html",
                "image/png",
            ],
        ),
        (
            html,
            vec![image, pdf],
            vec![
                "multipart/mixed",
                "multipart/alternative",
                "text/plain",
                "multipart/related",
                "text/html",
                "image/png",
                "application/pdf",
            ],
        ),
    ] {
        let read = read(&Outgoing { text: "", html, parts: &parts, ..ordinary() });
        assert_eq!(read["shape"], json!(shape));
        if html.is_some() {
            assert_eq!(read["texts"]["text/plain"], "Guten Tag Logo\n");
        }
        for file in read["files"].as_array().unwrap() {
            let is_image = file["type"] == "image/png";
            assert_eq!(file["content_id"].as_str(), is_image.then_some("<logo@desk>"));
            let is_shown = is_image && html.is_some();
            assert_eq!(file["disposition"], if is_shown { "inline" } else { "attachment" });
        }
    }
}

#[test]
fn files_arrive_octet_by_octet_under_their_names() {
    let all: Vec<u8> = (0..=255).cycle().take(5 * 1024 * 1024).collect();
    let long = format!("{}.pdf", "Größenübersicht ".repeat(6).trim());
    let cases: [(&str, &str, &[u8], &str); 8] = [
        ("leer.txt", "text/plain", b"", "text/plain"),
        ("groß.bin", "application/x-thing", &all, "application/x-thing"),
        ("見積書.xlsx", "", b"a", "application/octet-stream"),
        ("a\"b.csv", "text/csv; charset=x", b"a;b\r\n\xfc\n\r", "text/csv"),
        ("bericht.txt", "text/plain", "Grüße\n".as_bytes(), "text/plain"),
        (&long, "application/pdf", b"%PDF", "application/pdf"),
        ("x.mht", "multipart/related", b"\r\n", "application/octet-stream"),
        ("bounce", "message/delivery-status", b"a: b\r\n", "application/octet-stream"),
    ];
    let parts: Vec<Part<'_>> =
        cases.iter().map(|(name, kind, bytes, _)| file(name, kind, bytes)).collect();
    let read = read(&Outgoing { parts: &parts, ..ordinary() });
    for ((name, _, bytes, kind), file) in cases.iter().zip(read["files"].as_array().unwrap()) {
        assert_eq!(file["name"], name.replace('"', "_"));
        assert_eq!(file["type"], *kind, "{name}");
        assert_eq!(file["size"], bytes.len(), "{name}");
        assert_eq!(file["sha256"], sha256(bytes), "{name}");
        assert!(file["twin"].as_str().unwrap().is_ascii(), "{name}");
    }
    assert_eq!(read["files"][1]["twin"], "gross.bin");
}

#[test]
fn a_clean_mail_travels_as_a_mail_and_any_other_as_a_file() {
    let clean = build(&Outgoing { html: Some("<p>a</p>"), ..ordinary() });
    let mut dirty = clean.clone();
    dirty.extend("ü\r\n".as_bytes());
    let parts =
        [file("Anfrage", "message/rfc822", &clean), file("b.eml", "Message/RFC822", &dirty)];
    let read = read(&Outgoing { html: Some("<p>b</p>"), parts: &parts, ..ordinary() });
    let files = &read["files"];
    assert_eq!(
        (&files[0]["type"], &files[0]["name"]),
        (&json!("message/rfc822"), &json!("Anfrage.eml"))
    );
    assert_eq!(files[0]["sha256"], sha256(&clean));
    assert_eq!(files[1]["type"], "application/octet-stream");
    assert_eq!(files[1]["sha256"], sha256(&dirty));
}

#[test]
fn dates_threads_and_further_fields_are_written() {
    let references: Vec<String> = (0..100).map(|n| format!("{n}@example.org")).collect();
    let unsubscribe = format!("<https://desk.example/{}>", "x".repeat(300));
    let read = read(&Outgoing {
        in_reply_to: Some("99@example.org"),
        references: &references,
        auto_submitted: Some(AutoSubmitted::Replied),
        headers: &[
            ("X-Laufzettel-Ticket", "Größe 1"),
            ("List-Unsubscribe", &unsubscribe),
            ("subject", "b"),
            ("Content-Type", "text/html"),
        ],
        ..ordinary()
    });
    assert_eq!(read["date"], "2026-11-21T19:36:52+01:00");
    assert_eq!(value(&read, "In-Reply-To"), "<99@example.org>");
    let kept: Vec<String> =
        [0].into_iter().chain(80..100).map(|n| format!("<{n}@example.org>")).collect();
    assert_eq!(value(&read, "References"), kept.join(" "));
    assert_eq!(value(&read, "Auto-Submitted"), "auto-replied");
    assert_eq!(value(&read, "X-Auto-Response-Suppress"), "All");
    assert_eq!(value(&read, "X-Laufzettel-Ticket"), "Größe 1");
    assert_eq!(value(&read, "List-Unsubscribe"), unsubscribe);
    assert_eq!(value(&read, "Subject"), "Ihre Anfrage");
}
