//! A mailbox as the API shows it.

use serde::Serialize;
use utoipa::ToSchema;
use values::Timestamp;

use super::MailboxForm;
use super::autoresponder::ShownAutoresponder;
use crate::api::{Call, Named, Time};
use crate::app::day_of;
use crate::feature::mailboxes::store::{ReadStates, StoredState};
use crate::http::error::HttpError;
use crate::record::directory::by_name;
use crate::record::mailbox::{Mailbox, Options, Source};

/// A mailbox. The password of its account is never shown.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Mailbox)]
pub struct ShownMailbox {
    /// Its name for programs.
    name: String,
    /// Its name for people.
    label: String,
    /// Its addresses, the main one first.
    addresses: Vec<String>,
    /// Whether it takes mails.
    enabled: bool,
    /// The area of its tickets.
    area: Option<Named>,
    /// The queue of its tickets.
    queue: Option<Named>,
    /// The category of its tickets.
    category: Option<Named>,
    /// Where its mails come from: `kind` `imap` with `host`, `port`, `tls`, `user` and `folder`, or `push`.
    #[schema(value_type = serde_json::Value)]
    source: Source,
    /// What becomes of a mail on the server.
    after_import: String,
    /// The folder for `move`.
    move_to: Option<String>,
    /// Older mails are left alone: a day.
    from_date: Option<String>,
    /// Older mails are not made into tickets.
    max_age_days: Option<i64>,
    /// `ticket`, `known_only` or `known_or_domains`.
    unknown_sender: String,
    /// `linked_ticket`, `append` or `unassigned`.
    stranger_with_number: String,
    /// Whether a mail without a number joins an open ticket of its sender.
    join_open_ticket: bool,
    /// How alike the subjects must be for that, 0 to 100.
    similarity_percent: i64,
    /// Domain patterns for `known_or_domains`.
    domains: Vec<String>,
    /// As whom answers leave, by address; `null` for what the area says.
    sender: Option<String>,
    /// Whether an answer leaves from the address that the mail was written to.
    answer_as_received: bool,
    /// Whether its addresses may carry the token of a ticket behind a plus sign.
    plus_addressing: bool,
    /// The folder of the account that gets a copy of what was sent.
    sent_folder: Option<String>,
    /// What stands below answers of agents without a signature of their own, as HTML.
    signature: Option<String>,
    /// What is answered automatically to whoever writes a new ticket.
    autoresponder: ShownAutoresponder,
    /// What it does with its mails.
    options: ShownOptions,
    /// How it fares; `null` if it was never tried.
    state: Option<Fares>,
    /// Grows with each change.
    version: i64,
}

/// How a mailbox fares.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailboxState)]
struct Fares {
    /// `new`, `well` or `troubled`.
    state: String,
    /// The code of the problem.
    problem: Option<String>,
    /// What the server or the system said.
    words: Option<String>,
    /// When mails were last fetched.
    succeeded_at: Option<Time>,
}

/// How all mailboxes fare.
pub async fn states(call: &Call) -> Result<Vec<StoredState>, HttpError> {
    Ok(call.app.db.read(&ReadStates).await?)
}

impl ShownMailbox {
    /// Shows a mailbox with its state.
    pub fn of(call: &Call, mailbox: &Mailbox, states: &[StoredState]) -> Self {
        let form = MailboxForm::of(mailbox, &call.directory);
        let state = states.iter().find(|state| state.mailbox == mailbox.id);
        let state = state.map(|state| Fares {
            state: state.state.clone(),
            problem: state.problem.clone(),
            words: state.words.clone(),
            succeeded_at: state.succeeded_at.map(Time),
        });
        Self { state, ..Self::of_form(call, &form, mailbox.version) }
    }

    /// Shows a mailbox that was just saved.
    pub fn of_form(call: &Call, form: &MailboxForm, version: i64) -> Self {
        let lists = &call.directory;
        let addresses = super::super::check::addresses(form);
        Self {
            name: form.name.clone(),
            label: form.label.trim().to_owned(),
            addresses: addresses.iter().map(ToString::to_string).collect(),
            enabled: form.enabled,
            area: named(by_name(&lists.areas, &form.area)),
            queue: form.queue.as_ref().and_then(|text| named(by_name(&lists.queues, text))),
            category: form
                .category
                .as_ref()
                .and_then(|text| named(by_name(&lists.categories, text))),
            source: form.source.clone(),
            after_import: form.after_import.clone(),
            move_to: form.move_to.clone(),
            from_date: form.from_date.map(|at| day(call, at)),
            max_age_days: form.max_age_days,
            unknown_sender: form.unknown_sender.clone(),
            stranger_with_number: form.stranger_with_number.clone(),
            join_open_ticket: form.join_open_ticket,
            similarity_percent: form.similarity_percent,
            domains: form.domains.clone(),
            sender: form.sender.as_ref().map(|address| address.trim().to_lowercase()),
            answer_as_received: form.answer_as_received,
            plus_addressing: form.plus_addressing,
            sent_folder: form.sent_folder.as_ref().map(|folder| folder.trim().to_owned()),
            signature: form.signature.clone(),
            autoresponder: ShownAutoresponder::of(&form.autoresponder),
            options: ShownOptions::of(&form.options),
            state: None,
            version,
        }
    }
}

fn named<T: crate::record::directory::Listed>(entry: Option<&T>) -> Option<Named> {
    let entry = entry?;
    let name = entry.name(values::Language::German).to_owned();
    Some(Named { key: entry.key().to_owned(), name })
}

fn day(call: &Call, at: Timestamp) -> String {
    day_of(at, &call.app.config.time_zone).to_string()
}

/// What a mailbox does with its mails.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = MailboxOptions)]
pub struct ShownOptions {
    /// Its tickets are completed at once.
    completed: bool,
    /// A mail joins a ticket only if its sender belongs to the customer of that ticket; else it is listed.
    customers_only: bool,
    /// Emojis are taken out of subjects and texts.
    without_emojis: bool,
    /// The head of each mail stands below its text.
    with_headers: bool,
    /// Folders of the account that are read beside the one of its source.
    further_folders: Vec<String>,
    /// What the team sends with other programs and answers a ticket is taken from `sent_folder`.
    reads_sent: bool,
    /// At most so many mails are taken at a time, 1 to 100,000; `null` takes all.
    mails_per_run: Option<i64>,
    /// Of a larger mail only the head is taken and it stays on the server, 1 to 64.
    mail_mebibytes_max: i64,
    /// Whoever sent a mail that is too large is told so, once.
    tells_too_large: bool,
    /// The customer's own number is read from the first mail and added to answers.
    reads_reference: bool,
    /// How that number is found: a regular expression of at most 500 letters, whose first group is the number.
    reference_pattern: String,
}

impl ShownOptions {
    fn of(options: &Options) -> Self {
        Self {
            completed: options.completed,
            customers_only: options.customers_only,
            without_emojis: options.without_emojis,
            with_headers: options.with_headers,
            further_folders: options.further_folders.clone(),
            reads_sent: options.reads_sent,
            mails_per_run: options.mails_per_run,
            mail_mebibytes_max: options.mail_mebibytes_max,
            tells_too_large: options.tells_too_large,
            reads_reference: options.reads_reference,
            reference_pattern: options.reference_pattern.clone(),
        }
    }
}
