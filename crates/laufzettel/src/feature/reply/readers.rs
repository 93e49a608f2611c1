//! Who may get an internal note as a mail (F-ACT-03, F-OUT-26, K-18): whoever may see the ticket, and
//! people outside of the team once the writer said that they are meant.

use db::{Result, View};
use rules::right::Right;

use super::Refusal;
use super::send::SendReply;
use super::store::addressees::agents_at;
use crate::record::AgentId;
use crate::record::actor::{self, Actor};
use crate::record::directory::Directory;
use crate::record::ticket::{self, Ticket};
use crate::service::outbox::Recipient;

/// Why a note cannot go to its recipients as it is.
pub async fn unfit(
    view: &mut View<'_>,
    send: &SendReply<'_>,
    ticket: &Ticket,
) -> Result<Option<Refusal>> {
    let recipients = &send.prepared.recipients;
    let team = agents_at(view, recipients).await?;
    let agent_of = |one: &Recipient| {
        team.iter().find(|agent| agent.email == one.address.as_str()).map(|agent| agent.id)
    };
    let of_team: Vec<(AgentId, &Recipient)> =
        recipients.iter().filter_map(|one| Some((agent_of(one)?, one))).collect();
    let ids: Vec<AgentId> = of_team.iter().map(|(agent, _)| *agent).collect();
    let readers = of(view, &ids, ticket).await?;
    let is_reader = |agent: &AgentId| readers.iter().any(|reader| reader.agent == *agent);
    let blind = of_team.iter().filter(|(agent, _)| !is_reader(agent));
    let blind: Vec<String> = blind.map(|(_, one)| one.address.to_string()).collect();
    let outside = recipients.iter().filter(|one| agent_of(one).is_none());
    let outside: Vec<String> = outside.map(|one| one.address.to_string()).collect();
    Ok(match (blind.is_empty(), outside.is_empty() || send.wanted.knows_strangers) {
        (false, _) => Some(Refusal::MayNotSee(blind)),
        (true, false) => Some(Refusal::Outside(outside)),
        (true, true) => None,
    })
}

/// Those of these agents who are active and may see the ticket.
pub async fn of(view: &mut View<'_>, agents: &[AgentId], ticket: &Ticket) -> Result<Vec<Actor>> {
    let mut actors = actor::load_in(view, agents, ticket.area).await?;
    let may_see = |actor: &Actor| {
        ticket::may(actor, Right::ReadTicket, ticket.area, ticket::is_own(actor, ticket))
    };
    actors.retain(may_see);
    Ok(actors)
}

/// The agent with this address, whether active or not.
pub fn agent_of(directory: &Directory, recipient: &Recipient) -> Option<AgentId> {
    let address = recipient.address.as_str();
    let agent = directory.agents.iter().find(|agent| agent.email.eq_ignore_ascii_case(address));
    agent.map(|agent| agent.id)
}

/// Nobody gets a mail twice: the first field counts.
pub fn once_each(mut recipients: Vec<Recipient>) -> Vec<Recipient> {
    let mut seen = std::collections::BTreeSet::new();
    recipients.retain(|one| seen.insert(one.address.to_string()));
    recipients
}
