//! SQL of settings.

use db::{Result, Tx, View, from_row, params, sql};

from_row! {
    struct Setting {
        value: String,
    }
}

/// Holds a setting against other changes until the end of the transaction, making it if it is not
/// there yet.
pub async fn hold(tx: &mut Tx<'_>, name: &str) -> Result<()> {
    let setting: Setting = tx
        .one(
            sql!(
                "insert into setting (name, value) values ($1, '1')
                 on conflict (name) do update set value = setting.value
                 returning value"
            ),
            params![name],
        )
        .await?;
    drop(setting.value);
    Ok(())
}

from_row! {
    struct Counter {
        value: u64,
    }
}

/// The last value that was drawn from a counter.
pub async fn counter(view: &mut View<'_>, key: &str) -> Result<Option<u64>> {
    let counter: Option<Counter> = view
        .optional(sql!("select value from number_counter where key = $1"), params![key])
        .await?;
    Ok(counter.map(|counter| counter.value))
}
