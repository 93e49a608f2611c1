//! SQL of tickets that mails make or touch.

use db::{Result, Tx, params, sql};
use rules::intake::rule::Mark;
use rules::status::{Stage, StatusKind};
use rules::text::fold_text;
use values::Timestamp;

use crate::feature::intake::apply::ApplyMail;
use crate::feature::intake::wanted::Wanted;
use crate::record::directory::Status;
use crate::record::message::{Mailbox as Named, json};
use crate::record::ticket::{NO_DEADLINE, StoredStage, requester_key};
use crate::record::{EntryId, TicketId};
use crate::service::search::{self, Document, Visibility};

/// Participants that one mail may add.
const PARTICIPANTS_MAX: usize = 100;

/// Makes the row of a ticket, or says `false` if its number is taken.
pub async fn insert(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    number: &str,
    wanted: &Wanted<'_>,
    created_at: Timestamp,
) -> Result<bool> {
    let (read, contact) = (apply.read, wanted.requester.as_ref());
    let kind = wanted.status.map_or(StatusKind::Unread, |status| status.kind.0);
    let is_closed = matches!(kind.stage(), Stage::Closed | Stage::Trash);
    let closed_at = is_closed.then_some(if apply.waiting.archive { read.at } else { apply.now });
    let (name, email) = asks(apply, wanted);
    let inserted = tx
        .execute(
            sql!(
                "insert into ticket (id, number, number_key, public_id, subject, subject_key,
                     preview, area, request_type, category, priority, queue, status, stage,
                     assignee, creator, channel, requester_name, requester_email, requester_phone,
                     requester_key, contact, company, tags, unseen, due_at, resubmit_at, queue_at,
                     created_at, updated_at, first_read_at, closed_at, last_customer_at,
                     last_agent_at, last_sent_at, message_count, status_before_trash, version)
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,
                     $26, null, 'mail', $15, $16, $17, $18, $19, $20, '[]', $21, $22, null, $23,
                     $24, $24, null, $25, $23, null, null, 1, $27, 1)
                 on conflict do nothing"
            ),
            params![
                ticket,
                number,
                rules::number::fold_number(number),
                apply.public_id,
                wanted.subject.as_str(),
                fold_text(&wanted.subject),
                read.preview.as_str(),
                wanted.area,
                wanted.request_type,
                wanted.category,
                wanted.priority,
                wanted.queue,
                wanted.status.map(|status| status.id),
                StoredStage(kind.stage()).number(),
                name.as_str(),
                email,
                contact.and_then(|contact| contact.phone.as_deref()),
                requester_key(&name, email),
                contact.map(|contact| contact.id),
                wanted.company.or(contact.and_then(|contact| contact.company)),
                !apply.waiting.archive && !is_closed,
                NO_DEADLINE,
                read.at,
                created_at,
                closed_at,
                wanted.assignee,
                before_trash(apply, kind),
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// Name and address of who asks: whom a rule names, else the sender.
fn asks<'a>(apply: &'a ApplyMail<'_>, wanted: &'a Wanted<'_>) -> (String, Option<&'a str>) {
    let (read, contact) = (apply.read, wanted.requester.as_ref());
    let name = contact.map_or_else(|| read.author(), |contact| contact.name.clone());
    let email = contact.and_then(|contact| contact.email.as_deref());
    (name, email.or(read.from().map(values::EmailAddress::as_str)))
}

/// Sets the marks of a new ticket (F-FLD-24).
pub async fn set_marks(tx: &mut Tx<'_>, ticket: TicketId, marks: &[Mark]) -> Result<()> {
    let has = |mark: Mark| marks.contains(&mark);
    tx.execute(
        sql!("update ticket set private = $1, personal = $2, gdpr = $3 where id = $4"),
        params![has(Mark::Private), has(Mark::Personal), has(Mark::Gdpr), ticket],
    )
    .await
    .map(drop)
}

/// The status that a ticket in the trash gets when it is taken out.
fn before_trash(apply: &ApplyMail<'_>, kind: StatusKind) -> Option<EntryId> {
    let unread = apply.directory.status_of_kind(StatusKind::Unread);
    unread.filter(|_| kind == StatusKind::Trash).map(|status| status.id)
}

/// Keeps the names of the tags beside the ticket.
pub async fn set_tags(tx: &mut Tx<'_>, ticket: TicketId, names: &[String]) -> Result<()> {
    let statement = sql!("update ticket set tags = $1 where id = $2");
    tx.execute(statement, params![json(&names), ticket]).await.map(drop)
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

/// Lets an open ticket come back at a moment, unless somebody chose one before: `false` then.
pub async fn resubmit(tx: &mut Tx<'_>, ticket: TicketId, at: Timestamp) -> Result<bool> {
    let changed = tx
        .execute(
            sql!(
                "update ticket set resubmit_at = $1, version = version + 1
                 where id = $2 and resubmit_at is null and stage < 2"
            ),
            params![at, ticket],
        )
        .await?;
    Ok(changed == 1)
}

/// Keeps the number that the customer has for a ticket (F-FLD-32).
pub async fn set_reference(tx: &mut Tx<'_>, ticket: TicketId, reference: &str) -> Result<()> {
    tx.execute(sql!("update ticket set reference = $1 where id = $2"), params![reference, ticket])
        .await
        .map(drop)
}

/// Writes down that somebody of the team answered with another program: status, times, preview.
pub async fn touch_sent(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    becomes: Option<&Status>,
) -> Result<()> {
    let stage = becomes.map(|status| StoredStage(status.kind.0.stage()).number());
    let closed = becomes.is_some_and(|status| status.kind.0.is_closed());
    tx.execute(
        sql!(
            "update ticket
             set status = coalesce(cast($1 as bigint), status),
                 stage = coalesce(cast($2 as bigint), stage),
                 closed_at = (case when $3 = 1 then $4 else closed_at end),
                 last_agent_at = (case when coalesce(last_agent_at, 0) < $5 then $5
                                       else last_agent_at end),
                 last_sent_at = (case when coalesce(last_sent_at, 0) < $5 then $5
                                      else last_sent_at end),
                 updated_at = (case when updated_at < $4 then $4 else updated_at end),
                 preview = $6, unseen = 0, message_count = message_count + 1,
                 version = version + 1
             where id = $7"
        ),
        params![
            becomes.map(|status| status.id),
            stage,
            closed,
            apply.now,
            apply.read.at,
            apply.read.preview.as_str(),
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
    add_recipients(tx, apply, ticket, role).await
}

/// Adds everybody to whom a mail went in this role, but for our own mailboxes.
pub async fn add_recipients(
    tx: &mut Tx<'_>,
    apply: &ApplyMail<'_>,
    ticket: TicketId,
    role: &str,
) -> Result<()> {
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
    wanted: &Wanted<'_>,
) -> Result<()> {
    let (read, contact) = (apply.read, wanted.requester.as_ref());
    let email = read.from().map(values::EmailAddress::as_str).unwrap_or_default();
    let name = contact.map_or_else(String::new, |contact| contact.name.clone());
    let company = contact.and_then(|contact| contact.company_name.as_deref()).unwrap_or_default();
    let subject = wanted.subject.as_str();
    let text = [number, subject, &read.author(), &name, email, company].join("\n");
    let document = Document::new(ticket.number(), &text);
    search::insert(tx, &document, wanted.area, Visibility::External).await
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
