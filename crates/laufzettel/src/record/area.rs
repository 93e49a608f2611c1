//! Rights of agents in areas, as stored.

use db::{Result, Tx, params, sql};
use rules::right::Level;

use super::{AgentId, AreaId};

/// The stored word for no access.
pub const NO_ACCESS: &str = "none";

/// Gives an agent a level of his own in an area; `None` closes the area for him.
pub async fn set_right(
    tx: &mut Tx<'_>,
    agent: AgentId,
    area: AreaId,
    level: Option<Level>,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into area_right (agent, area, level) values ($1, $2, $3)
             on conflict (agent, area) do update set level = excluded.level"
        ),
        params![agent, area, level.map_or(NO_ACCESS, Level::code)],
    )
    .await
    .map(drop)
}

/// Takes the agent's own level in an area away; then that for all other areas holds.
pub async fn clear_right(tx: &mut Tx<'_>, agent: AgentId, area: AreaId) -> Result<()> {
    tx.execute(sql!("delete from area_right where agent = $1 and area = $2"), params![agent, area])
        .await
        .map(drop)
}
