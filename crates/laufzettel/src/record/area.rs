//! Rights of agents in areas, as stored.

use db::{Result, Tx, View, from_row, params, sql};
use rules::right::Level;

use super::{AgentId, AreaId};

/// The stored word for no access.
pub const NO_ACCESS: &str = "none";

from_row! {
    struct StoredRight {
        area: AreaId,
        level: String,
    }
}

/// The areas in which an agent has a level of his own; `None` closes the area for him.
pub async fn rights_of(
    view: &mut View<'_>,
    agent: AgentId,
) -> Result<Vec<(AreaId, Option<Level>)>> {
    let stored: Vec<StoredRight> = view
        .all(
            sql!("select area, level from area_right where agent = $1 order by area limit 1000"),
            params![agent],
        )
        .await?;
    Ok(stored.iter().map(|right| (right.area, Level::from_code(&right.level))).collect())
}

from_row! {
    struct AreaRow {
        id: AreaId,
    }
}

/// All areas.
pub async fn all(view: &mut View<'_>) -> Result<Vec<AreaId>> {
    let rows: Vec<AreaRow> =
        view.all(sql!("select id from area order by id limit 1000"), []).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

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
