//! What was found, as the page shows it.

use rules::filter::{Reason, Tree};
use values::Language;
use web::bytes_size;

use super::find::{Count, Kind, Results};
use super::mark::Marker;
use super::page::{
    GoOn, Hits, MessageHit, Piece, Place, SearchPage, Tab, TabKind, TicketHit, Wider, WiderKind,
};
use super::store::FoundMessage;
use super::web::Asked;
use super::wider;
use crate::http::encode;
use crate::http::screen::Screen;
use crate::record::directory::{Listed as _, by_id};
use crate::record::frame::Current;
use crate::record::message::{File, Recipients, Segment};
use crate::record::ticket_list::Listed;
use crate::record::{MessageId, show};

/// Other forms of the words that are named.
const FORMS_MAX: usize = 5;

/// The page before anything was searched.
pub fn empty() -> SearchPage {
    SearchPage {
        query: String::new(),
        tabs: Vec::new(),
        total: String::new(),
        also: Vec::new(),
        exact: None,
        wider: Vec::new(),
        unknown: Vec::new(),
        hits: Hits::default(),
    }
}

/// The whole page.
pub fn page(screen: &Screen, asked: &Asked, results: &Results) -> SearchPage {
    let marker = Marker::new(&results.terms);
    let hits = hits(screen, asked, results);
    let mut also = marker.other_forms(all_pieces(&hits));
    also.truncate(FORMS_MAX);
    SearchPage {
        query: asked.text().to_owned(),
        tabs: tabs(screen, asked, results),
        total: total(screen, asked.kind(), results),
        exact: exact(screen, results).filter(|_| !also.is_empty()),
        wider: if hits.are_none() { wider(screen, asked, results) } else { Vec::new() },
        also,
        unknown: unknown(asked.text(), results),
        hits,
    }
}

fn all_pieces(hits: &Hits) -> impl Iterator<Item = &Piece> {
    let tickets = hits.tickets.iter().flat_map(|hit| hit.subject.iter().chain(&hit.snippet));
    tickets.chain(hits.messages.iter().flat_map(|hit| &hit.snippet))
}

/// The hits of a page. Pages after the first one have no totals.
pub fn hits(screen: &Screen, asked: &Asked, results: &Results) -> Hits {
    let marker = Marker::new(&results.terms);
    let total = |kind: Kind| match asked.before() {
        None => total(screen, kind, results),
        Some(_) => String::new(),
    };
    Hits {
        tickets: results.tickets.iter().map(|row| ticket(screen, &marker, row)).collect(),
        ticket_total: total(Kind::Tickets),
        messages: results.messages.iter().map(|row| message(screen, &marker, row)).collect(),
        message_total: total(Kind::Messages),
        go_on: results.next.map(|next| GoOn {
            href: asked.after(next.before).href(),
            until: (!next.is_known).then(|| {
                let at = MessageId::from_number(next.before).made_at();
                screen.times().date(at)
            }),
        }),
    }
}

fn total(screen: &Screen, kind: Kind, results: &Results) -> String {
    shown(found(kind, results), screen.language)
}

fn found(kind: Kind, results: &Results) -> Count {
    match kind {
        Kind::All => results.all_found,
        Kind::Tickets => results.tickets_found,
        Kind::Messages => results.messages_found,
    }
}

fn shown(found: Count, language: Language) -> String {
    let shown = web::number(i64::try_from(found.count).unwrap_or(i64::MAX), language);
    if found.is_open && found.count > 0 { format!("{shown}+") } else { shown }
}

/// The figure on a tab. Nothing found needs none.
fn figure(found: Count, language: Language) -> String {
    if found.count == 0 { String::new() } else { shown(found, language) }
}

/// The kinds of hits; none if there is nothing of any kind.
fn tabs(screen: &Screen, asked: &Asked, results: &Results) -> Vec<Tab> {
    if asked.kind() == Kind::All && results.all_found.count == 0 {
        return Vec::new();
    }
    let tab = |kind: Kind| Tab {
        kind: match kind {
            Kind::All => TabKind::All,
            Kind::Tickets => TabKind::Tickets,
            Kind::Messages => TabKind::Messages,
        },
        count: figure(found(kind, results), screen.language),
        href: asked.with_kind(kind).href(),
        state: if asked.kind() == kind { Current::Yes } else { Current::No },
    };
    Kind::ALL.into_iter().map(tab).collect()
}

/// Names that no field and no value has; they were searched as words.
fn unknown(text: &str, results: &Results) -> Vec<String> {
    let is_name = |reason: Reason| matches!(reason, Reason::UnknownField | Reason::UnknownValue);
    let marks = results.understood.marks.iter().filter(|mark| is_name(mark.reason));
    marks.filter_map(|mark| text.get(mark.at.clone()).map(str::to_owned)).collect()
}

/// The search for exactly these words.
fn exact(screen: &Screen, results: &Results) -> Option<String> {
    let exact = |tree: &Tree| match tree {
        Tree::Word(word) => Tree::Phrase(word.clone()),
        tree => tree.clone(),
    };
    let tree = match &results.understood.tree {
        Tree::All(terms) => Tree::All(terms.iter().map(exact).collect()),
        tree => exact(tree),
    };
    let understood = &results.understood;
    let text = understood.print_tree(&tree, screen.language, &screen.directory);
    (!text.is_empty()).then(|| format!("/search?q={}", encode(&text)))
}

/// Searches that may find more, each once.
fn wider(screen: &Screen, asked: &Asked, results: &Results) -> Vec<Wider> {
    let understood = &results.understood;
    let all_kinds = (asked.kind() != Kind::All).then(|| asked.with_kind(Kind::All).href());
    let other = |tree: Option<Tree>| {
        let text = understood.print_tree(&tree?, screen.language, &screen.directory);
        Some(asked.with_text(text).href())
    };
    let offers = [
        (WiderKind::AllKinds, all_kinds),
        (WiderKind::AnyForm, other(wider::any_form(&understood.tree))),
        (WiderKind::ClosedToo, other(wider::closed_too(&understood.tree))),
        (WiderKind::WithoutFilter, other(wider::without_filter(&understood.tree))),
    ];
    let offers = offers.into_iter().filter_map(|(kind, href)| Some(Wider { kind, href: href? }));
    let mut offers: Vec<Wider> = offers.collect();
    // Where the filter leaves out nothing but closed tickets, both drop the same.
    offers.dedup_by(|next, before| next.href == before.href);
    offers
}

fn ticket(screen: &Screen, marker: &Marker, row: &Listed) -> TicketHit {
    let (directory, language) = (&screen.directory, screen.language);
    let customer = row.company_name.as_ref().unwrap_or(&row.requester_name);
    let area = by_id(&directory.areas, row.area.number()).map(|area| area.name(language));
    let assignee = row.assignee.and_then(|agent| directory.agent(agent));
    let about = [Some(customer.as_str()), area, assignee.map(|agent| agent.name.as_str())];
    TicketHit {
        number: row.number.clone(),
        status: show::status(directory, row.status, language),
        subject: marker.pieces(&row.subject),
        snippet: marker.snippet([row.preview.as_str()]),
        time: show::moment(&screen.times(), row.updated_at),
        about: about
            .into_iter()
            .flatten()
            .map(str::to_owned)
            .filter(|one| !one.is_empty())
            .collect(),
    }
}

fn message(screen: &Screen, marker: &Marker, row: &FoundMessage) -> MessageHit {
    let segments: Vec<Segment> = serde_json::from_str(&row.segments).unwrap_or_default();
    let files: Vec<File> = serde_json::from_str(&row.attachments).unwrap_or_default();
    let files: Vec<&File> = files.iter().filter(|file| !file.inline).collect();
    // What the author wrote says more than what he quotes.
    let (own, quoted): (Vec<_>, Vec<_>) = segments.iter().partition(|part| part.kind == "new");
    let snippet = marker.snippet(own.iter().chain(&quoted).map(|part| part.text.as_str()));
    let is_hit = |pieces: &[Piece]| pieces.iter().any(|piece| matches!(piece, Piece::Hit(_)));
    let file = files.iter().find(|file| is_hit(&marker.pieces(&file.name)));
    let place = match file.filter(|_| !is_hit(&snippet)) {
        Some(file) => Place::File {
            name: file.name.clone(),
            size: bytes_size(u64::try_from(file.size_bytes).unwrap_or_default(), screen.language),
        },
        None => place(row, files.len()),
    };
    MessageHit {
        href: format!("/tickets/{}#message-{}", encode(&row.number), row.id),
        number: row.number.clone(),
        subject: marker.pieces(&row.subject),
        place,
        snippet,
        time: show::moment(&screen.times(), row.at),
    }
}

fn place(row: &FoundMessage, files: usize) -> Place {
    let author = row.author_name.clone();
    let recipients: Recipients = serde_json::from_str(&row.recipients).unwrap_or_default();
    let to = recipients.to.first().map(|to| if to.name.is_empty() { &to.email } else { &to.name });
    let to = to.cloned().unwrap_or_default();
    match (row.visibility.as_str(), row.direction.as_deref()) {
        ("internal", _) => Place::Note { author },
        (_, Some("out")) => Place::Reply { author, to },
        _ => Place::Mail { author, to, attachments: files as u64 },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_of_zero_is_left_out() {
        let figure = |count, is_open| figure(Count { count, is_open }, Language::German);
        assert_eq!(figure(0, false), "");
        assert_eq!(figure(0, true), "");
        assert_eq!(figure(9, false), "9");
        assert_eq!(figure(1_000, true), "1.000+");
    }
}
