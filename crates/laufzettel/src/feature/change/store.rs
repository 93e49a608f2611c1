//! SQL of changing a ticket.

use db::{Result, Tx, from_row, params, sql};
use rules::status::Stage;

use super::plan::Facts;
use crate::record::contact;
use crate::record::message::Segment;
use crate::record::ticket::Ticket;
use crate::record::{ContactId, EntryId, MessageId};
use crate::service::search::{self, Document, Visibility};

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
                 status_before_trash = coalesce(cast($19 as bigint), status_before_trash)
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
        ],
    )
    .await
    .map(drop)
}

/// The contact that is to be set.
pub async fn contact(tx: &mut Tx<'_>, contact: Option<i64>) -> Result<Facts> {
    let Some(id) = contact.map(ContactId::from_number) else { return Ok(Facts::default()) };
    let found = contact::by_id(tx, id).await?;
    let contact = found.map(|contact| (contact.id, contact.name, contact.company));
    Ok(Facts { contact, ..Facts::default() })
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
        segments: String,
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
