//! Delivery reports: which recipients a mail of ours did not reach, and why.
//!
//! Standard reports (RFC 3464) are read field by field. What servers write otherwise goes through a
//! small library of rules. Whether the mail was ours is not decided here: the Message-ID of the
//! returned header says which it claims to be.

mod receipt;
mod rules;
mod status;
mod words;

use values::EmailAddress;

pub use receipt::{Receipt, receipt};

use crate::read::{Attachment, LineEnds, Mail, Oddities, part, read, read_header};

/// Recipients taken from one report.
pub(crate) const RECIPIENTS_MAX: usize = 200;

/// What became of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveryReport {
    /// What the report says about each recipient it names.
    pub recipients: Vec<ReportedRecipient>,
    /// The Message-ID of the mail that was not delivered, without angle brackets.
    pub original_message_id: Option<String>,
    /// The worst that is reported.
    pub kind: ReportKind,
    /// The rule that read it: `rfc3464` or the name of a server.
    pub rule: &'static str,
}

/// What kind of report it is, from good to bad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportKind {
    /// It arrived, or was handed on.
    Delivered,
    /// Not yet; the server goes on trying.
    Delayed,
    /// Given up for a reason that may pass: mailbox full, server down.
    Soft,
    /// Given up for a reason that stays: no such address, refused.
    Hard,
}

/// One recipient of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReportedRecipient {
    /// The address that we wrote to, if the report names it, else the one that failed.
    pub address: Option<EmailAddress>,
    /// The address as written.
    pub address_raw: String,
    /// What was done (RFC 3464 section 2.3.3).
    pub action: ReportAction,
    /// The status code (RFC 3463), like `5.1.1`.
    pub status: Option<String>,
    /// The server's words, on one line, shortened.
    pub diagnostic: Option<String>,
}

/// What a server did with a recipient (RFC 3464 section 2.3.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ReportAction {
    /// Given up.
    Failed,
    /// Still trying.
    Delayed,
    /// Arrived.
    Delivered,
    /// Handed to a server that makes no reports.
    Relayed,
    /// Passed on to several addresses.
    Expanded,
}

impl ReportAction {
    /// The word of the standard.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Delayed => "delayed",
            Self::Delivered => "delivered",
            Self::Relayed => "relayed",
            Self::Expanded => "expanded",
        }
    }
}

/// The delivery report that a mail is, if it is one.
pub fn delivery_report(bytes: &[u8], mail: &Mail) -> Option<DeliveryReport> {
    own_report(bytes, mail).or_else(|| wrapped_report(bytes, mail))
}

/// The report that a gateway hands on inside a mail of its own with the same subject.
fn wrapped_report(bytes: &[u8], mail: &Mail) -> Option<DeliveryReport> {
    if !rules::looks_like_report(mail) {
        return None;
    }
    let inside = mail.attachments.iter().find(|file| file.declared_type == "message/rfc822")?;
    let content = part(bytes, &inside.path)?;
    let wrapped = read(&content);
    let is_same = wrapped.subject == mail.subject;
    is_same.then(|| own_report(&content, &wrapped)).flatten()
}

fn own_report(bytes: &[u8], mail: &Mail) -> Option<DeliveryReport> {
    let standard = mail.attachments.iter().filter(|attachment| is_status(attachment));
    let mut recipients: Vec<ReportedRecipient> = Vec::new();
    for attachment in standard.take(10) {
        recipients.extend(
            part(bytes, &attachment.path).map(|b| status::recipients(&b)).unwrap_or_default(),
        );
    }
    let is_declared = mail.attachments.iter().any(is_status);
    if recipients.is_empty() && !is_declared && !rules::looks_like_report(mail) {
        return None;
    }
    let text = words::report_text(mail);
    let mut rule = "rfc3464";
    if recipients.is_empty() {
        let (name, found) = rules::recipients(mail, &text)?;
        (rule, recipients) = (name, found);
    }
    recipients.truncate(RECIPIENTS_MAX);
    let kind = recipients.iter().map(kind_of).max()?;
    let original_message_id = envelope_id(bytes, mail)
        .or_else(|| returned_message_id(bytes, mail))
        .or_else(|| words::message_id_in(&text));
    Some(DeliveryReport { recipients, original_message_id, kind, rule })
}

fn is_status(attachment: &Attachment) -> bool {
    matches!(
        attachment.declared_type.as_str(),
        "message/delivery-status" | "message/global-delivery-status"
    )
}

/// What we named the mail when it was handed over (RFC 3464 section 2.2.1): its Message-ID.
fn envelope_id(bytes: &[u8], mail: &Mail) -> Option<String> {
    let standard = mail.attachments.iter().filter(|attachment| is_status(attachment));
    standard.take(10).find_map(|attachment| {
        let id = status::envelope_id(&part(bytes, &attachment.path)?)?;
        id.contains('@').then_some(id)
    })
}

/// The Message-ID in the mail, or in the header of the mail, that came back.
fn returned_message_id(bytes: &[u8], mail: &Mail) -> Option<String> {
    let is_returned = |attachment: &&Attachment| {
        matches!(
            attachment.declared_type.as_str(),
            "message/rfc822"
                | "text/rfc822-headers"
                | "message/global"
                | "message/global-headers"
                | "message/rfc822-headers"
        )
    };
    mail.attachments.iter().filter(is_returned).take(10).find_map(|attachment| {
        let content = part(bytes, &attachment.path)?;
        let ends = LineEnds::of(&content);
        let header = read_header(&content, 0..content.len(), ends, &mut Oddities::default());
        let value = header.first("message-id")?;
        words::bracketed(&String::from_utf8_lossy(value))
    })
}

/// How bad it is. A full mailbox is reported as permanent and is not.
fn kind_of(recipient: &ReportedRecipient) -> ReportKind {
    match recipient.action {
        ReportAction::Delayed => ReportKind::Delayed,
        ReportAction::Failed => {
            let status = recipient.status.as_deref().unwrap_or_default();
            let diagnostic = recipient.diagnostic.as_deref().unwrap_or_default();
            let is_passing =
                status.starts_with('4') || status == "5.2.2" || words::is_full(diagnostic);
            if is_passing { ReportKind::Soft } else { ReportKind::Hard }
        }
        ReportAction::Delivered | ReportAction::Relayed | ReportAction::Expanded => {
            ReportKind::Delivered
        }
    }
}

#[cfg(test)]
mod tests;
