//! Customers that went into another one, and the way back.

use db::{Result, Tx, from_row, params, sql};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::events::{self, By, Customer};

from_row! {
    /// A customer that went into another one.
    struct Joined {
        gone: i64,
        kept: i64,
        /// The way back, as JSON.
        detail: String,
    }
}

/// Keeps the way back of a customer that went into another one of its kind, and tells it in the
/// history of the one that stays.
pub async fn went(
    tx: &mut Tx<'_>,
    gone: (Customer, &str),
    kept: Customer,
    way_back: &impl Serialize,
    by: By<'_>,
) -> Result<()> {
    let (gone, name) = gone;
    let detail = serde_json::to_string(way_back).unwrap_or_default();
    insert(tx, &Joined { gone: gone.number(), kept: kept.number(), detail }, by).await?;
    let detail = json!({ "name": name, "gone": gone.number().to_string() });
    events::record(tx, kept, "joined", detail, by).await
}

/// Forgets the way back of a customer that is there again, and tells it in both histories.
pub async fn came_back(
    tx: &mut Tx<'_>,
    gone: (Customer, &str),
    kept: (Customer, &str),
    by: By<'_>,
) -> Result<()> {
    remove(tx, gone.0.number()).await?;
    for (customer, other) in [(kept.0, gone.1), (gone.0, kept.1)] {
        events::record(tx, customer, "separated", json!({ "name": other }), by).await?;
    }
    Ok(())
}

/// The one that stayed, and the way back of the one that went.
pub async fn way_back<W: DeserializeOwned>(tx: &mut Tx<'_>, gone: i64) -> Result<Option<(i64, W)>> {
    let row = find(tx, gone).await?;
    Ok(row.and_then(|row| Some((row.kept, serde_json::from_str(&row.detail).ok()?))))
}

/// Notes that a customer went. Whoever went into it before is found at the one that stayed now.
async fn insert(tx: &mut Tx<'_>, joined: &Joined, by: By<'_>) -> Result<()> {
    tx.execute(
        sql!("update customer_joined set kept = $1 where kept = $2"),
        params![joined.kept, joined.gone],
    )
    .await?;
    tx.execute(
        sql!(
            "insert into customer_joined (gone, kept, at, agent, detail)
             values ($1, $2, $3, $4, $5)"
        ),
        params![joined.gone, joined.kept, by.now, by.agent, joined.detail.as_str()],
    )
    .await
    .map(drop)
}

/// What is known of a customer that went.
async fn find(tx: &mut Tx<'_>, gone: i64) -> Result<Option<Joined>> {
    tx.optional(
        sql!("select gone, kept, detail from customer_joined where gone = $1"),
        params![gone],
    )
    .await
}

/// Forgets that a customer went.
async fn remove(tx: &mut Tx<'_>, gone: i64) -> Result<()> {
    tx.execute(sql!("delete from customer_joined where gone = $1"), params![gone]).await.map(drop)
}
