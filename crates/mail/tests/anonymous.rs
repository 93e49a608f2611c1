//! A mail that was made anonymous is built as before and says nothing any more.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use mail::anonymous::anonymous;
use mail::read::{Mail, read};
use proptest::prelude::*;

const KEY: [u8; 32] = [7; 32];

/// The words of four letters or more in what people wrote.
fn words(text: &str) -> HashSet<String> {
    let runs = text.split(|c: char| !c.is_alphabetic()).filter(|run| run.chars().count() >= 4);
    runs.map(str::to_lowercase).collect()
}

/// What a mail says: subject, names, addresses, texts, names of files.
fn said(mail: &Mail) -> String {
    let mut said = vec![mail.subject.clone()];
    said.extend(mail.text.clone());
    said.extend(mail.html.as_deref().map(mail::text::text_from_html));
    said.extend(mail.from.iter().map(|from| from.raw.clone()));
    said.extend(mail.to.list.iter().chain(&mail.cc.list).map(|to| to.raw.clone()));
    // A file without a name is called so by the reader.
    let named = mail.attachments.iter().filter(|file| !file.name.starts_with("attachment"));
    said.extend(named.map(|file| file.name.clone()));
    said.join("\n")
}

fn is_hidden(name: &str, bytes: &[u8]) -> Vec<u8> {
    let hidden = anonymous(bytes, KEY);
    let (before, after) = (read(bytes), read(&hidden));
    assert_eq!(hidden.len(), bytes.len(), "{name}");
    assert_eq!(after.parts, before.parts, "{name}");
    let left: Vec<String> =
        words(&said(&before)).intersection(&words(&said(&after))).cloned().collect();
    // Subjects keep what answers begin with.
    let left: Vec<&String> = left.iter().filter(|word| *word != "antw").collect();
    assert!(left.is_empty(), "{name}: {left:?}\n{}", String::from_utf8_lossy(&hidden));
    hidden
}

const MAIL: &str = "Received: from mx.kessler-wein.example by mail.firma.example; Sat, 21 Nov 2026 09:58:00 +0100\r\n\
From: =?utf-8?Q?J=C3=BCrgen_Ke=C3=9Fler?= <juergen@kessler-wein.example>\r\n\
To: \"Service, Firma\" <service@firma.example>\r\n\
Subject: AW: Lieferadresse =?iso-8859-1?B?5G5kZXJu?= [#48213]\r\n\
Message-ID: <abcd.1234@kessler-wein.example>\r\nReferences: <abcd.1234@kessler-wein.example>\r\n\
MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"grenze42\"\r\n\r\nVorspann hier\r\n\
--grenze42\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
Guten Tag, die Stra=C3=9Fe hei=\r\n=C3=9Ft jetzt Rebenweg 17.\r\n> Ihre Nachricht\r\n\
--grenze42\r\nContent-Type: text/html; charset=windows-1252\r\nContent-Transfer-Encoding: base64\r\n\r\n\
PHAgY2xhc3M9ImdtYWlsX3F1b3RlIj5Hcv7fZSA8YSBocmVmPSJodHRwczovL2tlc3NsZXIuZXhh\r\nbXBsZS9wcmVpc2UiPlByZWlzbGlzdGU8L2E+PC9wPg==\r\n\
--grenze42\r\nContent-Type: application/pdf; name=\"Preisliste Herbst.pdf\"\r\n\
Content-Disposition: attachment; filename*=utf-8''Preisliste%20Gr%C3%BC%C3%9Fe.pdf\r\n\
Content-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQgZ2VoZWlt\r\n--grenze42--\r\nNachspann dort\r\n";

#[test]
fn a_mail_keeps_its_build_and_loses_its_words() {
    let hidden = String::from_utf8(is_hidden("sample", MAIL.as_bytes())).unwrap();
    for kept in [
        "Sat, 21 Nov 2026 09:58:00 +0100",
        "=?utf-8?Q?",
        "Subject: AW: ",
        "boundary=\"grenze42\"",
        "charset=windows-1252",
        "filename*=utf-8''",
    ] {
        assert!(hidden.contains(kept), "{kept}\n{hidden}");
    }
    for gone in [
        "essler",
        "juergen",
        "Lieferadresse",
        "48213",
        "Rebenweg",
        "Preisliste",
        "Vorspann",
        "Nachspann",
        "geheim",
    ] {
        assert!(!hidden.contains(gone), "{gone}\n{hidden}");
    }
    let mail = read(hidden.as_bytes());
    assert_eq!(mail.references.first(), mail.message_id.as_ref(), "references still fit");
    assert!(mail.html.unwrap().contains("<p class=\"gmail_quote\">"));
    assert_eq!(mail.attachments.len(), 1);
}

#[test]
fn another_key_gives_other_words() {
    let other = anonymous(MAIL.as_bytes(), [8; 32]);
    assert_ne!(other, anonymous(MAIL.as_bytes(), KEY));
    assert_eq!(anonymous(b"", KEY), b"");
}

#[test]
fn a_mail_inside_a_report_is_hidden_too() {
    let report = "From: MAILER-DAEMON@firma.example\r\nContent-Type: multipart/report; boundary=b; report-type=delivery-status\r\n\r\n\
--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mail.firma.example\r\n\r\n\
Final-Recipient: rfc822; paula@lindenau.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\
--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: mareike@firma.example\r\nSubject: Angebot\r\n\r\nVertraulich\r\n--b--\r\n";
    let hidden = String::from_utf8(is_hidden("report", report.as_bytes())).unwrap();
    assert!(hidden.contains("Action: failed\r\nStatus: 5.1.1"), "{hidden}");
    for gone in ["paula", "lindenau", "mareike", "Angebot", "Vertraulich"] {
        assert!(!hidden.contains(gone), "{gone}\n{hidden}");
    }
}

proptest! {
    #[test]
    fn whatever_words_a_mail_has_none_is_left(
        subject in "[A-Za-zäöüß]{4,12}( [A-Za-z0-9]{1,9}){0,4}",
        text in "([A-Za-zäöüßéñ]{1,14}[ ,.\r\n]{1,2}){1,40}",
        name in "[A-Za-z]{4,10}",
        key in any::<[u8; 32]>(),
    ) {
        let mail = format!(
            "From: {name} <{name}@{name}.example>\r\nSubject: {subject}\r\n\
             Content-Type: multipart/alternative; boundary=\"=_0\"\r\n\r\n--=_0\r\n\
             Content-Type: text/plain; charset=utf-8\r\n\r\n{text}\r\n--=_0\r\n\
             Content-Type: text/html; charset=utf-8\r\n\r\n<p title=\"{name}\">{text}</p>\r\n--=_0--\r\n"
        );
        let hidden = anonymous(mail.as_bytes(), key);
        let (before, after) = (read(mail.as_bytes()), read(&hidden));
        prop_assert_eq!(&after.parts, &before.parts);
        let (was, is) = (words(&said(&before)), words(&said(&after)));
        prop_assert!(was.is_disjoint(&is), "{:?}", was.intersection(&is).collect::<Vec<_>>());
    }

    #[test]
    fn any_bytes_keep_their_length_and_their_parts(
        bytes in proptest::collection::vec(any::<u8>(), 0..2_000),
    ) {
        let mail = [b"Content-Type: text/plain\r\n\r\n".as_slice(), &bytes].concat();
        let hidden = anonymous(&mail, KEY);
        prop_assert_eq!(hidden.len(), mail.len());
        prop_assert_eq!(read(&hidden).parts, read(&mail).parts);
        prop_assert_eq!(anonymous(&bytes, KEY).len(), bytes.len());
    }
}

fn corpora() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    let folder = std::env::var_os("LAUFZETTEL_CORPORA").map_or(beside, PathBuf::from);
    let is_optional = std::env::var("LAUFZETTEL_CORPORA_OPTIONAL").is_ok_and(|value| value == "1");
    assert!(folder.is_dir() || is_optional, "{} does not exist", folder.display());
    folder.is_dir().then_some(folder)
}

#[test]
fn mails_of_the_world_keep_their_parts() {
    let Some(folder) = corpora() else { return };
    let mut count = 0;
    let mut changed = Vec::new();
    for corpus in std::fs::read_dir(folder).unwrap() {
        let Ok(mails) = std::fs::read_dir(corpus.unwrap().path().join("mails")) else { continue };
        for entry in mails {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let hidden = anonymous(&bytes, KEY);
            assert_eq!(hidden.len(), bytes.len(), "{}", path.display());
            let (before, after) = (read(&bytes).parts, read(&hidden).parts);
            // Its type runs into the name of the file, and names are hidden.
            let is_named = path.ends_with("0034-mime-bad-content-type.eml");
            if after != before && !is_named {
                let odd = before.iter().zip(&after).find(|(was, is)| was != is);
                changed.push(format!("{} {odd:?}", path.display()));
            }
            count += 1;
        }
    }
    assert!(count > 100, "only {count} mails were found");
    assert!(changed.is_empty(), "{} of {count}: {changed:#?}", changed.len());
}
