//! A ticket as its page shows it.

use maud::{Markup, html};
use rules::correction::Correction;
use rules::right::{Level, Place, Right, allows};
use rules::status::Stage;
use values::Timestamp;
use web::bytes_size;

use super::delivery::delivery;
use super::page::{
    self, Access, Apart, Attachment, Bar, Choice, Closed, Conversation, Earlier, Entry, Field,
    Fold, Kind, Message, Mine, Preview, Quote, Seen, Segment, Sheet, Swap, TicketPage,
};
use super::read::TicketView;
use super::who_asks::{ages, customer, others};
use super::{heads, history};
use crate::feature::correct::allowed;
use crate::feature::regroup::show as regroup;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::area::Area;
use crate::record::directory::{Listed, Status};
use crate::record::frame::{self, Current};
use crate::record::message::{File, Message as Stored, Recipients};
use crate::record::show;
use crate::record::ticket::{Ticket, is_own, may};
use crate::record::{AgentId, MessageId};
use crate::service::history::Recorded;

/// Letters of the line to which a message folds.
const PREVIEW_LETTERS: usize = 160;
/// Letters of a part of a message that its page shows; the original has the rest.
const SHOWN_LETTERS_MAX: usize = 50_000;
/// Recipients that are named before "and others".
const NAMED_MAX: usize = 6;

/// The whole page.
pub fn ticket_page(screen: &Screen, view: &TicketView, back: String) -> TicketPage {
    TicketPage {
        bar: bar(screen, view, back),
        apart: apart(&view.ticket),
        seen: if has_news(view) { Seen::NotYet } else { Seen::Yes },
        conversation: conversation(screen, view, &[]),
        sheet: sheet(screen, &view.ticket),
        customer: customer(screen, &view.ticket),
        others: others(screen, view),
        ages: ages(screen, &view.ticket),
        alike: regroup::alike(screen, view),
    }
}

/// Whether showing the page changes something: the shared mark, or how far the reader got.
fn has_news(view: &TicketView) -> bool {
    let last = view.messages.last().map(|message| message.id);
    view.ticket.unseen || view.ticket.first_read_at.is_none() || last > view.read_to
}

fn apart(ticket: &Ticket) -> Apart {
    let is_spam = || ticket.tag_names().iter().any(|tag| tag.eq_ignore_ascii_case("spam"));
    match ticket.stage.0 {
        Stage::Trash if is_spam() => Apart::Spam,
        Stage::Trash => Apart::Bin,
        _ => Apart::No,
    }
}

/// Whether the reader may change the ticket.
pub fn access(screen: &Screen, ticket: &Ticket) -> Access {
    let actor = &screen.actor;
    match may(actor, Right::WorkOnTicket, ticket.area, is_own(actor, ticket)) {
        true => Access::Change,
        false => Access::Read,
    }
}

/// Whether a ticket can be solved or opened again.
pub fn closed(ticket: &Ticket) -> Closed {
    match ticket.stage.0 {
        Stage::Open | Stage::Waiting => Closed::No,
        Stage::Closed => Closed::Yes,
        Stage::Trash | Stage::Merged => Closed::Trash,
    }
}

/// How the reader stands to a ticket.
pub fn mine(screen: &Screen, ticket: &Ticket) -> Mine {
    let agent = screen.actor.agent;
    match ticket.assignee {
        None => Mine::Nobodys,
        Some(assignee) if assignee == agent => Mine::Yes,
        Some(_) => Mine::Others(agent.to_string()),
    }
}

/// Back, subject, actions.
pub fn bar(screen: &Screen, view: &TicketView, back: String) -> Bar {
    let ticket = &view.ticket;
    let has_files = view.messages.iter().any(|message| !listed(&message.files()).is_empty());
    Bar {
        number: ticket.number.clone(),
        live_id: ticket.id.to_string(),
        subject: heads::subject(screen, ticket),
        back,
        closed: closed(ticket),
        mine: mine(screen, ticket),
        muted: history::muted(&view.events),
        may_write_rules: allows(&screen.actor.rights, Right::ManageRules, Place::House),
        archive: has_files.then(|| format!("/tickets/{}/attachments.zip", encode(&ticket.number))),
    }
}

/// What changes together with the properties: the banner of a ticket that lies apart, and who asks.
pub fn around_sheet(screen: &Screen, view: &TicketView) -> Markup {
    let (language, swap) = (screen.language, Swap::OutOfBand);
    let ticket = &view.ticket;
    let banner = page::apart(language, &ticket.number, apart(ticket), swap);
    let customer = customer(screen, ticket);
    let (others, ages) = (others(screen, view), ages(screen, ticket));
    html! { (banner) (page::who_asks(language, customer.as_ref(), &others, &ages, swap)) }
}

/// Messages and events by their time. What was read is folded, unless it stands open.
pub fn conversation(screen: &Screen, view: &TicketView, open: &[MessageId]) -> Conversation {
    let last = view.messages.last().map(|message| message.id);
    let first_unread = view.messages.iter().find(|message| Some(message.id) > view.read_to);
    let first_unread = first_unread.map(|message| message.id);
    let may_regroup = regroup::may_regroup(screen, &view.ticket);
    let mut entries: Vec<(Timestamp, Entry)> = Vec::new();
    for stored in &view.messages {
        let is_unread = Some(stored.id) > view.read_to;
        let mut shown = message(screen, stored);
        shown.delivery = delivery(screen, &view.ticket.number, stored);
        shown.unread = is_unread;
        shown.correct = correct(screen, view, stored);
        shown.from = regroup::origin(view, stored);
        shown.why = Some(format!("/messages/{}/why", stored.id));
        shown.movable = may_regroup.then(|| {
            format!("/tickets/{}/move?message={}", encode(&view.ticket.number), stored.id)
        });
        shown.first_unread = first_unread == Some(stored.id);
        if !is_unread && last != Some(stored.id) && !open.contains(&stored.id) {
            shown.fold = Fold::Folded { preview: preview(stored) };
        }
        entries.push((stored.at, Entry::Message(Box::new(shown))));
    }
    let since = view.messages.iter().map(|message| message.at).min();
    for event in view.events.iter().filter(|event| since.is_none_or(|since| event.at >= since)) {
        entries.extend(happened(screen, view, event).into_iter().map(|entry| (event.at, entry)));
    }
    entries.sort_by_key(|(at, entry)| (*at, matches!(entry, Entry::Event(_))));
    let count = i64::try_from(view.messages.len()).unwrap_or(i64::MAX);
    let hidden = u64::try_from(view.ticket.message_count - count).unwrap_or_default();
    let before = view.messages.first().map(|message| message.id);
    Conversation {
        number: view.ticket.number.clone(),
        live_id: view.ticket.id.to_string(),
        moved_on: None,
        earlier: before.filter(|_| hidden > 0).map(|before| Earlier {
            messages: hidden,
            href: format!("/tickets/{}?before={before}", encode(&view.ticket.number)),
        }),
        entries: entries.into_iter().map(|(_, entry)| entry).collect(),
    }
}

/// The entries of one event.
fn happened(screen: &Screen, view: &TicketView, event: &Recorded) -> Vec<Entry> {
    if regroup::is_said_elsewhere(view, event) {
        return Vec::new();
    }
    if let Some(line) = regroup::line(screen, view, event) {
        return vec![Entry::Joined(Box::new(line))];
    }
    let from = regroup::origin_of_event(view, event);
    history::events(screen, event, from.as_deref()).into_iter().map(Entry::Event).collect()
}

/// The names of those whom a message concerns, if that is not its author alone.
fn concerns(screen: &Screen, message: &Stored) -> String {
    if message.concerns.is_none() {
        return String::new();
    }
    let agents = message.concerns();
    let named = agents.iter().filter_map(|agent| screen.directory.agent(*agent));
    named.map(|agent| agent.name.clone()).collect::<Vec<_>>().join(", ")
}

/// The page that corrects a message, for who may do that.
fn correct(screen: &Screen, view: &TicketView, message: &Stored) -> Option<String> {
    // Where older messages are elsewhere, none of the page is the first.
    let count = i64::try_from(view.messages.len()).unwrap_or(i64::MAX);
    let is_whole = view.ticket.message_count <= count;
    let first = view.messages.first().map(|first| first.id).filter(|_| is_whole);
    let allowed = allowed(&screen.actor, &view.ticket, message, first);
    (allowed != Correction::Nothing).then(|| format!("/messages/{}/correct", message.id))
}

fn preview(message: &Stored) -> String {
    let segments = message.segments();
    if kind(message) == Kind::Note && !message.subject.is_empty() {
        return message.subject.clone();
    }
    let text = segments.iter().find(|segment| segment.kind == "new").or(segments.first());
    let text = text.map(|segment| segment.text.as_str()).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(PREVIEW_LETTERS).collect()
}

/// A message, open and read.
pub fn message(screen: &Screen, stored: &Stored) -> Message {
    let id = stored.id.to_string();
    let files = stored.files();
    let shown = listed(&files);
    Message {
        kind: kind(stored),
        author: show::person(&stored.author_name),
        to: recipients(&stored.recipients()),
        title: if kind(stored) == Kind::Note { stored.subject.clone() } else { String::new() },
        concerns: concerns(screen, stored),
        correct: None,
        from: None,
        why: None,
        movable: None,
        corrected: stored.corrected_at.map(|at| show::exact_moment(&screen.times(), at)),
        heads: heads::of(screen, stored),
        time: show::exact_moment(&screen.times(), stored.at),
        fold: Fold::Open,
        first_unread: false,
        unread: false,
        segments: segments(&id, stored),
        archive: (shown.len() > 1).then(|| format!("/messages/{id}/attachments.zip")),
        attachments: shown.into_iter().map(|file| attachment(screen, file)).collect(),
        blocked: u64::try_from(stored.blocked_remote).unwrap_or_default(),
        is_cut: is_cut(stored),
        oddities: stored.oddities().iter().map(|code| oddity(screen, code)).collect(),
        mail: stored.mail.map(|mail| mail.to_string()),
        sort: heads::sort(screen, stored),
        delivery: None,
        id,
    }
}

/// The sentence for an oddity.
fn oddity(screen: &Screen, code: &str) -> String {
    let (code, detail) = code.split_once(": ").unwrap_or((code, ""));
    frame::oddity(screen.language, code, detail)
}

/// The kind of a message.
pub fn kind(message: &Stored) -> Kind {
    match (message.visibility.as_str(), message.direction.as_deref()) {
        ("internal", _) => Kind::Note,
        (_, Some("out")) => Kind::Out,
        _ => Kind::In,
    }
}

/// Files that stand below a message: pictures inside the text do not.
pub fn listed(files: &[File]) -> Vec<&File> {
    files.iter().filter(|file| !file.inline).collect()
}

fn attachment(screen: &Screen, file: &File) -> Attachment {
    Attachment {
        id: file.id.to_string(),
        name: file.name.clone(),
        size: bytes_size(u64::try_from(file.size_bytes).unwrap_or_default(), screen.language),
        preview: match file.media_type.as_str() {
            "application/pdf" => Preview::Pdf,
            "image/png" | "image/jpeg" | "image/gif" | "image/webp" => Preview::Picture,
            _ => Preview::None,
        },
    }
}

/// Recipients as one line.
pub fn recipients(recipients: &Recipients) -> String {
    let all = recipients.to.iter().chain(&recipients.cc);
    let named: Vec<&str> = all
        .clone()
        .take(NAMED_MAX)
        .map(|mailbox| if mailbox.name.is_empty() { &mailbox.email } else { &mailbox.name })
        .map(String::as_str)
        .collect();
    let more = all.count().saturating_sub(NAMED_MAX) + recipients.left_out;
    match more {
        0 => named.join(", "),
        more => format!("{} +{more}", named.join(", ")),
    }
}

fn segments(id: &str, message: &Stored) -> Vec<Segment> {
    let stored = message.segments();
    let parts = stored.iter().enumerate().map(|(place, segment)| {
        let content = match segment.html {
            true => Segment::Frame { src: format!("/messages/{id}/body/{place}") },
            false => Segment::Text(beginning(&segment.text)),
        };
        let lines = segment.text.trim().lines().count() as u64;
        match segment.kind.as_str() {
            "quote" => Segment::Quote(Quote { lines, content: Box::new(content) }),
            "signature" | "disclaimer" => {
                Segment::Signature(Quote { lines, content: Box::new(content) })
            }
            _ => content,
        }
    });
    parts.filter(|part| !matches!(part, Segment::Text(text) if text.trim().is_empty())).collect()
}

/// Whether a page does not show all of the text.
fn is_cut(stored: &Stored) -> bool {
    let is_long = |text: &str| text.chars().nth(SHOWN_LETTERS_MAX).is_some();
    stored.segments().iter().any(|segment| !segment.html && is_long(&segment.text))
}

/// As much of a text as a page shows.
fn beginning(text: &str) -> String {
    match text.char_indices().nth(SHOWN_LETTERS_MAX) {
        Some((end, _)) => format!("{} …", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The properties.
pub fn sheet(screen: &Screen, ticket: &Ticket) -> Sheet {
    let (directory, language) = (&screen.directory, screen.language);
    let id = |entry: Option<crate::record::EntryId>| entry.map(|entry| entry.number());
    let times = screen.times();
    let contact = ticket.requester_email.clone().unwrap_or_default();
    Sheet {
        number: ticket.number.clone(),
        live_id: ticket.id.to_string(),
        access: access(screen, ticket),
        status: show::status(directory, ticket.status, language),
        statuses: statuses(screen, ticket),
        priority: show::priority(directory, ticket.priority, language),
        priorities: choices(screen, &directory.priorities, Some(ticket.priority.number())),
        assignee: show::agent(directory, ticket.assignee),
        assignees: agents(screen, ticket),
        areas: areas(screen, ticket),
        queues: choices(screen, &directory.queues, id(ticket.queue)),
        categories: choices(screen, &directory.categories, id(ticket.category)),
        request_types: choices(screen, &directory.request_types, id(ticket.request_type)),
        due: ticket.due_at.0.map_or(String::new(), |at| show::input(&times, at)),
        deadline: show::deadline(&times, ticket.due_at, ticket.stage.0),
        resubmit: ticket.resubmit_at.map_or(String::new(), |at| show::input(&times, at)),
        resubmission: ticket.resubmit_at.map(|at| show::resubmission(&times, at)),
        resubmit_choices: crate::feature::resubmit::choices(screen, ticket.resubmit_at),
        contact,
        tags: ticket.tag_names().iter().map(|name| show::tag(name)).collect(),
        marks: ticket.marks(),
        known_tags: directory.tags.iter().map(|tag| tag.name.clone()).collect(),
        problem: None,
    }
}

/// The entries that can be chosen, and the present one even if it was switched off.
fn choices<T: Listed>(screen: &Screen, list: &[T], present: Option<i64>) -> Field {
    let can_choose = |entry: &&T| entry.is_active() || present == Some(entry.number());
    let choice = |entry: &T| Choice {
        value: entry.key().to_owned(),
        label: entry.name(screen.language).to_owned(),
        state: if present == Some(entry.number()) { Current::Yes } else { Current::No },
    };
    Field { choices: list.iter().filter(can_choose).map(choice).collect() }
}

/// The statuses of the ticket's area.
fn statuses(screen: &Screen, ticket: &Ticket) -> Field {
    let fits = |status: &&Status| {
        status.area.is_none_or(|area| area == ticket.area) || status.id == ticket.status
    };
    let statuses: Vec<Status> = screen.directory.statuses.iter().filter(fits).cloned().collect();
    choices(screen, &statuses, Some(ticket.status.number()))
}

/// The areas to which the reader may move the ticket.
fn areas(screen: &Screen, ticket: &Ticket) -> Field {
    let may_move = |area: &&Area| {
        area.id == ticket.area || screen.actor.level_in(area.id) >= Some(Level::Work)
    };
    let areas: Vec<Area> = screen.directory.areas.iter().filter(may_move).cloned().collect();
    choices(screen, &areas, Some(ticket.area.number()))
}

/// Whoever could work on it, and whoever has it.
fn agents(screen: &Screen, ticket: &Ticket) -> Field {
    let agents = &screen.directory.agents;
    let can_get = |agent: AgentId| screen.directory.can_get(agent, ticket.area);
    let can_choose = agents
        .iter()
        .filter(|agent| ticket.assignee == Some(agent.id) || agent.active && can_get(agent.id));
    let choice = can_choose.map(|agent| Choice {
        value: agent.id.to_string(),
        label: agent.name.clone(),
        state: if ticket.assignee == Some(agent.id) { Current::Yes } else { Current::No },
    });
    Field { choices: choice.collect() }
}
