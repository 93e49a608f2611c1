//! What kind of mail it is: from a person, or from a program, and from which.
//!
//! The class is data with its evidence; what is done with a mail of a class is decided elsewhere.

mod words;

use words::{ANSWER_SUBJECTS, AWAY_SUBJECTS, AWAY_WORDS};

use crate::read::{Mail, ReturnPath, part};
use crate::report::{DeliveryReport, ReportKind, delivery_report};

/// The kinds of mail. Only [`MailClass::Person`] may get an automatic answer (RFC 3834).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MailClass {
    /// Nothing says that a program sent it.
    Person,
    /// A mail of ours was given up for a reason that stays.
    BounceHard,
    /// A mail of ours was given up for a reason that may pass.
    BounceSoft,
    /// A mail of ours is late, or arrived as was asked to be told.
    Delayed,
    /// The recipient is away.
    OutOfOffice,
    /// An acknowledgement or a notice of another program.
    AutoReply,
    /// A mailing list.
    List,
    /// A newsletter or another mail to many.
    Newsletter,
    /// An answer to an invitation (RFC 6047).
    CalendarReply,
    /// A read receipt (RFC 8098).
    ReadReceipt,
    /// A complaint about a mail of ours (RFC 5965).
    AbuseReport,
}

impl MailClass {
    /// The stable name, in snake case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::BounceHard => "bounce_hard",
            Self::BounceSoft => "bounce_soft",
            Self::Delayed => "delayed",
            Self::OutOfOffice => "out_of_office",
            Self::AutoReply => "auto_reply",
            Self::List => "list",
            Self::Newsletter => "newsletter",
            Self::CalendarReply => "calendar_reply",
            Self::ReadReceipt => "read_receipt",
            Self::AbuseReport => "abuse_report",
        }
    }
}

/// The class of a mail and what it was told by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classified {
    /// The class.
    pub class: MailClass,
    /// What speaks for it: `Auto-Submitted: auto-replied`, `Subject: Abwesenheitsnotiz …`.
    pub evidence: Vec<String>,
    /// The delivery report, if the mail is one.
    pub report: Option<DeliveryReport>,
}

/// Tells what kind of mail it is.
pub fn classify(bytes: &[u8], mail: &Mail) -> Classified {
    if let Some(report) = delivery_report(bytes, mail) {
        let class = match report.kind {
            ReportKind::Hard => MailClass::BounceHard,
            ReportKind::Soft => MailClass::BounceSoft,
            ReportKind::Delayed | ReportKind::Delivered => MailClass::Delayed,
        };
        let evidence = vec![format!("Report: {}", report.rule)];
        return Classified { class, evidence, report: Some(report) };
    }
    let (class, evidence) = by_parts(bytes, mail)
        .or_else(|| by_answer(mail))
        .or_else(|| by_header(mail))
        .unwrap_or((MailClass::Person, Vec::new()));
    Classified { class, evidence, report: None }
}

/// Whether nobody reads what is sent to this address: never answer it automatically.
pub fn is_unattended(local_part: &str) -> bool {
    let name = local_part.to_ascii_lowercase().replace(['-', '_', '.'], "");
    let exact = [
        "mailerdaemon",
        "postmaster",
        "bounce",
        "bounces",
        "mailer",
        "daemon",
        "majordomo",
        "listserv",
    ];
    let starts = [
        "noreply",
        "donotreply",
        "neantworten",
        "nichtantworten",
        "bittenichtantworten",
        "keineantwort",
        "nepasrepondre",
        "noresponder",
        "bounce+",
        "bounces+",
    ];
    exact.contains(&name.as_str())
        || starts.iter().any(|start| name.starts_with(start))
        || name.ends_with("noreply")
}

type Found = (MailClass, Vec<String>);

/// Classes that a part shows.
fn by_parts(bytes: &[u8], mail: &Mail) -> Option<Found> {
    let has = |media_type: &str| {
        let is_part = mail.parts.iter().any(|part| part.media_type == media_type);
        is_part.then(|| vec![format!("Content-Type: {media_type}")])
    };
    if let Some(evidence) = has("message/feedback-report") {
        return Some((MailClass::AbuseReport, evidence));
    }
    let receipt = has("message/disposition-notification")
        .or_else(|| has("message/global-disposition-notification"));
    if let Some(evidence) = receipt {
        return Some((MailClass::ReadReceipt, evidence));
    }
    let calendars = mail
        .parts
        .iter()
        .filter(|part| matches!(part.media_type.as_str(), "text/calendar" | "application/ics"));
    for calendar in calendars.take(5) {
        let content = part(bytes, &calendar.path)?;
        let head =
            String::from_utf8_lossy(content.get(..20_000).unwrap_or(&content)).to_ascii_uppercase();
        let method =
            ["METHOD:REPLY", "METHOD:COUNTER"].into_iter().find(|method| head.contains(method));
        if let Some(method) = method {
            return Some((MailClass::CalendarReply, vec![method.to_string()]));
        }
    }
    None
}

/// Automatic answers: away, or acknowledgements.
fn by_answer(mail: &Mail) -> Option<Found> {
    let mut evidence = Vec::new();
    let mut note = |name: &str, is_automatic: fn(&str) -> bool| {
        let value = mail.header(name).map(|value| value.trim().to_ascii_lowercase());
        if let Some(value) = value.filter(|value| is_automatic(value)) {
            evidence.push(format!("{name}: {}", value.chars().take(80).collect::<String>()));
        }
    };
    note("Auto-Submitted", |value| !value.starts_with("no"));
    note("X-Autoreply", |value| value != "no");
    note("X-Autorespond", |_| true);
    note("X-Auto-Reply-From", |_| true);
    note("X-Mail-Autoreply", |_| true);
    note("X-AutoReply-From", |_| true);
    note("X-FC-Machinegenerated", |_| true);
    note("Delivered-To", |value| value.starts_with("autoresponder"));
    note("Precedence", |value| matches!(value, "auto_reply" | "auto-reply"));
    let subject = mail.subject.to_lowercase();
    let bare = without_reply_marks(&subject);
    if let Some(words) = AWAY_SUBJECTS.iter().find(|words| bare.starts_with(**words)) {
        evidence.push(format!("Subject: {words}"));
        return Some((MailClass::OutOfOffice, evidence));
    }
    if evidence.is_empty() {
        let words = ANSWER_SUBJECTS.iter().find(|words| bare.starts_with(**words))?;
        // A subject alone may be quoted by a person; a null return path makes it certain.
        if mail.return_path != ReturnPath::Null {
            return None;
        }
        return Some((
            MailClass::AutoReply,
            vec![format!("Subject: {words}"), "Return-Path: <>".into()],
        ));
    }
    // A list that is marked as automatic is still a list.
    if mail.header("List-Id").is_some() {
        return None;
    }
    let text = mail.text.as_deref().or(mail.html.as_deref()).unwrap_or_default();
    let text: String = text.chars().take(3_000).collect::<String>().to_lowercase();
    let away = AWAY_WORDS.iter().find(|words| subject.contains(**words) || text.contains(**words));
    let is_reply = evidence.iter().any(|clue| !clue.contains("auto-generated"));
    match away.filter(|_| is_reply) {
        Some(words) => {
            evidence.push(format!("Text: {words}"));
            Some((MailClass::OutOfOffice, evidence))
        }
        None => Some((MailClass::AutoReply, evidence)),
    }
}

/// Lists and newsletters.
fn by_header(mail: &Mail) -> Option<Found> {
    let named = |names: &[&str]| {
        let found = names.iter().find_map(|name| Some((*name, mail.header(name)?)));
        found.map(|(name, value)| {
            vec![format!("{name}: {}", value.chars().take(80).collect::<String>())]
        })
    };
    let precedence = mail.header("Precedence").unwrap_or_default().trim().to_ascii_lowercase();
    let has_unsubscribe = mail.header("List-Unsubscribe").is_some();
    if let Some(evidence) =
        named(&["List-Post", "Mailing-List", "X-Mailman-Version", "X-Mailing-List"])
    {
        return Some((MailClass::List, evidence));
    }
    if precedence == "list" {
        return Some((MailClass::List, vec!["Precedence: list".into()]));
    }
    // Newsletters have a list id as well, but nobody can write to them.
    if has_unsubscribe || matches!(precedence.as_str(), "bulk" | "junk") {
        let evidence = named(&["List-Unsubscribe", "Precedence"]).unwrap_or_default();
        return Some((MailClass::Newsletter, evidence));
    }
    named(&["List-Id"]).map(|evidence| (MailClass::List, evidence)).or_else(|| {
        named(&["Feedback-ID", "X-Campaign", "X-CampaignId", "X-Mailer-RecptId"])
            .map(|evidence| (MailClass::Newsletter, evidence))
    })
}

/// The subject behind marks like `Re:` and `AW:`.
fn without_reply_marks(subject: &str) -> &str {
    let mut rest = subject.trim();
    while let Some(tail) =
        ["re:", "aw:", "antw:", "sv:", "antwort:"].iter().find_map(|mark| rest.strip_prefix(mark))
    {
        rest = tail.trim_start();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    #[track_caller]
    fn is(header: &str, text: &str, class: MailClass, evidence: &[&str]) {
        let mail = format!("From: ann@example.org\nTo: support@example.de\n{header}\n\n{text}\n");
        let bytes = mail.replace('\n', "\r\n").into_bytes();
        let found = classify(&bytes, &read(&bytes));
        assert_eq!(
            (found.class, found.evidence),
            (class, evidence.iter().map(|e| e.to_string()).collect()),
            "{header}"
        );
    }

    #[test]
    fn a_person_gives_no_evidence() {
        is("Subject: Drucker", "Ich bin im Urlaub.", MailClass::Person, &[]);
        is("Subject: Drucker\nAuto-Submitted: no", "x", MailClass::Person, &[]);
        is("Subject: Re: Delivery", "x", MailClass::Person, &[]);
    }

    #[test]
    fn people_who_are_away_are_told_by_subject_or_by_header_and_text() {
        is(
            "Subject: Abwesenheitsnotiz: Drucker",
            "x",
            MailClass::OutOfOffice,
            &["Subject: abwesenheitsnotiz"],
        );
        is(
            "Subject: Automatische Antwort: Drucker",
            "x",
            MailClass::OutOfOffice,
            &["Subject: automatische antwort"],
        );
        is(
            "Subject: =?utf-8?Q?R=C3=A9ponse_automatique?=",
            "x",
            MailClass::OutOfOffice,
            &["Subject: réponse automatique"],
        );
        is(
            "Subject: Automatisch antwoord: x",
            "x",
            MailClass::OutOfOffice,
            &["Subject: automatisch antwoord"],
        );
        is("Subject: Re: Out of Office", "x", MailClass::OutOfOffice, &["Subject: out of office"]);
        is(
            "Subject: Re: Drucker\nAuto-Submitted: auto-replied (vacation)",
            "Ich bin bis 3.2. im Urlaub.",
            MailClass::OutOfOffice,
            &["Auto-Submitted: auto-replied (vacation)", "Text: im urlaub"],
        );
    }

    #[test]
    fn acknowledgements_are_automatic_answers() {
        is(
            "Subject: [#1] Drucker\nAuto-Submitted: auto-generated",
            "Ihr Urlaub",
            MailClass::AutoReply,
            &["Auto-Submitted: auto-generated"],
        );
        is(
            "Subject: Drucker\nX-Autoreply: yes",
            "Danke",
            MailClass::AutoReply,
            &["X-Autoreply: yes"],
        );
        is(
            "Return-Path: <>\nSubject: Eingangsbestätigung",
            "x",
            MailClass::AutoReply,
            &["Subject: eingangsbestätigung", "Return-Path: <>"],
        );
    }

    #[test]
    fn lists_and_newsletters_are_told_apart() {
        is(
            "List-Id: <a.example.de>\nList-Post: <mailto:a@example.de>",
            "x",
            MailClass::List,
            &["List-Post: <mailto:a@example.de>"],
        );
        is("Precedence: list", "x", MailClass::List, &["Precedence: list"]);
        is(
            "List-Unsubscribe: <https://example.de>",
            "x",
            MailClass::Newsletter,
            &["List-Unsubscribe: <https://example.de>"],
        );
        is("Precedence: bulk", "x", MailClass::Newsletter, &["Precedence: bulk"]);
    }

    #[test]
    fn reports_receipts_and_answers_to_invitations_are_told_by_their_parts() {
        let report = |kind: &str, part: &str, content: &str| {
            (
                format!("Subject: x\nContent-Type: multipart/{kind}; boundary=b"),
                format!("--b\n\ntext\n--b\nContent-Type: {part}\n\n{content}\n--b--"),
            )
        };
        let (header, text) =
            report("report", "message/disposition-notification", "Final-Recipient: rfc822;a@b.de");
        is(
            &header,
            &text,
            MailClass::ReadReceipt,
            &["Content-Type: message/disposition-notification"],
        );
        let (header, text) = report("report", "message/feedback-report", "Feedback-Type: abuse");
        is(&header, &text, MailClass::AbuseReport, &["Content-Type: message/feedback-report"]);
        let (header, text) =
            report("alternative", "text/calendar; method=REPLY", "BEGIN:VCALENDAR\nMETHOD:REPLY");
        is(&header, &text, MailClass::CalendarReply, &["METHOD:REPLY"]);
        let (header, text) = report(
            "report",
            "message/delivery-status",
            "Final-Recipient: rfc822;a@b.de\nAction: failed\nStatus: 5.1.1",
        );
        is(&header, &text, MailClass::BounceHard, &["Report: rfc3464"]);
    }

    #[test]
    fn addresses_that_nobody_reads_are_known() {
        for name in
            ["noreply", "No-Reply", "do-not-reply", "MAILER-DAEMON", "bounces+1", "shop.noreply"]
        {
            assert!(is_unattended(name), "{name}");
        }
        for name in ["ann", "norbert", "info"] {
            assert!(!is_unattended(name), "{name}");
        }
    }
}
