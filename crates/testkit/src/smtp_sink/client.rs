//! The protocol of one connection.

use std::io;
use std::net::TcpStream;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::Shared;
use super::rules::{Act, Answer, End, Phase, Received};
use super::stream::{Stream, ended};

/// One connection.
pub(super) struct Client<'s> {
    shared: &'s Shared,
    stream: Stream,
    input: Vec<u8>,
    is_secured: bool,
    is_logged_in: bool,
    from: Option<String>,
    recipients: Vec<String>,
    /// The place of a mail whose final dot is to be answered next.
    unanswered: Option<usize>,
}

impl Drop for Client<'_> {
    fn drop(&mut self) {
        self.stream.close();
    }
}

impl<'s> Client<'s> {
    pub(super) fn new(stream: TcpStream, shared: &'s Shared) -> Self {
        stream.set_nodelay(true).ok();
        let stream = Stream::Clear(stream);
        Self {
            shared,
            stream: if shared.is_implicit { stream.secured(shared) } else { stream },
            input: Vec::new(),
            is_secured: shared.is_implicit,
            is_logged_in: false,
            from: None,
            recipients: Vec::new(),
            unanswered: None,
        }
    }

    pub(super) fn talk(&mut self) -> io::Result<()> {
        self.answer(Phase::Greeting, "220 sink.example ESMTP")?;
        loop {
            let line = String::from_utf8_lossy(&self.line()?).into_owned();
            let word = line.split(' ').next().unwrap_or_default().to_ascii_uppercase();
            if word != "AUTH" {
                self.shared.inner().commands.push(line.clone());
            }
            match word.as_str() {
                "EHLO" => self.ehlo()?,
                "HELO" => self.answer(Phase::Helo, "250 sink.example").map(drop)?,
                "STARTTLS" => self.starttls()?,
                "AUTH" => self.auth(&line)?,
                "MAIL" => self.mail(&line)?,
                "RCPT" => self.rcpt(&line)?,
                "DATA" => self.data()?,
                "RSET" => {
                    self.forget();
                    self.answer(Phase::Rset, "250 2.0.0 forgotten")?;
                }
                "QUIT" => return self.answer(Phase::Quit, "221 2.0.0 bye").map(drop),
                _ => self.say("500 5.5.1 what?")?,
            }
        }
    }

    fn ehlo(&mut self) -> io::Result<()> {
        let mut lines = vec!["sink.example".to_owned()];
        {
            let inner = self.shared.inner();
            lines.extend(inner.extensions.iter().cloned());
            if self.shared.config.is_some() && !self.is_secured {
                lines.push("STARTTLS".to_owned());
            }
            if inner.login.is_some() {
                lines.push("AUTH PLAIN LOGIN XOAUTH2".to_owned());
            }
        }
        let last = lines.len() - 1;
        let lines: Vec<String> = lines
            .iter()
            .enumerate()
            .map(|(index, line)| format!("250{}{line}", if index == last { ' ' } else { '-' }))
            .collect();
        self.answer(Phase::Ehlo, &lines.join("\r\n")).map(drop)
    }

    fn starttls(&mut self) -> io::Result<()> {
        if self.shared.config.is_none() || self.is_secured {
            return self.say("502 5.5.1 no TLS here");
        }
        if self.answer(Phase::Starttls, "220 2.0.0 go ahead")?.starts_with("220") {
            self.stream = std::mem::replace(&mut self.stream, Stream::Gone).secured(self.shared);
            self.input.clear();
            self.is_secured = true;
        }
        Ok(())
    }

    fn auth(&mut self, line: &str) -> io::Result<()> {
        let mut words = line.split(' ').skip(1);
        let mechanism = words.next().unwrap_or_default().to_ascii_uppercase();
        let given = words.next().map(str::to_owned);
        let wanted = self.shared.inner().login.clone();
        let is_right = match (mechanism.as_str(), wanted) {
            ("PLAIN", Some((user, password))) => {
                self.said(given, "")? == format!("\0{user}\0{password}")
            }
            ("LOGIN", Some((user, password))) => {
                let said = self.said(given, "VXNlcm5hbWU6")?;
                said == user && self.said(None, "UGFzc3dvcmQ6")? == password
            }
            ("XOAUTH2", Some((user, token))) => {
                let right = format!("user={user}\x01auth=Bearer {token}\x01\x01");
                let is_right = self.said(given, "")? == right;
                if !is_right {
                    self.said(None, "eyJzdGF0dXMiOiI0MDEifQ==")?;
                }
                is_right
            }
            _ => return self.say("504 5.5.4 no such way to log in"),
        };
        let usual = if is_right { "235 2.7.0 welcome" } else { "535 5.7.8 wrong login" };
        self.is_logged_in = self.answer(Phase::Auth, usual)?.starts_with('2');
        Ok(())
    }

    /// What the client says in a login, asked for unless it is said already.
    fn said(&mut self, given: Option<String>, question: &str) -> io::Result<String> {
        let encoded = match given {
            Some(encoded) => encoded,
            None => {
                self.say(&format!("334 {question}"))?;
                String::from_utf8_lossy(&self.line()?).into_owned()
            }
        };
        let octets = STANDARD.decode(encoded).unwrap_or_default();
        Ok(String::from_utf8_lossy(&octets).into_owned())
    }

    fn mail(&mut self, line: &str) -> io::Result<()> {
        if self.shared.inner().login.is_some() && !self.is_logged_in {
            return self.say("530 5.7.0 log in first");
        }
        if self.from.is_some() {
            return self.say("503 5.5.1 one mail at a time");
        }
        if self.answer(Phase::Mail, "250 2.1.0 ok")?.starts_with('2') {
            self.from = Some(address(line));
        }
        Ok(())
    }

    fn rcpt(&mut self, line: &str) -> io::Result<()> {
        if self.from.is_none() {
            return self.say("503 5.5.1 MAIL first");
        }
        let address = address(line);
        let act = self.shared.visit(Phase::Rcpt, std::slice::from_ref(&address));
        if self.act(act, "250 2.1.5 ok")?.starts_with('2') {
            self.recipients.push(address);
        }
        Ok(())
    }

    fn data(&mut self) -> io::Result<()> {
        if self.recipients.is_empty() {
            return self.say("503 5.5.1 RCPT first");
        }
        if !self.answer(Phase::Data, "354 go ahead")?.starts_with("354") {
            return Ok(());
        }
        let mut mail = Received {
            from: self.from.clone().unwrap_or_default(),
            recipients: self.recipients.clone(),
            bytes: Vec::new(),
            end: End::NeverCame,
        };
        if let Err(error) = self.body(&mut mail.bytes) {
            self.keep(mail);
            return Err(error);
        }
        mail.end = End::Unanswered;
        self.unanswered = Some(self.keep(mail));
        let answered = self.answer(Phase::Dot, "250 2.0.0 kept");
        self.unanswered = None;
        self.forget();
        answered.map(drop)
    }

    /// Only CR LF . CR LF ends a mail.
    fn body(&mut self, bytes: &mut Vec<u8>) -> io::Result<()> {
        let mut is_first = true;
        loop {
            let line = self.line()?;
            if std::mem::take(&mut is_first) {
                let act = self.shared.visit(Phase::MidBody, &self.recipients);
                if act.is_some() {
                    self.act(act, "")?;
                }
            }
            if line == b"." {
                return Ok(());
            }
            bytes.extend_from_slice(line.strip_prefix(b".").unwrap_or(&line));
            bytes.extend_from_slice(b"\r\n");
        }
    }

    fn keep(&self, mail: Received) -> usize {
        let mut inner = self.shared.inner();
        inner.mails.push(mail);
        self.shared.changed.notify_all();
        inner.mails.len() - 1
    }

    fn forget(&mut self) {
        self.from = None;
        self.recipients.clear();
    }

    /// Answers as a rule wants it, or as usual; gives what was said.
    fn answer(&mut self, phase: Phase, usual: &str) -> io::Result<String> {
        let act = self.shared.visit(phase, &self.recipients);
        self.act(act, usual)
    }

    fn act(&mut self, act: Option<Act>, usual: &str) -> io::Result<String> {
        let said = match act {
            None => usual.to_owned(),
            Some(Act::Wait(gate)) => {
                let waiting = gate.lock().expect("the lock").take();
                if let Some((reach, opened)) = waiting {
                    reach.send_replace(true);
                    // An error means that the gate is gone, and that opens it.
                    opened.recv().ok();
                }
                usual.to_owned()
            }
            Some(Act::Answer(Answer::Reply(words))) => words,
            Some(Act::Answer(Answer::ReplyThenClose(words))) => {
                self.say(&words)?;
                self.stream.close();
                return Ok(words);
            }
            Some(Act::Answer(Answer::Octets(octets))) => {
                self.note(&String::from_utf8_lossy(&octets));
                self.stream.write(&octets)?;
                return Ok(usual.to_owned());
            }
            Some(Act::Answer(Answer::Drip)) => {
                self.note(usual);
                for octet in format!("{usual}\r\n").bytes() {
                    self.stream.write(&[octet])?;
                }
                return Ok(usual.to_owned());
            }
            Some(Act::Answer(Answer::Close)) => return Err(ended()),
            Some(Act::Answer(Answer::Hang)) => {
                let mut chunk = [0; 4096];
                while self.stream.read(&mut chunk)? > 0 {}
                return Err(ended());
            }
        };
        if !said.is_empty() {
            self.say(&said)?;
        }
        Ok(said)
    }

    /// Notes the answer to a final dot before it goes out: a client that has read it finds it.
    fn note(&mut self, words: &str) {
        let mut inner = self.shared.inner();
        let place = self.unanswered.take();
        if let Some(mail) = place.and_then(|place| inner.mails.get_mut(place)) {
            mail.end = End::Answered(words.to_owned());
            self.shared.changed.notify_all();
        }
    }

    fn say(&mut self, words: &str) -> io::Result<()> {
        self.note(words);
        self.stream.write(format!("{words}\r\n").as_bytes())
    }

    /// The next line without its CR LF. A bare LF ends none.
    fn line(&mut self) -> io::Result<Vec<u8>> {
        let mut searched = 0;
        loop {
            let begin = self.input.get(searched..).unwrap_or_default();
            if let Some(end) = begin.windows(2).position(|pair| pair == b"\r\n") {
                let mut line: Vec<u8> = self.input.drain(..searched + end + 2).collect();
                line.truncate(line.len() - 2);
                return Ok(line);
            }
            searched = self.input.len().saturating_sub(1);
            let mut chunk = [0; 16 * 1024];
            let length = self.stream.read(&mut chunk)?;
            if length == 0 {
                return Err(ended());
            }
            self.input.extend_from_slice(&chunk[..length]);
        }
    }
}

/// What stands between `<` and `>`.
fn address(line: &str) -> String {
    let begin = line.find('<').map_or(0, |begin| begin + 1);
    let end = line.rfind('>').unwrap_or(line.len());
    line.get(begin..end).unwrap_or_default().to_owned()
}
