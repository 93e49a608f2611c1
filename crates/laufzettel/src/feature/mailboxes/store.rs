//! SQL of mailboxes: making and changing them, and how they fare.

use db::{Query, Reading, Result, Sql, Tx, View, from_row, params, sql};
use values::{EmailAddress, Timestamp};

use super::SaveMailbox;
use crate::record::directory::{Listed, by_name};
use crate::record::message::json;
use crate::record::sender::by_address;
use crate::record::{AreaId, EntryId, MailboxId, TicketId};

from_row! {
    struct VersionRow {
        id: MailboxId,
        version: i64,
    }
}

/// The mailbox of this name and its version, held against other changes until the end of the
/// transaction.
pub async fn hold(tx: &mut Tx<'_>, name: &str) -> Result<Option<(MailboxId, i64)>> {
    let row: Option<VersionRow> = tx
        .optional(
            sql!(
                sqlite: "select id, version from mailbox where name = $1",
                postgres: "select id, version from mailbox where name = $1 for update"
            ),
            params![name],
        )
        .await?;
    Ok(row.map(|row| (row.id, row.version)))
}

from_row! {
    struct TakenRow {
        address: EmailAddress,
        name: String,
    }
}

/// Those of these addresses that other mailboxes have, with the names of the mailboxes.
pub async fn taken(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    addresses: &[EmailAddress],
) -> Result<Vec<(EmailAddress, String)>> {
    if addresses.is_empty() {
        return Ok(Vec::new());
    }
    let mut query = Query::new(
        "select a.address, m.name
         from mailbox_address a join mailbox m on m.id = a.mailbox
         where a.mailbox <>",
    );
    query.bind(mailbox);
    for (place, address) in addresses.iter().enumerate() {
        query.push(if place == 0 { "and a.address in (" } else { "," }).bind(address);
    }
    query.push(") order by a.address");
    let rows: Vec<TakenRow> = tx.list(&query).await?;
    Ok(rows.into_iter().map(|row| (row.address, row.name)).collect())
}

/// Those of these addresses that people sign in with, with their names. Addresses that the mailbox has
/// stay, and the first mailbox of all may have that of whoever sets up: a company of one has one address.
pub async fn of_people(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    addresses: &[EmailAddress],
) -> Result<Vec<(EmailAddress, String)>> {
    let mut query = Query::new("select email as address, name from agent where email in (");
    for (place, address) in addresses.iter().enumerate() {
        query.push(if place == 0 { "" } else { "," }).bind(address);
    }
    query.push(
        ") and exists (select 1 from mailbox)
           and not exists (select 1 from mailbox_address a where a.address = email and a.mailbox =",
    );
    query.bind(mailbox).push(") order by email limit 100");
    let rows: Vec<TakenRow> = tx.list(&query).await?;
    Ok(rows.into_iter().map(|row| (row.address, row.name)).collect())
}

/// Those of these addresses that customers have, with their names. Addresses that the mailbox has stay: forms
/// write as the mailbox itself.
pub async fn of_customers(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    addresses: &[EmailAddress],
) -> Result<Vec<(EmailAddress, String)>> {
    let mut query = Query::new(
        "select a.address, c.name
         from contact_address a join contact c on c.id = a.contact
         where a.address in (",
    );
    for (place, address) in addresses.iter().enumerate() {
        query.push(if place == 0 { "" } else { "," }).bind(address);
    }
    query.push(
        ") and not exists (select 1 from mailbox_address m
                           where m.address = a.address and m.mailbox =",
    );
    query.bind(mailbox).push(") order by a.address limit 100");
    let rows: Vec<TakenRow> = tx.list(&query).await?;
    Ok(rows.into_iter().map(|row| (row.address, row.name)).collect())
}

const UPSERT: Sql = sql!(
    "insert into mailbox (id, name, label, enabled, area, queue, category, source, password,
         after_import, move_to, from_date, max_age_days, unknown_sender,
         stranger_with_number, join_open_ticket, similarity_percent, domains, created_at,
         version, sender, answer_as_received, plus_addressing, sent_folder, signature, options)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17,
         $18, $19, $20, $22, $23, $24, $25, $26, $27)
     on conflict (id) do update
     set label = excluded.label, enabled = excluded.enabled, area = excluded.area,
         queue = excluded.queue, category = excluded.category, source = excluded.source,
         password = case when cast($21 as bigint) = 1 then coalesce(excluded.password, mailbox.password) end,
         after_import = excluded.after_import, move_to = excluded.move_to,
         from_date = excluded.from_date, max_age_days = excluded.max_age_days,
         unknown_sender = excluded.unknown_sender,
         stranger_with_number = excluded.stranger_with_number,
         join_open_ticket = excluded.join_open_ticket,
         similarity_percent = excluded.similarity_percent, domains = excluded.domains,
         version = excluded.version, sender = excluded.sender,
         answer_as_received = excluded.answer_as_received,
         plus_addressing = excluded.plus_addressing, sent_folder = excluded.sent_folder,
         signature = excluded.signature, options = excluded.options"
);

/// Makes or changes the row. Without a new password the stored one stays.
pub async fn upsert(
    tx: &mut Tx<'_>,
    id: MailboxId,
    version: i64,
    area: AreaId,
    save: &SaveMailbox<'_>,
) -> Result<()> {
    let form = save.form;
    let queue = entry(&save.directory.queues, form.queue.as_deref());
    let category = entry(&save.directory.categories, form.category.as_deref());
    let domains: Vec<&str> = form.domains.iter().map(|domain| domain.trim()).collect();
    let senders = &save.directory.senders;
    let sender = form.sender.as_deref().and_then(|address| by_address(senders, address));
    let sender = sender.map(|sender| sender.id);
    let has_password = form.source.has_password();
    tx.execute(
        UPSERT,
        params![
            id,
            form.name.as_str(),
            form.label.trim(),
            form.enabled,
            area,
            queue,
            category,
            json(&form.source),
            save.sealed,
            form.after_import.as_str(),
            form.move_to.as_deref(),
            form.from_date,
            form.max_age_days,
            form.unknown_sender.as_str(),
            form.stranger_with_number.as_str(),
            form.join_open_ticket,
            form.similarity_percent,
            domains.join(","),
            save.by.now,
            version,
            i64::from(has_password),
            sender,
            form.answer_as_received,
            form.plus_addressing,
            form.sent_folder.as_deref().map(str::trim),
            form.signature.as_deref(),
            form.options.stored(),
        ],
    )
    .await
    .map(drop)
}

fn entry<T: Listed>(list: &[T], name: Option<&str>) -> Option<EntryId> {
    by_name(list, name?).map(|entry| EntryId::from_number(entry.number()))
}

/// Sets the addresses, the main one first.
pub async fn set_addresses(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    addresses: &[EmailAddress],
) -> Result<()> {
    tx.execute(sql!("delete from mailbox_address where mailbox = $1"), params![mailbox]).await?;
    for (position, address) in (1_i64..).zip(addresses) {
        tx.execute(
            sql!("insert into mailbox_address (address, mailbox, position) values ($1, $2, $3)"),
            params![address, mailbox, position],
        )
        .await?;
    }
    Ok(())
}

/// Forgets how the mailbox fared with its settings before, and has its folder listed whole: it may
/// be another account now.
pub async fn begin_anew(tx: &mut Tx<'_>, mailbox: MailboxId, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "update mailbox_state
             set state = 'new', problem = null, words = null, since_at = $1
             where mailbox = $2"
        ),
        params![now, mailbox],
    )
    .await?;
    tx.execute(sql!("delete from mailbox_folder where mailbox = $1"), params![mailbox])
        .await
        .map(drop)
}

/// Switches a mailbox off.
pub async fn disable(tx: &mut Tx<'_>, mailbox: MailboxId) -> Result<()> {
    tx.execute(
        sql!("update mailbox set enabled = 0, version = version + 1 where id = $1"),
        params![mailbox],
    )
    .await
    .map(drop)
}

from_row! {
    /// How a mailbox fares.
    #[derive(Clone, Debug)]
    pub struct StoredState {
        /// The mailbox.
        pub mailbox: MailboxId,
        /// `new`, `well` or `troubled`.
        pub state: String,
        /// The code of the problem.
        pub problem: Option<String>,
        /// The server's words, or details.
        pub words: Option<String>,
        /// When mails were last fetched.
        pub succeeded_at: Option<Timestamp>,
    }
}

/// Reads how all mailboxes fare.
pub struct ReadStates;

impl Reading for ReadStates {
    type Outcome = Vec<StoredState>;

    async fn run(&self, view: &mut View<'_>) -> Result<Vec<StoredState>> {
        states(view).await
    }
}

/// How all mailboxes fare. There are tens of them, not thousands.
pub async fn states(view: &mut View<'_>) -> Result<Vec<StoredState>> {
    view.all(
        sql!(
            "select mailbox, state, problem, words, succeeded_at
             from mailbox_state order by mailbox limit 1000"
        ),
        [],
    )
    .await
}

from_row! {
    /// An address that gets no automatic answers of a mailbox.
    #[derive(Clone, Debug)]
    pub struct Muted {
        /// The address.
        pub address: String,
        /// Why: `rate` or `echo`.
        pub why: String,
        /// The number of the ticket at which it happened.
        pub number: Option<String>,
        /// Since when.
        pub since_at: Timestamp,
    }
}

/// The addresses that get no automatic answers of a mailbox, the longest silent first. More than these
/// mean that something else is wrong.
pub async fn muted(view: &mut View<'_>, mailbox: MailboxId) -> Result<Vec<Muted>> {
    view.all(
        sql!(
            "select p.address, p.why, t.number, p.since_at
             from muted_pair p left join ticket t on t.id = p.ticket
             where p.mailbox = $1 order by p.since_at, p.address limit 1000"
        ),
        params![mailbox],
    )
    .await
}

from_row! {
    struct MutedAt {
        ticket: Option<TicketId>,
    }
}

/// Answers an address again: the ticket at which it fell silent, or `None` if it was not silent. What was
/// counted before must not silence it again at once.
pub async fn unmute(
    tx: &mut Tx<'_>,
    mailbox: MailboxId,
    address: &EmailAddress,
) -> Result<Option<Option<TicketId>>> {
    let muted: Option<MutedAt> = tx
        .optional(
            sql!("select ticket from muted_pair where mailbox = $1 and address = $2"),
            params![mailbox, address],
        )
        .await?;
    let Some(muted) = muted else { return Ok(None) };
    tx.execute(
        sql!("delete from muted_pair where mailbox = $1 and address = $2"),
        params![mailbox, address],
    )
    .await?;
    tx.execute(
        sql!("delete from token_echo where mailbox = $1 and address = $2"),
        params![mailbox, address],
    )
    .await?;
    Ok(Some(muted.ticket))
}
