//! Settings of the whole installation: one text per name.

use db::{Result, Tx, View, from_row, params, sql};

from_row! {
    struct Setting {
        value: String,
    }
}

/// The value of a setting, if it was ever set.
pub async fn get(view: &mut View<'_>, name: &str) -> Result<Option<String>> {
    let setting: Option<Setting> =
        view.optional(sql!("select value from setting where name = $1"), params![name]).await?;
    Ok(setting.map(|setting| setting.value))
}

/// Sets a setting.
pub async fn set(tx: &mut Tx<'_>, name: &str, value: &str) -> Result<()> {
    tx.execute(
        sql!(
            "insert into setting (name, value) values ($1, $2)
             on conflict (name) do update set value = excluded.value"
        ),
        params![name, value],
    )
    .await
    .map(drop)
}

/// Forgets a setting. The outcome says whether it was set.
pub async fn remove(tx: &mut Tx<'_>, name: &str) -> Result<bool> {
    Ok(tx.execute(sql!("delete from setting where name = $1"), params![name]).await? > 0)
}
