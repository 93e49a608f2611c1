//! Whom a mail may go to: those who take part in the ticket first, then people on record (F-OUT-16).

use db::{Reading, Result, View};
use maud::{Markup, html};
use rules::right::Right;
use serde::Deserialize;
use web::Query;

use super::readers;
use super::store::addressees::{Known, known};
use crate::http::error::Answer;
use crate::http::screen::Screen;
use crate::record::AgentId;
use crate::record::actor::Actor;
use crate::record::contact::name_key;
use crate::record::customers::FindCustomers;
use crate::record::ticket;
use crate::texts;
use axum::response::IntoResponse;

/// Proposals at a time.
const PROPOSED_MAX: usize = 8;
/// Letters that are looked for.
const LETTERS_MAX: usize = 60;

/// What is asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Asked {
    ticket: Option<String>,
    q: Option<String>,
    /// Said of a note: the team comes first.
    team: Option<String>,
}

/// Proposals for a field of recipients.
pub async fn proposals(screen: Screen, Query(asked): Query<Asked>) -> Answer {
    let typed = asked.q.unwrap_or_default().replace('\0', " ");
    let beginning: String = name_key(&typed).chars().take(LETTERS_MAX).collect();
    let number = asked.ticket.unwrap_or_default();
    let active = screen.directory.agents.iter().filter(|agent| agent.active);
    let team: Vec<AgentId> = match asked.team {
        Some(_) => active.map(|agent| agent.id).collect(),
        None => Vec::new(),
    };
    let propose =
        Propose { actor: &screen.actor, number: &number, beginning: &beginning, team: &team };
    let found = screen.app.db.read(&propose).await?;
    Ok(options(&screen, &found, &beginning).into_response())
}

/// Whoever types a whole address of somebody unknown is not told that nobody was found.
fn options(screen: &Screen, found: &[Known], beginning: &str) -> Markup {
    html! {
        @for one in found {
            div role="option" data-value=(one.typed()) {
                b { (if one.name.is_empty() { &one.address } else { &one.name }) } " "
                span class="muted" { (one.address) }
            }
        }
        @if found.is_empty() && !beginning.contains('@') { p class="muted" { (texts::reply(screen.language).nobody_found()) } }
    }
}

struct Propose<'a> {
    actor: &'a Actor,
    number: &'a str,
    beginning: &'a str,
    /// Agents who are proposed as far as they may see the ticket.
    team: &'a [AgentId],
}

impl Reading for Propose<'_> {
    type Outcome = Vec<Known>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<Known>> {
        let mut found = Vec::new();
        if let Ok(ticket) = ticket::open(view, self.actor, Right::ReadTicket, self.number).await? {
            let is_meant = |one: &Known| {
                let words = name_key(&one.name);
                words.split(' ').any(|word| word.starts_with(self.beginning))
                    || words.starts_with(self.beginning)
                    || one.address.starts_with(self.beginning)
            };
            let readers = readers::of(view, self.team, &ticket).await?;
            let others = readers.into_iter().filter(|reader| reader.agent != self.actor.agent);
            let team = others.map(|reader| Known { name: reader.name, address: reader.email });
            found.extend(team.filter(is_meant));
            for one in known(view, ticket.id).await?.into_iter().filter(is_meant) {
                if !found.iter().any(|known| known.address == one.address) {
                    found.push(one);
                }
            }
        }
        if !self.beginning.is_empty() {
            let (actor, words) = (self.actor, self.beginning);
            let find = FindCustomers { actor, words, limit: PROPOSED_MAX as i64 };
            for contact in find.run(view).await?.contacts {
                let Some(address) = contact.addresses.into_iter().next() else { continue };
                if !found.iter().any(|one| one.address == address) {
                    found.push(Known { name: contact.name, address });
                }
            }
        }
        found.truncate(PROPOSED_MAX);
        Ok(found)
    }
}
