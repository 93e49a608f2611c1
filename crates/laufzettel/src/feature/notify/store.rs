//! SQL of notices.

use db::{Result, Tx, View, from_row, params, sql};
use values::Timestamp;

use super::Kind;
use crate::record::{AgentId, AreaId, EntryId, MessageId, TicketId};

from_row! {
    struct Wanted {
        notices: Option<String>,
    }
}

/// Whether an agent wants to be told of this.
pub async fn wants(view: &mut View<'_>, agent: AgentId, kind: Kind) -> Result<bool> {
    let wanted: Option<Wanted> =
        view.optional(sql!("select notices from agent where id = $1"), params![agent]).await?;
    Ok(wanted.is_some_and(|wanted| match wanted.notices {
        Some(codes) => codes.split(' ').any(|code| code == kind.code()),
        None => true,
    }))
}

from_row! {
    /// Somebody who takes part in a ticket.
    pub struct Participant {
        /// The address.
        pub address: String,
        /// The name, or nothing.
        pub name: String,
    }
}

/// The requester and the accepted copies (decision 13). Who is only proposed takes no part.
pub async fn participants(view: &mut View<'_>, ticket: TicketId) -> Result<Vec<Participant>> {
    view.all(
        sql!(
            "select address, name from ticket_participant
             where ticket = $1 and role in ('requester', 'cc')
             order by role desc, address limit 100"
        ),
        params![ticket],
    )
    .await
}

/// Notes by which name a mail of ours is known, so that answers find the ticket.
pub async fn refer(
    tx: &mut Tx<'_>,
    message_id: &str,
    ticket: TicketId,
    message: MessageId,
) -> Result<()> {
    tx.execute(
        sql!(
            "insert into message_reference (message_id, ticket, message) values ($1, $2, $3)
             on conflict do nothing"
        ),
        params![message_id, ticket, message],
    )
    .await
    .map(drop)
}

/// Writes down that a mail was sent about a ticket.
pub async fn touch_sent(tx: &mut Tx<'_>, ticket: TicketId, now: Timestamp) -> Result<()> {
    tx.execute(
        sql!(
            "update ticket
             set message_count = message_count + 1, last_sent_at = $1, updated_at = $1,
                 version = version + 1
             where id = $2"
        ),
        params![now, ticket],
    )
    .await
    .map(drop)
}

from_row! {
    /// What a mail to the house says of a ticket. Nobody reads it on a page: it goes to addresses that an
    /// administrator named.
    #[derive(Debug)]
    pub struct HouseTicket {
        /// The ticket.
        pub id: TicketId,
        /// Its number.
        pub number: String,
        /// Its public id.
        pub public_id: String,
        /// Its subject.
        pub subject: String,
        /// Its area.
        pub area: AreaId,
        /// Its request type.
        pub request_type: Option<EntryId>,
        /// Its category.
        pub category: Option<EntryId>,
        /// Its priority.
        pub priority: EntryId,
        /// Who asks.
        pub requester_name: String,
        /// The address of who asks.
        pub requester_email: Option<String>,
        /// The company.
        pub company_name: Option<String>,
    }
}

/// The ticket of a mail to the house.
pub async fn house_ticket(view: &mut View<'_>, ticket: TicketId) -> Result<Option<HouseTicket>> {
    view.optional(
        sql!(
            "select t.id, t.number, t.public_id, t.subject, t.area, t.request_type, t.category,
                    t.priority, t.requester_name, t.requester_email, o.name as company_name
             from ticket t
             left join company o on o.id = t.company
             where t.id = $1"
        ),
        params![ticket],
    )
    .await
}
