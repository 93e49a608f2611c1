//! What stands in the head of a message: subject, sender, recipients, moment (F-ACT-12).

use rules::intake::MailClass;

use crate::feature::intake::NO_SUBJECT;
use crate::http::screen::Screen;
use crate::record::frame;
use crate::record::message::{Mailbox, Message};
use crate::record::ticket::Ticket;
use crate::texts;

/// Names and values; none for a note that nobody got.
pub fn of(screen: &Screen, message: &Message) -> Vec<(&'static str, String)> {
    let words = texts::ticket(screen.language);
    let recipients = message.recipients();
    let is_note = message.visibility != "external";
    let author = Mailbox {
        name: message.author_name.clone(),
        email: message.author_email.clone().unwrap_or_default(),
    };
    let list = |list: &[Mailbox]| list.iter().map(full).collect::<Vec<_>>().join(", ");
    let (to, cc, bcc) = (list(&recipients.to), list(&recipients.cc), list(&recipients.bcc));
    if is_note && to.is_empty() {
        return Vec::new();
    }
    [
        (words.head_subject(), message.subject.clone()),
        (words.head_from(), full(&author)),
        (words.head_to(), to),
        (words.head_cc(), cc),
        (words.head_bcc(), bcc),
        (words.head_at(), screen.times().date_and_clock(message.at)),
    ]
    .into_iter()
    .filter(|(_, value)| !value.is_empty())
    .collect()
}

/// The icon and the name of the class of a mail that no person wrote to us.
pub fn sort(screen: &Screen, message: &Message) -> Option<(&'static str, String)> {
    let class = message.mail_class.as_deref().and_then(MailClass::from_code)?;
    let symbol = if class == MailClass::OutOfOffice { "palmtree" } else { "zap" };
    let name = frame::mail_class(screen.language, class.code()).to_owned();
    class.is_automatic().then_some((symbol, name))
}

/// `Ann Hansen <ann@kunde.example>`.
fn full(mailbox: &Mailbox) -> String {
    match (mailbox.name.is_empty(), mailbox.email.is_empty()) {
        (true, _) => mailbox.email.clone(),
        (false, true) => mailbox.name.clone(),
        (false, false) => format!("{} <{}>", mailbox.name, mailbox.email),
    }
}

/// What a ticket is about; what stands for a subject that its mail did not have is no word for people.
pub fn subject(screen: &Screen, ticket: &Ticket) -> String {
    match ticket.subject.as_str() {
        NO_SUBJECT => texts::journal(screen.language).no_subject().to_owned(),
        subject => subject.to_owned(),
    }
}
