//! SQL of the two tickets: what they know of their messages, beginning one, closing and opening one.

use db::{Query, Result, Tx, from_row, params, sql};
use rules::text::fold_text;
use values::{EmailAddress, Timestamp};

use crate::feature::regroup::way_back::Figures;
use crate::record::actor::ids_json;
use crate::record::body::preview;
use crate::record::contact::Contact;
use crate::record::directory::Status;
use crate::record::message::Segment;
use crate::record::packed::Packed;
use crate::record::ticket::{NO_DEADLINE, StoredStage, Ticket, requester_key};
use crate::record::{AgentId, TicketId};

/// What a ticket knows of its messages.
pub async fn figures(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Figures> {
    tx.one(
        sql!(
            "select t.message_count, (select max(m.id) from message m where m.ticket = t.id) as newest,
                    t.preview, t.unseen, t.queue_at, t.last_customer_at, t.last_agent_at
             from ticket t where t.id = $1"
        ),
        params![ticket],
    )
    .await
}

from_row! {
    struct Words {
        segments: Packed,
    }
}

/// What it knows when it counts its messages.
pub async fn counted(tx: &mut Tx<'_>, ticket: TicketId) -> Result<Figures> {
    let mut figures: Figures = tx
        .one(
            sql!(
                "select count(m.id) as message_count, max(m.id) as newest, t.preview, t.unseen,
                        coalesce(max(case when m.direction = 'in' and m.visibility = 'external'
                                          and coalesce(m.mail_class, 'list') = 'list'
                                     then m.at end), t.created_at) as queue_at,
                        max(case when m.direction = 'in' and m.visibility = 'external'
                                 and coalesce(m.mail_class, 'list') = 'list'
                            then m.at end) as last_customer_at,
                        max(case when m.direction = 'out' then m.at end) as last_agent_at
                 from ticket t left join message m on m.ticket = t.id
                 where t.id = $1
                 group by t.id, t.preview, t.unseen, t.created_at"
            ),
            params![ticket],
        )
        .await?;
    let words: Option<Words> = tx
        .optional(
            sql!(
                "select segments from message
                 where ticket = $1 and visibility = 'external' order by id desc limit 1"
            ),
            params![ticket],
        )
        .await?;
    if let Some(words) = words {
        let segments: Vec<Segment> = serde_json::from_str(&words.segments).unwrap_or_default();
        let said = segments.iter().find(|part| part.kind == "new").or(segments.first());
        figures.preview = preview(said.map_or("", |part| part.text.as_str()));
    }
    Ok(figures)
}

/// Writes what a ticket knows of its messages; news make it unread.
pub async fn set_figures(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    figures: &Figures,
    has_news: bool,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "update ticket
             set message_count = $1, preview = $2, queue_at = $3, last_customer_at = $4,
                 last_agent_at = $5, unseen = (case when $6 = 1 then 1 else unseen end),
                 updated_at = $7, version = version + 1
             where id = $8"
        ),
        params![
            figures.message_count,
            figures.preview.as_str(),
            figures.queue_at,
            figures.last_customer_at,
            figures.last_agent_at,
            has_news,
            now,
            ticket,
        ],
    )
    .await
    .map(drop)
}

from_row! {
    struct IdRow {
        id: TicketId,
    }
}

/// Lets the numbers that led to a ticket lead to another one; says which.
pub async fn lead_on(tx: &mut Tx<'_>, source: TicketId, target: TicketId) -> Result<Vec<i64>> {
    let rows: Vec<IdRow> = tx
        .all(
            sql!("update ticket set merged_into = $1 where merged_into = $2 returning id"),
            params![target, source],
        )
        .await?;
    Ok(rows.iter().map(|row| row.id.number()).collect())
}

/// Lets these numbers lead back, as far as they still lead to the other ticket.
pub async fn lead_back(
    tx: &mut Tx<'_>,
    source: TicketId,
    target: TicketId,
    followers: &[i64],
) -> Result<()> {
    let followers: Vec<TicketId> = followers.iter().map(|id| TicketId::from_number(*id)).collect();
    let mut query = Query::new("update ticket set merged_into =");
    query.bind(source).push("where merged_into =").bind(target);
    query.push("and").push_in_ids("id", ids_json(&followers));
    tx.execute_query(&query).await.map(drop)
}

from_row! {
    struct Leads {
        merged_into: Option<TicketId>,
    }
}

/// Whether the number of one ticket leads to the other.
pub async fn is_merged_into(tx: &mut Tx<'_>, one: TicketId, other: TicketId) -> Result<bool> {
    let row: Leads =
        tx.one(sql!("select merged_into from ticket where id = $1"), params![one]).await?;
    Ok(row.merged_into == Some(other))
}

/// Takes a ticket out of all lists; its number leads to the other one. All else stays as it is.
pub async fn close(
    tx: &mut Tx<'_>,
    source: TicketId,
    target: TicketId,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "update ticket
             set stage = 4, merged_into = $1, updated_at = $2, version = version + 1
             where id = $3"
        ),
        params![target, now, source],
    )
    .await?;
    tx.execute(sql!("delete from presence where ticket = $1"), params![source]).await.map(drop)
}

/// Brings it back to where it stood.
pub async fn open_again(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    stage: i64,
    now: Timestamp,
) -> Result<()> {
    tx.execute(
        sql!(
            "update ticket
             set stage = $1, merged_into = null, updated_at = $2, version = version + 1
             where id = $3"
        ),
        params![stage, now, ticket],
    )
    .await
    .map(drop)
}

/// A ticket for messages that are split off.
pub struct Beginning<'a> {
    /// The ticket.
    pub id: TicketId,
    /// Its number.
    pub number: &'a str,
    /// Its public id.
    pub public_id: &'a str,
    /// What it is about.
    pub subject: &'a str,
    /// Its status.
    pub status: Option<&'a Status>,
    /// Who splits them off.
    pub creator: AgentId,
    /// How the first of them came.
    pub channel: &'a str,
    /// Who asks; without anybody, whoever asks in the other ticket.
    pub requester: Option<(String, &'a EmailAddress)>,
    /// The person on record.
    pub contact: Option<&'a Contact>,
    /// When.
    pub now: Timestamp,
}

/// Makes its row beside the ticket that they leave; `false` if the number is taken.
pub async fn begin(tx: &mut Tx<'_>, source: &Ticket, new: &Beginning<'_>) -> Result<bool> {
    let stage = new.status.map(|status| StoredStage(status.kind.0.stage()).number());
    let (name, email) = match &new.requester {
        Some((name, email)) => (name.as_str(), Some(email.as_str())),
        None => (source.requester_name.as_str(), source.requester_email.as_deref()),
    };
    let (contact, company, phone) = match &new.requester {
        Some(_) => {
            let found = new.contact;
            let phone = found.and_then(|contact| contact.phone.as_deref());
            (found.map(|one| one.id), found.and_then(|one| one.company), phone)
        }
        None => (source.contact, source.company, source.requester_phone.as_deref()),
    };
    let inserted = tx
        .execute(
            sql!(
                "insert into ticket (id, number, number_key, public_id, subject, subject_key,
                     preview, area, request_type, category, priority, queue, status, stage,
                     assignee, creator, channel, requester_name, requester_email, requester_phone,
                     requester_key, contact, company, tags, unseen, due_at, resubmit_at, queue_at,
                     created_at, updated_at, first_read_at, closed_at, last_customer_at,
                     last_agent_at, last_sent_at, message_count, status_before_trash, version)
                 values ($1, $2, $3, $4, $5, $6, '', $7, $8, $9, $10, $11, $12, $13, $14, $15, $16,
                     $17, $18, $19, $20, $21, $22, '[]', 1, $23, null, $24, $24, $24, null, null,
                     null, null, null, 0, null, 1)
                 on conflict do nothing"
            ),
            params![
                new.id,
                new.number,
                rules::number::fold_number(new.number),
                new.public_id,
                new.subject,
                fold_text(new.subject),
                source.area,
                source.request_type,
                source.category,
                source.priority,
                source.queue,
                new.status.map(|status| status.id).unwrap_or(source.status),
                stage.unwrap_or_default(),
                source.assignee,
                new.creator,
                new.channel,
                name,
                email,
                phone,
                requester_key(name, email),
                contact,
                company,
                NO_DEADLINE,
                new.now,
            ],
        )
        .await?;
    Ok(inserted == 1)
}

/// Who asks takes part.
pub async fn add_requester(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    email: &str,
    name: &str,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into ticket_participant (ticket, address, name, role)
             values ($1, $2, $3, 'requester') on conflict (ticket, address) do nothing"
        ),
        params![ticket, email, name],
    )
    .await
    .map(drop)
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
