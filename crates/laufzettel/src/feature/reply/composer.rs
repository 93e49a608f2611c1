//! What the composer shows: the drafts of the reader, and where there is none, whom and from whom.

use mail::read::typed_addresses;
use maud::{Markup, html};
use rules::answer::reply_to_all;
use rules::status::Stage;
use rules::variables::{Format, Variable, fill};
use values::EmailAddress;

use super::page::{self, Composer, DraftForm, KeptFile, Problem, SenderChoice, ShownFile};
use crate::feature::ticket::read::TicketView;
use crate::http::screen::Screen;
use crate::record::AreaId;
use crate::record::actor::Actor;
use crate::record::directory::{Directory, by_id};
use crate::record::draft::{Draft, Kind, Saved};
use crate::record::message::{Mailbox, Message, Recipients, stored_last};
use crate::record::outgoing::{Origin, candidates};
use crate::record::ticket::{Ticket, is_own, may};
use rules::right::Right;

/// The composer of a ticket; nothing for who may not write in it.
pub fn composer(screen: &Screen, view: &TicketView) -> Markup {
    match shown(screen, view, &[]) {
        Some(composer) => page::composer(screen.language, &composer),
        None => html! {},
    }
}

/// The composer with what was refused in the form of its kind, which shows what was typed.
pub fn refused(
    screen: &Screen,
    view: &TicketView,
    kind: Kind,
    draft: Draft,
    problem: Problem,
) -> Markup {
    let saved = Saved { kind, draft, saved_at: screen.now };
    let Some(mut composer) = shown(screen, view, &[saved]) else { return html! {} };
    composer.open = kind;
    for form in composer.forms.iter_mut().filter(|form| form.kind == kind) {
        form.problem = Some(problem.clone());
    }
    page::composer(screen.language, &composer)
}

/// Nobody writes in the trash, but what somebody has just typed is not taken away.
fn shown(screen: &Screen, view: &TicketView, typed: &[Saved]) -> Option<Composer> {
    let (ticket, actor) = (&view.ticket, &screen.actor);
    let may_write = may(actor, Right::WorkOnTicket, ticket.area, is_own(actor, ticket));
    if !may_write || (ticket.stage.0 == Stage::Trash && typed.is_empty()) {
        return None;
    }
    let newest = view.drafts.iter().max_by_key(|saved| saved.saved_at).map(|saved| saved.kind);
    let forms = Kind::ALL.map(|kind| {
        let of_kind = |saved: &&Saved| saved.kind == kind;
        let saved = typed.iter().find(of_kind).or_else(|| view.drafts.iter().find(of_kind));
        form(screen, view, kind, saved)
    });
    Some(Composer {
        number: ticket.number.clone(),
        live_id: ticket.id.to_string(),
        is_closed: ticket.stage.0 == Stage::Closed,
        open: newest.unwrap_or(Kind::Reply),
        forms: forms.into(),
        team: team(screen),
        undo_seconds: u64::try_from(screen.actor.undo_seconds).unwrap_or_default(),
    })
}

/// The active agents, the writer first.
fn team(screen: &Screen) -> Vec<(String, String)> {
    let active = screen.directory.agents.iter().filter(|agent| agent.active);
    let (own, others): (Vec<_>, Vec<_>) = active.partition(|agent| agent.id == screen.actor.agent);
    let named = own.into_iter().chain(others);
    named.map(|agent| (agent.id.to_string(), agent.name.clone())).collect()
}

fn form(screen: &Screen, view: &TicketView, kind: Kind, saved: Option<&Saved>) -> DraftForm {
    let ticket = &view.ticket;
    let seen = stored_last(&view.messages).map(|id| id.to_string());
    let draft = match saved {
        Some(saved) => saved.draft.clone(),
        None => Draft { seen, ..begun(screen, view, kind) },
    };
    let origin = origin(&screen.directory, &view.messages);
    let senders = candidates(&screen.directory, ticket.area, &origin);
    let sender = |place: usize, from: &crate::record::outgoing::From| SenderChoice {
        address: from.address.clone(),
        label: if from.name.is_empty() {
            from.address.clone()
        } else {
            format!("{} <{}>", from.name, from.address)
        },
        is_chosen: draft.sender == from.address || (draft.sender.is_empty() && place == 0),
    };
    let files = draft.files.iter().map(|file| ShownFile {
        id: file.id.clone(),
        name: file.name.clone(),
        size: web::bytes_size(u64::try_from(file.size_bytes).unwrap_or_default(), screen.language),
        size_bytes: u64::try_from(file.size_bytes).unwrap_or_default(),
        is_picture: file.media_type.starts_with("image/"),
    });
    DraftForm {
        kind,
        senders: senders.iter().enumerate().map(|(place, from)| sender(place, from)).collect(),
        files: files.collect(),
        kept: kept(screen, view, kind, saved.map(|saved| &saved.draft)),
        saved: saved.map(|saved| screen.times().clock(saved.saved_at)),
        saved_at: saved.map(|saved| saved.saved_at),
        problem: None,
        draft,
    }
}

/// An empty draft with whom it goes to.
fn begun(screen: &Screen, view: &TicketView, kind: Kind) -> Draft {
    if kind != Kind::Reply {
        return Draft::default();
    }
    let (to, cc) = addressees(&screen.directory, &view.ticket, &view.messages);
    Draft { to, cc, ..Draft::default() }
}

/// Who gets an answer: everybody of the last mail that came but ourselves, else the requester
/// (F-OUT-13).
fn addressees(directory: &Directory, ticket: &Ticket, messages: &[Message]) -> (String, String) {
    let Some(last) = last_mail(messages) else {
        return (named(&ticket.requester_name, ticket.requester_email.as_deref()), String::new());
    };
    let Recipients { to, cc, reply_to, .. } = last.recipients();
    let author = Mailbox {
        name: last.author_name.clone(),
        email: last.author_email.clone().unwrap_or_default(),
    };
    let from = reply_to.first().cloned().unwrap_or(author);
    let emails = |list: &'_ [Mailbox]| list.iter().map(|one| one.email.clone()).collect::<Vec<_>>();
    let (tos, ccs) = (emails(&to), emails(&cc));
    let is_own = |address: &EmailAddress| {
        directory.mailboxes.iter().any(|mailbox| mailbox.addresses().contains(address))
    };
    let tos: Vec<&str> = tos.iter().map(String::as_str).collect();
    let ccs: Vec<&str> = ccs.iter().map(String::as_str).collect();
    let (main, copies) = reply_to_all(Some(&from.email), &tos, &ccs, is_own);
    let name_of = |email: &str| {
        let all = std::iter::once(&from).chain(&to).chain(&cc);
        let name = all.clone().find(|one| one.email == email).map(|one| one.name.clone());
        named(&name.unwrap_or_default(), Some(email))
    };
    let list = |emails: Vec<&str>| emails.into_iter().map(name_of).collect::<Vec<_>>().join(", ");
    match main.is_empty() {
        true => (named(&ticket.requester_name, ticket.requester_email.as_deref()), list(copies)),
        false => (list(main), list(copies)),
    }
}

/// The last mail that came from outside.
fn last_mail(messages: &[Message]) -> Option<&Message> {
    let mut came = messages.iter().rev().filter(|message| {
        message.visibility == "external" && message.direction.as_deref() == Some("in")
    });
    came.clone().find(|message| message.mail_class.is_none()).or_else(|| came.next())
}

/// `Ann Hansen <ann@kunde.example>`, with quotes around a name that needs them.
fn named(name: &str, email: Option<&str>) -> String {
    let Some(email) = email.filter(|email| !email.is_empty()) else { return String::new() };
    let name = name.replace(['"', '\\'], " ");
    match name.trim() {
        "" => email.to_owned(),
        name if name == email => email.to_owned(),
        name if name.contains([',', ';', '<', '>', '(', ')', '@', ':']) => {
            format!("\"{name}\" <{email}>")
        }
        name => format!("{name} <{email}>"),
    }
}

/// Where the ticket came from, as its messages say it.
fn origin(directory: &Directory, messages: &[Message]) -> Origin {
    let Some(last) = last_mail(messages) else { return Origin::default() };
    let recipients = last.recipients();
    let all = recipients.to.iter().chain(&recipients.cc);
    let typed = all.flat_map(|one| typed_addresses(&one.email)).filter_map(|one| one.address);
    let addresses: Vec<EmailAddress> = typed.collect();
    let found = directory.mailboxes.iter().find_map(|mailbox| {
        let own = mailbox.addresses();
        let received = addresses.iter().find(|address| own.contains(address))?;
        Some((mailbox.id, received.to_string()))
    });
    match found {
        Some((mailbox, received)) => Origin { mailbox: Some(mailbox), received_by: Some(received) },
        None => Origin::default(),
    }
}

/// The files of the last mail, which go with it when it is handed on.
fn kept(screen: &Screen, view: &TicketView, kind: Kind, draft: Option<&Draft>) -> Vec<KeptFile> {
    let last = view.messages.iter().rev().find(|message| message.visibility == "external");
    let Some(last) = last.filter(|_| kind == Kind::Forward) else { return Vec::new() };
    let files = last.files().into_iter().filter(|file| !file.inline);
    let shown = files.map(|file| {
        let id = file.id.to_string();
        KeptFile {
            is_kept: draft.is_none_or(|draft| draft.kept.contains(&id)),
            size: web::bytes_size(
                u64::try_from(file.size_bytes).unwrap_or_default(),
                screen.language,
            ),
            name: file.name,
            id,
        }
    });
    shown.collect()
}

/// A signature with its variables.
pub fn filled(html: &str, actor: &Actor, directory: &Directory, area: AreaId) -> String {
    let area = by_id(&directory.areas, area.number()).map(|area| area.name.clone());
    fill(html, Format::Html, |variable| match variable {
        Variable::AgentName => Some(actor.name.clone()),
        Variable::AgentPhone => Some(actor.phone.clone().unwrap_or_default()),
        Variable::AgentEmail => Some(actor.email.clone()),
        Variable::AreaName => area.clone(),
        _ => None,
    })
}
