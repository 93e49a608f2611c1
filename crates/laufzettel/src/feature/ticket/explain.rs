//! Why a message lies in its ticket, told from what is stored of the decision and of what came after.

use maud::html;
use rules::right::{Place, Right, allows};

use super::page::Why;
use super::store::Belonging;
use crate::feature::journal::page::explanation;
use crate::feature::journal::read::may as may_read;
use crate::feature::journal::{Decided, decided};
use crate::feature::regroup::Origin;
use crate::feature::regroup::page::Mover;
use crate::feature::regroup::show::may_regroup;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::message::Message;
use crate::record::show;
use crate::record::ticket::Ticket;
use crate::texts;

/// Explains a message.
pub fn why(
    screen: &Screen,
    ticket: &Ticket,
    belonging: &Belonging,
    message: &Message,
    origin: Option<&Origin>,
) -> Why {
    let texts = texts::regroup(screen.language);
    let Decided { outcome, reason, evidence, .. } = decided(
        belonging.state.as_deref().unwrap_or_default(),
        belonging.outcome.as_deref(),
        Some(&origin.map_or_else(|| belonging.number.clone(), |origin| origin.number.clone())),
        message.evidence.as_deref(),
        0,
    );
    let sentence = match message.mail {
        Some(_) => explanation(screen.language, &outcome, &reason),
        None => html! { (texts.was_written(&message.author_name)) },
    };
    let moved = origin.map(|origin| {
        let who = origin.agent.and_then(|agent| screen.directory.agent(agent));
        let who = who.map_or("Laufzettel", |agent| agent.name.as_str());
        let time = show::exact_moment(&screen.times(), origin.at).short;
        texts.was_moved_html(who, &time, &origin.number)
    });
    let mailbox = belonging.mailbox.and_then(|id| screen.directory.mailbox_by_id(id));
    let number = ticket.number.clone();
    let id = message.id.to_string();
    Why {
        moved,
        sentence,
        mailbox: mailbox.map(|mailbox| mailbox.label.clone()),
        evidence: if message.mail.is_some() { evidence } else { Vec::new() },
        mover: may_regroup(screen, ticket).then(|| Mover {
            number: number.clone(),
            message: id.clone(),
            is_only: ticket.message_count == 1,
        }),
        further: further(screen, belonging, message),
        number,
        message: id,
    }
}

/// Where more of it stands, and what else can be made of a mail.
fn further(
    screen: &Screen,
    belonging: &Belonging,
    message: &Message,
) -> Vec<(&'static str, String, String)> {
    let mut further: Vec<_> = journal(screen, belonging, message).into_iter().collect();
    let may_rule = allows(&screen.actor.rights, Right::ManageRules, Place::House);
    if may_rule && message.mail.is_some() {
        let words = texts::regroup(screen.language).make_a_rule().to_owned();
        let href = format!("/settings/rules/new?ticket={}", encode(&belonging.number));
        further.push(("list-checks", words, href));
    }
    further
}

/// The way to the journal, for who may read it.
fn journal(
    screen: &Screen,
    belonging: &Belonging,
    message: &Message,
) -> Option<(&'static str, String, String)> {
    let (mail, mailbox) = (message.mail?, belonging.mailbox?);
    may_read(&screen.actor, &screen.directory, Right::ReadMails, mailbox).then(|| {
        let words = texts::ticket(screen.language).in_journal().to_owned();
        ("history", words, format!("/mails/{mail}#entry"))
    })
}
