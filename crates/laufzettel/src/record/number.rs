//! Drawing ticket numbers (F-NUM-01..03, decision 3).
//!
//! A number is drawn in a transaction of its own just before the operation that needs it, so that
//! the counter's row is not held while tickets are written. Gaps are allowed (K-33).

use db::{Db, Doing, Failure, Operation, Result, Tx, from_row, params, sql};
use jiff::civil::Date;
use rules::number::{FiscalStart, Mask};

use super::AreaId;
use super::directory::{Directory, by_id};

/// The setting that holds the mask of the installation.
pub const MASK_SETTING: &str = "number_mask";

struct DrawCounter<'a> {
    key: &'a str,
    offset: i64,
}

from_row! {
    struct Counter {
        value: i64,
    }
}

impl Operation for DrawCounter<'_> {
    type Outcome = i64;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<i64> {
        let counter: Counter = tx
            .one(
                sql!(
                    "insert into number_counter (key, value) values ($1, $2 + 1)
                     on conflict (key) do update
                     set value = (case when number_counter.value < $2 then $2
                                       else number_counter.value end) + 1
                     returning value"
                ),
                params![self.key, self.offset],
            )
            .await?;
        Ok(counter.value)
    }
}

/// Where a number comes from: the mask, and whose counters it uses.
#[derive(Clone, Debug)]
pub struct Scheme {
    /// The mask.
    pub mask: Mask,
    /// The beginning of the counters' keys: areas with their own mask count for themselves.
    pub owner: String,
}

/// The scheme of an area: its own mask, else that of the installation.
pub fn scheme(directory: &Directory, area: AreaId) -> Result<Scheme> {
    let own = by_id(&directory.areas, area.number()).and_then(|area| area.number_mask.as_deref());
    let owner = if own.is_some() { format!("{area}/") } else { String::new() };
    let text = own.unwrap_or(&directory.number_mask);
    let mask = Mask::parse(text).map_err(|_| broken(text))?;
    Ok(Scheme { mask, owner })
}

fn broken(mask: &str) -> Failure {
    Failure::other(format!("the mask of ticket numbers {mask} cannot be read"))
}

/// Draws the next number. `day` is today in the configured zone.
pub async fn draw(db: &Db, scheme: &Scheme, day: Date) -> Result<String> {
    let key = format!("{}{}", scheme.owner, scheme.mask.counter_key(day, FiscalStart::JANUARY));
    let offset = i64::try_from(scheme.mask.counter_offset()).map_err(Failure::other)?;
    let counter = DrawCounter { key: &key, offset };
    let value = db.write(&counter).await.doing("drawing a ticket number")?;
    Ok(scheme.mask.print(u64::try_from(value).map_err(Failure::other)?, day))
}
