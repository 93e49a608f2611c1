//! Settings of the whole installation. What the configuration file says is shown, not changed, here.

pub mod api;
mod store;

use db::{Operation, Reading, Result, Tx, View};
use rules::number::{FiscalStart, Mask};

use crate::record::new_tickets::{self, NewTicketRules};
use crate::record::number::MASK_SETTING;
use crate::service::{live, setting};

/// The setting that counts the changes of all others.
const VERSION_SETTING: &str = "settings_version";

/// The settings that can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The mask of ticket numbers.
    pub number_mask: String,
    /// How people make tickets by hand.
    pub new_tickets: NewTicketRules,
    /// Grows with each change.
    pub version: i64,
}

/// Reads the settings.
pub struct ReadSettings;

impl Reading for ReadSettings {
    type Outcome = Settings;

    async fn run(&self, view: &mut View<'_>) -> Result<Settings> {
        read(view).await
    }
}

async fn read(view: &mut View<'_>) -> Result<Settings> {
    let number_mask = setting::get(view, MASK_SETTING).await?.unwrap_or_default();
    let new_tickets = new_tickets::read(view).await?;
    let version = setting::get(view, VERSION_SETTING).await?;
    let version = version.and_then(|text| text.parse().ok()).unwrap_or(1);
    Ok(Settings { number_mask, new_tickets, version })
}

/// Changes settings. `None` leaves one as it is.
pub struct ChangeSettings<'a> {
    /// The mask of ticket numbers, which was read before.
    pub number_mask: Option<&'a str>,
    /// How people make tickets by hand.
    pub new_tickets: Option<NewTicketRules>,
    /// The version that the actor saw; `None` lets the named ones win.
    pub version: Option<i64>,
}

/// How changing ended.
#[derive(Debug)]
pub enum Changed {
    /// The settings as they are now.
    Done(Settings),
    /// Somebody else changed them.
    Stale,
}

impl Operation for ChangeSettings<'_> {
    type Outcome = Changed;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Changed> {
        store::hold(tx, VERSION_SETTING).await?;
        let mut settings = read(tx).await?;
        if self.version.is_some_and(|version| version != settings.version) {
            return Ok(Changed::Stale);
        }
        if let Some(mask) = self.number_mask {
            setting::set(tx, MASK_SETTING, mask).await?;
            settings.number_mask = mask.to_owned();
        }
        if let Some(rules) = &self.new_tickets {
            new_tickets::write(tx, rules).await?;
            settings.new_tickets.clone_from(rules);
        }
        settings.version += 1;
        setting::set(tx, VERSION_SETTING, &settings.version.to_string()).await?;
        live::announce::<()>(tx, live::LISTS, values::Id::from_number(0));
        Ok(Changed::Done(settings))
    }
}

/// Reads how far the counter is from which a mask draws (F-NUM-04).
pub struct ReadCounter<'a> {
    /// The mask.
    pub mask: &'a Mask,
    /// The beginning of the counter's key: empty, or that of an area with its own mask.
    pub owner: String,
    /// Today in the configured zone.
    pub day: jiff::civil::Date,
}

impl Reading for ReadCounter<'_> {
    type Outcome = Option<u64>;

    async fn run(&self, view: &mut View<'_>) -> Result<Option<u64>> {
        let key = self.mask.counter_key(self.day, FiscalStart::JANUARY);
        store::counter(view, &format!("{}{key}", self.owner)).await
    }
}
