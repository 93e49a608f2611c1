//! SQL of changing a ticket.

use db::{Result, Tx, from_row, params, sql};
use rules::status::Stage;

use super::plan::Facts;
use crate::record::contact;
use crate::record::message::Segment;
use crate::record::packed::Packed;
use crate::record::ticket::Ticket;
use crate::record::{CompanyId, ContactId, EntryId, MessageId, TicketId};
use crate::service::search::{self, Document, Visibility};

from_row! {
    struct Held {
        id: TicketId,
    }
}

/// Holds the ticket until the end of the transaction, so that of two changes at the same moment the
/// second one sees the first.
pub async fn hold(tx: &mut Tx<'_>, number: &str) -> Result<Option<TicketId>> {
    let held: Option<Held> = tx
        .optional(
            sql!(
                sqlite: "select id from ticket where number_key = $1",
                postgres: "select id from ticket where number_key = $1 for update"
            ),
            params![rules::number::fold_number(number)],
        )
        .await?;
    Ok(held.map(|held| held.id))
}

/// Writes all properties. Going into the trash keeps the status before.
pub async fn update(tx: &mut Tx<'_>, before: &Ticket, ticket: &Ticket) -> Result<()> {
    let goes_to_trash = ticket.stage.0 == Stage::Trash && before.stage.0 != Stage::Trash;
    let status_before = goes_to_trash.then_some(before.status);
    tx.execute(
        sql!(
            "update ticket
             set subject = $1, subject_key = $21, area = $2, request_type = $3, category = $4, priority = $5,
                 queue = $6, status = $7, stage = $8, assignee = $9, contact = $10, company = $11,
                 tags = $12, unseen = $13, due_at = $14, updated_at = $15, first_read_at = $16,
                 closed_at = $17, version = $18,
                 status_before_trash = coalesce(cast($19 as bigint), status_before_trash),
                 requester_name = $22, requester_email = $23, requester_phone = $24,
                 requester_key = $25, resubmit_at = $26, notify = $27,
                 private = $28, personal = $29, gdpr = $30
             where id = $20"
        ),
        params![
            ticket.subject.as_str(),
            ticket.area,
            ticket.request_type,
            ticket.category,
            ticket.priority,
            ticket.queue,
            ticket.status,
            ticket.stage.number(),
            ticket.assignee,
            ticket.contact,
            ticket.company,
            ticket.tags.as_str(),
            ticket.unseen,
            ticket.due_at.stored(),
            ticket.updated_at,
            ticket.first_read_at,
            ticket.closed_at,
            ticket.version,
            status_before,
            ticket.id,
            rules::text::fold_text(&ticket.subject),
            ticket.requester_name.as_str(),
            ticket.requester_email.as_deref(),
            ticket.requester_phone.as_deref(),
            ticket.requester_key(),
            ticket.resubmit_at,
            ticket.notify,
            ticket.private,
            ticket.personal,
            ticket.gdpr,
        ],
    )
    .await
    .map(drop)
}

/// The contact that is to be set.
pub async fn contact(tx: &mut Tx<'_>, contact: Option<i64>) -> Result<Facts> {
    let Some(id) = contact.map(ContactId::from_number) else { return Ok(Facts::default()) };
    Ok(Facts { contact: contact::by_id(tx, id).await?, ..Facts::default() })
}

/// The company that a contact works for.
pub async fn company_of(tx: &mut Tx<'_>, contact: Option<i64>) -> Result<Option<CompanyId>> {
    Ok(self::contact(tx, contact).await?.contact.and_then(|contact| contact.company))
}

from_row! {
    struct NamedCompany {
        id: CompanyId,
        name: String,
    }
}

/// The company that is to be set.
pub async fn company(tx: &mut Tx<'_>, company: Option<i64>) -> Result<Facts> {
    let Some(id) = company.map(CompanyId::from_number) else { return Ok(Facts::default()) };
    let found: Option<NamedCompany> =
        tx.optional(sql!("select id, name from company where id = $1"), params![id]).await?;
    let company = found.map(|company| (company.id, company.name));
    Ok(Facts { company, ..Facts::default() })
}

from_row! {
    struct Customer {
        contact_name: Option<String>,
        contact_phone: Option<String>,
        company_name: Option<String>,
        customer_number: Option<String>,
    }
}

/// Brings the names of contact and company in line with what was set.
pub async fn name_customer(tx: &mut Tx<'_>, ticket: &mut Ticket) -> Result<()> {
    let customer: Customer = tx
        .one(
            sql!(
                "select c.name as contact_name,
                        (select p.number from contact_phone p where p.contact = c.id
                         order by p.position limit 1) as contact_phone,
                        o.name as company_name, o.customer_number
                 from ticket t
                 left join contact c on c.id = t.contact
                 left join company o on o.id = t.company
                 where t.id = $1"
            ),
            params![ticket.id],
        )
        .await?;
    ticket.contact_name = customer.contact_name;
    ticket.contact_phone = customer.contact_phone;
    ticket.company_name = customer.company_name;
    ticket.customer_number = customer.customer_number;
    Ok(())
}

from_row! {
    struct StatusBefore {
        status_before_trash: Option<EntryId>,
    }
}

/// The status before the trash.
pub async fn before_trash(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<Facts> {
    let row: StatusBefore = tx
        .one(sql!("select status_before_trash from ticket where id = $1"), params![ticket.id])
        .await?;
    Ok(Facts { status_before_trash: row.status_before_trash, ..Facts::default() })
}

from_row! {
    struct CompanyName {
        name: String,
    }
}

/// Writes the ticket's own search document again.
pub async fn index_ticket(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<()> {
    let company: Option<CompanyName> = tx
        .optional(sql!("select name from company where id = $1"), params![ticket.company])
        .await?;
    let text = ticket_text(ticket, company.map(|company| company.name).as_deref());
    let document = Document::new(ticket.id.number(), &text);
    search::replace(tx, &document, ticket.area, Visibility::External).await
}

/// What a ticket is found by, besides its messages.
pub fn ticket_text(ticket: &Ticket, company: Option<&str>) -> String {
    let email = ticket.requester_email.as_deref().unwrap_or_default();
    [
        ticket.number.as_str(),
        &ticket.subject,
        &ticket.requester_name,
        email,
        company.unwrap_or_default(),
        &ticket.tag_names().join(" "),
    ]
    .join("\n")
}

from_row! {
    struct MessageText {
        id: MessageId,
        visibility: String,
        subject: String,
        author_name: String,
        segments: Packed,
        attachments: String,
    }
}

/// Writes the search documents of all messages again: the area changed.
pub async fn index_messages(tx: &mut Tx<'_>, ticket: &Ticket) -> Result<()> {
    let messages: Vec<MessageText> = tx
        .all(
            sql!(
                "select id, visibility, subject, author_name, segments, attachments
                 from message where ticket = $1 order by id limit 10000"
            ),
            params![ticket.id],
        )
        .await?;
    for message in messages {
        let segments: Vec<Segment> = serde_json::from_str(&message.segments).unwrap_or_default();
        let files: Vec<crate::record::message::File> =
            serde_json::from_str(&message.attachments).unwrap_or_default();
        let text = crate::record::message::search_text(
            &message.subject,
            &message.author_name,
            &segments,
            &files,
        );
        let visibility = match message.visibility.as_str() {
            "internal" => Visibility::Internal,
            _ => Visibility::External,
        };
        let document = Document::new(message.id.number(), &text);
        search::replace(tx, &document, ticket.area, visibility).await?;
    }
    Ok(())
}
