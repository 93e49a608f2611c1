//! What a recipient's program or provider says about one mail of ours: that it was read (RFC 8098),
//! that somebody complained about it (RFC 5965).

use crate::read::{Attachment, LineEnds, Mail, Oddities, part, read_header, unstructured};
use crate::report::{returned_message_id, words};

/// Such a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The Message-ID of the mail it is about, without angle brackets.
    pub original_message_id: Option<String>,
    /// What happened: `displayed`, `deleted`, `abuse`, …; the word of the standard in lower case.
    pub what: String,
}

/// The read receipt or the complaint that a mail is, if it is one.
pub fn receipt(bytes: &[u8], mail: &Mail) -> Option<Receipt> {
    mail.attachments.iter().take(10).find_map(|attachment| {
        let what = match attachment.declared_type.as_str() {
            "message/disposition-notification" | "message/global-disposition-notification" => {
                "disposition"
            }
            "message/feedback-report" => "feedback-type",
            _ => return None,
        };
        Some(of_part(bytes, mail, attachment, what))
    })
}

fn of_part(bytes: &[u8], mail: &Mail, attachment: &Attachment, what: &str) -> Receipt {
    let content = part(bytes, &attachment.path).unwrap_or_default();
    let ends = LineEnds::of(&content);
    let header = read_header(&content, 0..content.len(), ends, &mut Oddities::default());
    let value = |name| header.first(name).map(unstructured).unwrap_or_default();
    let named = words::bracketed(&value("original-message-id"));
    // `manual-action/MDN-sent-manually; displayed`
    let said = value(what);
    let said = said.rsplit(';').next().unwrap_or_default().split('/').next().unwrap_or_default();
    let is_letter = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    Receipt {
        original_message_id: named.or_else(|| returned_message_id(bytes, mail)),
        what: said.trim().to_ascii_lowercase().chars().filter(is_letter).take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::read;

    fn of(part: &str, content: &str) -> Option<Receipt> {
        let mail = format!(
            "From: a@b.example\nContent-Type: multipart/report; boundary=b\n\n--b\n\ntext\n--b\n\
             Content-Type: {part}\n\n{content}\n--b\nContent-Type: text/rfc822-headers\n\n\
             Message-ID: <returned@x>\n\n--b--\n"
        );
        let bytes = mail.replace('\n', "\r\n").into_bytes();
        receipt(&bytes, &read(&bytes))
    }

    fn is(id: &str, what: &str) -> Option<Receipt> {
        Some(Receipt { original_message_id: Some(id.to_owned()), what: what.to_owned() })
    }

    #[test]
    fn a_receipt_names_the_mail_and_what_happened() {
        assert_eq!(
            of(
                "message/disposition-notification",
                "Final-Recipient: rfc822;a@b.example\nOriginal-Message-ID: <1@x>\n\
                 Disposition: manual-action/MDN-sent-manually; displayed"
            ),
            is("1@x", "displayed")
        );
        assert_eq!(
            of(
                "message/disposition-notification",
                "Disposition: automatic-action/MDN-sent-automatically; deleted/error"
            ),
            is("returned@x", "deleted")
        );
        assert_eq!(
            of("message/feedback-report", "Feedback-Type: abuse\nVersion: 1"),
            is("returned@x", "abuse")
        );
        assert_eq!(of("text/plain", "Feedback-Type: abuse"), None);
    }
}
