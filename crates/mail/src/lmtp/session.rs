//! The protocol of one connection, without I/O.

use std::collections::VecDeque;

use smtp_proto::{Error, MAIL_BODY_BINARYMIME, MAIL_REQUIRETLS, MAIL_SMTPUTF8, MailFrom, Request};
use values::EmailAddress;

use super::data::{Data, Kept};
use super::reply;
use super::types::{Action, DeliverAnswer, Dialect, Envelope, Limits, RecipientAnswer};

/// What the session waits for.
#[derive(Debug)]
enum State {
    Command,
    /// A line that is too long is passed over up to its end.
    LongLine,
    RecipientAnswer(EmailAddress),
    Data(Data),
    MailAnswer {
        recipients: usize,
        held: usize,
    },
    Closed,
}

/// The transaction between MAIL and the end of the mail.
#[derive(Debug)]
struct Transaction {
    from: String,
    smtputf8: bool,
    recipients: Vec<EmailAddress>,
}

/// The protocol of one connection.
///
/// Give it octets with [`Session::feed`], then call [`Session::next_action`] until it gives nothing, and
/// answer each [`Action::Recipient`] and [`Action::Mail`] before calling it again. How the octets
/// are cut changes nothing.
#[derive(Debug)]
pub struct Session {
    dialect: Dialect,
    limits: Limits,
    host: String,
    state: State,
    is_greeted: bool,
    transaction: Option<Transaction>,
    input: VecDeque<u8>,
    actions: VecDeque<Action>,
    errors: u32,
}

impl Session {
    /// A new connection; the first action is the greeting with the name of this host.
    pub fn new(dialect: Dialect, limits: Limits, host: &str) -> Self {
        let mut session = Self {
            dialect,
            limits,
            host: host.to_owned(),
            state: State::Command,
            is_greeted: false,
            transaction: None,
            input: VecDeque::new(),
            actions: VecDeque::new(),
            errors: 0,
        };
        let protocol = match dialect {
            Dialect::Lmtp => "LMTP",
            Dialect::Smtp => "ESMTP",
        };
        session.say(&format!("220 {host} {protocol} Laufzettel"));
        session
    }

    /// Takes what was read. Feed again only when [`Session::next_action`] gives nothing.
    pub fn feed(&mut self, octets: &[u8]) {
        if let State::Data(data) = &mut self.state
            && self.input.is_empty()
        {
            // The usual case: the middle of a mail goes to its place without a detour.
            if let Some(end) = data.take(octets) {
                self.input.extend(octets.get(end..).unwrap_or_default());
                self.end_mail();
            }
            return;
        }
        self.input.extend(octets);
    }

    /// What is to be done next, or `None` if more octets are needed.
    pub fn next_action(&mut self) -> Option<Action> {
        loop {
            if let Some(action) = self.actions.pop_front() {
                return Some(action);
            }
            match &mut self.state {
                State::RecipientAnswer(_) | State::MailAnswer { .. } | State::Closed => {
                    return None;
                }
                State::Data(data) => {
                    let octets = self.input.make_contiguous();
                    match data.take(octets) {
                        Some(end) => {
                            self.input.drain(..end);
                            self.end_mail();
                        }
                        None => {
                            self.input.clear();
                            return None;
                        }
                    }
                }
                State::Command | State::LongLine => {
                    let line = self.line()?;
                    self.take_line(line);
                }
            }
        }
    }

    /// How much memory the mail takes that is arriving or waits for its answer.
    pub fn held(&self) -> usize {
        match &self.state {
            State::Data(data) => data.held(),
            State::MailAnswer { held, .. } => *held,
            _ => 0,
        }
    }

    /// Gives up the mail that is arriving for want of memory; the client is told to try later.
    pub fn refuse_mail(&mut self) {
        if let State::Data(data) = &mut self.state {
            data.forget(Kept::NoMemory);
        }
    }

    /// Answers [`Action::Recipient`].
    pub fn answer_recipient(&mut self, answer: RecipientAnswer) {
        if let State::RecipientAnswer(address) = std::mem::replace(&mut self.state, State::Command)
        {
            if answer == RecipientAnswer::Accept
                && let Some(transaction) = &mut self.transaction
            {
                transaction.recipients.push(address);
            }
            self.say(reply::recipient(answer));
        }
    }

    /// Answers [`Action::Mail`], one answer per recipient in their order. Where one is missing the
    /// client is told to try again.
    pub fn answer_mail(&mut self, answers: &[DeliverAnswer]) {
        let State::MailAnswer { recipients, .. } = self.state else { return };
        self.state = State::Command;
        let answers: Vec<DeliverAnswer> = (0..recipients)
            .map(|index| answers.get(index).copied().unwrap_or(DeliverAnswer::TryLater))
            .collect();
        match self.dialect {
            Dialect::Lmtp => {
                answers.into_iter().for_each(|answer| self.say(reply::delivery(answer)))
            }
            Dialect::Smtp => self.say(reply::delivery(one_answer(&answers))),
        }
    }

    fn say(&mut self, line: &str) {
        self.actions.push_back(Action::Reply(format!("{line}\r\n").into_bytes()));
    }

    fn complain(&mut self, line: &str) {
        self.errors += 1;
        if self.errors > self.limits.errors_max {
            self.say(reply::TOO_MANY_ERRORS);
            self.close();
        } else {
            self.say(line);
        }
    }

    fn close(&mut self) {
        self.state = State::Closed;
        self.actions.push_back(Action::Close);
    }

    /// Ends the connection from our side.
    pub(super) fn close_with(&mut self, line: &str) {
        self.say(line);
        self.close();
    }

    /// The next whole line with its LF.
    fn line(&mut self) -> Option<Vec<u8>> {
        let max = self.limits.line_bytes_max;
        loop {
            let end = self.input.iter().take(max).position(|octet| *octet == b'\n');
            if let Some(end) = end {
                return Some(self.input.drain(..=end).collect());
            }
            if self.input.len() < max {
                return None;
            }
            self.input.drain(..max);
            self.state = State::LongLine;
        }
    }

    fn take_line(&mut self, line: Vec<u8>) {
        if matches!(self.state, State::LongLine) {
            self.state = State::Command;
            return self.complain(reply::LINE_TOO_LONG);
        }
        let text = line.strip_suffix(b"\r\n");
        let Some(text) = text.filter(|text| !text.iter().any(u8::is_ascii_control)) else {
            return self.complain(reply::BAD_LINE);
        };
        match Request::parse(&mut line.iter()) {
            Ok(request) => self.take_request(request.into_owned()),
            Err(Error::InvalidSenderAddress) => match lenient_sender(text) {
                Some(address) => {
                    self.take_sender(MailFrom { address, ..MailFrom::default() });
                }
                None => self.complain(&reply::unreadable(&Error::InvalidSenderAddress)),
            },
            Err(Error::InvalidRecipientAddress) => self.say(reply::BAD_RECIPIENT),
            Err(error) => self.complain(&reply::unreadable(&error)),
        }
    }

    fn take_request(&mut self, request: Request<String>) {
        match request {
            Request::Lhlo { .. } if self.dialect == Dialect::Lmtp => self.greet_back(),
            Request::Ehlo { .. } if self.dialect == Dialect::Smtp => self.greet_back(),
            Request::Helo { .. } if self.dialect == Dialect::Smtp => {
                self.begin_again();
                let line = format!("250 {}", self.host);
                self.say(&line);
            }
            Request::Lhlo { .. } => self.complain(reply::SAY_EHLO),
            Request::Ehlo { .. } | Request::Helo { .. } => self.complain(reply::SAY_LHLO),
            Request::Mail { from } => self.take_sender(from),
            Request::Rcpt { to } => self.take_recipient(&to.address),
            Request::Data => self.begin_mail(),
            Request::Rset => {
                self.transaction = None;
                self.say(reply::OK);
            }
            Request::Noop { .. } => self.say(reply::OK),
            Request::Vrfy { .. } => self.say(reply::CANNOT_VERIFY),
            Request::Help { .. } => self.say(reply::HELP),
            Request::Quit => self.close_with(reply::BYE),
            Request::StartTls
            | Request::Auth { .. }
            | Request::Bdat { .. }
            | Request::Burl { .. }
            | Request::Expn { .. }
            | Request::Etrn { .. }
            | Request::Atrn { .. } => self.complain(reply::NOT_OFFERED),
        }
    }

    fn begin_again(&mut self) {
        self.is_greeted = true;
        self.transaction = None;
    }

    fn greet_back(&mut self) {
        self.begin_again();
        let size = self.limits.mail_bytes_max;
        let lines = format!(
            "250-{}\r\n250-PIPELINING\r\n250-8BITMIME\r\n250-SMTPUTF8\r\n250-SIZE {size}\r\n\
             250 ENHANCEDSTATUSCODES",
            self.host
        );
        self.say(&lines);
    }

    fn take_sender(&mut self, from: MailFrom<String>) {
        if !self.is_greeted {
            self.complain(reply::HELLO_FIRST);
        } else if self.transaction.is_some() {
            self.complain(reply::SENDER_TWICE);
        } else if from.flags & (MAIL_BODY_BINARYMIME | MAIL_REQUIRETLS) != 0 {
            self.complain(reply::PARAMETER);
        } else if from.size > self.limits.mail_bytes_max {
            self.say(reply::TOO_LARGE);
        } else {
            let smtputf8 = from.flags & MAIL_SMTPUTF8 != 0;
            let recipients = Vec::new();
            self.transaction = Some(Transaction { from: from.address, smtputf8, recipients });
            self.say(reply::SENDER_OK);
        }
    }

    fn take_recipient(&mut self, address: &str) {
        let Some(transaction) = &self.transaction else {
            return self.complain(reply::SENDER_FIRST);
        };
        if transaction.recipients.len() >= self.limits.recipients_max {
            return self.say(reply::TOO_MANY_RECIPIENTS);
        }
        match EmailAddress::parse(address) {
            Ok(address) => {
                self.state = State::RecipientAnswer(address.clone());
                self.actions.push_back(Action::Recipient(address));
            }
            // No mistake of the client: it hands on what somebody typed.
            Err(_) => self.say(reply::BAD_RECIPIENT),
        }
    }

    fn begin_mail(&mut self) {
        match &self.transaction {
            None => self.complain(reply::SENDER_FIRST),
            Some(transaction) if transaction.recipients.is_empty() => {
                self.complain(reply::NO_RECIPIENT);
            }
            Some(_) => {
                self.state = State::Data(Data::new(self.limits.mail_bytes_max));
                self.say(reply::GO_AHEAD);
            }
        }
    }

    fn end_mail(&mut self) {
        let State::Data(data) = std::mem::replace(&mut self.state, State::Command) else { return };
        let Some(transaction) = self.transaction.take() else { return };
        let Transaction { from, smtputf8, recipients } = transaction;
        match data.finish() {
            Ok(bytes) => {
                let held = bytes.capacity();
                self.state = State::MailAnswer { recipients: recipients.len(), held };
                let envelope = Envelope { from, recipients, smtputf8, bytes };
                self.actions.push_back(Action::Mail(envelope));
            }
            Err(kept) => {
                let replies = match self.dialect {
                    Dialect::Lmtp => recipients.len(),
                    Dialect::Smtp => 1,
                };
                for _ in 0..replies {
                    self.say(reply::not_kept(kept));
                }
            }
        }
    }
}

/// The one reply of SMTP for several recipients. A mail that one of them did not get comes again:
/// rather twice for the others than lost for one.
fn one_answer(answers: &[DeliverAnswer]) -> DeliverAnswer {
    let worst_first = [DeliverAnswer::TryLater, DeliverAnswer::StorageFull, DeliverAnswer::Stored];
    let found = worst_first.into_iter().find(|answer| answers.contains(answer));
    found.unwrap_or(DeliverAnswer::Refused)
}

/// The return path of a sender whose address follows no rule, such as `a..b@example.jp`. The mail
/// server before us took it, and a refusal would lose the mail.
fn lenient_sender(line: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(line).ok()?;
    let (_, rest) = text.split_once('<')?;
    let (address, _) = rest.split_once('>')?;
    match address.is_empty() || address.contains([' ', '<']) {
        true => None,
        false => Some(address.to_owned()),
    }
}
