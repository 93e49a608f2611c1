//! SQL of what hangs on a ticket besides its messages: who takes part, tags, links, mails and jobs.

use db::{Query, Result, Tx, from_row, params, sql};
use values::EmailAddress;

use crate::feature::regroup::way_back::WayBack;
use crate::record::actor::{Acting, ids_json};
use crate::record::message::json;
use crate::record::tags::{self, Tag};
use crate::record::ticket::Ticket;
use crate::record::{OutboundId, TicketId};

from_row! {
    struct Address {
        address: String,
    }
}

/// Whoever takes part in one ticket takes part in the other; says who is new. There is one requester.
pub async fn join_participants(
    tx: &mut Tx<'_>,
    source: TicketId,
    target: TicketId,
) -> Result<Vec<String>> {
    let rows: Vec<Address> = tx
        .all(
            sql!(
                "insert into ticket_participant (ticket, address, name, role)
                 select cast($1 as bigint), p.address, p.name,
                        (case when p.role = 'requester' then 'cc' else p.role end)
                 from ticket_participant p where p.ticket = $2
                 on conflict (ticket, address) do nothing
                 returning address"
            ),
            params![target, source],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.address).collect())
}

/// Who was only proposed in one ticket and takes part in the other is accepted; says who.
pub async fn accept_participants(
    tx: &mut Tx<'_>,
    source: TicketId,
    target: TicketId,
) -> Result<Vec<String>> {
    let rows: Vec<Address> = tx
        .all(
            sql!(
                "update ticket_participant set role = 'cc'
                 where ticket = $1 and role = 'proposed'
                   and address in (select p.address from ticket_participant p
                                   where p.ticket = $2 and p.role <> 'proposed')
                 returning address"
            ),
            params![target, source],
        )
        .await?;
    Ok(rows.into_iter().map(|row| row.address).collect())
}

/// Lets somebody take part; says whether he did not before.
pub async fn add_participant(
    tx: &mut Tx<'_>,
    ticket: TicketId,
    address: &EmailAddress,
    name: &str,
) -> Result<bool> {
    let added = tx
        .execute(
            sql!(
                "insert into ticket_participant (ticket, address, name, role)
                 values ($1, $2, $3, 'cc') on conflict (ticket, address) do nothing"
            ),
            params![ticket, address, name],
        )
        .await?;
    if added == 0 {
        tx.execute(
            sql!(
                "update ticket_participant set role = 'cc'
                 where ticket = $1 and address = $2 and role = 'proposed'"
            ),
            params![ticket, address],
        )
        .await?;
    }
    Ok(added == 1)
}

/// Whoever came along goes again, unless he has written or been written to here since.
pub async fn remove_participants(tx: &mut Tx<'_>, ticket: TicketId, back: &WayBack) -> Result<()> {
    for address in &back.participants {
        tx.execute(
            sql!(
                "delete from ticket_participant
                 where ticket = $1 and address = $2 and role <> 'requester'
                   and not exists (select 1 from message m
                                   where m.ticket = $1 and m.author_email = $2)
                   and not exists (select 1 from outbound_mail o
                                   join outbound_recipient r on r.mail = o.id
                                   where o.ticket = $1 and r.address = $2)"
            ),
            params![ticket, address.as_str()],
        )
        .await?;
    }
    for address in &back.accepted {
        tx.execute(
            sql!(
                "update ticket_participant set role = 'proposed'
                 where ticket = $1 and address = $2 and role = 'cc'"
            ),
            params![ticket, address.as_str()],
        )
        .await?;
    }
    Ok(())
}

/// Gives a ticket the tags of another one; says which are new.
pub async fn join_tags(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    source: &Ticket,
    target: &Ticket,
) -> Result<Vec<String>> {
    let mut all = parsed(target);
    let mut added = Vec::new();
    for tag in parsed(source) {
        if !all.iter().any(|known| known.key() == tag.key()) {
            added.push(tag.name().to_owned());
            all.push(tag);
        }
    }
    if !added.is_empty() {
        set_tags(tx, acting, target.id, &all).await?;
    }
    Ok(added)
}

/// Takes tags away from a ticket.
pub async fn remove_tags(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    ticket: &Ticket,
    names: &[String],
) -> Result<()> {
    let mut all = parsed(ticket);
    let before = all.len();
    all.retain(|tag| !names.iter().any(|name| name == tag.name()));
    match all.len() == before {
        true => Ok(()),
        false => set_tags(tx, acting, ticket.id, &all).await,
    }
}

fn parsed(ticket: &Ticket) -> Vec<Tag> {
    ticket.tag_names().iter().filter_map(|name| Tag::parse(name)).collect()
}

async fn set_tags(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    ticket: TicketId,
    all: &[Tag],
) -> Result<()> {
    let names = tags::set(tx, ticket, all, acting.ids, acting.now).await?;
    tx.execute(sql!("update ticket set tags = $1 where id = $2"), params![json(&names), ticket])
        .await
        .map(drop)
}

from_row! {
    struct Other {
        other: TicketId,
    }
}

/// What one ticket is linked with, the other one is as well; says what is new.
pub async fn join_links(tx: &mut Tx<'_>, source: TicketId, target: TicketId) -> Result<Vec<i64>> {
    let rows: Vec<Other> = tx
        .all(
            sql!(
                "insert into ticket_link (ticket, other, kind)
                 select cast($1 as bigint), l.other, l.kind from ticket_link l
                 where l.ticket = $2 and l.other <> $1
                 on conflict (ticket, other) do nothing
                 returning other"
            ),
            params![target, source],
        )
        .await?;
    for row in &rows {
        tx.execute(
            sql!(
                "insert into ticket_link (ticket, other, kind) values ($1, $2, 'related')
                 on conflict (ticket, other) do nothing"
            ),
            params![row.other, target],
        )
        .await?;
    }
    Ok(rows.iter().map(|row| row.other.number()).collect())
}

/// Takes these links away again.
pub async fn remove_links(tx: &mut Tx<'_>, ticket: TicketId, others: &[i64]) -> Result<()> {
    for other in others {
        tx.execute(
            sql!(
                "delete from ticket_link
                 where (ticket = $1 and other = $2) or (ticket = $2 and other = $1)"
            ),
            params![ticket, *other],
        )
        .await?;
    }
    Ok(())
}

from_row! {
    struct MailRow {
        id: OutboundId,
    }
}

/// Mails of ours that no message stands for, such as closing mails, go along; says which.
pub async fn take_lone_mails(
    tx: &mut Tx<'_>,
    source: TicketId,
    target: TicketId,
) -> Result<Vec<i64>> {
    let rows: Vec<MailRow> = tx
        .all(
            sql!("update outbound_mail set ticket = $1 where ticket = $2 returning id"),
            params![target, source],
        )
        .await?;
    Ok(rows.iter().map(|row| row.id.number()).collect())
}

/// They return, as far as they are still there.
pub async fn give_back_lone_mails(
    tx: &mut Tx<'_>,
    source: TicketId,
    target: TicketId,
    mails: &[i64],
) -> Result<()> {
    let mails: Vec<OutboundId> = mails.iter().map(|id| OutboundId::from_number(*id)).collect();
    let mut query = Query::new("update outbound_mail set ticket =");
    query.bind(source).push("where ticket =").bind(target);
    query.push("and").push_in_ids("id", ids_json(&mails));
    tx.execute_query(&query).await.map(drop)
}

/// What is still to be done for one ticket is done for the other.
pub async fn take_jobs(tx: &mut Tx<'_>, source: TicketId, target: TicketId) -> Result<()> {
    tx.execute(sql!("update job set ticket = $1 where ticket = $2"), params![target, source])
        .await
        .map(drop)
}

from_row! {
    struct Marks {
        private: bool,
        personal: bool,
        gdpr: bool,
    }
}

/// What one ticket is marked as, the other one is as well; says what that was before.
pub async fn join_marks(tx: &mut Tx<'_>, source: TicketId, target: TicketId) -> Result<[bool; 3]> {
    let before = marks(tx, target).await?;
    let more = marks(tx, source).await?;
    let ([private, personal, gdpr], [and_private, and_personal, and_gdpr]) = (before, more);
    let both = [private || and_private, personal || and_personal, gdpr || and_gdpr];
    set_marks(tx, target, both).await?;
    Ok(before)
}

async fn marks(tx: &mut Tx<'_>, ticket: TicketId) -> Result<[bool; 3]> {
    let marks: Marks = tx
        .one(sql!("select private, personal, gdpr from ticket where id = $1"), params![ticket])
        .await?;
    Ok([marks.private, marks.personal, marks.gdpr])
}

/// Marks a ticket: private, personal, GDPR.
pub async fn set_marks(tx: &mut Tx<'_>, ticket: TicketId, marks: [bool; 3]) -> Result<()> {
    let [private, personal, gdpr] = marks;
    tx.execute(
        sql!("update ticket set private = $1, personal = $2, gdpr = $3 where id = $4"),
        params![private, personal, gdpr, ticket],
    )
    .await
    .map(drop)
}
