//! Reports that follow no standard, by what servers write in them.

use values::EmailAddress;

use crate::read::{Mail, ReturnPath};
use crate::report::words::{addresses, shortened, status_code};
use crate::report::{RECIPIENTS_MAX, ReportAction, ReportedRecipient};

/// How a kind of server words its reports.
struct Rule {
    name: &'static str,
    /// A line that contains one of these stands before the addresses, or has one itself.
    phrases: &'static [&'static str],
    action: ReportAction,
}

const fn failed(name: &'static str, phrases: &'static [&'static str]) -> Rule {
    Rule { name, phrases, action: ReportAction::Failed }
}

const fn delayed(name: &'static str, phrases: &'static [&'static str]) -> Rule {
    Rule { name, phrases, action: ReportAction::Delayed }
}

/// Delays first: their texts often contain the words of a failure.
const RULES: &[Rule] = &[
    delayed(
        "delayed",
        &[
            "the following addresses had transient non-fatal errors",
            "has not yet been delivered",
            "message will be retried",
            "your message has been delayed",
            "delivery to the following recipients has been delayed",
            "delivery to the following recipient has been delayed",
            "this is a warning message only",
            "this is an advisory-only",
            "konnte noch nicht zugestellt werden",
            "wird weiterhin versucht",
            "message you sent has been delayed",
            "has been temporarily delayed",
        ],
    ),
    failed(
        "qmail",
        &[
            "i wasn't able to deliver your message",
            "this is the qmail-send program",
            "i'm afraid i wasn't able",
        ],
    ),
    failed(
        "exim",
        &[
            "could not be delivered to one or more of its recipients",
            "the following address(es) failed",
            "following address(es) failed:",
            "could not be delivered to all of its recipients",
        ],
    ),
    failed(
        "postfix",
        &[
            "could not be delivered to one or more recipients",
            "i'm sorry to have to inform you that your message",
        ],
    ),
    failed(
        "sendmail",
        &[
            "the following addresses had permanent",
            "the following addresses had delivery",
            "----- the following addresses",
            "----- transcript of session follows",
            "the following addresses failed",
        ],
    ),
    failed(
        "gmail",
        &[
            "delivery to the following recipient failed",
            "delivery to the following recipients failed",
            "your message wasn't delivered to",
            "ihre nachricht wurde nicht an",
            "ihre nachricht konnte nicht an",
        ],
    ),
    failed(
        "exchange",
        &[
            "did not reach some or all of the intended recipients",
            "the following recipient(s) could not be reached",
            "the following recipient(s) cannot be reached",
            "delivery has failed to these recipients",
            "fehler bei der nachrichtenzustellung",
            "fehler bei der zustellung an",
            "hat einige oder alle empfänger nicht erreicht",
            "folgende(r) empfänger kann nicht erreicht werden",
            "folgende empfänger konnten nicht erreicht",
            "konnte nicht an die folgenden empfänger",
            "couldn't be delivered",
            "could not be delivered to:",
        ],
    ),
    failed(
        "german_provider",
        &[
            "eine von ihnen verschickte",
            "ihre e-mail konnte nicht",
            "ihre nachricht konnte nicht",
            "konnte nicht zugestellt werden",
            "die folgende adresse",
            "die folgenden adressen",
            "folgende adresse",
            "nicht zustellbar",
            "unzustellbar",
        ],
    ),
    failed(
        "other",
        &[
            "following addresses were not reachable",
            "undeliverable to",
            "undelivered mail",
            "failed addresses follow",
            "failed recipient",
            "unknown user",
            "user unknown",
            "no such user",
            "invalid recipient",
            "not known at this site",
            "unable to deliver",
            "could not be delivered",
            "cannot be delivered",
            "was not delivered to",
            "undeliverable",
            "delivery failed",
            "delivery failure",
            "not listed in",
            "mailbox unavailable",
            "user not found",
            "does not exist",
            "returned to sender",
            "message not delivered",
            "delivery status notification",
            "delivery notification",
            "recipient unknown",
            "unroutable address",
            "invalid address",
            "addressee unknown",
            "did not reach the following recipient",
            "we were not able to deliver",
            "did not receive a copy",
            "invalid final delivery",
            "no mailbox here",
            "error-for:",
            "delivery problems",
            "automatically rejected",
            "permanent fatal delivery",
            "did not exactly match",
            "exceeding their quota",
            "non reachable",
            "undelivered",
            "returned mail",
            "unknown local",
            "cannot send",
        ],
    ),
];

/// Behind these lines the returned mail begins: its addresses are not those that failed.
const RETURNED: &[&str] = &[
    "below this line is a copy",
    "this is a copy of the message",
    "original message follows",
    "unsent message below",
    "message header follows",
    "returned message follows",
    "original message -----",
    "text of your message",
    "----- original message",
    "body of message generated",
    "header of the original",
    "ursprüngliche nachricht",
    "original headers",
    "message headers follow",
    "received: from",
    "--- the original",
    "--- below",
    "the first 50 lines",
    "your original message",
    "return-path: <",
    "mail transcript follows",
    "kopie ihrer",
    "kopie der nachricht",
    "weitere informationen für",
    "diagnoseinformationen für",
    "diagnostic information for admin",
    "reporting-mta:",
    "following locator information",
];

/// The rule that fits and the recipients it finds in a mail that looks like a report.
pub(super) fn recipients(
    mail: &Mail,
    text: &str,
) -> Option<(&'static str, Vec<ReportedRecipient>)> {
    let body = text.to_lowercase();
    let body = body.get(..returned_at(&body)).unwrap_or(&body);
    let rule = RULES.iter().find(|rule| rule.phrases.iter().any(|phrase| body.contains(phrase)));
    let subject = mail.subject.to_lowercase();
    let is_late =
        ["delay", "warning", "verzögert", "verspätet"].iter().any(|word| subject.contains(word));
    let failed = mail.header("x-failed-recipients").map(addresses).unwrap_or_default();
    if !failed.is_empty() {
        let action = match rule {
            Some(rule) if rule.action == ReportAction::Delayed => ReportAction::Delayed,
            _ => ReportAction::Failed,
        };
        let found = failed.into_iter().map(|address| described(address, action, body));
        return Some(("x_failed_recipients", found.collect()));
    }
    let Some(rule) = rule else {
        let listed = listed_addresses(body);
        let found = listed.into_iter().map(|one| described(one, ReportAction::Failed, body));
        return Some(("listed", found.collect()))
            .filter(|(_, found): &(_, Vec<_>)| !found.is_empty());
    };
    let action = if is_late { ReportAction::Delayed } else { rule.action };
    let own = own_addresses(mail);
    let named = found_addresses(body, rule);
    let mut foreign: Vec<_> =
        named.iter().filter(|address| !own.contains(address)).cloned().collect();
    if foreign.is_empty() {
        // A mail to oneself, or a report that names nobody else.
        let from = mail.from.as_ref().and_then(|from| from.address.as_ref());
        foreign = named.into_iter().filter(|address| Some(address) != from).collect();
    }
    let found = foreign.into_iter().take(RECIPIENTS_MAX);
    let found: Vec<_> = found.map(|address| described(address, action, body)).collect();
    (!found.is_empty()).then_some((rule.name, found))
}

/// Whether nobody waits for an answer and the words are those of a mail server.
pub(super) fn looks_like_report(mail: &Mail) -> bool {
    let is_daemon = mail.from.as_ref().is_some_and(|from| {
        let text =
            format!("{} {}", from.raw, from.name.as_deref().unwrap_or_default()).to_lowercase();
        [
            "mailer-daemon",
            "mail delivery",
            "postmaster",
            "mail-daemon",
            "mailerdaemon",
            "mdaemon",
            "mail system",
            "delivery subsystem",
            "mailer_daemon",
            "smtp server",
            "mail administrator",
            "system administrator",
            "systemadministrator",
            "deliverystatus",
        ]
        .iter()
        .any(|name| text.contains(name))
    });
    let subject = mail.subject.to_lowercase();
    let is_titled = [
        "undeliver",
        "delivery",
        "could not be delivered",
        "rejected mail",
        "konnte nicht",
        "failure notice",
        "returned mail",
        "mail failed",
        "nicht zustellbar",
        "unzustellbar",
        "unzustellbarkeit",
        "delivery status",
        "non remis",
        "warning: message",
        "could not send",
        "nondeliverable",
        "mail error",
        "rückläufer",
        "fehlgeschlagen",
        "message delayed",
        "failed mail",
        "undeliverable",
    ]
    .iter()
    .any(|title| subject.contains(title));
    is_daemon
        || is_titled
        || mail.return_path == ReturnPath::Null && mail.header("x-failed-recipients").is_some()
}

/// Addresses that stand alone on a line as `<ann@example.de>:`, as qmail and its kin write them in
/// whatever language.
fn listed_addresses(body: &str) -> Vec<EmailAddress> {
    let lines = body.lines().map(str::trim);
    let listed = lines.filter(|line| line.starts_with('<') && line.ends_with(">:"));
    unique(&listed.collect::<Vec<_>>().join("\n"))
}

fn returned_at(body: &str) -> usize {
    // A report begins with its own words: a mark in the first line is part of them.
    let found = RETURNED.iter().filter_map(|mark| body.find(mark)).filter(|at| *at > 40);
    found.min().unwrap_or(body.len())
}

/// Addresses in the line of the phrase and behind it; if there are none, anywhere in the report.
fn found_addresses(body: &str, rule: &Rule) -> Vec<EmailAddress> {
    let at = rule.phrases.iter().filter_map(|phrase| body.find(phrase)).min().unwrap_or(0);
    let line = body.get(..at).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    let behind = body.get(line..).unwrap_or(body);
    let mut found = unique(behind);
    if found.is_empty() {
        found = unique(body);
    }
    found
}

fn unique(text: &str) -> Vec<EmailAddress> {
    let mut found: Vec<EmailAddress> = Vec::new();
    for address in text.lines().take(400).flat_map(addresses) {
        let is_server = ["postmaster", "mailer-daemon", "abuse", "support", "hostmaster"]
            .contains(&address.local_part());
        if !is_server && !found.contains(&address) && found.len() < RECIPIENTS_MAX {
            found.push(address);
        }
    }
    found
}

/// Addresses of the report itself.
fn own_addresses(mail: &Mail) -> Vec<EmailAddress> {
    let recipients = mail.to.list.iter().chain(&mail.cc.list).chain(mail.from.as_ref());
    recipients.filter_map(|named| named.address.clone()).collect()
}

/// The recipient with the words that stand in his line and the next few.
fn described(address: EmailAddress, action: ReportAction, body: &str) -> ReportedRecipient {
    let lines: Vec<&str> = body.lines().collect();
    let at = lines.iter().position(|line| line.contains(address.as_str()));
    let near = at.and_then(|at| lines.get(at..)).unwrap_or_default();
    let next = near.iter().skip(1).take(5);
    let own = next.take_while(|line| !line.contains('@') || line.contains(address.as_str()));
    let words = near.iter().take(1).chain(own).flat_map(|line| line.split_whitespace());
    let words = words.collect::<Vec<_>>().join(" ");
    let status = status_code(&words);
    let diagnostic = Some(shortened(&words, 500)).filter(|words| !words.is_empty());
    let address_raw = address.to_string();
    ReportedRecipient { address: Some(address), address_raw, action, status, diagnostic }
}
