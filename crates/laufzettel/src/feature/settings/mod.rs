//! Settings of the whole installation. What the configuration file says is shown, not changed, here.

pub mod api;
mod find;
mod hints;
pub mod history;
mod mails;
mod page;
mod store;
mod web;
mod words;

use axum::Router;
use axum::routing::get;
use db::{Operation, Reading, Result, Tx, View};
use rules::number::{FiscalStart, Mask};

use crate::App;
use crate::record::administration::{By, Change, Kind, Subject, Value, differences};
use crate::record::hints::{self as stored_hints, Hints};
use crate::record::mail_rules::{self, MailRules};
use crate::record::new_tickets::{self, NewTicketRules};
use crate::record::number::MASK_SETTING;
use crate::service::{live, setting};

pub use mails::banners as mail_banners;
pub use words::mask_problem;

/// The addresses of the settings.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/settings", get(web::overview))
        .route("/settings/numbers", get(web::numbers).post(web::save_numbers))
        .route("/settings/new-tickets", get(web::new_tickets).post(web::save_new_tickets))
        .route("/settings/mails", get(mails::page).post(mails::save))
        .route("/settings/hints", get(hints::page).post(hints::save))
        .route("/settings/history", get(history::page))
}

/// The setting that counts the changes of all others.
const VERSION_SETTING: &str = "settings_version";

/// The settings that can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// The mask of ticket numbers.
    pub number_mask: String,
    /// How people make tickets by hand.
    pub new_tickets: NewTicketRules,
    /// What holds for the mails of the house.
    pub mails: MailRules,
    /// What the navigation points out.
    pub hints: Hints,
    /// Grows with each change.
    pub version: i64,
}

impl Settings {
    /// What the history of the administration tells of them.
    fn values(&self) -> Vec<Value> {
        let rules = &self.new_tickets;
        let required: Vec<&str> = rules.required.iter().map(|field| field.code()).collect();
        let flag = |name: &str, flag: bool| (name.to_owned(), Some(flag.to_string()));
        let mut values = vec![
            ("number_mask".to_owned(), Some(self.number_mask.clone())),
            flag("starts_read", rules.starts_read),
            flag("assigns_creator", rules.assigns_creator),
            flag("preselects_type", rules.preselects_type),
            flag("unplaced_mails", self.hints.unplaced_mails),
            flag("without_category", self.hints.without_category),
            ("required".to_owned(), (!required.is_empty()).then(|| required.join(" "))),
        ];
        values.extend(mails::values(&self.mails));
        values
    }
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
    let hints = stored_hints::read(view).await?;
    let version = setting::get(view, VERSION_SETTING).await?;
    let version = version.and_then(|text| text.parse().ok()).unwrap_or(1);
    let mails = mail_rules::read(view).await?;
    Ok(Settings { number_mask, new_tickets, mails, hints, version })
}

/// Changes settings. `None` leaves one as it is.
pub struct ChangeSettings<'a> {
    /// The mask of ticket numbers, which was read before.
    pub number_mask: Option<&'a str>,
    /// How people make tickets by hand.
    pub new_tickets: Option<NewTicketRules>,
    /// What holds for the mails of the house; it was checked before.
    pub mails: Option<MailRules>,
    /// What the navigation points out.
    pub hints: Option<Hints>,
    /// The version that the actor saw; `None` lets the named ones win.
    pub version: Option<i64>,
    /// Who does it.
    pub by: By<'a>,
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
        let before = settings.values();
        if let Some(mask) = self.number_mask {
            setting::set(tx, MASK_SETTING, mask).await?;
            settings.number_mask = mask.to_owned();
        }
        if let Some(rules) = &self.new_tickets {
            new_tickets::write(tx, rules).await?;
            settings.new_tickets.clone_from(rules);
        }
        if let Some(rules) = &self.mails {
            mail_rules::write(tx, rules).await?;
            settings.mails.clone_from(rules);
        }
        if let Some(hints) = self.hints {
            stored_hints::write(tx, hints).await?;
            settings.hints = hints;
        }
        settings.version += 1;
        setting::set(tx, VERSION_SETTING, &settings.version.to_string()).await?;
        let facts = differences(before, settings.values());
        let change =
            Change { subject: Subject::House, id: 0, name: "", kind: Kind::Changed, facts };
        self.by.record(tx, &change).await?;
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
