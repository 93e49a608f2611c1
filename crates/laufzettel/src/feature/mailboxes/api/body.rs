//! What a body says of a mailbox.

use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use values::Timestamp;
use web::Problem;

use super::MailboxForm;
use super::autoresponder::AutoresponderBody;
use super::options::OptionsChange;
use crate::api::{Call, html, invalid, present};
use crate::config::Secret;
use crate::record::mailbox::{Mailbox, Source as Stored, Tls};

/// A new mailbox.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = NewMailbox)]
pub struct NewBody {
    /// Its name for programs: small letters, digits and hyphens. It never changes.
    name: String,
    /// Its name for people; without one the name for programs.
    label: Option<String>,
    /// Its addresses, the main one first.
    addresses: Vec<String>,
    /// Whether it takes mails; yes without a word.
    enabled: Option<bool>,
    /// The area of its tickets.
    area: String,
    /// The queue of its tickets.
    queue: Option<String>,
    /// The category of its tickets.
    category: Option<String>,
    /// Where its mails come from; without one they are brought.
    source: Option<Source>,
    /// What becomes of a mail on the server: `mark_read`, `move`, `delete` or `keep`.
    after_import: Option<String>,
    /// The folder for `move`.
    move_to: Option<String>,
    /// Older mails are left alone: a day like `2026-11-21`. Without a word the mails of an account
    /// are fetched from today on; `null` fetches all of them.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    from_date: Option<Option<String>>,
    /// Older mails are not made into tickets.
    max_age_days: Option<i64>,
    /// `ticket`, `known_only` or `known_or_domains`.
    unknown_sender: Option<String>,
    /// `linked_ticket`, `append` or `unassigned`.
    stranger_with_number: Option<String>,
    /// Whether a mail without a number joins an open ticket of its sender.
    join_open_ticket: Option<bool>,
    /// How alike the subjects must be for that, 0 to 100.
    similarity_percent: Option<i64>,
    /// Domain patterns for `known_or_domains`.
    domains: Option<Vec<String>>,
    /// As whom answers leave, by address; without one what the area says.
    sender: Option<String>,
    /// The folder of the account that gets a copy of what was sent; off without one.
    sent_folder: Option<String>,
    /// What stands below answers of agents without a signature of their own, as HTML.
    signature: Option<String>,
    /// Whether an answer leaves from the address that the mail was written to.
    answer_as_received: Option<bool>,
    /// Whether its addresses may carry the token of a ticket behind a plus sign.
    plus_addressing: Option<bool>,
    /// What is answered automatically to whoever writes a new ticket; off without one.
    autoresponder: Option<AutoresponderBody>,
    /// What it does with its mails; fields that are missing are as usual.
    options: Option<OptionsChange>,
}

/// What is changed of a mailbox. A field that is missing stays, one that is `null` is cleared.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailboxChange)]
pub struct Body {
    /// Its name for people.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    label: Option<String>,
    /// All addresses, the main one first.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    addresses: Option<Vec<String>>,
    /// Whether it takes mails.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    enabled: Option<bool>,
    /// The area of its tickets.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    area: Option<String>,
    /// The queue of its tickets.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    queue: Option<Option<String>>,
    /// The category of its tickets.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    category: Option<Option<String>>,
    /// Where its mails come from.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    source: Option<Source>,
    /// What becomes of a mail on the server: `mark_read`, `move`, `delete` or `keep`.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    after_import: Option<String>,
    /// The folder for `move`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    move_to: Option<Option<String>>,
    /// Older mails are left alone: a day like `2026-11-21`.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    from_date: Option<Option<String>>,
    /// Older mails are not made into tickets.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<i64>)]
    max_age_days: Option<Option<i64>>,
    /// `ticket`, `known_only` or `known_or_domains`.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    unknown_sender: Option<String>,
    /// `linked_ticket`, `append` or `unassigned`.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    stranger_with_number: Option<String>,
    /// Whether a mail without a number joins an open ticket of its sender.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    join_open_ticket: Option<bool>,
    /// How alike the subjects must be for that, 0 to 100.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    similarity_percent: Option<i64>,
    /// Domain patterns for `known_or_domains`.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    domains: Option<Vec<String>>,
    /// As whom answers leave, by address; without one what the area says.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    sender: Option<Option<String>>,
    /// The folder of the account that gets a copy of what was sent; off without one.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    sent_folder: Option<Option<String>>,
    /// What stands below answers of agents without a signature of their own, as HTML.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<String>)]
    signature: Option<Option<String>>,
    /// Whether an answer leaves from the address that the mail was written to.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    answer_as_received: Option<bool>,
    /// Whether its addresses may carry the token of a ticket behind a plus sign.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    plus_addressing: Option<bool>,
    /// What is answered automatically to whoever writes a new ticket.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    autoresponder: Option<AutoresponderBody>,
    /// What it does with its mails; fields that are missing stay.
    #[serde(default, deserialize_with = "present")]
    #[schema(nullable = false)]
    options: Option<OptionsChange>,
}

/// Where a mailbox gets its mails from. `push` has only its `kind`, `pop3` no `folder`.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = MailboxSource)]
struct Source {
    /// `imap` and `pop3`: fetched from an account; `push`: brought by LMTP, `deliver` or the API.
    kind: Kind,
    /// The server's name.
    host: Option<String>,
    /// The server's port; without a word the usual one.
    port: Option<u16>,
    /// `implicit` (without a word), `starttls`, or `none` for the own machine.
    #[schema(value_type = Option<String>)]
    tls: Option<Tls>,
    /// The name to sign in with.
    user: Option<String>,
    /// The password; it is never given out.
    password: Option<String>,
    /// Instead of a password: the provider where somebody signed in, `microsoft` or `google`.
    oauth: Option<String>,
    /// A shared mailbox: the account that has signed in there and may open `user`. Without a word it is `user`.
    oauth_account: Option<String>,
    /// The folder to read; `INBOX` without a word.
    folder: Option<String>,
}

/// The kinds of sources.
#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = MailboxSourceKind)]
enum Kind {
    /// Fetched from an account by IMAP.
    Imap,
    /// Fetched from an account by POP3.
    Pop3,
    /// Brought.
    Push,
}

impl std::fmt::Debug for Source {
    /// Without the password.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Source({:?}, ***)", self.kind)
    }
}

impl Source {
    /// What is stored of it in clear, and its password.
    fn split(&self) -> (Stored, Option<Secret>) {
        let tls = self.tls.unwrap_or(Tls::Implicit);
        let port = |implicit: u16, clear: u16| {
            self.port.unwrap_or(if tls == Tls::Implicit { implicit } else { clear })
        };
        let host = self.host.clone().unwrap_or_default();
        let user = self.user.clone().unwrap_or_default();
        let (oauth, oauth_account) = (self.oauth.clone(), self.oauth_account.clone());
        let source = match self.kind {
            Kind::Push => return (Stored::Push {}, None),
            Kind::Pop3 => {
                Stored::Pop3 { host, port: port(995, 110), tls, user, oauth, oauth_account }
            }
            Kind::Imap => {
                let folder = self.folder.clone().unwrap_or_else(|| "INBOX".to_owned());
                let port = port(993, 143);
                Stored::Imap { host, port, tls, user, folder, oauth, oauth_account }
            }
        };
        (source, self.password.clone().map(Secret))
    }
}

impl NewBody {
    /// The mailbox that is wanted.
    pub fn form(&self, call: &Call) -> Result<MailboxForm, Problem> {
        let mut form = MailboxForm::new(&self.name.trim().to_lowercase(), &self.area);
        let changes = Body {
            label: self.label.clone(),
            addresses: Some(self.addresses.clone()),
            enabled: self.enabled,
            area: None,
            queue: Some(self.queue.clone()),
            category: Some(self.category.clone()),
            source: None,
            after_import: self.after_import.clone(),
            move_to: Some(self.move_to.clone()),
            from_date: self.from_date.clone(),
            max_age_days: Some(self.max_age_days),
            unknown_sender: self.unknown_sender.clone(),
            stranger_with_number: self.stranger_with_number.clone(),
            join_open_ticket: self.join_open_ticket,
            similarity_percent: self.similarity_percent,
            domains: self.domains.clone(),
            sender: Some(self.sender.clone()),
            sent_folder: Some(self.sent_folder.clone()),
            signature: Some(self.signature.clone()),
            answer_as_received: self.answer_as_received,
            plus_addressing: self.plus_addressing,
            autoresponder: self.autoresponder.clone(),
            options: self.options.clone(),
        };
        changes.set(call, &mut form)?;
        if let Some(source) = &self.source {
            (form.source, form.password) = source.split();
        }
        if self.from_date.is_none() && form.source.is_fetched() {
            form.from_date = Some(midnight(call, &call.app.today().to_string())?);
        }
        Ok(form)
    }
}

impl Body {
    /// The mailbox as it shall be.
    pub fn form(&self, call: &Call, mailbox: &Mailbox) -> Result<MailboxForm, Problem> {
        let mut form = MailboxForm::of(mailbox, &call.directory);
        self.set(call, &mut form)?;
        if let Some(source) = &self.source {
            let before = form.source.clone();
            (form.source, form.password) = source.split();
            // A stored password must not go to another server by a change of its name.
            let needs_password = form.source.has_password();
            if form.password.is_none() && needs_password && form.source.is_another_than(&before) {
                let message = "another account needs its password";
                return Err(invalid("source.password", "missing", message));
            }
        }
        Ok(form)
    }

    fn set(&self, call: &Call, form: &mut MailboxForm) -> Result<(), Problem> {
        fn take<T: Clone>(field: &mut T, value: &Option<T>) {
            if let Some(value) = value {
                field.clone_from(value);
            }
        }
        take(&mut form.label, &self.label);
        take(&mut form.addresses, &self.addresses);
        take(&mut form.enabled, &self.enabled);
        take(&mut form.area, &self.area);
        take(&mut form.queue, &self.queue);
        take(&mut form.category, &self.category);
        take(&mut form.after_import, &self.after_import);
        take(&mut form.move_to, &self.move_to);
        take(&mut form.max_age_days, &self.max_age_days);
        take(&mut form.unknown_sender, &self.unknown_sender);
        take(&mut form.stranger_with_number, &self.stranger_with_number);
        take(&mut form.join_open_ticket, &self.join_open_ticket);
        take(&mut form.similarity_percent, &self.similarity_percent);
        take(&mut form.domains, &self.domains);
        take(&mut form.sender, &self.sender);
        take(&mut form.sent_folder, &self.sent_folder);
        take(&mut form.answer_as_received, &self.answer_as_received);
        take(&mut form.plus_addressing, &self.plus_addressing);
        if let Some(options) = &self.options {
            form.options = options.clone().of(&form.options);
        }
        if let Some(signature) = &self.signature {
            form.signature = html("signature", signature.as_deref())?;
        }
        if let Some(said) = &self.autoresponder {
            said.set(&mut form.autoresponder)?;
        }
        if let Some(date) = &self.from_date {
            form.from_date = date.as_deref().map(|text| midnight(call, text)).transpose()?;
        }
        Ok(())
    }
}

/// The beginning of a day in the configured zone.
fn midnight(call: &Call, text: &str) -> Result<Timestamp, Problem> {
    let wrong = || invalid("from_date", "invalid_date", "a day like 2026-11-21");
    let day: Date = text.parse().map_err(|_| wrong())?;
    let begin = day.to_zoned(call.app.config.time_zone.clone()).map_err(|_| wrong())?;
    Ok(Timestamp::from_millis(begin.timestamp().as_millisecond()))
}
