//! Mailboxes: setting them up, how each one fares, and whether every mail is accounted for.

pub mod api;
mod check;
mod edit;
mod facts;
mod folders;
mod form;
mod machine;
mod muted;
pub mod page;
mod problems;
mod reconciled;
mod sheet;
mod show;
pub mod store;
mod tab;
mod trial;
mod tried;
mod web;
pub mod words;

use ::web::FieldProblem;
use axum::Router;
use axum::routing::{get, post};
use db::{Operation, Result, Tx};
use values::Timestamp;

use crate::App;
use crate::config::Secret;
use crate::record::MailboxId;
use crate::record::administration::{By, Change, Fact, Kind, Subject, differences};
use crate::record::autoresponder::{self, Autoresponder};
use crate::record::directory::{Directory, Listed, by_name};
use crate::record::mailbox::{self, Mailbox, Options, Source};
use crate::service::live;

pub use check::{check, gives_tokens_away};
pub use folders::list as list_folders;
pub use tab::Tab;
pub use trial::{TestResult, TestStep, Tested, Trouble, test, try_out};
pub use tried::of_sending;
pub use web::fragment;

/// The addresses of the mailboxes.
pub fn routes() -> Router<App> {
    Router::new()
        .route("/mailboxes", get(web::page))
        .route("/mailboxes/{name}", get(web::one))
        .route("/mailboxes/{name}/edit", get(edit::first).post(edit::change_first))
        .route("/mailboxes/{name}/edit/{tab}", get(edit::tab).post(edit::change_tab))
        .route("/mailboxes/{name}/test", post(edit::test))
        .route("/mailboxes/{name}/fetch", post(web::fetch))
        .route("/mailboxes/{name}/lift", post(edit::lift))
}

/// A mailbox as somebody wants it to be.
#[derive(Clone, Debug)]
pub struct MailboxForm {
    /// Its name for programs.
    pub name: String,
    /// Its name for people.
    pub label: String,
    /// Its addresses, the main one first.
    pub addresses: Vec<String>,
    /// Whether it takes mails.
    pub enabled: bool,
    /// The key or name of the area of its tickets.
    pub area: String,
    /// The key or name of the queue of its tickets.
    pub queue: Option<String>,
    /// The key or name of the category of its tickets.
    pub category: Option<String>,
    /// Where it gets its mails from.
    pub source: Source,
    /// The password of the account; `None` leaves the stored one.
    pub password: Option<Secret>,
    /// What becomes of a mail on the server: `mark_read`, `move`, `delete`, `keep`.
    pub after_import: String,
    /// The folder for `move`.
    pub move_to: Option<String>,
    /// Older mails are left alone.
    pub from_date: Option<Timestamp>,
    /// Older mails are not made into tickets.
    pub max_age_days: Option<i64>,
    /// `ticket`, `known_only` or `known_or_domains`.
    pub unknown_sender: String,
    /// `linked_ticket`, `append` or `unassigned`.
    pub stranger_with_number: String,
    /// Whether a mail without a number joins an open ticket of its sender (F-MAIL-23).
    pub join_open_ticket: bool,
    /// How alike the subjects must be for that, 0 to 100 (F-MAIL-24).
    pub similarity_percent: i64,
    /// Domain patterns for `known_or_domains`.
    pub domains: Vec<String>,
    /// The address as whom answers leave; without one what the area says (F-OUT-02).
    pub sender: Option<String>,
    /// Whether an answer leaves from the address that the mail was written to.
    pub answer_as_received: bool,
    /// Whether its addresses may carry the token of a ticket behind a plus sign.
    pub plus_addressing: bool,
    /// The folder that gets a copy of what was sent.
    pub sent_folder: Option<String>,
    /// What stands below answers of agents without a signature of their own, as clean HTML.
    pub signature: Option<String>,
    /// What it says by itself to whoever writes a new ticket.
    pub autoresponder: Autoresponder,
    /// What it does with its mails.
    pub options: Options,
}

impl MailboxForm {
    /// A mailbox whose mails are brought, with the usual settings.
    pub fn new(name: &str, area: &str) -> Self {
        Self {
            name: name.to_owned(),
            label: name.to_owned(),
            addresses: Vec::new(),
            enabled: true,
            area: area.to_owned(),
            queue: None,
            category: None,
            source: Source::Push {},
            password: None,
            after_import: "mark_read".to_owned(),
            move_to: None,
            from_date: None,
            max_age_days: None,
            unknown_sender: "ticket".to_owned(),
            stranger_with_number: "linked_ticket".to_owned(),
            join_open_ticket: false,
            similarity_percent: 80,
            domains: Vec::new(),
            sender: None,
            answer_as_received: false,
            plus_addressing: false,
            sent_folder: None,
            signature: None,
            autoresponder: Autoresponder::default(),
            options: Options::default(),
        }
    }

    /// A mailbox as it is, to change some of it.
    pub fn of(mailbox: &Mailbox, directory: &Directory) -> Self {
        let key = |id: Option<crate::record::EntryId>, keys: &[(i64, &str)]| {
            let id = id?.number();
            keys.iter().find(|(known, _)| *known == id).map(|(_, key)| (*key).to_owned())
        };
        let area = directory.areas.iter().find(|area| area.id == mailbox.area);
        Self {
            name: mailbox.name.clone(),
            label: mailbox.label.clone(),
            addresses: mailbox.addresses().iter().map(ToString::to_string).collect(),
            enabled: mailbox.enabled,
            area: area.map_or(String::new(), |area| area.key.clone()),
            queue: key(mailbox.queue, &keys(&directory.queues)),
            category: key(mailbox.category, &keys(&directory.categories)),
            source: mailbox.source(),
            password: None,
            after_import: mailbox.after_import.clone(),
            move_to: mailbox.move_to.clone(),
            from_date: mailbox.from_date,
            max_age_days: mailbox.max_age_days,
            unknown_sender: mailbox.unknown_sender.clone(),
            stranger_with_number: mailbox.stranger_with_number.clone(),
            join_open_ticket: mailbox.join_open_ticket,
            similarity_percent: mailbox.similarity_percent,
            domains: domains(mailbox),
            sender: sender(mailbox, directory),
            answer_as_received: mailbox.answer_as_received,
            plus_addressing: mailbox.plus_addressing,
            sent_folder: mailbox.sent_folder.clone(),
            signature: mailbox.signature.clone(),
            autoresponder: mailbox.autoresponder(),
            options: mailbox.options(),
        }
    }
}

fn sender(mailbox: &Mailbox, directory: &Directory) -> Option<String> {
    directory.sender(mailbox.sender?).map(|sender| sender.address.clone())
}

fn domains(mailbox: &Mailbox) -> Vec<String> {
    let domains = mailbox.domains.split(',').map(str::trim);
    domains.filter(|domain| !domain.is_empty()).map(str::to_owned).collect()
}

fn keys<T: Listed>(list: &[T]) -> Vec<(i64, &str)> {
    list.iter().map(|entry| (entry.number(), entry.key())).collect()
}

/// Which mailbox is meant by a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// A new one; the name must be free.
    New,
    /// One that is there, at this version if one is named.
    Existing(Option<i64>),
}

/// Makes or changes a mailbox. The form was checked before.
pub struct SaveMailbox<'a> {
    /// The mailbox as it shall be.
    pub form: &'a MailboxForm,
    /// Which one.
    pub which: Which,
    /// The sealed password; `None` leaves the stored one.
    pub sealed: Option<&'a [u8]>,
    /// The lists.
    pub directory: &'a Directory,
    /// Who does it.
    pub by: By<'a>,
}

/// How saving a mailbox ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Saved {
    /// The mailbox and its version.
    Done(MailboxId, i64),
    /// Another mailbox has this name.
    NameTaken,
    /// There is no mailbox of this name.
    NotFound,
    /// Somebody else changed it; its present version.
    Stale(i64),
    /// Some fields cannot be taken.
    Refused(Vec<FieldProblem>),
}

impl Operation for SaveMailbox<'_> {
    type Outcome = Saved;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Saved> {
        let Some(area) = by_name(&self.directory.areas, &self.form.area) else {
            return Ok(Saved::Refused(check(self.form, self.directory, false)));
        };
        let present = store::hold(tx, &self.form.name).await?;
        let (id, version) = match (self.which, present) {
            (Which::New, Some(_)) => return Ok(Saved::NameTaken),
            (Which::New, None) => (self.by.ids.next(self.by.now), 1),
            (Which::Existing(_), None) => return Ok(Saved::NotFound),
            (Which::Existing(Some(wanted)), Some((_, version))) if wanted != version => {
                return Ok(Saved::Stale(version));
            }
            (Which::Existing(_), Some((id, version))) => (id, version + 1),
        };
        let addresses = check::addresses(self.form);
        // The snapshot that was checked may be older than another mailbox.
        let taken = store::taken(tx, id, &addresses).await?;
        if !taken.is_empty() {
            return Ok(Saved::Refused(check::taken_problems(self.form, &taken)));
        }
        let people = store::of_people(tx, id, &addresses).await?;
        if !people.is_empty() {
            return Ok(Saved::Refused(check::people_problems(self.form, &people)));
        }
        let customers = store::of_customers(tx, id, &addresses).await?;
        if !customers.is_empty() {
            return Ok(Saved::Refused(check::customer_problems(self.form, &customers)));
        }
        let twice = check::account_problems(self.form, &mailbox::all(tx).await?);
        if !twice.is_empty() {
            return Ok(Saved::Refused(twice));
        }
        let before = stored(tx, id).await?;
        store::upsert(tx, id, version, area.id, self).await?;
        store::set_addresses(tx, id, &addresses).await?;
        autoresponder::set(tx, id, &self.form.autoresponder).await?;
        let facts = self.record(tx, id, before.as_ref()).await?;
        if facts.iter().any(|fact| facts::concerns_account(&fact.field)) {
            store::begin_anew(tx, id, self.by.now).await?;
        }
        live::announce(tx, live::LISTS, id);
        live::announce(tx, live::MAILBOX, id);
        Ok(Saved::Done(id, version))
    }
}

impl SaveMailbox<'_> {
    /// Writes down what is another now than it was before.
    async fn record(
        &self,
        tx: &mut Tx<'_>,
        id: MailboxId,
        before: Option<&Mailbox>,
    ) -> Result<Vec<Fact>> {
        let Some(after) = stored(tx, id).await? else { return Ok(Vec::new()) };
        let values = before.map(facts::values).unwrap_or_default();
        let mut facts = differences(values, facts::values(&after));
        if self.sealed.is_some() {
            facts.push(Fact::new("password", None, None));
        }
        let kind = if before.is_some() { Kind::Changed } else { Kind::Added };
        record(tx, &self.by, &after, kind, facts.clone()).await?;
        Ok(facts)
    }
}

/// The mailbox as it stands in the database.
async fn stored(tx: &mut Tx<'_>, id: MailboxId) -> Result<Option<Mailbox>> {
    Ok(mailbox::all(tx).await?.into_iter().find(|mailbox| mailbox.id == id))
}

async fn record(
    tx: &mut Tx<'_>,
    by: &By<'_>,
    mailbox: &Mailbox,
    kind: Kind,
    facts: Vec<Fact>,
) -> Result<()> {
    let (id, name) = (mailbox.id.number(), mailbox.label.as_str());
    by.record(tx, &Change { subject: Subject::Mailbox, id, name, kind, facts }).await
}

/// Checks a mailbox, seals its password and saves it.
pub async fn save(app: &App, form: &MailboxForm, which: Which, by: By<'_>) -> Result<Saved> {
    // A mailbox that another process changed just now must not be judged by an old snapshot.
    app.forget_lists();
    let directory = app.directory().await?;
    let problems = check(form, &directory, app.config.allow_plaintext_mail);
    if !problems.is_empty() {
        return Ok(Saved::Refused(problems));
    }
    let sealed =
        form.password.as_ref().and_then(|password| app.keys.seal(&password.0, rand::random()));
    let save = SaveMailbox { form, which, sealed: sealed.as_deref(), directory: &directory, by };
    let saved = app.db.write(&save).await?;
    app.forget_lists();
    Ok(saved)
}

/// Switches a mailbox off. Its mails and its settings stay, because tickets came by it.
pub struct DeleteMailbox<'a> {
    /// Its name.
    pub name: &'a str,
    /// The version that the actor saw; `None` takes any.
    pub version: Option<i64>,
    /// Who does it.
    pub by: By<'a>,
}

/// How switching a mailbox off ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleted {
    /// It is off.
    Done,
    /// There is no mailbox of this name.
    NotFound,
    /// Somebody else changed it; its present version.
    Stale(i64),
}

impl Operation for DeleteMailbox<'_> {
    type Outcome = Deleted;

    async fn run(&self, tx: &mut Tx<'_>) -> Result<Deleted> {
        let Some((id, version)) = store::hold(tx, self.name).await? else {
            return Ok(Deleted::NotFound);
        };
        if self.version.is_some_and(|wanted| wanted != version) {
            return Ok(Deleted::Stale(version));
        }
        let before = stored(tx, id).await?;
        store::disable(tx, id).await?;
        if let Some(before) = before.filter(|before| before.enabled) {
            let said = |enabled: bool| Some(enabled.to_string());
            let facts = vec![Fact::new("enabled", said(true), said(false))];
            record(tx, &self.by, &before, Kind::Changed, facts).await?;
        }
        live::announce(tx, live::LISTS, id);
        live::announce(tx, live::MAILBOX, id);
        Ok(Deleted::Done)
    }
}
