//! Whom a message concerns (F-ACT-05, F-ASG-12).

use crate::record::AgentId;
use crate::record::directory::Directory;

/// The agents, each once; `None` for the author alone. An error has the place of somebody who is not
/// there or does not work here any more; who was concerned before may stay.
pub fn concerned(
    directory: &Directory,
    wanted: &[AgentId],
    before: &[AgentId],
    author: Option<AgentId>,
) -> Result<Option<Vec<AgentId>>, usize> {
    let can_be = |agent: &AgentId| {
        let known = directory.agent(*agent);
        known.is_some_and(|known| known.active || before.contains(agent))
    };
    if let Some(place) = wanted.iter().position(|agent| !can_be(agent)) {
        return Err(place);
    }
    let mut all: Vec<AgentId> = Vec::new();
    for agent in wanted {
        if !all.contains(agent) {
            all.push(*agent);
        }
    }
    let is_usual = all.is_empty() || author.is_some_and(|author| all == [author]);
    Ok((!is_usual).then_some(all))
}
