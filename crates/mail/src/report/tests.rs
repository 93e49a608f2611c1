use super::*;
use crate::read::read;

fn print(mail: &str) -> String {
    let bytes = mail.replace('\n', "\r\n").into_bytes();
    let Some(report) = delivery_report(&bytes, &read(&bytes)) else { return "none".into() };
    let recipients = report.recipients.iter().map(|recipient| {
        let status = recipient.status.as_deref().unwrap_or("-");
        format!("{} {} {status}", recipient.address_raw, recipient.action.as_str())
    });
    let recipients = recipients.collect::<Vec<_>>().join(", ");
    let id = report.original_message_id.unwrap_or_default();
    format!("{} {:?}: {recipients}; {id}", report.rule, report.kind)
}

const STANDARD: &str = "From: MAILER-DAEMON@mx.example.de
To: support@example.de
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary=b

--b

I'm sorry.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.de

Final-Recipient: rfc822; Ann@Example.org
Original-Recipient: rfc822;ann@example.com
Action: ACTION
Status: STATUS
Diagnostic-Code: smtp; 550 5.1.1 no
 such user

--b
Content-Type: RETURNED

Message-ID: <1@example.de>
Subject: Drucker

--b--
";

fn standard(action: &str, status: &str, returned: &str) -> String {
    print(
        &STANDARD.replace("ACTION", action).replace("STATUS", status).replace("RETURNED", returned),
    )
}

#[test]
fn a_standard_report_names_recipient_reason_and_mail() {
    assert_eq!(
        standard("failed", "5.1.1", "message/rfc822"),
        "rfc3464 Hard: ann@example.com failed 5.1.1; 1@example.de"
    );
    assert_eq!(
        standard("delayed", "4.4.1", "text/rfc822-headers"),
        "rfc3464 Delayed: ann@example.com delayed 4.4.1; 1@example.de"
    );
    assert_eq!(
        standard("failed", "5.2.2", "message/rfc822"),
        "rfc3464 Soft: ann@example.com failed 5.2.2; 1@example.de"
    );
    assert_eq!(
        standard("relayed", "2.0.0", "message/rfc822"),
        "rfc3464 Delivered: ann@example.com relayed 2.0.0; 1@example.de"
    );
}

fn plain(from: &str, subject: &str, text: &str) -> String {
    print(&format!("From: {from}\nTo: support@example.de\nSubject: {subject}\n\n{text}"))
}

#[test]
fn reports_of_other_servers_are_read_by_their_words() {
    assert_eq!(
        plain(
            "MAILER-DAEMON@mx.example",
            "failure notice",
            "Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ann@example.com>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <1@example.de>\nTo: ben@example.com\n",
        ),
        "qmail Hard: ann@example.com failed 5.1.1; 1@example.de"
    );
    assert_eq!(
        plain(
            "Mail Delivery System <Mailer-Daemon@mx.example>",
            "Mail delivery failed: returning message to sender",
            "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ann@example.com\n    SMTP error from remote mail server after RCPT TO:<ann@example.com>:\n    550 mailbox full\n",
        ),
        "exim Soft: ann@example.com failed 5.0.0; "
    );
    assert_eq!(
        plain(
            "postmaster@firma.example",
            "Unzustellbar: Drucker",
            "Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Gruppen:\n\nann@example.com\nDie eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n\nDiagnoseinformationen für Administratoren:\nben@example.com\n",
        ),
        "exchange Hard: ann@example.com failed -; "
    );
    assert_eq!(
        plain(
            "Mailer-Daemon@gmx.example",
            "Warning: message delayed",
            "Ihre Nachricht konnte noch nicht zugestellt werden an:\n  ann@example.com\n",
        ),
        "delayed Delayed: ann@example.com delayed -; "
    );
}

#[test]
fn a_mail_of_a_person_is_no_report() {
    assert_eq!(
        plain(
            "ann@example.de",
            "Drucker",
            "Die Adresse ben@example.com ist ungültig: user unknown\n"
        ),
        "none"
    );
    assert_eq!(plain("ann@example.de", "Re: Delivery", "Wann kommt das Paket?\n"), "none");
}
