//! Mails as they come to a help desk: HTML with a plain part, several charsets and encodings,
//! attachments, answers to earlier mails. No two have the same bytes.

mod mime;

use std::collections::VecDeque;

use crate::chance::Chance;
use crate::text::{self, Planted};
use crate::words::DOMAINS;
use mime::{Charset, Encoding, base64, boundary, encoded_word, part};

/// Mails that can still be answered.
const ANSWERABLE: usize = 2_000;
/// Bytes of an attachment.
const ATTACHMENT_BYTES: usize = 50 * 1024;
/// 2026-01-05T07:00:00Z, the moment of the first mail.
const FIRST_SECOND: i64 = 1_767_596_400;

/// Makes mails, one after the other.
pub struct MailMaker {
    chance: Chance,
    seed: u64,
    count: u64,
    to: String,
    earlier: VecDeque<Sent>,
}

/// What an answer needs of the mail it answers.
#[derive(Clone)]
struct Sent {
    message_id: String,
    references: Vec<String>,
    subject: String,
    name: String,
    address: String,
    lines: Vec<String>,
}

impl MailMaker {
    /// Mails to an address. Makers with different seeds never make the same mail.
    pub fn new(seed: u64, to: &str) -> Self {
        let chance = Chance::new(seed ^ 0x4D61_696C);
        Self { chance, seed, count: 0, to: to.to_owned(), earlier: VecDeque::new() }
    }

    /// So many mails as bytes.
    pub fn take(&mut self, count: usize) -> Vec<Vec<u8>> {
        (0..count).map(|_| self.make()).collect()
    }

    /// The next mail: 40 of a hundred answer an earlier one, 20 have an attachment.
    pub fn make(&mut self) -> Vec<u8> {
        self.count += 1;
        let answered = match self.chance.percent(40) && !self.earlier.is_empty() {
            // Young mails get most of the answers.
            true => {
                let bound = self.chance.below(self.earlier.len()) + 1;
                self.earlier.get(self.chance.below(bound)).cloned()
            }
            false => None,
        };
        let sent = self.head(answered.as_ref());
        let body = self.body(&sent, answered.as_ref());
        let bytes = [self.header(&sent).into_bytes(), body].concat();
        self.earlier.push_front(sent);
        self.earlier.truncate(ANSWERABLE);
        bytes
    }

    fn head(&mut self, answered: Option<&Sent>) -> Sent {
        let chance = &mut self.chance;
        let name = answered.map_or_else(|| text::person(chance), |sent| sent.name.clone());
        let address = answered.map_or_else(
            || format!("kunde{:05}@{}", chance.below(20_000), chance.pick(&DOMAINS)),
            |sent| sent.address.clone(),
        );
        let subject = match answered {
            Some(sent) if sent.subject.starts_with("AW: ") => sent.subject.clone(),
            Some(sent) => format!("AW: {}", sent.subject),
            None => text::subject(chance),
        };
        let references = answered.map_or_else(Vec::new, |sent| {
            let mut references = sent.references.clone();
            references.push(sent.message_id.clone());
            references.split_off(references.len().saturating_sub(10))
        });
        let random = chance.number() >> 32;
        let message_id = format!("<{random:08x}.{}.{}@mail.example>", self.count, self.seed);
        let paragraphs = text::paragraphs(chance, Planted::Nothing);
        let lines = paragraphs.iter().flat_map(|paragraph| text::lines(paragraph)).collect();
        Sent { message_id, references, subject, name, address, lines }
    }

    fn header(&mut self, sent: &Sent) -> String {
        let chance = &mut self.chance;
        let domain = sent.address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let date = mime::date(FIRST_SECOND + i64::try_from(self.count).unwrap_or(0) * 37);
        let mut header = format!("Return-Path: <{}>\r\n", sent.address);
        for hop in 0..3 {
            let (last, id) = (chance.between(1, 255), chance.number() >> 24);
            header.push_str(&format!(
                "Received: from mx{hop}.{domain} (mx{hop}.{domain} [192.0.2.{last}])\r\n\tby \
                 in{hop}.example.com with ESMTPS id {id:010x}\r\n\t(version=TLS1.3 \
                 cipher=TLS_AES_256_GCM_SHA384);\r\n\t{date}\r\n"
            ));
        }
        let signature = base64(&chance.bytes(256)).replace("\r\n", "\r\n\t ");
        header.push_str(&format!(
            "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d={domain}; s=s1;\r\n\t\
             h=from:to:subject:date:message-id;\r\n\tbh={}\r\n\tb={}\r\n",
            base64(&chance.bytes(32)).replace("\r\n", ";"),
            signature.trim_end()
        ));
        header.push_str(&format!(
            "Message-ID: {}\r\nDate: {date}\r\nSubject: {}\r\nFrom: {} <{}>\r\nTo: {}\r\n",
            sent.message_id,
            encoded_word(&sent.subject),
            encoded_word(&sent.name),
            sent.address,
            self.to
        ));
        if let Some(parent) = sent.references.last() {
            let references = sent.references.join("\r\n ");
            header.push_str(&format!("In-Reply-To: {parent}\r\nReferences: {references}\r\n"));
        }
        header.push_str("X-Mailer: Microsoft Outlook 16.0\r\nMIME-Version: 1.0\r\n");
        header
    }

    fn body(&mut self, sent: &Sent, answered: Option<&Sent>) -> Vec<u8> {
        let chance = &mut self.chance;
        let charset = match chance.below(10) {
            0..6 => Charset::Utf8,
            6..8 => Charset::Latin1,
            _ => Charset::Windows1252,
        };
        let encoding = chance.pick(&[
            Encoding::QuotedPrintable,
            Encoding::QuotedPrintable,
            Encoding::Base64,
            Encoding::Eight,
        ]);
        let plain = part("plain", &plain_text(sent, answered), charset, encoding);
        let mut body = match chance.percent(15) {
            true => plain,
            false => {
                let html = text::html(&html_paragraphs(sent, answered), &sent.name, charset.name());
                let html = part("html", &html, charset, encoding);
                mime::multipart("alternative", &boundary(chance), &[plain, html])
            }
        };
        if chance.percent(20) {
            let file = mime::attachment(chance, ATTACHMENT_BYTES, self.count);
            body = mime::multipart("mixed", &boundary(chance), &[body, file]);
        }
        body
    }
}

fn plain_text(sent: &Sent, answered: Option<&Sent>) -> String {
    let mut text = format!("Guten Tag,\n\n{}\n\n", sent.lines.join("\n"));
    text.push_str(&format!("Mit freundlichen Grüßen\n{}\n\n-- \n{}\n", sent.name, sent.name));
    text.push_str("Hafenstraße 12, 01067 Dresden\n");
    if let Some(answered) = answered {
        text.push_str("\nAm 05.01.2026 um 08:00 schrieb Support:\n");
        for line in &answered.lines {
            text.push_str(&format!("> {line}\n"));
        }
    }
    text
}

fn html_paragraphs(sent: &Sent, answered: Option<&Sent>) -> Vec<String> {
    let mut paragraphs = vec!["Guten Tag,".to_owned(), sent.lines.join(" ")];
    paragraphs.push(format!("Mit freundlichen Grüßen<br>{}", sent.name));
    if let Some(answered) = answered {
        let quote = answered.lines.join("<br>\n");
        paragraphs.push(format!(
            "<blockquote type=\"cite\" style=\"border-left:2px solid #ccc\">{quote}</blockquote>"
        ));
    }
    paragraphs
}

/// A mail of about so many bytes with one attachment, for measuring memory.
pub fn large_mail(seed: u64, to: &str, bytes: usize) -> Vec<u8> {
    let mut maker = MailMaker::new(seed, to);
    maker.count = seed;
    let sent = maker.head(None);
    let plain = part("plain", &plain_text(&sent, None), Charset::Utf8, Encoding::Eight);
    // Four letters for three bytes, and a line end every 76 letters.
    let file = mime::attachment(&mut maker.chance, bytes / 78 * 57, seed);
    let boundary = boundary(&mut maker.chance);
    let body = mime::multipart("mixed", &boundary, &[plain, file]);
    [maker.header(&sent).into_bytes(), body].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use mail::read::read;

    #[test]
    fn the_mails_are_read_without_an_oddity() {
        let mut maker = MailMaker::new(1, "support@example.com");
        let (mut answers, mut files) = (0, 0);
        for _ in 0..500 {
            let mail = read(&maker.make());
            let sent = maker.earlier.front().unwrap();
            assert_eq!(mail.subject, sent.subject);
            assert!(mail.oddities.is_empty(), "{:?}", mail.oddities);
            answers += usize::from(!mail.references.is_empty());
            files += mail.attachments.len();
        }
        assert!((150..250).contains(&answers), "{answers}");
        assert!((60..140).contains(&files), "{files}");
    }

    #[test]
    fn no_mail_is_made_twice() {
        let mut all: Vec<Vec<u8>> = Vec::new();
        for seed in 0..2 {
            all.extend(MailMaker::new(seed, "support@example.com").take(200));
        }
        let count = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), count);
    }

    #[test]
    fn a_large_mail_is_as_large_as_asked() {
        let mail = large_mail(1, "support@example.com", 1_000_000);
        assert!((990_000..1_020_000).contains(&mail.len()), "{}", mail.len());
        assert_eq!(read(&mail).attachments.len(), 1);
    }
}
