//! The protocol of one connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::{Answer, Kept, Shared, Step};

/// One connection.
pub(super) struct Client<'s> {
    shared: &'s Shared,
    input: BufReader<TcpStream>,
    output: TcpStream,
    selected: String,
}

impl Drop for Client<'_> {
    fn drop(&mut self) {
        self.output.shutdown(Shutdown::Both).ok();
    }
}

impl<'s> Client<'s> {
    pub(super) fn new(stream: TcpStream, shared: &'s Shared) -> io::Result<Self> {
        stream.set_nodelay(true)?;
        let input = BufReader::new(stream.try_clone()?);
        Ok(Self { shared, input, output: stream, selected: String::new() })
    }

    pub(super) fn talk(&mut self) -> io::Result<()> {
        self.say("* OK ready")?;
        loop {
            let mut line = String::new();
            if self.input.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let (tag, command) = line.trim_end().split_once(' ').unwrap_or(("*", ""));
            let answer = self.answer(command)?;
            self.say(&format!("{tag} {answer}"))?;
        }
    }

    /// What is said behind the tag.
    fn answer(&mut self, command: &str) -> io::Result<String> {
        let word = command.split(' ').next().unwrap_or_default();
        if word != "LOGIN" {
            self.shared.inner().commands.push(command.to_owned());
        }
        match word {
            "CAPABILITY" => {
                let offered = self.shared.inner().capabilities.clone();
                self.say(format!("* CAPABILITY IMAP4rev1 {offered}").trim_end())?;
                Ok("OK".to_owned())
            }
            "LOGIN" => Ok(self.ruled(Step::Login)?.unwrap_or("OK in".to_owned())),
            "AUTHENTICATE" => self.authenticate(),
            "NOOP" | "SUBSCRIBE" | "LOGOUT" => Ok("OK".to_owned()),
            "LIST" => self.list(),
            "SELECT" => self.select(command),
            "CREATE" => self.create(command),
            "APPEND" => self.append(command),
            "UID" if command.starts_with("UID SEARCH HEADER") => self.search(command),
            "UID" if command.starts_with("UID SEARCH UID ") => self.search_uids(command),
            "UID" if command.starts_with("UID FETCH ") => self.fetch(command),
            "UID" if command.starts_with("UID STORE ") => self.store(command),
            "UID" if command.starts_with("UID SEARCH") => {
                self.say("* SEARCH")?;
                Ok("OK".to_owned())
            }
            _ => Ok("BAD what?".to_owned()),
        }
    }

    fn list(&mut self) -> io::Result<String> {
        if let Some(said) = self.ruled(Step::List)? {
            return Ok(said);
        }
        let lines: Vec<String> = {
            let inner = self.shared.inner();
            let mark =
                |name: &String| if inner.sent.as_ref() == Some(name) { "\\Sent" } else { "" };
            let names = inner.folders.keys();
            names.map(|name| format!("* LIST ({}) \"/\" \"{name}\"", mark(name))).collect()
        };
        for line in lines {
            self.say(&line)?;
        }
        Ok("OK listed".to_owned())
    }

    fn select(&mut self, command: &str) -> io::Result<String> {
        if let Some(said) = self.ruled(Step::Select)? {
            return Ok(said);
        }
        let name = quoted(command);
        let count = self.shared.inner().folders.get(&name).map(Vec::len);
        let Some(count) = count else { return Ok("NO no such folder".to_owned()) };
        self.say(&format!("* {count} EXISTS\r\n* OK [UIDVALIDITY 42] valid"))?;
        self.selected = name;
        Ok("OK [READ-WRITE] selected".to_owned())
    }

    fn create(&mut self, command: &str) -> io::Result<String> {
        if let Some(said) = self.ruled(Step::Create)? {
            return Ok(said);
        }
        self.shared.inner().folders.entry(quoted(command)).or_default();
        Ok("OK made".to_owned())
    }

    fn search(&mut self, command: &str) -> io::Result<String> {
        if let Some(said) = self.ruled(Step::Search)? {
            return Ok(said);
        }
        let wanted = format!("Message-ID: {}", quoted(command));
        let found: String = {
            let inner = self.shared.inner();
            let mails = inner.folders.get(&self.selected).into_iter().flatten().zip(1..);
            let is_it = |mail: &Kept| String::from_utf8_lossy(&mail.bytes).contains(&wanted);
            let found = mails.filter(|(mail, _)| is_it(mail));
            found.map(|(_, uid): (_, u32)| format!(" {uid}")).collect()
        };
        self.say(&format!("* SEARCH{found}"))?;
        Ok("OK found".to_owned())
    }

    /// Takes whatever token is given, unless a rule says otherwise.
    fn authenticate(&mut self) -> io::Result<String> {
        self.say("+ ")?;
        let mut line = String::new();
        self.input.read_line(&mut line)?;
        let answer = STANDARD.decode(line.trim_end()).unwrap_or_default();
        let answer = String::from_utf8_lossy(&answer).replace('\u{1}', " ");
        self.shared.inner().logins.push(answer.trim_end().to_owned());
        Ok(self.ruled(Step::Login)?.unwrap_or("OK in".to_owned()))
    }

    /// The mails of the selected folder whose numbers a command names, with these.
    fn meant(&self, set: &str) -> Vec<(u32, Kept)> {
        let mails = self.shared.inner().folders.get(&self.selected).cloned().unwrap_or_default();
        let last = u32::try_from(mails.len()).unwrap_or(u32::MAX);
        let number = |text: &str| text.parse().unwrap_or(last);
        let is_in = |uid: u32| {
            set.split(',').any(|part| {
                let (from, to) = part.split_once(':').unwrap_or((part, part));
                (number(from)..=number(to)).contains(&uid)
            })
        };
        (1..).zip(mails).filter(|(uid, _)| is_in(*uid)).collect()
    }

    fn search_uids(&mut self, command: &str) -> io::Result<String> {
        let set = command.trim_start_matches("UID SEARCH UID ");
        let found: String = self.meant(set).iter().map(|(uid, _)| format!(" {uid}")).collect();
        self.say(&format!("* SEARCH{found}"))?;
        Ok("OK found".to_owned())
    }

    fn fetch(&mut self, command: &str) -> io::Result<String> {
        let wants_whole = command.contains("BODY.PEEK[]");
        if wants_whole && let Some(said) = self.ruled(Step::Fetch)? {
            return Ok(said);
        }
        let set = command.split(' ').nth(2).unwrap_or_default();
        for (uid, mail) in self.meant(set) {
            let (size, flags) = (mail.bytes.len(), &mail.flags);
            let facts = format!(
                "* {uid} FETCH (UID {uid} RFC822.SIZE {size} \
                 INTERNALDATE \"21-Nov-2026 10:00:00 +0100\" FLAGS ({flags})"
            );
            let head = mail.bytes.windows(4).position(|four| four == b"\r\n\r\n");
            let head = mail.bytes.get(..head.map_or(size, |at| at + 4)).unwrap_or_default();
            if command.contains("BODY.PEEK[HEADER]") {
                let said = format!("{facts} BODY[HEADER]<0> {{{}}}\r\n", head.len());
                self.output.write_all(said.as_bytes())?;
                self.output.write_all(head)?;
                self.say(")")?;
            } else if wants_whole {
                self.output.write_all(format!("{facts} BODY[] {{{size}}}\r\n").as_bytes())?;
                self.output.write_all(&mail.bytes)?;
                self.say(")")?;
            } else {
                self.say(&format!("{facts})"))?;
            }
        }
        Ok("OK fetched".to_owned())
    }

    fn store(&mut self, command: &str) -> io::Result<String> {
        let set = command.split(' ').nth(2).unwrap_or_default();
        let flags = command.rsplit('(').next().unwrap_or_default().trim_end_matches(')').to_owned();
        for (uid, _) in self.meant(set) {
            let mut inner = self.shared.inner();
            let folder = inner.folders.entry(self.selected.clone()).or_default();
            if let Some(mail) = folder.get_mut(uid as usize - 1) {
                mail.flags = format!("{} {flags}", mail.flags).trim().to_owned();
            }
        }
        self.shared.changed.notify_all();
        Ok("OK stored".to_owned())
    }

    fn append(&mut self, command: &str) -> io::Result<String> {
        let ruled = self.ruled(Step::Append)?;
        let (head, length) = command.rsplit_once('{').unwrap_or((command, "0}"));
        let digits: String = length.chars().take_while(char::is_ascii_digit).collect();
        let mut bytes = vec![0; digits.parse().unwrap_or_default()];
        let is_unasked = length.ends_with("+}");
        match (&ruled, is_unasked) {
            (Some(said), false) => return Ok(said.clone()),
            (None, false) => self.say("+ go on")?,
            (_, true) => {}
        }
        self.input.read_exact(&mut bytes)?;
        self.input.read_line(&mut String::new())?;
        if let Some(said) = ruled {
            return Ok(said);
        }
        let name = quoted(command);
        let between = |open: char, close: char| {
            let behind = head.rsplit_once(open).map_or("", |(_, behind)| behind);
            behind.split(close).next().unwrap_or_default().to_owned()
        };
        let date = head.rsplit('"').nth(1).filter(|text| text.contains(':'));
        let kept =
            Kept { bytes, flags: between('(', ')'), date: date.unwrap_or_default().to_owned() };
        let uid = match self.shared.inner().folders.get_mut(&name) {
            Some(folder) => {
                folder.push(kept);
                folder.len()
            }
            None => return Ok("NO [TRYCREATE] no such folder".to_owned()),
        };
        self.shared.changed.notify_all();
        let answered = self.ruled(Step::Stored)?;
        Ok(answered.unwrap_or(format!("OK [APPENDUID 42 {uid}] stored")))
    }

    /// What a rule lets the server say.
    fn ruled(&mut self, step: Step) -> io::Result<Option<String>> {
        match self.shared.come_to(step) {
            Some(Answer::Say(said)) => Ok(Some(said)),
            Some(Answer::Close) => Err(io::ErrorKind::ConnectionAborted.into()),
            Some(Answer::Wait) | None => Ok(None),
        }
    }

    fn say(&mut self, line: &str) -> io::Result<()> {
        self.output.write_all(format!("{line}\r\n").as_bytes())
    }
}

/// The first quoted string of a command.
fn quoted(command: &str) -> String {
    command.split('"').nth(1).unwrap_or_default().to_owned()
}
