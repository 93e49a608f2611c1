//! Drawing ticket numbers (F-NUM-01..03, decision 3).
//!
//! A number is drawn in a transaction of its own just before the operation that needs it, so that
//! the counter's row is not held while tickets are written. Gaps are allowed (K-33).

use db::{Db, Failure, Result};
use jiff::civil::Date;
use rules::number::{FiscalStart, Mask};

use super::AreaId;
use super::directory::{Directory, by_id};
use super::draws::Draws;

/// The setting that holds the mask of the installation.
pub const MASK_SETTING: &str = "number_mask";

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

/// Whether numbers of one area fit another: both take the installation's mask.
pub fn counts_alike(directory: &Directory, one: AreaId, other: AreaId) -> bool {
    let has_own = |area: AreaId| {
        by_id(&directory.areas, area.number()).is_some_and(|area| area.number_mask.is_some())
    };
    one == other || (!has_own(one) && !has_own(other))
}

fn broken(mask: &str) -> Failure {
    Failure::other(format!("the mask of ticket numbers {mask} cannot be read"))
}

/// Draws the next number. `day` is today in the configured zone.
pub async fn draw(draws: &Draws, db: &Db, scheme: &Scheme, day: Date) -> Result<String> {
    let key = format!("{}{}", scheme.owner, scheme.mask.counter_key(day, FiscalStart::JANUARY));
    let offset = i64::try_from(scheme.mask.counter_offset()).map_err(Failure::other)?;
    let value = draws.next(db, &key, offset).await?;
    Ok(scheme.mask.print(u64::try_from(value).map_err(Failure::other)?, day))
}
