//! SQL of tickets that mails make or touch.

use db::{Result, Tx, params, sql};
use rules::text::fold_text;
use values::Timestamp;

use crate::feature::intake::apply::ApplyMail;
use crate::record::TicketId;
use crate::record::contact::Contact;
use crate::record::directory::Status;
use crate::record::message::Mailbox as Named;
use crate::record::ticket::{NO_DEADLINE, StoredStage, requester_key};
use crate::service::search::{self, Document, Visibility};
use rules::status::StatusKind;

/// Participants that one mail may add.
const PARTICIPANTS_MAX: usize = 100;

/// Whether a ticket is done as soon as it is made: history is, and what comes by a mailbox that says so
/// (F-STAT-15).
pub fn is_completed(apply: &ApplyMail<'_>) -> bool {
    apply.waiting.archive || apply.mailbox.options().completed
}

/// Makes the row of a ticket, or says `false` if its number is taken.
pub async fn insert(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    number: &str,
    contact: Option<&Contact>,
    created_at: Timestamp,
) -> Result<bool> {
    let (read, directory) = (apply.read, apply.directory);
    let kind = if is_completed(apply) { StatusKind::Done } else { StatusKind::Unread };
    let closed_at = match apply.waiting.archive {
        true => Some(read.at),
        false => is_completed(apply).then_some(apply.now),
    };
    let subject = read.ticket_subject();
    let name = contact.map_or_else(|| read.author(), |contact| contact.name.clone());
    let email = read.from().map(values::EmailAddress::as_str);
    let inserted = tx
        .execute(
            sql!(
                "insert into ticket (id, number, number_key, public_id, subject, subject_key,
                     preview, area, request_type, category, priority, queue, status, stage,
                     assignee, creator, channel, requester_name, requester_email, requester_phone,
                     requester_key, contact, company, tags, unseen, due_at, resubmit_at, queue_at,
                     created_at, updated_at, first_read_at, closed_at, last_customer_at,
                     last_agent_at, last_sent_at, message_count, status_before_trash, version,
                     reference)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                     null, null, 'mail', $15, $16, $17, $18, $19, $20, '[]', $21, $22, null, $23,
                     $24, $24, null, $25, $23, null, null, 1, null, 1, $26)
                 on conflict do nothing"
            ),
            params![
                ticket,
                number,
                rules::number::fold_number(number),
                apply.public_id,
                subject.as_str(),
                fold_text(&subject),
                read.preview.as_str(),
                apply.mailbox.area,
                directory.default_request_type().map(|entry| entry.id),
                apply.mailbox.category,
                directory.priority_in(apply.mailbox.category),
                apply.mailbox.queue,
                directory.status_of_kind(kind).map(|status| status.id),
                StoredStage(kind.stage()).number(),
                name.as_str(),
                email,
                contact.and_then(|contact| contact.phone.as_deref()),
                requester_key(&name, email),
                contact.map(|contact| contact.id),
                contact.and_then(|contact| contact.company),
                !is_completed(apply),
                NO_DEADLINE,
                read.at,
                created_at,
                closed_at,
                read.reference.as_deref(),
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// Writes down that a mail came to a ticket: status, unseen mark, times, preview.
pub async fn touch(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    becomes: Option<&Status>,
    unseen: bool,
) -> Result<()> {
    let stage = becomes.map(|status| StoredStage(status.kind.0.stage()).number());
    let is_open = becomes.is_some_and(|status| status.kind.0.is_open());
    tx.execute(
        sql!(
            "update ticket
             set status = coalesce(cast($1 as bigint), status),
                 stage = coalesce(cast($2 as bigint), stage),
                 closed_at = (case when $3 = 1 then null else closed_at end),
                 unseen = (case when $4 = 1 then 1 else unseen end),
                 preview = (case when $4 = 1 then $5 else preview end),
                 queue_at = (case when $4 = 1 and queue_at < $6 then $6 else queue_at end),
                 last_customer_at = (case when $4 = 1 and coalesce(last_customer_at, 0) < $6
                                          then $6 else last_customer_at end),
                 updated_at = (case when updated_at < $7 then $7 else updated_at end),
                 message_count = message_count + 1, version = version + 1
             where id = $8"
        ),
        params![
            becomes.map(|status| status.id),
            stage,
            is_open,
            unseen,
            apply.read.preview.as_str(),
            apply.read.at,
            apply.now,
            ticket,
        ],
    )
    .await
    .map(drop)
}

/// Adds the sender and the copies. Only the requester's copies take part at once; people named by
/// others are proposals that an agent accepts (decision 13).
pub async fn add_participants(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    is_requester: bool,
) -> Result<()> {
    if let Some(from) = apply.read.from().filter(|_| is_requester) {
        add(tx, ticket, from.as_str(), &apply.read.author(), "requester").await?;
    }
    let role = if is_requester { "cc" } else { "proposed" };
    let own: Vec<_> = apply
        .directory
        .mailboxes
        .iter()
        .flat_map(crate::record::mailbox::Mailbox::addresses)
        .collect();
    let recipients = apply.read.recipients.to.iter().chain(&apply.read.recipients.cc);
    for Named { name, email } in recipients.take(PARTICIPANTS_MAX) {
        let Ok(address) = values::EmailAddress::parse(email) else { continue };
        if !own.contains(&address) {
            add(tx, ticket, address.as_str(), name, role).await?;
        }
    }
    Ok(())
}

async fn add(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    address: &str,
    name: &str,
    role: &str,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into ticket_participant (ticket, address, name, role) values ($1, $2, $3, $4)
             on conflict (ticket, address) do nothing"
        ),
        params![ticket, address, name, role],
    )
    .await
    .map(drop)
}

/// Writes the ticket's own search document.
pub async fn index(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    number: &str,
    contact: Option<&Contact>,
) -> Result<()> {
    let read = apply.read;
    let email = read.from().map(values::EmailAddress::as_str).unwrap_or_default();
    let company = contact.and_then(|contact| contact.company_name.as_deref()).unwrap_or_default();
    let text = [number, &read.ticket_subject(), &read.author(), email, company].join("\n");
    let document = Document::new(ticket.number(), &text);
    search::insert(tx, &document, apply.mailbox.area, Visibility::External).await
}

/// Links two tickets.
pub async fn link(tx: &mut Tx<'_>, ticket: TicketId, other: TicketId) -> Result<()> {
    for (one, another) in [(ticket, other), (other, ticket)] {
        tx.execute(
            sql!(
                "insert into ticket_link (ticket, other, kind) values ($1, $2, 'related')
                 on conflict (ticket, other) do nothing"
            ),
            params![one, another],
        )
        .await?;
    }
    Ok(())
}
