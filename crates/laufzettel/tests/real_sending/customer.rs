//! A customer with a mail program: Python's.

use std::io::Write;
use std::process::{Command, Stdio};

use serde_json::Value;
use testkit::dovecot::PASSWORD;

use crate::office::Office;

/// Sends a mail, or an answer to the mail on standard input; prints its Message-ID.
const SEND: &str = r#"
import email, email.policy, smtplib, ssl, sys
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
port, authority, password, address, subject, text = sys.argv[1:]
mail = EmailMessage()
mail["From"] = "Ann Hansen <%s>" % address
mail["Date"] = formatdate()
mail["Message-ID"] = make_msgid(domain="kunde.test")
given = sys.stdin.buffer.read()
if given:
    answered = email.message_from_bytes(given, policy=email.policy.default)
    mail["To"] = answered["From"]
    mail["Subject"] = "AW: " + answered["Subject"]
    mail["In-Reply-To"] = answered["Message-ID"]
    mail["References"] = answered["References"] + " " + answered["Message-ID"]
else:
    mail["To"] = "hilfe@firma.test"
    mail["Subject"] = subject
mail.set_content(text + "\n")
context = ssl.create_default_context(cadata=authority)
with smtplib.SMTP_SSL("localhost", int(port), context=context) as client:
    client.login(address, password)
    client.send_message(mail)
print(mail["Message-ID"].strip("<>"))
"#;

/// Prints what a strict reader makes of a mail.
const READ: &str = r#"
import email, email.policy, json, sys
mail = email.message_from_bytes(sys.stdin.buffer.read(), policy=email.policy.default)
parts = [part for part in mail.walk() if not part.is_multipart()]
defects = [repr(defect) for part in mail.walk() for defect in part.defects]
defects += [repr(defect) for value in mail.values() for defect in getattr(value, "defects", ())]
body = lambda kind: (mail.get_body((kind,)).get_content() if mail.get_body((kind,)) else "")
print(json.dumps({
    "headers": [[name.lower(), str(value)] for name, value in mail.items()],
    "kind": mail.get_content_type(),
    "parts": [part.get_content_type() for part in parts],
    "defects": defects,
    "text": body("plain").replace("\r\n", "\n"),
    "html": body("html"),
}))
"#;

pub struct Customer<'a> {
    office: &'a Office,
    address: &'a str,
}

/// A mail as a strict reader sees it.
#[derive(Debug)]
pub struct Letter {
    raw: Vec<u8>,
    headers: Vec<(String, String)>,
    pub kind: String,
    pub parts: Vec<String>,
    pub defects: Vec<String>,
    pub text: String,
    pub html: String,
    /// Whether the first server got it over TLS and with a login.
    pub received_with_tls: bool,
}

impl Letter {
    /// A header, or nothing. There is at most one of a name.
    pub fn header(&self, name: &str) -> String {
        let name = name.to_lowercase();
        let found: Vec<&String> =
            self.headers.iter().filter(|(key, _)| *key == name).map(|(_, value)| value).collect();
        assert!(found.len() < 2, "{name} stands there twice");
        found.first().map(|value| value.to_string()).unwrap_or_default()
    }

    pub fn references(&self) -> Vec<String> {
        self.header("References").split_whitespace().map(str::to_owned).collect()
    }
}

impl<'a> Customer<'a> {
    pub fn new(office: &'a Office, address: &'a str) -> Self {
        Self { office, address }
    }

    /// Writes to the company, and gives the Message-ID.
    pub fn writes(&self, subject: &str, text: &str) -> String {
        self.send(subject, text, &[])
    }

    /// Answers a mail, and gives the Message-ID.
    pub fn answers(&self, mail: &Letter, text: &str) -> String {
        self.send("", text, &mail.raw)
    }

    fn send(&self, subject: &str, text: &str, answered: &[u8]) -> String {
        let postfix = &self.office.postfix;
        let port = postfix.submissions_port().to_string();
        let authority = std::str::from_utf8(postfix.authority_pem()).unwrap();
        let arguments = [&port, authority, PASSWORD, self.address, subject, text];
        let sent = run(SEND, &arguments, answered);
        sent.unwrap_or_else(|words| panic!("port {port}: {words}\n{}", postfix.log()))
    }

    /// Waits for the mail with this Message-ID, and reads it.
    pub fn reads(&self, message_id: &str) -> Letter {
        let wanted = format!("<{message_id}>");
        let is_it = |mail: &[u8]| {
            let text = String::from_utf8_lossy(mail);
            let head = text.split("\r\n\r\n").next().unwrap_or_default().to_owned();
            head.to_lowercase().contains(&format!("message-id: {wanted}"))
        };
        let stored = self.office.dovecot.wait_for(self.address, is_it);
        letter(stored.bytes)
    }

    /// How many mails lie in the inbox.
    pub fn count(&self) -> usize {
        self.office.dovecot.contents(self.address, "INBOX").len()
    }
}

fn letter(raw: Vec<u8>) -> Letter {
    let read: Value = serde_json::from_str(&run(READ, &[], &raw).unwrap()).unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let texts = |name: &str| read[name].as_array().unwrap().iter().map(text).collect::<Vec<_>>();
    let headers: Vec<(String, String)> = read["headers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|pair| (text(&pair[0]), text(&pair[1])))
        .collect();
    let received_with_tls = headers.iter().any(|(name, value)| {
        // Postfix writes ESMTPSA: with TLS (S) and a login (A).
        name == "received" && value.contains("ESMTPSA")
    });
    Letter {
        kind: text(&read["kind"]),
        parts: texts("parts"),
        defects: texts("defects"),
        text: text(&read["text"]),
        html: text(&read["html"]),
        raw,
        headers,
        received_with_tls,
    }
}

/// What a script prints, or what Python says of its failure.
fn run(script: &str, arguments: &[&str], input: &[u8]) -> Result<String, String> {
    let mut child = Command::new("python3")
        .args(["-c", script])
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    let output = child.wait_with_output().unwrap();
    match output.status.success() {
        true => Ok(String::from_utf8(output.stdout).unwrap().trim().to_owned()),
        false => Err(String::from_utf8_lossy(&output.stderr).into_owned()),
    }
}
