//! Customers that went into another one, and the way back.

use db::{Result, Tx, from_row, params, sql};

use super::events::By;

from_row! {
    /// A customer that went into another one.
    #[derive(Clone, Debug)]
    pub struct Joined {
        /// The one that went.
        pub gone: i64,
        /// The one that stayed.
        pub kept: i64,
        /// The way back, as JSON.
        pub detail: String,
    }
}

/// Notes that a customer went. Whoever went into it before is found at the one that stayed now.
pub async fn insert(tx: &mut Tx<'_>, joined: &Joined, by: By<'_>) -> Result<()> {
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
pub async fn find(tx: &mut Tx<'_>, gone: i64) -> Result<Option<Joined>> {
    tx.optional(
        sql!("select gone, kept, detail from customer_joined where gone = $1"),
        params![gone],
    )
    .await
}

/// Forgets that a customer went.
pub async fn remove(tx: &mut Tx<'_>, gone: i64) -> Result<()> {
    tx.execute(sql!("delete from customer_joined where gone = $1"), params![gone]).await.map(drop)
}
