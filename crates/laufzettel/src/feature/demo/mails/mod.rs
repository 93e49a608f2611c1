//! Mails as the programs of customers write them: bytes that the real intake reads (RFC 5322).
//!
//! Each program has its own way: Outlook and Gmail write HTML beside plain text, Thunderbird
//! flowed text (RFC 3676), old systems single-byte character sets. This is not a general writer of
//! mails; it writes what the sample company needs.

mod body;
mod encode;
mod report;

use jiff::tz::TimeZone;
use values::{Language, Timestamp};

use super::file::enclosure;
use encode::{Charset, encoded_words, file_name, quoted_name};

pub use report::bounce;

/// A mail program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// HTML and plain text, quotes below a block of headers.
    Outlook,
    /// Flowed plain text, a signature behind `-- `.
    Thunderbird,
    /// Plain text.
    AppleMail,
    /// Plain text with a line that says so.
    IPhone,
    /// HTML and plain text, quotes below a line.
    Gmail,
    /// Plain text in a single-byte character set.
    Notes,
}

impl Program {
    /// The program with this name in the data.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "outlook" => Self::Outlook,
            "thunderbird" => Self::Thunderbird,
            "apple" => Self::AppleMail,
            "iphone" => Self::IPhone,
            "gmail" => Self::Gmail,
            "notes" => Self::Notes,
            _ => return None,
        })
    }

    /// What the program puts before the subject of an answer.
    pub fn answer_mark(self) -> &'static str {
        match self {
            Self::Outlook | Self::Gmail | Self::IPhone => "AW: ",
            Self::Thunderbird | Self::AppleMail => "Re: ",
            Self::Notes => "Antwort: ",
        }
    }

    fn header(self) -> &'static str {
        match self {
            Self::Outlook => "Accept-Language: de-DE, en-US\r\nContent-Language: de-DE\r\n",
            Self::Thunderbird => "User-Agent: Mozilla Thunderbird\r\nContent-Language: de-DE\r\n",
            Self::AppleMail => "X-Mailer: Apple Mail (2.3826.300.87)\r\n",
            Self::IPhone => "X-Mailer: iPhone Mail (23B85)\r\n",
            Self::Gmail => "",
            Self::Notes => "X-Mailer: HCL Notes Release 12.0.2\r\n",
        }
    }
}

/// A name with an address.
#[derive(Clone, Debug)]
pub struct Name {
    /// The name; may be empty.
    pub name: String,
    /// The address.
    pub address: String,
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Quote {
    /// Who wrote it.
    pub from: Name,
    /// To whom.
    pub to: Name,
    /// When.
    pub at: Timestamp,
    /// Its subject.
    pub subject: String,
    /// Its text.
    pub text: String,
}

/// A file that is enclosed.
#[derive(Clone, Debug)]
pub struct Enclosure {
    /// Its name.
    pub name: String,
    /// Its media type.
    pub media_type: &'static str,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What sent the mail off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sent {
    /// A person.
    ByPerson,
    /// The person's mailbox, while the person is away (RFC 3834).
    ByAbsence,
    /// A program that writes to many (RFC 2369).
    ToMany,
}

/// A mail before it is bytes.
#[derive(Clone, Debug)]
pub struct Letter<'a> {
    /// The program that writes it.
    pub program: Program,
    /// The language of the program.
    pub language: Language,
    /// Who writes.
    pub from: Name,
    /// To whom.
    pub to: Name,
    /// Who gets a copy.
    pub cc: Option<Name>,
    /// The subject.
    pub subject: String,
    /// The Message-ID without angle brackets.
    pub message_id: String,
    /// The Message-IDs of what is answered, the last one nearest.
    pub references: Vec<String>,
    /// When it was written.
    pub at: Timestamp,
    /// Where it was written.
    pub zone: &'a TimeZone,
    /// The text.
    pub text: String,
    /// The lines below it.
    pub signature: String,
    /// What is answered.
    pub quote: Option<Quote>,
    /// The names of the files enclosed.
    pub files: Vec<String>,
    /// What sent it off.
    pub sent: Sent,
    /// The mark by which the receiving server knows this delivery.
    pub trace: String,
}

impl Letter<'_> {
    /// The mail as bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut mail = self.header();
        let body = body::part(self);
        match self.files.as_slice() {
            [] => mail.push_str(&body),
            files => {
                let boundary = format!("----=_{}_mixed", self.mark());
                mail.push_str(&format!(
                    "Content-Type: multipart/mixed; boundary=\"{boundary}\"\r\n\r\n--{boundary}\r\n{body}"
                ));
                for name in files {
                    let file = enclosed(&enclosure(name));
                    mail.push_str(&format!("\r\n--{boundary}\r\n{file}"));
                }
                mail.push_str(&format!("\r\n--{boundary}--\r\n"));
            }
        }
        mail.into_bytes()
    }

    fn header(&self) -> String {
        let date = self.date("%a, %d %b %Y %H:%M:%S %z");
        let server = self.from.address.rsplit('@').next().unwrap_or_default();
        let sender = if self.sent == Sent::ByAbsence { "" } else { &self.from.address };
        let mut header = format!(
            "Return-Path: <{sender}>\r\n\
             Received: from mail.{server} (mail.{server} [203.0.113.{place}])\r\n\
             \tby mx.brueckner-objekt.example with ESMTPS id {trace}\r\n\
             \tfor <{to}>; {date}\r\n\
             From: {from}\r\nTo: {to_name}\r\n",
            place = self.trace.len() % 200 + 11,
            trace = self.trace,
            to = self.to.address,
            from = self.name(&self.from),
            to_name = self.name(&self.to),
        );
        if let Some(cc) = &self.cc {
            header.push_str(&format!("Cc: {}\r\n", self.name(cc)));
        }
        header.push_str(&encoded_words("Subject: ", &self.subject, self.charset()));
        header.push_str(&format!("Date: {date}\r\nMessage-ID: <{}>\r\n", self.message_id));
        if let Some(last) = self.references.last() {
            let all: Vec<String> = self.references.iter().map(|id| format!("<{id}>")).collect();
            header.push_str(&format!(
                "In-Reply-To: <{last}>\r\nReferences: {}\r\n",
                all.join("\r\n ")
            ));
        }
        header.push_str("MIME-Version: 1.0\r\n");
        header.push_str(self.program.header());
        header.push_str(match self.sent {
            Sent::ByPerson => "",
            Sent::ByAbsence => "Auto-Submitted: auto-replied\r\nX-Auto-Response-Suppress: All\r\n",
            Sent::ToMany => {
                "Precedence: bulk\r\nList-Unsubscribe: <https://news.example/unsubscribe>\r\n"
            }
        });
        header
    }

    /// What boundaries are made of: every copy of the mail has the same.
    fn mark(&self) -> &str {
        self.message_id.split('@').next().unwrap_or_default()
    }

    fn name(&self, name: &Name) -> String {
        match name.name.as_str() {
            "" => name.address.clone(),
            text => format!("{} <{}>", quoted_name(text, self.charset()), name.address),
        }
    }

    /// The character set that the program would choose.
    fn charset(&self) -> Charset {
        let quote = self.quote.as_ref().map_or("", |quote| quote.text.as_str());
        let all = [self.text.as_str(), &self.signature, &self.subject, &self.from.name, quote];
        let is_old = matches!(self.program, Program::Outlook | Program::Notes);
        match is_old && all.iter().all(|text| encode::fits_windows(text)) {
            true => Charset::Windows1252,
            false => Charset::Utf8,
        }
    }

    /// The moment of the mail in a format of strftime.
    fn date(&self, format: &str) -> String {
        self.clock(self.at, format)
    }

    fn clock(&self, at: Timestamp, format: &str) -> String {
        let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default();
        at.to_zoned(self.zone.clone()).strftime(format).to_string()
    }
}

fn enclosed(file: &Enclosure) -> String {
    format!(
        "Content-Type: {media_type}; {name}\r\n\
         Content-Disposition: attachment; {file_name}\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{content}",
        media_type = file.media_type,
        name = file_name("name", &file.name),
        file_name = file_name("filename", &file.name),
        content = encode::base64_lines(&file.bytes),
    )
}

#[cfg(test)]
mod tests;
