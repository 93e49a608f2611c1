//! What is in a mail, and how it is shown.

use serde_json::json;

use crate::world::World;

testkit::on_both_engines!(
    files_come_with_their_message_and_go_out_safely,
    remote_pictures_are_not_loaded_and_scripts_are_gone,
    quotes_fold_and_nothing_is_deleted,
    all_recipients_are_kept,
    where_a_ticket_comes_from_is_kept,
    a_sender_becomes_a_contact_once,
    a_contact_is_known_by_each_of_his_addresses,
    equal_names_are_counted_and_signatures_are_no_files,
    odd_mails_become_tickets_and_say_what_is_odd,
    a_date_that_cannot_be_right_is_said_to_be_so,
    bytes_that_look_like_a_mark_leave_sender_and_text_readable,
);

const WITH_FILES: &str = "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Fotos\n\
    Message-ID: <f@kunde.example>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=m\n\n\
    --m\nContent-Type: multipart/related; boundary=r\n\n\
    --r\nContent-Type: text/html; charset=utf-8\n\n<p>Sehen Sie: <img src=\"cid:bild\"></p>\n\n\
    --r\nContent-Type: image/png; name=bild.png\nContent-ID: <bild>\nContent-Disposition: inline\n\
    Content-Transfer-Encoding: base64\n\niVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==\n\n--r--\n\n\
    --m\nContent-Type: application/pdf; name=\"../../plan.pdf\"\nContent-Disposition: attachment; filename=\"../../plan.pdf\"\n\
    Content-Transfer-Encoding: base64\n\nJVBERi0xLjQKJSVFT0YK\n\n\
    --m\nContent-Type: text/html; name=böse.html\nContent-Disposition: attachment; filename*=UTF-8''b%C3%B6se.html\n\n\
    <script>alert(1)</script>\n\n--m--\n";

fn links(page: &str, begin: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for part in page.split(begin).skip(1) {
        let id: String = part.chars().take_while(char::is_ascii_digit).collect();
        let link = format!("{begin}{id}");
        if !found.contains(&link) {
            found.push(link);
        }
    }
    found
}

/// Proves F-MAIL-33, F-FLD-07.
async fn files_come_with_their_message_and_go_out_safely(world: World) {
    world.mailbox("hilfe", "support").await;
    let number = world.mail("hilfe", WITH_FILES).await.ticket.unwrap();
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{number}")).await;
    assert!(page.words().contains("plan.pdf"), "{}", page.words());
    assert!(!page.words().contains(".."), "{}", page.words());
    let files = links(&page.text(), "/attachments/");
    assert_eq!(files.len(), 2, "the picture stands in the text: {files:?}");
    let pdf = ben.get(&files[0]).await;
    assert_eq!(pdf.bytes, b"%PDF-1.4\n%%EOF\n");
    assert!(pdf.header("content-disposition").starts_with("attachment"), "{:?}", pdf.headers);
    assert_eq!(pdf.header("x-content-type-options"), "nosniff");
    let html = ben.get(&format!("{}/view", files[1])).await;
    assert!(html.header("content-disposition").starts_with("attachment"), "{:?}", html.headers);
    assert!(!html.header("content-type").contains("html"), "{:?}", html.headers);
    let zip = ben.get(&format!("/tickets/{number}/attachments.zip")).await;
    assert_eq!(
        (zip.header("content-type"), &zip.bytes[..2]),
        ("application/zip", b"PK".as_slice())
    );
    let frame = links(&page.text(), "/messages/");
    let body = ben.get(&format!("{}/body/0", frame[0])).await;
    let picture = links(&body.text(), "/attachments/");
    let shown = ben.get(&format!("{}/view", picture[0])).await;
    assert_eq!(
        (shown.header("content-type"), &shown.bytes[1..4]),
        ("image/png", b"PNG".as_slice())
    );
    let original = ben.get(&format!("{}/original", frame[0])).await;
    assert_eq!(original.bytes, crate::world::mails::crlf(WITH_FILES).into_bytes());
}

/// Proves F-ACT-13.
async fn remote_pictures_are_not_loaded_and_scripts_are_gone(world: World) {
    world.mailbox("hilfe", "support").await;
    let text = "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: Angebot\n\
        Message-ID: <h@kunde.example>\nContent-Type: text/html; charset=utf-8\n\n\
        <p onclick=\"alert(1)\">Guten Tag<img src=\"https://spion.example/x.png\"><script>alert(1)</script></p>\n";
    let number = world.mail("hilfe", text).await.ticket.unwrap();
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{number}")).await.text();
    assert!(
        page.contains("sandbox=\"allow-same-origin allow-popups allow-popups-to-escape-sandbox\"")
    );
    let frame = links(&page, "/messages/");
    let body = ben.get(&format!("{}/body/0", frame[0])).await;
    let html = body.text();
    assert!(html.contains("Guten Tag"), "{html}");
    assert!(!html.contains("script") && !html.contains("onclick"), "{html}");
    assert!(!html.contains(" src=\"https://spion"), "{html}");
    let policy = body.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; img-src 'self'"), "{policy}");
    assert!(policy.contains("sandbox allow-same-origin"), "{policy}");
}

/// Proves F-ACT-18.
async fn quotes_fold_and_nothing_is_deleted(world: World) {
    world.mailbox("hilfe", "support").await;
    let text = "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example\nSubject: AW: Regal\nMessage-ID: <q@kunde.example>\n\n\
        Ja, genau.\n\nMit freundlichen Grüßen\nAnn Hansen\nEinkauf\n\n\
        Am 20.11.2026 um 09:12 schrieb Hilfe <hilfe@firma.example>:\n> Meinen Sie das Regal\n> im Keller?\n";
    let number = world.mail("hilfe", text).await.ticket.unwrap();
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{number}")).await;
    let words = page.words();
    assert!(words.contains("Zitierter Text, 3 Zeilen"), "{words}");
    for part in ["Ja, genau.", "Ann Hansen Einkauf", "im Keller?"] {
        assert!(words.contains(part), "{part}: {words}");
    }
    let paper = ben.get(&format!("/tickets/{number}/print")).await.words();
    assert!(paper.contains("im Keller?"), "{paper}");
}

/// Proves F-MAIL-34.
async fn all_recipients_are_kept(world: World) {
    world.mailbox("hilfe", "support").await;
    let text = "From: Ann <ann@kunde.example>\nTo: hilfe@firma.example, Dora <dora@kunde.example>\n\
        Cc: =?utf-8?q?J=C3=B6rg_Wei=C3=9F?= <joerg@kunde.example>\nSubject: Alle\nMessage-ID: <t@kunde.example>\n\nHallo.\n";
    let number = world.mail("hilfe", text).await.ticket.unwrap();
    let page = world.agent("Ben").await.get(&format!("/tickets/{number}")).await.words();
    assert!(page.contains("an hilfe@firma.example, Dora, Jörg Weiß"), "{page}");
}

/// Proves F-MAIL-33.
async fn equal_names_are_counted_and_signatures_are_no_files(world: World) {
    world.mailbox("hilfe", "support").await;
    let file = |name: &str| {
        format!(
            "--a\nContent-Type: application/pdf\nContent-Disposition: attachment; filename=\"{name}\"\n\
             Content-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n"
        )
    };
    let files = [file("scan.pdf"), file("scan.pdf"), file("a/../../b:c?.pdf")].concat();
    let text = format!(
        "From: ann@kunde.example\nSubject: Unterschrieben\nMessage-ID: <s@kunde.example>\nContent-Type: \
         multipart/mixed; boundary=a\n\n--a\nContent-Type: text/plain\n\nHallo.\n{files}--a\nContent-Type: \
         application/pkcs7-signature; name=smime.p7s\nContent-Disposition: attachment; \
         filename=smime.p7s\nContent-Transfer-Encoding: base64\n\nMIIB\n--a--\n"
    );
    let number = world.mail("hilfe", &text).await.ticket.unwrap();
    let page = world.agent("Ben").await.get(&format!("/tickets/{number}")).await;
    let words = page.words();
    assert_eq!(links(&page.text(), "/attachments/").len(), 3, "{words}");
    assert!(words.contains("scan.pdf") && words.contains("scan (2).pdf"), "{words}");
    assert!(
        !words.contains("smime") && !words.contains("..") && !words.contains("b:c?"),
        "{words}"
    );
}

/// Proves F-FLD-31, but for the page of customers, which is not there yet.
async fn where_a_ticket_comes_from_is_kept(world: World) {
    world.mailbox("hilfe", "support").await;
    let erp = crate::api::administrator(&world).await;
    let text = "From: Ann <ann@kunde.example>\nReply-To: buero@kunde.example\n\
        To: hilfe@firma.example\nSubject: Herkunft\nDate: Mon, 2 Nov 2026 08:15:00 +0100\n\
        References: <davor@kunde.example>\nMessage-ID: <h@kunde.example>\n\nText.\n";
    let number = world.mail("hilfe", text).await.ticket.unwrap();
    assert_eq!(erp.get(&format!("/tickets/{number}")).await.done()["channel"], "mail");
    let messages = erp.get(&format!("/tickets/{number}/messages")).await.done();
    let message = &messages["items"][0];
    assert_eq!(message["from"]["email"], "ann@kunde.example");
    let mail = message["mail_id"].as_str().unwrap();
    let kept = erp.get(&format!("/mails/{mail}")).await.done();
    let said = [&kept["mailbox"], &kept["message_id"], &kept["from"]["email"]];
    assert_eq!(said, ["hilfe", "h@kunde.example", "ann@kunde.example"]);
    let raw = erp.get(&format!("/mails/{mail}/raw")).await;
    let raw = String::from_utf8(raw.bytes).unwrap();
    for line in ["Date: Mon, 2 Nov 2026", "Reply-To: buero@", "References: <davor@kunde.example>"] {
        assert!(raw.contains(line), "{raw}");
    }
    let call =
        json!({ "subject": "Anruf", "body_text": "Bitte.", "area": "support", "channel": "phone" });
    let made = erp.post("/tickets", call).await.done();
    let made = erp.get(&format!("/tickets/{}", made["number"].as_str().unwrap())).await.done();
    assert_eq!((&made["channel"], &made["creator"].is_null()), (&json!("phone"), &false));
}

/// Proves F-MAIL-29, F-FLD-15.
async fn a_contact_is_known_by_each_of_his_addresses(world: World) {
    world.mailbox("hilfe", "support").await;
    let ann = world.administrator("Anna").await;
    let erp = crate::api::program(&world, ann.agent, &laufzettel::record::actor::Scope::ALL).await;
    let company = erp.post("/companies", json!({ "name": "Kunde KG" })).await.done();
    let addresses = ["ann@kunde.example", "ann.privat@post.example"];
    let person = json!({ "name": "Ann Hansen", "addresses": addresses, "company": company["id"] });
    erp.post("/contacts", person).await.done();
    let text =
        "From: A. H. <ann.privat@post.example>\nSubject: Von daheim\nMessage-ID: <d@p>\n\nHallo.\n";
    let number = world.mail("hilfe", text).await.ticket.unwrap();
    let ticket = erp.get(&format!("/tickets/{number}")).await.done();
    assert_eq!(ticket["contact"]["name"], "Ann Hansen");
    assert_eq!(ticket["company"]["name"], "Kunde KG");
    assert_eq!(ticket["requester"]["email"], "ann.privat@post.example");
}

/// Proves F-MAIL-29, F-FLD-15.
async fn a_sender_becomes_a_contact_once(world: World) {
    world.mailbox("hilfe", "support").await;
    let mail = |id: &str, name: &str| {
        format!(
            "From: {name} <ANN@Kunde.example>\nTo: hilfe@firma.example\nSubject: {id}\nMessage-ID: <{id}@k>\n\nText {id}.\n"
        )
    };
    let first = world.mail("hilfe", &mail("Erstes", "Ann Hansen")).await.ticket.unwrap();
    let second = world.mail("hilfe", &mail("Zweites", "A. Hansen")).await.ticket.unwrap();
    let ben = world.agent("Ben").await;
    let page = ben.get(&format!("/tickets/{second}")).await.words();
    assert!(page.contains("Ann Hansen"), "the record's name counts: {page}");
    assert!(page.contains("Andere Tickets 1 offen"), "{page}");
    assert!(page.contains("Erstes"), "{first}: {page}");
}

/// Proves F-MAIL-35, F-FLD-05.
async fn odd_mails_become_tickets_and_say_what_is_odd(world: World) {
    world.mailbox("hilfe", "support").await;
    let ben = world.agent("Ben").await;
    let odd: [(&str, Vec<u8>); 9] = [
        ("empty", Vec::new()),
        ("no mail at all", b"\x00\x01\xff\xfe just bytes \x00".to_vec()),
        ("no from", b"Subject: Wer bin ich\r\n\r\nText.\r\n".to_vec()),
        ("no subject", b"From: ann@kunde.example\r\n\r\nText ohne Betreff.\r\n".to_vec()),
        ("1970", b"From: ann@kunde.example\r\nSubject: Alt\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\nAlt.\r\n".to_vec()),
        ("2106", b"From: ann@kunde.example\r\nSubject: Neu\r\nDate: Sun, 7 Feb 2106 06:28:15 +0000\r\n\r\nNeu.\r\n".to_vec()),
        ("NUL", b"From: ann@kunde.example\r\nSubject: Nu\x00ll\r\n\r\nTe\x00xt.\r\n".to_vec()),
        ("long subject", [b"From: ann@kunde.example\r\nSubject: ".as_slice(), &b"lang ".repeat(200_000), b"\r\n\r\nText.\r\n"].concat()),
        ("many recipients", [b"From: ann@kunde.example\r\nSubject: Viele\r\nTo: ".as_slice(), &b"a@b.example, ".repeat(100_000), b"c@d.example\r\n\r\nText.\r\n"].concat()),
    ];
    for (name, bytes) in odd {
        let outcome = world.receives("hilfe", &bytes).await;
        assert_eq!(outcome.outcome, "new_ticket", "{name}");
        let page = ben.get(&format!("/tickets/{}", outcome.ticket.unwrap())).await;
        assert_eq!(page.status, 200, "{name}");
        assert_ne!(outcome.oddities.to_string(), "[]", "{name}");
    }
    let inbox = ben.get("/inbox").await;
    assert!(inbox.words().contains("Text ohne Betreff."), "{}", inbox.words());
}

async fn a_date_that_cannot_be_right_is_said_to_be_so(world: World) {
    world.mailbox("hilfe", "support").await;
    let dates = [
        ("Mon, 1 Jan 0001 00:00:00 +0000", true),
        ("Mon, 1 Jan 1900 00:00:00 +0000", true),
        ("Thu, 1 Jan 1970 00:00:00 +0000", true),
        ("Sun, 7 Feb 2106 06:28:15 +0000", true),
        ("Fri, 31 Dec 9999 23:59:59 +0000", true),
        ("Sat, 7 Nov 2026 10:00:00 +0100", true),
        ("Sat, 21 Nov 2026 11:00:00 +0100", false),
        ("Fri, 20 Nov 2026 10:00:00 +0100", false),
    ];
    for (date, is_odd) in dates {
        let text = format!(
            "From: ann@kunde.example\nSubject: Hallo\nDate: {date}\nMessage-ID: <{date}@k>\n\nText {date}.\n"
        );
        let outcome = world.mail("hilfe", &text).await;
        let odd = outcome.oddities.to_string();
        assert_eq!(odd.contains(&format!("\"implausible_date: {date}\"")), is_odd, "{odd}");
    }
}

async fn bytes_that_look_like_a_mark_leave_sender_and_text_readable(world: World) {
    world.mailbox("hilfe", "support").await;
    let bytes = b"From: \xff\xfe <ann@kunde.example>\r\nSubject: \xfe\xffHallo\r\n\
        Content-Type: text/plain; charset=utf-8\r\n\r\n\xff\xfeGuten Tag, das ist ein Text.\r\n";
    let number = world.receives("hilfe", bytes).await.ticket.unwrap();
    let page = world.agent("Ben").await.get(&format!("/tickets/{number}")).await.words();
    for part in ["ann@kunde.example", "Hallo", "Guten Tag, das ist ein Text."] {
        assert!(page.contains(part), "{part}: {page}");
    }
}
