//! What the composer shows: the drafts of the reader, and where there is none, whom and from whom.

use mail::read::typed_addresses;
use maud::{Markup, html};
use rules::status::Stage;
use rules::variables::{Format, Variable, fill};
use values::EmailAddress;

use super::basis::Basis;
use super::page::{self, Composer, DraftForm, KeptFile, Problem, SenderChoice};
use crate::feature::uploads::page::ShownFile;
use crate::http::screen::Screen;
use crate::record::AreaId;
use crate::record::actor::Actor;
use crate::record::directory::{Directory, by_id};
use crate::record::draft::{Draft, Kind, Saved};
use crate::record::outgoing::candidates;
use crate::record::ticket::{is_own, may};
use rules::right::Right;

/// The composer of a ticket; nothing for who may not write in it.
pub fn composer(screen: &Screen, basis: &Basis) -> Markup {
    match shown(screen, basis, &[]) {
        Some(composer) => page::composer(screen.language, &composer),
        None => html! {},
    }
}

/// The composer with what was refused in the form of its kind, which shows what was typed.
pub fn refused(
    screen: &Screen,
    basis: &Basis,
    kind: Kind,
    draft: Draft,
    problem: Problem,
) -> Markup {
    let saved = Saved { kind, draft, saved_at: screen.now };
    let Some(mut composer) = shown(screen, basis, &[saved]) else { return html! {} };
    composer.open = kind;
    for form in composer.forms.iter_mut().filter(|form| form.kind == kind) {
        form.problem = Some(problem.clone());
    }
    page::composer(screen.language, &composer)
}

/// Nobody writes in the trash, but what somebody has just typed is not taken away.
fn shown(screen: &Screen, basis: &Basis, typed: &[Saved]) -> Option<Composer> {
    let (ticket, actor) = (&basis.ticket, &screen.actor);
    let may_write = may(actor, Right::WorkOnTicket, ticket.area, is_own(actor, ticket));
    if !may_write || (ticket.stage.0 == Stage::Trash && typed.is_empty()) {
        return None;
    }
    let newest = basis.drafts.iter().max_by_key(|saved| saved.saved_at).map(|saved| saved.kind);
    let forms = Kind::ALL.map(|kind| {
        let of_kind = |saved: &&Saved| saved.kind == kind;
        let saved = typed.iter().find(of_kind).or_else(|| basis.drafts.iter().find(of_kind));
        form(screen, basis, kind, saved)
    });
    let hint = hint(screen, &forms);
    Some(Composer {
        number: ticket.number.clone(),
        live_id: ticket.id.to_string(),
        is_closed: ticket.stage.0 == Stage::Closed,
        open: newest.unwrap_or(Kind::Reply),
        forms: forms.into(),
        team: team(screen),
        hint,
        undo_seconds: u64::try_from(screen.actor.undo_seconds).unwrap_or_default(),
    })
}

/// What stands above an answer to those who are named in it now (F-OUT-24).
fn hint(screen: &Screen, forms: &[DraftForm]) -> Option<String> {
    let reply = forms.iter().find(|form| form.kind == Kind::Reply)?;
    let draft = &reply.draft;
    let typed =
        [&draft.to, &draft.cc, &draft.bcc].into_iter().flat_map(|list| typed_addresses(list));
    let addresses: Vec<EmailAddress> = typed.filter_map(|one| one.address).collect();
    screen.directory.mail_rules.hint_for(&addresses).map(str::to_owned)
}

/// The active agents, the writer first.
fn team(screen: &Screen) -> Vec<(String, String)> {
    let active = screen.directory.agents.iter().filter(|agent| agent.active);
    let (own, others): (Vec<_>, Vec<_>) = active.partition(|agent| agent.id == screen.actor.agent);
    let named = own.into_iter().chain(others);
    named.map(|agent| (agent.id.to_string(), agent.name.clone())).collect()
}

fn form(screen: &Screen, basis: &Basis, kind: Kind, saved: Option<&Saved>) -> DraftForm {
    let ticket = &basis.ticket;
    let seen = basis.seen().map(|id| id.to_string());
    let draft = match saved {
        Some(saved) => saved.draft.clone(),
        None => Draft { seen, ..begun(screen, basis, kind) },
    };
    let origin = basis.origin(&screen.directory);
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
    let is_in_text = |id: &str| draft.html.contains(&format!("/attachments/{id}/view"));
    let files = draft.files.iter().map(|file| ShownFile {
        is_in_text: is_in_text(&file.id),
        ..ShownFile::of(file, screen.language)
    });
    DraftForm {
        kind,
        senders: senders.iter().enumerate().map(|(place, from)| sender(place, from)).collect(),
        files: files.collect(),
        kept: kept(screen, basis, kind, saved.map(|saved| &saved.draft)),
        saved: saved.map(|saved| screen.times().clock(saved.saved_at)),
        saved_at: saved.map(|saved| saved.saved_at),
        problem: None,
        draft,
    }
}

/// An empty draft with whom it goes to.
fn begun(screen: &Screen, basis: &Basis, kind: Kind) -> Draft {
    if kind != Kind::Reply {
        return Draft::default();
    }
    let (to, cc) = basis.addressees(&screen.directory);
    Draft { to, cc, ..Draft::default() }
}

/// The files of the last mail, which go with it when it is handed on.
fn kept(screen: &Screen, basis: &Basis, kind: Kind, draft: Option<&Draft>) -> Vec<KeptFile> {
    if kind != Kind::Forward {
        return Vec::new();
    }
    let shown = basis.files().into_iter().map(|file| {
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
