//! Comparing a mail with a filter.

use super::super::field::Field;
use super::super::state::State;
use super::super::time::Comparison;
use super::bind::{MailFilter, Node};
use super::facts::{Header, MailToMatch};
use super::text_match::{AddressMatch, TextMatch};
use crate::text::fold_text;

/// The answer depends on a part of the mail that was not read: its header or its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs;

type Answer = Result<bool, Needs>;

impl MailFilter {
    /// Whether a mail passes. What was not read is asked for only where the rest does not decide.
    pub fn matches(&self, mail: &MailToMatch<'_>) -> Answer {
        matches(&self.0, mail)
    }

    /// Whether every mail passes, whatever it is like.
    pub fn is_everything(&self) -> bool {
        is_everything(&self.0)
    }
}

fn is_everything(node: &Node) -> bool {
    match node {
        Node::All(nodes) => nodes.iter().all(is_everything),
        Node::Any(nodes) => nodes.iter().any(is_everything) || holds_opposites(nodes),
        Node::Not(node) => is_nothing(node),
        Node::Text(_, texts) => texts.iter().any(is_any_text),
        Node::Address(_, asked) => {
            asked.iter().any(|one| matches!(one, AddressMatch::Text(text) if is_any_address(text)))
        }
        Node::Words(query) => query.is_empty(),
        Node::Size(Comparison::AtLeast, 0 | 1) | Node::Size(Comparison::Greater, 0) => true,
        _ => false,
    }
}

/// Whether no mail is so.
fn is_nothing(node: &Node) -> bool {
    match node {
        Node::All(nodes) => nodes.iter().any(is_nothing),
        Node::Any(nodes) => nodes.iter().all(is_nothing),
        Node::Not(node) => is_everything(node),
        Node::Size(Comparison::Less, 0 | 1) | Node::Size(Comparison::AtMost, 0) => true,
        _ => false,
    }
}

/// Whether a condition and its opposite are among alternatives: known or unknown, with an attachment or
/// without.
fn holds_opposites(nodes: &[Node]) -> bool {
    fn flat<'a>(nodes: &'a [Node], all: &mut Vec<&'a Node>) {
        for node in nodes {
            match node {
                Node::Any(nodes) => flat(nodes, all),
                node => all.push(node),
            }
        }
    }
    let mut all = Vec::new();
    flat(nodes, &mut all);
    let is_opposite = |one: &Node, other: &Node| match (one, other) {
        (Node::Not(inner), other) => inner.as_ref() == other,
        (Node::Is(State::Known), Node::Is(State::Unknown))
        | (Node::Attachment(true), Node::Attachment(false)) => true,
        _ => false,
    };
    all.iter().any(|one| all.iter().any(|other| is_opposite(one, other)))
}

/// Whether every address is so: as any text, or a lone `@`.
fn is_any_address(text: &TextMatch) -> bool {
    match text {
        TextMatch::Part(part) => matches!(part.as_str(), "" | "@"),
        TextMatch::Pattern(pieces) => {
            pieces.concat().is_empty() || (pieces.concat() == "@" && pieces.len() > 2)
        }
    }
}

/// Whether every text is so: an empty part, or a pattern of stars alone.
fn is_any_text(text: &TextMatch) -> bool {
    match text {
        TextMatch::Part(part) => part.is_empty(),
        TextMatch::Pattern(pieces) => pieces.iter().all(String::is_empty),
    }
}

fn matches(node: &Node, mail: &MailToMatch<'_>) -> Answer {
    match node {
        Node::All(nodes) => decided_by(nodes, mail, false),
        Node::Any(nodes) => decided_by(nodes, mail, true),
        Node::Not(node) => matches(node, mail).map(|holds| !holds),
        Node::Address(field, asked) => Ok(has_address(*field, asked, mail)),
        Node::Text(field, asked) => has_text(*field, asked, mail),
        Node::Header(name, value) => has_header(name, value, mail.headers.ok_or(Needs)?),
        Node::Attachment(is_wanted) => Ok(mail.attachments.is_empty() != *is_wanted),
        Node::Size(comparison, bytes) => Ok(is_so_large(*comparison, mail.size_bytes, *bytes)),
        Node::Class(classes) => Ok(mail.class.is_some_and(|class| classes.contains(&class))),
        Node::Mailbox(ids) => Ok(ids.contains(&mail.mailbox)),
        Node::Company(ids) => Ok(ids.contains(&mail.company)),
        Node::Is(state) => Ok(is(*state, mail)),
        Node::Words(query) => Ok(query.is_empty() || mail.words.ok_or(Needs)?.matches(query)),
    }
}

/// The answer of a list that one node with this answer decides: of an *or* one that holds, of an
/// *and* one that does not.
fn decided_by(nodes: &[Node], mail: &MailToMatch<'_>, decisive: bool) -> Answer {
    let mut needs = false;
    for node in nodes {
        match matches(node, mail) {
            Ok(answer) if answer == decisive => return Ok(decisive),
            Ok(_) => {}
            Err(Needs) => needs = true,
        }
    }
    if needs { Err(Needs) } else { Ok(!decisive) }
}

fn has_address(field: Field, asked: &[AddressMatch], mail: &MailToMatch<'_>) -> bool {
    let fits = |name: &str, address: &str| asked.iter().any(|one| one.fits(name, address));
    let one_fits =
        |list: &[(String, String)]| list.iter().any(|(name, address)| fits(name, address));
    match field {
        Field::From => fits(mail.from.0, mail.from.1),
        Field::To => one_fits(mail.to),
        Field::Cc => one_fits(mail.cc),
        Field::Bcc => one_fits(mail.bcc),
        Field::ReplyTo => one_fits(mail.reply_to),
        _ => {
            [mail.to, mail.cc, mail.bcc].into_iter().any(one_fits)
                || mail.envelope_to.iter().any(|address| fits("", address))
        }
    }
}

fn has_text(field: Field, asked: &[TextMatch], mail: &MailToMatch<'_>) -> Answer {
    let fits = |folded: &str| asked.iter().any(|one| one.fits(folded));
    Ok(match field {
        Field::Subject => fits(mail.folded_subject()),
        Field::Body => fits(mail.folded_text().ok_or(Needs)?),
        Field::FromName => fits(&fold_text(mail.from.0)),
        Field::Attachment => mail.attachments.iter().any(|(name, _)| fits(&fold_text(name))),
        Field::AttachmentType => mail.attachments.iter().any(|(_, media)| fits(media)),
        _ => false,
    })
}

fn has_header(name: &str, value: &TextMatch, headers: &[Header]) -> Answer {
    let mut named = headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
    Ok(named.any(|header| value.fits(&fold_text(&header.value))))
}

fn is_so_large(comparison: Comparison, size: u64, asked: u64) -> bool {
    match comparison {
        Comparison::At => size == asked,
        Comparison::Less => size < asked,
        Comparison::AtMost => size <= asked,
        Comparison::Greater => size > asked,
        Comparison::AtLeast => size >= asked,
    }
}

fn is(state: State, mail: &MailToMatch<'_>) -> bool {
    match state {
        State::Known => mail.is_known,
        State::Unknown => !mail.is_known,
        State::Answer => mail.is_answer,
        State::Forwarded => mail.is_forwarded,
        State::Automatic => mail.class.is_some_and(|class| class.is_automatic()),
        State::StartedHere => mail.is_started_here,
        State::NamesTicket => mail.names_ticket,
        State::Seen => mail.was_seen,
        State::Answered => mail.was_answered,
        _ => false,
    }
}
